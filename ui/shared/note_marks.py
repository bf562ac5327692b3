"""批注 beside the fields of a form: a mark where there is a note, a small panel to write, change or take it away.

A note is the office's own. It stands in view below its field; the mark says who wrote it and when.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.shared.due import said_time
from ui.shared.fields.field import Field, field_around
from ui.shared.surroundings import Surroundings
from ui.shared.whence import Whence
from ui.shared.words import button, label

if TYPE_CHECKING:
    from xmdesk.services.field_notes import FieldNotes, NoteTold

ADD_TIP = "给这一项写批注，只给本单位自己看（Shift+F2）"
OWN = "只给本单位自己看，不随上报件送出。"
WIDTH = 400
SEEN = (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Enter, QEvent.Type.Leave)


class NoteMarks(QObject):
    """The mark shows beside the field with the cursor or the mouse and beside every field that has a note.

    ``may_write`` lets the record be saved first; a note needs something to stand on.
    """

    def __init__(
        self, fields: Mapping[str, Field], register: str, notes: "FieldNotes", around: Surroundings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.may_write: Callable[[], bool] = lambda: True
        self._fields = fields
        self._register = register
        self._notes = notes
        self._around = around
        self._uid = ""
        self._last = next(iter(fields))
        self._told: Mapping[str, NoteTold] = {}
        self.panel: NotePanel | None = None
        self.marks = {name: self._mark(name, field) for name, field in fields.items()}
        for field in fields.values():
            field.installEventFilter(self)
            for control in field.findChildren(QWidget):
                if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    control.installEventFilter(self)
        self._back = Whence()
        around.changes.changed.connect(self._look_again)

    def show_notes(self, uid: str) -> None:
        """Show the notes of a record, or of none."""
        self._uid = uid
        self._told = self._notes.of(uid) if uid else {}
        for name, field in self._fields.items():
            told = self._told.get(name)
            field.set_note(told.text if told else "")
            self._dress(name, is_near=False)

    def _look_again(self) -> None:
        self.show_notes(self._uid)

    def open_here(self, name: str = "") -> None:
        """Open the panel for a field: the named one, the one with the cursor, or the one where it was last.

        From a cell of the table that names it the cursor goes back there.
        """
        self._back.remember(QApplication.focusWidget() if name else None)
        self.open(name or self._name_of(QApplication.focusWidget()) or self._last)

    def open(self, name: str) -> None:
        """Open the panel for a field, once the record is saved."""
        if not self._uid or not self.may_write():
            return
        if self.panel is None:
            self.panel = NotePanel(self._around.icons.theme.px(WIDTH))
            self.panel.written.connect(self._write)
            self.panel.done.connect(self._back.go_back)
        field = self._fields[name]
        field.setFocus()
        told = self._told.get(name)
        self.panel.ask(name, field, told)

    def _write(self, name: str, text: str) -> None:
        before = self._told.get(name)
        if text == (before.text if before else ""):
            return
        label_ = self._fields[name].spec.label
        words = f"已写批注：{label_}" if text else f"已去掉批注：{label_}"
        self._around.work.now(
            lambda: self._notes.write(self._register, self._uid, name, text),
            lambda _: self._around.changes.announce(words),
        )

    def _mark(self, name: str, field: Field) -> QPushButton:
        made = button("批注", "pin")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.open(name))
        made.hide()
        field.head.addWidget(made)
        return made

    def _dress(self, name: str, *, is_near: bool) -> None:
        mark, told, label_ = self.marks[name], self._told.get(name), self._fields[name].spec.label
        mark.setChecked(told is not None)
        mark.setToolTip(_tip(told) if told else ADD_TIP)
        mark.setAccessibleName(f"{label_}的批注：{told.text}" if told else f"给{label_}写批注")
        mark.setVisible(told is not None or (is_near and bool(self._uid)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer the mark where the cursor or the mouse is."""
        if event.type() in SEEN and isinstance(watched, QWidget):
            name = self._name_of(watched)
            if name:
                is_near = event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter)
                self._last = name if event.type() == QEvent.Type.FocusIn else self._last
                self._dress(name, is_near=is_near or self._name_of(QApplication.focusWidget()) == name)
        return super().eventFilter(watched, event)

    def _name_of(self, widget: QWidget | None) -> str:
        field = field_around(widget)
        return field.spec.name if field is not None and self._fields.get(field.spec.name) is field else ""


class NotePanel(QFrame):
    """``written`` carries the field and the text, which is empty when the note is taken away. A click outside writes too, as
    in Excel; Esc leaves the note as it is. ``done`` fires when it was left by its own keys and buttons.
    """

    written = Signal(str, str)
    done = Signal()

    def __init__(self, wide: int) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._name = ""
        self._title = label("", "heading")
        self._told = label("", "small")
        self.line = QLineEdit()
        self.line.setPlaceholderText("如：数字待村会计核实")
        self.take_away = button("去掉批注", "quiet")
        write = button("写好", "primary")
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        row.addWidget(self.take_away)
        row.addWidget(write)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(label(OWN, "small", wraps=True))
        column.addWidget(self.line)
        column.addLayout(row)
        self.setFixedWidth(wide)
        self.line.returnPressed.connect(lambda: self._leave(self.line.text()))
        write.clicked.connect(lambda: self._leave(self.line.text()))
        self.take_away.clicked.connect(lambda: self._leave(""))

    def ask(self, name: str, field: Field, told: "NoteTold | None") -> None:
        """Drop down below a field."""
        from xmdesk.services.field_notes import LONGEST

        self._name = name
        self._title.setText(f"批注：{field.spec.label}")
        self._told.setText(_author(told) if told else "")
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(f"{field.spec.label}的批注")
        self.line.setAccessibleDescription(OWN)
        self.line.setText(told.text if told else "")
        self.take_away.setVisible(told is not None)
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height()))
        screen = field.screen().availableGeometry()
        self.move(
            min(place.x(), screen.right() - self.width()), max(0, min(place.y(), screen.bottom() - self.height()))
        )
        self.show()
        self.line.setFocus()

    def keyPressEvent(self, event: Any) -> None:
        """Esc gives up what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.done.emit()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: Any) -> None:
        """Qt closes a popup when somebody clicks elsewhere: what was typed is written."""
        super().closeEvent(event)
        self._finish(self.line.text())

    def _leave(self, text: str) -> None:
        self._finish(text)
        self.done.emit()

    def _finish(self, text: str) -> None:
        self.hide()
        self.written.emit(self._name, " ".join(text.split()))


def _tip(told: "NoteTold") -> str:
    return f"{told.text}\n{_author(told)}\n点一下可以改（Shift+F2）"


def _author(told: "NoteTold") -> str:
    return "  ".join(filter(None, (told.by, said_time(told.at))))
