"""Facilities: areas, service dates and hours, and what the plan asks of particular kinds."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_order, check_past
from xmdesk.checks.fields import check_fields, unreadable
from xmdesk.checks.places import check_place
from xmdesk.checks.repeats import check_once, repeated
from xmdesk.checks.rights import check_rights
from xmdesk.jobs import parted
from xmdesk.problems import Problem
from xmdesk.records.codes import FacilityKind, FacilityState
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import Hours, Number
from xmdesk.records.values.hours import minutes_per_day
from xmdesk.snapshot import Snapshot, first_day, has_ended, in_scope

_SERVICE_KINDS = frozenset(
    {
        FacilityKind.PARTY_CENTRE,
        FacilityKind.VILLAGE_SERVICE,
        FacilityKind.CONVENIENCE,
        FacilityKind.SUBSTATION,
        FacilityKind.CIVILISATION,
        FacilityKind.LIBRARY,
    }
)
"""Kinds for which the eight hours of 3-4-(一) are asked (domain.md, Facility.hours)."""

_WITH_AREA = frozenset(
    {FacilityKind.PARTY_CENTRE, FacilityKind.VILLAGE_SERVICE, FacilityKind.CONVENIENCE, FacilityKind.SUBSTATION}
)
_UNMANNED = frozenset({FacilityKind.LEGAL_BOARD, FacilityKind.TERMINAL, FacilityKind.FITNESS, FacilityKind.BROADCAST})
_ASKED_OF: dict[FacilityKind, str] = {
    FacilityKind.PARTY_CENTRE: "has_sign",
    FacilityKind.POLICE: "police_effective",
    FacilityKind.LEGAL_BOARD: "shows_12348",
    FacilityKind.TERMINAL: "terminal_no",
}
_NOT_AS_IT_SHOULD: tuple[tuple[FacilityKind, str, str], ...] = (
    (FacilityKind.PARTY_CENTRE, "has_sign", "C-FACILITY-SIGN"),
    (FacilityKind.POLICE, "police_effective", "C-FACILITY-POLICE"),
    (FacilityKind.LEGAL_BOARD, "shows_12348", "C-FACILITY-12348"),
)
_NOT_YET = frozenset({FacilityState.BUILDING, FacilityState.PLANNED})
_OUT_OF_SERVICE = _NOT_YET | {FacilityState.STOPPED}
_OF_RUNNING = frozenset({"built_year", "in_use_on", "staff_count", "contact", "contact_phone"})
_FUNDS = ("fund_grant", "fund_own", "fund_donated", "fund_other")
_FUND_LIMIT = Decimal(100_000)
"""万元; one facility of a village above a milliard yuan is a wrong unit (BG7)."""


def check_facility(about: About[Facility]) -> Iterator[Problem]:
    """Check one facility."""
    yield from check_fields(about, not_asked=_not_asked(about.record))
    yield from check_place(about)
    yield from check_rights(about)
    yield from _areas(about)
    yield from _service_days(about)
    yield from _funds(about)
    if about.record.condition not in _OUT_OF_SERVICE:
        yield from _of_its_kind(about)
        yield from _hours(about)


def _not_asked(facility: Facility) -> frozenset[str]:
    if facility.condition in _OUT_OF_SERVICE:
        return _OF_RUNNING
    return frozenset({"staff_count"}) if facility.kind in _UNMANNED else frozenset()


def _areas(about: About[Facility]) -> Iterator[Problem]:
    one = about.record
    if one.floor_area is not None and one.activity_area is not None and one.activity_area > one.floor_area:
        yield about.problem(
            "C-FACILITY-ACTIVITY-AREA",
            "activity_area",
            activity=Number().show(one.activity_area),
            floor=Number().show(one.floor_area),
        )


def _service_days(about: About[Facility]) -> Iterator[Problem]:
    one, day = about.record, about.snapshot.day
    begun = first_day(one.in_use_on)
    yield from check_past(about, "sign_checked_on", "shows_12348_on")
    yield from check_order(about, ("in_use_on", "ended_on"))
    if one.condition not in _NOT_YET:
        yield from check_past(about, "built_year", "in_use_on")
    if one.built_year and begun and begun.year < one.built_year:
        yield about.problem("C-FACILITY-BUILT", "built_year")
    if one.condition is FacilityState.NORMAL and has_ended(one.ended_on, day):
        yield about.problem("C-FACILITY-ENDED", "condition")
    if one.condition is FacilityState.STOPPED and not one.ended_on:
        yield about.problem("C-MISSING", "ended_on")


def _funds(about: About[Facility]) -> Iterator[Problem]:
    for field in _FUNDS:
        if (getattr(about.record, field) or 0) > _FUND_LIMIT:
            yield about.problem("C-FUND-UNIT", field)


def _of_its_kind(about: About[Facility]) -> Iterator[Problem]:
    one = about.record
    asked = {_ASKED_OF[one.kind]} if one.kind and one.kind in _ASKED_OF else set[str]()
    if one.kind in _WITH_AREA:
        asked.add("floor_area")
    if one.kind is FacilityKind.VILLAGE_SERVICE and in_scope(about.snapshot.office.kind, "V"):
        asked |= {"owner", "operator", "manager"}
    if one.police_effective:
        asked.add("police_effective_by")
    for field in sorted(asked):
        if about.spec(field).kind.is_empty(getattr(one, field)):
            yield about.problem("C-MISSING", field)
    for kind, field, code in _NOT_AS_IT_SHOULD:
        if one.kind is kind and getattr(one, field) is False:
            yield about.problem(code, field)


def _hours(about: About[Facility]) -> Iterator[Problem]:
    """Eight hours on every open weekday; a room without hours of its own keeps those of its building (3-4-(一))."""
    one, wanted = about.record, about.snapshot.parameters.minutes_per_day
    if one.kind not in _SERVICE_KINDS:
        return
    parent = about.snapshot.known["facilities"].get(one.parent)
    week = one.hours or (parent.hours if isinstance(parent, Facility) else {})
    if not week:
        yield about.problem("C-MISSING", "hours")
        return
    if unreadable(Hours(), week):
        return
    minutes = [minutes_per_day(week, day) for day in range(1, 8)]
    shortest = min((some for some in minutes[:5] if some), default=0)
    if shortest < wanted:
        yield about.problem("C-FACILITY-HOURS", "hours", hours=_in_hours(shortest), wanted=_in_hours(wanted))
    if not all(minutes[5:]):
        yield about.problem("C-FACILITY-WEEKEND", "hours")


def _in_hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


def survey_facilities(snapshot: Snapshot) -> Survey[None]:
    """Numbers used twice, the same facility twice, buildings inside themselves, rooms larger than their building."""
    records = snapshot.facilities
    yield from check_once(snapshot, records, "facility_no", key=lambda one: one.facility_no)
    yield from check_once(snapshot, records, "terminal_no", key=lambda one: one.terminal_no)
    for one in (yield from repeated(records, lambda one: one.name and (one.name, one.kind, one.location))):
        yield About(one, snapshot).problem("C-SAME", "name")
    yield from _nested(snapshot)
    yield from _parts(snapshot)


def _nested(snapshot: Snapshot) -> Survey[None]:
    inner = yield from _inner(snapshot)
    parents = {one.uid: one.parent for one in inner}
    for one in inner:
        seen, above = {one.uid}, one.parent
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above, "")
        if above == one.uid:
            yield About(one, snapshot).problem("C-FACILITY-PARENT", "parent")


def _inner(snapshot: Snapshot) -> Survey[list[Facility]]:
    """The facilities that stand in another one."""
    found: list[Facility] = []
    for part in parted(snapshot.facilities):
        found += [one for one in part if one.parent]
        yield None
    return found


def _parts(snapshot: Snapshot) -> Survey[None]:
    """BG10: the rooms of a building cannot together be larger than the building."""
    rooms: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in (yield from _inner(snapshot)):
        rooms[one.parent] += one.floor_area or 0
    for one in snapshot.facilities if rooms else ():
        if one.uid in rooms and one.floor_area is not None and rooms[one.uid] > one.floor_area:
            yield About(one, snapshot).problem(
                "C-FACILITY-PARTS",
                "floor_area",
                total=Number().show(rooms[one.uid]),
                floor=Number().show(one.floor_area),
            )
