"""What is open about a register as a whole, above its table: no record shows it, but the navigation counts it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.shared.icons import Icons
from ui.shared.plain_table import Line
from ui.shared.words import LineButton, button, clear

SHOWN = 2


class Whole(QFrame):
    """``asked`` carries the key of a line to be shown among all problems, where it can be explained."""

    asked = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "offer")
        self.setProperty("tone", "missing")
        self._icons = icons
        self._shown: Sequence[Line] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 2, 8, 2)
        self._column.setSpacing(0)
        icons.changed.connect(self._fill)
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the first of these, and how many more there are."""
        if lines != self._shown:
            self._shown = lines
            self._fill()

    def _fill(self) -> None:
        clear(self._column)
        for one in self._shown[:SHOWN]:
            self._column.addWidget(self._line(one))
        if len(self._shown) > SHOWN:
            left = len(self._shown) - SHOWN
            more = button(f"整本台账还有 {left} 处", "link", name=f"整本台账还有 {left} 处问题，都看")
            more.clicked.connect(lambda: self.asked.emit(self._shown[SHOWN].key))
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(self._shown))

    def _line(self, one: Line) -> QWidget:
        made = LineButton(f"整本台账：{one.cells[-1]}")
        made.setToolTip(one.tip)
        made.setIcon(self._icons.get(one.icon, one.tone))
        made.clicked.connect(lambda: self.asked.emit(one.key))
        return made
