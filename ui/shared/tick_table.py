"""A table whose lines can be ticked: click the box, or press Space; Ctrl+A ticks all."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from ui.shared.icons import Icons
from ui.shared.plain_table import DISPLAY, Line, LinesModel, PlainTable

TICK, NAME = 10, 11


class TickModel(LinesModel):
    """Lines with a box in the first column."""

    def __init__(self, heads: Sequence[str], icons: Icons) -> None:
        super().__init__(heads, icons)
        self.ticked: set[str] = set()

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Add the box, and say it to screen readers."""
        key = self.lines[index.row()].key
        if role == TICK and index.column() == 0:
            return Qt.CheckState.Checked if key in self.ticked else Qt.CheckState.Unchecked
        if role == NAME and index.column() == 0:
            return f"{'已勾选' if key in self.ticked else '未勾选'}，{super().data(index)}"
        return super().data(index, role)

    def flags(self, index: Any) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def setData(self, index: Any, value: Any, role: int = 2) -> bool:
        """Take a tick."""
        if role != TICK:
            return False
        self.tick([self.lines[index.row()].key], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def tick(self, keys: Iterable[str], *, on: bool) -> None:
        """Tick lines, or take their ticks away."""
        self.ticked = self.ticked | set(keys) if on else self.ticked - set(keys)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0), [TICK])


class TickTable(PlainTable):
    """``ticked`` fires when ticks changed; ``opened`` carries the key of a line that was entered."""

    ticked = Signal()
    opened = Signal(str)

    def __init__(self, heads: Sequence[str], weights: Sequence[int], icons: Icons, *, name: str) -> None:
        super().__init__(heads, weights, icons, name=name)
        self.model_ = TickModel(heads, icons)
        self.lines = self.model_
        self.setModel(self.model_)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.model_.dataChanged.connect(self.ticked)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.model_.lines[index.row()].key))

    @property
    def keys(self) -> list[str]:
        """Keys of the ticked lines that are shown, in their order."""
        return [one.key for one in self.model_.lines if one.key in self.model_.ticked]

    @property
    def current(self) -> str:
        """Key of the line with the cursor."""
        index = self.currentIndex()
        return self.model_.lines[index.row()].key if index.isValid() else ""

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; ticks of lines that are gone are dropped."""
        self.model_.ticked &= {one.key for one in lines}
        row = self.currentIndex().row()
        super().show_lines(lines)
        if lines:
            self.setCurrentIndex(self.model_.index(max(0, min(row, len(lines) - 1)), 0))
        self.ticked.emit()

    def tick(self, keys: Iterable[str], *, on: bool = True) -> None:
        """Tick lines, or take their ticks away."""
        self.model_.tick(keys, on=on)

    def tick_all(self) -> None:
        """Tick every line, or none when all are ticked."""
        every = [one.key for one in self.model_.lines]
        self.tick(every, on=len(self.keys) < len(every))

    def keyPressEvent(self, event: Any) -> None:
        """Space ticks, Enter opens, Ctrl+A ticks all."""
        key = self.current
        if event.key() == Qt.Key.Key_Space and key:
            self.tick([key], on=key not in self.model_.ticked)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key:
            self.opened.emit(key)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.tick_all()
        else:
            super().keyPressEvent(event)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid() and current.row() < len(self.model_.lines):
            self.chosen.emit(self.model_.lines[current.row()].key)


def fit_height(table: PlainTable, *, most: int = 9, least: int = 0) -> None:
    """Make a table as high as its lines need, up to some; where room is short it shrinks to ``least`` lines, if those are given."""
    rows = max(1, min(most, len(table.lines.lines)))
    head = table.horizontalHeader().sizeHint().height()
    heights = [
        head + count * table.verticalHeader().defaultSectionSize() + 4 for count in (min(least or rows, rows), rows)
    ]
    if least:
        table.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
    table.setMinimumHeight(heights[0])
    table.setMaximumHeight(heights[1])
