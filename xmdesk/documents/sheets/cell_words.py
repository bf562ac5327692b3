"""How a form wants a value written: one date in a dozen spellings, one identity number in six (domain.md G2)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from xmdesk import clock
from xmdesk.documents.sheets.words import plain
from xmdesk.records.kinds import Choice, Count, Day, Kind, Moment, Money, Number, PartialDay, PersonId, Phone, YesNo
from xmdesk.records.values.dates import earliest, show_partial
from xmdesk.records.values.reading import Bad


class CellFormat(StrEnum):
    """A way of writing; the names are kept with a form, so they never change their meaning."""

    TEXT = "text"
    DAY_CHINESE = "2026年1月5日"
    DAY_ISO = "2026-01-05"
    DAY_DOTS = "2026.1.5"
    DAY_DOTS_PADDED = "2026.01.05"
    DAY_SLASHES = "2026/1/5"
    DAY_SOLID = "20260105"
    MONTH_CHINESE = "2026年1月"
    MONTH_ISO = "2026-01"
    MONTH_DOTS = "2026.01"
    MONTH_SOLID = "202601"
    YEAR = "2026"
    AGE = "周岁"
    FULL = "full"
    SPACED = "spaced"
    MASKED = "masked"
    LAST_FOUR = "last4"
    LAST_SIX = "last6"
    YES_NO = "是/否"
    HAS = "有/无"
    TICK = "√/空"
    TICK_CROSS = "√/×"
    ONE_ZERO = "1/0"
    NUMBER = "number"
    NUMBER_UNIT = "number+unit"
    IN_YUAN = "元"
    IN_WAN = "万元"
    LABEL = "label"
    CODE = "code"
    CODE_LABEL = "code label"
    JOIN_SPACE = "a b"
    JOIN_BRACKETS = "a(b)"
    JOIN_COMMA = "a,b"
    JOIN_LINES = "a\nb"


_F = CellFormat
_DAYS = (
    _F.DAY_CHINESE, _F.DAY_ISO, _F.DAY_DOTS, _F.DAY_DOTS_PADDED, _F.DAY_SLASHES, _F.DAY_SOLID, _F.MONTH_CHINESE,
    _F.MONTH_ISO, _F.MONTH_DOTS, _F.MONTH_SOLID, _F.YEAR,
)  # fmt: skip
_OF_KIND: tuple[tuple[type[Kind], tuple[CellFormat, ...]], ...] = (
    (PersonId, (_F.FULL, _F.MASKED, _F.SPACED, _F.LAST_SIX, _F.LAST_FOUR)),
    (Phone, (_F.FULL, _F.SPACED, _F.MASKED)),
    (PartialDay, (*_DAYS, _F.AGE)),
    (Day, _DAYS),
    (Moment, _DAYS),
    (YesNo, (_F.YES_NO, _F.HAS, _F.TICK, _F.TICK_CROSS, _F.ONE_ZERO)),
    (Choice, (_F.LABEL, _F.CODE, _F.CODE_LABEL)),
    (Money, (_F.NUMBER, _F.NUMBER_UNIT, _F.IN_YUAN, _F.IN_WAN)),
    (Number, (_F.NUMBER, _F.NUMBER_UNIT)),
    (Count, (_F.NUMBER, _F.NUMBER_UNIT)),
)
JOINS = (_F.JOIN_SPACE, _F.JOIN_BRACKETS, _F.JOIN_COMMA, _F.JOIN_LINES)
WHOLE_NUMBER = frozenset({_F.FULL, _F.SPACED})
"""Formats that show the whole of an identity number."""


def formats_for(kind: Kind) -> tuple[CellFormat, ...]:
    """Return the ways in which values of a kind can be written, the usual one first."""
    return next((formats for cls, formats in _OF_KIND if isinstance(kind, cls)), (_F.TEXT,))


@dataclass(frozen=True)
class Way:
    """How one column is written: format, and the closed list of words that the form allows, if it has one."""

    format: CellFormat
    words: tuple[str, ...] = ()


def written(value: Any, kind: Kind, way: Way, *, unmasked: bool = False) -> str | int | float | None:
    """Return what stands in the cell; ``None`` for nothing. Identity numbers stay masked unless ``unmasked``."""
    if kind.is_empty(value):
        return None
    if isinstance(kind, PersonId):
        return _identity(str(value), kind, way.format, unmasked=unmasked)
    if isinstance(kind, Phone):
        return _phone(str(value), kind, way.format)
    if isinstance(kind, Day | PartialDay | Moment):
        return _day(value.isoformat() if isinstance(value, date) else str(value), kind, way.format)
    if isinstance(kind, YesNo):
        return _YES_NO[way.format][0 if value else 1]
    if isinstance(kind, Choice):
        return _choice(value, kind, way)
    if isinstance(kind, Number | Count):
        return _number(Decimal(value), kind, way.format)
    return value if isinstance(value, int) else kind.show(value)


_YES_NO: dict[CellFormat, tuple[str, str | None]] = {
    _F.YES_NO: ("是", "否"),
    _F.HAS: ("有", "无"),
    _F.TICK: ("√", None),
    _F.TICK_CROSS: ("√", "×"),
    _F.ONE_ZERO: ("1", "0"),
}


def _identity(number: str, kind: Kind, form: CellFormat, *, unmasked: bool) -> str:
    if form in (_F.LAST_FOUR, _F.LAST_SIX):
        return number[-4 if form is _F.LAST_FOUR else -6 :] if len(number) == 18 else kind.mask(number)
    if form is _F.MASKED or not unmasked:
        return kind.mask(number)
    return f"{number[:6]} {number[6:14]} {number[14:]}" if form is _F.SPACED and len(number) == 18 else number


def _phone(number: str, kind: Kind, form: CellFormat) -> str:
    if form is _F.MASKED:
        return kind.mask(number)
    if form is _F.SPACED:
        return re.sub(r"\b(1\d{2})(\d{4})(\d{4})\b", r"\1 \2 \3", number)
    return number


def _padded(*parts: str, mark: str) -> str:
    return mark.join(parts)


def _bare(*parts: str, mark: str) -> str:
    return mark.join(str(int(part)) for part in parts)


_DAY_WAYS: dict[CellFormat, tuple[int, Callable[..., str], str]] = {
    _F.DAY_ISO: (3, _padded, "-"),
    _F.DAY_DOTS: (3, _bare, "."),
    _F.DAY_DOTS_PADDED: (3, _padded, "."),
    _F.DAY_SLASHES: (3, _bare, "/"),
    _F.DAY_SOLID: (3, _padded, ""),
    _F.MONTH_ISO: (2, _padded, "-"),
    _F.MONTH_DOTS: (2, _padded, "."),
    _F.MONTH_SOLID: (2, _padded, ""),
    _F.YEAR: (1, _padded, ""),
}


def _day(iso: str, kind: Kind, form: CellFormat) -> str | int:
    """Write as much of the day as is known; nothing is made up."""
    day = iso.partition("T")[0]
    if form is _F.AGE:
        return _age(earliest(day), clock.today())
    if form is _F.MONTH_CHINESE:
        return show_partial(day[:7])
    if form not in _DAY_WAYS:
        return kind.show(date.fromisoformat(iso) if isinstance(kind, Day) else iso)
    count, join, mark = _DAY_WAYS[form]
    return join(*day.split("-")[:count], mark=mark)


def _age(born: date, today: date) -> int:
    """Whole years; somebody born in a month or year of which no more is known counts from its first day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _choice(value: Any, kind: Choice, way: Way) -> str:
    member = kind.codes(value)
    if way.format is _F.CODE:
        return member.value
    if way.format is _F.CODE_LABEL:
        return member.label if member.value == member.label else f"{member.value} {member.label}"
    if not way.words or member.label in way.words:
        return member.label
    return next((word for word in way.words if _means(word, kind, value)), member.label)


