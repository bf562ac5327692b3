"""What taking a step back does: which records go, which get their state before, and which stay as they are, and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db import history
from db.columns import CanonicalJson, canonical, from_canonical
from db.lookups import notes_among
from db.shapes import Shape, shapes
from db.statements import Statements, statements_for
from db.tables import steps
from xmdesk.ports import Stayed, UndoResult, Why
from xmdesk.records.base import Record
from xmdesk.records.referring import GOING_ALONG, UID, Referring, Target, names_of, referring, targets_of

Place = tuple[str, str]
"""Key and uid of a record."""


@dataclass(frozen=True)
class Plan:
    """By key the uids that go, and the notes that come back by uid; what stays; and what goes along with its record."""

    gone: dict[str, list[str]]
    back: dict[str, dict[str, str]]
    stayed: tuple[Stayed, ...]
    along: tuple[type[Record], Sequence[str]]

    def result(self, step: int) -> UndoResult:
        """Return the plan as it is told."""
        return UndoResult(step, self.gone, {key: list(notes) for key, notes in self.back.items()}, self.stayed)


def planned(connection: Connection, number: int, held: Collection[Place]) -> Plan:
    """Plan how a step is taken back: a record stays that was changed later, that is held, or that what stays refers to."""
    sorting = _Sorting(connection, number)
    sorting.hold(held)
    sorting.keep_what_lost_its_past()
    sorting.keep_what_is_used()
    return sorting.plan()


@dataclass
class _Noted:
    """A record of the step: its note before the step, and as it lies now."""

    before: str | None
    present: str | None


def together(results: Sequence[UndoResult]) -> UndoResult:
    """Return what several steps that are taken back one after the other did, each record by what became of it in the end."""
    gone, back = dict[Place, None](), dict[Place, None]()
    stayed: dict[Place, Stayed] = {}
    for one in results:
        left = {(each.key, each.uid): each for each in one.stayed}
        fresh = dict.fromkeys((key, uid) for key, uids in one.gone.items() for uid in uids)
        again = dict.fromkeys((key, uid) for key, uids in one.back.items() for uid in uids)
        came = {place for place in fresh if place in back}
        back = {place: None for place in (*back, *again) if place not in fresh}
        gone = {place: None for place in (*gone, *fresh) if place not in again}
        stayed = {place: why for place, why in (stayed | left).items() if place not in came}
    return UndoResult(results[-1].step, _by_key(gone), _by_key(back), tuple(stayed.values()))


def _by_key(places: Iterable[Place]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, uid in places:
        found.setdefault(key, []).append(uid)
    return found


class _Sorting:
    """The records of one step, sorted into those that go, those that come back, and those that stay."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection, self._number = connection, number
        self._gone: dict[Place, _Noted] = {}
        self._back: dict[Place, _Noted] = {}
        self._left: dict[Place, _Noted] = {}
        self._why: dict[Place, Stayed] = {}
        for key, group in groupby(list(history.notes_of_step(connection, number)), key=itemgetter(0)):
            self._sort(shapes()[key], [tuple(row) for row in group])

    def _sort(self, shape: Shape[Any], notes: list[tuple[Any, ...]]) -> None:
        present = notes_among(self._connection, statements_for(shape.record), [row[1] for row in notes])
        for key, uid, before, after in notes:
            noted = _Noted(before, present.get(uid))
            if noted.present == before:
                continue
            (self._gone if before is None else self._back)[key, uid] = noted
            if not _is_still(shape, noted.present, after):
                self._stay((key, uid), Why.CHANGED)

    def _stay(self, place: Place, why: Why, by: str = "") -> None:
        self._left[place] = self._gone.pop(place, None) or self._back.pop(place)
        self._why[place] = Stayed(*place, why, by)

    def hold(self, held: Collection[Place]) -> None:
        """Let stay what is asked to."""
        for place in held:
            if place in self._gone or place in self._back:
                self._stay(place, Why.HELD)

    def keep_what_lost_its_past(self) -> None:
        """A record does not get back a state that names what is not in the book any more."""
        wanted: dict[Place, set[Target]] = {}
        for place, noted in self._back.items():
            fresh = _named_in(place[0], noted.before) - _named_in(place[0], noted.present)
            if fresh:
                wanted[place] = fresh
        there = self._there(set[Target]().union(*wanted.values()))
        while lost := [
            place for place in wanted if place in self._back and not wanted[place] <= there | self._coming()
        ]:
            for place in lost:
                self._stay(place, Why.LOST)

    def _coming(self) -> set[Target]:
        """The names of what comes back with the step."""
        return {name for place, one in self._back.items() if one.present is None for name in _names(place, one.before)}

    def _there(self, wanted: Collection[Target]) -> set[Target]:
        """Those of the names that some record of the book has now."""
        found: set[Target] = set()
        for key, by in {(key, by) for key, by, _ in wanted if key in shapes()}:
            made = statements_for(shapes()[key].record)
            column = made.table.c[by]
            asked = sa.select(column).where(column.in_(_among([one for k, b, one in wanted if (k, b) == (key, by)])))
            found.update((key, by, value) for (value,) in self._connection.execute(asked))
        return found

    def keep_what_is_used(self) -> None:
        """Whatever stays keeps what it refers to, and that what it refers to in turn."""
        going = {name: place for place, one in self._gone.items() for name in _names(place, one.present)}
        if not going:
            return
        named = dict(self._named_elsewhere(going))
        for places, note in ((self._back, "before"), (self._left, "present")):
            for place, one in places.items():
                named |= dict.fromkeys(_named_in(place[0], getattr(one, note)) & going.keys(), place[0])
        while named:
            target, by = named.popitem()
            place = going[target]
            if place in self._gone:
                self._stay(place, Why.USED, by)
                more = _named_in(place[0], self._left[place].present) & going.keys()
                named |= dict.fromkeys(more, place[0])

    def _named_elsewhere(self, going: Mapping[Target, Place]) -> Iterator[tuple[Target, str]]:
        """What records outside the step refer to, and by what class; only a later step can have made them do so."""
        own, touched = self._own(), self._touched_later()
        for shape in shapes().values():
            for one in referring(shape.record) if shape.key in touched else ():
                wanted = [name for key, by, name in going if by == one.by and one.to in ("", key)]
                if not wanted:
                    continue
                for row in self._connection.execute(_naming(statements_for(shape.record), one, wanted)):
                    target: Target = (row[1], one.by, row[2])
                    if (shape.key, row[0]) not in own and target in going:
                        yield target, shape.key

    def _touched_later(self) -> set[str]:
        later = sa.select(steps.c["keys"]).where(steps.c.number > self._number).distinct()
        return {key for (keys,) in self._connection.execute(later) for key in keys.split(",")}

    def plan(self) -> Plan:
        """Return what came of it."""
        gone: dict[str, list[str]] = {}
        back: dict[str, dict[str, str]] = {}
        for key, uid in self._gone:
            gone.setdefault(key, []).append(uid)
        for (key, uid), noted in self._back.items():
            back.setdefault(key, {})[uid] = str(noted.before)
        return Plan(gone, back, tuple(self._why.values()), (GOING_ALONG[0], self._going_along()))

    def _going_along(self) -> list[str]:
        """What was said of records that go, and is no record of the step itself."""
        record, about = GOING_ALONG
        made = statements_for(record)
        speaking = sa.select(made.uid).where(made.table.c[about].in_(_among([uid for _, uid in self._gone])))
        found = [str(uid) for (uid,) in self._connection.execute(speaking)] if self._gone else []
        own = self._own()
        return [uid for uid in found if (made.shape.key, uid) not in own]

    def _own(self) -> set[Place]:
        return self._gone.keys() | self._back.keys() | self._left.keys()


