"""How strongly words stand out, measured on the pixels of a rendered window."""

from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTableView, QWidget

from tests.ui.looking import called, is_inner, shown
from ui.shared.theme import contrast

SHARP = 3
"""Words are drawn three times as large as on the screen, so that the middle of a stroke has its whole colour."""
EDGE, ICON_AIR = 4, 12
_contrast = cache(contrast)
WORDED = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)


def pale(window: QWidget, least: float) -> list[str]:
    """Return words that stand out less than they should, as they are painted."""
    image = _painted(window)
    found = []
    for one in shown(window):
        if isinstance(one, WORDED) and not is_inner(one) and _says(one):
            seen = _words_of(one, window) & _seen(one, window)
            if seen.height() > one.height() / 2:
                found += _faults(image, seen, called(one), least)
        elif isinstance(one, QTableView):
            for name, place in _cells(one):
                here = QRect(one.viewport().mapTo(window, place.topLeft()), place.size())
                found += _faults(image, here & _seen(one.viewport(), window), name, least)
    return found


def _cells(table: QTableView) -> Iterator[tuple[str, QRect]]:
    """Return the first cells of a table that hold words."""
    model = table.model()
    for row in range(min(model.rowCount(), 4)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            place = table.visualRect(index).adjusted(6, EDGE, -6, -EDGE)
            if str(index.data() or "").strip() and not place.isEmpty():
                yield f"{table.accessibleName()} {row}/{column} {index.data()}", place


def _says(one: QWidget) -> bool:
    if isinstance(one, QLineEdit):
        return bool(one.text() or one.placeholderText())
    if isinstance(one, QPlainTextEdit):
        return bool(one.toPlainText())
    return bool(one.currentText() if isinstance(one, QComboBox) else one.text())  # type: ignore[attr-defined]  # words


def _words_of(one: QWidget, window: QWidget) -> QRect:
    """Return where the words of a control stand: without its edge, and without an icon of another colour."""
    place = QRect(one.mapTo(window, QPoint()), one.size()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
    if isinstance(one, QAbstractButton) and not one.icon().isNull():
        place.setLeft(place.left() + one.iconSize().width() + ICON_AIR)
    return place


def _painted(window: QWidget) -> QImage:
    image = QImage(window.size() * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    window.render(image)
    image.setDevicePixelRatio(1)
    return image


def _seen(one: QWidget, window: QWidget) -> QRect:
    """Return the part of the window in which a widget is not hidden by what it scrolls in."""
    region = one.visibleRegion().boundingRect()
    return QRect(one.mapTo(window, region.topLeft()), region.size())


def _faults(image: QImage, place: QRect, name: str, least: float) -> list[str]:
    if place.width() < 8 or place.height() < 6:
        return []
    counted = _counted(image.copy(QRect(place.topLeft() * SHARP, place.size() * SHARP)))
    ground = max(counted, key=lambda one: counted[one])
    best = max(_contrast(ground, one) for one in counted)
    return [f"{name}: {best:.2f} on {ground}"] if best < least else []


def _counted(part: QImage) -> dict[str, int]:
    """Count the colours of a picture that are more than a speck."""
    import numpy as np

    flat = np.frombuffer(part.constBits(), np.uint32)
    colours, counts = np.unique(flat & 0xFFFFFF, return_counts=True)
    many = counts >= SHARP
    return {f"#{one:06x}": count for one, count in zip(colours[many].tolist(), counts[many].tolist(), strict=True)}
