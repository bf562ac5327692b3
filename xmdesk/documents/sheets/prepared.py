"""Runs in the child: what the sender wrote into the rows of a form that wait to be filled."""

from collections.abc import Callable, Collection
from typing import Any

Texts = dict[int, dict[int, str]]
"""What stands in each row, by column (0-based)."""


def is_printed(cell: Any) -> bool:
    """Whether the sender wrote something into a cell, which stays; a formula or dots for more of the same may go."""
    return cell.value is not None and cell.data_type != "f" and bool(_words(cell.value))


def spoken(sheet: Any, found: Texts) -> Texts:
    """Let a merged cell speak for each of its rows."""
    for one in sheet.merged_cells.ranges:
        text = found.get(one.min_row, {}).get(one.min_col - 1)
        for row in range(one.min_row + 1, one.max_row + 1) if text else ():
            found.get(row, {})[one.min_col - 1] = text or ""
    return {row: texts for row, texts in found.items() if texts}


def counted(sheet: Any, rows: range, columns: Collection[int], texts: Callable[[int], dict[int, str]]) -> Texts:
    """What counts each row: the printed number, else the next one; a cell merged over several rows counts once."""
    tops = {
        (row, one.min_col - 1): one.min_row
        for one in sheet.merged_cells.ranges
        if one.min_col - 1 in columns
        for row in range(max(one.min_row, rows.start), min(one.max_row + 1, rows.stop))
    }
    seen: dict[int, set[int]] = {column: set() for column in columns}
    found: Texts = {row: {} for row in rows}
    for row in rows:
        for column in columns:
            top = tops.get((row, column), row)
            seen[column].add(top)
            printed = _words(texts(top).get(column, ""))
            found[row][column] = printed or str(len(seen[column]))
    return found


def _words(value: Any) -> str:
    return str(value).strip(" \t\n.·⋯…")
