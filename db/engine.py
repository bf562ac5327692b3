"""Connections to one database: the key, every pragma, one writer and readers of their own."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock, get_ident
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import QueuePool, StaticPool

from db.driver import LEAST, MODULE, DriverError, RawConnection, connect, sqlite_version
from db.faults import sorted_faults
from xmdesk.errors import Fault

MEMORY: Final = "file::memory:"
KEY_BYTES: Final = 32
NOT_A_DATABASE: Final = 26
TURN_SECONDS: Final = 60

_EVERY = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    "busy_timeout = 5000",
)
_WRITER = ("wal_autocheckpoint = 500", "journal_size_limit = 67108864", "cache_size = -32768")
_READER = ("query_only = ON", "cache_size = -16384")


@dataclass(frozen=True)
class Place:
    """Which database: its file (None: in memory, for tests) and its raw 256-bit key (empty: not encrypted)."""

    file: Path | None
    key: bytes = b""

    def uri(self, *, create: bool = False) -> str:
        """Address that never makes a new file unless asked to: a missing book must not look like an empty one."""
        if self.file is None:
            return MEMORY
        return f"{self.file.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"


def raw_connection(place: Place, *, create: bool = False) -> RawConnection:
    """Open one connection and prove the key; raises ``Fault``."""
    if sqlite_version() < LEAST:
        raise Fault("DB-OLD-SQLITE")
    with sorted_faults():
        connection = connect(place.uri(create=create))
        if place.key:
            _unlock(connection, place.key)
        for pragma in _EVERY:
            connection.execute(f"PRAGMA {pragma}")
    return connection


def writer_connection(place: Place, *, create: bool = False) -> RawConnection:
    """Open the connection that writes: WAL with full synchronisation; where WAL cannot be had, DELETE with EXTRA."""
    connection = raw_connection(place, create=create)
    with sorted_faults():
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
        for pragma in _WRITER:
            connection.execute(f"PRAGMA {pragma}")
    return connection


def reader_connection(place: Place) -> RawConnection:
    """Open a connection that can only read; each thread has its own."""
    connection = raw_connection(place)
    for pragma in _READER:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _unlock(connection: RawConnection, key: bytes) -> None:
    """Give the raw key. The keybox opened, so a file that does not answer to it is another book's or damaged."""
    if len(key) != KEY_BYTES:
        raise ValueError("the database key has 32 bytes")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DriverError as trouble:
        connection.close()
        if getattr(trouble, "sqlite_errorcode", 0) == NOT_A_DATABASE:
            raise Fault("DB-KEY") from None
        raise


class Connections:
    """The writer's engine and the readers' engine over one open database; in memory both are the same.

    A thread that has a change open reads through it and sees what it wrote; every other thread reads what is committed.
    """

    def __init__(self, place: Place, writer: RawConnection) -> None:
        self.place = place
        self.raw_writer = writer
        self._writer = _engine(lambda: writer, StaticPool)
        self._reader = None if place.file is None else _engine(lambda: reader_connection(place), QueuePool)
        self._turn = RLock()
        self._active: tuple[int, Connection] | None = None
        self._is_closed = False

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection to read from."""
        with sorted_faults(), ExitStack() as stack:
            if self._active is not None and self._active[0] == get_ident():
                yield self._active[1]
            elif self._reader is not None:
                yield stack.enter_context(self._reader.connect())
            else:
                self._wait_for_turn(stack)
                yield stack.enter_context(self._writer.connect())

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction: committed when left normally, otherwise rolled back. Never two at once."""
        if self._active is not None and self._active[0] == get_ident():
            raise RuntimeError("a change inside a change")
        with sorted_faults(), ExitStack() as stack:
            self._wait_for_turn(stack)
            connection = stack.enter_context(self._writer.connect())
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._active = (get_ident(), connection)
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            finally:
                self._active = None
                if self.raw_writer.in_transaction:
                    self.raw_writer.execute("ROLLBACK")

    @contextmanager
    def resting(self) -> Generator[RawConnection]:
        """The writer's own connection while nobody writes, for work on the whole file."""
        with sorted_faults(), ExitStack() as stack:
            self._wait_for_turn(stack)
            yield self.raw_writer

    def close(self) -> None:
        """Fold the write-ahead log into the file, so that a closed book is one file, and close everything."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._reader is not None:
            self._reader.dispose()
        with sorted_faults():
            if self.raw_writer.in_transaction:
                self.raw_writer.execute("ROLLBACK")
            self.raw_writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writer.dispose()
        self.raw_writer.close()

    def _wait_for_turn(self, stack: ExitStack) -> None:
        if not self._turn.acquire(timeout=TURN_SECONDS):
            raise Fault("DB-BUSY")
        stack.callback(self._turn.release)


def _engine(creator: Any, pool: type[Any]) -> Engine:
    """SQLAlchemy over given connections. Parameters stay out of its error texts because they are personal data.

    Transactions are begun and ended by name, so the pool must not roll back on its own.
    """
    return create_engine(
        "sqlite://",
        creator=creator,
        module=MODULE,
        poolclass=pool,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_reset_on_return=None,
    )
