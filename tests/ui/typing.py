"""Typing as a person with an input method does: Qt's own key clicks cannot carry Chinese."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def commit(widget: QWidget, text: str) -> None:
    """Let the input method commit a text into a widget."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def type_into(line: QWidget, text: str) -> None:
    """Replace what stands in a line by a typed text and finish it with Enter."""
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]  # lines and boxes have it
    commit(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
