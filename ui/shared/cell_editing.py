"""Editing inside a table as people do in a sheet: type over, Enter goes down, Tab goes right, Esc leaves as it was."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QStyledItemDelegate, QWidget

from ui.shared.cell_lines import CellPick, Typing
from ui.shared.fields.pick_line import Option, PickLine
from ui.shared.group_heads import HeadPainter
from ui.shared.theme import Theme
from ui.shared.words import label, set_tone
from xmdesk.problems import problem
from xmdesk.records.values.reading import Bad

# The role under which a cell tells the note on it (a plain integer, see record_table).
NOTE = 257
OWN_KEYS = {
    Qt.Key.Key_F2: Qt.KeyboardModifier.NoModifier,
    Qt.Key.Key_Semicolon: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Return: Qt.KeyboardModifier.AltModifier,
}
"""Keys of an open cell that would otherwise be acts of the window, or leave it."""


IN_FORM = "打的字留在右边的表单里。"
NOT_NOW = "先处理右边还没保存的内容，再改这一格"


class Cells(Protocol):
    """What the table asks and tells about one cell; ``path`` is the name of the column."""

    def can_edit(self, path: str) -> bool:
        """Whether the column can be typed into."""
        ...

    def closed(self, uid: str) -> str:
        """Return why nothing in this record can be changed, or nothing."""
        ...

    def text(self, uid: str, path: str) -> str:
        """Return the whole text of a cell, unmasked, for editing."""
        ...

    def options(self, path: str, text: str) -> Sequence[Option]:
        """Return what a cell may be chosen from, or nothing."""
        ...

    def is_chosen(self, path: str) -> bool:
        """Whether cells of this column are chosen from a list."""
        ...

    def today(self, path: str) -> str:
        """Return today as it is typed into this column, or nothing where no day belongs."""
        ...

    def takes_lines(self, path: str) -> bool:
        """Whether a text of this column may have several lines."""
        ...

    def read(self, path: str, text: str, picked: Option | None) -> Any:
        """Return the value; raises ``Bad``."""
        ...

    @property
    def may_write(self) -> Callable[[], bool]:
        """What saves first whatever else is open; tells whether that went well."""
        ...

    def write(self, uids: Sequence[str], path: str, value: Any) -> None:
        """Save the value in one record or in several."""
        ...


class CellDelegate(QStyledItemDelegate):
    """``moved`` asks the table to go so many rows and columns on; ``refused`` carries words about what was lost; ``typed`` fires
    when what stands in an open cell is another, or no cell is open any more.
    """

    moved = Signal(int, int)
    typed = Signal()
    refused = Signal(str)

    def __init__(self, cells: Cells, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.cells = cells
        self._view = view
        self.typing = Typing()
        self.keep_text: Callable[[str, str, str], bool] = lambda uid, path, text: False
        """Takes over the text of a cell that cannot be read; tells whether it is kept."""
        self._owed: list[Callable[[], None]] = []
        self._heads = HeadPainter(view)
        self._row_colour, self._note_colour, self._mark_colour = QColor(), QColor(), QColor()
        self.marked: frozenset[str] = frozenset()
        """The records that something beside the table is about, whatever is selected in it."""
        self._words = label("", "cell", parent=view.viewport(), tone="wrong")
        self._words.hide()

    @property
    def words(self) -> QLabel:
        """The words below the cell that say why its text cannot be taken."""
        return self._words

    def wear(self, theme: Theme) -> None:
        """Take the colours of the theme."""
        tokens = theme.tokens
        self._row_colour, self._note_colour = QColor(tokens.hover), QColor(tokens.accent)
        self._mark_colour = QColor(tokens.accent_soft)
        self._heads.wear(theme)

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        """Tint the row of the current cell, so that it is seen which record the form shows; a note folds a corner in."""
        head = index.model().head(index.row())
        if head is not None:
            self._heads.paint(painter, option.rect, index, head)
            return
        if self.marked and index.model().uid(index.row()) in self.marked:
            painter.fillRect(option.rect, self._mark_colour)
        elif index.row() == self._view.currentIndex().row() and self._row_colour.isValid():
            painter.fillRect(option.rect, self._row_colour)
        super().paint(painter, option, index)
        if index.data(NOTE):
            corner, size = option.rect.topRight() + QPoint(1, 0), option.rect.height() // 4
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._note_colour)
            painter.drawPolygon([corner, corner - QPoint(size, 0), corner + QPoint(0, size)])

    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        """Return a line, with a list below it where the answer is chosen; where nothing may be changed it is only read."""
        model = index.model()
        uid, path = model.uid(index.row()), model.columns[index.column()][0]
        closed = self.cells.closed(uid)
        editor: Any
        if self.cells.is_chosen(path) and not closed:
            editor = CellPick(lambda text: self.cells.options(path, text), lambda option: self._picked(editor, option))
            editor.given_up.connect(lambda: self._give_up(editor))
        else:
            editor = QLineEdit()
        if closed:
            editor.setReadOnly(True)
            self.refused.emit(closed)
        editor.setParent(parent)
        editor.setAccessibleName(model.columns[index.column()][1].label)
        editor.setProperty("cell", [uid, path])
        editor.textEdited.connect(lambda: self._fine(editor))
        editor.textEdited.connect(self.typed)
        self.typing.begin()
        return editor

    def setEditorData(self, editor: QWidget, index: Any) -> None:
        """Show the whole text, unless typing has begun."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(self.cells.text(*cell_of(editor)))

    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        """Keep what was typed when the cursor goes elsewhere; what cannot be read is told, and goes on in the form."""
        if not isinstance(editor, QLineEdit) or not editor.isModified() or editor.isReadOnly():
            return
        uid, path = cell_of(editor)
        try:
            value = self.cells.read(path, editor.text(), None)
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            is_kept = self.keep_text(uid, path, editor.text())
            self.refused.emit(f"没有改：{found.text}{IN_FORM if is_kept else ''}")
            return
        # Writing reads the rows anew, which the view does not bear while it closes a cell.
        self._owed.append(lambda: self.cells.write([uid], path, value))
        QTimer.singleShot(0, self, self.pay)

    def pay(self) -> None:
        """Write what was typed into a cell that one left; acts begin with it, so that nothing is written behind their back."""
        owed, self._owed = self._owed, []
        for write in owed:
            write()

    def destroyEditor(self, editor: QWidget, index: Any) -> None:
        """Take the words away with the cell."""
        self._words.hide()
        super().destroyEditor(editor, index)
        self.typed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab take the text and go on, Ctrl+Enter writes it into every selected cell of the column.

        What cannot be read keeps the cell open.
        """
        kind = event.type()
        if isinstance(watched, QLineEdit):
            if kind == QEvent.Type.ShortcutOverride and _is_own(event):
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and self._press(watched, event):
                return True
            if kind == QEvent.Type.MouseButtonPress:
                self.typing.stay(watched)
        if kind == QEvent.Type.FocusOut and isinstance(watched, PickLine) and watched.is_open:
            return False
        return super().eventFilter(watched, event)

    def _press(self, editor: QLineEdit, event: Any) -> bool:
        """Do what a key means in an open cell; tells whether it means more than a letter."""
        if _is_own(event) and event.key() == Qt.Key.Key_F2:
            self.typing.turn()
        elif _is_own(event):
            path = cell_of(editor)[1]
            is_break = event.key() == Qt.Key.Key_Return
            editor.insert(self.cells.today(path) if not is_break else "\n" if self.cells.takes_lines(path) else "")
            editor.setModified(True)
        elif (way := self.typing.way(editor, event)) is not None:
            self.finish(editor, way, is_everywhere=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            return False
        return True

    def finish(
        self,
        editor: QLineEdit,
        move: tuple[int, int] = (0, 0),
        picked: Option | None = None,
        *,
        is_everywhere: bool = False,
    ) -> bool:
        """Take what stands in an open cell; tells whether it could be read."""
        uid, path = cell_of(editor)
        uids = self._selected() if is_everywhere else [uid]
        if editor.isReadOnly():
            self._give_up(editor)
            self.moved.emit(*move)
            return True
        try:
            value = self.cells.read(path, editor.text(), picked)
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            self._say(editor, f"{found.text}{found.to_do}")
            return False
        is_changed = editor.isModified() or picked is not None or is_everywhere
        if is_changed and not self.cells.may_write():
            self._say(editor, NOT_NOW)
            return False
        editor.setModified(False)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if is_changed:
            self.cells.write(uids, path, value)
        self.moved.emit(*((0, 0) if is_everywhere else move))
        return True

    def _selected(self) -> list[str]:
        """Return the records of the selected cells in the column of the cursor."""
        here, model = self._view.currentIndex(), self._view.model()
        chosen = [one.row() for one in self._view.selectionModel().selectedIndexes() if one.column() == here.column()]
        return [model.uid(row) for row in sorted({here.row(), *chosen})]  # type: ignore[attr-defined]  # a RegisterModel

    def _picked(self, editor: CellPick, option: Option) -> None:
        editor.setText(option[1])
        control = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        self.finish(editor, editor.way, option, is_everywhere=bool(control))

    def _give_up(self, editor: QLineEdit) -> None:
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)

    def _say(self, editor: QLineEdit, words: str) -> None:
        set_tone(editor, "wrong")
        self._words.setText(words)
        self._words.adjustSize()
        room = self._view.viewport().rect()
        place = editor.geometry().bottomLeft() + QPoint(0, 2)
        if place.y() + self._words.height() > room.height():
            place = editor.geometry().topLeft() - QPoint(0, self._words.height() + 2)
        self._words.move(max(0, min(place.x(), room.width() - self._words.width())), place.y())
        self._words.show()
        self._words.raise_()
        editor.setAccessibleDescription(self._words.text())

    def _fine(self, editor: QLineEdit) -> None:
        set_tone(editor, "")
        self._words.hide()


def _is_own(event: Any) -> bool:
    return event.key() in OWN_KEYS and event.modifiers() == OWN_KEYS[event.key()]


def cell_of(editor: QLineEdit) -> tuple[str, str]:
    """Return the uid and the column of the cell that an editor stands in."""
    uid, path = editor.property("cell")
    return uid, path
