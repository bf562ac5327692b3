"""What is typed goes where one sees it: a key brings the field or the cell with the cursor back into view."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.shared.pressed import pressed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QScrollArea

KEY = Qt.Key
ALONE = (KEY.Key_Shift, KEY.Key_Control, KEY.Key_Alt, KEY.Key_AltGr, KEY.Key_Meta, KEY.Key_CapsLock, KEY.Key_NumLock)
PAGES = (KEY.Key_PageUp, KEY.Key_PageDown)
ARROWS = (KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right, KEY.Key_Home, KEY.Key_End)


class InSight(QObject):
    """Watches what has the cursor, on every page. A person may scroll away from it; the next key comes back to it.

    What a key needs is loaded with the first key: it is not wanted before the first paint.
    """

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come back before the key or what an input method brings is used."""
        if isinstance(watched, QWidget):
            meant = isinstance(event, QKeyEvent) and pressed(event) and _means(event, watched)
            composed = isinstance(event, QInputMethodEvent) and (event.commitString() or event.preeditString())
            if meant or composed:
                bring_into_sight(watched)
        return False


def _means(event: QKeyEvent, here: QWidget) -> bool:
    """Tell whether a key means what has the cursor, and does not scroll what stands around it."""
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

    others: tuple[KEY, ...] = ()
    if isinstance(here, QAbstractItemView) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        others = (*ARROWS, *PAGES)  # they bring the far end of the selection into view
    elif isinstance(here, QLineEdit | QAbstractButton) and _view_around(here) is None:
        others = PAGES
    return event.key() not in (*ALONE, *others)


def bring_into_sight(here: QWidget) -> None:
    """Scroll all that scrolls around a widget until it can be seen; of a table it is the current cell, of a field all of it."""
    from PySide6.QtWidgets import QAbstractItemView, QScrollArea

    view = here if isinstance(here, QAbstractItemView) else _view_around(here)
    place = here.rect()
    if view is not None and view.currentIndex().isValid():
        view.scrollTo(view.currentIndex())
        here, place = view.viewport(), view.visualRect(view.currentIndex())
    above = here.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea) and above.widget() is not None and above.widget().isAncestorOf(here):
            _show_in(above, here, place)
        above = above.parentWidget()


def _show_in(area: "QScrollArea", here: QWidget, place: QRect) -> None:
    from ui.shared.fields.field import field_around
    from ui.shared.in_view import AIR

    sheet, port = area.widget(), area.viewport()
    if port.rect().contains(QRect(here.mapTo(port, place.topLeft()), place.size())):
        return
    field = field_around(here)
    if field is not None and sheet.isAncestorOf(field) and field.height() <= port.height():
        here, place = field, field.rect()
    if place.height() > port.height():  # a long text: the place where letters go in
        place = here.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    top, high = here.mapTo(sheet, place.topLeft()), place.height()
    air = max(0, min(AIR, (port.height() - high) // 2))
    area.ensureVisible(top.x() + place.width() // 2, top.y() + high // 2, place.width() // 2, high // 2 + air)


def _view_around(here: QWidget) -> "QAbstractItemView | None":
    """Return the table in one of whose cells a widget stands, or None."""
    from PySide6.QtWidgets import QAbstractItemView

    above = here.parentWidget()
    while above is not None and not isinstance(above, QAbstractItemView):
        above = above.parentWidget()
    return above
