"""Days typed without their year (12.5, 12月5日, 12/5): what the person at the desk means, seen from today."""

import re
from datetime import date

from xmdesk.records.values.cells import narrow
from xmdesk.records.values.hours_of_day import is_bare_time
from xmdesk.records.values.numerals import ALL

_DAY = re.compile(
    rf"(\d{{1,2}})\s*(?:月|[./\-。])\s*(\d{{1,2}})\s*[日号]?(\s+.+|(?<=[日号])[\d{ALL}].+|[上下中早晚凌清傍午].+|\s*[(（]?(?:星期|周|礼拜).+|T.+)?",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{1,2})\s*月份?", re.ASCII)


def with_year(text: str, today: date, *, is_past: bool) -> str:
    """Return the text with the year of today, or the year before where ``is_past`` and the day is still to come.

    A text that has its year, or is no day of any year, stays as it is.
    """
    plain = narrow(text).strip()
    day, month = _DAY.fullmatch(plain), _MONTH.fullmatch(plain)
    if day and 1 <= int(day[1]) <= 12 and 1 <= int(day[2]) <= 31:
        named, tail = (int(day[1]), int(day[2])), f"{int(day[1])}月{int(day[2])}日{day[3] or ''}"
    elif month and 1 <= int(month[1]) <= 12:
        named, tail = (int(month[1]), 1), f"{int(month[1])}月"
    else:
        return text
    is_to_come = named > (today.month, today.day)
    return f"{today.year - 1 if is_past and is_to_come else today.year}年{tail}"


def with_day(text: str, today: date) -> str:
    """Return a bare time of day (8:30, 8点) as that time today; any other text as it is."""
    plain = narrow(text).strip()
    return f"{today.year}年{today.month}月{today.day}日 {plain}" if is_bare_time(plain) else text