def _means(word: str, kind: Choice, value: Any) -> bool:
    try:
        return bool(kind.read(word).value == value)
    except Bad:
        return False


_SCALE = {("元", _F.IN_WAN): Decimal("0.0001"), ("万元", _F.IN_YUAN): Decimal(10000)}


def _number(value: Decimal, kind: Kind, form: CellFormat) -> str | int | float:
    unit = kind.unit if isinstance(kind, Number) else next(iter(getattr(kind, "units", ())), "")
    amount = value * _SCALE.get((unit, form), Decimal(1))
    if form is _F.NUMBER_UNIT:
        return f"{Number().show(amount)}{unit}"
    return int(amount) if amount == int(amount) else float(amount)


def joined(parts: Sequence[str | float | None], form: CellFormat) -> str | None:
    """Return several values of one cell as one text."""
    texts = [str(one) for one in parts if one not in (None, "")]
    if form is _F.JOIN_BRACKETS and len(texts) == 2:
        return f"{texts[0]}({texts[1]})"
    mark = {_F.JOIN_COMMA: ",", _F.JOIN_LINES: "\n"}.get(form, " ")
    return mark.join(dict.fromkeys(texts)) or None


@dataclass(frozen=True)
class Hints:
    """What a form says about the way a column is to be filled: its title, its closed list, its example."""

    title: str
    words: tuple[str, ...] = ()
    example: str = ""


