"""The writing half of the store: one transaction, one step of history."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from db.columns import canonical
from db.history import Heading, Journal
from db.lookups import notes_among
from db.naming import is_named
from db.searching import searched
from db.shapes import shape_of
from db.statements import sql, statements_for
from db.tables import blobs, received
from xmdesk.jobs import go_on
from xmdesk.ports import ReceivedRow
from xmdesk.records.base import Record

CHUNK: Final = 2000
RECEIVED_COLUMNS: Final = ("submission", "office_code", "register", "uid", "row")

_keep_blob = sql(
    insert(blobs).values(sha256=sa.bindparam("sha256"), content=sa.bindparam("content")).on_conflict_do_nothing()
)
_put_received = sql(sa.insert(received).values({name: sa.bindparam(name) for name in RECEIVED_COLUMNS}))


class OpenChange:
    """A change in hand; see ``xmdesk.ports.Change``. Usable only inside its ``with``."""

    def __init__(self, connection: Connection, heading: Heading) -> None:
        self._connection = connection
        self._heading = heading
        self._journal = Journal(connection, heading)
        self._is_open = True
        self.touched: dict[str, dict[str, str | None]] = {}
        """The searched texts that this change leaves, by register and uid; None for what it removed."""

    @property
    def number(self) -> int:
        """Number of this step."""
        return self._journal.number

    def save(self, record: Record) -> None:
        """Insert or update one record; nothing is written when nothing changed."""
        self.save_many([record])

    def save_many(self, records: Sequence[Record]) -> None:
        """Insert or update many records by the bulk path; same history. Those of one class should follow each other."""
        self._must_be_open()
        for _, same in groupby(records, key=type):
            for chunk in _chunks(list(same)):
                self._save_chunk(chunk)

    def remove(self, record: Record) -> None:
        """Delete a record; undo can bring it back."""
        self.remove_many(type(record), [record.uid])

    def remove_many(self, record: type[Record], uids: Sequence[str]) -> None:
        """Delete records by uid; those that are not there are left out."""
        self._must_be_open()
        made = statements_for(record)
        for chunk in _chunks(uids):
            for uid, before in notes_among(self._connection, made, chunk).items():
                self._journal.add(made.shape.key, uid, before=before, after=None)
                self.touched.setdefault(made.shape.key, {})[uid] = None
            self._connection.exec_driver_sql(made.delete_among, (canonical(chunk),))
            self._journal.flush()

    def keep_blob(self, content: bytes) -> str:
        """Store bytes once under their SHA-256 (lower-case hex) and return it."""
        self._must_be_open()
        sha = sha256(content).hexdigest()
        self._connection.exec_driver_sql(_keep_blob, (sha, content))
        return sha

    def drop_blob(self, sha256: str) -> bool:
        """Forget stored bytes unless a record names them or undo could bring one back; tells whether they are gone."""
        self._must_be_open()
        if is_named(self._connection, sha256):
            return False
        self._connection.execute(sa.delete(blobs).where(blobs.c.sha256 == sha256))
        return True

    def put_received(self, rows: Iterable[ReceivedRow]) -> int:
        """Store the rows of received submissions outside history."""
        self._must_be_open()
        values = [(row.submission, row.office_code, row.register, row.uid, row.row) for row in rows]
        if values:
            self._connection.exec_driver_sql(_put_received, values)
        return len(values)

    def drop_received(self, submission: str) -> None:
        """Forget the rows of one submission."""
        self._must_be_open()
        self._connection.execute(sa.delete(received).where(received.c.submission == submission))

    def finish(self) -> None:
        """Seal the step; the store calls this just before committing."""
        self._journal.close()

    def close(self) -> None:
        """Refuse any further use."""
        self._is_open = False

    def _save_chunk(self, records: Sequence[Record]) -> None:
        shape = shape_of(type(records[0]))
        made, search = statements_for(shape.record), searched(shape.record).text
        present = notes_among(self._connection, made, [record.uid for record in records])
        at, by = self._heading.at, self._heading.by
        rows: list[tuple[Any, ...]] = []
        for record in records:
            after, before = shape.note(record), present.get(record.uid)
            if before == after:
                continue
            present[record.uid] = after
            text = search(record)
            rows.append((*shape.row(record), 1, at, at, by, text))
            self.touched.setdefault(shape.key, {})[record.uid] = text
            self._journal.add(shape.key, record.uid, before=before, after=after)
        if rows:
            self._connection.exec_driver_sql(made.upsert, rows)
            self._journal.flush()

    def _must_be_open(self) -> None:
        if not self._is_open:
            raise RuntimeError("this change has ended")


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """So many at a time; between them the person may stop, and the transaction is rolled back."""
    for start in range(0, len(values), CHUNK):
        go_on()
        yield values[start : start + CHUNK]
