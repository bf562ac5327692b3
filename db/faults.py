"""Sort the driver's errors: what a person can do something about becomes a ``Fault``, the rest is our bug and passes."""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from db.driver import DriverError
from xmdesk.errors import Fault

_BY_NUMBER: Final = {
    3: "DB-READONLY",
    5: "DB-BUSY",
    6: "DB-BUSY",
    8: "DB-READONLY",
    10: "DB-IO",
    11: "DB-DAMAGED",
    13: "DB-FULL",
    14: "DB-NOT-FOUND",
    23: "DB-READONLY",
    26: "DB-DAMAGED",
}
"""Primary result codes of SQLite (sqlite.org/rescode.html)."""

CONSTRAINT: Final = 19


@contextmanager
def sorted_faults() -> Generator[None]:
    """Turn errors of the driver, bare or wrapped by SQLAlchemy, into faults."""
    try:
        yield
    except DBAPIError as trouble:
        raise _fault_of(trouble.orig) or trouble from None
    except DriverError as trouble:
        raise _fault_of(trouble) or trouble from None


def fault_of_system(trouble: OSError) -> Fault:
    """Return what an error of the system means for a file of a book that was being written."""
    if trouble.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1)):
        return Fault("DB-FULL")
    if trouble.errno == errno.ENAMETOOLONG:
        return Fault("FILE-LONG-NAME")
    return Fault("DB-IO" if trouble.errno == errno.EIO else "DB-READONLY")


def _fault_of(trouble: BaseException | None) -> Fault | None:
    number = int(getattr(trouble, "sqlite_errorcode", 0) or 0) & 0xFF
    if number == CONSTRAINT and "UNIQUE" in str(trouble):
        return Fault("DB-DUPLICATE")
    code = _BY_NUMBER.get(number)
    return Fault(code) if code else None
