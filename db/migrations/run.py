"""Bring a database to the shape this program knows: numbered SQL files, each applied once, in one transaction.

``PRAGMA user_version`` holds the number of the newest applied file. A new database runs the same files as an old one.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from db.driver import RawConnection, complete_statement
from xmdesk.errors import Fault

APPLICATION_ID: Final = 0x584D444B
"""``XMDK`` at bytes 68–71 of an unencrypted file."""

FOLDER: Final = Path(__file__).parent


def migrations() -> dict[int, Path]:
    """The files by number."""
    found = {int(path.name[:4]): path for path in FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql")}
    return dict(sorted(found.items()))


def newest() -> int:
    """Number of the newest shape this program knows."""
    return max(migrations())


def version_of(connection: RawConnection) -> int:
    """Shape of this database; 0 when nothing was made in it yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_identity(connection: RawConnection) -> None:
    """Refuse (``Fault``) databases of other programs and of newer releases, naming both versions."""
    found = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if found != APPLICATION_ID:
        raise Fault("DB-FOREIGN")
    version = version_of(connection)
    if version > newest():
        raise Fault("DB-NEWER", found=version, known=newest())


def migrate(connection: RawConnection, *, backup: Callable[[], object] | None = None) -> int:
    """Apply what is missing and return how many files that were; ``backup`` is called before an old book is touched.

    All files run in one transaction, foreign keys are checked before it ends; after any error the old shape stands.
    """
    present = version_of(connection)
    missing = {number: path for number, path in migrations().items() if number > present}
    if not missing:
        return 0
    if present and backup is not None:
        backup()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for path in missing.values():
            for statement in statements(path.read_text("utf-8")):
                connection.execute(statement)
        _end(connection, max(missing))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return len(missing)


def _end(connection: RawConnection, version: int) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Fault("DB-DAMAGED")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("COMMIT")


def statements(text: str) -> Iterator[str]:
    """Cut a file into statements; a trigger's body counts as one. ``executescript`` would commit on its own."""
    held = ""
    for line in re.sub(r"^--.*$", "", text, flags=re.MULTILINE).splitlines(keepends=True):
        held += line
        if held.strip() and complete_statement(held):
            yield held.strip()
            held = ""
