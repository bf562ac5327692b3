"""Runs in the child: rows put into a worksheet of somebody else's form, and everything below moved along with them.

openpyxl moves cells only; merged ranges, row heights, formulas, names, print set-up, lists and pictures are moved here.
"""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.tokenizer import Tokenizer
from openpyxl.formula.translate import Translator

from xmdesk.documents.sheets import limits

_PLACE = re.compile(r"(\$?[A-Za-z]{0,3})(\$?)(\d{1,7})")
_LAST_ROW = 1_048_576


@dataclass(frozen=True)
class Growth:
    """``count`` rows put in behind row ``last`` (1-based), looking like the ``height`` rows that begin at ``model``.

    ``stretch``: ranges that end with row ``last`` take the new rows in; not so when that row is the header itself.
    """

    last: int
    count: int
    model: int
    height: int = 1
    stretch: bool = True

    def start(self, row: int) -> int:
        """Return where something goes that begins in a row."""
        return row + self.count if row > self.last else row

    def end(self, row: int) -> int:
        """Return where a range goes that ends in a row; one that ends with the blank rows takes the new ones in."""
        return row + self.count if row > self.last or (self.stretch and row == self.last) else row

    def merge(self, first: int, last: int) -> tuple[int, int]:
        """Return where a merged range goes; a label beside all the blank rows grows with them, a record's does not."""
        beside = first <= self.model and last - first >= self.height
        return self.start(first), self.end(last) if beside else self.start(last)


def grow(sheet: Any, growth: Growth) -> None:
    """Put the rows in; what stood below, and every range over the place, is where a person would have it."""
    merges = _take_merges(sheet)
    sheet.insert_rows(growth.last + 1, growth.count)
    _move_heights(sheet, growth)
    _copy_model(sheet, growth)
    for first, left, last, right in _moved_merges(merges, growth):
        sheet.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    _move_rules(sheet, growth)
    _move_things(sheet, growth)
    _move_pictures(sheet, growth)
    _move_formulas(sheet, growth)


def _take_merges(sheet: Any) -> list[tuple[int, int, int, int]]:
    """Undo all merges, keeping the look of the cells under them, and return where they were."""
    found: list[tuple[int, int, int, int]] = []
    for one in list(sheet.merged_cells.ranges):
        looks = {place: copy(sheet.cell(*place)._style) for place in _places(one)}  # noqa: SLF001  # the whole style
        sheet.unmerge_cells(one.coord)
        for (row, column), look in looks.items():
            sheet.cell(row, column)._style = look  # noqa: SLF001
        found.append((one.min_row, one.min_col, one.max_row, one.max_col))
    return found


def _places(one: Any) -> list[tuple[int, int]]:
    return [
        (row, column) for row in range(one.min_row, one.max_row + 1) for column in range(one.min_col, one.max_col + 1)
    ]


def _moved_merges(merges: list[tuple[int, int, int, int]], growth: Growth) -> list[tuple[int, int, int, int]]:
    """Move merges below, stretch those beside the blank rows, and repeat those of the model rows in the new rows."""
    model = range(growth.model, growth.model + growth.height)
    moved: list[tuple[int, int, int, int]] = []
    for first, left, last, right in merges:
        moved.append((growth.merge(first, last)[0], left, growth.merge(first, last)[1], right))
        if first in model and last in model:
            ways = range(growth.last + 1 - growth.model, growth.last + 1 - growth.model + growth.count, growth.height)
            moved += [(first + way, left, last + way, right) for way in ways]
    return moved


def _move_heights(sheet: Any, growth: Growth) -> None:
    rows = sheet.row_dimensions
    for number in sorted((one for one in rows if one > growth.last), reverse=True):
        dimension = rows.pop(number)
        dimension.index = number + growth.count
        rows[number + growth.count] = dimension
    for offset in range(growth.count):
        model = growth.model + offset % growth.height
        if model in rows and rows[model].height is not None:
            rows[growth.last + 1 + offset].height = rows[model].height


def _copy_model(sheet: Any, growth: Growth) -> None:
    """Give the new rows the look of the model, and its formulas as they read one row further down."""
    width = min(sheet.max_column, limits.COLUMNS)
    for offset in range(growth.count):
        row, model = growth.last + 1 + offset, growth.model + offset % growth.height
        for column in range(1, width + 1):
            source, target = sheet.cell(model, column), sheet.cell(row, column)
            target._style = copy(source._style)  # noqa: SLF001  # openpyxl has no public way to copy a style whole
            if source.data_type == "f" and isinstance(source.value, str):
                target.value = _translated(source.value, source.coordinate, target.coordinate)


