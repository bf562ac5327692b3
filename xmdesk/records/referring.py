"""Who refers to whom: every field of a stored record by which it names another one, told once for all who ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.keeping import Cycle, FieldNote
from xmdesk.records.kinds import Reference, References, SubTable
from xmdesk.records.registers import RECORDS
from xmdesk.records.submission import Explanation

UID = "uid"
Target = tuple[str, str, Any]
"""Key of the class of the record that is meant, the field by which it is named there, and what stands in it."""


@dataclass(frozen=True)
class Referring:
    """One field that names other records: of which class (its key, or the field in which that stands), inside a table of
    lines the field of a line, and the field by which they are named there.
    """

    field: str
    to: str = ""
    to_in: str = ""
    inner: str = ""
    by: str = UID

    def targets(self, held: Mapping[str, Any]) -> Iterator[Target]:
        """Return what this field of a record, given as JSON, names."""
        value: Any = held.get(self.field)
        lines: list[Any] = cast("list[Any]", value) if isinstance(value, list) else [value]
        for one in lines:
            named: Any = one.get(self.inner) if self.inner and one else one
            if named:
                yield self.to or str(held.get(self.to_in, "")), self.by, named


_SAID_OF: dict[type[Record], tuple[Referring, ...]] = {
    MaintenanceDuty: (Referring("year", DutyList.key, by="year"),),
    FieldNote: (Referring("record_uid", to_in="register"),),
    Cycle: (Referring("duty", MaintenanceDuty.key),),
}
"""What no kind of field tells: an item stands in the list of its year; notes and cycles speak of a record."""

GOING_ALONG: tuple[type[Record], str] = (Explanation, "record")
"""Reasons why a warning may stand keep no record in the book: they go with the one they speak of."""


_known: dict[type[Record], tuple[Referring, ...]] = {}
"""By hand: to the type check a class of records has no hash, so that ``cache`` would not do."""


def referring(record: type[Record]) -> tuple[Referring, ...]:
    """Return all fields of a class that name other records."""
    if record not in _known:
        _known[record] = (*asked_references(record), *_SAID_OF.get(record, ()))
    return _known[record]


def asked_references(record: type[Record]) -> Iterator[Referring]:
    """Return the fields by which a person names other records."""
    for name, spec in fields_of(record).items():
        if isinstance(spec.kind, Reference | References):
            yield Referring(name, spec.kind.to)
        elif isinstance(spec.kind, SubTable):
            for inner, one in fields_of(spec.kind.line).items():
                if isinstance(one.kind, Reference):
                    yield Referring(name, one.kind.to, inner=inner)


def targets_of(record: type[Record], held: Mapping[str, Any]) -> set[Target]:
    """Return everything that a record, given as JSON, names."""
    return {target for one in referring(record) for target in one.targets(held)}


def names_of(key: str, held: Mapping[str, Any]) -> list[Target]:
    """Return the names under which others refer to a record."""
    return [(key, by, held[by]) for by in _named_by().get(key, (UID,)) if held.get(by)]


@cache
def _named_by() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for record in RECORDS:
        for one in referring(record):
            found.setdefault(one.to, {UID}).add(one.by)
    return {key: tuple(sorted(names)) for key, names in found.items()}
