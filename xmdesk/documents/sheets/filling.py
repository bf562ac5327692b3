"""Runs in the child: records written into the empty rows of a form, which stays as it was sent in all other respects."""

import io
import re
from collections.abc import Callable, Sequence
from copy import copy
from itertools import product
from typing import Any

import msgspec
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.styles import PatternFill

from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.blank_forms import FormArea, open_book, refuse_traps
from xmdesk.documents.sheets.growing import Growth, grow
from xmdesk.documents.sheets.parts import open_parts
from xmdesk.documents.sheets.prepared import is_printed

Value = str | int | float | None
# What a spreadsheet would turn into a number, a date or a formula as soon as somebody edits the cell.
_FRAGILE = re.compile(r"[=+\-@\t].*|[\d\s./:%年月日*\-]+[Xx]?", re.DOTALL)


class Filling(msgspec.Struct):
    """What to write: ``rows`` of values, their ``columns`` (0-based) for each block of the table standing side by side.

    ``at``: in which row of the sheet each begins, where what the sender printed decides it; else one after the other.
    ``counted``: columns that only count the rows.
    """

    sheet: str
    area: FormArea
    columns: list[list[int]]
    rows: list[list[Value]]
    at: list[int] = []
    counted: list[int] = []


def fill_form(data: bytes, options: dict[str, Any]) -> bytes:
    """Child task: return the workbook with the rows of ``options`` (a :class:`Filling`) in it."""
    refuse_traps(open_parts(data))
    wanted = msgspec.convert(options, Filling, strict=False)
    book = open_book(data)
    _fill(book[wanted.sheet], wanted)
    # Results of formulas are not kept by openpyxl; the program that opens the form works them out.
    book.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Any, wanted: Filling) -> None:
    area, blocks = wanted.area, len(wanted.columns)
    depth = -(-len(wanted.rows) // blocks)
    if wanted.at:
        depth = (max(*wanted.at, area.last) - area.first) // area.height + 1
    lacking = depth * area.height - (area.last - area.first + 1)
    _part_merges(sheet, wanted)
    if lacking > 0:
        grow(sheet, Growth(area.last, lacking, area.model, area.height, stretch=not area.plain))
        if area.plain:
            _make_plain(sheet, range(area.last + 1, area.last + 1 + lacking))
    for number, values in enumerate(wanted.rows):
        block, place = divmod(number, max(depth, 1))
        row = wanted.at[number] if wanted.at else area.first + place * area.height
        for column, value in zip(wanted.columns[block], values, strict=True):
            may_go = column in wanted.counted and not wanted.at
            cell = _holder(sheet, row, column) if wanted.at else sheet.cell(row, column + 1)
            if value is not None and (may_go or not is_printed(cell)):
                _put(cell, value)


def _part_merges(sheet: Any, wanted: Filling) -> None:
    """Part cells that are merged over several records, unless every record says the same there (the village's name)."""
    is_parted = _differs_in_rows(sheet, wanted) if wanted.at else _differs_anywhere(wanted)
    for one in list(sheet.merged_cells.ranges):
        inside = one.min_row >= wanted.area.first and one.max_row <= wanted.area.last
        if inside and one.max_row - one.min_row >= wanted.area.height and is_parted(one):
            look = copy(sheet.cell(one.min_row, one.min_col)._style)  # noqa: SLF001  # the whole style
            sheet.unmerge_cells(one.coord)
            for place in product(range(one.min_row, one.max_row + 1), range(one.min_col, one.max_col + 1)):
                sheet.cell(*place)._style = copy(look)  # noqa: SLF001


def _differs_anywhere(wanted: Filling) -> Callable[[Any], bool]:
    said = list(zip(*wanted.rows, strict=True)) if wanted.rows else []
    columns = {
        column for block in wanted.columns for column, values in zip(block, said, strict=True) if len(set(values)) > 1
    }
    return lambda one: one.min_col - 1 in columns


def _differs_in_rows(sheet: Any, wanted: Filling) -> Callable[[Any], bool]:
    """Where the sender prepared the rows: what is printed, or counts, stays merged, and so do rows that nobody fills."""
    columns = {column: at for at, column in enumerate(wanted.columns[0])}

    def is_parted(one: Any) -> bool:
        at = columns.get(one.min_col - 1)
        if at is None or one.min_col - 1 in wanted.counted or is_printed(sheet.cell(one.min_row, one.min_col)):
            return False
        rows = zip(wanted.at, wanted.rows, strict=True)
        return len({values[at] for row, values in rows if one.min_row <= row <= one.max_row}) > 1

    return is_parted


def _holder(sheet: Any, row: int, column: int) -> Any:
    """Return the cell that holds what is shown in a row: of cells merged downwards the first."""
    cell = sheet.cell(row, column + 1)
    if not isinstance(cell, MergedCell):
        return cell
    around = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
    return sheet.cell(around.min_row, column + 1)


def _make_plain(sheet: Any, rows: Sequence[int]) -> None:
    """Rows made after the header's likeness are neither bold nor coloured."""
    for place in product(rows, range(1, min(sheet.max_column, limits.COLUMNS) + 1)):
        cell = sheet.cell(*place)
        font = copy(cell.font)
        font.bold = False
        cell.font, cell.fill = font, PatternFill()


def _put(cell: Any, value: str | float) -> None:
    """Write a value; text is text whatever it begins with."""
    if isinstance(cell, MergedCell):
        return
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.value = text
    cell.data_type = "s"
    if _FRAGILE.fullmatch(text):
        cell.number_format = "@"
    if "\n" in text:
        alignment = copy(cell.alignment)
        alignment.wrap_text = True
        cell.alignment = alignment
