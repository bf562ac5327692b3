"""Arrangements that give way: two things side by side or, where that is too narrow, one above the other; and scrolling."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from ui.shared.surroundings import Surroundings

USUAL = 100
SPACING = 16


def is_large(around: Surroundings) -> bool:
    """Whether the person reads larger letters than usual, so that a line holds less."""
    return around.preferring.current.percent > USUAL


class Beside(QWidget):
    """Two things side by side where both find room, else one above the other."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACING)
        self._parts: list[QWidget] = []

    def add(self, part: QWidget, share: int) -> None:
        """Put something at the end; ``share`` is its part of the width."""
        self._parts.append(part)
        self._box.addWidget(part, share)

    def minimumSizeHint(self) -> QSize:
        """One above the other nothing more is needed than the widest has."""
        widest = max((one.minimumSizeHint().width() for one in self._parts), default=0)
        return QSize(widest, self._box.totalMinimumSize().height())

    def resizeEvent(self, event: Any) -> None:
        """Turn where the room is no longer enough, or is again."""
        super().resizeEvent(event)
        needed = sum(one.minimumSizeHint().width() for one in self._parts) + SPACING * (len(self._parts) - 1)
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if self.width() >= needed else directions.TopToBottom)
        self.updateGeometry()


def scrolled(inner: QWidget) -> QScrollArea:
    """Return an area that shows all of a widget, by scrolling down where it does not fit."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setObjectName("sheet")
    area.setWidget(inner)
    return area
