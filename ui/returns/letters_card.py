"""What came back from the district: a slip's points, each leading to its field with the reviewer's words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.words import LineButton, clear, label
from xmdesk.records.registers import REGISTERS


class LettersCard(QFrame):
    """``asked`` carries the point to go to. Hidden while nothing has to be corrected."""

    asked = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label("区里退回，要改这些", "heading"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.hide()

    def show_points(self, points: Sequence[Any]) -> None:
        """Show open points."""
        clear(self._rows)
        self.setVisible(bool(points))
        for one in points:
            register = REGISTERS[one.register].title if one.register in REGISTERS else ""
            place = " · ".join(filter(None, (register, one.record_title, one.label)))
            line = LineButton(f"{place}：{one.reason}")
            line.setIcon(self._icons.get("wrong", "wrong"))
            line.clicked.connect(lambda _=False, point=one: self.asked.emit(point))
            self._rows.addWidget(line)
