"""Days as people read them: how long there is until one, in words and colour; in sentences 2026年11月29日, in tables
2026-11-29.
"""

from datetime import date

from ui.shared.words import local_time
from xmdesk.records.values.dates import show_day

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


def said_time(stamp: str) -> str:
    """Return a stored moment (UTC) as a sentence tells it: 2026年11月23日 14:05."""
    day, _, hour = local_time(stamp).partition(" ")
    return f"{said_day(day)} {hour}" if day else ""


def said_day(iso: str) -> str:
    """Return a day of a stored moment or day, as a sentence tells it."""
    return show_day(date.fromisoformat(iso[:10])) if iso else ""
