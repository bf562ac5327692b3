"""What checks and indicators look at: the records of one office at one time, and the district's parameters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from xmdesk.jobs import Breaths, in_one_go, parted
from xmdesk.periods import Period
from xmdesk.records.base import Record, fields_of
from xmdesk.records.codes import (
    DutyChange,
    FacilityKind,
    FacilityState,
    HelperState,
    IssueState,
    OfficeKind,
    ShelterKind,
    ShelterState,
)
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import Reference
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.shelter import Shelter
from xmdesk.records.values.dates import earliest, latest

SCOPES: dict[str, frozenset[OfficeKind]] = {
    "V": frozenset({OfficeKind.VILLAGE}),
    "C": frozenset({OfficeKind.COMMUNITY, OfficeKind.CONVERTED}),
    "VC": frozenset({OfficeKind.VILLAGE, OfficeKind.COMMUNITY, OfficeKind.CONVERTED, OfficeKind.SIMILAR}),
}
"""Which kinds of office a requirement speaks of: 行政村, 城市社区 (a converted village is a community), or both."""

REGISTER_OF: dict[type[Record], str] = {
    Office: Office.key,
    DutyList: DutyList.key,
    **{one.record: one.name for one in REGISTERS.values()},
}
"""The name under which the records of a class stand in a snapshot."""


CONTACTS: tuple[tuple[str, str, str], ...] = (
    ("office", "secretary", ""),
    ("office", "director", ""),
    ("facilities", "contact", "contact_phone"),
    ("duties", "keeper_person", "keeper_phone"),
    ("inspections", "repair_person", ""),
    ("shelters", "duty_person", "duty_phone"),
    ("shelters", "deputy_person", ""),
)
"""Who must be reachable: register, field naming the person, field with the phone number ("" where there is none)."""


def is_standing(record: Record, day: date) -> bool:
    """Tell whether a record speaks of a day: what a post, a place or a repair that has ended says of persons stays as it was."""
    if isinstance(record, DisasterOfficer | Facility):
        return not has_ended(record.ended_on, day)
    if isinstance(record, LegalHelper):
        return record.status is not HelperState.LEFT and not has_ended(record.left_on, day)
    if isinstance(record, Inspection):
        return record.state in (IssueState.OPEN, IssueState.WORKING)
    if isinstance(record, MaintenanceDuty):
        return record.change not in (DutyChange.STOPPED, DutyChange.SCRAPPED, DutyChange.HANDED_OVER)
    return isinstance(record, Office) or (isinstance(record, Shelter) and record.status is not ShelterState.STOPPED)


def in_scope(kind: OfficeKind | None, scope: str) -> bool:
    """Tell whether a requirement of this scope (V, C or VC) speaks of an office of this kind."""
    return kind in SCOPES[scope]


def first_day(value: str | date | None) -> date | None:
    """Return the first day a value may mean; nothing and what cannot be read (a stranger's file) are ``None``."""
    return _bound(value, earliest)


def last_day(value: str | date | None) -> date | None:
    """Return the last day a value may mean, or ``None`` as in :func:`first_day`."""
    return _bound(value, latest)


def _bound(value: str | date | None, edge: Callable[[str], date]) -> date | None:
    if not value or isinstance(value, date):
        return value or None
    try:
        return edge(value[:10])
    except ValueError:
        return None


def has_begun(begun_on: str, day: date) -> bool:
    """Tell whether a partial first day is unknown or not after the day."""
    begun = first_day(begun_on)
    return begun is None or begun <= day


def has_ended(ended_on: str, day: date) -> bool:
    """Tell whether a partial end day is known and not after the day."""
    ended = first_day(ended_on)
    return ended is not None and ended <= day


@dataclass(frozen=True)
class Parameters:
    """Thresholds that are district settings, not law (domain.md: thresholds live in data).

    Areas in ㎡, ``flood_season`` is month and day, ``expiry_days`` is how early an end of term is announced.
    """

    helpers_wanted: int = 3
    officers_wanted: int = 1
    shelters_wanted: int = 1
    minutes_per_day: int = 480
    shelter_capacity: int = 100
    area_per_person: int = 1
    area_per_100_households: int = 30
    flood_season: tuple[int, int] = (6, 1)
    expiry_days: int = 30

    @classmethod
    def chosen(cls, values: Mapping[str, Any]) -> "Parameters":
        """Return the district's choices over our own; what is unknown or no number is passed over."""
        known = {name for name, value in cls().__dict__.items() if isinstance(value, int)}
        chosen: dict[str, Any] = {name: one for name, one in values.items() if name in known and isinstance(one, int)}
        return cls(**chosen)


@dataclass(frozen=True)
class Snapshot:
    """Everything a check may ask about; ``rows`` holds records by register name (plus office and duty_lists).

    ``before`` holds the rows of the last accepted return by uid, as they travelled; ``elsewhere`` the year of items of other
    years' lists that are named here (by uid).
    """

    rows: Mapping[str, Sequence[Record]]
    today: date
    period: Period
    parameters: Parameters = field(default_factory=Parameters)
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])

    elsewhere: Mapping[str, int] = field(default_factory=dict[str, int])

    def with_record(self, record: Record) -> "Snapshot":
        """Return the snapshot as it would be with this record saved."""
        register = REGISTER_OF[type(record)]
        known = self.rows.get(register, ())
        changed = [record if one.uid == record.uid else one for one in known]
        fresh = changed if any(one is record for one in changed) else [*changed, record]
        return replace(self, rows={**self.rows, register: fresh})

    @property
    def day(self) -> date:
        """The day the data stand for: the end of the period, or today while it is running."""
        return min(self.period.last, self.today)

    @cached_property
    def office(self) -> Office:
        """The office."""
        found = self.rows.get("office", ())
        return cast("Office", found[0]) if found else Office()

    @cached_property
    def persons(self) -> dict[str, Person]:
        """Persons by uid."""
        return {one.uid: one for one in cast("Sequence[Person]", self.rows.get("persons", ()))}

    @cached_property
    def retired(self) -> frozenset[str]:
        """Persons whose entry in the book has ended (停用): whatever still names them names nobody."""
        return frozenset(uid for uid, one in self.persons.items() if has_ended(one.retired_on, self.day))

    @cached_property
    def known(self) -> dict[str, dict[str, Record]]:
        """Records by register and uid."""
        return in_one_go(self._known_breathing())

    def know_all(self) -> Breaths[None]:
        """Have :attr:`known` at hand from now on, with a pause every few records."""
        if "known" not in self.__dict__:
            self.__dict__["known"] = yield from self._known_breathing()

    def _known_breathing(self) -> Breaths[dict[str, dict[str, Record]]]:
        found: dict[str, dict[str, Record]] = {}
        for register, records in self.rows.items():
            by_uid = found[register] = {}
            for part in parted(records):
                by_uid.update((one.uid, one) for one in part)
                yield
        return found

    @property
    def closes_year(self) -> bool:
        """Tell whether the period ends with its calendar year, so that yearly counts should be complete."""
        return self.period.last.month == 12

    @property
    def facilities(self) -> Sequence[Facility]:
        """Facilities."""
        return cast("Sequence[Facility]", self.rows.get("facilities", ()))

    @property
    def duties(self) -> Sequence[MaintenanceDuty]:
        """Maintenance duties."""
        return cast("Sequence[MaintenanceDuty]", self.rows.get("duties", ()))

    @property
    def duty_lists(self) -> Sequence[DutyList]:
        """Duty lists."""
        return cast("Sequence[DutyList]", self.rows.get("duty_lists", ()))

    @property
    def officers(self) -> Sequence[DisasterOfficer]:
        """Disaster information officers."""
        return cast("Sequence[DisasterOfficer]", self.rows.get("disaster_officers", ()))

    @property
    def shelters(self) -> Sequence[Shelter]:
        """Shelters."""
        return cast("Sequence[Shelter]", self.rows.get("shelters", ()))

    @property
    def helpers(self) -> Sequence[LegalHelper]:
        """Legal helpers."""
        return cast("Sequence[LegalHelper]", self.rows.get("legal_helpers", ()))

    @property
    def trainings(self) -> Sequence[Training]:
        """Trainings."""
        return cast("Sequence[Training]", self.rows.get("trainings", ()))

    @property
    def activities(self) -> Sequence[Activity]:
        """Activities."""
        return cast("Sequence[Activity]", self.rows.get("activities", ()))

    @cached_property
    def active_officers(self) -> list[DisasterOfficer]:
        """Officers in post on the day; an unknown first day does not count against them. Nobody whose entry has ended."""
        return [
            one
            for one in self.officers
            if has_begun(one.started_on, self.day)
            and not has_ended(one.ended_on, self.day)
            and one.person not in self.retired
        ]

    @cached_property
    def active_helpers(self) -> list[LegalHelper]:
        """Helpers on the list (在册) on the day, those included who left later. Nobody whose entry has ended."""
        return [
            one
            for one in self.helpers
            if (one.status is HelperState.ACTIVE or (one.status is HelperState.LEFT and one.left_on))
            and has_begun(one.certificate_on, self.day)
            and not has_ended(one.left_on, self.day)
            and one.person not in self.retired
        ]

    @cached_property
    def identity_asked(self) -> frozenset[str]:
        """Persons of whom rosters ask more than a name: officers in post, helpers not left (PIPL art. 6: no others)."""
        helpers = [one for one in self.helpers if one.status is not HelperState.LEFT]
        return frozenset(one.person for one in (*self.active_officers, *helpers)) - {""}

    @cached_property
    def phone_asked(self) -> frozenset[str]:
        """Persons who must be reachable and whose number does not stand beside their name."""
        return frozenset(
            getattr(one, person)
            for register, person, phone in CONTACTS
            for one in self.rows.get(register, ())
            if not (phone and getattr(one, phone))
        ) - {""}

    @cached_property
    def usable_shelters(self) -> list[Shelter]:
        """Shelters that can be opened; pure earthquake sites are a family of their own (domain.md C3)."""
        return [
            one for one in self.shelters if one.status is ShelterState.USABLE and one.kind is not ShelterKind.EARTHQUAKE
        ]

    def working(self, *kinds: FacilityKind) -> list[Facility]:
        """Return the facilities of these kinds in service on the day: begun, not ended, in normal state."""
        return in_one_go(self.working_breathing(*kinds))

    def working_breathing(self, *kinds: FacilityKind) -> Breaths[list[Facility]]:
        """As :meth:`working`, with a pause every few facilities."""
        found, day = list[Facility](), self.day
        for part in parted(self.facilities):
            found += [one for one in part if one.kind in kinds and in_service(one, day)]
            yield
        return found

    def title_of(self, record: Record) -> str:
        """Return the short words for a record; a title that refers to another record is that record's title."""
        spec = fields_of(type(record)).get(record.title_field)
        if spec is None or not isinstance(spec.kind, Reference):
            return record.title()
        found = self.known.get(spec.kind.to, {}).get(getattr(record, record.title_field))
        return found.title() if found else ""


def in_service(facility: Facility, day: date) -> bool:
    """Tell whether a facility serves on a day; one that was stopped served until its last day."""
    stopped_later = facility.condition is FacilityState.STOPPED and bool(facility.ended_on)
    serves = facility.condition is FacilityState.NORMAL or stopped_later
    return serves and has_begun(facility.in_use_on, day) and not has_ended(facility.ended_on, day)
