"""Prove a backup, and bring it back as a book, without ever overwriting anything."""

import errno
import secrets
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from db.backup import FOLDER, NAME, hash_of, keyboxes_of
from db.book import DATABASE, KEYBOX, PRIVATE, WARNING, WARNING_TEXT, check_free, move_in, open_book, read_keybox
from db.engine import Place, raw_connection
from db.examine import Contents, contents_of, is_sound, pages_are_authentic
from db.lock import NAME as LOCK
from db.lock import BookLock
from db.migrations.run import check_identity
from xmdesk import clock
from xmdesk.errors import Fault
from xmdesk.files import atomic_write, shown_name
from xmdesk.ports import StepKind
from xmdesk.records.keeping import OfficeSetting

RESCUE: Final = "救援"
DAMAGED: Final = ("DB-DAMAGED", "DB-KEY")
"""What opening a damaged file says: its key container opened, so a key that does not fit is damage too."""
_DENIED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True)
class Proven:
    """A backup that passed: its file, the office's code, and what it holds."""

    file: Path
    code: str
    contents: Contents
    key: bytes = field(repr=False)


def verify_backup(file: Path, *, password: str = "", recovery_code: str = "") -> Proven:
    """Open a backup with the key container beside it and check every page, index and the name's hash.

    Raises ``Fault``: not found, no key container, wrong password, damaged, newer than this program.
    """
    if not file.is_file():
        raise Fault("FILE-NOT-FOUND", name=shown_name(file))
    box = read_keybox(_keybox_of(file))
    key = box.open_with_recovery(recovery_code) if recovery_code else box.open(password)
    match = NAME.fullmatch(file.name)
    if match and not hash_of(file).startswith(match[3]):
        raise Fault("DB-BACKUP-BAD", name=shown_name(file))
    return Proven(file, box.label, _proven_contents(file, key), key)


def _keybox_of(file: Path) -> Path:
    found = file.with_name(f"{file.stem}.{KEYBOX}")
    if not found.is_file():
        raise Fault("DB-BACKUP-KEYBOX", name=shown_name(file))
    return found


def _proven_contents(file: Path, key: bytes) -> Contents:
    """Check pages and indexes; where the damage lies in what SQLite reads first, it says so by itself."""
    try:
        with closing(raw_connection(Place(file, key))) as connection:
            check_identity(connection)
            if pages_are_authentic(connection) and is_sound(connection):
                return contents_of(connection)
    except Fault as fault:
        if fault.code not in DAMAGED:
            raise
    raise Fault("DB-BACKUP-BAD", name=shown_name(file))


def restore(file: Path, to: Path, *, password: str = "", recovery_code: str = "", rescue: bool = False) -> Proven:
    """Make a book of a backup in a new or empty folder.

    With ``rescue`` the folder may hold a closed book: its files are first moved to ``救援/<time>`` inside it; its backups
    stay where they are. The restored book notes ``restored_at`` as a setting. Raises ``Fault`` before touching anything.
    """
    proven = verify_backup(file, password=password, recovery_code=recovery_code)
    if not rescue:
        check_free(to)
    part = to.with_name(f"xm-{secrets.token_hex(6)}.part")
    try:
        _lay_out(proven, part)
        if rescue and to.exists():
            _exchange(part, to)
        else:
            move_in(part, to)
    except OSError as trouble:
        raise _no_room(trouble, to.parent) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _note_restored(to, password=password, recovery_code=recovery_code)
    return proven


def _no_room(trouble: OSError, home: Path) -> Fault:
    if trouble.errno in _DENIED:
        return Fault("DB-RESTORE-LOCKED", name=shown_name(home))
    return Fault("DB-RESTORE-FULL") if trouble.errno == errno.ENOSPC else Fault("DB-IO")


def _lay_out(proven: Proven, part: Path) -> None:
    """Fill a folder with the backup and prove the copy again."""
    part.mkdir(mode=PRIVATE)
    shutil.copyfile(proven.file, part / DATABASE)
    if hash_of(part / DATABASE) != hash_of(proven.file):
        raise Fault("DB-BACKUP-BAD", name=shown_name(proven.file))
    for box in keyboxes_of(proven.file):
        atomic_write(part / box.name.removeprefix(f"{proven.file.stem}."), box.read_bytes())
    (part / FOLDER).mkdir()
    atomic_write(part / WARNING, WARNING_TEXT.encode("utf-8-sig"))


def _exchange(part: Path, to: Path) -> None:
    """Move what is there into the rescue folder, then move the restored files in."""
    lock = BookLock(to)
    lock.take()
    try:
        stamp = clock.now().astimezone(clock.BEIJING).strftime("%Y%m%d-%H%M%S")
        aside = to / RESCUE / f"{stamp}-{secrets.token_hex(2)}"
        aside.mkdir(parents=True)
        for path in [one for one in to.iterdir() if one.name not in (FOLDER, RESCUE, LOCK)]:
            path.rename(aside / path.name)
        (to / FOLDER).mkdir(exist_ok=True)
        for path in [one for one in part.iterdir() if one.name != FOLDER]:
            path.rename(to / path.name)
    finally:
        lock.release()


def _note_restored(folder: Path, *, password: str, recovery_code: str) -> None:
    """Leave a note for the next return, so that the district sees a restore and not a fork."""
    with open_book(folder, password=password, recovery_code=recovery_code) as book:
        known = book.store.find(OfficeSetting, name="restored_at")
        setting = (
            known[0].changed(value=clock.stamp()) if known else OfficeSetting(name="restored_at", value=clock.stamp())
        )
        with book.store.change("从备份恢复", kind=StepKind.SYSTEM) as change:
            change.save(setting)
