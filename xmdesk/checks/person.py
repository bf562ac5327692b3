"""Persons: identity numbers that are true, birth and sex that agree with them, and no more asked than the post needs."""

import re
from collections.abc import Iterator, Sequence

from xmdesk.checks.about import About, Survey
from xmdesk.checks.days import check_order, check_past
from xmdesk.checks.fields import check_fields, unreadable
from xmdesk.checks.repeats import repeated
from xmdesk.problems import Problem
from xmdesk.records.base import Need, fields_of
from xmdesk.records.codes import DocumentKind, Sex
from xmdesk.records.kinds import Phone
from xmdesk.records.people import Person
from xmdesk.records.values.identity import id_facts, read_id
from xmdesk.records.values.reading import Bad, Note
from xmdesk.records.values.texts import private_characters
from xmdesk.snapshot import Snapshot, has_ended

_ROSTER_FIELDS = frozenset(name for name, spec in fields_of(Person).items() if spec.need is Need.TO_SEND)
_MOBILE = re.compile(r"1[3-9]\d{9}(?:/1[3-9]\d{9})?", re.ASCII)
_SAID_BY_ID = {Sex.MALE, Sex.FEMALE}


def check_person(about: About[Person]) -> Iterator[Problem]:
    """Check one person; identity is asked of disaster officers and legal helpers only, others need to be reachable."""
    person, snapshot = about.record, about.snapshot
    on_roster = person.uid in snapshot.identity_asked
    yield from check_fields(about, not_asked=frozenset() if on_roster else _ROSTER_FIELDS)
    yield from check_past(about, "born_on", "informed_on")
    yield from check_order(about, ("born_on", "left_on"))
    yield from _phone(about, on_roster=on_roster)
    yield from check_identity(about)
    if private_characters(person.name):
        characters = "、".join(private_characters(person.name))
        yield about.problem("V-PRIVATE-CHARACTERS", "name", characters=characters)
    if has_ended(person.left_on, snapshot.day) and (on_roster or person.uid in snapshot.phone_asked):
        yield about.problem("C-PERSON-LEFT", "left_on")


def check_identity(about: About[Person]) -> Iterator[Problem]:
    """Check what a person's identity number says against the rest."""
    for field, note in doubts_about_identity(about.record):
        yield about.problem(note.code, field, **note.facts)


def _phone(about: About[Person], *, on_roster: bool) -> Iterator[Problem]:
    person = about.record
    if not person.mobile:
        if not (on_roster or person.other_phone) and person.uid in about.snapshot.phone_asked:
            yield about.problem("C-PERSON-PHONE", "mobile")
        return
    if not unreadable(Phone(), person.mobile) and not _MOBILE.fullmatch(person.mobile):
        yield about.problem("C-PERSON-MOBILE", "mobile")


def doubts_about_identity(person: Person) -> Iterator[tuple[str, Note]]:
    """Yield field and finding where number, type of document, birth and sex do not agree."""
    if not person.id_no:
        return
    try:
        found = read_id(person.id_no, doc_type=str(person.document_kind or DocumentKind.CITIZEN))
    except Bad as why:
        yield "id_no", Note(why.code, why.facts)
        return
    yield from (("id_no", note) for note in found.notes)
    yield from _agreeing(person)


def _agreeing(person: Person) -> Iterator[tuple[str, Note]]:
    """BE12: digits 7 to 14 and 17 of the number against what was typed (GB 11643-1999)."""
    facts = id_facts(person.id_no)
    if facts is None:
        return
    if person.born_on and not facts.birth.isoformat().startswith(person.born_on):
        yield "born_on", Note("C-PERSON-BIRTH")
    if person.sex in _SAID_BY_ID and person.sex is not Sex(facts.sex):
        yield "sex", Note("C-PERSON-SEX")


def survey_persons(snapshot: Snapshot) -> Survey[None]:
    """BE10: one number belongs to one person, who stands in the book once."""
    same = yield from repeated(list(snapshot.persons.values()), lambda one: one.id_no)
    for people in by_number(same).values():
        for one in people:
            yield _twice(one, people, snapshot)


def twice_aside(people: Sequence[Person], snapshot: Snapshot) -> Iterator[Problem]:
    """Name persons who share one number, but for those whom :func:`survey_persons` has named."""
    listed = sum(1 for one in people if one.uid in snapshot.persons)
    for one in people:
        if not (one.uid in snapshot.persons and listed > 1):
            yield _twice(one, people, snapshot)


def by_number(people: Sequence[Person]) -> dict[str, list[Person]]:
    """Return these persons by their identity numbers."""
    found: dict[str, list[Person]] = {}
    for one in people:
        found.setdefault(one.id_no, []).append(one)
    return found


def _twice(one: Person, people: Sequence[Person], snapshot: Snapshot) -> Problem:
    """One of the people who share a number, with the names of the others."""
    others = [other for other in people if other.uid != one.uid]
    code = "C-PERSON-TWICE" if all(other.name == one.name for other in others) else "C-PERSON-SAME-ID"
    return About(one, snapshot).problem(code, "id_no", other="、".join(sorted({other.name for other in others})))
