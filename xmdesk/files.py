"""Reading and writing files where things go wrong: full disks, pulled sticks, files open in WPS, no permission.

Every file is written beside its target, synced, read back and renamed, so that the old file is whole until the new is.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from xmdesk.errors import Fault

_TRIES = 10
_PAUSE = 0.2
_PIECE = 1024 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE if hasattr(errno, "ESTALE") else -1)
_SHARING = (32, 33)
_LOCK_OF = re.compile(r"(?:~\$|\.~(?:lock\.)?)(.+\.(?:xls[xmb]?|et|ods|csv))#?", re.IGNORECASE)
"""``~$表.xlsx`` of Excel and WPS, ``.~表.xlsx`` of WPS on Linux, ``.~lock.表.xlsx#`` of LibreOffice."""
_LOCK_BYTES = 1024
"""A lock holds the name of a user and no more; no workbook is so small."""
_UNDECODED = re.compile("[\ud800-\udfff]")


def shown_name(path: Path) -> str:
    """Return the last part of a path as a person reads it; see :func:`shown_path`."""
    return shown_path(path.name or path)


def shown_path(path: Path | str) -> str:
    """Return a path for texts and records: names that are no UTF-8 (GBK ones on sticks) decoded, never to open it by."""
    return "/".join(_readable(part) for part in str(path).split("/"))


def path_text(path: Path) -> str:
    """Return a path as a text that any book can hold and :func:`path_from_text` reads, whatever its bytes are."""
    return quote(os.fsencode(path), safe="/\\: ")


def path_from_text(text: str) -> Path:
    """Return the path that :func:`path_text` wrote."""
    return Path(os.fsdecode(unquote_to_bytes(text)))


def _readable(name: str) -> str:
    """Return a name that any text can hold; Python gives bytes that it cannot decode as lone surrogates."""
    if not _UNDECODED.search(name):
        return name
    try:
        return os.fsencode(name).decode("gb18030")
    except UnicodeError:
        return _UNDECODED.sub("\ufffd", name)


