"""Fields that are chosen by typing: a closed list, or another record. Pinyin and characters both find it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QStringListModel, Qt, QTimer
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QStyledItemDelegate, QWidget

from ui.shared.fields.field import Field
from ui.shared.fields.flow import Flow
from ui.shared.hint_line import HintLine
from ui.shared.words import field_button
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Reference, References
from xmdesk.records.values.reading import Bad

Option = tuple[str, str]
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
WALKS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ADD = "+"
ROOM = 40
TO_FIND = ("输入文字或拼音首字母", "文字或拼音首字母", "文字或拼音")
TO_FIND_PERSON = ("输入姓名或拼音首字母", "姓名或拼音首字母", "姓名或拼音")


class Referenced(Protocol):
    """What a form asks about other records."""

    def search(self, register: str, text: str) -> Sequence[Option]:
        """Return (uid, title) of records whose text matches."""
        ...

    def title(self, register: str, uid: str) -> str:
        """Return the title of one record."""
        ...

    def add_person(self, name: str) -> str:
        """Find or make the person of that name and return the uid."""
        ...


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
    """A line with a list below it that follows what is typed; calls ``chosen`` with an option."""

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
        self._has_walked = False
        self.textEdited.connect(self._offer)

    @property
    def is_open(self) -> bool:
        """Whether the list is down."""
        return self._completer.popup().isVisible()

    def offer_all(self) -> None:
        """Show the whole list."""
        self.setFocus()
        self._offer("")

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
            QTimer.singleShot(0, self, lambda: self._chosen(right[0]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes a line of the list to which somebody walked, as Enter does, and goes on."""
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key: int = event.key()  # type: ignore[attr-defined]  # a key event
        if key in WALKS:
            self._has_walked = True
        elif key in TABS and self._has_walked:
            self.take_marked(is_next=key == Qt.Key.Key_Tab)
            return True
        return super().eventFilter(watched, event)

    def take_marked(self, *, is_next: bool) -> None:
        """Take the line of the list that is marked, and go on to the next control or to the one before."""
        row = self._completer.popup().currentIndex().row()
        self.close_list()
        if 0 <= row < len(self._shown):
            self._chosen(self._shown[row])
        self.focusNextPrevChild(is_next)

    def keyPressEvent(self, event: Any) -> None:
        """Down opens the list."""
        if event.key() == Qt.Key.Key_Down and not self._completer.popup().isVisible():
            self._offer("" if self.text() else self.text())
            return
        super().keyPressEvent(event)


class PickField(Field):
    """One choice out of many."""

    def __init__(
        self, spec: FieldSpec, options: Callable[[str], Sequence[Option]], title: Callable[[str], str]
    ) -> None:
        super().__init__(spec)
        self._title = title
        self._options = options
        self._value = ""
        self.line = PickLine(options, self.choose)
        self.line.hint(spec.help, *TO_FIND)
        self._arrow = QAction(self)
        self._arrow.setText("展开列表")
        self._arrow.triggered.connect(self.line.offer_all)
        self.line.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._settle)
        self.is_typed = False
        self._namesakes = 0
        self.place(self.line)

    def set_arrow(self, icon: Any) -> None:
        """Show the arrow that opens the list."""
        self._arrow.setIcon(icon)

    def read(self) -> str:
        """Return the chosen value; text that names none is ``Bad``."""
        if not self.is_typed:
            return self._value
        if not self.line.text().strip():
            return ""
        text = self.line.text().strip()
        if self._namesakes > 1:
            raise Bad("U-PICK-WHICH", text=text[:20], number=self._namesakes)
        raise Bad("U-PICK", text=text[:20])

    def fill(self, value: Any) -> None:
        """Show a stored value."""
        self._value = str(value or "")
        self.is_typed = False
        self.line.show_text(self._title(self._value) if self._value else "")
        self.refresh()

    def choose(self, option: Option) -> None:
        """Take one option."""
        self.fill(option[0])
        self.edited.emit()

    def tone_widget(self) -> QWidget:
        """Return the line."""
        return self.line

    def _standing(self) -> tuple[str, str]:
        """Half a word is no mistake while the list below it is down."""
        return ("", "") if self.is_typed and self.line.is_open else super()._standing()

    def _typed(self) -> None:
        self.is_typed = True
        self._namesakes = 0
        if self.line.is_open:
            self.refresh()
        self.edited.emit()

    def _settle(self) -> None:
        """Take what was typed when it names one option only."""
        text = self.line.text().strip()
        if not self.is_typed:
            return
        self.line.close_list()
        found = [one for one in self._options(text) if one[0] != ADD] if text else []
        self._namesakes = sum(1 for _, title in found if is_called(title, text))
        meant = the_one_meant(found, text, are_records=isinstance(self.spec.kind, Reference))
        if meant is not None:
            self.choose(meant)
        elif not text:
            self.fill("")
        else:
            self.refresh()


