"""The book's memory: reading, changing, undoing. Implements ``xmdesk.ports.Store`` over one open database."""

from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import Connection

from db import history
from db.changing import OpenChange
from db.engine import Connections, Place, writer_connection
from db.history import UNDOABLE, Heading
from db.lookups import Lookups
from db.migrations.run import migrate
from db.reverting import Plan, planned, together
from db.shapes import shapes
from db.tables import steps
from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.ports import Step, StepKind, UndoResult
from xmdesk.records.base import Record

Touched = dict[str, dict[str, str | None]]


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

    def undo(
        self, step: int | None = None, *, by: str = "", held: Collection[tuple[str, str]] = frozenset()
    ) -> UndoResult:
        """Take back the newest undoable step, or the given one; what was changed later, is in use or held stays."""
        found = self.undoable() if step is None else self._named(step)
        if found is None:
            raise WrongUse("DB-UNDO-NOTHING")
        heading = Heading(f"撤销：{found.label}", StepKind.UNDO, clock.stamp(), by or self.worker, found.number)
        return self._revert(found.number, heading, held)

    def undo_all(
        self, numbers: Sequence[int], *, held: Collection[tuple[str, str]] = frozenset(), is_trial: bool = False
    ) -> UndoResult:
        """Take several steps back in this order, all of them or none; ``is_trial`` only tells what that would do."""
        self._named(numbers[-1])
        done: list[UndoResult] = []
        touched: list[Touched] = []
        with suppress(_OnlyTried), self._connections.writing() as connection:
            for number in numbers:
                found = history.select_steps(connection, steps.c.number == number, limit=1)[0]
                heading = Heading(f"撤销：{found.label}", StepKind.UNDO, clock.stamp(), self.worker, number)
                with _opened(connection, heading) as change:
                    done.append(_reverted(connection, change, number, held).result(number))
                touched.append(change.touched)
            if is_trial:
                raise _OnlyTried
        for one in [] if is_trial else touched:
            self._tell(one)
        return together(done)

    def undoing(self, step: int, *, held: Collection[tuple[str, str]] = frozenset()) -> UndoResult:
        """Return what taking a step back would do now; nothing is changed."""
        found = self._named(step)
        with self._connections.reading() as connection:
            return planned(connection, found.number, held).result(found.number)

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
        with self._connections.writing() as connection, _opened(connection, heading) as change:
            yield change
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

    def _revert(self, number: int, heading: Heading, held: Collection[tuple[str, str]] = frozenset()) -> UndoResult:
        """Give every record of a step its state before, unless it has to stay as it is."""
        with self._step(heading) as change, self._connections.reading() as connection:
            plan = _reverted(connection, change, number, held)
        return plan.result(heading.target)


class _OnlyTried(Exception):
    """Roll back: it was only asked what would happen."""


@contextmanager
def _opened(connection: Connection, heading: Heading) -> Generator[OpenChange]:
    """One step of the transaction in hand."""
    change = OpenChange(connection, heading)
    try:
        yield change
        change.finish()
    finally:
        change.close()


def _reverted(connection: Connection, change: OpenChange, number: int, held: Collection[tuple[str, str]]) -> Plan:
    plan = planned(connection, number, held)
    for key, uids in plan.gone.items():
        change.remove_many(shapes()[key].record, uids)
    for key, notes in plan.back.items():
        change.save_many([shapes()[key].from_note(note) for note in notes.values()])
    change.remove_many(*plan.along)
    return plan


def open_memory() -> SqlStore:
    """A new, empty store in memory, for tests and previews: same statements, no encryption, no file."""
    place = Place(None)
    writer = writer_connection(place, create=True)
    migrate(writer)
    return SqlStore(Connections(place, writer))
