"""What a screen reader and a keyboard meet in a window: names, the order of the tree, and the way of the Tab key."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.ui.looking import called, is_inner, shown
from ui.shared.reading_order import alternatives
from ui.shared.walking import Walk

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)
MOST_STEPS = 400
NEAR = 2


def controls(root: QWidget) -> list[QWidget]:
    """Return what a person can act on, without the inner parts of controls."""
    return [one for one in shown(root) if isinstance(one, CONTROLS) and not is_inner(one)]


def nameless(root: QWidget) -> list[str]:
    """Return controls of which the accessibility tree says neither what they are called nor what they show."""
    found = []
    for one in [*controls(root), *(one for one in shown(root) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)]:
        met = QAccessible.queryAccessibleInterface(one)
        if met is None or not met.text(QAccessible.Text.Name).strip():
            found.append(called(one))
    return found


def disordered(window: QWidget) -> list[str]:
    """Return where the accessibility tree reads upwards or to the left."""
    return [
        f"{_told(after)} is read after {_told(before)}"
        for parent in _parents(window)
        for before, after in _pairs(parent)
        if is_backward(before.geometry(), after.geometry())
    ]


def _parents(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for one in _read(widget):
        yield from _parents(one)


def _pairs(parent: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    children = _read(parent)
    yield from pairwise(children)


def _read(parent: QWidget) -> list[QWidget]:
    """Return the visible children in the order of the accessibility tree; tables and lines are read as one."""
    if isinstance(parent, (*CONTROLS,)):
        return []
    met = QAccessible.queryAccessibleInterface(parent)
    objects = [met.child(place).object() for place in range(met.childCount())] if met is not None else []
    return [one for one in objects if isinstance(one, QWidget) and one.isVisible() and not one.size().isEmpty()]


def _told(widget: QWidget) -> str:
    words = [called(one) for one in shown(widget) if not is_inner(one) and hasattr(one, "text")]
    return f"{called(widget)} ({', '.join(words[:3])})" if words else called(widget)


def is_backward(before: QRect, after: QRect) -> bool:
    """Tell whether going from one place to the other is reading upwards in a column, or leftwards in a line."""
    if after.bottom() <= before.top() + NEAR and after.left() < before.right():
        return True
    common = min(before.bottom(), after.bottom()) - max(before.top(), after.top())
    return common * 2 > min(before.height(), after.height()) and after.right() <= before.left() + NEAR


def tab_stops(window: QWidget, first: QWidget) -> list[QWidget]:
    """Press Tab from the first stop on until the way comes back to where it was, and return where it led."""
    window.activateWindow()
    QTest.qWait(30)
    first.setFocus()
    stops = [first]
    for _ in range(MOST_STEPS):
        here = QApplication.focusWidget()
        QTest.keyClick(here or window, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        if there is None or (there in stops and there is not here):
            break
        if there is not here:
            stops.append(there)
    return stops


def unreachable(wanted: list[QWidget], stops: list[QWidget]) -> list[str]:
    """Return controls to which neither Tab nor an arrow leads; a table is reached where one of its cells is."""
    reached = {
        *stops,
        *(other for one in stops for other in _beside(one)),
        *(up for one in stops for up in _ancestors(one)),
    }
    return [called(one) for one in wanted if one not in reached and one.focusProxy() is None]


def _beside(stop: QWidget) -> list[QWidget]:
    """Return the buttons to which arrows lead from a stop."""
    if not isinstance(stop, QAbstractButton):
        return []
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    walks = [walk for one in _ancestors(stop) for walk in one.findChildren(Walk, options=directly)]
    return [*alternatives(stop), *(one for walk in walks if stop in walk.buttons for one in walk.buttons)]


def leaps(window: QWidget, stops: list[QWidget]) -> list[str]:
    """Return where the Tab key goes upwards or to the left, seen from what both places stand in."""
    found = []
    for before, after in pairwise(stops):
        one, other = _side_by_side(before, after)
        if is_backward(one, other):
            found.append(f"{called(before)} -> {called(after)}")
    return found


def _side_by_side(before: QWidget, after: QWidget) -> tuple[QRect, QRect]:
    """Return the places of two widgets within the nearest thing that holds both."""
    above = list(_ancestors(before))
    common = next(one for one in _ancestors(after) if one in above)
    return _within(before, common), _within(after, common)


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def _within(widget: QWidget, common: QWidget) -> QRect:
    chain = [widget, *_ancestors(widget)]
    child = chain[chain.index(common) - 1]
    return QRect(child.mapTo(common, QPoint()), child.size())
