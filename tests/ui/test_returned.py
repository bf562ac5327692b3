"""What the district said stands beside the field it is about, however one comes there, until the point is answered."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.ui.pages import register_page
from tests.ui.slips import slip_taken
from tests.ui.typing import commit
from ui.office.page import OfficePage
from ui.registers.page import RegisterPage
from ui.shared.changes import HEAD
from ui.shared.record_form import RecordForm
from ui.shared.returned import ANSWER, PointWords
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.submission import CorrectionPoint, Direction, Verdict
from xmdesk.services.correcting import Correcting
from xmdesk.services.desk import Desk

WORDS = "面积不对，请重新量"


@pytest.fixture
def facility(desk: Desk) -> Facility:
    return desk.store.all(Facility)[1]


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "facilities")


def point(facility: Facility, field: str = "floor_area", reason: str = WORDS) -> CorrectionPoint:
    return CorrectionPoint(register="facilities", record=facility.uid, field=field, reason=reason)


def said(within: QWidget) -> list[str]:
    """The words of the district that are shown, in the order in which they stand."""
    there = form(within) if isinstance(within, RegisterPage | OfficePage) else within
    boxes = [one for one in there.findChildren(PointWords) if not one.isHidden()]
    return [one.text() for box in boxes for one in box.findChildren(QLabel)]


def field(page: RegisterPage | OfficePage, name: str) -> Any:
    return form(page).fields[name]


def form(page: RegisterPage | OfficePage) -> RecordForm:
    return page.form if isinstance(page, OfficePage) else page.editor.form


def answers(within: QWidget) -> list[QPushButton]:
    return [one for one in within.findChildren(QPushButton) if one.text() == ANSWER]


def test_the_words_stand_below_the_field_and_nowhere_else(page: RegisterPage, desk: Desk, facility: Facility) -> None:
    slip_taken(desk, point(facility))

    page.show_record(facility.uid)

    assert said(field(page, "floor_area")) == [f"区里的话：“{WORDS}”"]
    assert said(page) == said(field(page, "floor_area"))
    control, (words,) = field(page, "floor_area").line, field(page, "floor_area").findChildren(PointWords)
    assert words.y() >= control.y() + control.height()


def test_the_words_are_there_when_the_record_is_found_by_searching(
    qtbot, page: RegisterPage, desk: Desk, facility: Facility
) -> None:
    slip_taken(desk, point(facility))

    page.search.setText(facility.name)

    qtbot.waitUntil(lambda: page.editor.uid == facility.uid)
    assert said(field(page, "floor_area")) == [f"区里的话：“{WORDS}”"]


def test_the_next_record_does_not_keep_the_words(page: RegisterPage, desk: Desk, facility: Facility) -> None:
    slip_taken(desk, point(facility))
    page.show_record(facility.uid)
    assert said(page)

    page.show_record(desk.store.all(Facility)[0].uid)

    assert said(page) == []


def test_several_points_of_one_field_stand_below_each_other(page: RegisterPage, desk: Desk, facility: Facility) -> None:
    slip_taken(desk, point(facility), point(facility, reason="和产权证上的不一样"))

    page.show_record(facility.uid)

    assert said(field(page, "floor_area")) == [f"区里的话：“{WORDS}”", "区里的话：“和产权证上的不一样”"]
    assert len(answers(field(page, "floor_area"))) == 2


def test_a_point_about_the_whole_record_stands_at_the_head_of_its_form(
    page: RegisterPage, desk: Desk, facility: Facility
) -> None:
    slip_taken(desk, point(facility, field="", reason="这一处已经拆了"))

    page.show_record(facility.uid, HEAD)

    (words,) = page.editor.form.findChildren(PointWords)
    assert said(page) == ["区里的话：“这一处已经拆了”"]
    assert words.visibleRegion().boundingRect().size() == words.size()
    assert words.mapTo(page.editor, QPoint()).y() < field(page, "name").mapTo(page.editor, QPoint()).y()
    assert page.editor.isAncestorOf(page.window().focusWidget())


def test_a_point_about_a_whole_register_is_said_in_no_form(page: RegisterPage, desk: Desk, facility: Facility) -> None:
    slip_taken(desk, CorrectionPoint(register="facilities", reason="少报了两处"))

    page.show_record(facility.uid)

    assert said(page) == []


def test_an_answer_takes_the_words_away_and_taking_it_back_brings_them_again(
    page: RegisterPage, desk: Desk, facility: Facility, around: Surroundings
) -> None:
    (one,) = slip_taken(desk, point(facility))
    page.show_record(facility.uid)
    before = said(page)

    Correcting(desk.store).answer(one.uid, "重新量过")
    around.changes.announce()
    answered = said(page)
    Correcting(desk.store).reopen(one.uid)
    around.changes.announce()

    assert (before, answered) == ([f"区里的话：“{WORDS}”"], [])
    assert said(page) == before


def test_a_slip_that_is_taken_back_takes_its_words_along(
    page: RegisterPage, desk: Desk, facility: Facility, around: Surroundings
) -> None:
    slip_taken(desk, point(facility))
    page.show_record(facility.uid)
    assert said(page)

    desk.store.undo()
    around.changes.announce()

    assert said(page) == []


def test_what_is_typed_stays_while_the_words_come_and_go(
    page: RegisterPage, desk: Desk, facility: Facility, around: Surroundings
) -> None:
    page.show_record(facility.uid, "floor_area")
    field(page, "floor_area").line.setText("655")

    slip_taken(desk, point(facility))
    around.changes.announce()

    assert field(page, "floor_area").line.text() == "655"
    assert said(page) == [f"区里的话：“{WORDS}”"]


def test_screen_readers_hear_the_words_with_the_field(page: RegisterPage, desk: Desk, facility: Facility) -> None:
    slip_taken(desk, point(facility))
    page.show_record(facility.uid)
    control = field(page, "floor_area").line
    heard = control.accessibleDescription()

    field(page, "floor_area").explain()
    with_rule = control.accessibleDescription()
    page.show_record(desk.store.all(Facility)[0].uid)

    assert f"区里的话：“{WORDS}”" in heard
    assert f"区里的话：“{WORDS}”" in with_rule
    assert WORDS not in control.accessibleDescription()


@pytest.mark.parametrize("height", [680, 420])
def test_with_the_cursor_in_the_field_the_words_are_in_view(
    qtbot, page: RegisterPage, desk: Desk, facility: Facility, height: int
) -> None:
    page.resize(960, height)
    slip_taken(desk, point(facility, field="remark", reason="备注里写的和现场不一样，请核对以后改正"))

    page.show_record(facility.uid, "remark")

    (words,) = field(page, "remark").findChildren(PointWords)
    qtbot.waitUntil(lambda: words.visibleRegion().boundingRect() == QRect(QPoint(), words.size()))


def test_tab_leads_from_the_field_to_the_answer_and_enter_goes_on(
    qtbot, window: Window, desk: Desk, facility: Facility
) -> None:
    slip_taken(desk, point(facility))
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("facilities", facility.uid, "floor_area")
    page = window.shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    (answer,) = answers(field(page, "floor_area"))
    field(page, "floor_area").line.setFocus()

    QTest.keyClick(field(page, "floor_area").line, Qt.Key.Key_Tab)
    here = window.focusWidget()
    QTest.keyClick(answer, Qt.Key.Key_Return)

    assert here is answer
    assert answer.accessibleName() == f"{ANSWER}：{WORDS}"
    assert window.shell.here == "facilities"
    assert window.focusWidget() is not answer


def test_the_answer_is_one_press_away_and_what_was_typed_is_saved(
    qtbot, window: Window, desk: Desk, facility: Facility
) -> None:
    other, one = slip_taken(desk, point(facility, "location", "写到门牌"), point(facility))
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go("facilities", facility.uid, "floor_area")
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    field(page, "floor_area").line.selectAll()
    commit(field(page, "floor_area").line, "655")

    QTest.keyClick(answers(field(page, "floor_area"))[0], Qt.Key.Key_Space)

    assert shell.here == "returns"
    points: Any = shell.pages["returns"]
    qtbot.waitUntil(lambda: points.letters.points.lines.get(one.uid) is QApplication.focusWidget() is not None)
    assert points.chosen.text == "2026Q4"
    saved = desk.store.get(Facility, facility.uid)
    assert saved is not None
    assert saved.floor_area == 655
    assert other.uid in points.letters.points.lines


def test_going_to_a_point_says_its_words_once(qtbot, window: Window, desk: Desk, facility: Facility) -> None:
    whole, one = slip_taken(desk, CorrectionPoint(register="facilities", reason="少报了两处"), point(facility))
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go("returns")
    returns: Any = shell.pages["returns"]

    returns._go_to_point(whole)
    above = shell.note.isVisible()
    returns._go_to_point(one)

    page: Any = shell.pages["facilities"]
    assert above
    assert said(page) == [f"区里的话：“{WORDS}”"]
    assert not shell.note.isVisible()


def test_the_words_outlive_a_change_of_letters_and_a_lock(
    qtbot, window: Window, desk: Desk, facility: Facility
) -> None:
    slip_taken(desk, point(facility))
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("facilities", facility.uid, "floor_area")

    window.preferring.change(percent=125)

    page: Any = window.shell.pages["facilities"]
    qtbot.waitUntil(lambda: page.editor.uid == facility.uid)
    assert said(page.editor.form.fields["floor_area"]) == [f"区里的话：“{WORDS}”"]


def test_the_offices_own_data_show_the_words_too(qtbot, desk: Desk, around: Surroundings) -> None:
    page = OfficePage(desk, around)
    qtbot.addWidget(page)
    slip_taken(
        desk,
        CorrectionPoint(register="office", field="prepared_by", reason="填表人写全名"),
        CorrectionPoint(register="office", reason="整张都核对一遍"),
    )

    around.changes.announce()

    assert said(field(page, "prepared_by")) == ["区里的话：“填表人写全名”"]
    assert sorted(said(page)) == ["区里的话：“填表人写全名”", "区里的话：“整张都核对一遍”"]


def test_a_district_does_not_hear_its_own_words(qtbot, reviewer: Desk, around: Surroundings) -> None:
    verdict = Verdict(direction=Direction.OWN, accepted=False)
    with reviewer.store.change("退回") as change:
        change.save(verdict)
        change.save(CorrectionPoint(verdict=verdict.uid, register="office", field="prepared_by", reason="写全名"))

    page = OfficePage(reviewer, around)
    qtbot.addWidget(page)

    assert said(page) == []
