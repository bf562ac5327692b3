"""A card: labels beside the cells they speak of, all for one thing; neither a ledger nor a form with a row for each."""

import itertools
from collections.abc import Sequence

from xmdesk.documents.sheets.grid import Cell, Sheet
from xmdesk.documents.sheets.table_finding import Known

_FEWEST_LINES = 2
_FEWEST_LABELS = 4
_ROW_OF_TITLES = 3


def is_card(sheet: Sheet, known: Known) -> bool:
    """Tell whether a sheet is a card: labels stand one below the other with room beside each, and no row is all titles."""
    lines = [_labels(cells, known) for cells in sheet.rows[:60]]
    if any(_is_row_of_titles(columns) for columns in lines):
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
