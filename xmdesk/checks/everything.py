"""All checks together: every record by the rules of its class, then what only shows across records."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from xmdesk.checks import doings, duty, facility, inspection, legal_helper, office, officer, person, shelter
from xmdesk.checks.about import About, Survey
from xmdesk.checks.jumps import check_jumps
from xmdesk.checks.targets import survey_targets
from xmdesk.jobs import Breaths, in_one_go, parted
from xmdesk.problems import Problem, Severity
from xmdesk.records.base import Record
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.snapshot import REGISTER_OF, Snapshot

Rule = Callable[[About[Any]], Iterator[Problem]]

BREATH = 20

RULES: dict[type[Record], Rule] = {
    Office: office.check_office,
    Facility: facility.check_facility,
    DutyList: duty.check_duty_list,
    MaintenanceDuty: duty.check_duty,
    Inspection: inspection.check_inspection,
    Person: person.check_person,
    DisasterOfficer: officer.check_officer,
    Shelter: shelter.check_shelter,
    LegalHelper: legal_helper.check_helper,
    Training: doings.check_training,
    Activity: doings.check_activity,
}
"""What holds for one record of a class."""

SURVEYS: dict[str, Callable[[Snapshot], Survey[None]]] = {
    "facilities": facility.survey_facilities,
    "duties": duty.survey_duties,
    "persons": person.survey_persons,
    "disaster_officers": officer.survey_officers,
    "shelters": shelter.survey_shelters,
    "legal_helpers": legal_helper.survey_helpers,
    "trainings": doings.survey_trainings,
    "activities": doings.survey_activities,
}
"""What shows only across the records of a register."""


def check(snapshot: Snapshot) -> list[Problem]:
    """Return everything found: record by record, then across the records of each register and the office."""
    return in_one_go(check_breathing(snapshot))


def check_breathing(snapshot: Snapshot) -> Breaths[list[Problem]]:
    """As :func:`check`, with a pause every few records."""
    found: list[Problem] = []
    yield from snapshot.know_all()
    for register, records in snapshot.rows.items():
        for part in parted(records, BREATH):
            for record in part:
                found += _alone(About(record, snapshot))
            yield
        if register in SURVEYS:
            yield from _gather(SURVEYS[register](snapshot), found)
    yield from _gather(survey_targets(snapshot), found)
    return found


def check_aside(people: Sequence[Person], snapshot: Snapshot) -> Breaths[list[Problem]]:
    """Return what contradicts itself about persons of whom the return says nothing: warnings, they block nothing."""
    found: list[Problem] = []
    for part in parted(people, BREATH):
        for one in part:
            found += [told.as_warning() for told in person.check_identity(About(one, snapshot))]
        yield
    return [one for one in found if one.severity is Severity.WARNING]


def _gather(survey: Iterator[Problem | None], found: list[Problem]) -> Breaths[None]:
    """A pause wherever the survey breathes, and every few problems: to find words for one takes longer than to look on."""
    for one in survey:
        if one is not None:
            found.append(one)
        if one is None or not len(found) % BREATH:
            yield


def check_record(record: Record, snapshot: Snapshot) -> list[Problem]:
    """Return what is found about one record as if it were saved, for showing beside its form."""
    fresh = snapshot.with_record(record)
    found = _alone(About(record, fresh))
    survey = SURVEYS.get(REGISTER_OF[type(record)])
    return found + [one for one in (survey(fresh) if survey else ()) if one and one.where.uid == record.uid]


def _alone(about: About[Any]) -> list[Problem]:
    return [*RULES[type(about.record)](about), *check_jumps(about)]
