"""The lines in which cells are typed: one for texts, one with a list below it; both know whether arrows leave the cell."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ui.shared.fields.pick_line import ROOM, Option, PickLine
from ui.shared.pressed import pressed

WIDEST = 24
"""A list is at most so many letters wide."""
MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellPick(PickLine):
    """A cell that is chosen from a list. ``way`` is where the key that chose leads; ``given_up`` fires at Esc."""

    given_up = Signal()
    marks_all = False

    def __init__(self, options: Callable[[str], Sequence[Option]], chosen: Callable[[Option], None]) -> None:
        super().__init__(options, chosen)
        self.way = (0, 0)

    def _offer(self, text: str) -> None:
        """Show the list as wide as its words, however narrow the cell is."""
        super()._offer(text)
        popup, screen = self._completer.popup(), self.screen().availableGeometry()
        beside = popup.verticalScrollBar().sizeHint().width() + 2 * ROOM
        wide = max(popup.width(), min(popup.sizeHintForColumn(0) + beside, WIDEST * self.fontMetrics().height()))
        popup.resize(wide, popup.height())
        popup.move(min(popup.x(), screen.right() - wide), popup.y())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes what is marked in the list, as Enter does, and Esc leaves the cell as it was."""
        key = pressed(event)
        if not key:
            return super().eventFilter(watched, event)
        self.way, popup = MOVES.get(key, (0, 0)), self._completer.popup()  # type: ignore[call-overload]  # a key
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            popup.hide()
            self._take(str(popup.currentIndex().data() or ""))
            return True
        if key == Qt.Key.Key_Escape:
            popup.hide()
            self.given_up.emit()
            return True
        return super().eventFilter(watched, event)


class Typing:
    """How the open cell is typed into: begun by a letter, arrows take the text and go on; F2 or a click stays in the text."""

    def __init__(self) -> None:
        self._stays = False

    def begin(self) -> None:
        """A cell is opened; by a letter, unless told otherwise."""
        self._stays = False

    def stay(self, editor: QLineEdit, place: QPoint | None = None) -> None:
        """Put the cursor behind the text, or where a click was."""
        self._stays = True
        editor.deselect()
        editor.setCursorPosition(len(editor.text()) if place is None else editor.cursorPositionAt(place))

    def turn(self) -> None:
        """F2 in the open cell."""
        self._stays = not self._stays

    def way(self, editor: QLineEdit, event: Any) -> tuple[int, int] | None:
        """Where a key leads out of the cell, or nothing."""
        key, modifiers = event.key(), event.modifiers()
        if key in MOVES:
            is_back = modifiers & Qt.KeyboardModifier.ShiftModifier and MOVES[key] == (1, 0)
            return (-1, 0) if is_back else MOVES[key]
        keypad = Qt.KeyboardModifier.KeypadModifier
        if self._stays or isinstance(editor, PickLine) or modifiers & ~keypad:
            return None
        return ARROWS.get(key)
