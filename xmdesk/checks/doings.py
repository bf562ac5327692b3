"""Trainings and activities: held, not planned; counted people agree with the list."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_order, check_past
from xmdesk.checks.fields import check_fields
from xmdesk.checks.repeats import repeated
from xmdesk.problems import Problem
from xmdesk.records.doings import Activity, Training
from xmdesk.snapshot import Snapshot

_HALF_HOUR = Decimal("0.5")


def check_training(about: About[Training]) -> Iterator[Problem]:
    """Check one training."""
    one = about.record
    yield from check_activity(about)
    if one.people_count is not None and one.people_count < len(one.attendees):
        yield about.problem("C-TRAINING-PEOPLE", "people_count", people=one.people_count, listed=len(one.attendees))
    if one.hours is not None and one.hours % _HALF_HOUR:
        yield about.problem("C-TRAINING-HOURS", "hours")
    counted = Counter(line.get("person") for line in one.attendees)
    if any(person and number > 1 for person, number in counted.items()):
        yield about.problem("C-TRAINING-ATTENDEE-TWICE", "attendees")


def check_activity(about: About[Any]) -> Iterator[Problem]:
    """Check one activity, or what a training shares with one."""
    yield from check_fields(about)
    yield from check_past(about, "from_on", "to_on")
    yield from check_order(about, ("from_on", "to_on"))


def survey_trainings(snapshot: Snapshot) -> Survey[None]:
    """The same training entered twice."""
    yield from _same(snapshot, snapshot.trainings)


def survey_activities(snapshot: Snapshot) -> Survey[None]:
    """The same activity entered twice."""
    yield from _same(snapshot, snapshot.activities)


def _same(snapshot: Snapshot, records: Any) -> Survey[None]:
    found: list[Training | Activity] = yield from repeated(
        records, lambda one: one.theme and (one.theme, one.kind, one.from_on)
    )
    for one in found:
        yield About(one, snapshot).problem("C-SAME", "theme")
