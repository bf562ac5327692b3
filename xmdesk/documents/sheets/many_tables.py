"""Several tables on one sheet: each can be named by the words above it, and ends where the next one begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.table_finding import Known, Table, find_table

_FEWEST_TITLES = 2
_FEWEST_KNOWN = 3
"""So many known titles make another table on a sheet that has one already."""
_MOST = 8
_NAME_LINES = 3
_LONGEST_NAME = 20


@dataclass(frozen=True)
class Placed:
    """A table, what its place is called, and the last row of the sheet that is its own (0: to the end)."""

    table: Table
    place: str
    until: int = 0


def tables_in(sheet: Sheet, known: Known) -> list[Placed]:
    """Return the tables of a sheet from top to bottom; one alone is called as its sheet."""
    best = find_table(sheet, known)
    if best is None or len(best.headers) < _FEWEST_TITLES:
        return []
    below = best.first_row + best.header_rows
    above, after = _others(sheet, known, 0, best.first_row), _others(sheet, known, below, len(sheet.rows))
    found = [*above, best, *after][:_MOST]
    if len(found) == 1 or best not in found:
        return [Placed(best, sheet.name)]
    ends = [_end(sheet, one.first_row) for one in found[1:]]
    return [Placed(one, _name(sheet, one), end) for one, end in zip(found, [*ends, 0], strict=True)]


def _others(sheet: Sheet, known: Known, first: int, last: int) -> list[Table]:
    """The tables between two rows."""
    if last - first < 1:
        return []
    rows = [cells if first <= row < last else () for row, cells in enumerate(sheet.rows)]
    merges = tuple(one for one in sheet.merges if first <= one[0] and one[2] < last)
    best = find_table(replace(sheet, rows=rows, merges=merges), known)
    if best is None or best.matched < _FEWEST_KNOWN:
        return []
    below = best.first_row + best.header_rows
    return [*_others(sheet, known, first, best.first_row), best, *_others(sheet, known, below, last)]


def _end(sheet: Sheet, header: int) -> int:
    """The last row above a header and the lines that name its table."""
    row = header
    while row > 0 and header - row < _NAME_LINES and _is_name(sheet.rows[row - 1]):
        row -= 1
    return row


def _name(sheet: Sheet, table: Table) -> str:
    above = sheet.rows[table.first_row - 1] if table.first_row else ()
    words = "".join(next(str(cell) for cell in above if cell is not None).split()) if _is_name(above) else ""
    return f"{sheet.name}：{words[:_LONGEST_NAME]}（第{table.first_row + 1}行）"


def _is_name(cells: Sequence[object]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return len(filled) == 1 and isinstance(filled[0], str) and not filled[0].strip().isdigit()
