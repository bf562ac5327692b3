"""A list of rows and beside it the cells of the row in work: before anything is written, any cell can be typed over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter

from ui.imports.row_cells import RowCells, is_text
from ui.shared.plain_table import Line, PlainTable
from ui.shared.words import button
from xmdesk.problems import Problem

Fault = tuple[str, str, str]


class RowWork(QSplitter):
    """``corrected`` carries the number of a row and its changed cells; ``corrected_alike`` the numbers of rows with the same
    fault, its header and the text that stands there from now on; ``passed`` the number and the changed cells of a row from which
    the person has gone on.

    Rows that wait show their cells at once; the others (``on_demand``) at Enter, F2, a double click or the first letter, in the
    field of the column in front: ``headers`` tells which stands in which column of the list.
    """

    corrected = Signal(int, dict)
    corrected_alike = Signal(list, str, str)
    passed = Signal(int, dict)

    def __init__(self, table: PlainTable, *, on_demand: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.table = table
        self.read = button("重读这一行", "primary")
        self.cells = RowCells(self.read)
        self._on_demand = on_demand
        self.headers: Sequence[str] = ()
        self._rows: dict[int, Any] = {}
        self._faults: dict[Fault, list[int]] = {}
        self._number = self._shown = 0
        self._is_resting = False
        self.setHandleWidth(1)
        self.addWidget(table)
        self.addWidget(self.cells)
        self.setSizes([620, 420])
        self.setChildrenCollapsible(False)
        table.chosen.connect(self._choose)
        table.activated.connect(lambda _: self.begin())
        table.installEventFilter(self)
        self.read.clicked.connect(self.cells.send)
        self.cells.sent.connect(lambda texts: self.corrected.emit(self._number, texts))
        self.cells.alike.connect(self._all_alike)
        self.cells.left.connect(self._leave)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 opens the row as Enter does, before the window takes the key for an act of its own; what is typed replaces a cell."""
        if watched is not self.table or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if is_text(event):
            return self.begin() and self.cells.replace(event)
        if event.key() != Qt.Key.Key_F2 or event.modifiers():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self.begin()
        return True

    def show_rows(self, lines: Sequence[Line], rows: Sequence[Any], *, typing: bool) -> bool:
        """Show rows (each with number, raw cells and problems); tells whether any is left.

        ``typing`` goes on in the row in work, or in the one after it when that one has gone; who went on to another row stays there.
        """
        is_resting, self._is_resting, self._shown = self._is_resting, False, 0
        self._rows = {one.number: one for one in rows}
        self._faults = {} if self._on_demand else faults_of((one.number, one.raw, one.problems) for one in rows)
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
        if typing and not is_resting:
            self.begin()
        return True

    @property
    def begun(self) -> dict[str, Any]:
        """The row in front, and what was typed into its cells and not read yet."""
        is_open = not self.cells.isHidden() and self._shown == self._number in self._rows
        return {"row": self._number, "texts": self.cells.changed() if is_open else {}}

    def has(self, number: int) -> bool:
        """Whether a row stands in this list."""
        return number in self._rows

    def put_back(self, begun: Mapping[str, Any]) -> None:
        """Show a row again with what was typed."""
        row, texts, self._is_resting = begun["row"], begun["texts"], False
        if row not in self._rows:
            return
        self.table.selectRow(list(self._rows).index(row))
        if texts:
            self._show()
            self.cells.put_back(texts)

    def forget(self) -> None:
        """What was typed and not read yet may be lost."""
        self._shown = 0

    def _choose(self, key: str) -> None:
        begun, self._number = self.begun, int(key)
        if self._shown == self._number:
            return
        if not self._on_demand or self.cells.isVisible():
            self._show()
        self._pass(begun)

    def _pass(self, begun: Mapping[str, Any]) -> None:
        """Hand on what was typed into a row that the person leaves; whoever reads it lets the person stay where they are."""
        if begun["texts"]:
            self._is_resting = True
            self.passed.emit(begun["row"], begun["texts"])

    def begin(self) -> bool:
        """Go into the cells of the row in front; what was typed there stands there still. Tells whether there is one."""
        if self._number not in self._rows:
            return False
        if self._shown != self._number or self.cells.isHidden():
            self._show()
        column = self.table.currentIndex().column()
        self.cells.start(self.headers[column] if 0 <= column < len(self.headers) else "")
        return True

    def _show(self) -> None:
        self._shown = self._number
        one = self._rows[self._number]
        alike = {at[0]: len(self._faults.get(at, ())) for at in faults_in(one.raw, one.problems)}
        self.cells.show_row(f"第 {one.number} 行", one.raw, one.problems, alike)

    def _all_alike(self, header: str, text: str) -> None:
        one = self._rows[self._number]
        at = next(at for at in faults_in(one.raw, one.problems) if at[0] == header)
        self.corrected_alike.emit(self._faults[at], header, text)

    def _leave(self) -> None:
        """Back to the list; a row that was opened on demand is closed, and what was typed there is taken."""
        begun = self.begun
        self.table.setFocus()
        if self._on_demand:
            self.cells.hide()
            self._shown = 0
        self._pass(begun)


def faults_in(raw: Mapping[str, str], problems: Iterable[Problem]) -> list[Fault]:
    """Return what is wrong with the cells of a row: header, code and what stands there."""
    return [(one.where.column, one.code, raw[one.where.column]) for one in problems if one.where.column in raw]


def faults_of(rows: Iterable[tuple[Any, Mapping[str, str], Iterable[Problem]]]) -> dict[Fault, list[Any]]:
    """Return for each fault the rows that have it, by what they are known by."""
    found: dict[Fault, list[Any]] = {}
    for name, raw, problems in rows:
        for at in faults_in(raw, problems):
            found.setdefault(at, []).append(name)
    return found
