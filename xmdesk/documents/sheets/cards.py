"""A card: labels beside the cells they speak of, all for one thing; neither a ledger nor a form with a row for each."""

import itertools
from collections.abc import Sequence

from xmdesk.documents.sheets.grid import Cell, Sheet
from xmdesk.documents.sheets.lines import ORDINALS
from xmdesk.documents.sheets.table_finding import Known
from xmdesk.documents.sheets.words import plain

_FEWEST_LINES = 2
_FEWEST_LABELS = 4
_ROW_OF_TITLES = 3
_SEARCHED = 60


def is_card(sheet: Sheet, known: Known) -> bool:
    """Tell whether a sheet is a card: labels stand one below the other with room beside each, and no row is all titles."""
    lines = [_labels(cells, known) for cells in sheet.rows[:_SEARCHED]]
    if (
        any(_is_row_of_titles(columns) for columns in lines)
        or _has_numbered_rows(sheet)
        or _has_titles_under_one(sheet)
    ):
        return False
    spaced = [columns for columns in lines if columns]
    below = sum(bool(set(one) & set(other)) for one, other in itertools.pairwise(spaced))
    return below >= _FEWEST_LINES - 1 and sum(map(len, spaced)) >= _FEWEST_LABELS


def _labels(cells: Sequence[Cell], known: Known) -> list[int]:
    return [at for at, cell in enumerate(cells) if isinstance(cell, str) and known(("".join(cell.split()),))]


def _is_row_of_titles(columns: Sequence[int]) -> bool:
    """Titles of a table stand side by side; a label of a card has an answer beside it, though not always one cell wide."""
    beside = sum(after - before == 1 for before, after in itertools.pairwise(columns))
    return (len(columns) >= _ROW_OF_TITLES and beside * 2 >= len(columns) - 1) or len(columns) == 2 == beside + 1


def _has_numbered_rows(sheet: Sheet) -> bool:
    """序号 among other titles heads a column of numbers; a card speaks of one thing."""
    texts = [[plain(cell) for cell in cells if isinstance(cell, str)] for cells in sheet.rows[:_SEARCHED]]
    return any(len(row) >= _ROW_OF_TITLES and not ORDINALS.isdisjoint(row) for row in texts)


def _has_titles_under_one(sheet: Sheet) -> bool:
    """Beside others, a title over several columns with a title in each is the head of a table: 管护 over 主体 and 责任人."""
    return any(
        first == last
        and right > left
        and _is_beside_others(sheet, first, left)
        and _are_titles(sheet, first + 1, left, right)
        for first, left, last, right in sheet.merges
        if first < _SEARCHED
    )


def _is_beside_others(sheet: Sheet, row: int, column: int) -> bool:
    """What stands alone in its row is the title of the whole sheet, of a card too."""
    return any(at != column and sheet.cell(row, at) is not None for at in range(len(sheet.rows[row])))


def _are_titles(sheet: Sheet, row: int, left: int, right: int) -> bool:
    """A figure is no title."""
    cells = [sheet.cell(row, column) for column in range(left, right + 1)]
    return all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in cells)
