"""What the checks look at: the records of one office at one time, and the district's parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from xmdesk.periods import Period
from xmdesk.records.base import Record
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter


@dataclass(frozen=True)
class Parameters:
    """Thresholds that are district settings, not law (domain.md: thresholds live in data)."""

    helpers_wanted: int = 3
    officers_wanted: int = 1
    shelters_wanted: int = 1
    minutes_per_day: int = 480
    shelter_capacity: int = 100
    area_per_person: int = 1
    flood_season: tuple[int, int] = (6, 1)


@dataclass(frozen=True)
class Snapshot:
    """Everything a check may ask about; ``rows`` holds records by register name (plus office and duty_lists)."""

    rows: Mapping[str, Sequence[Record]]
    today: date
    period: Period
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def office(self) -> Office:
        """The office."""
        found = self.rows.get("office", ())
        return cast("Office", found[0]) if found else Office()

    @property
    def persons(self) -> dict[str, Person]:
        """Persons by uid."""
        return {one.uid: one for one in cast("Sequence[Person]", self.rows.get("persons", ()))}

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
    def inspections(self) -> Sequence[Inspection]:
        """Inspections."""
        return cast("Sequence[Inspection]", self.rows.get("inspections", ()))

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
