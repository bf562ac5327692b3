"""A blank form sent from above: its header, found like that of any ledger, and the empty rows that wait to be filled."""

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

import msgspec

from xmdesk.documents.sheets import lines
from xmdesk.documents.sheets.cards import is_card
from xmdesk.documents.sheets.choosing import names
from xmdesk.documents.sheets.form_lines import is_example, is_hints
from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.lines import LineKind
from xmdesk.documents.sheets.many_tables import Placed, tables_in
from xmdesk.documents.sheets.mapping import fingerprint
from xmdesk.documents.sheets.parts import Parts, open_parts
from xmdesk.documents.sheets.prepared import counted, spoken
from xmdesk.documents.sheets.table_finding import Header, Known, Table
from xmdesk.documents.sheets.template import is_ours
from xmdesk.documents.sheets.words import units_said
from xmdesk.errors import Refused, WrongUse

_LONGEST_AREA = 10_000
_MOST_MERGED = 200_000
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_COUNT = re.compile(r"[(\[]?(?:\d{1,5}|[一二三四五六七八九十百]{1,5})[)\]]?[.、,]?|[.·⋯]{1,12}")
_SIDES = ("left", "right", "top", "bottom")


class FormArea(msgspec.Struct, omit_defaults=True):
    """The empty rows of a form, as the child tells them; rows count from 1, columns from 0.

    ``last`` may be ``first - 1`` (no empty row). New rows look like the ``height`` rows at ``model``; ``plain`` when
    that is the header itself. ``lists``: what a cell of the column may hold. ``loses``: what our copy will lack.
    ``printed``: what the sender wrote into these rows, by row and column; ``counts``: the numbers of such rows.
    ``passed``: examples and hints left as they are.
    """

    first: int
    last: int
    model: int
    height: int = 1
    plain: bool = False
    lists: dict[int, list[str]] = {}
    examples: dict[int, str] = {}
    printed: dict[int, dict[int, str]] = {}
    counts: dict[int, dict[int, str]] = {}
    passed: list[int] = []
    loses: list[str] = []

    @property
    def rows_free(self) -> int:
        """How many records fit before rows must be put in."""
        return (self.last - self.first + 1) // self.height


@dataclass(frozen=True)
class FormTable:
    """The table of a form: its sheet and its columns; ``blocks`` when the same columns stand side by side twice.

    ``place`` is what it is called among the tables of the workbook, ``until`` its last row where another one follows.
    ``units``: what stands above it as the unit of all amounts.
    """

    sheet: str
    headers: tuple[Header, ...]
    first_row: int
    blocks: int
    fingerprint: str
    place: str
    until: int = 0
    units: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The header of each column in one text; a text that stands twice is told apart by its number."""
        texts = [one.text for one in self.own]
        return tuple(
            text if texts.count(text) == 1 else f"{text}#{texts[: at + 1].count(text)}" for at, text in enumerate(texts)
        )

    @property
    def own(self) -> tuple[Header, ...]:
        """The columns of the first block."""
        return self.headers[: len(self.headers) // self.blocks]

    def columns(self) -> list[list[int]]:
        """Return the places of the columns (0-based), block by block."""
        size = len(self.headers) // self.blocks
        return [[one.column for one in self.headers[at * size : (at + 1) * size]] for at in range(self.blocks)]


def find_form(
    sheets: Sequence[Sheet], known: Known, wanted: str = "", *, likes: Known | None = None
) -> tuple[Placed, tuple[str, ...]]:
    """Find the table to fill in, and the places of all: on the sheet or at the place asked for, else the one whose titles
    are known best, to ``likes`` if that is given.
    """
    usable = [one for one in sheets if not one.is_empty and not is_ours(one)]
    if any(one.is_text for one in usable):
        raise WrongUse("FORM-NOT-WORKBOOK")
    visible = [one for one in usable if one.state == "visible"] or usable
    tables = {one.name: tables_in(one, known) for one in usable}
    places = tuple(place for name, found in tables.items() for place in [one.place for one in found] or [name])
    found = [table for one in visible for table in tables[one.name]]
    if wanted:
        visible = [one for one in usable if one.name.strip() == wanted.strip()]
        found = [table for one in visible for table in tables[one.name]]
        found = found or [one for many in tables.values() for one in many if one.place == wanted.strip()]
        if not visible and not found:
            raise WrongUse("SHEET-UNKNOWN", sheet=wanted[:40], sheets=names(usable))
    if visible and all(is_card(one, known) for one in visible):
        raise WrongUse("FORM-CARD")
    best = max(found, key=lambda one: (_liked(one.table, likes), one.table.score), default=None)
    if best is None:
        raise WrongUse("FORM-NONE", sheets=names(usable))
    return best, places


def _liked(table: Table, likes: Known | None) -> int:
    return sum(1 for one in table.headers if likes(one.path)) if likes is not None else 0


def form_table(placed: Placed) -> FormTable:
    """Return a table as a form to fill in: columns without a title are nobody's to fill."""
    table = placed.table
    headers = tuple(one for one in table.headers if not one.path[0].startswith("（第"))
    below = table.first_row + table.header_rows + 1
    marks = fingerprint(headers)
    units = tuple(unit for title in table.titles for unit in units_said(title))
    return FormTable(table.sheet.name, headers, below, table.blocks, marks, placed.place, placed.until, units)


