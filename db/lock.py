"""One program at a time per book: a lock file held by the operating system, which tells who holds it.

The system lets go when a process ends, however it ends; then the file still names a holder who never signed off, which is
how the next start knows that the last one ended badly.
"""

import errno
import json
import os
import sys
import time
from getpass import getuser
from io import FileIO
from pathlib import Path
from platform import node
from typing import Final

from xmdesk import clock
from xmdesk.errors import Fault

NAME: Final = "使用中.lock"
_LOOKS: Final = 10
_PAUSE: Final = 0.02
_FAR: Final = 1 << 30
_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)


class BookLock:
    """The lock of one book folder. ``ended_badly`` says that its last holder did not close the book."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file: FileIO | None = None
        self.ended_badly = False

    def take(self) -> None:
        """Take the lock, or say who holds it (``Fault``)."""
        try:
            file = FileIO(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666), "r+")
        except OSError:
            raise Fault("DB-READONLY") from None
        try:
            _hold(file)
        except OSError as trouble:
            held = _holder(file)
            file.close()
            if trouble.errno not in _TAKEN:
                raise Fault("DB-READONLY") from None
            raise Fault("DB-IN-USE", user=held.get("user", "?"), pid=held.get("pid", "?")) from None
        self.ended_badly = "pid" in _read(file)
        self._file = file
        _write(file, {"user": getuser(), "pid": os.getpid(), "host": node(), "since": clock.stamp()})

    def release(self) -> None:
        """Sign off and let go; the file stays, so that two starts never race to make it."""
        self._leave({"closed": clock.stamp()})

    def let_go(self) -> None:
        """Let go of a book that could not be opened: how its last holder ended stays to be seen."""
        self._leave({"pid": 0} if self.ended_badly else {"closed": clock.stamp()})

    def _leave(self, note: dict[str, object]) -> None:
        if self._file is not None:
            _write(self._file, note)
            _let_go(self._file)
            self._file.close()
            self._file = None


def _read(file: FileIO) -> dict[str, object]:
    file.seek(0)
    try:
        return dict(json.loads(file.read(4096) or b"{}"))
    except (ValueError, TypeError, OSError):
        return {}


def _holder(file: FileIO) -> dict[str, object]:
    """Read who holds the lock; whoever has just taken it may still be writing that down."""
    for _ in range(_LOOKS):
        found = _read(file)
        if "pid" in found:
            return found
        time.sleep(_PAUSE)
    return {}


def _write(file: FileIO, holder: dict[str, object]) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(holder).encode())


if sys.platform == "win32":
    import msvcrt

    def _hold(file: FileIO) -> None:
        """Lock one byte far behind the text: Windows keeps others from reading locked bytes."""
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: FileIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _hold(file: FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
