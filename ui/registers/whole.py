"""What is open about a register as a whole, above its table: no record shows it, but the navigation counts it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.plain_table import Line
from ui.shared.words import LineButton, clear

WHAT = 2
"""The column of a line that says what is wrong."""


class Whole(QFrame):
    """One line; ``asked`` carries the key of the first problem, to be shown among all, where each can be explained."""

    asked = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "offer")
        self.setProperty("tone", "missing")
        self._icons = icons
        self._shown: Sequence[Line] = ()
        self._is_past = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 2, 8, 2)
        icons.changed.connect(self._fill)
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the first of these, and how many there are."""
        if lines != self._shown:
            self._shown = lines
            self._fill()

    def stand_back(self, *, is_past: bool) -> None:
        """What is open now has nothing to do with a register as it was."""
        self._is_past = is_past
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        self.setVisible(bool(self._shown) and not self._is_past)
        if self._shown:
            self._column.addWidget(self._line(self._shown[0]))

    def _line(self, first: Line) -> LineButton:
        made = LineButton(f"整本台账 {len(self._shown)} 处：{first.cells[WHAT]}")
        made.setToolTip("\n".join(one.cells[WHAT] for one in self._shown))
        made.setIcon(self._icons.get(first.icon, first.tone))
        made.clicked.connect(lambda: self.asked.emit(first.key))
        return made
