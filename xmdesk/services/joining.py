"""Rows of a sheet become records: persons found or made, references resolved by name, known records completed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from xmdesk.ports import Store
from xmdesk.problems import Problem, problem
from xmdesk.records.base import Kept, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.completing import Completed, is_empty, replaced
from xmdesk.services.matching import KEYS, ONE_EACH, Known, Match, Unresolved
from xmdesk.services.naming import Naming
from xmdesk.services.owners import Owner, Owners
from xmdesk.services.pairing import HOLDER, Candidate, Choice, Decision, Pair, Place
from xmdesk.services.people import People
from xmdesk.services.referring import References, with_results
from xmdesk.services.unmasking import PHONES, Unmasking


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    """A person decided not to take it in."""


@dataclass(frozen=True)
class Joined:
    """A row as a record, with what it means for the register and what was noticed on the way."""

    number: int
    record: Kept
    fate: Fate
    problems: tuple[Problem, ...] = ()
    open: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields that name another row of the same register which was not there yet: field to title."""
    pair: Pair | None = None
    """What it seems to be already, where a person should look."""
    named: tuple[Pair, ...] = ()
    """Whom it names of several, where a person should say which."""
    earlier: int = 0
    """The row of this sheet that it completes, 0 when it completes none."""
    before: Kept | None = None
    """What it completes as it stood, None for a record that is new."""
    completed: tuple[Completed, ...] = ()
    """Persons behind it of whom it says more, or something else, than was known."""

    @property
    def is_of_people_only(self) -> bool:
        """Whether nothing but the persons behind it changes."""
        return self.fate is Fate.SAME and bool(self.completed)


