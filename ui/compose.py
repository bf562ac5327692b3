"""Where the faces meet storage: opens a book and hands its memory to the services. The only module that imports ``db``."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse, XmError
from xmdesk.files import atomic_write, make_folder, shown_path
from xmdesk.problems import problem
from xmdesk.records.base import fields_of
from xmdesk.records.codes import OfficeKind
from xmdesk.records.office import Office
from xmdesk.records.values.reading import Bad
from xmdesk.services.backups import BackupFile, Restored
from xmdesk.services.desk import Desk
from xmdesk.services.keyring import Keyring
from xmdesk.services.offices import CLERK, REVIEWER, OfficeDesk
from xmdesk.trust.argon import DEFAULT_COST, FLOOR_COST, Cost

if TYPE_CHECKING:
    from db.book import OpenBook
    from xmdesk.problems import Problem

KEYRING = "keyring"
QUICK_BYTES = 3 << 20
_CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)


@dataclass(frozen=True)
class NewBook:
    """A book just made: its desk, and the recovery code that is shown once."""

    desk: Desk
    recovery_code: str


@dataclass(frozen=True)
class _BookUpkeep:
    """What a desk asks of the open book."""

    book: "OpenBook"

    def close(self) -> None:
        """Close the book."""
        self.book.close()

    def back_up(self, reason: str, to: Path | None = None) -> Path:
        """Make a verified backup."""
        return (to or self.book.folder / _backup_folder()) / self.book.backup(reason, to=to).name

    def back_up_if_due(self, reason: str) -> None:
        """Make a backup when something changed and the newest one is half an hour old."""
        self.book.backup_if_due(reason)

    def owes_long_backup(self) -> bool:
        """Tell whether a backup is due that takes so long that it is felt (26 ms for a megabyte, 2026-11)."""
        return self.book.size > QUICK_BYTES and self.book.is_backup_due()

    def notices(self) -> "list[Problem]":
        """Return what was noticed when the book was opened."""
        return self.book.notices

    def notice(self, found: "Problem") -> None:
        """Let a person hear of one thing more."""
        self.book.notices.append(found)

    def put_notices_away(self) -> None:
        """The person has read them."""
        self.book.notices.clear()

    def newest_backup(self) -> str:
        """When the newest backup was made."""
        newest = next(iter(self.book.backups()), None)
        return newest.made_at if newest else ""


def create_book(
    path: Path, *, code: str, name: str = "", desk: str = "", password: str, cost: Cost = DEFAULT_COST
) -> NewBook:
    """Make a book for a division code (12 digits office, 9 township, 6 district) and open it."""
    from db.book import NewBook as About
    from db.book import create_book as create
    from xmdesk.divisions import Divisions

    check_code(code)
    if desk not in ("", CLERK, REVIEWER):
        raise WrongUse("BOOK-DESK")
    chosen = desk or (CLERK if len(code) == 12 else REVIEWER)
    division = Divisions().get(code)
    named = _office_name(name) or (division.name if division else code)
    book, recovery_code = create(path, About(code=code, name=named, desk=chosen), password=password, cost=cost)
    made = _desk(book)
    _furnish(made, code, chosen)
    return NewBook(made, recovery_code)


def _office_name(typed: str) -> str:
    """Return a name as the record of the office keeps it; one that it cannot keep is refused (``BOOK-NAME``)."""
    try:
        return fields_of(Office)["name"].kind.read(typed).value or ""
    except Bad as bad:
        raise WrongUse("BOOK-NAME", why=problem(bad.code, **bad.facts).text) from None


def check_code(code: str) -> None:
    """Refuse (``BOOK-CODE``) what is no division code of an office, a township or a district."""
    if not _CODE.fullmatch(code):
        raise WrongUse("BOOK-CODE", code=code[:20])


def open_book(path: Path, password: str) -> Desk:
    """Open a book by its password; after five wrong ones every further try has to wait (trust.md TM3)."""
    from db.book import open_book as open_

    with patient(path):
        book = open_(path, password=password)
    return _desk(book)


@contextmanager
def patient(path: Path) -> Generator[None]:
    """Count wrong passwords beside the key container; refuse (``LOGIN-WAIT``) while a wait is running."""
    from xmdesk.trust.login_delay import LoginDelay

    side = path / "book.delay"
    delay = LoginDelay.from_json(side.read_text("utf-8")) if side.is_file() else LoginDelay()
    left = delay.wait(clock.now())
    if left:
        raise Fault("LOGIN-WAIT", seconds=int(left.total_seconds()))
    try:
        yield
    except Fault as trouble:
        if trouble.code == "T-PASSWORD-WRONG" and path.is_dir():
            atomic_write(side, delay.failed(clock.now()).to_json().encode(), force=True)
        raise
    if delay.failures:
        side.unlink(missing_ok=True)


def code_of(path: Path) -> str:
    """Return the division code of a book, which stands outside on its key container; nothing where there is none."""
    from db.book import KEYBOX, read_keybox

    try:
        return read_keybox(path / KEYBOX).label
    except XmError:
        return ""


def prove_password(path: Path, password: str) -> None:
    """Make sure that whoever sits before an open book knows its password; wrong ones wait as with opening it."""
    from db.book import KEYBOX, read_keybox

    with patient(path):
        read_keybox(path / KEYBOX).open(password)


@contextmanager
def opened(path: Path, password: str) -> Generator[Desk]:
    """Open a book for the length of a block."""
    with open_book(path, password).closing() as desk:
        yield desk


def doctor(path: Path, password: str) -> dict[str, Any]:
    """Examine a book: integrity, audit chain, attachments, backups."""
    from db.book import open_book as open_
    from db.doctor import examine

    with open_(path, password=password) as book:
        checks = examine(book)
    return {"ok": all(one.ok for one in checks), "checks": [one.as_json() for one in checks]}


def make_backup(path: Path, password: str, to: Path | None) -> dict[str, Any]:
    """Make a verified backup and prove it by reading it again."""
    from db.book import open_book as open_

    with open_(path, password=password) as book:
        made = book.backup("手动", to=to)
    return {"path": shown_path((to or path / _backup_folder()) / made.name), "counts": dict(made.counts), "ok": True}


def backups_of(folder: Path) -> list[BackupFile]:
    """Return the backups of a book, newest first; neither the book nor a backup is opened."""
    from db.backup import FOLDER

    return backups_in(folder / FOLDER)


def backups_in(folder: Path) -> list[BackupFile]:
    """Return the backups that lie in a folder, newest first."""
    from db.backup import backups_in as found_in

    return [BackupFile(folder / one.name, one.made_at, one.reason, one.size, one.counts) for one in found_in(folder)]


def restore_beside(file: Path, password: str, book: Path | None, home: Path | None = None) -> Restored:
    """Restore a backup as a new book beside another one, or among the books of this user, or in a folder of one's own choice.

    Nothing is overwritten.
    The recovery code opens it as well as the password of its day.
    """
    from db.restore import restore
    from db.restore import verify_backup as verify
    from xmdesk.paths import user_data

    secret, recovery = _secret(password)
    code = verify(file, password=secret, recovery_code=recovery).code
    home = home or (book.parent if book is not None else user_data() / "台账")
    make_folder(home)
    plain = home / f"{code}-恢复{clock.today():%Y%m%d}"
    numbered = (plain.with_name(f"{plain.name}-{number}") for number in count(2))
    folder = next(one for one in chain([plain], numbered) if not one.exists())
    return Restored(folder, dict(restore(file, folder, password=secret, recovery_code=recovery).contents.counts))


def _secret(typed: str) -> tuple[str, str]:
    """Return password and recovery code, one of them empty: the check character of a recovery code is right."""
    from xmdesk.trust.recovery_code import read_code

    try:
        read_code(typed)
    except WrongUse:
        return typed, ""
    return "", typed


def verify_backup(file: Path, password: str) -> dict[str, Any]:
    """Check that a backup opens and is whole."""
    from db.restore import verify_backup as verify

    secret, recovery = _secret(password)
    proven = verify(file, password=secret, recovery_code=recovery)
    return {"path": shown_path(file), "counts": dict(proven.contents.counts), "ok": True}


def restore_backup(file: Path, to: Path, password: str) -> dict[str, Any]:
    """Restore a backup into a new book folder."""
    from db.restore import restore

    proven = restore(file, to, password=password)
    return {"path": shown_path(to), "counts": dict(proven.contents.counts), "ok": True}


def _backup_folder() -> str:
    from db.backup import FOLDER

    return FOLDER


def recover_book(path: Path, recovery_code: str, new_password: str) -> Desk:
    """Open a book by its recovery code and give it a new password; the code stays valid."""
    from db.book import KEYBOX, read_keybox

    box = read_keybox(path / KEYBOX)
    renewed = box.reset_password(recovery_code, new_password=new_password)
    atomic_write(path / KEYBOX, renewed.to_json().encode(), force=True)
    (path / "book.delay").unlink(missing_ok=True)
    return open_book(path, new_password)


def change_password(path: Path, password: str, new_password: str) -> None:
    """Change a book's password; the data and the keys are not encrypted anew."""
    from db.book import KEYBOX, read_keybox

    with patient(path):
        renewed = read_keybox(path / KEYBOX).change_password(password, new_password=new_password)
    atomic_write(path / KEYBOX, renewed.to_json().encode(), force=True)


