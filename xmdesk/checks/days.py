"""Days that contradict each other or the calendar. A partial day is only wrong when every day it may mean is wrong."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from xmdesk.checks.about import About
from xmdesk.problems import Problem
from xmdesk.snapshot import first_day, last_day

HAPPENED = frozenset(
    {
        "assessed_on",
        "at",
        "born_on",
        "certificate_on",
        "checked_on",
        "confirmed_on",
        "done_on",
        "drilled_on",
        "entered_on",
        "filed_on",
        "from_on",
        "handed_over_on",
        "health_committee_on",
        "in_use_on",
        "informed_on",
        "initial_training_on",
        "meeting_on",
        "noticed_on",
        "on",
        "opened",
        "property_committee_on",
        "shows_12348_on",
        "sign_checked_on",
        "signs_checked_on",
        "started_on",
        "to_on",
        "trained_on",
    }
)
"""Fields of days that the checks refuse after today; a day typed there without its year is the last one of that name."""


def check_past(about: About[Any], *fields: str) -> Iterator[Problem]:
    """Things that are said to have happened cannot lie after today."""
    for field in fields:
        value: str | date | int | None = getattr(about.record, field)
        if isinstance(value, int):
            if value > about.snapshot.today.year:
                yield about.problem("C-YEAR-FUTURE", field)
        elif (first := first_day(value)) is not None and first > about.snapshot.today:
            yield about.problem("C-FUTURE", field)


def check_order(about: About[Any], *pairs: tuple[str, str]) -> Iterator[Problem]:
    """In each pair of fields the second day cannot come before the first (BG2)."""
    for first, second in pairs:
        start, end = first_day(getattr(about.record, first)), last_day(getattr(about.record, second))
        if start is not None and end is not None and end < start:
            yield about.problem("C-ORDER", second, before=about.spec(first).label)


def check_spans(about: About[Any], field: str, *, start: str, end: str) -> Iterator[Problem]:
    """Lines of a sub-table: begun by now, and not ended before they began."""
    for number, line in enumerate(getattr(about.record, field), 1):
        begun, ended = first_day(line.get(start)), last_day(line.get(end))
        if begun is not None and begun > about.snapshot.today:
            yield about.problem("C-LINE-FUTURE", field, number=number)
        if begun is not None and ended is not None and ended < begun:
            yield about.problem("C-LINE-ORDER", field, number=number)
