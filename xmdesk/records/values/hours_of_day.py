"""The time of day at the end of what is typed: 8:30, 8点, 8点半, 下午3点20分."""

import re

from xmdesk.records.values.cells import quote
from xmdesk.records.values.numerals import ALL, chinese_number
from xmdesk.records.values.reading import Bad

_FITS = {
    "凌晨": range(6),
    "清晨": range(4, 9),
    "早晨": range(4, 12),
    "早上": range(4, 12),
    "早": range(4, 12),
    "上午": range(5, 13),
    "中午": range(10, 15),
    "午后": range(12, 19),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
    "晚": range(17, 24),
}
"""Which hours are called so, counted to 24; 晚上12点 may mean either day and is not guessed."""
_CALLED = "|".join(_FITS)
_FIGURES = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?"
_SPOKEN = (
    rf"(?P<spoken>\d{{1,2}}|[{ALL}]{{1,3}})\s*[点时](?:钟|整)?"
    rf"(?:(?P<part>半|一刻|三刻)|(?P<minutes>\d{{1,2}}|[{ALL}]{{1,4}})\s*分?)?"
)
_TIME = re.compile(
    rf"(?:^|[\sT]+|(?<=[日号])|(?={_CALLED}))(?P<called>{_CALLED})?\s*(?:{_FIGURES}|{_SPOKEN})$", re.ASCII
)
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}


def parted(text: str) -> tuple[str, str]:
    """Return what stands before a time of day, and the time as ``T08:30``; nothing where there is none.

    A time that no clock shows raises :class:`Bad`.
    """
    found = _TIME.search(text)
    if not found:
        return text, ""
    hour, minute = _hour(found), _minute(found)
    if hour is None or hour > 23 or minute is None or minute > 59:
        raise Bad("V-TIME", text=quote(found[0].strip()))
    return text[: found.start()].strip(), f"T{hour:02d}:{minute:02d}"


def is_bare_time(text: str) -> bool:
    """Tell whether nothing but a time of day was typed."""
    found = _TIME.search(text)
    return found is not None and found.start() == 0


def _hour(found: re.Match[str]) -> int | None:
    hour, called = _number(found["hour"] or found["spoken"]), found["called"]
    if not called or hour is None:
        return hour
    meant = (hour, hour + 12, hour - 12)
    return next((one for one in meant if one in _FITS[called]), None)


def _minute(found: re.Match[str]) -> int | None:
    if found["part"]:
        return _PARTS[found["part"]]
    return _number(found["minute"] or found["minutes"] or "0")


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_number(text)
