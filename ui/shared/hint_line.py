"""A line that says what belongs into it while it is empty, in as many words as it has room for."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolButton, QWidget

ARROW, AIR = 28, 6


class HintLine(QLineEdit):
    """``hint`` takes the same advice in several lengths, the longest first; half a sentence is never shown."""

    def __init__(self, *hints: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hints = hints
        self.hint(*hints)

    def hint(self, *hints: str) -> None:
        """Take other advice."""
        self.hints = tuple(one for one in hints if one)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text from its beginning; where a person is typing the caret stays where it is. What was typed
        before is settled with it: taking back begins here.
        """
        if text == self.text():
            self._settle()
            return
        from_end, place = len(self.text()) - self.cursorPosition(), self.cursorPosition()
        self.setText(text)
        self.setCursorPosition(0 if not self.hasFocus() else min(place, len(text)) if from_end else len(text))

    def _settle(self) -> None:
        """Forget what was typed before; the same text, put once more, does it."""
        if self.isUndoAvailable() or self.isRedoAvailable():
            start, end, place = self.selectionStart(), self.selectionEnd(), self.cursorPosition()
            self.setText(self.text())
            self.setCursorPosition(place)
            if start >= 0:
                self.setSelection(*((end, start - end) if place == start else (start, end - start)))

    def resizeEvent(self, event: Any) -> None:
        """Choose anew for another width."""
        super().resizeEvent(event)
        self._fit()

    def wide_enough(self, words: str) -> QSize:
        """Return the size at which these words have room."""
        usual = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(words) + self.width() - self._room(), usual.height())

    def _fit(self) -> None:
        room, metrics = self._room(), self.fontMetrics()
        fitting = (one for one in self.hints if metrics.horizontalAdvance(one) <= room)
        self.setPlaceholderText(next(fitting, ""))

    def _room(self) -> int:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).width()
        return inside - AIR - ARROW * len(self.findChildren(QToolButton))
