"""How long there is until a day, in words and with the colour that goes with them."""

from datetime import date

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
