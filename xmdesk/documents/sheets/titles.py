"""What the lines above a table say about it: the year, the cut-off day, the office. Offered, never taken silently."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = re.compile(r"(20\d{2})\s*年度?")
_QUARTER = re.compile(r"(20\d{2})\s*年?\s*第?\s*([一二三四1-4])\s*季度")
_HALF = re.compile(r"(20\d{2})\s*年?\s*(上|下)半年")
_DAY = re.compile(r"(20\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})")
_OFFICE = re.compile(r"(?:填报单位|统计单位|单位名称|单位|村\(社区\))\s*:\s*([^\s:()]{2,30})")
_CUT_OFF = re.compile(r"(?:截止|截至|截止时间|截止日期|统计时间|填报日期|填表日期|时间)\s*(?:到|至|日期)?\s*:?\s*")


@dataclass(frozen=True)
class Offered:
    """Findings in the titles; empty where nothing was found. ``period`` as in 2026, 2026H1, 2026Q4."""

    year: int | None = None
    period: str = ""
    as_of: str = ""
    office: str = ""


def offered(titles: Sequence[str], sheet_name: str = "") -> Offered:
    """Read the title lines and the sheet's name."""
    lines = [unicodedata.normalize("NFKC", line) for line in (*titles, sheet_name)]
    text = "\n".join(lines)
    year = _YEAR.search("\n".join(_DAY.sub("", line) for line in lines))
    office = _OFFICE.search(text)
    return Offered(
        year=int(year.group(1)) if year else None,
        period=_period(text, year.group(1) if year else ""),
        as_of=_as_of(text),
        office=office.group(1) if office else "",
    )


def _period(text: str, year: str) -> str:
    quarter = _QUARTER.search(text)
    if quarter:
        return f"{quarter.group(1)}Q{_QUARTERS[quarter.group(2)]}"
    half = _HALF.search(text)
    if half:
        return f"{half.group(1)}H{1 if half.group(2) == '上' else 2}"
    return year


def _as_of(text: str) -> str:
    for found in _CUT_OFF.finditer(text):
        day = _DAY.match(text, found.end())
        if day:
            year, month, number = (int(part) for part in day.groups())
            if 1 <= month <= 12 and 1 <= number <= 31:
                return f"{year:04}-{month:02}-{number:02}"
    return ""
