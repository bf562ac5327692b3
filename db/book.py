"""A book 台账册 is a folder: the encrypted database, its key container, backups, a lock.

Opening follows a fixed order, so that every trouble is named by its own sentence before anything is written.
"""

import secrets
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import uuid4

from db import upkeep
from db.backup import BEFORE_MIGRATION, FOLDER, Backup, Source, backups_in, make_backup
from db.driver import RawConnection
from db.engine import KEY_BYTES, Connections, Place, raw_connection, writer_connection
from db.examine import is_quickly_sound
from db.faults import fault_of_system, sorted_faults
from db.history import first_break
from db.lock import BookLock
from db.migrations.run import check_identity, migrate
from db.places import check_ground
from db.store import SqlStore
from db.thinning import thin
from xmdesk import __version__, clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.files import atomic_write, read_bytes, shown_name
from xmdesk.ports import StepKind
from xmdesk.problems import Problem, problem
from xmdesk.records.codes import OfficeKind
from xmdesk.records.keeping import OfficeSetting
from xmdesk.records.office import Office
from xmdesk.records.submission import SEALED_FOLDER
from xmdesk.trust.argon import DEFAULT_COST, Cost
from xmdesk.trust.keybox import Keybox

DATABASE: Final = "台账.db"
KEYBOX: Final = "book.keybox"
WARNING: Final = "请勿直接复制.txt"
WARNING_TEXT: Final = (
    "请不要直接复制、移动或删除这个文件夹里的文件：正在使用时复制出来的数据是不完整的。\r\n"
    "要带走或备份，请打开程序，用“备份与恢复”里的按钮。\r\n"
)
PRIVATE: Final = 0o700
"""A book is for the user of this computer who made it."""
LEAST_FREE: Final = 20
LITTLE_FREE: Final = 500
MEGABYTE: Final = 1 << 20
KEYBOX_LIMIT: Final = 1 << 16
TAIL: Final = 1000
TAIL_ENTRIES: Final = 500
TRIES: Final = 3
CLOCK_SLACK: Final = timedelta(days=1)
BACKUP_EVERY: Final = timedelta(minutes=30)
LEVELS: Final = {12: None, 9: OfficeKind.TOWNSHIP, 6: OfficeKind.DISTRICT}


@dataclass(frozen=True)
class NewBook:
    """Whose book is made: division code (12, 9 or 6 digits), name, and desk (``clerk`` or ``reviewer``)."""

    code: str
    name: str = ""
    desk: str = "clerk"


