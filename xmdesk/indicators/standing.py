"""Metrics over what the office says of itself: committees, police, grids, honours, population."""

from collections.abc import Callable
from typing import Any

from xmdesk.indicators.offices import Given, Metric, Offices, Row, Seen, metric, offices_share, row, sums_share
from xmdesk.records.office import Office
from xmdesk.snapshot import Snapshot, in_scope

_ORGANISATIONS = 2
_PER_10_000 = 10_000


def _office_share(offices: Offices, scope: str, test: Callable[[Office], bool]) -> Metric:
    return offices_share(offices, scope, lambda one: Seen(test(one.office)))


def flag_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices for which a yes/no field says yes (A1-18, A1-27, A1-29)."""
    return _office_share(offices, given.scope, lambda one: getattr(one, given.field, None) is True)


def honour_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices that hold an honour of these kinds (A1-36, A1-41, A1-46, A1-67, A1-68)."""

    def look(snapshot: Snapshot) -> Seen:
        year = snapshot.day.year
        held = (one for one in snapshot.office.honours if one.get("kind") in given.kinds)
        return Seen(any((one.get("year") or year) <= year for one in held))

    return offices_share(offices, given.scope, look)


def police_offices(offices: Offices, given: Given) -> Metric:
    """Share of offices with one officer and two auxiliaries in towns, one assistant in the country (A1-28)."""
    return _office_share(offices, given.scope, _is_policed)


def _is_policed(office: Office) -> bool:
    if in_scope(office.kind, "C"):
        return (office.police_count or 0) >= 1 and (office.auxiliary_count or 0) >= 2
    return (office.police_assistant_count or 0) >= 1


def _lines_share(offices: Offices, given: Given, field: str, test: Callable[[dict[str, Any]], bool]) -> Metric:
    """Percent of the lines of a sub-table that pass; the office stands for its lines."""
    rows: list[Row] = []
    passed = total = 0
    for snapshot in offices.of(given.scope):
        lines: list[dict[str, Any]] = getattr(snapshot.office, field)
        good = sum(1 for one in lines if test(one))
        passed, total = passed + good, total + len(lines)
        if lines:
            rows.append(row(snapshot, snapshot.office, counts=good == len(lines)))
    return metric(passed, total, rows)


def grids_staffed(offices: Offices, given: Given) -> Metric:
    """Percent of the grids with at least one full-time worker (A1-58)."""
    return _lines_share(offices, given, "grids", lambda one: (one.get("full_time_count") or 0) >= 1)


def urban_villages_organised(offices: Offices, given: Given) -> Metric:
    """Percent of the urban villages with two public-benefit organisations or more (A1-31)."""
    return _lines_share(offices, given, "urban_villages", lambda one: (one.get("organisations") or 0) >= _ORGANISATIONS)


def smart_compounds(offices: Offices, given: Given) -> Metric:
    """Percent of the residential compounds with intelligent security (A1-52)."""
    return sums_share(
        offices,
        given.scope,
        top=lambda one: one.office.smart_compound_count,
        bottom=lambda one: one.office.compound_count,
    )


def volunteers(offices: Offices, given: Given) -> Metric:
    """Registered volunteers per 100 residents (A1-44)."""
    return sums_share(
        offices, given.scope, top=lambda one: one.office.volunteer_count, bottom=lambda one: one.office.residents
    )


def community_workers(offices: Offices, given: Given) -> Metric:
    """Community workers per 10 000 residents (A2-18)."""
    return sums_share(
        offices,
        given.scope,
        top=lambda one: one.office.community_worker_count,
        bottom=lambda one: one.office.residents,
        per=_PER_10_000,
    )
