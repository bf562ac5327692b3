"""Which old backups may go: everything of two days stays, then one a day, a week, a month (Anki's rule)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from db.backup import BEFORE_MIGRATION, Backup, backups_in, keyboxes_of
from xmdesk import clock

ALL_FOR: Final = timedelta(days=2)
BEFORE_MIGRATION_FOR: Final = timedelta(days=90)
ALWAYS: Final = 2
DAYS: Final = 12
WEEKS: Final = 10
MONTHS: Final = 9


def superfluous(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """The backups that may go. The two newest always stay, and those made before an upgrade for ninety days."""
    ordered = sorted(backups, key=lambda one: one.made_at, reverse=True)
    kept = {one.name for one in ordered[:ALWAYS]}
    older: list[Backup] = []
    for one in ordered:
        age = now - _made(one)
        if age < ALL_FOR or (one.reason == BEFORE_MIGRATION and age < BEFORE_MIGRATION_FOR):
            kept.add(one.name)
        else:
            older.append(one)
    kept |= _newest_of_each(older, DAYS, lambda made: made.strftime("%Y-%m-%d"))
    kept |= _newest_of_each(older, WEEKS, lambda made: made.strftime("%G-%V"))
    kept |= _newest_of_each(older, MONTHS, lambda made: made.strftime("%Y-%m"))
    return [one for one in ordered if one.name not in kept]


def thin(folder: Path) -> int:
    """Delete what may go, with the key containers beside it; return how many backups that were."""
    going = superfluous(backups_in(folder), clock.now())
    for one in going:
        file = folder / one.name
        for path in (file, *keyboxes_of(file)):
            path.unlink(missing_ok=True)
    return len(going)


def _made(one: Backup) -> datetime:
    return datetime.fromisoformat(one.made_at).astimezone(clock.BEIJING)


def _newest_of_each(ordered: Sequence[Backup], most: int, span: Callable[[datetime], str]) -> set[str]:
    newest: dict[str, str] = {}
    for one in ordered:
        newest.setdefault(span(_made(one)), one.name)
    return set(list(newest.values())[:most])
