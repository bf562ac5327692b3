"""Whom a row means where it names somebody of another register: by number, who stands there already, else as a person says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xmdesk.problems import Problem, problem
from xmdesk.records.base import FieldSpec, Kept, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.people import Person
from xmdesk.services.completing import is_empty
from xmdesk.services.pairing import Candidate, Choice, Decision, Pair, Place, decision_about
from xmdesk.services.people import Named, People, is_mobile

WHICH_NAMED = "IMPORT-WHICH-NAMED"


@dataclass
class Naming:
    """The people named in fields of rows of one register; ``pairs`` are those of the row in work of whom a person should say which
    of several they are. ``asks``: a row that names such a one waits until somebody says it.
    """

    record: type[Kept]
    people: People
    decisions: Mapping[Place, Decision]
    asks: bool = False
    _pairs: list[Pair] = field(default_factory=list[Pair])
    _number: int = 0
    _made: dict[str, Place] = field(default_factory=dict[str, Place])
    _presumed: set[str] = field(default_factory=set[str])
    """Who was made because nobody said who is meant: one person for all cells of a name, and none of those who are asked about."""
    _of_all: dict[str, str] = field(default_factory=dict[str, str])
    """Who was made for all cells of a name, because a person said that it is somebody else than those of the book."""

    def start(self, number: int) -> None:
        """Begin with a row."""
        self._number = number
        self._pairs.clear()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """In the order of the fields, whatever the order of the columns."""
        order = list(fields_of(self.record))
        return tuple(sorted(self._pairs, key=lambda one: order.index(one.field.partition(".")[0])))

    @property
    def waits(self) -> Problem | None:
        """Why the row in work waits."""
        waiting = (one for one in self.pairs if one.choice is Choice.WAIT)
        return next((self._told(WHICH_NAMED, one.field, number=len(one.candidates)) for one in waiting), None)

    def take(
        self,
        field: str,
        values: Mapping[str, Any],
        problems: list[Problem],
        *,
        phone: str = "",
        likely: Collection[str] = (),
    ) -> str:
        """Return the uid of the person who is named in a field, found or made; the likeliest one where the row ``waits``."""
        named = self.people.named(dict(values), phone=phone, likely=likely)
        found = named.found.person if named.found else None
        decided, is_of_all = None, False
        if self._is_open(named, phone, likely):
            pair = self._pair(field, named)
            decided = decision_about(pair, self.decisions)
            is_of_all = decided is not None and decided is self.decisions.get(pair.everywhere)
            shown = self._shown(pair, decided)
            self._pairs.append(shown)
            if shown.choice is Choice.WAIT:
                return shown.before.uid
            found = self._meant(shown, named, decided, is_of_all=is_of_all)
        if found is None and named.same and decided is None:
            problems.append(self._told("IMPORT-NAMESAKES", field, told=self.people.told_of(named.same)))
        uid = self._put(field, found, named.known)
        if found is None and named.same and decided is None:
            self._presumed.add(uid)
        if found is None and is_of_all:
            self._of_all[named.known["name"]] = uid
        return uid

    def _meant(self, shown: Pair, named: Named, decided: Decision | None, *, is_of_all: bool) -> Person | None:
        """Return who is meant where a person was asked, None for somebody new."""
        if shown.choice is Choice.UPDATE:
            return shown.candidate.person
        if decided is None:
            return named.found.person if named.found else None
        return self._made_for_all(named) if is_of_all else None

    def _shown(self, pair: Pair, decided: Decision | None) -> Pair:
        """The pair as a person decided about it."""
        if decided is None:
            return replace(pair, choice=Choice.WAIT) if self.asks else pair
        shown = pair.beside(decided.chosen) if decided.chosen else pair
        return replace(shown, choice=decided.choice)

    def made_for(self, pair: Pair) -> str:
        """Return who was made for a name, "" where nobody was."""
        here = (uid for uid, at in self._made.items() if at == pair.place)
        return self._of_all.get(pair.name) or next(here, "")

    def _is_open(self, named: Named, phone: str, likely: Collection[str]) -> bool:
        """Whether a person should say who is meant: somebody of the book may be, and no number and no record says who it is.

        Within one sheet different mobiles are different people.
        """
        if named.found is not None and named.found.person.uid in self._presumed:
            return True
        is_held = any(self.people.held(one.uid) for one in named.same)
        if named.found is None:
            return is_held or (len(named.same) > 1 and not is_mobile(phone))
        return is_held and len(named.same) > 1 and named.found.by == ("name",) and named.found.person.uid not in likely

    def _pair(self, field: str, named: Named) -> Pair:
        """What the cell says beside those whom it may mean; unless a person says otherwise it is as ever."""
        same = [one for one in named.same if one.uid not in self._presumed]
        is_one_of_them = named.found is not None and named.found.person in same
        before = named.found.person if named.found and is_one_of_them else same[0]
        choice = Choice.UPDATE if is_one_of_them else Choice.SEPARATE
        fresh = {name: named.known[name] for name in ("name", "mobile") if named.known.get(name)}
        candidates = tuple(map(self._candidate, same))
        made = self._made.get(before.uid, Place(0))
        return Pair(
            self._number,
            before,
            fresh,
            ("name",),
            is_sure=False,
            choice=choice,
            earlier=made.row,
            candidates=candidates,
            field=field,
            label=self._spec(field).label,
        )

    def _candidate(self, person: Person) -> Candidate:
        """One of those who may be meant; who is not in the book is known by the cell that made them."""
        if self.people.held(person.uid):
            return Candidate(person, person.uid, person=person)
        made = self._made.get(person.uid, Place(0))
        return Candidate(person, f"row {made.row} {made.field}", made.row, person)

    def _made_for_all(self, named: Named) -> Person | None:
        """Return who was made already for all cells of the name, where they do not have another number."""
        made = next((one for one in named.same if one.uid == self._of_all.get(one.name)), None)
        mobile = named.known.get("mobile", "")
        return None if made and mobile and made.mobile not in ("", mobile) else made

    def _put(self, field: str, found: Person | None, known: dict[str, Any]) -> str:
        """Note who is named; a mobile beside a name fills a gap, and replaces nothing."""
        if found is not None:
            known = {name: value for name, value in known.items() if is_empty(getattr(found, name))}
        person = self.people.put(found, known)
        if found is None:
            self._made[person.uid] = Place(self._number, field)
        return person.uid

    def _told(self, code: str, field: str, **facts: object) -> Problem:
        spec = self._spec(field)
        column = f"{spec.name}.name" if isinstance(spec.kind, Reference) else spec.name
        return problem(code, label=spec.label, **facts).at(field=column, label=spec.label)

    def _spec(self, field: str) -> FieldSpec:
        return fields_of(self.record)[field.partition(".")[0]]
