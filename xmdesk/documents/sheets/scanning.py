"""One pass of expat over a worksheet part: what calamine does not tell, and where to cut before calamine sees it.

Calamine loses error values, formulas and hidden rows, and builds a dense table: one cell at XFD1048576 makes it abort.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.styles import DateStyles
from xmdesk.errors import Refused

Place = tuple[int, int]

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?sheetData\s*>")
_TELLING = (b"hidden", b"<f>", b"<f ", b"<f/", b":f", b'"e"', b"'e'", b"<![CDATA")
_FAR = re.compile(rb"\br\s*=\s*[\"'](?:(?:[A-Z]{3,}|[D-Z][A-Z]|C[W-Z])\d|[A-Z]*(?:\d{6}|[5-9]\d{4}))")
_SMALL = 2 * 1024 * 1024
_HEADINGS = 20


class _Enough(Exception):
    """The rest of the sheet is blank rows."""


@dataclass
class Scan:
    """Findings with 0-based places; ``cuts`` are byte ranges to leave out, ``cut_row`` the last row read (1-based)."""

    errors: dict[Place, str] = field(default_factory=dict[Place, str])
    formulas: set[Place] = field(default_factory=set[Place])
    text_formulas: set[Place] = field(default_factory=set[Place])
    months: list[Place] = field(default_factory=list[Place])
    days: list[Place] = field(default_factory=list[Place])
    hidden_rows: list[int] = field(default_factory=list[int])
    hidden_columns: list[int] = field(default_factory=list[int])
    cuts: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    cut_row: int = 0
    wide: bool = False


def scan(xml: bytes, styles: DateStyles) -> Scan:
    """Scan a worksheet in UTF-8; a large one without any telling mark is only looked through by a byte search."""
    if len(xml) > _SMALL and b"<sheetData" in xml and not _is_telling(xml, styles):
        return Scan()
    return _Scanner(xml, styles).run()


def _is_telling(xml: bytes, styles: DateStyles) -> bool:
    return any(mark in xml for mark in _TELLING) or bool(_FAR.search(xml)) or styles.mentioned(xml)


def cut(xml: bytes, cuts: list[tuple[int, int]]) -> bytes:
    """Return the worksheet without the given byte ranges."""
    if not cuts:
        return xml
    kept = bytearray()
    start = 0
    for begin, end in cuts:
        kept += xml[start:begin]
        start = end
    return bytes(kept + xml[start:])


def column_number(letters: str) -> int:
    """Return the 0-based number of a column written in letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Scanner:
    """Follows rows and cells; namespaces are ignored, so ``x:c`` counts as ``c``."""

    def __init__(self, xml: bytes, styles: DateStyles) -> None:
        self._xml = xml
        self._styles = styles
        self._found = Scan()
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._depth = 0
        self._row, self._column = -1, -1
        self._filled_row, self._filled_rows = -1, 0
        self._kind = ""
        self._text: list[str] = []
        self._cut_from = -1
        self._cell_from = -1

    def run(self) -> Scan:
        """Parse the whole part; raises ``Refused`` for broken XML, traps and too many rows."""
        try:
            self._parser.Parse(self._xml, True)  # noqa: FBT003  # expat takes no keyword
        except _Enough:
            pass
        except (expat.ExpatError, ValueError, OverflowError):
            raise Refused("X-XML") from None
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._close_cut()
        self._depth += 1
        if self._depth > limits.DEPTH:
            raise Refused("X-XML")
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "row":
            self._open_row(attributes)
        elif tag in ("v", "is"):
            self._fill()
            self._listen()
        elif tag == "f":
            self._note_formula()
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide_columns(attributes)

    def _end(self, name: str) -> None:
        self._close_cut()
        self._depth -= 1
        tag = name.rpartition(":")[2]
        if tag in ("v", "is"):
            self._parser.CharacterDataHandler = None
        elif tag == "c":
            if self._column >= limits.COLUMNS:
                self._cut_from = self._cell_from
            if self._kind == "e" and self._column < limits.COLUMNS:
                self._found.errors[self._row, self._column] = "".join(self._text).strip() or "#VALUE!"
            self._kind = ""

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if self._row - self._filled_row > limits.BLANK_ROWS:
            self._stop()
        if attributes.get("hidden") in ("1", "true"):
            self._found.hidden_rows.append(self._row)

    def _stop(self) -> None:
        begin = self._parser.CurrentByteIndex
        closing = _END.search(self._xml, begin)
        self._found.cuts.append((begin, closing.start() if closing else len(self._xml)))
        self._found.cut_row = self._filled_row + 1
        raise _Enough

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place.group(1)) if place else self._column + 1
        if place and int(place.group(2)) - 1 != self._row:
            raise Refused("X-XML")
        self._cell_from = self._parser.CurrentByteIndex
        self._kind = attributes.get("t", "")
        self._text = []
        self._found.wide = self._found.wide or self._column >= limits.COLUMNS
        style = attributes.get("s", "")
        if style in self._styles.months:
            self._found.months.append((self._row, self._column))
        elif style in self._styles.days:
            self._found.days.append((self._row, self._column))

    def _fill(self) -> None:
        if self._filled_row == self._row or self._column >= limits.COLUMNS:
            return
        self._filled_row = self._row
        self._filled_rows += 1
        if self._filled_rows > limits.ROWS + _HEADINGS:
            raise Refused("X-ROWS", limit=limits.ROWS)

    def _listen(self) -> None:
        """Hear what an error cell shows, not the formula beside it."""
        if self._kind == "e":
            self._parser.CharacterDataHandler = self._text.append

    def _note_formula(self) -> None:
        self._fill()
        self._found.formulas.add((self._row, self._column))
        if self._kind == "str":
            self._found.text_formulas.add((self._row, self._column))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
        self._found.hidden_columns.extend(range(first - 1, min(last, limits.COLUMNS)))

    def _close_cut(self) -> None:
        if self._cut_from >= 0:
            self._found.cuts.append((self._cut_from, self._parser.CurrentByteIndex))
            self._cut_from = -1
