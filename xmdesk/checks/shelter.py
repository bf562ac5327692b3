"""Shelters: area and people that fit, checked before the flood season (DB35/T 1393-2025, GB/T 33744-2025)."""

from collections.abc import Iterator
from datetime import date

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_past, check_spans
from xmdesk.checks.fields import check_fields
from xmdesk.checks.places import check_place
from xmdesk.checks.repeats import check_once, repeated
from xmdesk.problems import Problem
from xmdesk.records.base import Need, fields_of
from xmdesk.records.codes import Room, ShelterCheck, ShelterGrade, ShelterKind, ShelterState
from xmdesk.records.kinds import Number
from xmdesk.records.shelter import Shelter
from xmdesk.snapshot import Snapshot, last_day

_ROOMS = (Room.DUTY, Room.MEN, Room.WOMEN, Room.STORE, Room.TOILET)
"""Rooms the Fujian implementation opinion of 2010–2011 asks for."""
_TO_SEND = frozenset(name for name, spec in fields_of(Shelter).items() if spec.need is Need.TO_SEND)


def check_shelter(about: About[Shelter]) -> Iterator[Problem]:
    """Check one shelter."""
    one = about.record
    stopped = one.status is ShelterState.STOPPED
    yield from check_fields(about, not_asked=_TO_SEND if stopped else frozenset())
    yield from check_place(about)
    yield from check_past(about, "signs_checked_on", "drilled_on", "checked_on")
    yield from check_spans(about, "openings", start="opened", end="closed")
    yield from _sizes(about)
    if one.duty_person and one.duty_person == one.deputy_person:
        yield about.problem("C-SHELTER-DEPUTY", "deputy_person")
    if one.kind is ShelterKind.NATURAL and one.name and not one.name.endswith("避灾点"):
        yield about.problem("C-SHELTER-NAME", "name")
    if not stopped:
        yield from _upkeep(about)


def _sizes(about: About[Shelter]) -> Iterator[Problem]:
    one, wanted = about.record, about.snapshot.parameters
    total, effective, people = one.total_area, one.effective_area, one.capacity
    if total is not None and effective is not None and effective > total:
        yield about.problem(
            "C-SHELTER-AREA", "effective_area", effective=Number().show(effective), total=Number().show(total)
        )
    if people is not None and effective is not None and people * wanted.area_per_person > effective:
        yield about.problem(
            "C-SHELTER-CROWDED",
            "capacity",
            people=people,
            effective=Number().show(effective),
            each=wanted.area_per_person,
        )
    if one.grade is ShelterGrade.VILLAGE and people is not None and people < wanted.shelter_capacity:
        yield about.problem("C-SHELTER-SMALL", "capacity", people=people, wanted=wanted.shelter_capacity)


def _upkeep(about: About[Shelter]) -> Iterator[Problem]:
    one, snapshot = about.record, about.snapshot
    if one.status is ShelterState.USABLE and one.check_result is ShelterCheck.UNUSABLE:
        yield about.problem("C-SHELTER-UNUSABLE", "status")
    season = date(snapshot.day.year, *snapshot.parameters.flood_season)
    checked = last_day(one.checked_on)
    if checked and snapshot.day >= season and checked.year < season.year:
        yield about.problem("C-SHELTER-CHECK", "checked_on", year=season.year)
    lacking = [room.label for room in _ROOMS if room.value not in one.rooms]
    if one.rooms and lacking:
        yield about.problem("C-SHELTER-ROOMS", "rooms", rooms="、".join(lacking))
    yield from _expired(about)


def _expired(about: About[Shelter]) -> Iterator[Problem]:
    for number, supply in enumerate(about.record.supplies, 1):
        expires = last_day(supply.get("expires"))
        if expires and expires < about.snapshot.day:
            yield about.problem("C-SHELTER-EXPIRED", "supplies", number=number, item=str(supply.get("item") or ""))


def survey_shelters(snapshot: Snapshot) -> Survey[None]:
    """Numbers used twice, the same shelter twice."""
    records = snapshot.shelters
    yield from check_once(snapshot, records, "shelter_no", key=lambda one: one.shelter_no)
    for one in (yield from repeated(records, lambda one: one.name and (one.name, one.kind))):
        yield About(one, snapshot).problem("C-SAME", "name")
