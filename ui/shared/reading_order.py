"""One order for the eye, the Tab key and the screen reader: that of the layouts, from top to bottom and left to right.

Qt walks children and focus in the order in which widgets were made, which is rarely the order in which they are seen.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QButtonGroup

WHOLE = ("QAbstractItemView", "QComboBox", "QLineEdit", "QPlainTextEdit")
"""Controls whose inner parts are Qt's own business, by name: to load their classes takes time before the first paint."""


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Walk over all that stands in a widget as it is seen."""
    for one in _children(widget):
        yield one
        yield from in_reading_order(one)


def put_in_reading_order(root: QWidget) -> None:
    """Let the accessibility tree follow the layouts of a widget and of all that stands in it."""
    for one in in_reading_order(root):
        one.raise_()  # raising puts a child behind its siblings, and in that order the tree is read


def step_on(root: QWidget, here: QWidget | None, *, is_next: bool) -> bool:
    """Give the focus to what is seen next, or to what is seen before; tells whether there was anything."""
    found = stops(root)
    if not found:
        return False
    place = found.index(here) if here in found else _place_of(root, found, here)
    step = 1 if is_next else -1
    reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
    found[(place + step) % len(found)].setFocus(reason)
    return True


def is_lost(here: QWidget | None, window: QWidget) -> bool:
    """Whether the control with the cursor has just gone away or was switched off; Qt then asks for the next one in the chain."""
    return here is not None and here is not window and not (here.isVisibleTo(window) and here.isEnabled())


def step_aside(page: QWidget, here: QWidget, home: QWidget | None) -> None:
    """Give the cursor of a control that is lost to where the work goes on: the home of the page, or a table or line near by.

    Never to a button: the next Space or Enter was meant for something else, and would take back what was just done.
    """
    found = [one for one in stops(page) if one.isVisible() and not isinstance(one, QAbstractButton)]
    if home is None or not (home.isVisibleTo(page) and home.isEnabled()) or home is here:
        place = _place_of(page, found, here)
        home = found[max(place, 0)] if found else page
    home.setFocus(Qt.FocusReason.OtherFocusReason)


def stops(within: QWidget) -> list[QWidget]:
    """Return what Tab leads to inside a widget, in the order in which it is seen. What is hidden hides all that stands in it, such as
    every page but the one in front.

    The focus chain of Qt is not asked: PySide takes the next in the chain for a child of the one before, and lets it go with it.
    """
    return list(_stops(within))


def _stops(widget: QWidget) -> Iterator[QWidget]:
    for one in _children(widget):
        if not one.isHidden():
            if _is_stop(one):
                yield one
            yield from _stops(one)


def _place_of(root: QWidget, found: list[QWidget], here: QWidget | None) -> int:
    """Return the place of the stop before a widget that has the focus without being a stop; -1 before all."""
    place, known = -1, set(found)
    for one in in_reading_order(root):
        if one is here:
            return place
        place += one in known
    return -1


def _is_stop(widget: QWidget) -> bool:
    """Tell whether Tab stops at something visible."""
    if widget.focusProxy() is not None or not widget.isEnabled():
        return False
    if isinstance(widget, QAbstractButton) and any(one.isChecked() for one in alternatives(widget)):
        # Of alternatives only the chosen one is a stop, whatever policy Qt left it with; arrows walk to the others.
        return widget.isChecked()
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def alternatives(widget: QAbstractButton) -> list[QAbstractButton]:
    """Return the buttons of which one only can be down, with this one among them; nothing where it stands alone."""
    if not widget.isCheckable():
        return []
    group, parent = _group_of(widget), widget.parentWidget()
    if group is not None and group.exclusive():
        return group.buttons()
    if not widget.autoExclusive() or parent is None:
        return []
    return [one for one in parent.children() if isinstance(one, QAbstractButton) and one.autoExclusive()]


def _group_of(widget: QAbstractButton) -> "QButtonGroup | None":
    """Return the group that a button is in, looked for from above: asked for its group, PySide takes that for a child of the button,
    and lets it go with it.
    """
    from PySide6.QtWidgets import QButtonGroup  # its class is not loaded before the first paint

    above = widget.parentWidget()
    while above is not None:
        for one in above.children():
            if isinstance(one, QButtonGroup) and widget in one.buttons():
                return one
        above = above.parentWidget()
    return None


def _children(widget: Any) -> list[QWidget]:
    """Return what stands in a widget, in the order in which it is seen."""
    if any(map(widget.inherits, WHOLE)):
        return []
    if widget.inherits("QSplitter"):
        return [one for place in range(widget.count()) for one in (widget.handle(place), widget.widget(place))]
    if widget.inherits("QStackedWidget"):
        return [widget.widget(place) for place in range(widget.count())]
    if widget.inherits("QScrollArea"):
        return [widget.widget()] if widget.widget() is not None else []
    layout = widget.layout()
    return list(_laid(layout)) if layout is not None else []


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)
