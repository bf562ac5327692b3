"""A record of a finalised list can only be looked at; a save that is refused holds nobody for good."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import register_page
from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.registers.page import RegisterPage
from ui.rolling.page import RollingPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling


@pytest.fixture
def rolling(desk: Desk) -> Rolling:
    """A list of next year that has been finalised."""
    made = Rolling(desk)
    made.open_year(2027)
    made.confirm([one.uid for one in made.items(2027)], by="林志远")
    finalise(made)
    return made


def finalise(rolling: Rolling) -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 10)
    rolling.finalise(2027, reviewed_by="叶美澄", meeting_on=date(2026, 11, 12), first=first, last=last)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, rolling: Rolling) -> RegisterPage:
    return register_page(qtbot, desk, around, "duties")


def item(desk: Desk, year: int) -> str:
    return desk.store.find(MaintenanceDuty, year=year)[0].uid


def can_type(page: RegisterPage) -> bool:
    return page.editor.form.fields["location"].isEnabled()


def location(desk: Desk, uid: str) -> str:
    found = desk.store.get(MaintenanceDuty, uid)
    assert found is not None
    return found.location


def test_an_item_of_a_finalised_list_is_only_looked_at_and_the_strip_says_why(page: RegisterPage, desk: Desk) -> None:
    page.show_record(item(desk, 2027))

    assert not can_type(page)
    assert not page.editor.head.end.isEnabled()
    assert page.editor.held.closed.isVisible()
    assert "2027年度清单已经定稿" in page.editor.held.closed.words.text()


def test_an_item_of_another_year_can_be_typed_into_again(page: RegisterPage, desk: Desk) -> None:
    page.show_record(item(desk, 2027))
    page.show_record(item(desk, 2026))

    assert can_type(page)
    assert page.editor.head.end.isEnabled()
    assert not page.editor.held.closed.isVisible()


def test_opening_the_list_again_opens_the_form(
    page: RegisterPage, desk: Desk, rolling: Rolling, around: Surroundings
) -> None:
    page.show_record(item(desk, 2027))

    rolling.reopen(2027, reason="村民提出异议")
    around.changes.announce("已重新打开")

    assert can_type(page)
    assert not page.editor.held.closed.isVisible()


def test_the_strip_leads_to_the_year_in_rolling(qtbot, page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    went: list[tuple[str, str, str]] = []
    around.travel.wanted.connect(lambda *place: went.append(place))
    page.show_record(item(desk, 2027), "location")
    page.editor.held.closed.yes.click()
    there = RollingPage(desk, around)
    qtbot.addWidget(there)
    there.show_record(went[0][1])

    assert went == [("rolling", "2027", "")]
    assert there.year == 2027


def test_a_cell_of_a_finalised_list_is_opened_only_to_be_read(
    page: RegisterPage, desk: Desk, said: Said, around: Surroundings
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    uid = item(desk, 2027)
    before = desk.store.get(MaintenanceDuty, uid)
    page.show_record(uid)
    column = next(place for place, (path, _) in enumerate(page.model.columns) if path == "subject")
    page.table.setCurrentIndex(page.model.index(page.model.row_of(uid), column))
    page.table.setFocus()
    page.table.edit_here("另一个名称")
    line = page.table.open_line
    assert line is not None
    is_read_only = line.isReadOnly()
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert is_read_only
    assert desk.store.get(MaintenanceDuty, uid) == before
    assert "2027年度清单已经定稿，只能看" in told
    assert said.told == []


def test_a_save_that_is_refused_is_told_in_place_and_lets_go(
    page: RegisterPage, desk: Desk, rolling: Rolling, said: Said
) -> None:
    uid = item(desk, 2027)
    before = location(desk, uid)
    rolling.reopen(2027, reason="村民提出异议")
    page.show_record(uid)
    type_into(page.editor.form.fields["location"].line, "榕下路999号")  # type: ignore[attr-defined]  # a typed field
    finalise(rolling)
    is_held = not page.leave()
    words = page.editor.held.refused.words.text()
    page.editor.held.refused.yes.click()

    assert is_held
    assert words.startswith("没有保存。2027年度管护责任清单已经定稿")
    assert page.leave()
    assert not page.editor.held.refused.isVisible()
    assert location(desk, uid) == before
    assert said.told == []


def test_a_new_record_that_is_refused_can_be_given_up(page: RegisterPage, desk: Desk, said: Said) -> None:
    page.show_record(item(desk, 2027))
    page.start_copy()
    is_held = not page.leave()
    page.editor.held.refused.yes.click()

    assert is_held
    assert page.leave()
    assert not page.editor.is_new
    assert said.told == []
