"""What the plan asks of an office as a whole. Shortfalls are warnings to be explained, soft words (鼓励, 力争) notices."""

from dataclasses import dataclass
from typing import Any

from xmdesk.checks.about import Survey
from xmdesk.problems import Problem, Where, problem
from xmdesk.records.codes import ActivityKind, FacilityKind
from xmdesk.records.registers import REGISTERS
from xmdesk.snapshot import Snapshot, first_day, in_scope


@dataclass(frozen=True)
class Wanted:
    """A kind of facility every office in scope has, and the code that says it is missing."""

    scope: str
    kind: FacilityKind
    code: str


_FACILITIES = (
    Wanted("VC", FacilityKind.LEGAL_WORKROOM, "C-TARGET-WORKROOM"),
    Wanted("VC", FacilityKind.LEGAL_BOARD, "C-TARGET-BOARD"),
    Wanted("VC", FacilityKind.CONVENIENCE, "C-TARGET-CONVENIENCE"),
    Wanted("C", FacilityKind.POLICE, "C-TARGET-POLICE"),
    Wanted("C", FacilityKind.MEDIATION, "C-TARGET-MEDIATION"),
    Wanted("C", FacilityKind.TERMINAL, "C-TARGET-TERMINAL"),
    Wanted("V", FacilityKind.VILLAGE_SERVICE, "C-TARGET-VILLAGE-SERVICE"),
    Wanted("VC", FacilityKind.ELDER_CARE, "C-TARGET-ELDER-CARE"),
)
_YEARLY = (
    (ActivityKind.PARENT_GUIDANCE, 2, "C-TARGET-GUIDANCE"),
    (ActivityKind.PARENT_PRACTICE, 2, "C-TARGET-PRACTICE"),
)
"""3-2-(一)-2: two of each in a calendar year, never added together and explained one by one."""


def survey_targets(snapshot: Snapshot) -> Survey[None]:
    """Compare an office with the plan; only the forms that are asked for are looked at."""
    if in_scope(snapshot.office.kind, "VC"):
        yield from _people(snapshot)
        yield from _facilities(snapshot)
        yield from _duty_list(snapshot)
        yield from _activities(snapshot)


def _said(snapshot: Snapshot, code: str, register: str, **facts: Any) -> Problem:
    return problem(code, Where(register=register, title=REGISTERS[register].title), **facts)


def _people(snapshot: Snapshot) -> Survey[None]:
    wanted = snapshot.parameters
    for code, register, found, least in (
        ("C-TARGET-HELPERS", "legal_helpers", snapshot.active_helpers, wanted.helpers_wanted),
        ("C-TARGET-OFFICERS", "disaster_officers", snapshot.active_officers, wanted.officers_wanted),
        ("C-TARGET-SHELTERS", "shelters", snapshot.usable_shelters, wanted.shelters_wanted),
    ):
        if register in snapshot.rows and len(found) < least:
            yield _said(snapshot, code, register, number=len(found), wanted=least)


def _facilities(snapshot: Snapshot) -> Survey[None]:
    if "facilities" not in snapshot.rows:
        return
    for one in _FACILITIES:
        if in_scope(snapshot.office.kind, one.scope) and not (yield from snapshot.working_breathing(one.kind)):
            yield _said(snapshot, one.code, "facilities")
    yield from _centre_area(snapshot)


def _centre_area(snapshot: Snapshot) -> Survey[None]:
    """3-1-(二): 30 ㎡ per 100 households, "力争"; not computable without households."""
    households, wanted = snapshot.office.households, snapshot.parameters.area_per_100_households
    centres = yield from snapshot.working_breathing(FacilityKind.PARTY_CENTRE)
    if not households or not centres:
        return
    area = sum(one.floor_area or 0 for one in centres) * 100 / households
    if area < wanted:
        yield _said(snapshot, "C-TARGET-CENTRE-AREA", "facilities", area=f"{area:.1f}", wanted=wanted)


def _duty_list(snapshot: Snapshot) -> Survey[None]:
    """3-3-(四): every village has a current list."""
    if "duties" in snapshot.rows and in_scope(snapshot.office.kind, "V"):
        if not snapshot.duties:
            yield _said(snapshot, "C-TARGET-DUTIES", "duties", year=snapshot.period.year)
        elif not snapshot.duty_lists:
            yield _said(snapshot, "C-TARGET-DUTY-LIST", "duties", year=snapshot.period.year)


def _activities(snapshot: Snapshot) -> Survey[None]:
    """Short only when the year closes; before that it is a reminder of what is still to come."""
    if "activities" not in snapshot.rows:
        return
    for kind, wanted, code in _YEARLY:
        held = [one for one in snapshot.activities if one.kind is kind and _by_the_day(snapshot, one.from_on)]
        if len(held) < wanted:
            said = code if snapshot.closes_year else "C-TARGET-ACTIVITIES-SO-FAR"
            yield _said(snapshot, said, "activities", kind=kind.label, number=len(held), wanted=wanted)


def _by_the_day(snapshot: Snapshot, from_on: str) -> bool:
    begun = first_day(from_on)
    return begun is not None and begun <= snapshot.day