def _translated(formula: str, source: str, target: str) -> str:
    translator: Any = Translator(formula, source)
    return translator.translate_formula(target)


def _move_rules(sheet: Any, growth: Growth) -> None:
    """Move what hangs on ranges: lists in cells (data validation) and looks that depend on values."""
    for one in sheet.data_validations.dataValidation:
        one.sqref = type(one.sqref)(moved_ranges(str(one.sqref), growth))
        one.formula1 = one.formula1 and moved_formula(f"={one.formula1}", sheet.title, growth, at=sheet.title)[1:]
    fresh: Any = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            rule.formula = [moved_formula(f"={text}", sheet.title, growth, at=sheet.title)[1:] for text in rule.formula]
            fresh.add(moved_ranges(str(one.sqref), growth), rule)
    sheet.conditional_formatting = fresh


def _move_things(sheet: Any, growth: Growth) -> None:
    """Move the print area, page breaks, filters and tables."""
    if sheet.print_area:
        sheet.print_area = [moved_reference(one, growth) for one in _areas(sheet.print_area)]
    for one in sheet.row_breaks.brk:
        one.id = growth.start(one.id)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved_reference(sheet.auto_filter.ref, growth)
    for table in sheet.tables.values():
        table.ref = moved_reference(table.ref, growth)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = moved_reference(table.autoFilter.ref, growth)


def _move_pictures(sheet: Any, growth: Growth) -> None:
    for thing in (*sheet._images, *sheet._charts):  # noqa: SLF001  # the only list of pictures there is
        for corner in ("_from", "to"):
            marker = getattr(thing.anchor, corner, None)
            if marker is not None:
                marker.row = growth.start(marker.row + 1) - 1


def _areas(print_area: Any) -> list[str]:
    """Return the print areas without the name of the sheet (openpyxl gives one text, areas separated by commas)."""
    return [one.rpartition("!")[2].replace("$", "") for one in str(print_area).split(",")]


def _move_formulas(sheet: Any, growth: Growth) -> None:
    """Let every formula of the workbook mean the same cells as before; sums over the blank rows take the new ones in."""
    book, title = sheet.parent, sheet.title
    new = range(growth.last + 1, growth.last + 1 + growth.count)
    for other in book.worksheets:
        for cell in list(other._cells.values()):  # noqa: SLF001  # iter_rows would make every cell up to the last one
            if cell.data_type == "f" and not (other is sheet and cell.row in new):
                _move_formula(cell, lambda text, at=other.title: moved_formula(text, title, growth, at=at))
        for name in other.defined_names.values():
            name.attr_text = name.attr_text and moved_formula(f"={name.attr_text}", title, growth, at="")[1:]
    for name in book.defined_names.values():
        name.attr_text = name.attr_text and moved_formula(f"={name.attr_text}", title, growth, at="")[1:]


def _move_formula(cell: Any, moved: Callable[[str], str]) -> None:
    if isinstance(cell.value, str):
        cell.value = moved(cell.value)
    elif hasattr(cell.value, "text"):  # an array formula
        cell.value.ref = cell.coordinate if ":" not in cell.value.ref else cell.value.ref
        cell.value.text = cell.value.text and moved(cell.value.text)


def moved_formula(text: str, title: str, growth: Growth, *, at: str) -> str:
    """Return a formula (with its ``=``) that stands on sheet ``at``, its references to sheet ``title`` moved."""
    tokens: Any = Tokenizer(text)
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            sheet, mark, reference = token.value.rpartition("!")
            if (sheet.strip("'").replace("''", "'") or at) == title:
                token.value = f"{sheet}{mark}{moved_reference(reference, growth)}"
    return str(tokens.render())


def moved_ranges(text: str, growth: Growth) -> str:
    """Move several ranges, separated by spaces."""
    return " ".join(moved_reference(one, growth) for one in text.split())


def moved_reference(text: str, growth: Growth) -> str:
    """Move ``D5``, ``$D$5:D9`` or ``5:9``; names, whole columns and anything else stay."""
    first, colon, last = text.partition(":")
    if not colon:
        return _moved_place(first, growth.start) if _PLACE.fullmatch(first) and not first.isdigit() else text
    if not (_PLACE.fullmatch(first) and _PLACE.fullmatch(last)):
        return text
    return f"{_moved_place(first, growth.start)}:{_moved_place(last, growth.end)}"


def _moved_place(text: str, moved: Callable[[int], int]) -> str:
    found = _PLACE.fullmatch(text)
    return text if found is None else f"{found[1]}{found[2]}{min(moved(int(found[3])), _LAST_ROW)}"
