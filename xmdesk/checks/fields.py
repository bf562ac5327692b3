"""What holds for every field of every record: answered, readable, not too long, referring to something that is there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from xmdesk.checks.about import About
from xmdesk.problems import Problem
from xmdesk.records.base import FieldSpec, Need, Record, fields_of
from xmdesk.records.duty import Inspection
from xmdesk.records.kinds import (
    Count,
    CreditCode,
    DivisionCode,
    Frequency,
    Hours,
    Kind,
    Moment,
    Number,
    PartialDay,
    PersonName,
    Phone,
    Reference,
    References,
    SubTable,
    Text,
)
from xmdesk.records.people import Person
from xmdesk.records.values.reading import Bad
from xmdesk.snapshot import is_standing

_READ_AGAIN = (PersonName, Phone, CreditCode, DivisionCode, PartialDay, Moment, Hours, Frequency)
_PLAINLY_A_PHONE = re.compile(r"1[3-9]\d{9}|12345|12348|0592-[2-8]\d{6}", re.ASCII)
_PLAINLY_A_SLOT = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_PLAINLY_A_NAME = re.compile(r"[一-鿿]{2,4}")


@dataclass(frozen=True)
class Plan:
    """The fields of a class sorted by what is asked of them, so that each record is walked once."""

    always: tuple[FieldSpec, ...]
    to_send: tuple[FieldSpec, ...]
    texts: tuple[tuple[FieldSpec, int], ...]
    read_again: tuple[FieldSpec, ...]
    numbers: tuple[FieldSpec, ...]
    references: tuple[tuple[FieldSpec, str], ...]
    tables: tuple[tuple[FieldSpec, Mapping[str, FieldSpec]], ...]


_plans: dict[type[Record], Plan] = {}


def plan_for(record: type[Record]) -> Plan:
    """Return the plan of a record class."""
    if record not in _plans:
        _plans[record] = _plan(record)
    return _plans[record]


def _plan(record: type[Record]) -> Plan:
    specs = list(fields_of(record).values())
    return Plan(
        always=tuple(one for one in specs if one.need is Need.ALWAYS),
        to_send=tuple(one for one in specs if one.need is Need.TO_SEND),
        texts=tuple((one, one.kind.limit) for one in specs if isinstance(one.kind, Text)),
        read_again=tuple(one for one in specs if isinstance(one.kind, _READ_AGAIN)),
        numbers=tuple(one for one in specs if isinstance(one.kind, Count | Number)),
        references=tuple((one, one.kind.to) for one in specs if isinstance(one.kind, Reference | References)),
        tables=tuple((one, fields_of(_line_of(one))) for one in specs if one.kind.name == SubTable.name),
    )


def _line_of(spec: FieldSpec) -> type[Record]:
    return cast("type[Record]", cast("SubTable", spec.kind).line)


def check_fields(about: About[Any], *, not_asked: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Check every field of a record by its note and kind; ``not_asked`` fields may stay empty here."""
    record: Record = about.record
    plan = plan_for(type(record))
    yield from _needed(about, plan, not_asked)
    yield from _written(about, plan)
    yield from _references(about, plan)
    for spec, line in plan.tables:
        yield from _lines(about, spec, line)


def _needed(about: About[Any], plan: Plan, not_asked: frozenset[str]) -> Iterator[Problem]:
    record = about.record
    for spec in plan.always:
        if spec.kind.is_empty(getattr(record, spec.name)):
            yield about.problem("C-EMPTY", spec.name)
    for spec in plan.to_send:
        if spec.name not in not_asked and spec.kind.is_empty(getattr(record, spec.name)):
            yield about.problem("C-MISSING", spec.name)


def _written(about: About[Any], plan: Plan) -> Iterator[Problem]:
    record = about.record
    for spec, limit in plan.texts:
        value: str = getattr(record, spec.name)
        if len(value) > limit:
            yield about.problem("C-TOO-LONG", spec.name, limit=limit, length=len(value))
    for spec in plan.read_again:
        if bad := unreadable(spec.kind, getattr(record, spec.name)):
            yield about.problem(bad.code, spec.name, **bad.facts)
    for spec in plan.numbers:
        if (getattr(record, spec.name) or 0) < 0:
            yield about.problem("C-NEGATIVE", spec.name)


def unreadable(kind: Kind, value: Any) -> Bad | None:
    """Return why a stored value could not be typed like this, or None; usual shapes are recognised at a glance."""
    if not value or _plainly_right(kind, value):
        return None
    try:
        kind.read(value)
    except Bad as why:
        return why
    return None


def _plainly_right(kind: Kind, value: Any) -> bool:
    if isinstance(kind, Phone):
        return bool(_PLAINLY_A_PHONE.fullmatch(value))
    if isinstance(kind, PersonName):
        return bool(_PLAINLY_A_NAME.fullmatch(value))
    if isinstance(kind, Hours):
        return all(_PLAINLY_A_SLOT.fullmatch(slot) for slots in value.values() for slot in slots)
    return isinstance(kind, PartialDay | Moment) and _is_iso_day(value)


def _is_iso_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _references(about: About[Any], plan: Plan) -> Iterator[Problem]:
    for spec, to in plan.references:
        value = getattr(about.record, spec.name)
        for uid in [value] if isinstance(value, str) else value:
            if uid and (_is_gone(about, to, uid) or _has_retired(about, to, uid)):
                yield _gone(about, spec, to, uid)


def _is_gone(about: About[Any], to: str, uid: str) -> bool:
    """Only registers that are part of the return can be asked."""
    known = about.snapshot.known.get(to)
    return known is not None and uid not in known


def _has_retired(about: About[Any], to: str, uid: str) -> bool:
    """A person whose entry has ended holds no post any more; who held one that has ended too is still told."""
    snapshot = about.snapshot
    return to == Person.key and uid in snapshot.retired and is_standing(about.record, snapshot.day)


def _gone(about: About[Any], spec: FieldSpec, to: str, uid: str) -> Problem:
    year, own = about.snapshot.elsewhere.get(uid), about.snapshot.period.year
    if year is not None and isinstance(about.record, Inspection):
        return about.problem("C-DUTY-OTHER-YEAR", spec.name, year=year, own=own)
    return about.problem(_gone_code(spec, to), spec.name)


def _gone_code(spec: FieldSpec, to: str) -> str:
    """A post without its person says nothing; any other reference may point to something that has ended."""
    return "C-REFERENCE-GONE" if to == Person.key and spec.need is Need.ALWAYS else "C-REFERENCE-ENDED"


def _lines(about: About[Any], spec: FieldSpec, line: Mapping[str, FieldSpec]) -> Iterator[Problem]:
    for number, values in enumerate(getattr(about.record, spec.name), 1):
        for part in line.values():
            value = values.get(part.name)
            if part.need is Need.ALWAYS and part.kind.is_empty(value):
                yield about.problem("C-LINE-EMPTY", spec.name, number=number, part=part.label)
            elif isinstance(part.kind, PartialDay) and (bad := unreadable(part.kind, value or "")):
                yield about.problem(bad.code, spec.name, **bad.facts)
            elif isinstance(part.kind, Reference) and _is_gone(about, part.kind.to, value or ""):
                yield about.problem("C-REFERENCE-ENDED", spec.name)
