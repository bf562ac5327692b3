"""A sheet whose rows belong to a finalised list: said before anything is written, with the way to where it is opened again."""

from datetime import date

import pytest

from tests.ui.pages import show_page
from tests.ui.test_imports_page import read
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.rolling import Rolling

SHEET = "管护责任清单.xlsx"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    return show_page(qtbot, ImportsPage(desk, around))


def finalise(desk: Desk) -> Rolling:
    made = Rolling(desk)
    made.confirm([one.uid for one in made.items(2026)], by="林志远")
    first, last = date(2026, 11, 1), date(2026, 11, 10)
    made.finalise(2026, reviewed_by="叶美澄", meeting_on=date(2026, 11, 12), first=first, last=last)
    return made


def test_the_preview_says_that_a_finalised_list_takes_nothing_and_leads_to_it(qtbot, desk, page, around) -> None:
    finalise(desk)
    went: list[tuple[str, str]] = []
    around.travel.wanted.connect(lambda place, uid, field: went.append((place, uid)))
    read(qtbot, page, around, SHEET)
    words = page.preview._said.text()
    page.preview.reopen.click()

    assert "2026年度的管护责任清单已经定稿" in words
    assert "重新打开" in words
    assert not page.preview.go.isEnabled()
    assert went == [("rolling", "2026")]


def test_a_list_that_was_opened_again_takes_the_rows(qtbot, desk, page, around) -> None:
    rolling = finalise(desk)
    count = len(desk.store.find(MaintenanceDuty, year=2026))
    read(qtbot, page, around, SHEET)
    page.hide()
    rolling.reopen(2026, reason="村民提出异议")
    page.show()
    qtbot.waitUntil(page.preview.go.isEnabled)
    is_said, is_touched = page.preview._banner.isVisible(), page.preview.is_touched
    page.preview.go.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)

    assert not is_said
    assert not is_touched
    assert len(desk.store.find(MaintenanceDuty, year=2026)) > count


def test_a_list_that_is_finalised_while_the_preview_stands_takes_nothing_any_more(qtbot, desk, page, around) -> None:
    read(qtbot, page, around, SHEET)
    before = page.preview.go.isEnabled()
    finalise(desk)
    around.changes.announce()

    assert before
    assert not page.preview.go.isEnabled()
    assert page.preview.reopen.isVisible()


def test_another_register_has_no_list_that_could_be_closed(qtbot, desk, page, around) -> None:
    finalise(desk)
    read(qtbot, page, around, "设施台账.xlsx")

    assert page.preview.go.isEnabled()
    assert not page.preview.reopen.isVisible()


def test_what_stands_in_a_finalised_list_or_is_to_be_moved_there_is_told_by_its_year(desk: Desk) -> None:
    finalise(desk)
    one = desk.store.find(MaintenanceDuty, year=2026)[0]

    assert desk.registers.finalised_among([one.changed(year=2027), MaintenanceDuty(year=2025)]) == [2026]
    assert desk.registers.finalised_among([MaintenanceDuty(year=2026)]) == [2026]
    assert desk.registers.finalised_among([]) == []
