"""Tables without any header: the first row is a record, and columns are called by their place (第1列(A), 第2列(B) …)."""

import re
from collections.abc import Sequence
from datetime import date

from xmdesk.documents.sheets.columns import Register
from xmdesk.documents.sheets.grid import Cell, Sheet, cell_text
from xmdesk.documents.sheets.table_finding import SEARCHED_ROWS, Header, Table, with_body

NO_HEADER = -1
"""Said in place of the row of the header: there is none."""

NUMBER_OF_A_PERSON = re.compile(r"\d{17}[\dXx]|[^*\s]{0,6}\*{4,}[^*\s]{0,6}")
MOBILE = re.compile(r"1[3-9]\d(?:\d{8}|\*{4}\d{4})")
DAY = re.compile(r"(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?|月)")
_FEW = 1
"""A word in a row of data may happen to be the title of a column, but hardly more than one."""
_SAID_OF_MANY = frozenset({"是", "否", "有", "无"})


def headless(sheet: Sheet) -> Table | None:
    """Return the table of a sheet that has no header; single lines above it are titles, as they are above others."""
    filled = [sum(cell is not None for cell in cells) for cells in sheet.rows[:SEARCHED_ROWS]]
    widest = max(filled, default=0)
    top = next((row for row, count in enumerate(filled) if count >= min(widest, 2) and not _is_one(sheet, row)), None)
    if not widest or top is None:
        return None
    columns = sorted({at for cells in sheet.rows[top:] for at, cell in enumerate(cells) if cell is not None})
    headers = tuple(Header((f"第{at + 1}列({_letter(at)})",), at) for at in columns)
    return with_body(Table(sheet, top, 0, headers, 0.0))


def first_cells(table: Table) -> list[Cell]:
    """Return the first row of a table without header."""
    return list(table.sheet.rows[table.first_row])


def is_data(cells: Sequence[Cell], known: int, register: Register) -> bool:
    """Tell whether a row is evidently a record and no header, of whose titles so many are ``known``.

    Numbers that belong to one person stand in no header; days and words of a list hardly do, where no title is known.
    """
    texts = [_compact(cell) for cell in cells if cell is not None]
    if any(NUMBER_OF_A_PERSON.fullmatch(one) or MOBILE.fullmatch(one) for one in texts):
        return known <= _FEW
    words = {word for column in register.columns for word in column.choices} - _SAID_OF_MANY
    is_day = any(isinstance(cell, date) for cell in cells) or any(DAY.fullmatch(one) for one in texts)
    return not known and (is_day or any(one in words for one in texts))


def _compact(cell: Cell) -> str:
    return "".join(cell_text(cell).split())


def _is_one(sheet: Sheet, row: int) -> bool:
    """A range over three or more columns is a line of text over the table."""
    return any(first <= row <= last and right - left >= 2 for first, left, last, right in sheet.merges)


def _letter(column: int) -> str:
    """How programs for sheets call a column: A … Z, AA …"""
    text, rest = "", column + 1
    while rest:
        rest, at = divmod(rest - 1, 26)
        text = chr(ord("A") + at) + text
    return text
