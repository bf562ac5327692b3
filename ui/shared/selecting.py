"""Which cells of a table are selected: a block, or cells here and there; columns out of view are never meant."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.shared.record_table import RegisterTable


def ranges_of(table: "RegisterTable") -> list[Any]:
    """Return the rectangles of the selection."""
    chosen: Any = table.selectionModel().selection()
    return list(chosen)


def spans_of(table: "RegisterTable") -> list[tuple[int, int]]:
    """Return first and last of the rows in which cells are selected, apart and in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted((one.top(), one.bottom()) for one in ranges_of(table)):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def rows_of(table: "RegisterTable") -> list[int]:
    """Return the rows in which a cell is selected."""
    return [row for first, last in spans_of(table) for row in range(first, last + 1)]


def block_of(table: "RegisterTable") -> tuple[Sequence[int], list[int]]:
    """Return rows and columns in which cells are selected; where none is, the cell of the cursor."""
    ranges, here = ranges_of(table), table.currentIndex()
    if not table.selectionModel().isSelected(here):
        return ([here.row()], [here.column()]) if here.isValid() else ([], [])
    rows = range(ranges[0].top(), ranges[0].bottom() + 1) if len(ranges) == 1 else rows_of(table)
    return rows, [one for one in table.shown_columns() if any(each.left() <= one <= each.right() for each in ranges)]


def is_patchy(table: "RegisterTable") -> bool:
    """Whether cells are selected here and there, so that they make no block."""
    ranges = ranges_of(table)
    columns = {column for one in ranges for column in range(one.left(), one.right() + 1)}
    cells = sum(one.height() * one.width() for one in ranges)
    high = sum(last - first + 1 for first, last in spans_of(table))
    return len(ranges) > 1 and high * len(columns) != cells


def cells_of(table: "RegisterTable") -> dict[int, list[int]]:
    """Return the columns in which cells are selected, row by row; where none is, the cell of the cursor."""
    rows, columns = block_of(table)
    if not is_patchy(table):
        return dict.fromkeys(rows, columns)
    found: dict[int, list[int]] = {}
    for one in ranges_of(table):
        wide = [column for column in columns if one.left() <= column <= one.right()]
        for row in range(one.top(), one.bottom() + 1):
            found.setdefault(row, []).extend(wide)
    return found
