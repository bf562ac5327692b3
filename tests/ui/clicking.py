"""Clicking as the window system does: at a place, whatever lies there at that moment."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


def double_click(target: QWidget, at: QPoint | None = None) -> None:
    """Click twice at one place of the window: the second click reaches what lies there then."""
    window = target.window()
    spot = target.mapTo(window, at or target.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    press, release, second = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
    )
    for kind in (press, release, second, release):
        here = window.childAt(spot) or window
        where, on_screen = QPointF(here.mapFrom(window, spot)), QPointF(window.mapToGlobal(spot))
        held = none if kind == release else left
        QApplication.sendEvent(here, QMouseEvent(kind, where, on_screen, left, held, Qt.KeyboardModifier.NoModifier))
        QApplication.processEvents()
