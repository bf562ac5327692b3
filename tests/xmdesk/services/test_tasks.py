"""Which periods a reviewer is offered, and which of them comes first."""

from datetime import UTC, date, datetime

import pytest

from tests.xmdesk.services.stories import VILLAGE, Offices
from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.records.submission import CollectionTask, Direction, Submission
from xmdesk.services.tasks import Tasks, newest_first

AROUND = ["2027Q1", "2026Q4", "2026Q3"]


@pytest.fixture
def tasks(offices: Offices) -> Tasks:
    return offices.district.tasks


def ask(tasks: Tasks, period: str, due_on: date, *, issued_at: str = "2026-11-01T00:00:00Z") -> None:
    with tasks.store.change("任务") as change:
        change.save(CollectionTask(period=period, due_on=due_on, issued_at=issued_at))


def texts(periods: list[Period]) -> list[str]:
    return [one.text for one in periods]


def test_without_anything_the_quarters_around_today_are_offered(tasks: Tasks) -> None:
    assert (texts(tasks.periods()), tasks.due_next().text) == (AROUND, "2026Q4")


def test_every_period_that_was_asked_for_or_reported_is_offered_the_newest_first(tasks: Tasks) -> None:
    for period in ("2026", "2026H1", "2026-10"):
        ask(tasks, period, date(2026, 12, 1))
    with tasks.store.change("收到") as change:
        change.save(Submission(direction=Direction.RECEIVED, office_code=VILLAGE, period="2024Q2"))

    assert texts(tasks.periods()) == ["2027Q1", "2026Q4", "2026", "2026-10", "2026Q3", "2026H1", "2024Q2"]


def test_of_periods_that_end_together_the_shortest_stands_first() -> None:
    same_end = [Period(one) for one in ("2026", "2026-12", "2026H2", "2026Q4")]
    assert texts(newest_first(same_end)) == ["2026-12", "2026Q4", "2026H2", "2026"]


def test_the_period_whose_deadline_comes_next_is_first(tasks: Tasks) -> None:
    ask(tasks, "2026Q4", date(2027, 1, 10))
    ask(tasks, "2026-11", date(2026, 12, 5))
    ask(tasks, "2026Q3", date(2026, 10, 10))

    assert tasks.due_next().text == "2026-11"
    with clock.frozen(datetime(2026, 12, 6, tzinfo=UTC)):
        assert tasks.due_next().text == "2026Q4"


def test_the_newest_task_of_a_period_sets_its_deadline(tasks: Tasks) -> None:
    ask(tasks, "2026Q4", date(2026, 12, 31))
    ask(tasks, "2026-11", date(2026, 11, 30), issued_at="2026-11-02T00:00:00Z")
    ask(tasks, "2026-11", date(2027, 1, 20), issued_at="2026-11-03T00:00:00Z")

    assert tasks.due_next().text == "2026Q4"


def test_months_halves_and_years_can_be_asked_for(tasks: Tasks) -> None:
    ask(tasks, "2025-03", date(2025, 4, 10))

    offered = texts(tasks.askable())

    assert offered[:4] == ["2027Q1", "2026-12", "2026Q4", "2026H2"]
    assert {"2026-11", "2026-10", "2026H1", "2026", "2025", "2026Q1", "2025-03"} <= set(offered)
