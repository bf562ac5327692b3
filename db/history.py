"""Undo and audit at once: each step notes every record before and after, and is chained to the step before it.

``h = SHA-256(canonical JSON of the step's row, which names the hash of the step before and a hash over its entries)``.
Whoever holds an earlier (number, h) can prove that nothing up to there was changed; nobody can prove that for the tail.
"""

from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from db.columns import canonical
from db.shapes import shapes
from db.statements import sql
from db.tables import entries, steps
from xmdesk.ports import Entry, Step, StepKind

NOTHING: Final = "0" * 64
NO_ENTRIES: Final = sha256(b"").hexdigest()
NOT_UNDONE: Final = 0
UNDOABLE: Final = (StepKind.EDIT, StepKind.IMPORT)

ENTRY_COLUMNS: Final = ("step", "key", "uid", "before", "after")
STEP_COLUMNS: Final = tuple(column.name for column in steps.c)

_insert_entry = sql(sa.insert(entries).values({name: sa.bindparam(name) for name in ENTRY_COLUMNS}))
_insert_step = sql(sa.insert(steps).values({name: sa.bindparam(name) for name in STEP_COLUMNS}))
_compensation = steps.alias("compensation")
_undone_by = (
    sa.select(sa.case((_compensation.c.kind == StepKind.UNDO.value, _compensation.c.number), else_=NOT_UNDONE))
    .where(_compensation.c.target == steps.c.number)
    .order_by(_compensation.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
undone_by = sa.func.coalesce(_undone_by, NOT_UNDONE)
"""The UNDO step in force over a step, or 0: it follows from later steps, so that no row ever changes."""

_select_steps = sa.select(steps, undone_by.label("undone_by"))


@dataclass(frozen=True)
class Link:
    """What is hashed of a step; the names are the columns."""

    number: int
    label: str
    kind: str
    at: str
    by: str
    target: int
    keys: str
    entry_count: int
    entries_sha256: str
    prev: str

    def h(self) -> str:
        """The hash of this link."""
        return sha256(canonical(asdict(self)).encode()).hexdigest()


@dataclass(frozen=True)
class Heading:
    """What a step is, given when it begins; ``target`` is the step that an undo or redo is about."""

    label: str
    kind: StepKind
    at: str
    by: str
    target: int = 0


class Journal:
    """The entries of the step in hand. A record saved twice in one step has one entry: first before, last after."""

    def __init__(self, connection: Connection, heading: Heading) -> None:
        self._connection = connection
        self._heading = heading
        last, self._prev = head(connection)
        self.number = last + 1
        self._digests: dict[tuple[str, str], bytes] = {}
        self._waiting: list[tuple[int, str, str, str | None, str | None]] = []

    def add(self, key: str, uid: str, *, before: str | None, after: str | None) -> None:
        """Note one record."""
        if (key, uid) in self._digests:
            self._fold(key, uid, after=after)
            return
        self._digests[key, uid] = _digest(key, uid, before=before, after=after)
        self._waiting.append((self.number, key, uid, before, after))

    def flush(self) -> None:
        """Hand the waiting entries to SQLite."""
        if self._waiting:
            self._connection.exec_driver_sql(_insert_entry, self._waiting)
            self._waiting = []

    def close(self) -> None:
        """Write the step, which seals its entries; a step in which nothing changed leaves no trace."""
        self.flush()
        if not self._digests and not self._heading.target:
            return
        heading = self._heading
        link = Link(
            number=self.number,
            label=heading.label,
            kind=heading.kind.value,
            at=heading.at,
            by=heading.by,
            target=heading.target,
            keys=",".join(sorted({key for key, _ in self._digests})),
            entry_count=len(self._digests),
            entries_sha256=sha256(b"".join(self._digests.values())).hexdigest(),
            prev=self._prev,
        )
        self._connection.exec_driver_sql(_insert_step, (*asdict(link).values(), link.h()))

    def _fold(self, key: str, uid: str, *, after: str | None) -> None:
        self.flush()
        here = (entries.c.step == self.number, entries.c.key == key, entries.c.uid == uid)
        before = self._connection.execute(sa.select(entries.c.before).where(*here)).scalar_one()
        if before == after:
            self._connection.execute(sa.delete(entries).where(*here))
            del self._digests[key, uid]
            return
        self._connection.execute(sa.update(entries).where(*here).values(after=after))
        self._digests[key, uid] = _digest(key, uid, before=before, after=after)


def _digest(key: str, uid: str, *, before: str | None, after: str | None) -> bytes:
    return sha256(canonical([key, uid, before, after]).encode()).digest()


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last link; (0, 64 zeros) before the first."""
    row = connection.execute(sa.select(steps.c.number, steps.c.h).order_by(steps.c.number.desc()).limit(1)).first()
    return (int(row[0]), str(row[1])) if row else (0, NOTHING)


def first_break(connection: Connection, *, since: int = 0, entries_up_to: int | None = None) -> int:
    """Number of the first step from ``since`` on that does not fit the chain; 0 when all do.

    Entries of steps with more than ``entries_up_to`` of them are not read. A tail cut off fits: only somebody who holds
    a later (number, h) can tell.
    """
    rows = connection.execute(sa.select(steps).where(steps.c.number >= since).order_by(steps.c.number)).all()
    held = _digests_of_steps(connection, since=since, most=entries_up_to)
    expected, prev = (1, NOTHING) if since <= 1 else (since, None)
    for row in rows:
        *told, h = row
        link = Link(*told)
        fits = link.number == expected and prev in (None, link.prev) and link.h() == h
        skipped = entries_up_to is not None and link.entry_count > entries_up_to
        if not fits or not (
            skipped or held.get(link.number, (0, NO_ENTRIES)) == (link.entry_count, link.entries_sha256)
        ):
            return link.number
        expected, prev = link.number + 1, h
    return _stray_entries(connection, expected)


def _digests_of_steps(connection: Connection, *, since: int, most: int | None) -> dict[int, tuple[int, str]]:
    """How many entries each step has and the hash over them, read in one go."""
    small = sa.select(steps.c.number).where(steps.c.number >= since)
    if most is not None:
        small = small.where(steps.c.entry_count <= most)
    wanted = (
        sa.select(entries.c.step, entries.c.key, entries.c.uid, entries.c.before, entries.c.after)
        .where(entries.c.step.in_(small))
        .order_by(entries.c.step, entries.c.id)
    )
    found: dict[int, tuple[int, str]] = {}
    for number, group in groupby(connection.execute(wanted), key=itemgetter(0)):
        digests = [_digest(key, uid, before=before, after=after) for _, key, uid, before, after in group]
        found[number] = (len(digests), sha256(b"".join(digests)).hexdigest())
    return found


def _stray_entries(connection: Connection, next_step: int) -> int:
    stray = connection.execute(sa.select(sa.func.min(entries.c.step)).where(entries.c.step >= next_step)).scalar()
    return int(stray or 0)


def select_steps(connection: Connection, *conditions: sa.ColumnElement[bool], limit: int) -> list[Step]:
    """The newest steps that fulfil the conditions, newest first."""
    wanted = _select_steps.where(*conditions).order_by(steps.c.number.desc()).limit(limit)
    return [_step(row) for row in connection.execute(wanted)]


def _step(row: Any) -> Step:
    return Step(
        number=row.number,
        label=row.label,
        kind=StepKind(row.kind),
        at=row.at,
        by=row.by,
        undone_by=row.undone_by or None,
        keys=frozenset(row.keys.split(",")) if row.keys else frozenset(),
        size=row.entry_count,
    )


def newest_barrier(connection: Connection) -> int:
    """Number of the newest sealed submission's step, which undo never crosses; 0 without one."""
    sealed = sa.select(sa.func.max(steps.c.number)).where(steps.c.kind == StepKind.SEAL.value)
    return int(connection.execute(sealed).scalar() or 0)


def undoable(connection: Connection) -> Step | None:
    """The newest step of a person that stands and is not behind a sealed submission."""
    conditions = (
        steps.c.kind.in_([kind.value for kind in UNDOABLE]),
        steps.c.number > newest_barrier(connection),
        undone_by == NOT_UNDONE,
    )
    return next(iter(select_steps(connection, *conditions, limit=1)), None)


def redoable(connection: Connection) -> Step | None:
    """The step undone last, as long as no person's step came after the undoing."""
    own = [*(kind.value for kind in UNDOABLE), StepKind.SEAL.value]
    newest = sa.select(sa.func.coalesce(sa.func.max(steps.c.number), 0)).where(steps.c.kind.in_(own)).scalar_subquery()
    wanted = _select_steps.where(undone_by > newest).order_by(undone_by.desc()).limit(1)
    row = connection.execute(wanted).first()
    return _step(row) if row else None


def select_entries(connection: Connection, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
    """Entries with their steps, oldest first."""
    wanted = (
        sa.select(steps, undone_by.label("undone_by"), entries.c.key, entries.c.uid, entries.c.before, entries.c.after)
        .join_from(entries, steps, entries.c.step == steps.c.number)
        .where(*conditions)
        .order_by(entries.c.id)
    )
    found: list[Entry] = []
    made: dict[int, Step] = {}
    for row in connection.execute(wanted):
        if row.number not in made:
            made[row.number] = _step(row)
        found.append(
            Entry(made[row.number], row.key, row.uid, _object(row.key, row.before), _object(row.key, row.after))
        )
    return found


def _object(key: str, note: str | None) -> dict[str, Any] | None:
    return None if note is None else shapes()[key].object(note)


def notes_of_step(connection: Connection, number: int) -> Generator[Sequence[Any]]:
    """Yield (key, uid, before, after) of a step's entries as text."""
    wanted = sa.select(entries.c.key, entries.c.uid, entries.c.before, entries.c.after).where(entries.c.step == number)
    yield from connection.execute(wanted.order_by(entries.c.key, entries.c.id)).all()


def notes_as_of(connection: Connection, key: str, moment: str) -> list[tuple[str, str]]:
    """(uid, note) of every record of a class that stood after the last step made until a moment (UTC stamp)."""
    last = sa.select(sa.func.max(steps.c.number)).where(steps.c.at <= moment).scalar_subquery()
    newest = (
        sa.select(entries.c.uid, sa.func.max(entries.c.step).label("step"))
        .where(entries.c.key == key, entries.c.step <= last)
        .group_by(entries.c.uid)
        .subquery()
    )
    same = (entries.c.key == key, entries.c.uid == newest.c.uid, entries.c.step == newest.c.step)
    wanted = sa.select(entries.c.uid, entries.c.after).join_from(newest, entries, sa.and_(*same))
    rows = connection.execute(wanted.where(entries.c.after.is_not(None)).order_by(entries.c.uid))
    return [(str(uid), str(after)) for uid, after in rows]
