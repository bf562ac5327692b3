"""Each matter is named once on the page of today, where its work begins, and what is counted is all accounted for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.pages import show_page
from ui.shared.findings import Finding, findings
from ui.shared.surroundings import Surroundings
from ui.shared.words import LineButton
from ui.today.once import above, below
from ui.today.page import TodayPage
from xmdesk.problems import Severity, Where, problem
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import Inspection
from xmdesk.records.people import LegalHelper
from xmdesk.records.shelter import Shelter
from xmdesk.services.desk import Desk
from xmdesk.services.drafting import next_period
from xmdesk.services.reminding import Reminder, Reminding

TODAY = date(2026, 11, 23)


@pytest.fixture
def vacant(desk: Desk) -> Desk:
    """A book without helpers and with a repair that is overdue."""
    for one in desk.store.all(LegalHelper):
        desk.registers.retire("legal_helpers", one.uid, on="2026-10", reason="离任")
    facts = {"duty": desk.registers.uids("duties")[0], "at": "2026-11-10", "inspector": "郑小满", "is_normal": False}
    late = TODAY - timedelta(days=3)
    desk.registers.save(Inspection(**facts, finding="灯不亮", state=IssueState.OPEN, due_on=late))
    return desk


@pytest.fixture
def page(qtbot, vacant: Desk, around: Surroundings) -> TodayPage:
    made = show_page(qtbot, TodayPage(vacant, around))
    made._look()
    qtbot.waitUntil(lambda: not made._slices.is_running)
    return made


def lines(widget) -> list[str]:
    return [one.accessibleName() for one in widget.findChildren(LineButton)]


def looked(desk: Desk) -> tuple[list[Reminder], list[Finding]]:
    period = next_period(desk.store, TODAY)
    return [*Reminding(desk).today()], findings(desk.checking, desk.checking.all(period))


def codes(found: list[Finding]) -> set[str]:
    return {one.problem.code for one in found}


def test_a_vacancy_is_named_below_alone(page: TodayPage) -> None:
    assert [one for one in lines(page._due_list) if "法律明白人0名" in one] == []
    assert "C-TARGET-HELPERS" in {one.first.problem.code for one in page._groups}


def test_what_has_a_day_is_named_above_alone(vacant: Desk) -> None:
    reminders, found = looked(vacant)
    told = below(found, reminders)

    assert "C-INSPECTION-OVERDUE" in codes(found)
    assert "C-INSPECTION-OVERDUE" not in codes(told)
    assert "DUE-REPAIR" in {one.code for one in above(reminders, found)}


def test_items_to_be_confirmed_stand_in_one_line_that_leads_to_their_list(vacant: Desk) -> None:
    reminders, found = looked(vacant)

    assert "C-DUTY-UNCONFIRMED" in codes(found) - codes(below(found, reminders))
    assert "DUE-CONFIRM" in {one.code for one in above(reminders, found)}


def test_a_day_that_is_missing_and_due_is_not_asked_for_twice(vacant: Desk) -> None:
    (shelter,) = vacant.store.all(Shelter)
    reminders, found = looked(vacant)

    def asks(some: list[Finding]) -> set[str]:
        return {one.problem.where.field for one in some if one.problem.where.uid == shelter.uid and one.is_gap}

    assert asks(found) - asks(below(found, reminders)) == {"checked_on"}


def test_what_is_named_above_is_counted_below(page: TodayPage, vacant: Desk) -> None:
    reminders, found = looked(vacant)
    elsewhere = len(found) - len(below(found, reminders))

    assert elsewhere > 5
    assert f"另有 {elsewhere} 处写在“近期要办”里" in [one.text() for one in page._list.findChildren(QLabel)]


def test_a_vacancy_waits_until_the_checks_have_looked(vacant: Desk) -> None:
    reminders, found = looked(vacant)

    assert "DUE-HELPERS" in {one.code for one in reminders}
    assert "DUE-HELPERS" not in {one.code for one in above(reminders, None)}
    assert "DUE-HELPERS" in {one.code for one in above(reminders, [])}
    explained = [replace(one, reason="正在推荐人选") for one in found if one.problem.code == "C-TARGET-HELPERS"]
    assert "DUE-HELPERS" in {one.code for one in above(reminders, explained)}


def test_an_error_is_never_left_to_the_reminders(vacant: Desk) -> None:
    reminders, _ = looked(vacant)
    gap = problem("C-DUTY-UNCONFIRMED", Where("duties", "u"), year=2026)
    error = Finding(replace(gap, severity=Severity.ERROR))

    assert below([Finding(gap), error], reminders) == [error]