def read_area(data: bytes, options: dict[str, Any]) -> FormArea:
    """Child task: find the empty rows under a header. ``sheet``, ``first_row`` (1-based), ``columns`` of the header,
    ``until``: its last row, 0 for the end, ``numbered``, ``given``: columns in which a form may count its rows, or say something beforehand (the village).
    """
    parts = open_parts(data)
    refuse_traps(parts)
    sheet = open_book(data)[str(options["sheet"])]
    columns, numbered, given = (cast("list[int]", options[name]) for name in ("columns", "numbered", "given"))
    reader = _Reader(sheet, columns, numbered, given)
    reader.stop_at(int(options["until"]))
    area = reader.area(int(options["first_row"]))
    area.loses = _lost(parts)
    return area


def open_book(data: bytes) -> Any:
    """Open a workbook that was looked over, with everything in it that can be kept; only ever in the child."""
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data), rich_text=True)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError):
        raise Refused("X-XML") from None


def refuse_traps(parts: Parts) -> None:
    """Refuse links that start programs (DDE, OLE) and merged ranges that are larger than any form."""
    if any(
        b"ddeLink" in content or b"oleLink" in content for name, content in parts.items() if "externallinks/" in name
    ):
        raise Refused("FORM-LINKS")
    for name, content in parts.items():
        if name.startswith("xl/worksheets/") and sum(map(_size, _MERGE.findall(content))) > _MOST_MERGED:
            raise Refused("X-BIG")


