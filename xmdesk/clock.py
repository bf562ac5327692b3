"""The only place that reads the machine's clock. Tests freeze it with :func:`frozen`."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "+08:00")

BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""When this release was made: no honest clock shows an earlier moment."""

_frozen: ContextVar[datetime | None] = ContextVar("frozen clock", default=None)


def now() -> datetime:
    """Present moment in UTC, to the second."""
    held = _frozen.get()
    return held if held is not None else datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Present calendar day in China (UTC+8, no daylight saving)."""
    return now().astimezone(BEIJING).date()


def stamp(moment: datetime | None = None) -> str:
    """ISO 8601 text of a moment in UTC with a trailing Z, as stored and as signed."""
    return (moment or now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(stamp: str) -> str:
    """Return the calendar day in China of a stored moment; nothing for nothing."""
    return datetime.fromisoformat(stamp).astimezone(BEIJING).date().isoformat() if stamp else ""


@contextmanager
def frozen(moment: datetime) -> Generator[None]:
    """Hold the clock at one moment (tests, demo, reproducible builds)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
