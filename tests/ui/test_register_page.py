"""The page of a register on a real book: look, search, type, save half, undo, end and bring back."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.pages import register_page
from tests.ui.said import Said
from tests.ui.typing import commit, type_into
from ui.registers.editor import PAINTED_MS
from ui.registers.page import RegisterPage
from ui.shared.record_form import RecordForm
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.records.registers import REGISTERS
from xmdesk.services.desk import Desk


def opened(qtbot, desk: Desk, around: Surroundings, name: str = "facilities") -> RegisterPage:
    return register_page(qtbot, desk, around, name)


def cell(page: RegisterPage, row: int, column: int) -> str:
    return page.model.data(page.model.index(row, column))


def line(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name].line  # type: ignore[attr-defined]  # a typed field


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_shows_its_rows_and_the_first_record(qtbot, desk: Desk, around, name: str) -> None:
    page = opened(qtbot, desk, around, name)

    assert page.model.rowCount() == desk.registers.count(name) > 0
    assert cell(page, 0, 0)
    assert page.editor.uid == page.model.uid(0)


def test_the_form_comes_behind_the_first_painting(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)

    assert (page.editor.uid, page.editor.findChildren(RecordForm)) == (page.model.uid(0), [])
    qtbot.waitUntil(lambda: bool(page.editor.findChildren(RecordForm)))
    (form,) = page.editor.findChildren(RecordForm)
    qtbot.waitUntil(lambda: form.fields["name"].read() == cell(page, 0, 0))
    assert form.isVisible()


def test_what_is_typed_before_the_form_has_come_is_not_filled_over(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)

    type_into(line(page, "location"), "桥头西")
    QTest.qWait(PAINTED_MS * 3)

    assert line(page, "location").text() == "桥头西"
    assert page.editor.is_dirty


def test_the_register_model_keeps_qts_rules(qtbot, qtmodeltester, desk: Desk, around) -> None:
    qtmodeltester.check(opened(qtbot, desk, around).model)


def test_typing_initials_finds_the_rows(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)

    commit(page.search, "njsw")

    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert cell(page, 0, 0) == "农家书屋"
    qtbot.waitUntil(lambda: page.editor.uid == page.model.uid(0))


def test_clicking_a_head_sorts_in_storage(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around, "persons")

    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    falling = [cell(page, row, 0) for row in range(page.model.rowCount())]
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    rising = [cell(page, row, 0) for row in range(page.model.rowCount())]

    assert rising == falling[::-1]
    assert rising[-1].startswith("郑")


def test_half_a_record_is_saved_and_named_for_undo(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    page.act("new")
    type_into(line(page, "name"), "老人活动中心")

    page.act("save")

    step = desk.store.undoable()
    assert step is not None
    assert step.label == "新增设施"
    assert page.model.row_of(page.editor.uid) >= 0
    assert not page.editor.is_dirty


def way_out(page: RegisterPage) -> QPushButton:
    return next(one for one in page.editor.findChildren(QPushButton) if one.text() == "不新增")


def test_a_new_record_can_be_given_up(qtbot, desk: Desk, around, said: Said) -> None:
    page = opened(qtbot, desk, around)
    count = page.model.total
    page.act("new")
    offered = way_out(page).isVisible()
    type_into(line(page, "name"), "写错了")

    way_out(page).click()

    assert offered
    assert said.told == []
    assert page.model.total == desk.registers.count("facilities") == count
    assert page.editor.uid == page.model.uid(0)
    assert not way_out(page).isVisible()


def test_giving_a_new_record_up_leads_back_to_the_row_before(qtbot, desk: Desk, around) -> None:
    page = register_page(qtbot, desk, around, "facilities")
    page.table.choose(page.model.uid(2))
    uid = page.editor.uid
    page.act("new")
    page.editor.head.drop.click()

    assert page.table.currentIndex().row() == 2
    assert page.editor.uid == uid == page.model.uid(2)


def test_a_copy_of_a_new_record_with_nothing_in_it_is_not_kept(qtbot, desk: Desk, around) -> None:
    page = register_page(qtbot, desk, around, "facilities")
    count = page.model.total
    page.act("new")
    page.act("clone")
    page.table.choose(page.model.uid(2))

    assert page.model.total == count
    assert page.editor.uid == page.model.uid(2)


def test_an_empty_new_record_is_given_up_without_a_question(qtbot, desk: Desk, around, said: Said) -> None:
    page = opened(qtbot, desk, around)
    page.act("new")

    way_out(page).click()

    assert page.editor.uid == page.model.uid(0)
    assert said.told == []


def test_a_new_form_is_not_blamed_before_anything_is_typed(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    page.act("new")
    page.editor.check()
    before = page.editor.problems.isVisible()

    type_into(line(page, "location"), "村部")

    assert not before
    assert page.editor.problems.isVisible()


def test_a_new_record_gets_its_number_when_saved(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    page.act("new")
    type_into(line(page, "name"), "老人活动中心")

    page.act("save")

    assert line(page, "facility_no").text().startswith("350212105206")


def test_undo_is_seen_on_the_page(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    before = line(page, "name").text()
    type_into(line(page, "name"), "改过的名字")
    page.act("save")

    desk.store.undo()
    around.changes.announce("")

    assert line(page, "name").text() == before
    assert cell(page, 0, 0) == before


def test_going_to_another_row_saves_what_was_typed(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    first = page.editor.uid
    type_into(line(page, "location"), "新坐落1号")

    page.table.setCurrentIndex(page.model.index(1, 0))

    saved = desk.registers.get("facilities", first)
    assert isinstance(saved, Facility)
    assert saved.location == "新坐落1号"
    assert page.editor.uid == page.model.uid(1) != first


def test_what_is_missing_is_counted_below_the_form(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    page.act("new")

    page.editor.check()

    assert any(one.tone == "missing" for one in page.editor.problems._found)
    assert page.editor.form.fields["name"]._mark.text() == "必填"


def test_ending_asks_for_a_reason_and_can_be_taken_back(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    uid = page.editor.uid
    page.editor.head.end.click()
    ending = page.editor.ending
    ending._confirm()
    waiting = ending.isVisible()
    commit(ending._reason, "拆除")
    ending._confirm()
    ended = desk.registers.get("facilities", uid)

    page.editor.head.end.click()
    back = desk.registers.get("facilities", uid)

    assert waiting
    assert ended is not None
    assert ended.retired_reason == "拆除"
    assert back is not None
    assert back.retired_on == ""


def test_what_has_ended_leaves_the_table_and_stands_apart(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    before, uid = page.model.rowCount(), page.editor.uid
    hidden = page.head.ended.isVisible()

    page.editor.ask_end()
    commit(page.editor.ending._reason, "拆除")
    page.editor.ending._confirm()
    shown, still = list(page.model.all_uids), page.editor.uid
    page.head.ended.click()

    assert not hidden
    assert (len(shown), uid in shown, still) == (before - 1, False, uid)
    assert page.head.ended.text() == "已停用 1"
    assert list(page.model.all_uids) == [uid]
    assert page.standing.filter.toolTip() == "已停用的"
    page._escape()
    assert list(page.model.all_uids) == shown
    assert page.editor.uid == shown[0]


def test_a_way_to_what_has_ended_opens_it_among_the_ended(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    uid = page.model.uid(2)
    desk.registers.retire("facilities", uid, on="2026-11-01", reason="拆除")
    page.refresh()

    page.show_record(uid, "name")

    assert page.editor.uid == uid
    assert list(page.model.all_uids) == [uid]


def test_full_numbers_are_shown_only_when_asked_for(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around, "persons")
    column = [name for name, _ in page.model.columns].index("mobile")
    masked = cell(page, 0, column)

    page.act("reveal")

    assert "*" in masked
    assert cell(page, 0, column) == "13805920000"


def test_a_person_is_added_from_another_register(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around, "disaster_officers")
    field = page.editor.form.fields["person"]
    people = desk.registers.count("persons")

    field.choose(("+", "新增人员“吴小满”"))  # type: ignore[attr-defined]  # a reference
    page.act("save")

    assert desk.registers.count("persons") == people + 1
    assert page.editor.head.title.text() == "吴小满"


def test_columns_that_follow_a_reference_show_the_other_record(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around, "disaster_officers")
    column = [name for name, _ in page.model.columns].index("person.mobile")

    assert cell(page, 0, column).startswith("138")


def test_a_register_without_records_offers_the_first(qtbot, reviewer: Desk, around) -> None:
    page = opened(qtbot, reviewer, around, "trainings")

    assert page._blank.isVisible()
    QTest.mouseClick(page._blank.add, Qt.MouseButton.LeftButton)
    assert page.editor.is_new


def test_a_named_field_gets_the_cursor(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    uid = page.model.uid(3)

    page.show_record(uid, "staff_count")

    page.activateWindow()
    qtbot.waitUntil(line(page, "staff_count").hasFocus)
    assert page.editor.uid == uid


def test_control_and_enter_in_the_table_go_into_the_form(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    page.activateWindow()
    page.table.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(line(page, "name").hasFocus)


def test_days_are_numbers_in_the_table_and_words_in_the_form(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around, "inspections")
    stored = desk.registers.get("inspections", page.model.uid(0)).at  # type: ignore[union-attr]  # it is there

    assert cell(page, 0, 0) == stored.replace("T", " ")
    assert line(page, "at").text().startswith(f"{stored[:4]}年")


@pytest.mark.parametrize("half", ["lng", "lat"])
def test_a_place_copied_from_a_map_fills_both_halves(qtbot, desk: Desk, around, half: str) -> None:
    page = opened(qtbot, desk, around)

    type_into(line(page, half), "24.654321，118.123456")

    assert (line(page, "lng").text(), line(page, "lat").text()) == ("118.123456", "24.654321")
    assert page.editor.is_dirty


@pytest.mark.parametrize("text", ["24°28′47″N", "24度28分47秒", "24 28 47", "24°28'47\"N 118°5'20\"E"])
def test_minutes_and_seconds_are_shown_as_decimal_degrees(qtbot, desk: Desk, around, text: str) -> None:
    page = opened(qtbot, desk, around)

    type_into(line(page, "lat"), text)

    assert line(page, "lat").text() == "24.479722"


def test_a_latitude_typed_as_longitude_stays_and_says_what_is_wrong(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)

    type_into(line(page, "lng"), "24°28′47″N")

    assert line(page, "lng").text() == "24°28′47″N"
    assert "纬度是北纬（N）" in page.editor.form.fields["lng"].words


def test_f1_in_the_table_says_beside_it_what_belongs_into_the_column(qtbot, desk: Desk, around) -> None:
    page = opened(qtbot, desk, around)
    name = page.editor.form.fields["name"]
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    page.table.setCurrentIndex(page.model.index(0, [path for path, _ in page.model.columns].index("name")))

    page.act("help")

    assert "必填" in name.rule_words
    assert page.table.hasFocus()
    words = name._rule
    assert words is not None
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))


def test_an_empty_register_leads_to_importing_and_to_an_empty_sheet(
    qtbot, reviewer: Desk, around, said: Said, tmp_path: Path
) -> None:
    page = opened(qtbot, reviewer, around)
    went: list[str] = []
    around.travel.wanted.connect(lambda place, *_: went.append(place))
    said.answers = [tmp_path / "空表.xlsx"]

    page._blank.take.click()
    page._blank.template.click()

    assert went == ["imports"]
    assert (tmp_path / "空表.xlsx").exists()
