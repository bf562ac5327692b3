"""Everything that reads: records by uid, by value, in display order; blobs; received rows; history."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from db import history
from db.columns import canonical
from db.counting import Wanted, last_number, parts, sums, tally, values
from db.engine import Connections
from db.filtering import clauses
from db.rolls import MOST, Rolls
from db.row_texts import RowTexts
from db.searching import answers, mixed_words, sort_key
from db.shapes import shape_of, shapes
from db.shown import Meant, Shown, alternatives, shown_by
from db.statements import Statements, statements_for
from db.tables import blobs, entries, received, steps
from db.uids import WIDTH, Uids, left_of
from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.pinyin import words
from xmdesk.ports import Condition, Entry, Part, ReceivedRow, Step
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.registers import REGISTERS

R = TypeVar("R", bound=Record)
EMPTY = (None, "", "[]", "{}")


class Lookups:
    """The reading half of the store; returns plain records, never rows."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._rolls = Rolls()
        self._texts = RowTexts(connections, self._rolls)

    def get(self, record: type[R], uid: str, *, as_of: datetime | None = None) -> R | None:
        """Return one record by uid, or None."""
        if as_of is not None:
            return next((one for one in self.all(record, as_of=as_of) if one.uid == uid), None)
        return next(iter(self.find(record, uid=uid)), None)

    def all(self, record: type[R], *, as_of: datetime | None = None) -> list[R]:
        """Return all records of a class in order of uid; ``as_of`` rebuilds a past state from history."""
        if as_of is None:
            return self.find(record)
        shape = shape_of(record)
        with self._connections.reading() as connection:
            notes = history.notes_as_of(connection, shape.key, clock.stamp(as_of))
        return [shape.from_note(note) for _, note in notes]

    def find(self, record: type[R], **equal: Any) -> list[R]:
        """Return the records whose fields equal the given values, in order of uid."""
        made = statements_for(record)
        wanted = made.select.where(*_equal(made, equal)).order_by(made.uid)
        with self._connections.reading() as connection:
            rows = connection.execute(wanted).all()
        shape = shape_of(record)
        return [shape.loaded(row) for row in rows]

    def count(self, record: type[Record], **equal: Any) -> int:
        """How many records match."""
        made = statements_for(record)
        wanted = sa.select(sa.func.count()).select_from(made.table).where(*_equal(made, equal))
        with self._connections.reading() as connection:
            return int(connection.execute(wanted).scalar_one())

    def uids(
        self, record: type[Record], *, search: str = "", order_by: str = "", descending: bool = False
    ) -> Sequence[str]:
        """Return the uids in display order; empty values come last whichever way the list is sorted."""
        return self.where(record, (), search=search, order_by=order_by, descending=descending)

    def where(
        self,
        record: type[Record],
        conditions: Sequence[Condition],
        *,
        search: str = "",
        order_by: str = "",
        descending: bool = False,
        is_any: bool = False,
        without: Sequence[Condition] = (),
    ) -> Sequence[str]:
        """Return the uids for which all conditions hold (or any), searched and in order; ``without`` is passed over."""
        made, mixed = statements_for(record), mixed_words(search)
        gone = self.where(record, without) if without else ()
        as_made = order_by in ("", "uid")
        if not (search or conditions) and as_made and (whole := self._rolls.every(made.shape.key, gone)) is not None:
            return whole[::-1] if descending else whole
        if search and not mixed and (found := self._rolls.find(made.shape.key, _sought(search), gone)) is not None:
            if not conditions and as_made:
                return found[::-1] if descending else found
            answering = set(found)
            every = self.where(record, conditions, order_by=order_by, descending=descending, is_any=is_any)
            return [uid for uid in every if uid in answering]
        question = (made.shape.key, repr((conditions, without)), search, order_by, descending, is_any)
        known, number = self._rolls.recall(question), self._rolls.number
        if known is None:
            meant = self._texts.meant(made, words(search))
            holding = (*shown_by(record).clauses(made, meant), *clauses(made, conditions, is_any=is_any))
            mixing = {word: meant[word] for word in mixed}
            every = self._ordered(made, holding, mixing, order_by=order_by, descending=descending)
            known = left_of(every, gone, ascending=as_made and not descending)
            if (conditions or order_by or (gone and not search)) and len(known) <= MOST:
                self._rolls.remember(question, known, number)
        return known

    def warm(self, record: type[Record]) -> None:
        """Hold the searched texts of a register in memory, unless it is too large; searching is quick from then on."""
        made, number = statements_for(record), self._rolls.number
        if self._rolls.has(made.shape.key) or self.count(record) > MOST:
            return
        from db.roll import Roll

        self._rolls.keep(made.shape.key, Roll(self._texts.of(made)), number)

    def _tell(self, touched: Mapping[str, Mapping[str, str | None]]) -> None:
        """Let searching know what a committed change touched: its records, and the rows that show their names."""
        self._rolls.forget_answers()
        self._rolls.tell({key: self._texts.after(key, touched) for key in self._rolls.warm})

    def _ordered(
        self,
        made: Statements,
        holding: Sequence[sa.ColumnElement[bool]],
        mixed: Meant,
        *,
        order_by: str,
        descending: bool,
    ) -> Sequence[str]:
        """The uids of the rows for which everything holds, in display order."""
        if order_by in ("", "uid") and not mixed:
            return self._in_order(made, holding, descending=descending)
        fields = sorted({field for meant in mixed.values() for field in meant})
        columns = (made.uid, *(made.table.c[name] for name in (order_by or "uid", "search", *fields)))
        with self._connections.reading() as connection:
            rows: Any = connection.execute(sa.select(*columns).where(*holding).order_by(made.uid)).all()
        if mixed:
            shown = shown_by(made.shape.record)
            told = [(row, dict(zip(fields, row[3:], strict=True))) for row in rows]
            rows = [row for row, values in told if _answers_mixed(str(row[2]), values, mixed, shown)]
        if order_by in ("", "uid"):
            found = [str(row[0]) for row in rows]
            return found[::-1] if descending else found
        pairs = [(str(row[0]), row[1]) for row in rows]
        return Uids.packed(self._sorted(made.shape.record, pairs, order_by=order_by, descending=descending))

    def _in_order(
        self, made: Statements, holding: Sequence[sa.ColumnElement[bool]], *, descending: bool
    ) -> Sequence[str]:
        """Uids in the order of making, put together by SQLite: a hundred thousand objects less."""
        # The sign keeps SQLite from reading every row in this order where an index answers what is asked.
        ordering = f"{'+' if holding else ''}uid{' DESC' if descending else ''}"
        inner = sa.select(made.uid).where(*holding).order_by(sa.text(ordering)).subquery()
        size = sa.func.length(inner.c.uid)
        joined = sa.select(sa.func.min(size), sa.func.max(size), sa.func.group_concat(inner.c.uid, ""))
        with self._connections.reading() as connection:
            least, most, found = connection.execute(joined).one()
            if least is None:
                return ()
            if least == most == WIDTH:
                return Uids(str(found))
            return [str(row[0]) for row in connection.execute(sa.select(inner.c.uid))]

    def last_number(self, record: type[Record], field: str, prefix: str) -> int:
        """Return the largest whole number that follows a prefix in a text field, or 0."""
        with self._connections.reading() as connection:
            return int(connection.execute(last_number(record, field, prefix)).scalar() or 0)

    def many(self, record: type[R], uids: Sequence[str]) -> list[R]:
        """Return records for these uids in the given order; missing ones are left out."""
        made, shape = statements_for(record), shape_of(record)
        with self._connections.reading() as connection:
            rows = connection.exec_driver_sql(made.select_among, (canonical(list(uids)),)).all()
        held = {row[shape.uid_at]: row for row in rows}
        return [shape.loaded(held[uid]) for uid in uids if uid in held]

    def tally(self, record: type[Record], field: str, *, among: Sequence[str] | None = None) -> list[tuple[Any, int]]:
        """Return each value of a field with how many records have it."""
        return tally(self._connections, record, field, among)

    def parts(
        self, record: type[Record], field: str, sums: Sequence[str], *, among: Sequence[str] | None = None
    ) -> list[Part]:
        """Return each value of a field, how many records have it, and their exact sums."""
        return parts(self._connections, record, field, Wanted(sums, among))

    def values(self, record: type[Record], field: str) -> dict[str, Any]:
        """Return the value of a field by uid."""
        return values(self._connections, record, field)

    def sums(
        self, record: type[Record], fields: Sequence[str], *, among: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Return the exact sum of each number field; None where nothing was answered."""
        return sums(self._connections, record, fields, among)

    def blob(self, sha256: str) -> bytes:
        """Return stored bytes, verified against their hash; raises ``Fault`` when missing or damaged."""
        with self._connections.reading() as connection:
            content = connection.execute(sa.select(blobs.c.content).where(blobs.c.sha256 == sha256)).scalar()
        if content is None:
            raise Fault("DB-BLOB-MISSING", short=sha256[:8])
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Fault("DB-BLOB-DAMAGED", short=sha256[:8])
        return content

    def received(self, submissions: Sequence[str], register: str = "") -> Iterator[ReceivedRow]:
        """Yield the rows of these submissions, one submission after the other."""
        columns = [received.c[name] for name in ("submission", "office_code", "register", "uid", "row")]
        for submission in submissions:
            wanted = sa.select(*columns).where(received.c.submission == submission)
            if register:
                wanted = wanted.where(received.c.register == register)
            with self._connections.reading() as connection:
                rows = connection.execute(wanted.order_by(received.c.id)).all()
            yield from (ReceivedRow(*row) for row in rows)

    def steps(self, *, limit: int = 100) -> list[Step]:
        """Return the newest steps first."""
        with self._connections.reading() as connection:
            return history.select_steps(connection, limit=limit)

    def entries(self, *, key: str = "", uid: str = "", step: int = 0) -> list[Entry]:
        """Return history entries of one record or one step, oldest first."""
        given = ((entries.c.key, key), (entries.c.uid, uid), (steps.c.number, step))
        with self._connections.reading() as connection:
            return history.select_entries(connection, *(column == value for column, value in given if value))

    def undoable(self) -> Step | None:
        """Return the step that undo would take back now, or None."""
        with self._connections.reading() as connection:
            return history.undoable(connection)

    def redoable(self) -> Step | None:
        """Return the step that redo would bring back, or None."""
        with self._connections.reading() as connection:
            return history.redoable(connection)

    def is_sealed_behind(self) -> bool:
        """Tell whether a sealed submission stands where undo stops."""
        with self._connections.reading() as connection:
            return history.newest_barrier(connection) > 0

    def audit_head(self) -> tuple[int, str]:
        """Return number and hash of the last link of the audit chain."""
        with self._connections.reading() as connection:
            return history.head(connection)

    def _sorted(
        self, record: type[Record], pairs: list[tuple[str, Any]], *, order_by: str, descending: bool
    ) -> list[str]:
        spec = fields_of(record).get(order_by)
        if spec is not None and isinstance(spec.kind, Reference):
            titles = self._titles(spec.kind.to)
            pairs = [(uid, titles.get(value, "")) for uid, value in pairs]
            spec = _title_spec(spec.kind.to)
        compare = sort_key(spec)
        filled = [pair for pair in pairs if pair[1] not in EMPTY]
        filled.sort(key=lambda pair: compare(pair[1]), reverse=descending)
        return [uid for uid, _ in filled] + [uid for uid, value in pairs if value in EMPTY]

    def _titles(self, register: str) -> dict[str, str]:
        """What records of a register are called, by uid, for sorting a column that refers to them."""
        record = REGISTERS[register].record if register in REGISTERS else shapes()[register].record
        made = statements_for(record)
        wanted = sa.select(made.uid, made.table.c[record.title_field])
        with self._connections.reading() as connection:
            return {uid: str(title or "") for uid, title in connection.execute(wanted)}


def _equal(made: Statements, equal: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [made.table.c[name].is_not_distinct_from(made.shape.stored(name, value)) for name, value in equal.items()]


def _answers_mixed(text: str, row: Mapping[str, Any], mixed: Meant, shown: Shown) -> bool:
    """Whether every mixed word stands in a row's own text, or finds somebody or a code in it."""
    return all(
        answers(text, [word]) or any(shown.has(name, row[name], found) for name, found in fields.items())
        for word, fields in mixed.items()
    )


def _sought(search: str) -> list[tuple[str, ...]]:
    return [alternatives(word) for word in words(search)]


def _title_spec(register: str) -> FieldSpec | None:
    record = REGISTERS[register].record if register in REGISTERS else shapes()[register].record
    return fields_of(record).get(record.title_field)


def notes_among(connection: Connection, made: Statements, uids: Sequence[str]) -> dict[str, str]:
    """What history would note of the records with these uids, as they lie now."""
    shape = made.shape
    rows = connection.exec_driver_sql(made.select_among, (canonical(list(uids)),))
    return {row[shape.uid_at]: shape.note_of_row(row) for row in rows}
