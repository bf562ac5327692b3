"""A window left open over midnight: proposed days follow the clock, days that were typed stay, pages look again."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.conftest import NOON
from tests.ui.pages import register_page, show_fresh, show_page
from tests.ui.typing import commit, type_into
from ui.inspections.page import RoundsPage
from ui.new_day import NewDay
from ui.shared.surroundings import Surroundings
from ui.today.page import TodayPage
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

TOMORROW = NOON + timedelta(days=1)
FIRST, NEXT = "2026年11月23日", "2026年11月24日"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RoundsPage:
    return show_fresh(qtbot, RoundsPage(desk, around))


def time_of(page: RoundsPage) -> QLineEdit:
    return page.round.asking.fields["at"].line  # type: ignore[attr-defined]  # a line field


def record_one(page: RoundsPage) -> None:
    page.round.tick(page.round.table.lines.lines[0].key)
    page.round.record()


def test_a_round_of_the_next_day_is_recorded_on_the_next_day(page: RoundsPage, desk: Desk) -> None:
    shown = time_of(page).text()
    with frozen(TOMORROW):
        page.refresh()
        shown_next = time_of(page).text()
        record_one(page)

    assert (shown, shown_next) == (FIRST, NEXT)
    assert len(desk.store.find(Inspection, at="2026-11-24")) == 1


def test_a_time_that_was_typed_stays_until_the_round_is_recorded(page: RoundsPage, desk: Desk) -> None:
    type_into(time_of(page), "2026.11.20")
    page.refresh()
    with frozen(TOMORROW):
        page.refresh()
        record_one(page)
        then = time_of(page).text()

    assert len(desk.store.find(Inspection, at="2026-11-20")) == 1
    assert then == NEXT


def test_who_walked_stays_for_the_next_round(page: RoundsPage) -> None:
    inspector = page.round.asking.fields["inspector"]
    type_into(inspector.line, "叶美澄")  # type: ignore[attr-defined]  # a line field
    record_one(page)

    assert inspector.read() == "叶美澄"


def test_the_kind_of_one_round_is_not_taken_for_the_next(page: RoundsPage) -> None:
    kind = page.round.asking.fields["kind"]
    kind.fill(InspectionKind.SPECIAL)
    kind.edited.emit()
    record_one(page)

    assert kind.read() is InspectionKind.DAILY


def test_a_draft_holds_the_time_only_where_it_was_typed(page: RoundsPage) -> None:
    type_into(page.round.asking.fields["inspector"].line, "叶美澄")  # type: ignore[attr-defined]  # a line field
    begun = page.round.written()
    page.round.forget()
    with frozen(TOMORROW):
        page.refresh()
        page.round.put_back(begun)
        page.refresh()

    assert begun["asked"]["fields"] == {"inspector": "叶美澄"}
    assert time_of(page).text() == NEXT
    assert page.round.asking.typed == {"inspector"}


def test_the_day_of_a_repair_follows_the_clock_beside_what_was_typed(page: RoundsPage, desk: Desk) -> None:
    key = page.round.table.lines.lines[0].key
    page.round.add_trouble(key)
    page.round._troubles[key].asking.fill(finding="灯罩破损")
    page.round.record()
    uid = next(one.uid for one in page.inspecting.unsettled() if one.finding == "灯罩破损")
    page.inspecting.dispatch(uid, due_on=date(2026, 11, 30))
    page.refresh()
    page.repairs.choose(uid)
    fields = page.repairs.mend.asking.fields
    type_into(fields["cost"].line, "80")  # type: ignore[attr-defined]  # a line field
    with frozen(TOMORROW):
        page.refresh()

    assert fields["done_on"].read() == TOMORROW.date()
    assert fields["cost"].read() == 80


@pytest.mark.parametrize(("typed", "day"), [("", NEXT), ("2026.11.20", "2026.11.20")])
def test_the_day_of_an_end_follows_the_clock_until_one_is_typed(
    qtbot, desk: Desk, around: Surroundings, typed: str, day: str
) -> None:
    ending = register_page(qtbot, desk, around, "persons").editor.ending
    ending.open(desk.store.all(Person)[0].uid)
    if typed:
        type_into(ending._day, typed)
    commit(ending._reason, "离任")
    with frozen(TOMORROW):
        around.changes.announce()
        followed = ending._day.text()
        ending.open(ending._uid)

    assert followed == day
    assert ending._day.text() == day
    assert ending._reason.text() == "离任"


def test_pages_look_again_when_a_new_day_has_begun(qtbot, desk: Desk, around: Surroundings) -> None:
    page = show_page(qtbot, TodayPage(desk, around))
    new_day = NewDay(around, page)
    heard: list[str] = []
    around.changes.changed.connect(heard.append)
    new_day.look()
    before = list(heard)
    with frozen(TOMORROW):
        new_day.look()
        new_day.look()
        QApplication.processEvents()

    assert (before, heard) == ([], [""])
    assert page.remark.text() == "2026年11月24日 星期二"
    assert page.calendar.month.day == page.calendar.month.today == TOMORROW.date()


def test_the_open_book_keeps_an_eye_on_the_calendar(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go("today")
    with frozen(TOMORROW):
        shell.new_day._timer.timeout.emit()
        QApplication.processEvents()

    today = shell.pages["today"]
    assert isinstance(today, TodayPage)
    assert today.remark.text().startswith("2026年11月24日")