def _naming(made: Statements, one: Referring, wanted: Sequence[Any]) -> sa.Select[Any, str, Any]:
    """Ask which rows name one of these: uid, key of the class that is meant, and the name."""
    column = made.table.c[one.field]
    key = made.table.c[one.to_in] if one.to_in else sa.literal(one.to)
    if not isinstance(made.shape.lies[one.field].type, CanonicalJson):
        return sa.select(made.uid, key, column).where(column.in_(_among(wanted)))
    lines = sa.func.json_each(column).table_valued("value", joins_implicitly=True)
    name = sa.func.json_extract(lines.c.value, f"$.{one.inner}") if one.inner else lines.c.value
    return sa.select(made.uid, key, name).where(name.in_(_among(wanted)))


def _among(values: Sequence[Any]) -> Any:
    return sa.select(sa.func.json_each(canonical(list(values))).table_valued("value").c.value)


def _named_in(key: str, note: str | None) -> set[Target]:
    """Everything that a record with this note names."""
    return set() if note is None else targets_of(shapes()[key].record, from_canonical(note))


def _names(place: Place, note: str | None) -> list[Target]:
    """The names under which others refer to a record."""
    key, uid = place
    return [(key, UID, uid), *(one for one in names_of(key, from_canonical(note or "{}")) if one[1] != UID)]


def _is_still(shape: Shape[Any], present: str | None, after: str | None) -> bool:
    """Whether a record is as the step left it; an old note may lack fields that records gained since."""
    if present == after or present is None or after is None:
        return present == after
    return shape.note(shape.from_note(after)) == present
