"""A row of a sheet beside the record, or the earlier row, that it seems to be; and what a person decides about the two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from xmdesk.ports import Store
from xmdesk.records.base import FieldSpec, Kept, Record, fields_of
from xmdesk.records.people import Person
from xmdesk.services.completing import replaced
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
HOLDER = "person."
"""Before the fields of the person who holds a post, in rows and pairs of registers of posts."""


class Place(NamedTuple):
    """What is decided about: a row, or the field of it in which somebody is named. Row 0 is every row; its field is the name that
    stands there.
    """

    row: int
    field: str = ""


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

    Where ``before`` is a post, what the sheet says of the person who holds it is among ``fresh``, under ``HOLDER``.
    ``earlier`` is the row of the same sheet that ``before`` comes from, 0 for a record of the book; ``agreeing`` are the
    fields by which it was recognised; ``kept`` those that stay as they were; ``candidates`` all that the row may mean,
    ``before`` among them. With a ``field`` (and its ``label``) it is not about the row, but about who is named there: ``fresh`` is
    the name, and the number beside it.
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
    field: str = ""
    label: str = ""

    @property
    def place(self) -> Place:
        """What a decision about it is kept by."""
        return Place(self.number, self.field)

    @property
    def name(self) -> str:
        """Who is named in its field, "" where it is about the row."""
        return str(self.fresh["name"]) if self.field else ""

    @property
    def everywhere(self) -> Place:
        """What a decision about everybody of the name in its field is kept by."""
        return Place(0, self.name)

    @property
    def differing(self) -> tuple[str, ...]:
        """Return the fields in which the sheet contradicts or completes what stands there; of a post not held nothing does."""
        own = () if self.holder and self.candidate.is_blank else fields_of(type(self.before))
        names = [*own, *(f"{HOLDER}{name}" for name in fields_of(Person))]
        return tuple(name for name in names if self._differs(name))

    @property
    def replaced(self) -> tuple[str, ...]:
        """Return the fields of the person behind a post in which the sheet replaces what is known."""
        told = {name.removeprefix(HOLDER): value for name, value in self.fresh.items() if name.startswith(HOLDER)}
        found = replaced(self.holder, told) if self.holder else ()
        return tuple(f"{HOLDER}{name}" for name in found)

    @property
    def keeps_person(self) -> bool:
        """Whether nothing is replaced of the person, though the sheet says otherwise."""
        return bool(self.replaced) and self.kept >= set(self.replaced)

    @property
    def is_telling(self) -> bool:
        """Whether the sheet says something of the record, or something else of the person, that somebody should see.

        What only completes the person is no reason to look.
        """
        return bool(self.replaced) or any(not name.startswith(HOLDER) for name in self.differing)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen: a number or a person that is known cannot be a second one; a name is never left out alone."""
        if self.field:
            return (Choice.UPDATE, Choice.SEPARATE, Choice.WAIT)
        return (Choice.UPDATE, Choice.SKIP) if self.is_sure else tuple(Choice)

    @property
    def reason(self) -> str:
        """Why the two may be the same, in words."""
        record, title = type(self.before), self.before.title_field
        agreeing = [name for name in self.agreeing if name == title or not self._differs(name)]
        return f"{'、'.join(field_at(record, name).label for name in agreeing)}相同"

    @property
    def is_of_several(self) -> bool:
        """Whether it may mean more than one, so that which one has to be said; of a name always."""
        return len(self.candidates) > 1 or bool(self.field)

    @property
    def candidate(self) -> Candidate:
        """The one that stands beside the row."""
        return next(one for one in self.candidates if one.before.uid == self.before.uid)

    @property
    def marks(self) -> frozenset[str]:
        """By what a decision names those that the row may mean."""
        return frozenset(one.mark for one in self.candidates)

    @property
    def marks_of_book(self) -> frozenset[str]:
        """By what a decision names those of them that are in the book."""
        return frozenset(one.mark for one in self.candidates if not one.earlier)

    def beside(self, mark: str) -> "Pair":
        """Return the row beside another one of those that it may mean."""
        one = next(one for one in self.candidates if one.mark == mark)
        return (
            self if one.before is self.before else replace(self, before=one.before, earlier=one.earlier, kept=NOTHING)
        )

    def old(self, name: str) -> Any:
        """What stands there in a field of the record, or of the person behind it."""
        if name.startswith(HOLDER):
            return getattr(self.holder or Person(), name.removeprefix(HOLDER))
        return getattr(self.before, name)

    @property
    def holder(self) -> Person | None:
        """The person behind a post as they stood; None in other registers."""
        return None if isinstance(self.before, Person) or not self.candidates else self.candidate.person

    def _differs(self, name: str) -> bool:
        return name in self.fresh and self.old(name) != self.fresh[name]


