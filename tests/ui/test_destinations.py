"""Whatever a line about work to be done leads to opens: every kind of reminder, every problem, every point of a slip."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from tests.ui.slips import slip_taken
from tests.xmdesk.services.due_desk import hold
from ui.places import CLERK_PLACES
from ui.rolling.page import RollingPage
from ui.shared.changes import HEAD
from ui.shared.findings import destination
from ui.shared.words import LineButton
from ui.shell import Shell
from ui.today.reminders import destination as place_of
from ui.window import Window
from xmdesk.clock import today
from xmdesk.periods import Period
from xmdesk.problems import Where, problem
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import DisasterOfficer
from xmdesk.records.registers import REGISTERS
from xmdesk.records.shelter import Shelter
from xmdesk.records.submission import CollectionTask, CorrectionPoint, Direction
from xmdesk.services.desk import Desk
from xmdesk.services.reminding import Reminder, ReminderKind, Reminding

PLACES = tuple(one.id for one in CLERK_PLACES)
NOBODY = "00000000-0000-7000-8000-000000000000"


def put_all_kinds_into(desk: Desk) -> None:
    """Let something of every kind be due."""
    duty: Any = desk.store.all(MaintenanceDuty)[0]
    soon = today() + timedelta(days=20)
    desk.registers.save(duty.changed(term_to=soon))
    supplies = [{"item": "方便面", "quantity": "5", "expires": soon.isoformat()}]
    desk.registers.save(Shelter(name="祖厝避灾点", supplies=supplies))
    look = {"duty": duty.uid, "at": "2026-11-10", "inspector": "郑小满", "is_normal": False, "finding": "灯不亮"}
    desk.registers.save(Inspection(**look, state=IssueState.OPEN))
    for officer in desk.store.all(DisasterOfficer):
        desk.registers.save(officer.changed(confirmed_on=None))
    task = CollectionTask(direction=Direction.RECEIVED, period="2026Q4", due_on=soon, issued_at="2026-11-20T04:00:00Z")
    with desk.store.change("填入") as change:
        change.save(ParkedRow(register="duties", row_no=3))
        change.save(task)
    slip_taken(desk, CorrectionPoint(register="facilities", reason="少一座公厕"))
    hold(desk, today() + timedelta(days=30))


@pytest.fixture
def shell(window: Window, desk: Desk, qtbot) -> Iterator[Shell]:
    put_all_kinds_into(desk)
    window.open_desk(desk)
    assert window.shell is not None
    yield window.shell
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=20_000)


def reminders(desk: Desk) -> dict[ReminderKind, list[Reminder]]:
    found: dict[ReminderKind, list[Reminder]] = {}
    for one in Reminding(desk).today():
        found.setdefault(one.kind, []).append(one)
    return found


@pytest.mark.parametrize("kind", ReminderKind, ids=lambda one: one.value)
def test_a_reminder_of_every_kind_leads_to_its_work(shell: Shell, desk: Desk, qtbot, kind: ReminderKind) -> None:
    many = reminders(desk)[kind]
    shell.go("today")
    page: Any = shell.pages["today"]
    qtbot.waitUntil(lambda: any(line_about(page, one) for one in many))
    next(line for one in many for line in line_about(page, one)).click()
    qtbot.wait(20)

    assert shell.here == place_of(many[0])[0]
    for one in many:
        shell.go("today")
        shell._around.travel.to(*place_of(one), words=one.said)
        qtbot.wait(5)
        assert shell.here == place_of(one)[0]


def line_about(page: Any, one: Reminder) -> list[LineButton]:
    return [line for line in page._due_list.findChildren(LineButton) if one.text in line.toolTip()]


@pytest.mark.parametrize("name", [*REGISTERS, "office", "", DutyList.key])
def test_a_point_of_a_slip_leads_somewhere_whatever_it_is_about(shell: Shell, desk: Desk, qtbot, name: str) -> None:
    for record, field in product(("", NOBODY), ("", "name", "gone")):
        (point,) = slip_taken(desk, CorrectionPoint(register=name, record=record, field=field, reason="请核对"))
        (one,) = [one for one in Reminding(desk).today() if one.detail == point.uid]
        shell.go("today")
        shell._around.travel.to(*place_of(one), words=one.said)
        qtbot.wait(5)

        assert shell.here != "today"


def test_every_problem_of_the_book_leads_to_a_place(shell: Shell, desk: Desk, qtbot) -> None:
    for found in {(one.code, one.where.register): one for one in desk.checking.all(Period("2026Q4"))}.values():
        shell.go("today")
        shell._around.travel.to(*destination(found))
        qtbot.wait(5)

        assert shell.here == destination(found)[0]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_opens_whatever_is_asked_of_it(shell: Shell, qtbot, place: str) -> None:
    for uid, field in product(("", NOBODY, "2026Q4", "2026"), ("", HEAD, "gone", "name/1/x")):
        shell._around.travel.to(place, uid, field)
        qtbot.wait(5)

        assert shell.here == place


def test_what_is_to_be_confirmed_leads_to_the_year_it_is_about(shell: Shell, desk: Desk, qtbot) -> None:
    page = rolling_page(shell)
    page.go(2027)
    (one,) = reminders(desk)[ReminderKind.ROLLING]
    shell._around.travel.to(*place_of(one))

    assert page.year == 2026


def test_a_list_that_was_not_opened_leads_to_its_year(shell: Shell, desk: Desk) -> None:
    (found,) = [one for one in desk.checking.all(Period("2027Q1")) if one.code == "C-LIST-UNOPENED"]
    page = rolling_page(shell)
    shell._around.travel.to(*destination(found))

    assert page.year == 2027


def test_a_problem_of_a_list_leads_to_its_year(shell: Shell, desk: Desk, qtbot) -> None:
    listed = DutyList(year=2025)
    with desk.store.change("填入") as change:
        change.save(listed)
    page = rolling_page(shell)
    shell._around.travel.to(*destination(problem("C-LIST-NOT-FINAL", Where(DutyList.key, listed.uid, "state"))))

    assert page.year == 2025


def rolling_page(shell: Shell) -> RollingPage:
    shell.go("rolling")
    page = shell.pages["rolling"]
    assert isinstance(page, RollingPage)
    return page
