"""Backups: a verified, compact, still encrypted copy with its key containers beside it, named after its moment and hash.

``备份_20261123-141000_m0001_1a2b3c4d.db``: local time, shape, first eight digits of the file's SHA-256.
"""

import errno
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final

from db.driver import RawConnection
from db.engine import Place, raw_connection
from db.examine import contents_of, is_sound
from db.faults import sorted_faults
from xmdesk import clock
from xmdesk.errors import Fault

FOLDER: Final = "备份"
MANIFEST: Final = "清单.jsonl"
NAME: Final = re.compile(r"备份_(\d{8}-\d{6})_m(\d{4})_([0-9a-f]{8})\.db")
BEFORE_MIGRATION: Final = "升级前"
_GONE: Final = (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO)
_OF_THE_DISK: Final = ("DB-FULL", "DB-READONLY", "DB-IO", "DB-NOT-FOUND")


@dataclass(frozen=True)
class Source:
    """The book that is copied: its folder and its key."""

    folder: Path
    key: bytes


@dataclass(frozen=True)
class Backup:
    """One verified copy. ``made_at`` is a UTC stamp, ``reason`` a short Chinese phrase, ``counts`` rows by table."""

    name: str
    made_at: str
    reason: str
    schema: int
    sha256: str
    size: int
    audit_number: int
    audit_head: str
    counts: Mapping[str, int] = field(default_factory=dict[str, int])


def make_backup(connection: RawConnection, source: Source, *, reason: str, to: Path | None = None) -> Backup:
    """Copy the whole database, prove the copy, then give it its name; raises ``Fault`` and leaves nothing half-made.

    A copy of which the book knows nothing any more, because it was written to, counts as bad. ``to`` is another folder (a stick); without it the book's own is used.
    """
    folder = to or source.folder / FOLDER
    part = folder / f"xm-{secrets.token_hex(6)}.part"
    try:
        folder.mkdir(exist_ok=True)
        with sorted_faults():
            connection.execute("VACUUM INTO ?", (Place(part).uri(create=True),))  # an address: a path may be no text
        made = _proved(connection, part, key=source.key, reason=reason)
        _copy_keyboxes(source.folder, folder, Path(made.name).stem)
        part.replace(folder / made.name)
        _note(folder, made)
    except OSError as trouble:
        raise _sorted(trouble.errno == errno.ENOSPC, gone=trouble.errno in _GONE, elsewhere=to is not None) from None
    except Fault as trouble:
        if to is None or trouble.code not in _OF_THE_DISK:
            raise
        raise _sorted(trouble.code == "DB-FULL", gone=not folder.is_dir(), elsewhere=True) from None
    finally:
        _sweep(part)
    return made


def _sorted(full: bool, *, gone: bool, elsewhere: bool) -> Fault:  # noqa: FBT001 - the first thing to know
    """Say which disk is meant: the book's own, or the stick."""
    if not elsewhere:
        return Fault("DB-FULL") if full else Fault("DB-READONLY")
    return Fault("DB-BACKUP-FULL") if full else Fault("DB-BACKUP-GONE") if gone else Fault("DB-BACKUP-LOCKED")


def _sweep(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the stick is gone or locked; nothing of ours can be left there


def _proved(connection: RawConnection, part: Path, *, key: bytes, reason: str) -> Backup:
    _sync(part)
    with sorted_faults():
        wanted = contents_of(connection)
        copy = raw_connection(Place(part, key))
        try:
            proved = is_sound(copy) and contents_of(copy) == wanted
        finally:
            copy.close()
    if not proved:
        raise Fault("DB-BACKUP-BAD", name=part.name)
    sha = hash_of(part)
    moment = clock.now()
    local = moment.astimezone(clock.BEIJING).strftime("%Y%m%d-%H%M%S")
    return Backup(
        name=f"备份_{local}_m{wanted.schema:04d}_{sha[:8]}.db",
        made_at=clock.stamp(moment),
        reason=reason,
        schema=wanted.schema,
        sha256=sha,
        size=part.stat().st_size,
        audit_number=wanted.audit_number,
        audit_head=wanted.audit_head,
        counts=wanted.counts,
    )


def _sync(path: Path) -> None:
    """Put the copy on the disk itself and out of the cache, so that proving it reads what was written."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in lower-case hex."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _copy_keyboxes(book: Path, folder: Path, stem: str) -> None:
    for box in sorted(book.glob("*.keybox")):
        copy = folder / f"{stem}.{box.name}"
        copy.write_bytes(box.read_bytes())
        _sync(copy)


def _note(folder: Path, made: Backup) -> None:
    with (folder / MANIFEST).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(asdict(made), ensure_ascii=False, sort_keys=True) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def keyboxes_of(file: Path) -> list[Path]:
    """The key containers beside a backup."""
    return sorted(file.parent.glob(f"{file.stem}.*.keybox"))


def backups_in(folder: Path) -> list[Backup]:
    """The backups that lie in a folder, newest first; one that the manifest does not know is told by its name alone."""
    noted = _noted(folder)
    found = [noted.get(path.name) or _by_name(path) for path in folder.glob("备份_*.db") if NAME.fullmatch(path.name)]
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)


def _noted(folder: Path) -> dict[str, Backup]:
    manifest = folder / MANIFEST
    found: dict[str, Backup] = {}
    for line in manifest.read_text("utf-8").splitlines() if manifest.exists() else ():
        try:
            one = Backup(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[one.name] = one
    return found


def _by_name(path: Path) -> Backup:
    match = NAME.fullmatch(path.name)
    local, schema = (match[1], match[2]) if match else ("19700101-000000", "0")
    made = datetime.strptime(local, "%Y%m%d-%H%M%S").replace(tzinfo=clock.BEIJING)
    return Backup(path.name, clock.stamp(made), "", int(schema), "", path.stat().st_size, 0, "")
