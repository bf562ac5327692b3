"""The way of a return in one line, from the task to the answer: what is done, what is next. Each mark leads to its card."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.shared.fields.flow import Flow
from ui.shared.icons import Icons
from ui.shared.words import button, set_current, set_tone

NOW, NOW_WAITING = "（现在做）", "（等答复）"
ICONS = {"good": "good", "wrong": "wrong"}
ARROW, OPEN = "on", "missing"
"""Where the return stands is a state and no tab that was chosen: an arrow says it, no frame."""
NAMES = ("核对", "处理问题", "看变动", "同意密封", "拷到 U 盘", "打印盖章", "区里答复")


@dataclass(frozen=True)
class Mark:
    """How one station stands: its tone, and one phrase that a screen reader says after the name.

    ``is_behind``: the return went past it, whatever still stands open there.
    """

    tone: str
    words: str
    is_behind: bool = False


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
        """Show how far the return has come; the first station that is not done is the one to go to now."""
        here = next(
            (place for place, mark in enumerate(marks) if mark.tone != "good" and not mark.is_behind), len(marks)
        )
        for place, (button_, name, mark) in enumerate(zip(self.marks, NAMES, marks, strict=True)):
            waits = place == len(marks) - 1 and mark.tone != "wrong"
            now = (NOW_WAITING if waits else NOW) if place == here else ""
            button_.setText(f"{place + 1} {name}{now}")
            set_tone(button_, mark.tone)
            set_current(button_, is_current=place == here)
            icon = ICONS.get(mark.tone, ARROW if place == here else OPEN)
            button_.setIcon(self._icons.get(icon, mark.tone or ("text" if place == here else "muted")))
            button_.setToolTip(mark.words)
            button_.setAccessibleName(f"{name}{now}：{mark.words}")
