"""A list of rows and beside it the cells of the row in work: before anything is written, any cell can be typed over."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from ui.imports.row_cells import RowCells
from ui.shared.plain_table import Line, PlainTable
from ui.shared.words import button


class RowWork(QSplitter):
    """``corrected`` carries the number of a row and its changed cells.

    Rows that wait show their cells at once; the others (``on_demand``) at Enter or a double click.
    """

    corrected = Signal(int, dict)

    def __init__(self, table: PlainTable, *, on_demand: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.table = table
        self.read = button("重读这一行", "primary")
        self.cells = RowCells(self.read)
        self._on_demand = on_demand
        self._rows: dict[int, Any] = {}
        self._number = 0
        self.setHandleWidth(1)
        self.addWidget(table)
        self.addWidget(self.cells)
        self.setSizes([620, 420])
        self.setChildrenCollapsible(False)
        table.chosen.connect(self._choose)
        table.activated.connect(lambda _: self._begin())
        self.read.clicked.connect(self.cells.send)
        self.cells.sent.connect(lambda texts: self.corrected.emit(self._number, texts))

    def show_rows(self, lines: Sequence[Line], rows: Sequence[Any], *, typing: bool) -> bool:
        """Show rows (each with number, raw cells and problems); tells whether any is left.

        ``typing`` goes on in the row in work, or in the one after it when that one has gone.
        """
        self._rows = {one.number: one for one in rows}
        self.table.show_lines(lines)
        numbers = list(self._rows)
        if not numbers:
            self.cells.hide()
            return False
        if not typing:
            self.cells.setVisible(not self._on_demand)
        if typing or not self._on_demand:
            at = next((place for place, number in enumerate(numbers) if number >= self._number), len(numbers) - 1)
            self.table.selectRow(at if typing else 0)
        if typing:
            self._begin()
        return True

    def _choose(self, key: str) -> None:
        self._number = int(key)
        if not self._on_demand or self.cells.isVisible():
            self._show()

    def _begin(self) -> None:
        if self._number in self._rows:
            self._show()
            self.cells.start()

    def _show(self) -> None:
        one = self._rows[self._number]
        self.cells.show_row(f"第 {one.number} 行", one.raw, one.problems)