def field_at(record: type[Record], path: str) -> FieldSpec:
    """Return a field of a record, or of the person who holds a post, by its path."""
    return fields_of(Person if path.startswith(HOLDER) else record)[path.removeprefix(HOLDER)]


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
            is_same = self.is_about(pair)
        elif pair.field:
            is_same = self.is_about(pair) and before.marks_of_book == pair.marks_of_book
        elif before.is_of_several or pair.is_of_several:
            is_same = before.marks == pair.marks
        else:
            is_same = before.earlier == pair.earlier and (bool(pair.earlier) or before.before.uid == pair.before.uid)
        return is_same and self.choice in pair.choices

    def is_about(self, pair: Pair) -> bool:
        """Tell whether it speaks of this name, and of one of those whom it may mean."""
        return self.pair.name == pair.name and self.chosen in ("", *pair.marks)


def decision_about(pair: Pair, decisions: Mapping[Place, Decision]) -> Decision | None:
    """Return what was decided about a pair: a name as it was said here, else as it was said of everybody of the name."""
    found = decisions.get(pair.place)
    if not pair.field:
        return found
    both = (found, decisions.get(pair.everywhere))
    return next((one for one in both if one is not None and one.is_about(pair)), None)


@dataclass(frozen=True)
class Told:
    """What was decided about a row that seems to be there already, or about a name of several, as a draft keeps it."""

    choice: Choice
    kept: frozenset[str] = frozenset()
    chosen: str = ""


def fitting(pairs: Iterable[Pair], told: Mapping[Place, Told]) -> dict[Place, Decision]:
    """Return what was told of these pairs and may be."""
    found: dict[Place, Decision] = {}
    for pair in pairs:
        for place in (pair.place, *([pair.everywhere] if pair.field else [])):
            if place in told and place not in found:
                one = told[place]
                wanted = Decision(pair, one.choice, one.kept, one.chosen)
                found.update({place: wanted} if wanted.fits(pair) else {})
    return found


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
    """Return a pair field by field, those that differ first; ``people`` are persons that this very import makes.

    Where somebody holds no such post yet, nothing of it stands there that could be kept.
    """
    old, new = _both(store, pair.before, pair.fresh, people)
    if pair.field:
        new = {name: words if name in pair.fresh else "" for name, words in new.items()}
    holder = pair.holder
    if holder is not None:
        old.pop(pair.before.title_field)
        if pair.candidate.is_blank:
            old = dict.fromkeys(old, "")
        told = {name.removeprefix(HOLDER): one for name, one in pair.fresh.items() if name.startswith(HOLDER)}
        for side, more in zip((old, new), _both(store, holder, told, people), strict=True):
            side.update({f"{HOLDER}{name}": words for name, words in more.items()})
    differing, record = pair.differing, type(pair.before)
    lines = [
        Side(name, field_at(record, name).label, old[name], new[name], name in differing, name in pair.kept)
        for name in old
        if old[name] or new[name]
    ]
    return sorted(lines, key=lambda one: not one.differs)


def _both(
    store: Store, record: Kept, fresh: Mapping[str, Any], people: Mapping[str, Person]
) -> tuple[dict[str, str], dict[str, str]]:
    """A record as it stands and as the sheet has it, in words."""
    told = record.changed(**{name: value for name, value in fresh.items() if name in fields_of(type(record))})
    return _shown(store, record, people), _shown(store, told, people)


def _shown(store: Store, record: Kept, people: Mapping[str, Person]) -> dict[str, str]:
    titles = Titles(store, [record])
    for uid, person in people.items():
        titles.learn("persons", uid, person.name)
    return shown_fields(record, titles, reveal=True)
