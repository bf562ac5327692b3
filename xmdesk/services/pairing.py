"""A row of a sheet beside the record, or the earlier row, that it seems to be; and what a person decides about the two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from xmdesk.ports import Store
from xmdesk.records.base import Kept, fields_of
from xmdesk.records.people import Person
from xmdesk.services.registers import Titles, shown_fields

SURE = frozenset({"facilities", "duties", "persons", "disaster_officers", "shelters", "legal_helpers"})
"""Registers whose strongest key names one thing only: a number, or the person who holds a post."""

WEAK: dict[str, tuple[str, ...]] = {
    "facilities": ("location", "contact_phone"),
    "shelters": ("location", "duty_phone"),
    "persons": ("mobile", "other_phone", "born_on", "address"),
}
"""What makes one of the same name perhaps the same, where no key recognises it. Lamps and lanes share names rightly."""


class Choice(StrEnum):
    """What becomes of a row that seems to be there already."""

    UPDATE = "update"
    SEPARATE = "separate"
    SKIP = "skip"


@dataclass(frozen=True)
class Pair:
    """``before`` is what stands there, ``row`` what it would become, ``fresh`` what the sheet says of it.

    ``earlier`` is the row of the same sheet that ``before`` comes from, 0 for a record of the book; ``agreeing`` are the
    fields by which it was recognised; ``kept`` those that stay as they were.
    """

    number: int
    before: Kept
    row: Kept
    fresh: Mapping[str, Any]
    agreeing: tuple[str, ...]
    is_sure: bool
    choice: Choice
    earlier: int = 0
    kept: frozenset[str] = frozenset()

    @property
    def differing(self) -> tuple[str, ...]:
        """Return the fields in which the sheet contradicts or completes what stands there."""
        return tuple(name for name in fields_of(type(self.before)) if self._differs(name))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen: a number or a person that is known cannot be a second one."""
        return (Choice.UPDATE, Choice.SKIP) if self.is_sure else tuple(Choice)

    @property
    def reason(self) -> str:
        """Why the two may be the same, in words."""
        labels = "、".join(fields_of(type(self.before))[name].label for name in self.agreeing)
        return f"{labels}相同"

    def _differs(self, name: str) -> bool:
        return name in self.fresh and getattr(self.before, name) != self.fresh[name]


@dataclass(frozen=True)
class Decision:
    """What a person decided about a pair; ``kept`` fields stay as they were."""

    pair: Pair
    choice: Choice
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Side:
    """One field of a pair as people read it, old and new; ``is_kept`` tells that the old one stays."""

    name: str
    label: str
    old: str
    new: str
    differs: bool
    is_kept: bool


@dataclass
class Lookalikes:
    """Records by title, for finding what may be the same without a key."""

    register: str
    _titles: dict[str, dict[str, Kept]] = field(default_factory=dict[str, dict[str, Kept]])

    def know(self, record: Kept) -> None:
        """Remember a record."""
        if self.register in WEAK:
            self._titles.setdefault(record.title(), {})[record.uid] = record

    def find(self, title_field: str, fresh: Mapping[str, Any]) -> tuple[Kept, tuple[str, ...]] | None:
        """Return the record of the same title that agrees in most weak fields, with those that agree; None when none does."""
        found: list[tuple[Kept, tuple[str, ...]]] = []
        for one in self._titles.get(str(fresh.get(title_field, "")), {}).values():
            same = tuple(name for name in WEAK[self.register] if fresh.get(name) and fresh[name] == getattr(one, name))
            if same:
                found.append((one, (title_field, *same)))
        return max(found, key=lambda one: len(one[1]), default=None)


def sides(store: Store, pair: Pair, people: Mapping[str, Person]) -> list[Side]:
    """Return a pair field by field, those that differ first; ``people`` are persons that this very import makes."""
    told = pair.before.changed(
        **{name: value for name, value in pair.fresh.items() if name in fields_of(type(pair.before))}
    )
    old, new = _shown(store, pair.before, people), _shown(store, told, people)
    lines = [
        Side(name, spec.label, old[name], new[name], name in pair.differing, name in pair.kept)
        for name, spec in fields_of(type(pair.before)).items()
        if old[name] or new[name]
    ]
    return sorted(lines, key=lambda one: not one.differs)


def _shown(store: Store, record: Kept, people: Mapping[str, Person]) -> dict[str, str]:
    titles = Titles(store, [record])
    for uid, person in people.items():
        titles.learn("persons", uid, person.name)
    return shown_fields(record, titles, reveal=True)
