"""A line in which people look for something: characters, full pinyin, initials or digits."""

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal

from ui.shared.hint_line import HintLine
from xmdesk.pinyin import matches

PAUSE_MS = 120
LEAST_LETTERS = 6


class SearchLine(HintLine):
    """``settled`` carries the text after a short pause in typing, or at once on Enter and Esc."""

    settled = Signal(str)

    def __init__(self, *words: str, pause: int = PAUSE_MS) -> None:
        super().__init__(*words, "查找")
        self.setObjectName("search")
        self.setAccessibleName("查找")
        self.setToolTip("Ctrl+F")
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(lambda: self.settled.emit(self.text().strip()))
        self.textChanged.connect(lambda _: self._pause.start())
        self.returnPressed.connect(self.settle)

    def keyPressEvent(self, event: Any) -> None:
        """Esc empties the line; in an empty one it means what it means on the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.settle()
            return
        super().keyPressEvent(event)

    def settle(self) -> None:
        """Look for what stands here without waiting."""
        self._pause.stop()
        self.settled.emit(self.text().strip())

    def sizeHint(self) -> QSize:
        """As wide as its longest advice; where there is less room it says less."""
        return self.wide_enough(self.hints[0])

    def minimumSizeHint(self) -> QSize:
        """Room for the shortest advice and a few letters."""
        return self.wide_enough("村" * LEAST_LETTERS)


def answers(query: str, *texts: str) -> bool:
    """Whether every word of a query is found in one of the texts."""
    return all(any(matches(word, text) for text in texts if text) for word in query.split())
