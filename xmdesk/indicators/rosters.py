"""Metrics over people, shelters, duties and doings."""

from datetime import date, timedelta

from xmdesk.indicators.offices import (
    Given,
    Metric,
    Offices,
    Seen,
    metric,
    offices_share,
    records_count,
    records_share,
    row,
    sums_share,
)
from xmdesk.records.codes import DutyChange, Post, TrainingKind
from xmdesk.records.doings import Activity
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.snapshot import Snapshot, first_day, last_day

_YEAR = timedelta(days=365)


def helper_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with enough legal helpers on the list (A1-33)."""
    return offices_share(
        offices, given.scope, lambda one: Seen(len(one.active_helpers) >= given.least, one.active_helpers)
    )


def helper_count(offices: Offices, given: Given) -> Metric:
    """How many legal helpers are on the list, or those for whom a yes/no field says yes (A1-45)."""
    return records_count(
        offices,
        given.scope,
        lambda one: [who for who in one.active_helpers if not given.field or getattr(who, given.field, None) is True],
    )


def officer_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with enough disaster information officers in post (A1-38)."""
    return offices_share(
        offices, given.scope, lambda one: Seen(len(one.active_officers) >= given.least, one.active_officers)
    )


def officer_pairs(offices: Offices, given: Given) -> Metric:
    """Share of offices with an A and a B in post (应急〔2020〕11号)."""

    def look(snapshot: Snapshot) -> Seen:
        posts = {one.post for one in snapshot.active_officers}
        return Seen(posts >= {Post.FIRST, Post.DEPUTY}, snapshot.active_officers)

    return offices_share(offices, given.scope, look)


def officers_trained(offices: Offices, given: Given) -> Metric:
    """Percent of the officers in post trained in the last twelve months (A1-40)."""
    rows = [
        row(snapshot, one, counts=_trained(snapshot, one.person, one.trained_on))
        for snapshot in offices.of(given.scope)
        for one in snapshot.active_officers
    ]
    return metric(sum(one.counts for one in rows), len(rows), rows)


def _trained(snapshot: Snapshot, person: str, noted_on: str) -> bool:
    attended = [
        one.to_on or one.from_on
        for one in snapshot.trainings
        if one.kind is TrainingKind.DISASTER and any(line.get("person") == person for line in one.attendees)
    ]
    return any(_within_a_year(last_day(day), snapshot.day) for day in (*attended, noted_on))


def _within_a_year(held: date | None, day: date) -> bool:
    return held is not None and day - _YEAR <= held and (held <= day or held.year == day.year)


def shelter_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with enough usable shelters (A1-39)."""
    return offices_share(
        offices, given.scope, lambda one: Seen(len(one.usable_shelters) >= given.least, one.usable_shelters)
    )


def shelter_capacity(offices: Offices, given: Given) -> Metric:
    """Places in usable shelters per 100 residents (A1-39)."""
    return sums_share(
        offices,
        given.scope,
        top=lambda one: sum(shelter.capacity or 0 for shelter in one.usable_shelters),
        bottom=lambda one: one.office.residents,
    )


def duty_list_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with a maintenance list of the year (A1-49 a)."""
    return offices_share(offices, given.scope, lambda one: Seen(bool(_duties(one)), _duties(one)))


def _duties(snapshot: Snapshot) -> list[MaintenanceDuty]:
    return [one for one in snapshot.duties if one.year == snapshot.day.year]


def duties_kept(offices: Offices, given: Given) -> Metric:
    """管护主体落实率: percent of the items that name a keeper (A1-49 b)."""
    return records_share(offices, given.scope, pick=_duties, test=lambda one: bool(one.keeper))


def duties_with_rights(offices: Offices, given: Given) -> Metric:
    """Percent of the items that name all three rights (A1-49 c)."""
    return records_share(
        offices, given.scope, pick=_duties, test=lambda one: bool(one.owner and one.operator and one.manager)
    )


def duties_confirmed(offices: Offices, given: Given) -> Metric:
    """Percent of the items confirmed or changed this year (A1-49 d, 滚动管理)."""
    return records_share(
        offices,
        given.scope,
        pick=_duties,
        test=lambda one: one.confirmed is True or one.change not in (DutyChange.CONTINUED, None),
    )


def activity_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices that held enough activities of every kind in the calendar year (A1-06, A1-14, A1-17)."""

    def look(snapshot: Snapshot) -> Seen:
        held = [one for one in snapshot.activities if one.kind in given.kinds and _this_year(snapshot, one)]
        enough = all(sum(one.kind == kind for one in held) >= given.least for kind in given.kinds)
        return Seen(enough, held)

    return offices_share(offices, given.scope, look)


def _this_year(snapshot: Snapshot, activity: Activity) -> bool:
    begun = first_day(activity.from_on)
    return begun is not None and begun.year == snapshot.day.year and begun <= snapshot.day


def legal_service_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with a legal activity or a helper's service in the calendar year (A1-76)."""

    def look(snapshot: Snapshot) -> Seen:
        held = [one for one in snapshot.activities if one.kind in given.kinds and _this_year(snapshot, one)]
        year = str(snapshot.day.year)
        served = [
            one for one in snapshot.helpers if any(str(line.get("on") or "").startswith(year) for line in one.services)
        ]
        return Seen(bool(held or served), [*held, *served])

    return offices_share(offices, given.scope, look)
