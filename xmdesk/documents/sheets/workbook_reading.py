"""Runs in the child: bytes of a file from outside to sheets of typed cells, bounded at every step."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.grid import RawSheet
from xmdesk.documents.sheets.parts import Parts, open_parts, pack
from xmdesk.documents.sheets.preflight import FileKind, file_kind
from xmdesk.documents.sheets.scanning import Scan, cut, scan
from xmdesk.documents.sheets.styles import read_styles
from xmdesk.errors import Refused

_FIRST_DAY, _LAST_DAY = 366, 73_051
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_workbook(data: bytes, options: dict[str, Any]) -> list[RawSheet]:
    """Read all sheets of an xlsx or text table. ``options["name"]`` is the file name, for messages and sheet name."""
    name = str(options.get("name", ""))
    if file_kind(data, name) is FileKind.TEXT:
        from xmdesk.documents.sheets.text_reading import read_text

        return [read_text(data, name)]
    return _read_xlsx(open_parts(data))


def _read_xlsx(parts: Parts) -> list[RawSheet]:
    tabs = _tabs(parts)
    styles = read_styles(parts.get("xl/styles.xml", b"<none/>"))
    scans: list[Scan] = []
    for tab in tabs:
        scans.append(scan(parts[tab.part], styles))
        parts[tab.part] = cut(parts[tab.part], scans[-1].cuts)
    try:
        with CalamineWorkbook.from_filelike(pack(parts)) as book:
            return [
                _read_sheet(book.get_sheet_by_name(tab.name), scanned, tab)
                for tab, scanned in zip(tabs, scans, strict=True)
            ]
    except (CalamineError, ValueError, OverflowError):
        raise Refused("X-XML") from None


class _Tab(NamedTuple):
    """One worksheet: the words on its tab, its part in the zip, and its state, the workbook's epoch."""

    name: str
    part: str
    state: str
    epoch_1904: bool


def _tabs(parts: Parts) -> list[_Tab]:
    """Return the worksheets in the order of the tabs (ECMA-376 part 1, §18.2.19, and OPC relationships)."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []
    epochs: list[bool] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = _part_name(attributes.get("Target", ""))

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            found.append((attributes.get("name", ""), key, attributes.get("state", "visible")))
        elif tag == "workbookPr":
            epochs.append(attributes.get("date1904") in ("1", "true"))

    _each_tag(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    _each_tag(parts["xl/workbook.xml"], sheet)
    if len(found) > limits.SHEETS:
        raise Refused("X-PARTS", limit=limits.SHEETS)
    return [_Tab(name, targets[key], state, any(epochs)) for name, key, state in found if targets.get(key) in parts]


def _part_name(target: str) -> str:
    name = target.replace("\\", "/").casefold()
    return name.lstrip("/") if name.startswith("/") else f"xl/{name.removeprefix('./')}"


def _each_tag(xml: bytes, found: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        found(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)  # noqa: FBT003  # expat takes no keyword
    except expat.ExpatError:
        raise Refused("X-XML") from None


def _read_sheet(sheet: CalamineSheet, scanned: Scan, tab: _Tab) -> RawSheet:
    raw = RawSheet(name=tab.name, rows=[], state=tab.state, cut_row=scanned.cut_row, wide=scanned.wide)
    raw.epoch_1904 = tab.epoch_1904
    if sheet.total_height * sheet.total_width > limits.ROWS * limits.COLUMNS + limits.PART_BYTES // 8:
        raise Refused("X-BIG")
    _fill_rows(raw, sheet.to_python(skip_empty_area=False))
    for (row, column), text in scanned.errors.items():
        if _put(raw, row, column, text):
            raw.errors.append((row, column, text))
    for row, column in sorted(scanned.formulas):
        value = raw.rows[row][column] if row < len(raw.rows) and column < len(raw.rows[row]) else None
        if value is not None:
            raw.formulas.append((row, column))
        elif (row, column) not in scanned.text_formulas:
            _put(raw, row, column, None)
            raw.uncached.append((row, column))
    _restyle(raw, scanned)
    raw.merges = _merges(sheet.merged_cell_ranges or (), len(raw.rows))
    raw.hidden_rows = [row for row in scanned.hidden_rows if row < len(raw.rows) and _filled(raw.rows[row])]
    raw.hidden_columns = scanned.hidden_columns
    return raw


def _fill_rows(raw: RawSheet, rows: Iterable[Iterable[Any]]) -> None:
    blank, filled = 0, 0
    for number, cells in enumerate(rows):
        line = [_plain(value, raw, (number, column)) for column, value in enumerate(cells)]
        raw.rows.append(line)
        if _filled(line):
            blank, filled = 0, filled + 1
        else:
            blank += 1
        if blank >= limits.BLANK_ROWS and filled:
            raw.cut_row = raw.cut_row or number + 1 - blank
            break
    if filled > limits.ROWS + 20:
        raise Refused("X-ROWS", limit=limits.ROWS)
    while raw.rows and not _filled(raw.rows[-1]):
        raw.rows.pop()


def _filled(line: Iterable[object]) -> bool:
    return any(cell is not None for cell in line)


def _plain(value: Any, raw: RawSheet, place: tuple[int, int]) -> str | int | float | bool | None:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        (raw.moments if value.time() != time() else raw.days).append(place)
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        raw.days.append(place)
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return value


def _text(value: str) -> str | None:
    """Blank becomes ``None``; ``_x000D_`` escapes of Excel (ECMA-376 §22.9.2.19) become their character."""
    if not value or value.isspace():
        return None
    if "_x" in value:
        value = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), value).encode("utf-8", "replace").decode()
    return value if len(value) <= limits.KEPT_CHARACTERS else value[: limits.KEPT_CHARACTERS]


def _restyle(raw: RawSheet, scanned: Scan) -> None:
    """Say of date cells what they show: a month as 2025-11, and a day for the formats that were not seen as dates."""
    epoch = date(1904, 1, 1) if raw.epoch_1904 else date(1899, 12, 30)
    days = set(raw.days)
    for row, column in (*scanned.months, *scanned.days):
        value = raw.rows[row][column] if row < len(raw.rows) and column < len(raw.rows[row]) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and _FIRST_DAY < value < _LAST_DAY:
            value = (epoch + timedelta(days=int(value))).isoformat()
            days.add((row, column))
        if (row, column) in days and isinstance(value, str):
            raw.rows[row][column] = value
    for row, column in scanned.months:
        if (row, column) in days:
            days.discard((row, column))
            raw.rows[row][column] = str(raw.rows[row][column])[:7]
    raw.days = sorted(days)


def _put(raw: RawSheet, row: int, column: int, value: str | None) -> bool:
    """Place a value that the reader left out, growing the grid by at most the rows it already knows."""
    if row >= len(raw.rows) + limits.BLANK_ROWS or column >= limits.COLUMNS:
        return False
    while len(raw.rows) <= row:
        raw.rows.append([])
    raw.rows[row].extend([None] * (column + 1 - len(raw.rows[row])))
    raw.rows[row][column] = value
    return True


def _merges(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], rows: int) -> list[tuple[int, int, int, int]]:
    found: list[tuple[int, int, int, int]] = []
    for (top, left), (bottom, right) in ranges:
        if top < rows and left < limits.COLUMNS and len(found) < limits.MERGES:
            found.append((top, left, min(bottom, rows - 1), min(right, limits.COLUMNS - 1)))
    return sorted(found)
