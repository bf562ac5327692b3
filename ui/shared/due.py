"""Days and moments as people read them: how long there is until one, in words and colour; in the columns of a table
2026-11-29 14:05, which stand below each other, everywhere else 2026年11月29日 14:05. Nothing else in the window writes them.
"""

from datetime import date, datetime

from xmdesk import clock
from xmdesk.records.values.dates import show_day, show_moment

WEEK = 7


def left(due: date, today: date) -> tuple[str, str]:
    """Return words and tone for the days until something is due."""
    days = (due - today).days
    if days < 0:
        return f"逾期 {-days} 天", "wrong"
    if days == 0:
        return "今天", "missing"
    return f"还有 {days} 天", "missing" if days <= WEEK else "note"


def day_words(due: date, today: date) -> str:
    """Return a day, with its year where that is another one."""
    year = "" if due.year == today.year else f"{due.year}年"
    return f"{year}{due.month}月{due.day}日"


def table_day(value: date | str | None) -> str:
    """Return a stored day, part of a day (2026-11) or local moment as tables show it."""
    return value.isoformat() if isinstance(value, date) else (value or "").replace("T", " ")


def table_time(stamp: str) -> str:
    """Return a stored moment (UTC) as tables show it: 2026-11-23 14:05."""
    return f"{datetime.fromisoformat(stamp).astimezone(clock.BEIJING):%Y-%m-%d %H:%M}" if stamp else ""


def said_time(stamp: str) -> str:
    """Return a stored moment (UTC) as it is told: 2026年11月23日 14:05."""
    return show_moment(datetime.fromisoformat(stamp)) if stamp else ""


def said_day(value: date | str | None) -> str:
    """Return a day, or the day here of a stored moment (UTC), as it is told: 2026年11月23日."""
    if isinstance(value, str) and value:
        value = date.fromisoformat(clock.day_of(value) if "T" in value else value)
    return show_day(value or None)


def said_month(day: date) -> str:
    """Return the month of a day: 2026年11月."""
    return f"{day.year}年{day.month}月"