@dataclass
class Joiner:
    """Joins rows to one register of a book; persons made or completed on the way are in ``people.touched``."""

    store: Store
    name: str
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])
    decisions: Mapping[Place, Decision] = field(default_factory=dict[Place, Decision])
    """What a person decided about rows that seem to be there already, and about names of several in their fields."""
    guarded: Collection[str] = ()
    """A person of the book recognised by one of these fields is completed and never contradicted."""
    asks: bool = False
    """Whether a row that may be there already waits until a person decides."""
    asks_names: bool = False
    """Whether a row that names one of several waits until a person decides."""
    waiting: dict[int, Pair] = field(default_factory=dict[int, Pair])
    """Rows that wait, beside what they may mean."""
    named: dict[int, tuple[Pair, ...]] = field(default_factory=dict[int, tuple[Pair, ...]])
    """Whom rows name of several, also rows that wait."""

    def __post_init__(self) -> None:
        """Load what rows may refer to."""
        self.people = People(self.store.all(Person))
        self._record = REGISTERS[self.name].record
        self._naming = Naming(self._record, self.people, self.decisions, self.asks_names)
        self._references = References(self.store, self.name, self._naming)
        records = self.store.all(self._record)
        self._held = {one.uid: one for one in records}
        self._known = Known(self.name, records)
        self._unmasking = Unmasking(self.name, self.people, records, self._known)
        self._owners = Owners(self.name, self.people, self._known, self.guarded)
        self._rows: dict[str, int] = {}

    def join(self, number: int, values: Mapping[str, Any]) -> Joined:
        """Return the record for a row; values the sheet leaves empty never wipe what is known.

        A row that cannot be joined leaves no trace, not even of the people in it.
        """
        self.people.row = number
        self.people.settle()
        self._naming.start(number)
        try:
            joined = self._join(number, values)
        except (Unresolved, ValidationError):
            self.people.take_back()
            raise
        finally:
            self.named[number] = self._naming.pairs
        return replace(joined, named=self.named[number])

    def _join(self, number: int, values: Mapping[str, Any]) -> Joined:
        decided = self.decisions.get(Place(number))
        if decided is not None and decided.choice is Choice.SKIP:
            if (before := self._standing(decided.pair)) is not None:
                pair = replace(decided.pair, before=before, choice=Choice.SKIP)
                return Joined(number, before, Fate.LEFT, pair=pair)
            decided = None
        problems: list[Problem] = []
        values = self._unmasking.whole(values, problems)
        owner = self._owner(values, problems, decided)
        values = {path: value for path, value in values.items() if path not in owner.stale}
        own = {name: value for name, value in values.items() if "." not in name}
        later: dict[str, str] = {}
        meant = self._held.get(decided.chosen) if decided else None
        known = meant or self._find({**self.defaults, **own}) or self._alike(own)
        kept = self._kept(decided, owner)
        people = self._persons(values, known, owner, problems, kept)
        fresh = {**self.defaults, **people, **self._references.resolved(own, self._find(own), problems, later)}
        fresh = {name: value for name, value in fresh.items() if not is_empty(value)}
        self._refuse_unresolved(own, fresh)
        joined = self._merged(self._joined(number, fresh, decided, owner), owner)
        if self.name in ONE_EACH:
            problems += self._owners.doubts(self._person_of(joined.record), values)
            whose = joined.record.uid if self.name == "persons" else joined.record.title()
            self._owners.remember(number, whose, values)
        completed = () if self.name == "persons" else self.people.completed
        problems += [found for one in completed for found in one.told]
        return replace(joined, problems=(*problems, *joined.problems), open=later, completed=completed)

    def made_for(self, pair: Pair) -> str:
        """Who was made for a name."""
        return self._naming.made_for(pair)

    def _kept(self, decided: Decision | None, owner: Owner) -> frozenset[str]:
        """What stays as it was of the person behind a post, by the person's own fields."""
        is_so = decided is not None and decided.choice is Choice.UPDATE and owner.person is not None
        if decided is None or owner.person is None or not is_so:
            return frozenset()
        is_meant = decided.chosen in ("", self._owners.mark(owner.person))
        return frozenset(one.removeprefix(HOLDER) for one in decided.kept if one.startswith(HOLDER) and is_meant)

    def _standing(self, pair: Pair) -> Kept | None:
        """What a row was left out for, as it stands now; None when the book has lost it meanwhile."""
        is_blank = any(one.is_blank for one in pair.candidates if one.before is pair.before)
        return pair.before if pair.earlier or is_blank else self._held.get(pair.before.uid)

    def _person_of(self, record: Kept) -> Person | None:
        """Return the person whom a row of people is about, as the row leaves them."""
        if isinstance(record, Person):
            return record
        uid = str(getattr(record, "person", ""))
        return self.people.touched.get(uid) or self.store.get(Person, uid)

    def doubt(self, values: Mapping[str, Any]) -> Problem | None:
        """Return in what a row that waits anyway contradicts a row that was joined."""
        return self._owners.doubt(self._unmasking.whole(values, [])) if self.name in ONE_EACH else None

    def _owner(self, values: Mapping[str, Any], problems: list[Problem], decided: Decision | None) -> Owner:
        return self._owners.of(values, problems, decided) if self.name in ONE_EACH else Owner()

    def _merged(self, joined: Joined, owner: Owner) -> Joined:
        """Tell of a row that completes an earlier one of this sheet, its record or the person behind it, or adds nothing."""
        earlier = self._rows.setdefault(joined.record.uid, joined.number)
        person = owner.person
        is_completed = person is not None and self.people.touched.get(person.uid, person) != person
        if earlier == joined.number:
            return joined
        if joined.fate is Fate.SAME and not is_completed:
            return replace(joined, problems=(problem("IMPORT-SAME-AS-ROW", row=earlier),))
        return replace(joined, fate=Fate.CHANGED, earlier=earlier, problems=(problem("IMPORT-MERGED", row=earlier),))

    def _joined(self, number: int, fresh: dict[str, Any], decided: Decision | None, owner: Owner) -> Joined:
        """Join one resolved row to what it is, or as a person decided, and note what it was recognised by."""
        doubled = self._known.doubled_number(fresh)
        if doubled:
            raise Unresolved(problem("IMPORT-SAME-NUMBER", label=fields_of(self._record)[doubled].label))
        if self.name == "persons":
            fresh = self.people.normalised(fresh)
        found = self._match(fresh, owner)
        decided, found = _as_named(decided, found)
        choice = decided.choice if decided else self._preset(found)
        kept = decided.kept if decided and choice is Choice.UPDATE else frozenset[str]()
        is_open = bool(owner.meant or decided)
        shown = replace(self._pair(number, fresh, found, owner.says), choice=choice, kept=kept) if found else None
        if shown and not (shown.is_telling or (shown.is_of_several and is_open)):
            shown = None  # one thing is meant of which the sheet says nothing new
        if found and shown and choice is Choice.WAIT:
            self.waiting[number] = shown
            raise Unresolved(owner.waits or problem("IMPORT-WHICH-RECORD", number=len(found.candidates)))
        if waits := self._naming.waits:
            self.waiting.update({number: shown} if shown else {})
            raise Unresolved(waits)
        known = found.known if found and choice is Choice.UPDATE else None
        told = {name: value for name, value in fresh.items() if name not in kept}
        record, fate = (self._join_person if self.name == "persons" else self._join_plain)(told, known)
        return Joined(number, record, fate, pair=shown, before=known)

    def _preset(self, found: Match | None) -> Choice:
        """What happens to a row unless a person decides otherwise."""
        if found is None:
            return Choice.SEPARATE
        return Choice.WAIT if self.asks and not found.is_sure else found.choice

    def _pair(self, number: int, fresh: Mapping[str, Any], found: Match, says: Mapping[str, Any]) -> Pair:
        """The row beside what it seems to be; it ``says`` something of the person behind a post."""
        known, unsaid = found.record, set(self.defaults)
        if self.name != "persons" and any(one.person for one in found.candidates):
            unsaid.add(known.title_field)
        told = {name: with_results(one, getattr(known, name)) for name, one in fresh.items() if name not in unsaid}
        if self.name in ONE_EACH - {"persons"}:
            told |= {f"{HOLDER}{name}": one for name, one in says.items()}
        earlier = self._rows.get(known.uid, 0)
        found_by = (found.agreeing, found.is_sure, found.choice, earlier)
        return Pair(number, known, told, *found_by, candidates=found.candidates)

    def _match(self, fresh: Mapping[str, Any], owner: Owner) -> Match | None:
        """Find what a row seems to be: by a key, else by a shared name and something more, a person by the name alone."""
        lookalikes = self._known.lookalikes.find(self._record.title_field, fresh)
        if owner.meant and not (lookalikes and lookalikes[0][0].uid not in {one.uid for one in owner.meant}):
            return self._of_people(owner, lookalikes)
        if self.name == "persons":
            found = _owned(owner)
            others = [owner.person] if owner.person else []
        elif owner.person:
            return self._of_holder(owner, owner.person)
        else:
            others, names, is_sure = self._known.alike(fresh)
            found = Match(others[0], names, is_sure=is_sure) if others else None
        if not found and lookalikes:
            others = [one for one, _ in lookalikes]
            found = Match(*lookalikes[0], is_sure=False, choice=Choice.SEPARATE)
        elif not found and self.name == "persons" and owner.namesake:
            others = [owner.namesake]
            found = Match(owner.namesake, (self._record.title_field,), is_sure=False, choice=Choice.SEPARATE)
        return replace(found, candidates=tuple(map(self._candidate, others))) if found else None

    def _of_holder(self, owner: Owner, person: Person) -> Match:
        """Return the post of somebody who is recognised; where little tells, and what is known is replaced, it may be another."""
        one = self._candidate_of(person)
        is_sure = owner.by == ("id_no",) or not replaced(person, owner.says)
        return Match(one.before, tuple(f"{HOLDER}{name}" for name in owner.by), is_sure=is_sure, candidates=(one,))

    def _of_people(self, owner: Owner, lookalikes: Sequence[tuple[Kept, tuple[str, ...]]]) -> Match:
        """Return who may be meant by a name that several have: as a person said, else the most alike."""
        candidates = tuple(self._candidate_of(one) for one in owner.meant)
        shown = owner.person or owner.meant[0]
        found = next(one for one in candidates if one.person is shown)
        name = "name" if self.name == "persons" else f"{HOLDER}name"
        names = next((names for one, names in lookalikes if one.uid == shown.uid), (name,))
        choice = Choice.WAIT if owner.waits else Choice.UPDATE if owner.person else Choice.SEPARATE
        return Match(found.before, names, is_sure=False, choice=choice, candidates=candidates)

    def _candidate(self, record: Kept) -> Candidate:
        earlier = self._rows.get(record.uid, 0)
        mark = record.uid if record.uid in self._held or not earlier else f"row {earlier}"
        return Candidate(record, mark, earlier, person=record if isinstance(record, Person) else None)

    def _candidate_of(self, person: Person) -> Candidate:
        """Return a person with the post that they hold, a blank one where they hold none yet."""
        if self.name == "persons":
            return Candidate(person, self._owners.mark(person), self._rows.get(person.uid, 0), person)
        post = self._known.match({"person": person.uid})
        blank = self._record.model_validate({"uid": person.uid, "person": person.uid})
        record = post.record if post else blank
        return Candidate(
            record, self._owners.mark(person), self._rows.get(record.uid, 0), person, is_blank=post is None
        )

    def _refuse_unresolved(self, own: Mapping[str, Any], fresh: Mapping[str, Any]) -> None:
        """A reference by which the register knows its rows must lead somewhere."""
        specs = fields_of(self._record)
        for name in {one for key in KEYS[self.name] for one in key} & set(own):
            if isinstance(specs[name].kind, Reference) and own[name] and name not in fresh:
                raise Unresolved(problem("IMPORT-NO-SUBJECT", label=specs[name].label))

    def settled(self, rows: Sequence[Joined]) -> list[Joined]:
        """Return the rows with what they say of one another resolved, now that all of them are known."""
        named: dict[str, str] = {}
        for one in rows:
            named.setdefault(one.record.title(), one.record.uid)
        return [self._settled(one, named) if one.open else one for one in rows]

    def _settled(self, row: Joined, named: Mapping[str, str]) -> Joined:
        others = {title: uid for title, uid in named.items() if uid != row.record.uid}
        found = {name: others[title] for name, title in row.open.items() if title in others}
        labels = [fields_of(self._record)[name].label for name in row.open if name not in found]
        problems = (*row.problems, *(problem("IMPORT-NOT-FOUND", label=label) for label in labels))
        different = {name: uid for name, uid in found.items() if getattr(row.record, name) != uid}
        if not different:
            return replace(row, problems=problems)
        fate = Fate.CHANGED if row.fate is Fate.SAME else row.fate
        return replace(row, record=row.record.changed(**different), fate=fate, problems=problems)

    def _join_plain(self, fresh: dict[str, Any], known: Kept | None) -> tuple[Kept, Fate]:
        if known is None:
            record = self._record.model_validate(fresh)
            self._known.take(record)
            return record, Fate.NEW
        fresh = {name: with_results(value, getattr(known, name)) for name, value in fresh.items()}
        different = {name: value for name, value in fresh.items() if getattr(known, name) != value}
        if self.defaults:
            different = {name: value for name, value in different.items() if name not in self.defaults}
        record = known.changed(**different) if different else known
        self._known.take(record)
        return record, Fate.CHANGED if different else Fate.SAME

    def _join_person(self, fresh: dict[str, Any], known: Kept | None) -> tuple[Kept, Fate]:
        before = known if isinstance(known, Person) else None
        person = self.people.put(before, fresh)
        self.people.touched.pop(person.uid, None)
        self._known.lookalikes.know(person)
        if before is None:
            return person, Fate.NEW
        return person, Fate.SAME if before == person else Fate.CHANGED

    def _find(self, fresh: Mapping[str, Any]) -> Kept | None:
        found = self._known.match(fresh)
        return found.record if found else None

    def _alike(self, own: Mapping[str, Any]) -> Kept | None:
        """What a row may be, though no key says so: who is named there is meant by the same name here."""
        found = self._known.lookalikes.find(self._record.title_field, own)
        return found[0][0] if found else None

    def _persons(
        self,
        values: Mapping[str, Any],
        known: Kept | None,
        owner: Owner,
        problems: list[Problem],
        kept: Collection[str],
    ) -> dict[str, str]:
        """Find or make the person behind every dotted group of columns; where the name fits several, who stands there."""
        groups: dict[str, dict[str, Any]] = {}
        for path, value in values.items():
            head, _, tail = path.partition(".")
            if tail:
                groups.setdefault(head, {})[tail] = value
        groups.pop("person", {})
        found: dict[str, str] = {}
        for head, group in groups.items():
            if group.get("name"):
                phone = str(values.get(PHONES.get(head, ""), "") or "").split("/")[0]
                likely = (getattr(known, head, ""),)
                found[head] = self._naming.take(head, group, problems, phone=phone, likely=likely)
        if self.name != "persons" and owner.says.get("name"):
            told = {name: value for name, value in owner.says.items() if name not in kept}
            found["person"] = self.people.put(owner.person, told).uid
        return found


def _as_named(decided: Decision | None, found: Match | None) -> tuple[Decision | None, Match | None]:
    """Turn to the one that a person named; a decision about one that is gone is none."""
    if decided is None or not decided.chosen:
        return decided, found
    if found is None or decided.chosen not in {one.mark for one in found.candidates}:
        return None, found
    return decided, found.at(decided.chosen)


def _owned(owner: Owner) -> Match | None:
    return Match(owner.person, owner.by, is_sure=owner.by == ("id_no",)) if owner.person else None


def joined_or_problem(join: Callable[[], Joined]) -> Joined | Problem:
    """Return the joined row, or a problem when the values together do not make a record."""
    try:
        return join()
    except Unresolved as unresolved:
        return unresolved.problem
    except ValidationError:
        return problem("IMPORT-RECORD")
