"""The first look at one cell: what kind of thing it is, whether it is empty, and how to quote it without leaking.

Every reader starts here, so that marks for "nothing", ditto marks and error values mean the same in every column.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from xmdesk.records.values.reading import Bad, Note

_EMPTY = frozenset({"-", "--", "---", "—", "——", "———", "－", "－－", "–", "/", "／", "无", "暂无"})
_DITTO = frozenset({"同上", "〃", "″", "”", '"', "同前", "同左", "同上。"})
_ERRORS = frozenset(
    {
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
    }
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LONG_RUN = re.compile(r"\d(?:[\s.()\-—–－·,，]*\d){6,}[XxＸｘ]?")
_DATE = r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}[-./]\d{1,2}[-./]\d{4}|(?:19|20)\d{6}|(?:19|20)\d{2}[-—~至](?:19|20)\d{2}"
_DATE_SHAPE = re.compile(
    rf"(?:{_DATE})(?:\s+\d{{1,2}})?|\d{{1,2}}(?:[-.]\d{{1,2}}){{1,3}}(?:\s+\d{{1,2}}(?:\.\d{{1,2}})?)?"
)
"""A day, also with the hour that follows it, or a day and an hour run together (11.23.8.30): no number of anybody."""


@dataclass(frozen=True)
class Cell:
    """One opened cell: NFC ``text`` without outer spaces or invisible characters, "" when there is nothing."""

    text: str
    tidied: bool = False
    invisible: bool = False
    mark: str = ""

    def notes(self, result: str | None = None) -> tuple[Note, ...]:
        """Notes for the summary: an emptied mark, or a changed spelling when ``result`` differs from what stood there."""
        if self.mark:
            return (Note("V-EMPTY-MARK", {"mark": self.mark}),)
        if self.tidied or self.invisible or (result is not None and result != self.text):
            return (Note("V-TIDIED"),)
        return ()


def open_cell(raw: object, *, none_answers: bool = False) -> Cell:
    """Open a cell; ``none_answers`` keeps 无 as an answer. Ditto marks and error values raise :class:`Bad`."""
    spoken = _spoken(raw)
    visible = spoken if spoken.isprintable() else "".join(char for char in spoken if not _is_invisible(char))
    text = unicodedata.normalize("NFC", visible).strip()
    if text.upper() in _ERRORS:
        raise Bad("V-CELL-ERROR", value=text.upper())
    if "".join(text.split()) in _DITTO:
        raise Bad("V-DITTO", text=text)
    if text in _EMPTY and not (none_answers and text == "无"):
        return Cell("", mark=text)
    return Cell(text, tidied=text != visible, invisible=visible != spoken)


def narrow(text: str) -> str:
    """Turn full-width ASCII and the ideographic space into their ordinary forms; nothing else is folded."""
    return text.translate(_WIDE)


def quote(text: str, limit: int = 20) -> str:
    """Return a piece of the raw text that may stand in a message: at most ``limit`` characters, long numbers hidden."""
    flat = " ".join(text.split())
    safe = _LONG_RUN.sub(lambda run: run[0] if _DATE_SHAPE.fullmatch(run[0]) else "***", flat)
    safe = flat if _DATE_SHAPE.fullmatch(flat) else safe
    return safe if len(safe) <= limit else f"{safe[:limit]}…"


def is_number(raw: object) -> bool:
    """Whether the sheet reader gave a number (truth values are not numbers here)."""
    return isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)


def is_finite(number: float | Decimal) -> bool:
    """Whether this is a number at all; safe for huge integers and every kind of NaN."""
    if isinstance(number, Decimal):
        return number.is_finite()
    return isinstance(number, int) or math.isfinite(number)


def _spoken(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, str):
        return str.__str__(raw)
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float | Decimal):
        return _number_text(raw)
    if isinstance(raw, date | time):
        return _moment_text(raw)
    raise Bad("V-KIND")


def _number_text(raw: float | Decimal) -> str:
    if isinstance(raw, int):
        if raw.bit_length() > 200:
            raise Bad("V-NUMBER-BIG")
        return str(raw)
    if not is_finite(raw) or abs(raw) >= 10**60:
        raise Bad("V-NUMBER-BIG")
    if isinstance(raw, Decimal):
        return str(raw) if raw.adjusted() < -60 else f"{raw:f}"
    return str(int(raw)) if raw.is_integer() else repr(raw)


def _moment_text(raw: date | time) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.strftime("%Y-%m-%d %H:%M")
    return raw.strftime("%H:%M") if isinstance(raw, time) else raw.isoformat()


def _is_invisible(char: str) -> bool:
    """Control, format (zero-width, bidi, BOM), lone surrogate and non-character code points; never a letter."""
    code = ord(char)
    if 0x20 <= code < 0x7F or 0x4E00 <= code <= 0x9FFF:
        return False
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} and not char.isspace()
