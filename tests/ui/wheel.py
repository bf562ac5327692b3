"""The wheel of the mouse turned over something that scrolls."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

NOTCH = 120


def turn(area: QAbstractScrollArea, notches: int) -> None:
    """Turn the wheel so many notches towards the end, or with a negative number towards the beginning."""
    port = area.viewport()
    place = QPointF(port.rect().center())
    for _ in range(abs(notches)):
        event = QWheelEvent(
            place,
            QPointF(port.mapToGlobal(place)),
            QPoint(),
            QPoint(0, -NOTCH if notches > 0 else NOTCH),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(port, event)
