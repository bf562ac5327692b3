"""Twenty digits typed from paper, in five boxes of four, as they are printed."""

import unicodedata
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.shared.theme import Theme
from ui.shared.words import set_tone

GROUPS, LENGTH = 5, 4


class DigitGroups(QWidget):
    """``changed`` carries whether all twenty stand there; full-width digits are read, other characters are dropped."""

    changed = Signal(bool)
    entered = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.boxes = [_Box() for _ in range(GROUPS)]
        for place, box in enumerate(self.boxes):
            box.setAccessibleName(f"{name}，第 {place + 1} 组")
            box.setFixedWidth(theme.px(76))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.textEdited.connect(lambda text, place=place: self._typed(place, text))
            box.emptied.connect(lambda place=place: self._back(place))
            box.returnPressed.connect(self.entered)
            row.addWidget(box)
        row.addStretch(1)
        self.setFocusProxy(self.boxes[0])

    @property
    def digits(self) -> str:
        """All that was typed."""
        return "".join(box.text() for box in self.boxes)

    @property
    def is_whole(self) -> bool:
        """Whether every box holds its four."""
        return all(len(box.text()) == LENGTH for box in self.boxes)

    def clear(self) -> None:
        """Empty all boxes."""
        for box in self.boxes:
            box.clear()
        self.mark("")
        self.changed.emit(False)

    def mark(self, tone: str) -> None:
        """Colour the boxes."""
        for box in self.boxes:
            set_tone(box, tone)

    def _typed(self, place: int, text: str) -> None:
        """Keep four here and pass the rest on, so that typing runs through the boxes without Tab."""
        self.mark("")
        rest = _digits(text)
        while place < GROUPS:
            self.boxes[place].setText(rest[:LENGTH])
            rest = rest[LENGTH:]
            if not rest:
                break
            place += 1
        target = min(place, GROUPS - 1)
        if len(self.boxes[target].text()) == LENGTH and target + 1 < GROUPS:
            target += 1
        if not self.boxes[target].hasFocus():
            self.boxes[target].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit(self.is_whole)

    def _back(self, place: int) -> None:
        if place:
            self.boxes[place - 1].setFocus(Qt.FocusReason.BacktabFocusReason)
            self.boxes[place - 1].end(False)


class _Box(QLineEdit):
    """Four digits; ``emptied`` when Backspace finds nothing left."""

    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "digits")
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def keyPressEvent(self, event: Any) -> None:
        """Go back a box where nothing is left to delete."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


def _digits(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")
