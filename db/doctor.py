"""Examine an open book thoroughly: pages, indexes, audit chain, attachments, backups, disk."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import sqlalchemy as sa

from db.backup import FOLDER, hash_of
from db.book import LITTLE_FREE, MEGABYTE, OpenBook
from db.examine import is_sound, pages_are_authentic
from db.history import first_break
from db.tables import blobs
from xmdesk import clock
from xmdesk.problems import Problem, Severity, problem
from xmdesk.records.doings import Attachment

OLD_BACKUP: Final = timedelta(days=7)


@dataclass(frozen=True)
class Check:
    """One examination: a stable name, its Chinese title, and what was found (None: nothing wrong)."""

    name: str
    title: str
    problem: Problem | None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; a warning (no backup yet, little space) is advice about a sound book."""
        return self.problem is None or self.problem.severity is not Severity.ERROR

    def as_json(self) -> dict[str, object]:
        """Shape for ``book doctor``."""
        found = self.problem.as_json() if self.problem else None
        return {"name": self.name, "title": self.title, "ok": self.ok, "problem": found}


def examine(book: OpenBook) -> list[Check]:
    """Run every examination; none of them changes anything."""
    asked: dict[str, tuple[str, Callable[[OpenBook], Problem | None]]] = {
        "pages": ("加密页校验", _pages),
        "integrity": ("数据库完整性", _integrity),
        "audit": ("操作记录链", _audit),
        "attachments": ("附件", _attachments),
        "backups": ("备份", _backups),
        "disk": ("磁盘空间", _disk),
    }
    return [Check(name, title, ask(book)) for name, (title, ask) in asked.items()]


def _pages(book: OpenBook) -> Problem | None:
    with book.store.connections.resting() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return None if pages_are_authentic(connection) else problem("DB-CHECK-PAGES")


def _integrity(book: OpenBook) -> Problem | None:
    with book.store.connections.resting() as connection:
        return None if is_sound(connection) else problem("DB-CHECK-INTEGRITY")


def _audit(book: OpenBook) -> Problem | None:
    with book.store.connections.reading() as connection:
        broken = first_break(connection)
    return problem("DB-AUDIT-BROKEN", step=broken) if broken else None


def _attachments(book: OpenBook) -> Problem | None:
    """Every stored blob answers to its hash, and every attachment has its blob."""
    with book.store.connections.reading() as connection:
        held = [str(one) for one in connection.execute(sa.select(blobs.c.sha256)).scalars()]
        wrong = [one for one in held if _hash_of_blob(connection, one) != one]
    wanted = {one.sha256 for one in book.store.all(Attachment) if one.sha256}
    bad = len(wrong) + len(wanted - set(held))
    return problem("DB-CHECK-ATTACHMENTS", count=bad) if bad else None


def _hash_of_blob(connection: sa.Connection, sha: str) -> str:
    content = connection.execute(sa.select(blobs.c.content).where(blobs.c.sha256 == sha)).scalar_one()
    return sha256(content).hexdigest()


def _backups(book: OpenBook) -> Problem | None:
    """The newest backup is young enough and still has the bytes it was made with."""
    found = book.backups()
    if not found:
        return problem("DB-CHECK-NO-BACKUP")
    newest = found[0]
    if newest.sha256 and hash_of(book.folder / FOLDER / newest.name) != newest.sha256:
        return problem("DB-CHECK-BACKUP-CHANGED", name=newest.name)
    age = clock.now() - datetime.fromisoformat(newest.made_at)
    return problem("DB-CHECK-OLD-BACKUP", days=age.days) if age > OLD_BACKUP else None


def _disk(book: OpenBook) -> Problem | None:
    free = shutil.disk_usage(book.folder).free // MEGABYTE
    return problem("DB-SPACE-LOW", free=free) if free < LITTLE_FREE else None
