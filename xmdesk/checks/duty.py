"""Maintenance duties: one object, three rights, a keeper, the money; rolled forward and confirmed item by item (A1-49)."""

from collections.abc import Iterator
from datetime import timedelta

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_order, check_past
from xmdesk.checks.fields import check_fields
from xmdesk.checks.repeats import check_once, repeated
from xmdesk.checks.rights import check_rights
from xmdesk.problems import Problem
from xmdesk.records.codes import DutyChange, DutyClass, DutyUnit, ListState, RunState
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.snapshot import Snapshot, last_day

_ANY_CLASS = frozenset({DutyUnit.PLACE, DutyUnit.ITEM, DutyUnit.GROUP, DutyUnit.SET})
_LENGTHS = frozenset({DutyUnit.KILOMETRE, DutyUnit.METRE, DutyUnit.STRIP})
_AREAS = frozenset({DutyUnit.SQUARE_METRE, DutyUnit.MU})
_THINGS = frozenset({DutyUnit.SEAT, DutyUnit.PIECE, DutyUnit.MACHINE})
_UNITS: dict[DutyClass, frozenset[DutyUnit]] = {
    DutyClass.ROAD: _LENGTHS | {DutyUnit.SEAT, DutyUnit.SQUARE_METRE},
    DutyClass.WATER: _LENGTHS | _THINGS,
    DutyClass.WASTE: _THINGS | _AREAS,
    DutyClass.SEWAGE: _LENGTHS | _THINGS,
    DutyClass.TOILET: _THINGS | {DutyUnit.SQUARE_METRE},
    DutyClass.LIGHT: _THINGS | {DutyUnit.LAMP},
    DutyClass.IRRIGATION: _LENGTHS | _THINGS | _AREAS,
    DutyClass.CULTURE: _THINGS | _AREAS,
    DutyClass.SERVICE: _THINGS | _AREAS,
    DutyClass.SAFETY: _LENGTHS | _THINGS,
    DutyClass.ENERGY: _LENGTHS | _THINGS | {DutyUnit.LAMP},
    DutyClass.GREEN: _LENGTHS | _THINGS | _AREAS,
}
"""Units that make sense for a class (domain.md B3: otherwise totals are meaningless); classes left out take any."""

_GONE = frozenset({DutyChange.STOPPED, DutyChange.SCRAPPED})
NEEDS_REASON = _GONE | {DutyChange.CHANGED, DutyChange.HANDED_OVER, DutyChange.RESTORED}


def check_duty(about: About[MaintenanceDuty]) -> Iterator[Problem]:
    """Check one item of the list."""
    yield from check_fields(about, not_asked=frozenset({"confirmed"}))
    yield from check_rights(about)
    yield from _days(about)
    yield from _amounts(about)
    yield from _changes(about)
    yield from _term(about)


def _days(about: About[MaintenanceDuty]) -> Iterator[Problem]:
    one = about.record
    yield from check_past(about, "built_year", "handed_over_on", "assessed_on", "confirmed_on", "noticed_on")
    yield from check_order(about, ("contract_from", "contract_to"), ("term_from", "term_to"))
    handed_over = last_day(one.handed_over_on)
    if one.built_year and handed_over and handed_over.year < one.built_year:
        yield about.problem("C-DUTY-BUILT", "handed_over_on")


def _amounts(about: About[MaintenanceDuty]) -> Iterator[Problem]:
    one = about.record
    if one.kind and one.unit and one.kind in _UNITS and one.unit not in _UNITS[one.kind] | _ANY_CLASS:
        yield about.problem("C-DUTY-UNIT", "unit", unit=one.unit.label, kind=one.kind.label)
    if one.quantity is not None and one.quantity == 0:
        yield about.problem("C-DUTY-QUANTITY", "quantity")


def _changes(about: About[MaintenanceDuty]) -> Iterator[Problem]:
    """B5: a change has its reason, agrees with the state, and "unchanged" is confirmed every year."""
    one = about.record
    if one.change in NEEDS_REASON and not one.change_reason:
        yield about.problem("C-MISSING", "change_reason")
    if one.change in _GONE and one.run_state is RunState.NORMAL:
        yield about.problem("C-DUTY-GONE", "run_state")
    if one.run_state is RunState.SCRAPPED and one.change is DutyChange.CONTINUED:
        yield about.problem("C-DUTY-SCRAPPED", "change")
    if not one.confirmed and one.change not in _GONE:
        yield about.problem("C-DUTY-UNCONFIRMED", "confirmed", year=one.year or about.snapshot.period.year)
    if one.confirmed and one.confirmed_on and one.year and one.confirmed_on.year < one.year - 1:
        yield about.problem("C-DUTY-CONFIRMED-LONG-AGO", "confirmed_on", year=one.year)


def _term(about: About[MaintenanceDuty]) -> Iterator[Problem]:
    snapshot = about.snapshot
    soon = snapshot.day + timedelta(days=snapshot.parameters.expiry_days)
    for field in ("term_to", "contract_to"):
        ends = getattr(about.record, field)
        if ends is not None and ends < snapshot.day:
            yield about.problem("C-DUTY-EXPIRED", field)
        elif ends is not None and ends <= soon:
            yield about.problem("C-DUTY-EXPIRES", field)


def check_duty_list(about: About[DutyList]) -> Iterator[Problem]:
    """Check the document itself: noticed, then final."""
    yield from check_fields(about)
    yield from check_order(about, ("notice_from", "notice_to"))
    yield from check_past(about, "meeting_on")
    if about.record.state in (ListState.DRAFT, ListState.ON_NOTICE):
        yield about.problem("C-LIST-NOT-FINAL", "state")


def survey_duties(snapshot: Snapshot) -> Survey[None]:
    """One live row per item and year; the same object twice."""
    records = snapshot.duties
    yield from check_once(snapshot, records, "item_no", key=lambda one: one.item_no and (one.item_no, one.year))
    for one in (
        yield from repeated(records, lambda one: one.subject and (one.year, one.kind, one.subject, one.location))
    ):
        yield About(one, snapshot).problem("C-SAME", "subject")