class ChoiceField(PickField):
    """One member of a closed list."""

    def __init__(self, spec: FieldSpec) -> None:
        kind = spec.kind
        assert isinstance(kind, Choice)  # noqa: S101 - the registry gives only such
        self._kind = kind
        super().__init__(spec, self._find, kind.show)

    def read(self) -> Any:
        """Return the member or None."""
        value = super().read()
        return self._kind.codes(value) if value else None

    def _find(self, text: str) -> list[Option]:
        from xmdesk.pinyin import matches

        table = self._kind.codes.table()
        return [
            (value, title)
            for value, title, synonyms in table
            if not text or any(matches(text, one) for one in (title, *synonyms))
        ]


class ReferenceField(PickField):
    """One record of a register; persons that are not there yet can be added by name."""

    def __init__(self, spec: FieldSpec, referenced: Referenced) -> None:
        kind = spec.kind
        assert isinstance(kind, Reference)  # noqa: S101 - the registry gives only such
        self._to = kind.to
        self._referenced = referenced
        super().__init__(spec, self._find, lambda uid: referenced.title(kind.to, uid))
        self.line.hint(spec.help, *(TO_FIND_PERSON if kind.to == "persons" else ("输入名称查找", "查找")))

    def choose(self, option: Option) -> None:
        """Take a record, or make the person first."""
        if option[0] == ADD:
            option = (self._referenced.add_person(option[1].split("“")[-1].rstrip("”")), "")
        super().choose(option)

    def _find(self, text: str) -> list[Option]:
        found = list(self._referenced.search(self._to, text))
        is_name = self._to == "persons" and len(text) >= 2 and not text.isascii()
        if is_name and not any(is_called(title, text) for _, title in found):
            found.append((ADD, f"新增人员“{text}”"))
        return found


class ReferencesField(Field):
    """Several records, each a chip that can be taken away."""

    is_wide = True

    def __init__(self, spec: FieldSpec, referenced: Referenced) -> None:
        super().__init__(spec)
        assert isinstance(spec.kind, References)  # noqa: S101 - the registry gives only such
        self._to = spec.kind.to
        self._referenced = referenced
        self._uids: list[str] = []
        self._box = QWidget()
        self._flow = Flow(self._box)
        self.line = PickLine(lambda text: referenced.search(self._to, text), self._add)
        self.line.hint("输入名称查找并添加", "查找并添加")
        self.line.setMinimumWidth(240)
        self._flow.addWidget(self.line)
        self.place(self._box, buddy=self.line)

    def read(self) -> list[str]:
        """Return the uids."""
        return list(self._uids)

    def fill(self, value: Any) -> None:
        """Show stored uids."""
        self._uids = list(value or [])
        while self._flow.count() > 1:
            item = self._flow.takeAt(1)
            if item is not None and item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for uid in self._uids:
            self._flow.addWidget(self._chip(uid))
        self.refresh()

    def _chip(self, uid: str) -> QPushButton:
        title = self._referenced.title(self._to, uid) or "（已不在台账中）"
        made = field_button(f"{title}  ✕", "choice", name=f"去掉 {title}")
        made.clicked.connect(lambda: self._drop(uid))
        return made

    def _add(self, option: Option) -> None:
        self.line.setText("")
        if option[0] not in self._uids:
            self.fill([*self._uids, option[0]])
            self.edited.emit()

    def _drop(self, uid: str) -> None:
        self.fill([one for one in self._uids if one != uid])
        self.edited.emit()
