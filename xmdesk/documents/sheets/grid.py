"""The neutral grid that every reader gives and everything after it uses: typed cells and flags, no file format."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

Cell = str | int | float | bool | date | datetime | None
Place = tuple[int, int]


class RawSheet(msgspec.Struct, omit_defaults=True):
    """One sheet as it crosses the pipe; rows and columns count from 0, dates travel as ISO text beside the rows."""

    name: str
    rows: list[list[str | int | float | bool | None]]
    state: str = "visible"
    days: list[tuple[int, int]] = []
    moments: list[tuple[int, int]] = []
    errors: list[tuple[int, int, str]] = []
    formulas: list[tuple[int, int]] = []
    uncached: list[tuple[int, int]] = []
    garbled: list[int] = []
    merges: list[tuple[int, int, int, int]] = []
    hidden_rows: list[int] = []
    hidden_columns: list[int] = []
    widths: list[int] = []
    cut_row: int = 0
    wide: bool = False
    epoch_1904: bool = False
    confirm: list[str] = []
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet, places counted from 0. ``formulas`` have a stored result, ``uncached`` have none; ``garbled`` rows hold unreadable
    bytes; ``widths`` are the cells per record of a text table; ``epoch_1904`` counts bare day numbers from 1904; ``records`` are
    rows of which a person said that they are data.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    state: str = "visible"
    errors: dict[Place, str] = field(default_factory=dict[Place, str])
    formulas: frozenset[Place] = frozenset()
    uncached: frozenset[Place] = frozenset()
    garbled: frozenset[int] = frozenset()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    cut_row: int = 0
    wide: bool = False
    epoch_1904: bool = False
    confirm: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    file: str = ""
    records: frozenset[int] = frozenset()

    @property
    def is_text(self) -> bool:
        """Whether it came from a text file."""
        return bool(self.encoding)

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell is not None for row in self.rows for cell in row)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, ``None`` outside the grid."""
        line = self.rows[row] if 0 <= row < len(self.rows) else ()
        return line[column] if 0 <= column < len(line) else None


def revive(raw: Any, file: str = "") -> Sheet:
    """Make a sheet of what came over the pipe, with dates as dates; ``file`` is the name of the file it stood in."""
    sheet = msgspec.convert(raw, RawSheet)
    rows: list[list[Cell]] = [list(row) for row in sheet.rows]
    for row, column in sheet.days:
        rows[row][column] = date.fromisoformat(str(rows[row][column]))
    for row, column in sheet.moments:
        rows[row][column] = datetime.fromisoformat(str(rows[row][column]))
    return Sheet(
        name=sheet.name,
        rows=rows,
        state=sheet.state,
        errors={(row, column): text for row, column, text in sheet.errors},
        formulas=frozenset(sheet.formulas),
        uncached=frozenset(sheet.uncached),
        garbled=frozenset(sheet.garbled),
        merges=tuple(sheet.merges),
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        widths=tuple(sheet.widths),
        cut_row=sheet.cut_row,
        wide=sheet.wide,
        epoch_1904=sheet.epoch_1904,
        confirm=tuple(sheet.confirm),
        encoding=sheet.encoding,
        separator=sheet.separator,
        file=file,
    )


def cell_text(cell: Cell) -> str:
    """Return a cell as text, for headers, lists and the raw text of parked rows; whole numbers without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e20 else repr(cell)
    return str(cell)
