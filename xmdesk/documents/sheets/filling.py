"""Runs in the child: records written into the empty rows of a form, which stays as it was sent in all other respects."""

import io
import re
from collections.abc import Sequence
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
            if value is not None and (column in wanted.counted or not _is_printed(sheet.cell(row, column + 1))):
                _put(sheet.cell(row, column + 1), value)


def _part_merges(sheet: Any, wanted: Filling) -> None:
    """Part cells that are merged over several records, unless every record says the same there (the village's name)."""
    area = wanted.area
    said = list(zip(*wanted.rows, strict=True)) if wanted.rows else []
    columns = {
        column for block in wanted.columns for column, values in zip(block, said, strict=True) if len(set(values)) > 1
    }
    for one in list(sheet.merged_cells.ranges):
        inside = one.min_row >= area.first and one.max_row <= area.last and one.min_col - 1 in columns
        if inside and one.max_row - one.min_row >= area.height:
            look = copy(sheet.cell(one.min_row, one.min_col)._style)  # noqa: SLF001  # the whole style
            sheet.unmerge_cells(one.coord)
            for place in product(range(one.min_row, one.max_row + 1), range(one.min_col, one.max_col + 1)):
                sheet.cell(*place)._style = copy(look)  # noqa: SLF001


def _make_plain(sheet: Any, rows: Sequence[int]) -> None:
    """Rows made after the header's likeness are neither bold nor coloured."""
    for place in product(rows, range(1, min(sheet.max_column, limits.COLUMNS) + 1)):
        cell = sheet.cell(*place)
        font = copy(cell.font)
        font.bold = False
        cell.font, cell.fill = font, PatternFill()


def _is_printed(cell: Any) -> bool:
    """Whether the sender wrote something into a cell, which stays; a formula or dots for more of the same may go."""
    return cell.value is not None and cell.data_type != "f" and bool(str(cell.value).strip(" \t\n.·⋯…"))


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
