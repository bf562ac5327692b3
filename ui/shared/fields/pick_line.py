"""A line with a list below it that follows what is typed, and how lines of that list are found by pinyin."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate

from ui.shared.hint_line import HintLine
from ui.shared.pressed import pressed

Option = tuple[str, str]
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WALKS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ROOM = 40
BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
TO_FIND = ("输入文字或拼音首字母", "文字或拼音首字母", "文字或拼音")


class Spoken(QStyledItemDelegate):
    """Shows at the end of a line of a list the letters by which it can be found, where there is room for them."""

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        """Paint the line, then its letters."""
        super().paint(painter, option, index)
        words = str(index.data())
        letters = letters_of(name_of(words))
        room = option.rect.width() - option.fontMetrics.horizontalAdvance(f"{words}{letters}")
        if letters and room > ROOM:
            painter.save()
            painter.setPen(option.palette.placeholderText().color())
            place = option.rect.adjusted(0, 0, -ROOM // 4, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, letters)
            painter.restore()


def name_of(words: str) -> str:
    """Return what a line is found by: of a way that leads to something its end, of namesakes the name."""
    return words.rpartition(" / ")[2].partition("（")[0]


def is_called(title: str, text: str) -> bool:
    """Tell whether a line of a list has this title; namesakes carry in brackets what tells them apart."""
    return title == text or title.startswith(f"{text}（")


def the_one_meant(found: Sequence[Option], text: str, *, are_records: bool) -> Option | None:
    """Return the option that a text names: the only one, or the only one of this title.

    Of records of one name none is meant by the name alone, also where one of them has nothing in brackets.
    """
    if len(found) == 1:
        return found[0]
    exact = [one for one in found if one[1] == text]
    same = [one for one in found if is_called(one[1], text)] if are_records else exact
    return exact[0] if len(exact) == 1 and len(same) == 1 else None


def letters_of(words: str) -> str:
    """Return the first letters of the sounds of what is Chinese in these words."""
    from xmdesk.pinyin import initials

    return "".join(initials(one) for one in words if "\u4e00" <= one <= "\u9fff")


class PickLine(HintLine):
    """A line with a list below it that follows what is typed; calls ``chosen`` with an option.

    ``marks_all``: the first click marks all that stands there. ``goes_on``: Enter that takes a line of the list goes on to the
    next field, as Enter in any other field does.
    """

    marks_all = True
    goes_on = False

    def __init__(self, options: Callable[[str], Sequence[Option]], chosen: Callable[[Option], None]) -> None:
        super().__init__()
        self._options = options
        self._chosen = chosen
        self._shown: Sequence[Option] = ()
        self._list = QStringListModel(self)
        self._completer = QCompleter(self._list, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.popup().setItemDelegate(Spoken(self))
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take)
        self._completer.popup().installEventFilter(self)
        self._has_walked = self._is_untouched = False
        self.textEdited.connect(self._follow)

    @property
    def is_open(self) -> bool:
        """Whether the list is down."""
        return self._completer.popup().isVisible()

    def offer_all(self) -> None:
        """Show the whole list."""
        self.setFocus()
        self._offer("")

    def _follow(self, text: str) -> None:
        self._is_untouched = False
        self._offer(text)

    def _offer(self, text: str) -> None:
        self.show_options(self._options(text.strip()))

    def show_options(self, found: Sequence[Option]) -> None:
        """Let the list hold these; none, and it goes up."""
        self._shown, self._has_walked = found, False
        self._list.setStringList([title for _, title in self._shown])
        popup = self._completer.popup()
        if not self._shown:
            popup.hide()
            return
        self._completer.complete(self._room_for_list())
        text = self.text().strip()
        exact = next((row for row, (_, title) in enumerate(found) if title == text), 0)
        popup.setCurrentIndex(self._completer.completionModel().index(exact, 0))
        self._show_last_line()

    def close_list(self) -> None:
        """Let the list go up."""
        self._completer.popup().hide()

    def _show_last_line(self) -> None:
        """The completer reckons without the air that the style sheet leaves in a list; without this the last line is cut."""
        popup = self._completer.popup()
        lines = min(len(self._shown), self._completer.maxVisibleItems())
        short = popup.sizeHintForRow(0) * lines - popup.viewport().height()
        place, is_above = popup.geometry(), popup.y() < self.mapToGlobal(QPoint(0, 0)).y()
        longer = place.adjusted(0, -short, 0, 0) if is_above else place.adjusted(0, 0, 0, short)
        if short > 0 and self.screen().availableGeometry().contains(longer):
            popup.setGeometry(longer)

    def _room_for_list(self) -> QRect:
        """As wide as the longest line of the list; where the window has no room to the right, more to the left."""
        popup, window = self._completer.popup(), self.window()
        air = popup.verticalScrollBar().sizeHint().width() + 2 * popup.frameWidth()
        wide = max(self.width(), min(popup.sizeHintForColumn(0) + air, window.width()))
        right = window.width() - self.mapTo(window, QPoint(0, 0)).x()
        return QRect(min(0, right - wide), 0, wide, self.height())

    def _take(self, title: str) -> None:
        row = self._completer.popup().currentIndex().row()
        right = [one for one in self._shown if one[1] == title]
        if 0 <= row < len(self._shown) and self._shown[row] in right:
            right = [self._shown[row]]
        if right:
            # The completer writes the title into the line after this signal; the choice has the last word.
            QTimer.singleShot(0, self, lambda: self._give(right[0]))

    def _give(self, option: Option) -> None:
        """Hand over what was chosen; typing on looks for another."""
        self._is_untouched = True
        self._chosen(option)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes a line of the list to which somebody walked, as Enter does, and goes on."""
        key = pressed(event)
        if key in WALKS:
            self._has_walked = True
        elif key in TABS and self._has_walked:
            self.take_marked(is_next=key == Qt.Key.Key_Tab)
            return True
        elif key in ENTERS and self.goes_on:
            self._take_current()
            QCoreApplication.sendEvent(self, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
            return True
        return super().eventFilter(watched, event)

    def take_marked(self, *, is_next: bool) -> None:
        """Take the line of the list that is marked, and go on to the next control or to the one before."""
        self._take_current()
        self.focusNextPrevChild(is_next)

    def _take_current(self) -> None:
        row = self._completer.popup().currentIndex().row()
        self.close_list()
        if 0 <= row < len(self._shown):
            self._give(self._shown[row])

    def show_text(self, text: str) -> None:
        """A text that comes under the cursor before anything is typed is marked: typing replaces it."""
        is_marked = self._is_untouched or len(self.selectedText()) == len(self.text())
        super().show_text(text)
        if is_marked and self.hasFocus():
            self.selectAll()

    def focusInEvent(self, event: Any) -> None:
        """The cursor comes; from a list that went up it only comes back."""
        super().focusInEvent(event)
        self._is_untouched = self._is_untouched or event.reason() not in BACK

    def mouseReleaseEvent(self, event: Any) -> None:
        """The first click marks all, as Tab does: typing replaces it. What was dragged over stays marked."""
        super().mouseReleaseEvent(event)
        if self._is_untouched and self.marks_all and not self.hasSelectedText():
            self.selectAll()
        self._is_untouched = False

    def keyPressEvent(self, event: Any) -> None:
        """Down opens the list."""
        self._is_untouched = False
        if event.key() == Qt.Key.Key_Down and not self._completer.popup().isVisible():
            self._offer("" if self.text() else self.text())
            return
        super().keyPressEvent(event)
