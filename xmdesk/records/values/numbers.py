"""Numbers, exactly: counts, decimals, percentages and yes/no, as people type them or sheets keep them."""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from xmdesk.records.values.cells import Cell, is_finite, narrow, open_cell, quote
from xmdesk.records.values.numerals import ALL, chinese_number
from xmdesk.records.values.reading import Bad, Note, Read

MOST = Decimal(10**12)
_FAMILIES = (
    ("㎡", "m²", "m2", "M2", "平方米", "平米", "平方"),
    ("公里", "km", "KM", "千米"),
    ("米", "m"),
    ("人", "名", "位"),
    ("元", "圆", "块"),
    ("万元", "万"),
    ("学时", "课时"),
)
_MONEY_SIGNS = ("元", "圆")
_GROUPED = re.compile(r"\d{1,3}(?:[,\s']\d{3})+(?:\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
_SCALED = re.compile(r"([\d,.]+)\s*([十百千万亿]+)(?:元)?", re.ASCII)
_WORDS = re.compile(f"[{ALL}]+")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_YES = frozenset({"是", "有", "√", "✓", "✔", "☑", "对", "1", "y", "yes", "true", "t", "已"})
_NO = frozenset({"否", "无", "没有", "不是", "×", "✗", "✘", "x", "错", "0", "n", "no", "false", "f", "未", "☒"})
_UNKNOWN = frozenset({"未核实", "不详", "不清楚", "未知", "待核实", "?", "☐"})


def read_count(raw: object, *, units: tuple[str, ...] = ()) -> Read[int | None]:
    """Read a whole number of things, 0 or more; ``units`` are tails that may stand behind it (8学时, 30床)."""
    found = read_decimal(raw, 0, units=units or ("个",))
    return Read(None if found.value is None else int(found.value), found.notes)


def read_decimal(raw: object, places: int, *, units: tuple[str, ...] = ()) -> Read[Decimal | None]:
    """Read an exact number, 0 or more, below 10**12, with at most ``places`` decimals.

    Without ``units`` a tail 元 is tolerated. Binary noise of number cells is rounded away; typed digits never are.
    """
    if isinstance(raw, bool):
        raise Bad("V-NUMBER", text="是" if raw else "否")
    if isinstance(raw, date | time):
        raise Bad("V-NUMBER-DATE")
    if isinstance(raw, int | float | Decimal):
        return Read(_fitted(_of_cell(raw), places, noisy=isinstance(raw, float)))
    cell = open_cell(raw)
    if not cell.text:
        return Read(None, cell.notes())
    number = _typed(narrow(cell.text).lstrip("'‘’`").strip(), units or _MONEY_SIGNS)
    value = _fitted(number, places, noisy=False)
    return Read(value, _spelling_notes(cell))


def read_percent(raw: object) -> Read[Decimal | None]:
    """Read a share in percent (0–100, two decimals): "35%", 35, or a cell 0.35 with a warning.

    A ``Decimal`` is taken as percent already. A bare 1 could mean 1 % or 100 % and is refused.
    """
    text = narrow(open_cell(raw).text) if isinstance(raw, str) else ""
    signed = re.fullmatch(r"(.*?)\s*[%﹪]", text) or re.fullmatch(r"百分之\s*(.+)", text)
    found = read_decimal(signed[1] if signed else raw, 6)
    if found.value is None:
        return Read(None, found.notes)
    if signed or isinstance(raw, Decimal):
        return Read(_share(found.value), found.notes)
    if found.value == 1:
        raise Bad("V-PERCENT-ONE")
    if 0 < found.value < 1:
        share = _share(found.value * 100)
        return Read(share, (*found.notes, Note("V-PERCENT-FRACTION", {"share": f"{share.normalize():f}"})))
    return Read(_share(found.value), found.notes)


def read_yes_no(raw: object) -> Read[bool | None]:
    """Read 是/否, 有/无, √/×, 1/0; 未核实 and an empty cell are ``None``, which is neither."""
    if isinstance(raw, bool):
        return Read(raw)
    cell = open_cell(raw, none_answers=True)
    word = "".join(narrow(cell.text).split()).casefold()
    if word in _YES:
        return Read(value=True)
    if word in _NO:
        return Read(value=False)
    if word and word not in _UNKNOWN:
        raise Bad("V-YES-NO", text=quote(cell.text))
    return Read(None, cell.notes())


def _share(value: Decimal) -> Decimal:
    if value > 100:
        raise Bad("V-PERCENT-RANGE")
    return _fitted(value, 2, noisy=False)


def _of_cell(raw: float | Decimal) -> Decimal:
    if isinstance(raw, int):
        if abs(raw) >= MOST:
            raise Bad("V-NUMBER-BIG")
        return Decimal(raw)
    if not is_finite(raw):
        raise Bad("V-NUMBER-BIG")
    return Decimal(repr(raw)) if isinstance(raw, float) else raw


def _fitted(number: Decimal, places: int, *, noisy: bool) -> Decimal:
    if abs(number) >= MOST:
        raise Bad("V-NUMBER-BIG")
    if number < 0:
        raise Bad("V-NUMBER-NEGATIVE")
    if number and number.adjusted() < -30:
        raise _too_fine(places)
    fitted = abs(number.quantize(Decimal(1).scaleb(-places)))
    tolerance = max(Decimal("1e-9"), number * Decimal("1e-13")) if noisy else Decimal(0)
    if abs(fitted - number) > tolerance:
        raise _too_fine(places)
    return fitted


def _too_fine(places: int) -> Bad:
    return Bad("V-NUMBER-PLACES", places=places) if places else Bad("V-NUMBER-WHOLE")


def _typed(text: str, units: tuple[str, ...]) -> Decimal:
    bare = _without_unit(text.lstrip("￥¥").strip(), units)
    if _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare):
        plain = re.sub(r"[,\s']", "", bare)
        if len(plain) > 40:
            raise Bad("V-NUMBER-BIG")
        return Decimal(plain)
    raise _not_a_number(bare, text)


def _not_a_number(bare: str, text: str) -> Bad:
    scaled = _SCALED.fullmatch(bare)
    amount = _scaled(scaled[1], scaled[2]) if scaled else chinese_number(bare) if _WORDS.fullmatch(bare) else None
    if amount is not None:
        return Bad("V-NUMBER-WORDS", text=quote(text), number=f"{amount:f}" if isinstance(amount, Decimal) else amount)
    if re.fullmatch(r"[-−－]\s*[\d,.]+", bare, re.ASCII):
        return Bad("V-NUMBER-NEGATIVE")
    if re.fullmatch(r"\d+(?:\.\d+)?e[+-]?\d+|nan|[+-]?inf(?:inity)?|∞", bare.casefold()):
        return Bad("V-NUMBER-BIG")
    return Bad("V-NUMBER", text=quote(text))


def _scaled(figures: str, scale: str) -> Decimal | None:
    plain = figures.replace(",", "")
    if not _PLAIN.fullmatch(plain) or len(plain) > 12 or scale not in _SCALES:
        return None
    number = Decimal(plain) * _SCALES[scale]
    return Decimal(int(number)) if number == int(number) else number


def _without_unit(text: str, units: Iterable[str]) -> str:
    wanted = set(units)
    for family in _FAMILIES:
        if wanted & set(family):
            wanted |= set(family)
    for unit in sorted(wanted, key=len, reverse=True):
        if unit and text.endswith(unit):
            return text[: -len(unit)].strip()
    return text


def _spelling_notes(cell: Cell) -> tuple[Note, ...]:
    return cell.notes() or (() if _PLAIN.fullmatch(cell.text) else (Note("V-TIDIED"),))
