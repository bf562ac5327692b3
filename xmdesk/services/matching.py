"""What recognises a record: the keys of each register, and which of its records a row of a sheet may mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xmdesk.problems import Problem
from xmdesk.records.base import Kept
from xmdesk.services.completing import is_empty
from xmdesk.services.pairing import SURE, Candidate, Choice, Lookalikes

Key = tuple[Any, ...]

KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "facilities": (("facility_no",), ("name", "kind", "location"), ("name", "kind")),
    "duties": (("year", "item_no"), ("year", "subject", "kind", "location"), ("year", "subject")),
    "inspections": (("duty", "at", "inspector"), ("duty", "at")),
    "persons": (("id_no",), ("name", "mobile")),
    "disaster_officers": (("person",),),
    "shelters": (("shelter_no",), ("name",)),
    "legal_helpers": (("person",),),
    "trainings": (("from_on", "theme"),),
    "activities": (("from_on", "theme"),),
}
"""By what a row is recognised as a record that stands in the register already, strongest first."""

_MUST_AGREE = {"duties": ("kind", "location"), "inspections": ("inspector", "kind")}
"""What may be unknown on either side but not different."""

ONE_EACH = frozenset({"persons", "disaster_officers", "legal_helpers"})
"""Registers in which two rows with one key are the same person; elsewhere they are two things that share a name."""


class Unresolved(Exception):
    """A row that cannot be joined to any record, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True)
class Match:
    """A record that a row seems to be, the fields that tell, and what happens unless a person decides otherwise.

    ``candidates`` are all that it may be, with this one among them.
    """

    record: Kept
    agreeing: tuple[str, ...]
    is_sure: bool
    choice: Choice = Choice.UPDATE
    candidates: tuple[Candidate, ...] = ()

    @property
    def known(self) -> Kept | None:
        """The record, where it stands already."""
        is_blank = any(one.is_blank for one in self.candidates if one.before is self.record)
        return None if is_blank else self.record

    def at(self, mark: str) -> "Match":
        """Return what is meant when a person named one of the candidates."""
        return replace(self, record=next(one.before for one in self.candidates if one.mark == mark))


class Known:
    """The records of one register, those of the book and those that rows of a sheet made of them."""

    def __init__(self, name: str, records: Iterable[Kept]) -> None:
        self._name = name
        self._by_key: dict[tuple[int, Key], dict[str, Kept]] = {}
        self._taken: set[str] = set()
        self.lookalikes = Lookalikes(name)
        for one in records:
            self.know(one)

    def know(self, record: Kept) -> None:
        """Remember a record under each of its keys."""
        self.lookalikes.know(record)
        for index, names in enumerate(KEYS[self._name]):
            key = tuple(getattr(record, name) for name in names)
            if all(key):
                self._by_key.setdefault((index, key), {})[record.uid] = record

    def take(self, record: Kept) -> None:
        """Know a record from now on; where things may share a name, a further row of this sheet can only complete it."""
        self.know(record)
        if self._name not in ONE_EACH:
            self._taken.add(record.uid)

    def match(self, fresh: Mapping[str, Any]) -> Match | None:
        """Return the record that these values mean by the strongest key that they share with one."""
        found, names, is_sure = self.alike(fresh)
        return Match(found[0], names, is_sure=is_sure) if found else None

    def alike(self, fresh: Mapping[str, Any]) -> tuple[list[Kept], tuple[str, ...], bool]:
        """Return all records that share the strongest key with these values, the most alike first, the key, and whether it
        names one thing only.
        """
        for index, names in enumerate(KEYS[self._name]):
            found = self._by_key.get((index, key), {}) if (key := _key(fresh, names)) else {}
            free = [one for one in found.values() if self._may_be(one, fresh)]
            if free:
                free.sort(key=lambda one: _alike(one, fresh), reverse=True)
                return free, names, index == 0 and self._name in SURE
        return [], (), False

    def doubled_number(self, fresh: Mapping[str, Any]) -> str:
        """Return the field whose permanent number stands for something else already, "" when none does."""
        names = KEYS[self._name][0]
        key = _key(fresh, names) if names[-1].endswith("_no") else ()
        found = self._by_key.get((0, key), {}) if key else {}
        return names[-1] if found and not any(self._may_be(one, fresh) for one in found.values()) else ""

    def _may_be(self, record: Kept, fresh: Mapping[str, Any]) -> bool:
        """Two roads of one name in two places are two duties; a second row of this sheet may complete, not contradict."""
        if record.uid in self._taken:
            known = ((getattr(record, name, None), value) for name, value in fresh.items())
            return all(is_empty(one) or one == value for one, value in known)
        pairs = [(getattr(record, name), fresh.get(name)) for name in _MUST_AGREE.get(self._name, ())]
        return all(is_empty(one) or is_empty(other) or one == other for one, other in pairs)


def _key(values: Mapping[str, Any], names: Sequence[str]) -> Key:
    """Return the values of a key, nothing unless all are there."""
    key = tuple(values.get(name) for name in names)
    return key if all(key) and not any(isinstance(one, dict | list) for one in key) else ()


def _alike(record: Kept, fresh: Mapping[str, Any]) -> int:
    """How many values of a row stand in a record already: of several with one name, the row means the most alike."""
    return sum(getattr(record, name, None) == value for name, value in fresh.items())