_TITLE_HINTS: tuple[tuple[re.Pattern[str], CellFormat], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (r"后[四4]位", _F.LAST_FOUR),
        (r"后[六6]位", _F.LAST_SIX),
        (r"年龄|周岁", _F.AGE),
        (r"yyyy-mm-dd|\d{4}-\d{2}-\d{2}", _F.DAY_ISO),
        (r"yyyy\.mm\.dd|\d{4}\.\d{2}\.\d{2}", _F.DAY_DOTS_PADDED),
        (r"\d{4}\.\d\.\d", _F.DAY_DOTS),
        (r"yyyy/mm/dd|\d{4}/\d{1,2}/\d", _F.DAY_SLASHES),
        (r"yyyymmdd|(?<!\d)(?:19|20)\d{6}(?!\d)|8位", _F.DAY_SOLID),
        (r"yyyymm|(?<!\d)(?:19|20)\d{4}(?!\d)|6位", _F.MONTH_SOLID),
        (r"yyyy-mm|\d{4}-\d{2}(?!\d)", _F.MONTH_ISO),
        (r"\d{4}年\d{1,2}月\d", _F.DAY_CHINESE),
        (r"\d{4}年\d{1,2}月", _F.MONTH_CHINESE),
        (r"yyyy\.mm|\d{4}\.\d{2}(?!\d)|年月(?!日)", _F.MONTH_DOTS),
        (r"年份", _F.YEAR),
        (r"有无|有/无", _F.HAS),
        (r"打\s*[√✓]|[√✓]", _F.TICK),
        (r"代码", _F.CODE),
        (r"\(万元\)|（万元）|/万元", _F.IN_WAN),
        (r"\(元\)|（元）|/元", _F.IN_YUAN),
    )
)


def guessed(kind: Kind, hints: Hints) -> tuple[CellFormat, str]:
    """Return the format that a form asks for, and why: its list, its example, its title; else the usual one."""
    formats = formats_for(kind)
    if len(formats) == 1:
        return formats[0], ""
    by_words = max(formats, key=lambda form: _fit(kind, form, hints.words))
    if _fit(kind, by_words, hints.words):
        return by_words, f"按本列的选项“{'、'.join(hints.words[:4])}”"
    if not isinstance(kind, Choice):
        by_example = _hinted(hints.example, formats)
        if by_example is not None:
            return by_example, "按示例行的写法"
    by_title = _hinted(hints.title, formats)
    return (by_title, "按表头的要求") if by_title is not None else (formats[0], "")


def _hinted(text: str, formats: Sequence[CellFormat]) -> CellFormat | None:
    return next((form for pattern, form in _TITLE_HINTS if form in formats and text and pattern.search(text)), None)


def _fit(kind: Kind, form: CellFormat, words: Sequence[str]) -> int:
    """How many words of the form's list this format writes; 0 when it writes others, or few of them."""
    if isinstance(kind, YesNo):
        own = {one for one in _YES_NO[form] if one}
        return len(own) if own <= set(words) else 0
    if isinstance(kind, Choice):
        written_words = {plain(str(written(one, kind, Way(form)))) for one in kind.codes}
        common = len(written_words & {plain(word) for word in words})
        return common if common * 2 > len(words) else 0
    return 0
