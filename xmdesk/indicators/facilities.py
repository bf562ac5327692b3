"""Metrics over facilities: present, in service, large enough, open long enough."""

from decimal import Decimal

from xmdesk.indicators.offices import (
    Given,
    Metric,
    Offices,
    Row,
    Seen,
    metric,
    offices_share,
    records_count,
    records_share,
    row,
    sums_share,
)
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.records.values.hours import minutes_per_day
from xmdesk.records.values.reading import Bad
from xmdesk.snapshot import Snapshot

_FAR = 1000
"""Metres; 以上 includes the number itself (民法典 art. 1259)."""


def _serving(snapshot: Snapshot, given: Given) -> list[Facility]:
    found = snapshot.working(*(FacilityKind(one) for one in given.kinds if one in set(FacilityKind)))
    return [
        one
        for one in found
        if not (given.dated and not one.in_use_on) and (not given.field or getattr(one, given.field, None) is True)
    ]


def facility_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with enough facilities of these kinds in service (A1-05, A1-13, A1-34, A1-48, A1-51, A1-56)."""

    def look(snapshot: Snapshot) -> Seen:
        found = _serving(snapshot, given)
        has_each = {one.kind for one in found} >= set(given.kinds)
        return Seen(has_each if given.each else len(found) >= given.least, found)

    return offices_share(offices, given.scope, look)


def facility_count(offices: Offices, given: Given) -> Metric:
    """How many facilities of these kinds are in service."""
    return records_count(offices, given.scope, lambda snapshot: _serving(snapshot, given))


def facility_share(offices: Offices, given: Given) -> Metric:
    """Share of the facilities (of these kinds, or all) for which a yes/no field says yes (A1-02, A1-11, A1-32)."""
    kinds = given.kinds or tuple(FacilityKind)
    plain = Given(scope=given.scope, kinds=kinds)
    return records_share(
        offices,
        given.scope,
        pick=lambda snapshot: _serving(snapshot, plain),
        test=lambda one: getattr(one, given.field, None) is True,
    )


def _minutes(snapshot: Snapshot, facility: Facility) -> list[int]:
    """Minutes of each weekday; a room without hours keeps those of its building; unreadable hours are none."""
    parent = snapshot.known["facilities"].get(facility.parent)
    week = facility.hours or (parent.hours if isinstance(parent, Facility) else {})
    try:
        return [minutes_per_day(week, day) for day in range(1, 8)]
    except Bad:
        return [0] * 7


def _hours_share(offices: Offices, given: Given, *, weekend: bool) -> Metric:
    rows = [
        row(snapshot, one, counts=_open_enough(snapshot, one, weekend=weekend))
        for snapshot in offices.of(given.scope)
        for one in _serving(snapshot, given)
    ]
    return metric(sum(one.counts for one in rows), len(rows), rows)


def _open_enough(snapshot: Snapshot, facility: Facility, *, weekend: bool) -> bool:
    minutes = _minutes(snapshot, facility)
    if weekend:
        return all(minutes[5:])
    weekdays = [one for one in minutes[:5] if one]
    return bool(weekdays) and min(weekdays) >= snapshot.parameters.minutes_per_day


def open_long_enough(offices: Offices, given: Given) -> Metric:
    """Share of the facilities open at least eight hours on every open weekday (A1-54)."""
    return _hours_share(offices, given, weekend=False)


def open_at_weekend(offices: Offices, given: Given) -> Metric:
    """Share of the facilities open on Saturday and Sunday (A1-55)."""
    return _hours_share(offices, given, weekend=True)


def centre_area(offices: Offices, given: Given) -> Metric:
    """㎡ of party-mass service centres per 100 households (A1-01); the building counts once, not its rooms."""

    def area(snapshot: Snapshot) -> Decimal:
        found = _serving(snapshot, given)
        inside = {one.uid for one in found}
        return sum((one.floor_area or Decimal(0) for one in found if one.parent not in inside), Decimal(0))

    return sums_share(offices, given.scope, top=area, bottom=lambda one: one.office.households)


def activity_area(offices: Offices, given: Given) -> Metric:
    """Percent of the floor area that residents may use (A1-47), over facilities that state both."""
    measured = [
        (snapshot, one)
        for snapshot in offices.of(given.scope)
        for one in _serving(snapshot, given)
        if one.floor_area is not None and one.activity_area is not None
    ]
    used = sum((one.activity_area or Decimal(0) for _, one in measured), Decimal(0))
    whole = sum((one.floor_area or Decimal(0) for _, one in measured), Decimal(0))
    return metric(used, whole, [row(snapshot, one, counts=True) for snapshot, one in measured])


def far_villages(offices: Offices, given: Given) -> Metric:
    """Percent of the urban villages 1000 m away or more whose office keeps a staffed sub-station (A1-30, 可探索)."""
    rows: list[Row] = []
    far = served = 0
    for snapshot in offices.of(given.scope):
        number = sum(1 for one in snapshot.office.urban_villages if (one.get("distance") or 0) >= _FAR)
        staffed = [one for one in _serving(snapshot, given) if one.staff_count]
        far += number
        served += min(number, len(staffed))
        rows += [row(snapshot, one, counts=True) for one in staffed if number]
    return metric(served, far, rows)
