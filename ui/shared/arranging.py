"""Arrangements that give way: two things side by side or, with larger letters, one above the other; and scrolling."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from ui.shared.surroundings import Surroundings

USUAL = 100
SPACING = 16


def is_large(around: Surroundings) -> bool:
    """Whether the person reads larger letters than usual, so that a line holds less."""
    return around.preferring.current.percent > USUAL


def beside(around: Surroundings) -> QBoxLayout:
    """Return a layout that runs from left to right where the letters leave room, else from top to bottom."""
    directions = QBoxLayout.Direction
    made = QBoxLayout(directions.TopToBottom if is_large(around) else directions.LeftToRight)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(SPACING)
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """Return an area that shows all of a widget, by scrolling down where it does not fit."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setObjectName("sheet")
    area.setWidget(inner)
    return area
