"""Days typed without their year or month (12.5, 12月5日, 5日), or by name (昨天): what the person at the desk means, seen from today."""

import re
from calendar import monthrange
from datetime import date, timedelta

from xmdesk.records.values.cells import narrow
from xmdesk.records.values.hours_of_day import is_bare_time
from xmdesk.records.values.numerals import ALL

_DAY = re.compile(
    rf"(\d{{1,2}})\s*(?:月|[./\-。])\s*(\d{{1,2}})\s*[日号]?(\s+.+|(?<=[日号])[\d{ALL}].+|[上下中早晚凌清傍午].+|\s*[(（]?(?:星期|周|礼拜).+|T.+)?",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{1,2})\s*月份?", re.ASCII)
_NAMED = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_TAIL = rf"(|\s*[\d{ALL}上下中早晚凌清傍午(（星周礼T].*)"
_BY_NAME = re.compile(rf"({'|'.join(sorted(_NAMED, key=len, reverse=True))})[天日]{_TAIL}", re.ASCII)
_IN_MONTH = re.compile(rf"(\d{{1,2}})\s*[日号]{_TAIL}", re.ASCII)


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


def with_month(text: str, today: date, *, is_past: bool) -> str:
    """Return a day typed by its name (昨天, 前天8点) or without its month (23日, 23号8点半) whole; any other text as it is.

    The month is that of today, or the one before where ``is_past`` and the day is still to come.
    """
    plain = narrow(text).strip()
    if named := _BY_NAME.fullmatch(plain):
        day = today + timedelta(days=_NAMED[named[1]])
        return f"{day.year}年{day.month}月{day.day}日{named[2]}"
    found = _IN_MONTH.fullmatch(plain)
    if not found:
        return text
    number, first = int(found[1]), today.replace(day=1)
    if is_past and number > today.day:
        first = (first - timedelta(days=1)).replace(day=1)
    if not 1 <= number <= monthrange(first.year, first.month)[1]:
        return text
    return f"{first.year}年{first.month}月{number}日{found[2]}"
