"""Days as people write them: 2025年11月, 1962.11, 2026/4/18, 20260418, 二〇二六年, Excel serials.

A partial day is ISO 8601 text of the precision that was given: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
"""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from xmdesk.clock import BEIJING
from xmdesk.records.values.cells import Cell, is_finite, narrow, open_cell, quote
from xmdesk.records.values.hours_of_day import parted
from xmdesk.records.values.numerals import ALL, chinese_digits, chinese_number
from xmdesk.records.values.reading import Bad, Note, Read

FIRST_YEAR, LAST_YEAR = 1000, 2199
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_SERIALS = range(10000, 73416)
_LUNAR = re.compile(r"农历|阴历|旧历|夏历|腊月|正月|冬月|闰|初[一二三四五六七八九十]")
_TIME_TAIL = re.compile(r"(?:\s*T|\s+)(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_WEEKDAY_TAIL = re.compile(r"\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?$")
_BREAK = r"\s*[年./\-。]\s*"
_WRITTEN = re.compile(
    rf"(\d{{4}})(?:\s*年?|{_BREAK}(\d{{1,2}})(?:\s*月(?:份)?|(?:\s*月\s*|\s*[./\-。]\s*)(\d{{1,2}})\s*[日号]?)?)",
    re.ASCII,
)
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_WHOLE_YEAR = re.compile(r"(\d{4})\.0+", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_NO_YEAR = re.compile(r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号]?)?|\d{1,2}[./-]\d{1,2}", re.ASCII)
_SHORT_YEAR = re.compile(r"'?\d{2}\s*(?:年.*|[./-]\d{1,2}[./-]\d{1,2})", re.ASCII)


class _Parts(NamedTuple):
    year: int
    month: int = 0
    day: int = 0


def read_day(raw: object, *, epoch_1904: bool = False) -> Read[date | None]:
    """Read a full calendar day; a bare month or year is refused."""
    found = read_partial_day(raw, epoch_1904=epoch_1904)
    if not found.value:
        return Read(None, found.notes)
    if len(found.value) < 10:
        raise Bad("V-DATE-PARTIAL", text=found.value)
    return Read(date.fromisoformat(found.value), found.notes)


def read_partial_day(raw: object, *, epoch_1904: bool = False) -> Read[str]:
    """Read a day, month or year, keeping the precision; ``epoch_1904`` is the workbook's date system."""
    if isinstance(raw, bool):
        raise Bad("V-DATE", text=quote("是" if raw else "否"))
    if isinstance(raw, date):
        return Read(_iso(_Parts(raw.year, raw.month, raw.day), raw.isoformat()[:10]))
    if isinstance(raw, int | float | Decimal):
        return _read_number(raw, epoch_1904=epoch_1904)
    cell = open_cell(raw)
    if not cell.text:
        return Read("", cell.notes())
    text = _WEEKDAY_TAIL.sub("", _TIME_TAIL.sub("", narrow(cell.text).lstrip("'‘’`"))).strip()
    if re.fullmatch(r"[0-9]{5}", text):
        return _read_number(int(text), epoch_1904=epoch_1904)
    return _read_text(text, cell)


def read_year(raw: object) -> Read[int | None]:
    """Read a calendar year, also one that went through a column of numbers (2020.0); a fuller date gives its year with a note."""
    whole = _WHOLE_YEAR.fullmatch(narrow(open_cell(raw).text)) if isinstance(raw, str) else None
    if whole:
        return Read(read_year(whole[1]).value, (Note("V-TIDIED"),))
    try:
        found = read_partial_day(raw)
    except Bad as bad:
        raise Bad("V-YEAR" if bad.code == "V-DATE" else bad.code, **bad.facts) from None
    if not found.value:
        return Read(None, found.notes)
    notes = found.notes if len(found.value) == 4 else (Note("V-YEAR-ONLY", {"year": found.value[:4]}),)
    return Read(int(found.value[:4]), notes)


def read_moment(raw: object) -> Read[str]:
    """Read a day with an optional time of day: ``YYYY-MM-DDTHH:MM`` in local time, or the bare day."""
    if isinstance(raw, datetime):
        day = read_day(raw.date()).value
        return Read(f"{day}T{raw:%H:%M}" if (raw.hour or raw.minute) else f"{day}")
    typed = narrow(open_cell(raw).text) if isinstance(raw, str) else ""
    day, hour = parted(typed)
    try:
        found = read_day(day if hour else raw)
    except Bad as bad:
        if bad.code != "V-DATE":
            raise
        raise Bad("V-MOMENT", text=quote(typed) or bad.facts["text"]) from None
    if hour and found.value is None:
        raise Bad("V-MOMENT", text=quote(typed))
    return Read(f"{found.value}{hour}" if found.value else "", found.notes)


def earliest(partial: str) -> date:
    """First day that a partial day may mean."""
    year, month, day = _numbers(partial)
    return date(year, month or 1, day or 1)


def latest(partial: str) -> date:
    """Last day that a partial day may mean."""
    year, month, day = _numbers(partial)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def show_day(day: date | None) -> str:
    """Return 2026年1月5日, without leading zeros (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def show_moment(moment: datetime) -> str:
    """Return 2026年1月5日 09:30, as the clocks in China show it."""
    local = moment.astimezone(BEIJING)
    return f"{show_day(local.date())} {local:%H:%M}"


def show_partial(partial: str) -> str:
    """Return 2026年1月5日, 2026年1月 or 2026年."""
    return "".join(f"{part}{sign}" for part, sign in zip(_numbers(partial), "年月日", strict=True) if part)


def _numbers(partial: str) -> tuple[int, int, int]:
    parts = [int(part) for part in partial.split("-") if part]
    year, month, day = (*parts, 0, 0, 0)[:3]
    return year, month, day


def _read_number(raw: float | Decimal, *, epoch_1904: bool) -> Read[str]:
    if not is_finite(raw) or abs(raw) >= 10**9:
        raise Bad("V-DATE", text="…")
    whole = int(raw)
    if whole in _SERIALS:
        day = (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(days=whole)
        return Read(day.isoformat(), (Note("V-DATE-SERIAL", {"number": whole, "day": day.isoformat()}),))
    text = open_cell(raw).text
    if re.fullmatch(r"\d{4}\.1", text):
        raise Bad("V-DATE-TENTH", text=text, year=whole)
    return _read_text(text, Cell(text))


def _read_text(text: str, cell: Cell) -> Read[str]:
    if _LUNAR.search(text):
        raise Bad("V-DATE-LUNAR")
    plain = _in_figures(text)
    order = _YEAR_LAST.fullmatch(plain)
    if order:
        return _year_last(plain, int(order[1]), int(order[2]), year=int(order[3]))
    found = _WRITTEN.fullmatch(plain) or _SOLID.fullmatch(plain)
    if not found:
        raise _unreadable(plain, text)
    iso = _iso(_Parts(*(int(part or 0) for part in found.groups())), text)
    _refuse_zero(found, text)
    return Read(iso, cell.notes(iso))


def _refuse_zero(found: re.Match[str], text: str) -> None:
    if any(part is not None and int(part) == 0 for part in found.groups()):
        raise Bad("V-DATE", text=quote(text))


def _in_figures(text: str) -> str:
    """Turn 二〇二六年一月五日 into 2026年1月5日; other text stays."""
    text = text.replace("年元月", "年1月")
    if not re.match(f"[{ALL}]{{4}}\\s*年", text):
        return text
    year, _, rest = text.partition("年")
    figures = re.sub(f"[{ALL}]+", lambda found: str(chinese_number(found[0])), rest.replace("廿", "二十"))
    return f"{chinese_digits(year.strip())}年{figures}"


def _year_last(text: str, first: int, second: int, *, year: int) -> Read[str]:
    if first <= 12 and second <= 12 and first != second:
        raise Bad("V-DATE-AMBIGUOUS", text=text, first=f"{first} 月 {second} 日", second=f"{second} 月 {first} 日")
    month, day = (second, first) if first > 12 else (first, second)
    iso = _iso(_Parts(year, month, day), text)
    if day == 0:
        raise Bad("V-DATE", text=quote(text))
    return Read(iso, (Note("V-DATE-ORDER", {"text": text, "day": iso}),))


def _iso(parts: _Parts, text: str) -> str:
    year, month, day = parts
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Bad("V-DATE-YEAR", text=quote(text))
    if month > 12:
        raise Bad("V-DATE-MONTH", text=quote(text))
    if day and day > monthrange(year, month or 1)[1]:
        raise Bad("V-DATE-DAY", text=quote(text), year=year, month=month, day=day)
    return "-".join(f"{part:02d}" for part in parts if part)


def _unreadable(plain: str, text: str) -> Bad:
    if _NO_YEAR.fullmatch(plain):
        return Bad("V-DATE-NO-YEAR", text=quote(text))
    if _SHORT_YEAR.fullmatch(plain):
        return Bad("V-DATE-SHORT-YEAR", text=quote(text))
    return Bad("V-DATE", text=quote(text))
