"""What the program notes about the file itself, outside history: when it was last checked."""

from datetime import datetime, timedelta
from typing import Final

from db.driver import RawConnection
from xmdesk import clock

CHECKED: Final = "checked_at"
CHECK_EVERY: Final = timedelta(days=7)

_GET: Final = "SELECT value FROM upkeep WHERE name = ?"
_PUT: Final = "INSERT INTO upkeep (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def noted(connection: RawConnection, name: str) -> str:
    """A note, or empty text."""
    row = connection.execute(_GET, (name,)).fetchone()
    return str(row[0]) if row else ""


def note(connection: RawConnection, name: str, value: str) -> None:
    """Write a note."""
    connection.execute(_PUT, (name, value))


def check_is_due(connection: RawConnection) -> bool:
    """Whether the last check is a week old, never happened, or lies in the future (a wrong clock)."""
    last = noted(connection, CHECKED)
    if not last:
        return True
    age = clock.now() - datetime.fromisoformat(last)
    return not timedelta(0) <= age < CHECK_EVERY