@dataclass
class OpenBook:
    """A book in use. ``notices`` are findings of opening that a person should see; ``code`` is the office's code."""

    folder: Path
    code: str
    store: SqlStore
    key: bytes = field(repr=False)
    lock: BookLock
    notices: list[Problem]

    def backup(self, reason: str = "手动", *, to: Path | None = None) -> Backup:
        """Make a verified backup, in the book's own folder or in another; old ones of the own folder are thinned.

        The book can be written to meanwhile: then the copy is begun anew, a few times.
        """
        made = self._backup(reason, to)
        if to is None:
            thin(self.folder / FOLDER)
        return made

    def _backup(self, reason: str, to: Path | None, tries: int = TRIES) -> Backup:
        head = self.store.audit_head()
        with closing(raw_connection(self.store.connections.place)) as connection:
            try:
                return make_backup(connection, Source(self.folder, self.key), reason=reason, to=to)
            except Fault as trouble:
                if trouble.code != "DB-BACKUP-BAD" or self.store.audit_head() == head:
                    raise
        if tries == 1:
            raise Fault("DB-BACKUP-MOVED")
        return self._backup(reason, to, tries - 1)

    @property
    def size(self) -> int:
        """Bytes of the database file."""
        return (self.folder / DATABASE).stat().st_size

    def is_backup_due(self) -> bool:
        """Whether something changed since the newest backup and that is half an hour old."""
        newest = next(iter(self.backups()), None)
        if newest is None:
            return True
        age = clock.now() - datetime.fromisoformat(newest.made_at)
        return newest.audit_head != self.store.audit_head()[1] and not timedelta(0) <= age < BACKUP_EVERY

    def backup_if_due(self, reason: str = "定时") -> Backup | None:
        """Make a backup when one is due; while the book is written to all the time, the next look does it."""
        try:
            return self.backup(reason) if self.is_backup_due() else None
        except Fault as trouble:
            if trouble.code != "DB-BACKUP-MOVED":
                raise
            return None

    def backups(self) -> list[Backup]:
        """The backups in the book's own folder, newest first."""
        return backups_in(self.folder / FOLDER)

    def close(self) -> None:
        """Close the database, then sign off from the lock: the mark of an orderly end."""
        self.store.close()
        self.lock.release()

    def __enter__(self) -> Self:
        """Use the book in a ``with``."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


def create_book(folder: Path, about: NewBook, *, password: str, cost: Cost = DEFAULT_COST) -> tuple[OpenBook, str]:
    """Make a book in a new or empty folder and open it; the second value is the recovery code, shown once.

    The folder is filled under another name and renamed when whole. Raises ``Fault`` or ``WrongUse``.
    """
    if len(about.code) not in LEVELS or not (about.code.isascii() and about.code.isdigit()):
        raise WrongUse("DB-BOOK-CODE")
    check_free(folder)
    check_ground(folder.parent)
    key = secrets.token_bytes(KEY_BYTES)
    box = Keybox.create(about.code, secret=key, password=password, cost=cost)
    box, recovery_code = box.add_recovery(password, cost=cost)
    part = folder.with_name(f"xm-{secrets.token_hex(6)}.part")
    try:
        _fill(part, about, key=key, box=box)
        move_in(part, folder)
    except OSError as trouble:
        raise fault_of_system(trouble) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return _open(folder, box.label, key), recovery_code


def open_book(folder: Path, *, password: str = "", recovery_code: str = "") -> OpenBook:
    """Open a book by password or by its recovery code; raises ``Fault``."""
    if not (folder / DATABASE).is_file():
        raise Fault("DB-NOT-FOUND")
    check_ground(folder)
    box = read_keybox(folder / KEYBOX)
    key = box.open_with_recovery(recovery_code) if recovery_code else box.open(password)
    return _open(folder, box.label, key)


def read_keybox(file: Path) -> Keybox:
    """Read a key container; raises ``Fault``."""
    if not file.is_file():
        raise Fault("DB-KEYBOX-MISSING", name=file.name)
    return Keybox.from_json(read_bytes(file, KEYBOX_LIMIT).decode("utf-8", "replace"))


def check_free(folder: Path) -> None:
    """Refuse (``Fault``) a place that is a file, holds something already, has no folder around it or too long a name."""
    try:
        _refuse_file(folder.parent, "DB-NO-PARENT")
        if folder.is_symlink() or folder.exists():
            _refuse_file(folder, "DB-BOOK-FILE")
            if any(folder.iterdir()):
                raise Fault("DB-BOOK-EXISTS", name=shown_name(folder))
    except OSError as trouble:
        raise fault_of_system(trouble) from None


def _refuse_file(place: Path, code: str) -> None:
    if not place.is_dir():
        raise Fault(code, name=shown_name(place))


def move_in(part: Path, folder: Path) -> None:
    """Give a finished folder its name; an empty one of that name gives way."""
    if folder.exists():
        folder.rmdir()
    part.rename(folder)


def _fill(part: Path, about: NewBook, *, key: bytes, box: Keybox) -> None:
    part.mkdir(mode=PRIVATE)
    place = Place(part / DATABASE, key)
    writer = writer_connection(place, create=True)
    with sorted_faults():
        migrate(writer)
    store = SqlStore(Connections(place, writer))
    settings = {"desk": about.desk, "installation": str(uuid4()), "made_at": clock.stamp(), "made_by": __version__}
    with store.change("新建台账册", kind=StepKind.SYSTEM) as change:
        change.save(Office(code=about.code, name=about.name, kind=LEVELS[len(about.code)]))
        change.save_many([OfficeSetting(name=name, value=value) for name, value in settings.items()])
    store.close()
    (part / FOLDER).mkdir()
    atomic_write(part / KEYBOX, box.to_json().encode())
    for file in (part / DATABASE, part / KEYBOX):
        file.chmod(0o600)
    atomic_write(part / WARNING, WARNING_TEXT.encode("utf-8-sig"))


def _open(folder: Path, code: str, key: bytes) -> OpenBook:
    lock = BookLock(folder)
    lock.take()
    opened = False
    try:
        notices = _look_around(folder, ended_badly=lock.ended_badly)
        writer = _sound_writer(folder, key, ended_badly=lock.ended_badly)
        store = SqlStore(Connections(Place(folder / DATABASE, key), writer))
        notices += _audit_notices(store) + _clock_notices(store)
        _clear_leftovers(folder)
        opened = True
    finally:
        if not opened:
            lock.let_go()
    return OpenBook(folder, code, store, key, lock, notices)


def _look_around(folder: Path, *, ended_badly: bool) -> list[Problem]:
    """Free space, and what an end without signing off left behind."""
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < LEAST_FREE:
        raise Fault("DB-SPACE", free=free, needed=LEAST_FREE)
    found = [problem("DB-SPACE-LOW", free=free)] if free < LITTLE_FREE else []
    if ended_badly:
        # A process that was killed leaves its log; where there is none, somebody cleaned up or copied one file only.
        has_log = (folder / f"{DATABASE}-wal").exists()
        found.append(problem("DB-ENDED-BADLY") if has_log else problem("DB-LOG-MISSING"))
    return found


def _sound_writer(folder: Path, key: bytes, *, ended_badly: bool) -> RawConnection:
    """Open (which rolls back what was not committed), check identity, check pages when due, then migrate."""
    writer = writer_connection(Place(folder / DATABASE, key))
    opened = False
    try:
        with sorted_faults():
            check_identity(writer)
            checked = ended_badly or upkeep.check_is_due(writer)
            if checked and not is_quickly_sound(writer):
                raise Fault("DB-DAMAGED")
            source = Source(folder, key)
            migrate(writer, backup=lambda: make_backup(writer, source, reason=BEFORE_MIGRATION))
            if checked:
                upkeep.note(writer, upkeep.CHECKED, clock.stamp())
        opened = True
    finally:
        if not opened:
            writer.close()
    return writer


def _audit_notices(store: SqlStore) -> list[Problem]:
    """The newest links of the audit chain; ``doctor`` looks at all of them."""
    last, _ = store.audit_head()
    with store.connections.reading() as connection:
        broken = first_break(connection, since=max(0, last - TAIL), entries_up_to=TAIL_ENTRIES)
    return [problem("DB-AUDIT-BROKEN", step=broken)] if broken else []


def _clock_notices(store: SqlStore) -> list[Problem]:
    """Tell of a clock that shows an earlier day than the last thing done in this book (trust.md BG5)."""
    last = next((datetime.fromisoformat(one.at) for one in store.steps(limit=1)), clock.now())
    back = last - clock.now()
    if back < CLOCK_SLACK:
        return []
    used = f"{last.astimezone(clock.BEIJING):%Y-%m-%d}"
    return [problem("DB-CLOCK-BACK", last=used, now=clock.today().isoformat(), by=_length(back))]


def _length(time: timedelta) -> str:
    years, months = time.days // 365, time.days // 30
    return f"{years} 年" if years else f"{months} 个月" if months else f"{max(time.days, 1)} 天"


def _clear_leftovers(folder: Path) -> None:
    """Clear what a broken off writing left behind: of the book itself, of a backup, of a sealing."""
    leftovers = (
        folder.glob("xm-*.part"),
        (folder / FOLDER).glob("xm-*.part*"),
        (folder / SEALED_FOLDER).glob("xm-*.part"),
    )
    for part in chain(*leftovers):
        part.unlink(missing_ok=True)
