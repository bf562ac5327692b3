"""A row of a sheet beside the record, or the earlier row, that it seems to be; and what a person decides about the two."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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


NOTHING: frozenset[str] = frozenset()


class Choice(StrEnum):
    """What becomes of a row that seems to be there already."""

    UPDATE = "update"
    SEPARATE = "separate"
    SKIP = "skip"
    WAIT = "wait"
    """It is put aside until a person knows more."""


@dataclass(frozen=True)
class Candidate:
    """One of those that a row may mean: the record, ``is_blank`` where a person is known who holds no such post yet.

    ``mark`` is by what a decision names it, however often the rows are joined anew; ``earlier`` the row of the same sheet
    that it comes from, 0 for a record of the book; ``person`` who stands behind it, in registers of people.
    """

    before: Kept
    mark: str
    earlier: int = 0
    person: Person | None = None
    is_blank: bool = False


@dataclass(frozen=True)
class Pair:
    """``before`` is what stands there, ``fresh`` what the sheet says of it.

    ``earlier`` is the row of the same sheet that ``before`` comes from, 0 for a record of the book; ``agreeing`` are the
    fields by which it was recognised; ``kept`` those that stay as they were; ``candidates`` all that the row may mean,
    ``before`` among them.
    """

    number: int
    before: Kept
    fresh: Mapping[str, Any]
    agreeing: tuple[str, ...]
    is_sure: bool
    choice: Choice
    earlier: int = 0
    kept: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()

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
        specs, title = fields_of(type(self.before)), self.before.title_field
        agreeing = [name for name in self.agreeing if name == title or not self._differs(name)]
        return f"{'、'.join(specs[name].label for name in agreeing)}相同"

    @property
    def is_of_several(self) -> bool:
        """Whether it may mean more than one, so that which one has to be said."""
        return len(self.candidates) > 1

    @property
    def candidate(self) -> Candidate:
        """The one that stands beside the row."""
        return next(one for one in self.candidates if one.before is self.before)

    @property
    def marks(self) -> frozenset[str]:
        """By what a decision names those that the row may mean."""
        return frozenset(one.mark for one in self.candidates)

    def beside(self, mark: str) -> "Pair":
        """Return the row beside another one of those that it may mean."""
        one = next(one for one in self.candidates if one.mark == mark)
        return (
            self if one.before is self.before else replace(self, before=one.before, earlier=one.earlier, kept=NOTHING)
        )

    def _differs(self, name: str) -> bool:
        return name in self.fresh and getattr(self.before, name) != self.fresh[name]


@dataclass(frozen=True)
class Decision:
    """What a person decided about a pair; ``kept`` fields stay as they were, ``chosen`` names the one that is meant.

    Without a name an update means the one that was shown.
    """

    pair: Pair
    choice: Choice
    kept: frozenset[str] = frozenset()
    chosen: str = ""

    def fits(self, pair: Pair) -> bool:
        """Tell whether it still is a decision about this pair: what was chosen, or shown, is there and may be chosen."""
        before = self.pair
        if self.chosen:
            is_same = self.chosen in pair.marks
        elif before.is_of_several or pair.is_of_several:
            is_same = before.marks == pair.marks
        else:
            is_same = before.earlier == pair.earlier and (bool(pair.earlier) or before.before.uid == pair.before.uid)
        return is_same and self.choice in pair.choices


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

    def find(self, title_field: str, fresh: Mapping[str, Any]) -> list[tuple[Kept, tuple[str, ...]]]:
        """Return the records of the same title that agree in some weak field, with those that agree, the most alike first."""
        found: list[tuple[Kept, tuple[str, ...]]] = []
        for one in self._titles.get(str(fresh.get(title_field, "")), {}).values():
            same = tuple(name for name in WEAK[self.register] if fresh.get(name) and fresh[name] == getattr(one, name))
            if same:
                found.append((one, (title_field, *same)))
        return sorted(found, key=lambda one: len(one[1]), reverse=True)


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
