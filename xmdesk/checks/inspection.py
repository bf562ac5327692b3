"""Inspections: what was not normal is described, repaired and rechecked, in this order (domain.md B4)."""

from collections.abc import Iterator

from xmdesk.checks.about import About
from xmdesk.checks.days import check_order, check_past
from xmdesk.checks.fields import check_fields
from xmdesk.problems import Problem
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import Inspection

_PENDING = frozenset({IssueState.OPEN, IssueState.WORKING})
_DONE = frozenset({IssueState.REPAIRED, IssueState.RECHECKED})
_ASKED_OF_TROUBLE = ("impact", "repair_person", "due_on")
PHOTOS = 3


def check_inspection(about: About[Inspection]) -> Iterator[Problem]:
    """Check one inspection."""
    one = about.record
    yield from check_fields(about)
    yield from check_past(about, "at", "done_on")
    yield from check_order(about, ("at", "done_on"), ("at", "due_on"))
    if len(one.photos) > PHOTOS:
        yield about.problem("C-INSPECTION-PHOTOS", "photos", limit=PHOTOS)
    if one.is_normal is False:
        yield from _trouble(about)
    elif one.is_normal and one.state in _PENDING:
        yield about.problem("C-INSPECTION-NORMAL", "is_normal")


def _trouble(about: About[Inspection]) -> Iterator[Problem]:
    one = about.record
    for field in ("finding", "state"):
        if not getattr(one, field):
            yield about.problem("C-INSPECTION-TROUBLE", field)
    for field in _ASKED_OF_TROUBLE:
        if not getattr(one, field):
            yield about.problem("C-MISSING", field)
    yield from _repair(about)


def _repair(about: About[Inspection]) -> Iterator[Problem]:
    one = about.record
    if one.state in _PENDING and one.done_on:
        yield about.problem("C-INSPECTION-PENDING", "state")
    if one.state in _PENDING and one.due_on and one.due_on < about.snapshot.today:
        yield about.problem("C-INSPECTION-OVERDUE", "due_on")
    if one.state in _DONE and not one.done_on:
        yield about.problem("C-MISSING", "done_on")
    if one.state is IssueState.RECHECKED and not one.rechecked_by:
        yield about.problem("C-MISSING", "rechecked_by")
