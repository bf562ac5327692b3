"""Ctrl+Z and Ctrl+Y in a line that has nothing of its own to take back mean the book, as they do outside of lines."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.actions import ACTS

UNDO, REDO = (QKeySequence(ACTS[name].keys) for name in ("undo", "redo"))
SEEN = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class OwnUndo(QObject):
    """Watches the line with the cursor. A cell that is open is left alone: the book must not change below what is typed."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if now is not None and _line_of(now) is not None and not _is_cell(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the line take back what was typed into it; where there is nothing, leave the key to the window."""
        if event.type() not in SEEN or not isinstance(event, QKeyEvent):
            return False
        line = _line_of(watched)
        pressed = QKeySequence(event.keyCombination())
        if line is None or pressed not in (UNDO, REDO):
            return False
        is_own = _can_undo(line) if pressed == UNDO else _can_redo(line)
        event.setAccepted(is_own)
        if is_own and event.type() == QEvent.Type.KeyPress:
            line.undo() if pressed == UNDO else line.redo()
        return True


def _line_of(widget: QObject) -> QLineEdit | QPlainTextEdit | None:
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit) else None


def _can_undo(line: QLineEdit | QPlainTextEdit) -> bool:
    return line.isUndoAvailable() if isinstance(line, QLineEdit) else line.document().isUndoAvailable()


def _can_redo(line: QLineEdit | QPlainTextEdit) -> bool:
    return line.isRedoAvailable() if isinstance(line, QLineEdit) else line.document().isRedoAvailable()


def _is_cell(widget: QWidget) -> bool:
    over = widget.parentWidget()
    while over is not None and not isinstance(over, QAbstractItemView):
        over = over.parentWidget()
    return over is not None
