"""The way of a return in one line, from the task to the answer: what is done, what is next. Each mark leads to its card."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.shared.fields.flow import Flow
from ui.shared.icons import Icons
from ui.shared.words import button, set_tone

NAMES = ("核对", "处理问题", "看变动", "同意密封", "拷到 U 盘", "打印盖章", "区里答复")


@dataclass(frozen=True)
class Mark:
    """How one station stands: its tone, and one phrase that a screen reader says after the name."""

    tone: str
    words: str


class Stations(QFrame):
    """``asked`` carries the number of the station, from 0."""

    asked = Signal(int)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.marks = [button(f"{place} {name}", "chip") for place, name in enumerate(NAMES, 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 10)
        line = QWidget()
        flow = Flow(line, gap=6)
        for place, one in enumerate(self.marks):
            one.clicked.connect(lambda _=False, place=place: self.asked.emit(place))
            flow.addWidget(one)
        row.addWidget(line)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show how far the return has come."""
        for button_, name, mark in zip(self.marks, NAMES, marks, strict=True):
            set_tone(button_, mark.tone)
            button_.setIcon(self._icons.get("good", "good") if mark.tone == "good" else self._icons.get("missing"))
            button_.setToolTip(mark.words)
            button_.setAccessibleName(f"{name}：{mark.words}")