def _size(found: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = found
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _lost(parts: Parts) -> list[str]:
    from openpyxl.drawing import image

    drawings = [content for name, content in parts.items() if name.startswith("xl/drawings/") and name.endswith(".xml")]
    found = {
        "文本框和图形": any(b":sp>" in one or b":sp " in one for one in drawings),
        "图片": bool(drawings) and not getattr(image, "PILImage", None) and any(b":pic>" in one for one in drawings),
        "按钮等控件": any(name.startswith(("xl/ctrlprops/", "xl/activex/")) for name in parts),
        "嵌入的文件": any(name.startswith("xl/embeddings/") for name in parts),
    }
    return [words for words, lost in found.items() if lost]


class _Reader:
    """Reads one worksheet of openpyxl around the place to fill in."""

    def __init__(self, sheet: Any, columns: Sequence[int], numbered: Sequence[int], given: Sequence[int]) -> None:
        self._sheet, self._columns = sheet, list(columns)
        self._numbered, self._given = frozenset(numbered), frozenset(given)
        self._end = min(sheet.max_row, _LONGEST_AREA)

    def stop_at(self, row: int) -> None:
        """Let the table end with a row, before another one begins; 0 for the end of the sheet."""
        self._end = min(self._end, row) if row else self._end

    def area(self, top: int) -> FormArea:
        """Return the first run of empty rows at or under ``top``, before totals, notes and signatures."""
        first, examples, passed = top, dict[int, str](), list[int]()
        while first <= self._end and not self._is_free(first):
            if self._ends_table(first) and not self._is_total_on_top(first):
                break
            if self._is_example(first):
                examples = self._texts(first)
            if self._is_example(first) or self._is_hints(first):
                passed.append(first)
            first += 1
        last = self._last(first)
        if last < first:
            return FormArea(first, last, first - 1, plain=first == top, examples=examples, passed=passed)
        height = self._height(first, last)
        area = FormArea(first, last, first, height, lists=self._lists(first), examples=examples, passed=passed)
        area.printed = self._printed(first, last)
        if area.printed:
            area.counts = counted(self._sheet, range(first, last + 1, height), self._numbered, self._texts)
        return area

    def _last(self, first: int) -> int:
        """Return the last row that looks like the first empty one."""
        last, bordered = first - 1, self._is_bordered(first)
        while last < self._end and self._is_free(last + 1) and self._is_bordered(last + 1) == bordered:
            last += 1
        return last

    def _value(self, row: int, column: int) -> Any:
        cell = self._sheet.cell(row, column + 1)
        return None if cell.data_type == "f" else cell.value

    def _texts(self, row: int) -> dict[int, str]:
        values = {column: self._value(row, column) for column in self._columns}
        return {column: str(value).strip() for column, value in values.items() if value not in (None, "")}

    def _printed(self, first: int, last: int) -> dict[int, dict[int, str]]:
        """What stands in columns that a sender fills beforehand; a merged cell speaks for each of its rows."""
        columns = [column for column in self._columns if column in self._given]
        found = {
            row: {column: text for column, text in self._texts(row).items() if column in columns}
            for row in range(first, last + 1)
        }
        return spoken(self._sheet, found)

    def _line(self, row: int) -> list[Any]:
        width = max(self._columns) + 1
        values = (self._value(row, column) for column in range(width))
        return [None if value is None or not str(value).strip() else _plain(value) for value in values]

    def _is_free(self, row: int) -> bool:
        """Nothing stands there but a running number, the village's own name, or a formula; a total or a note is a line
        of the form, wherever its word stands.
        """
        line = self._line(row)
        filled = {column for column, value in enumerate(line) if value is not None}
        if not filled:
            return True
        counted = filled & self._numbered
        if not filled <= self._numbered | self._given or not all(_is_count(line[column]) for column in counted):
            return False
        if counted == filled:
            return True
        return not self._ends_table(row) and not self._is_example(row) and self._kind(row) is not LineKind.GROUP

    def _is_total_on_top(self, row: int) -> bool:
        """Tell whether the total stands above the rows that it adds up: the blank row below it belongs to the table."""
        return (
            row < self._end
            and self._is_total(row)
            and self._is_free(row + 1)
            and (bool(self._texts(row + 1)) or self._is_bordered(row + 1))
        )

    def _is_total(self, row: int) -> bool:
        return lines.kind_of(self._line(row), merged=False, columns=self._columns) is LineKind.TOTAL

    def _ends_table(self, row: int) -> bool:
        line = self._line(row)
        if lines.is_numbering(line) or self._is_example(row):
            return False
        return self._kind(row) in (LineKind.TOTAL, LineKind.NOTE)

    def _kind(self, row: int) -> LineKind:
        wide = any(
            one.min_row <= row <= one.max_row and one.max_col - one.min_col >= 2
            for one in self._sheet.merged_cells.ranges
        )
        return lines.kind_of(self._line(row), merged=wide, columns=self._columns)

    def _is_example(self, row: int) -> bool:
        return is_example(self._line(row))

    def _is_hints(self, row: int) -> bool:
        return is_hints(self._line(row), self._numbered)

    def _is_bordered(self, row: int) -> bool:
        borders = (self._sheet.cell(row, column + 1).border for column in self._columns)
        return any(
            getattr(border, side) is not None and getattr(border, side).style for border in borders for side in _SIDES
        )

    def _height(self, first: int, last: int) -> int:
        """How many rows one record takes: more than one where most columns are merged downwards alike, and nothing of its own
        is printed (B角) into the rows that follow.
        """
        merges = [one for one in self._sheet.merged_cells.ranges if one.min_row == first and one.max_row <= last]
        heights = [one.max_row - one.min_row + 1 for one in merges if one.min_col - 1 in self._columns]
        tallest = max(set(heights), key=heights.count, default=1)
        common = heights.count(tallest) * 2 > len(self._columns)
        if not common or (last - first + 1) % tallest or tallest > last - first:
            return 1
        following = (row for row in range(first, last + 1) if (row - first) % tallest)
        return 1 if any(self._texts(row) for row in following) else tallest

    def _lists(self, row: int) -> dict[int, list[str]]:
        """Return the closed lists that the form lays on its cells (data validation with the words in it)."""
        found: dict[int, list[str]] = {}
        for one in self._sheet.data_validations.dataValidation:
            text = str(one.formula1 or "")
            if one.type == "list" and text.startswith('"'):
                words = [word.strip() for word in text.strip('"').split(",") if word.strip()]
                found.update({column: words for column in self._columns if _covers(one.sqref.ranges, row, column)})
        return found


def _is_count(value: Any) -> bool:
    """Tell whether a cell only counts its row: 3, 3., (3), ③, 三, or the dots that say: and so on."""
    if isinstance(value, float):
        return value.is_integer()
    return bool(_COUNT.fullmatch(unicodedata.normalize("NFKC", str(value)).strip()))


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | bool | date | time) else str(value)


def _covers(ranges: Iterable[Any], row: int, column: int) -> bool:
    return any(one.min_row <= row <= one.max_row and one.min_col <= column + 1 <= one.max_col for one in ranges)


Runner = Callable[..., Any]


def area_of(data: bytes, table: FormTable, *, numbered: Sequence[int], given: Sequence[int], run: Runner) -> FormArea:
    """Ask the child for the empty rows of a form."""
    columns = [column for block in table.columns() for column in block]
    asked = {
        "first_row": table.first_row,
        "until": table.until,
        "columns": columns,
        "numbered": list(numbered),
        "given": list(given),
    }
    answer = run("read_form", data, sheet=table.sheet, **asked)
    return msgspec.convert(answer, FormArea, strict=False)
