"""The book's memory: reading, changing, undoing. Implements ``xmdesk.ports.Store`` over one open database."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from db import history
from db.changing import OpenChange
from db.engine import Connections, Place, writer_connection
from db.history import UNDOABLE, Heading
from db.lookups import Lookups, notes_among
from db.migrations.run import migrate
from db.shapes import Shape, shapes
from db.statements import statements_for
from db.tables import steps
from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.ports import Step, StepKind, UndoResult
from xmdesk.records.base import Record


class SqlStore(Lookups):
    """One open book. Reading may happen in any thread; changes queue, one at a time.

    ``worker`` is who works with it: what people do stands under this name in history, unless another one is given.
    """

    worker: str = ""

    @property
    def connections(self) -> Connections:
        """The connections, for work on the whole file (backup, checks)."""
        return self._connections

    @contextmanager
    def change(self, label: str, *, kind: StepKind = StepKind.EDIT, by: str = "") -> Generator[OpenChange]:
        """Open one transaction; leaving it normally commits, an exception rolls all of it back."""
        who = by or ("" if kind is StepKind.SYSTEM else self.worker)
        with self._step(Heading(label, kind, clock.stamp(), who)) as change:
            yield change

    def undo(self, step: int | None = None, *, by: str = "") -> UndoResult:
        """Take back the newest undoable step, or the given one; what was changed later is kept and listed."""
        found = self.undoable() if step is None else self._named(step)
        if found is None:
            raise WrongUse("DB-UNDO-NOTHING")
        heading = Heading(f"撤销：{found.label}", StepKind.UNDO, clock.stamp(), by or self.worker, found.number)
        return self._revert(found.number, heading)

    def redo(self, *, by: str = "") -> UndoResult:
        """Bring back the step undone last."""
        found = self.redoable()
        if found is None or found.undone_by is None:
            raise WrongUse("DB-REDO-NOTHING")
        heading = Heading(f"重做：{found.label}", StepKind.REDO, clock.stamp(), by or self.worker, found.number)
        return self._revert(found.undone_by, heading)

    def then(self, moment: datetime, records: Sequence[type[Record]]) -> "SqlStore":
        """Return these classes as they stood at a moment, in memory: the same statements, and SQLite refuses to write."""
        made = open_memory()
        with made.change("", kind=StepKind.SYSTEM) as change:
            for record in records:
                change.save_many(self.all(record, as_of=moment))
        made.connections.raw_writer.execute("PRAGMA query_only = ON")
        return made

    def close(self) -> None:
        """Close the database."""
        self._connections.close()

    @contextmanager
    def _step(self, heading: Heading) -> Generator[OpenChange]:
        with self._connections.writing() as connection:
            change = OpenChange(connection, heading)
            try:
                yield change
                change.finish()
            finally:
                change.close()
        self._tell(change.touched)

    def _named(self, number: int) -> Step:
        """A step that may be taken back by number: an import at any time, an edit as long as nothing was sealed since."""
        with self._connections.reading() as connection:
            found = history.select_steps(connection, steps.c.number == number, limit=1)
            barrier = history.newest_barrier(connection)
        if not found or found[0].kind not in UNDOABLE:
            raise WrongUse("DB-UNDO-UNKNOWN")
        if found[0].undone_by is not None:
            raise WrongUse("DB-UNDO-DONE")
        if found[0].kind is StepKind.EDIT and number < barrier:
            raise WrongUse("DB-UNDO-SEALED")
        return found[0]

    def _revert(self, number: int, heading: Heading) -> UndoResult:
        """Give every record of a step its state before, unless it no longer is what the step made of it."""
        removed, restored = 0, 0
        kept: list[tuple[str, str]] = []
        with self._connections.reading() as connection:
            notes = list(history.notes_of_step(connection, number))
        with self._step(heading) as change, self._connections.reading() as connection:
            for key, group in groupby(notes, key=itemgetter(0)):
                shape = shapes()[key]
                gone, back, left = _sorted_out(connection, shape, [tuple(row) for row in group])
                change.remove_many(shape.record, gone)
                change.save_many([shape.from_note(note) for note in back])
                removed, restored = removed + len(gone), restored + len(back)
                kept += [(key, uid) for uid in left]
        return UndoResult(heading.target, removed, restored, tuple(kept))


def _sorted_out(
    connection: Connection, shape: Shape[Any], notes: list[tuple[Any, ...]]
) -> tuple[list[str], list[str], list[str]]:
    """Uids to remove, notes to bring back, uids changed later."""
    present = notes_among(connection, statements_for(shape.record), [row[1] for row in notes])
    gone: list[str] = []
    back: list[str] = []
    left: list[str] = []
    for _, uid, before, after in notes:
        if present.get(uid) == before:
            continue
        if not _is_still(shape, present.get(uid), after):
            left.append(uid)
        elif before is None:
            gone.append(uid)
        else:
            back.append(before)
    return gone, back, left


def _is_still(shape: Shape[Any], present: str | None, after: str | None) -> bool:
    """Whether a record is as the step left it; an old note may lack fields that records gained since."""
    if present == after or present is None or after is None:
        return present == after
    return shape.note(shape.from_note(after)) == present


def open_memory() -> SqlStore:
    """A new, empty store in memory, for tests and previews: same statements, no encryption, no file."""
    place = Place(None)
    writer = writer_connection(place, create=True)
    migrate(writer)
    return SqlStore(Connections(place, writer))
