"""A menu in which letters mean the sounds of its lines, as in every other list."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

WITH_LETTER = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class SoundedMenu(QMenu):
    """Typing goes to the line that is meant; where none is, Enter takes none. Backspace takes a letter back, arrows all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""

    def keyPressEvent(self, event: Any) -> None:
        """Letters add up; other keys do what they do in menus."""
        text = event.text().strip()
        if text.isprintable() and text and not event.modifiers() & ~WITH_LETTER:
            self._seek(self._typed + text)
        elif event.key() == Qt.Key.Key_Backspace and self._typed:
            self._seek(self._typed[:-1])
        else:
            self._typed = "" if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock) else self._typed
            super().keyPressEvent(event)

    def _seek(self, typed: str) -> None:
        from xmdesk.pinyin import matches

        self._typed = typed
        found = [one for one in self.actions() if matches(typed, one.text())] if typed else self.actions()
        begun = [one for one in found if _begins(one, typed)]
        self.setActiveAction(next(iter([*begun, *found]), None))  # type: ignore[arg-type]  # None is no line


def _begins(one: QAction, typed: str) -> bool:
    from xmdesk.pinyin import full, initials

    words = one.text()
    return any(way.lower().startswith(typed.lower()) for way in (words, initials(words), full(words)))
