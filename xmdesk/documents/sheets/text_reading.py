"""Runs in the child: CSV and other text tables, in the encodings and with the separators that offices use."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import PurePath

from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.grid import RawSheet
from xmdesk.documents.sheets.preflight import looks_like_utf16
from xmdesk.errors import Refused

GB18030_MARK = bytes.fromhex("84319533")
_SEPARATORS = ("\t", ",", ";", "，", "|")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
GUARDED_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")
_BAD = "\ufffd"


def read_text(data: bytes, name: str) -> RawSheet:
    """Read a text table into one sheet; undecodable rows are flagged, unbalanced quotes are ``Refused``."""
    text, encoding = _decode(data)
    if "\x00" in text:
        raise Refused("X-BINARY")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    lines = text.split("\n")
    separator = _separator(lines)
    raw = RawSheet(name=PurePath(name).stem or "表", rows=[], encoding=encoding, separator=separator)
    raw.confirm = [line[:60] for line in lines if line.strip()][:3] if encoding == "GB18030" else []
    for cells in _records(lines, separator):
        _add(raw, cells)
    while raw.rows and not any(cell is not None for cell in raw.rows[-1]):
        raw.rows.pop()
        raw.widths.pop()
    return raw


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(codecs.BOM_UTF8):
        return _by_lines(data[3:], "UTF-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "UTF-16"
    if data.startswith(GB18030_MARK):
        return _by_lines(data[4:], "GB18030")
    if looks_like_utf16(data):
        return data.decode("utf-16-le", "replace"), "UTF-16"
    return _guess(data)


def _guess(data: bytes) -> tuple[str, str]:
    """Without a mark: UTF-8 if it is, else the one of UTF-8 and GB18030 that more lines agree with."""
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        lines = [line for line in data.split(b"\n") if not line.isascii()]
    utf8 = sum(1 for line in lines if _is_chinese_utf8(line))
    return _by_lines(data, "UTF-8" if utf8 * 2 > len(lines) else "GB18030")


def _is_chinese_utf8(line: bytes) -> bool:
    """GB18030 text that happens to be valid UTF-8 gives Latin, Greek or Arabic letters, not Chinese ones."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _by_lines(data: bytes, encoding: str) -> tuple[str, str]:
    """Decode line by line; a line in the other encoding is decoded but marked as bad, so that its row waits."""
    lines: list[str] = []
    for line in data.split(b"\n"):
        other = encoding == "GB18030" and not line.isascii() and _is_chinese_utf8(line)
        lines.append(line.decode("utf-8") + _BAD if other else line.decode(encoding, "replace"))
    return "\n".join(lines), encoding


def _separator(lines: list[str]) -> str:
    """The candidate that stands equally often in most of the first lines; a comma when none does."""
    sample = [re.sub(r'"[^"]*"', "", line) for line in lines if line.strip()][:30]
    best, chosen = 0.0, ","
    for candidate in _SEPARATORS:
        counts = [line.count(candidate) for line in sample]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count), default=0)
        score = usual and counts.count(usual) + min(usual, 20) / 100
        if score > best:
            best, chosen = score, candidate
    return chosen


def _records(lines: list[str], separator: str) -> Iterator[list[str]]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    first, count = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused("X-QUOTE", line=first) from None
        _check_quotes(lines, first, reader.line_num)
        count += bool(cells)
        if count > limits.ROWS + 20:
            raise Refused("X-ROWS", limit=limits.ROWS)
        first = reader.line_num + 1
        yield cells


def _check_quotes(lines: list[str], first: int, last: int) -> None:
    if last == first:
        return
    swallowed = sum(line.count('"') for line in lines[first - 1 : last]) % 2
    if swallowed or last - first >= limits.RECORD_LINES:
        raise Refused("X-QUOTE", line=first)


def _add(raw: RawSheet, cells: list[str]) -> None:
    number = len(raw.rows)
    raw.widths.append(len(cells))
    raw.rows.append([_value(cell) for cell in cells[: limits.COLUMNS]])
    raw.wide = raw.wide or len(cells) > limits.COLUMNS
    if any(_BAD in cell for cell in cells):
        raw.garbled.append(number)


def _value(cell: str) -> str | None:
    """Undo what our own writer and Excel do to keep text as text; blank becomes ``None``."""
    shown = cell.strip(" \n\u3000")
    if not shown:
        return None
    wrapped = _FORMULA_TEXT.fullmatch(shown)
    if wrapped:
        return wrapped.group(1) or None
    if shown.startswith("'") and shown[1:2] in GUARDED_SIGNS:
        return shown[1:]
    return shown[: limits.KEPT_CHARACTERS]
