"""A record class as storage sees it: names in order, and fast ways between record, stored row and JSON note.

A *row* is a sequence of SQLite values in the order of ``names``; a *note* is the canonical JSON text kept in history. A
note leaves out what was not answered (None, empty text, empty list), which is most of a form.
"""

import copy
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from db.columns import Convert, Lie, canonical, from_canonical, lie_of
from xmdesk.records.base import Record
from xmdesk.records.registers import RECORDS

R = TypeVar("R", bound=Record)


class Shape(Generic[R]):
    """Everything storage needs to know about one record class."""

    def __init__(self, record: type[R]) -> None:
        self.record = record
        self.key: str = getattr(record, "key")  # noqa: B009  # Record itself has no key, every stored class has
        self.lies: dict[str, Lie] = {name: lie_of(info) for name, info in record.model_fields.items()}
        self.names: tuple[str, ...] = tuple(self.lies)
        self.uid_at = self.names.index("uid")
        self._pick: Callable[[Any], Sequence[Any]] = itemgetter(*self.names)
        self._store = self._converts("store")
        self._load = self._converts("load")
        lies = self.lies.values()
        self._note = [(one.note, one.empty) for one in lies]
        self._note_stored = [(one.note_stored, one.empty_stored) for one in lies]
        self._empties = {name: one.empty for name, one in self.lies.items() if one.nullable or one.empty is not None}
        self._validate = record.__pydantic_validator__.validate_python

    def row(self, record: R) -> list[Any]:
        """The values to store."""
        return _converted(self._pick(record.__dict__), self._store)

    def note(self, record: R) -> str:
        """What history keeps of a record."""
        return self._noted(self._pick(record.__dict__), self._note)

    def note_of_row(self, row: Sequence[Any]) -> str:
        """What history would keep of a stored row; equal to ``note(record(row))`` and much quicker."""
        return self._noted(row, self._note_stored)

    def _noted(self, values: Sequence[Any], rules: list[tuple[Convert | None, Any]]) -> str:
        held: dict[str, Any] = {}
        for name, value, (convert, empty) in zip(self.names, values, rules, strict=True):
            if value is None or value == empty:
                continue
            held[name] = value if convert is None else convert(value)
        return canonical(held)

    def loaded(self, row: Sequence[Any]) -> R:
        """The record that a stored row stands for, validated."""
        return self._validate(dict(zip(self.names, _converted(row, self._load), strict=True)))

    def from_note(self, note: str) -> R:
        """The record that a note stands for; fields added since get their defaults, fields gone since are left out."""
        return self._validate({name: value for name, value in self.object(note).items() if name in self.lies})

    def object(self, note: str) -> dict[str, Any]:
        """A note as a JSON object with every field, the unanswered ones included."""
        return copy.deepcopy(self._empties) | from_canonical(note)

    def stored(self, name: str, value: Any) -> Any:
        """One value as it lies in its column, for comparing; an unknown field is our bug (``KeyError``)."""
        convert = self.lies[name].store
        return value if value is None or convert is None else convert(value)

    def _converts(self, which: str) -> list[tuple[int, Convert]]:
        found = ((at, getattr(self.lies[name], which)) for at, name in enumerate(self.names))
        return [(at, convert) for at, convert in found if convert is not None]


_made: dict[str, Shape[Any]] = {}


def shape_of(record: type[R]) -> Shape[R]:
    """The shape of a record class, made once."""
    if record.__name__ not in _made:
        _made[record.__name__] = Shape(record)
    return _made[record.__name__]


@cache
def shapes() -> dict[str, Shape[Any]]:
    """The shapes of everything a book stores, by key."""
    made = [shape_of(record) for record in RECORDS]
    return {one.key: one for one in made}


def _converted(values: Sequence[Any], converts: list[tuple[int, Convert]]) -> list[Any]:
    found = list(values)
    for at, convert in converts:
        if found[at] is not None:
            found[at] = convert(found[at])
    return found