def atomic_write(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write ``data`` to ``path`` whole or not at all; an existing file needs ``force``. Raises ``Fault``."""
    part = path.with_name(f"xm-{os.urandom(6).hex()}.part")
    try:
        _refuse_taken(path, force=force)
        _write_synced(part, data)
        _rename(part, path)
        _sync_folder(path.parent)
    except OSError as trouble:
        _remove(part)
        raise _fault(trouble, path) from None
    return path


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a whole file of at most ``limit`` bytes into memory at once; raises ``Fault``."""
    data = read_start(path, limit + 1)
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def read_start(path: Path, limit: int) -> bytes:
    """Read the first ``limit`` bytes of a file, for readers that judge its size themselves; raises ``Fault``."""
    check_readable(path)
    try:
        with path.open("rb") as stream:
            return stream.read(limit)
    except OSError as trouble:
        raise _fault(trouble, path, reading=True) from None


def check_readable(path: Path, *, or_folder: bool = False) -> None:
    """Refuse what is no file, links followed; raises ``Fault``. Who opens a pipe or a device may wait for ever."""
    try:
        told = path.stat()
    except OSError as trouble:
        raise _fault(trouble, path, reading=True) from None
    kind = told.st_mode
    if (workbook := locked_by(path)) and stat.S_ISREG(kind) and told.st_size < _LOCK_BYTES:
        raise Fault("FILE-IS-LOCK", name=shown_name(path), workbook=shown_path(workbook))
    if stat.S_ISDIR(kind) and not or_folder:
        raise Fault("FILE-IS-FOLDER", name=shown_name(path))
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise Fault("FILE-NOT-REGULAR", name=shown_name(path))


def copy_hashed(source: Path, folder: Path, limit: int, *, name: str = "") -> tuple[Path, str]:
    """Copy a file of at most ``limit`` bytes piece by piece into a folder, named by its SHA-256, which is returned too.

    Without a name of its own the copy ends in ``.bin``, so that no other program opens it. Raises ``Fault``.
    """
    part = folder / f"xm-{os.urandom(6).hex()}.part"
    try:
        digest = _copy_synced(_pieces(source, limit), part)
        target = folder / (name or f"{digest}.bin")
        _rename(part, target)
        _sync_folder(folder)
    except OSError as trouble:
        _remove(part)
        raise _fault(trouble, source) from None
    except Fault:
        _remove(part)
        raise
    return target, digest


def _copy_synced(pieces: Iterator[bytes], part: Path) -> str:
    """Write pieces, sync them and read them back; return the SHA-256 of them all."""
    from hashlib import file_digest, sha256  # two milliseconds that the first paint need not wait for

    digest = sha256()
    with part.open("xb") as out:
        for piece in pieces:
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    with part.open("rb") as written:
        found = file_digest(written, "sha256").hexdigest()
    if found != digest.hexdigest():
        raise OSError(errno.EIO, "read back differs")
    return found


def _pieces(source: Path, limit: int) -> Iterator[bytes]:
    check_readable(source)
    try:
        size = source.stat().st_size
        with source.open("rb") as stream:
            while size <= limit and (piece := stream.read(_PIECE)):
                size = max(size, stream.tell())
                yield piece
    except OSError as trouble:
        raise _fault(trouble, source, reading=True) from None
    if size > limit:
        raise _too_large(source, limit)


def make_folder(path: Path) -> None:
    """Make a folder to write into, with those above it; one that is there already is fine. Raises ``Fault``."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Fault("FILE-NOT-FOLDER", name=shown_name(path)) from None
    except OSError as trouble:
        raise _fault(trouble, path) from None


def check_free(path: Path, *, force: bool) -> None:
    """Refuse a target that is taken before any of several files is written; raises ``Fault``."""
    try:
        _refuse_taken(path, force=force)
    except OSError as trouble:
        raise _fault(trouble, path) from None


def move_file(path: Path, to: Path) -> None:
    """Move a file within one disk, over one that lies there. Raises ``Fault``."""
    try:
        _rename(path, to)
    except OSError as trouble:
        raise _fault(trouble, path) from None


def remove_file(path: Path) -> None:
    """Delete one file; one that is gone already is fine. Raises ``Fault``."""
    try:
        path.unlink(missing_ok=True)
    except OSError as trouble:
        raise _fault(trouble, path) from None


def lock_file(path: Path) -> Path:
    """Return where WPS and Excel leave their mark while a workbook is open (``~$`` and the name)."""
    return path.with_name(f"~${path.name}")


def locked_by(path: Path) -> str:
    """Return the name of the workbook that lies open where a file of this name does, or nothing (trust.md BA36)."""
    found = _LOCK_OF.fullmatch(path.name)
    return found[1] if found else ""


def _refuse_taken(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise Fault("FILE-EXISTS", name=shown_name(path))
    if lock_file(path).exists():
        raise Fault("FILE-IN-USE", name=shown_name(path))


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the stick is gone or read-only; nothing of ours can be left there


def _write_synced(part: Path, data: bytes) -> None:
    with part.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if part.read_bytes() != data:
        raise OSError(errno.EIO, "read back differs")


def _rename(part: Path, path: Path) -> None:
    """Rename over the target; a virus scanner may hold either for a moment (Windows sharing violation)."""
    for attempt in range(_TRIES):
        try:
            part.replace(path)
        except PermissionError as trouble:
            if getattr(trouble, "winerror", 0) not in (5, *_SHARING) or attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return  # vfat and some network folders cannot sync a folder; the file itself is synced
    finally:
        os.close(handle)


def _too_large(path: Path, limit: int) -> Fault:
    return Fault("FILE-TOO-LARGE", name=shown_name(path), limit=limit // 1024 // 1024)


def _fault(trouble: OSError, path: Path, *, reading: bool = False) -> Fault:
    """Sort an error of the system into one of ours; reading and writing differ in what can be done."""
    name, number = shown_name(path), trouble.errno
    if getattr(trouble, "winerror", 0) in _SHARING or number in (errno.EBUSY, errno.ETXTBSY):
        return Fault("FILE-IN-USE", name=name)
    if number in _FULL:
        return Fault("FILE-DISK-FULL", name=name)
    if number in _DENIED:
        return Fault("FILE-NO-READING", name=name) if reading else Fault("FILE-NO-WRITING", name=name)
    if number in _GONE:
        return Fault("FILE-NOT-FOUND", name=name) if reading else Fault("FILE-NO-FOLDER", name=name)
    if number == errno.ENAMETOOLONG:
        return Fault("FILE-LONG-NAME")
    return Fault("FILE-BROKEN-OFF", name=name)
