"""The one place that names the driver: SQLCipher, which also brings a SQLite of our own on every platform."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol, cast

import sqlcipher3.dbapi2 as _dbapi2  # pyright: ignore[reportMissingTypeStubs]  # it ships none; typed by protocol below

_untyped = cast("Any", _dbapi2)

MODULE: Final[Any] = _untyped
"""The driver module, for SQLAlchemy."""

LEAST: Final = (3, 51, 3)
"""Before 3.51.3 a WAL could be reset under a second connection and the file be damaged (sqlite.org, 2026-03-13)."""


class RawCursor(Protocol):
    """What a statement gives back."""

    rowcount: int

    def fetchone(self) -> Any:
        """Next row or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows left."""
        ...


class RawConnection(Protocol):
    """A driver's connection, as far as we use it."""

    in_transaction: bool

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> RawCursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> RawCursor:
        """Run one statement for many rows."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


DriverError: type[Exception] = _untyped.Error


def sqlite_version() -> tuple[int, ...]:
    """Version of SQLite inside the driver."""
    return tuple(int(part) for part in str(_untyped.sqlite_version).split("."))


def connect(uri: str) -> RawConnection:
    """Open a connection by URI; it stays in autocommit, transactions are ours to begin and end."""
    return _untyped.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def complete_statement(text: str) -> bool:
    """Whether a text is whole SQL."""
    return bool(_untyped.complete_statement(text))