@dataclass(frozen=True)
class NewRecovery:
    """A recovery code made but not in force yet: the old one is valid until this one was written down and kept."""

    code: str
    _box: str
    _path: Path

    def keep(self) -> None:
        """Let it be the recovery code from now on."""
        atomic_write(self._path, self._box.encode(), force=True)


def new_recovery(path: Path, password: str) -> NewRecovery:
    """Make another recovery code for a book; the data and the keys are not encrypted anew."""
    from db.book import KEYBOX, read_keybox

    with patient(path):
        box, code = read_keybox(path / KEYBOX).add_recovery(password)
    return NewRecovery(code, box.to_json(), path / KEYBOX)


def _desk(book: "OpenBook") -> Desk:
    """Build the desk. Its keys open by a random secret that only the open book knows, so one password opens all."""
    office = OfficeDesk(book.store)
    office.greet()
    secret = office.setting(KEYRING)
    if not secret:
        secret = token_hex(32)
        office.set_setting(KEYRING, secret, label="建立密钥柜")
    keyring = Keyring(book.folder, label=book.code, password=str(secret), cost=FLOOR_COST)
    return Desk(folder=book.folder, store=book.store, keyring=keyring, upkeep=_BookUpkeep(book))


def _furnish(desk: Desk, code: str, kind: str) -> None:
    """Fill in what the code says: kind of office, district and township; a reviewer's roster from the national list."""
    from xmdesk.divisions import Picking
    from xmdesk.ports import StepKind
    from xmdesk.services.tasks import roster_from_divisions

    office = desk.office.office().changed(kind=_office_kind(code), **Picking().place(code))
    with desk.store.change("填入区划资料", kind=StepKind.SYSTEM) as change:
        change.save(office)
        if kind == REVIEWER:
            change.save_many(roster_from_divisions(code))


def _office_kind(code: str) -> OfficeKind:
    """GB/T 10114 and the coding rules for villages: 001–199 residents', 200–399 villagers' committees, the rest similar."""
    if len(code) < 12:
        return OfficeKind.TOWNSHIP if len(code) == 9 else OfficeKind.DISTRICT
    number = int(code[9:])
    if number < 200:
        return OfficeKind.COMMUNITY
    return OfficeKind.VILLAGE if number < 400 else OfficeKind.SIMILAR
