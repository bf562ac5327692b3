"""Two letters over everything that can be pressed or filled in: Alt (or F10) shows them, typing them goes there.

The letters are the first two sounds of what stands on the control, so they are the same each day and can be known by
heart: 写入 XR, 密封上报件 MF. WPS and Excel show letters at the same keys.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from ui.shared.asking import Asking
from ui.shared.fields.field import Field, field_around
from ui.shared.icons import Icons
from ui.shared.record_form import RecordForm
from ui.shared.whence import Whence
from ui.shared.words import shorten
from xmdesk.pinyin import initials

KINDS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, Field)
MORE = "23456789"


class Letters(QWidget):
    """Lies over its parent while a choice is made; shows one badge on each control."""

    def __init__(self, parent: QWidget, icons: Icons) -> None:
        super().__init__(parent)
        self._over = parent
        self._icons = icons
        self._back = Whence()
        self._typed = ""
        self.marks: dict[str, QWidget] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("按字母选一个按钮或一栏")
        self.hide()

    def start(self) -> None:
        """Show the letters of what is in view."""
        self.marks = lettered(targets(self._over, self.window().focusWidget()))
        if not self.marks or self.isVisible():
            return
        self._back.remember(self.window().focusWidget())
        self._typed = ""
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Go away and give the cursor back."""
        if self.isVisible():
            self.hide()
            self._back.go_back()

    def keyPressEvent(self, event: Any) -> None:
        """Narrow down by a letter; every other key puts the letters away."""
        if event.key() == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
        else:
            self._typed += event.text().upper()
        left = [one for one in self.marks if one.startswith(self._typed)]
        if not event.text() or not left:
            self.stop()
        elif self._typed in self.marks:
            chosen = self.marks[self._typed]
            self.stop()
            if shiboken6.isValid(chosen):
                go_to(chosen)
        self.update()

    def focusOutEvent(self, event: Any) -> None:
        """Somebody went elsewhere with the mouse."""
        super().focusOutEvent(event)
        self.hide()

    def mousePressEvent(self, event: Any) -> None:
        """A click puts the letters away."""
        self.stop()

    def paintEvent(self, event: Any) -> None:
        """Draw the badges that still fit what was typed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._icons.theme.tokens
        font = QFont(self.font())
        font.setPixelSize(self._icons.theme.px(13))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.surface))
        painter.setBrush(QColor(tokens.text))
        for mark, place in self._places(painter.fontMetrics()):
            painter.drawRoundedRect(place, 4, 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark)
        painter.end()

    def _places(self, metrics: QFontMetrics) -> Iterator[tuple[str, QRect]]:
        """Return what to draw where: letters on what is in view, and in a row at the bottom what is further down."""
        left, bottom = self._side(), self.height() - metrics.height() - 14
        for mark, widget in self.marks.items():
            if not mark.startswith(self._typed) or not shiboken6.isValid(widget) or not widget.isVisible():
                continue
            if not widget.visibleRegion().isEmpty():
                place = QRect(corner(widget, self), metrics.boundingRect(mark).size())
                yield mark, place.adjusted(0, 0, 10, 2)
                continue
            words = f"{mark} {shorten(words_of(widget), 8)}"
            width = metrics.horizontalAdvance(words) + 16
            if left + width < self.width():
                yield words, QRect(left, bottom, width, metrics.height() + 6)
                left += width + 6

    def _side(self) -> int:
        """Where the row at the bottom begins: right of the navigation."""
        side = self._over.findChild(QWidget, "side")
        return side.width() + 12 if side is not None else 12


class AltKey(QObject):
    """``pressed`` fires when Alt alone went down and up again; it listens only while Alt is held."""

    pressed = Signal()

    def arm(self) -> None:
        """Alt went down."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # a key came from it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any other key, a click or another window means that it was not Alt alone."""
        kind = event.type()
        key = event.key() if isinstance(event, QKeyEvent) else None
        is_alt = kind == QEvent.Type.KeyRelease and key == Qt.Key.Key_Alt
        is_other = kind == QEvent.Type.KeyPress and key != Qt.Key.Key_Alt
        if is_alt or is_other or kind in (QEvent.Type.MouseButtonPress, QEvent.Type.WindowDeactivate):
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # as above
            if is_alt:
                self.pressed.emit()
        return False


def go_to(widget: QWidget) -> None:
    """Press a button, open a list, or put the cursor into a line, as a click of the mouse would."""
    if widget.focusPolicy() & Qt.FocusPolicy.ClickFocus or widget.focusProxy() is not None:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    _scroll_to(widget)
    if isinstance(widget, QAbstractButton):
        widget.click()
    elif isinstance(widget, QComboBox):
        widget.showPopup()


def targets(root: QWidget, here: QWidget | None = None) -> list[QWidget]:
    """Return what can be pressed or filled in, also where one would have to scroll; a field of a form counts once.

    The fields of the form in which the cursor stands come first: a field always has the same letters for who fills it in.
    Then comes what stands on every page, so that it has the same letters everywhere.
    """
    found = [
        one
        for one in root.findChildren(QWidget)
        if isinstance(one, KINDS) and one.isEnabled() and one.isVisible() and not _inside(one)
    ]
    always = [frame for name in ("side", "foot") if (frame := root.findChild(QWidget, name)) is not None]
    form = form_around(here)

    def rank(one: QWidget) -> int:
        if form is not None and isinstance(one, Field) and form.isAncestorOf(one):
            return 0
        return 1 if any(frame.isAncestorOf(one) for frame in always) else 2

    return sorted(found, key=rank)


def form_around(here: QWidget | None) -> QWidget | None:
    """Return the form in whose fields a widget stands, or None."""
    above: QWidget | None = field_around(here)
    while above is not None and not isinstance(above, RecordForm | Asking):
        above = above.parentWidget()
    return above


def lettered(widgets: Iterable[QWidget]) -> dict[str, QWidget]:
    """Give each its letters; where two would have the same, the later one has a digit in second place."""
    marks: dict[str, QWidget] = {}
    for one in widgets:
        sounds = "".join(letter for letter in initials(words_of(one)).upper() if "A" <= letter <= "Z")[:2]
        if not sounds:
            continue
        wanted = sounds if len(sounds) == 2 else sounds * 2
        free = next((mark for mark in (wanted, *(sounds[0] + more for more in MORE)) if mark not in marks), "")
        if free:
            marks[free] = one
    return marks


def words_of(widget: QWidget) -> str:
    """Return what a person reads on a control."""
    if isinstance(widget, Field):
        return widget.spec.label
    return (isinstance(widget, QAbstractButton) and widget.text()) or widget.accessibleName()


def corner(widget: QWidget, over: QWidget) -> QPoint:
    """Return where the badge stands: at the control itself, not at the words above it."""
    control = widget.focusProxy() if isinstance(widget, Field) else None
    shown = control if control is not None and control.isVisible() else widget
    return over.mapFromGlobal(shown.mapToGlobal(QPoint(2, 2)))


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _inside(widget: QWidget) -> bool:
    """Whether a control is part of a larger one that has the letters."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, KINDS):
            return True
        above = above.parentWidget()
    return False
