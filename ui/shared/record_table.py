"""The table of a register: the keys and habits of a sheet, groups that fold, columns that share the width."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QLineEdit, QTableView

from ui.actions import CELL_ACTS
from ui.shared.cell_editing import CellDelegate, Cells, cell_of
from ui.shared.column_room import ColumnRoom
from ui.shared.cursor import Cursor
from ui.shared.fields.pick_line import PickLine
from ui.shared.group_keys import fold_by_key
from ui.shared.head_pull import HeadPull
from ui.shared.nothing import Nothing
from ui.shared.register_model import PAGE, RegisterModel
from ui.shared.selecting import rows_of, spans_of
from ui.shared.theme import Theme
from ui.shared.widths import shared_out

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = (KEY.Key_Return, KEY.Key_Enter)
STANDARD = {
    "copy": QKeySequence.StandardKey.Copy,
    "cut": QKeySequence.StandardKey.Cut,
    "paste": QKeySequence.StandardKey.Paste,
}
"""Where keyboards know more than one key for an act, as Shift+Insert."""


class RegisterTable(QTableView):
    """``chosen`` carries the uid of the row the person went to; ``opened`` asks for its form.

    The keys are those of a sheet: F2 or typing edits a cell, Enter goes down, Tab right, what ``CELL_ACTS`` names works on
    the selected cells: ``asked`` carries its name, ``menu_wanted`` a place on the screen. ``selected`` fires when the
    selection changed, ``pulled`` when a column was made wider or narrower, ``escaped`` at Esc, ``typed`` at letters that open
    no cell. On the head of a group Left folds, Right opens, with Shift all groups; Left in the first column goes to the head.
    """

    chosen = Signal(str)
    opened = Signal()
    asked = Signal(str)
    menu_wanted = Signal(QPoint)
    selected = Signal()
    pulled = Signal()
    escaped = Signal()
    typed = Signal()

    def __init__(self, model: RegisterModel, cells: Cells | None = None) -> None:
        super().__init__()
        self._rows = model
        self.widths: dict[str, int] = {}
        self.room = ColumnRoom()
        self._theme = Theme()
        self._pressed = QPersistentModelIndex()
        self._cursor = Cursor(self)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.cell_delegate = CellDelegate(cells, self) if cells is not None else None
        self.nothing = Nothing(self, "")
        self._start_editing()
        self._set_heads()
        self.setSortingEnabled(True)
        self.clicked.connect(lambda index: self.fold(index.row(), toggles=True))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        model.modelAboutToBeReset.connect(self._cursor.remember)
        model.modelReset.connect(self._measure)
        model.dataChanged.connect(self._measure)
        self.fit()

    def _start_editing(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        if self.cell_delegate is None:
            self.setEditTriggers(triggers.NoEditTriggers)
            return
        self.setItemDelegate(self.cell_delegate)
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.cell_delegate.moved.connect(self.step)

    def _set_heads(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSectionsClickable(True)
        # For every painting the head asks whether all of a column is selected, which is asked of each of its rows.
        head.setSelectionModel(QItemSelectionModel(self._rows, head))
        self.head_pull = HeadPull(head)
        self.head_pull.pulled.connect(self._keep_width)

    def tint(self, theme: Theme) -> None:
        """Wear the colours of the theme: the row that the form shows, heads of groups; letters may be larger."""
        self._theme = theme
        if self.cell_delegate is not None:
            self.cell_delegate.wear(theme)
            self.viewport().update()

    def mark(self, uids: Iterable[str]) -> None:
        """Let the rows of these records be seen as those that are meant, whatever is selected."""
        if self.cell_delegate is not None:
            self.cell_delegate.marked = frozenset(uids)
            self.viewport().update()

    def fold(self, row: int, *, shut: bool = False, toggles: bool = False) -> bool:
        """Fold, open or turn the group whose head stands in a row; tells whether one does."""
        if self._rows.head(row) is None:
            return False
        self._rows.fold(row, shut=not self._rows.is_folded(row) if toggles else shut)
        self.viewport().update()
        return True

    @property
    def is_on_head(self) -> bool:
        """Whether the cursor stands on the head of a group."""
        return self._rows.head(self.currentIndex().row()) is not None

    def fold_all(self, *, shut: bool) -> None:
        """Fold or open every group; the cursor stays with its group."""
        uid, column = self._rows.uid(self.currentIndex().row()), max(self.currentIndex().column(), 0)
        head = self._rows.head(self._rows.head_row(max(self.currentIndex().row(), 0)))
        self._rows.fold_all(shut=shut)
        row = self._rows.row_of(uid) if uid else -1
        if row < 0 and head is not None:
            row = next(line for line in range(self._rows.rowCount()) if self._rows.head(line) is head)
        self.setCurrentIndex(self._rows.index(max(row, 0), column))

    def edit_here(self, text: str | None = None) -> bool:
        """Open the current cell, the cursor behind what stands there or behind another text; tells whether it can be typed into."""
        index = self.currentIndex()
        if self.cell_delegate is None or not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.scrollTo(index)  # nobody types into what is out of view
        self.edit(index)
        editor = self.open_line
        if editor is not None and text is not None:
            editor.setText(text)
            editor.setModified(True)
        elif editor is not None:
            self.cell_delegate.typing.stay(editor)
        return True

    @property
    def open_line(self) -> QLineEdit | None:
        """The line of the cell that is being typed into."""
        here = self.currentIndex()
        editor = self.indexWidget(here) if here.isValid() else None
        editor = editor or (self.viewport().focusWidget() if self.state() == self.State.EditingState else None)
        return editor if isinstance(editor, QLineEdit) else None

    @property
    def typed_cell(self) -> tuple[str, str, str]:
        """The uid, column and text of the cell that is being typed into; nothing as long as it stands as it was."""
        editor = self.open_line
        return (*cell_of(editor), editor.text()) if editor is not None and editor.isModified() else ("", "", "")

    def take_open_cell(self) -> bool:
        """Take what is typed into a cell; what cannot be taken stays open and says why. Tells whether nothing is left open."""
        if self.cell_delegate is None:
            return True
        self.cell_delegate.pay()
        editor = self.open_line
        if editor is None or self.cell_delegate.finish(editor):
            return True
        self.scrollTo(self.currentIndex())
        return False

    def give_up_open_cell(self) -> tuple[str, str, str]:
        """Close the cell that is being typed into as it was; return its uid, column and text, or nothing."""
        editor = self.open_line
        if editor is None:
            return "", "", ""
        uid, path = cell_of(editor)
        text = editor.text() if editor.isModified() else ""
        editor.setModified(False)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return uid, path, text

    def step(self, rows: int, columns: int) -> None:
        """Go some rows and columns on, over what is shown."""
        self._cursor.step(rows, columns)
        self.setFocus()

    def shown_columns(self) -> list[int]:
        """Return the numbers of the columns that are not hidden, from left to right."""
        head = self.horizontalHeader()
        logical = [head.logicalIndex(place) for place in range(head.count())]
        return [one for one in logical if not self.isColumnHidden(one)]

    @property
    def field_here(self) -> str:
        """The field of the cell where the cursor stands; nothing where it is not in the table."""
        here = self.currentIndex()
        return self._rows.columns[here.column()][0].partition(".")[0] if self.hasFocus() and here.isValid() else ""

    def selected_rows(self) -> list[int]:
        """Return the rows in which a cell is selected."""
        return rows_of(self)

    @property
    def selected_count(self) -> int:
        """How many records have a selected cell."""
        return sum(self._rows.count(*one) for one in spans_of(self))

    def selected_uids(self) -> list[str]:
        """Return the records in which a cell is selected."""
        return [uid for first, last in spans_of(self) for uid in self._rows.uids(range(first, last + 1))]

    def fit(self) -> None:
        """Set row height from the text size and share the width; where it does not do for all columns the table scrolls."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        least, ideal = self._wishes()
        shares = shared_out(self.viewport().width(), [1] * len(least), least, ideal)
        for place, share in enumerate(shares):
            # What is left belongs to the last column, whatever width a person gave the others.
            self.setColumnWidth(place, min(share, ideal[place]))
        self.horizontalHeader().setStretchLastSection(True)

    def _wishes(self) -> tuple[list[int], list[int]]:
        return self.room.wishes(self._rows.columns, self._theme, self.fontMetrics(), self.widths)

    def _measure(self) -> None:
        """Look at the first values: columns become wider for them, and do not become narrower again while one searches."""
        rows = [row for row in range(min(self._rows.rowCount(), PAGE)) if self._rows.uid(row)]
        texts = {
            path: [str(self._rows.index(row, place).data() or "") for row in rows]
            for place, (path, _) in enumerate(self._rows.columns)
        }
        if rows and self.room.look(texts, self.fontMetrics()):
            self.fit()

    def _keep_width(self, place: int, wide: int) -> None:
        self.widths[self._rows.columns[place][0]] = wide
        self.pulled.emit()

    def resizeEvent(self, event: Any) -> None:
        """Share the new width; another height moves no column. What takes height away leaves the cell of the cursor in view."""
        was_seen = self._cursor.is_seen(event.oldSize().height())
        super().resizeEvent(event)
        if was_seen and not self._cursor.is_seen(event.size().height()):
            self.scrollTo(self.currentIndex())
        if event.size().width() != event.oldSize().width():
            self.fit()

    def choose(self, uid: str) -> None:
        """Go to a record, in the column where the cursor stands; a folded group opens."""
        self._rows.uncover(uid)
        row = self._rows.row_of(uid)
        if row >= 0 and row != self.currentIndex().row():
            column, shown = self._cursor.column, self.shown_columns() or [0]
            self.setCurrentIndex(self._rows.index(row, column if column in shown else shown[0]))

    def keyPressEvent(self, event: Any) -> None:
        """The keys of a sheet; Ctrl+Enter goes to the form."""
        if fold_by_key(self, event) or self._cursor.press(event) or self._edit_by_key(event):
            return
        wanted = next((one for one, keys in STANDARD.items() if event.matches(keys)), "") or _act(event)
        if wanted:
            self.asked.emit(wanted)
        elif event.key() == KEY.Key_Escape:
            self.escaped.emit()
        elif event.key() in ENTER and event.modifiers() & CONTROL:
            self.opened.emit()
        elif event.key() in ENTER:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method brings without composing it (a sign, handwriting) opens the cell as a letter does."""
        is_whole = bool(event.commitString()) and not event.preeditString()
        if not is_whole or self.open_line is not None or not self.edit_here(""):
            super().inputMethodEvent(event)
            self.keyboardSearch(event.commitString())
        elif self.open_line is not None:
            self.open_line.insert(event.commitString())
            self.open_line.textEdited.emit(self.open_line.text())

    def keyboardSearch(self, search: str) -> None:
        """Qt comes here with letters that open no cell, and goes to a row that begins with them, if there is one."""
        if search and self.open_line is None:
            super().keyboardSearch(search)
            self.typed.emit()

    def _edit_by_key(self, event: Any) -> bool:
        """F2, Alt+Down, Backspace and Ctrl+; open the cell each in its way; tells whether it was one of them."""
        delegate, here = self.cell_delegate, self.currentIndex()
        if delegate is None or not here.isValid():
            return False
        path = self._rows.columns[here.column()][0]
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (key, modifiers) == (KEY.Key_F2, Qt.KeyboardModifier.NoModifier):
            self.edit_here()
        elif (key, modifiers) == (KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier):
            self.edit_here("")
        elif (key, modifiers) == (KEY.Key_Semicolon, CONTROL):
            self._enter_today(delegate.cells.today(path))
        elif (key, modifiers) == (KEY.Key_Down, ALT):
            self._open_list()
        else:
            return False
        return True

    def _enter_today(self, text: str) -> None:
        if not text and self.cell_delegate is not None:
            self.cell_delegate.refused.emit("这一列填的不是日期")
        else:
            self.edit_here(text)

    def _open_list(self) -> None:
        if self.edit_here() and isinstance(self.open_line, PickLine):
            self.open_line.offer_all()

    def mousePressEvent(self, event: Any) -> None:
        """With Shift the selection reaches from the cell of the cursor to the one that was clicked.

        The form may hold the cursor back, and what is saved before it goes may move the rows: the selection stays with it.
        """
        there = self.indexAt(event.position().toPoint())
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.button() == Qt.MouseButton.LeftButton
        if shift and there.isValid() and self.currentIndex().isValid():
            self._cursor.reach(there)
            return
        pressed = QPersistentModelIndex(there)
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.currentIndex()) if there.isValid() else pressed
        if self._pressed != pressed and not event.modifiers():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def mouseReleaseEvent(self, event: Any) -> None:
        """Selecting with the mouse leaves the cursor where it began, and the rows that are in view."""
        was_selecting = self.state() == self.State.DragSelectingState
        super().mouseReleaseEvent(event)
        if was_selecting and self._pressed.isValid():
            self.setAutoScroll(False)
            began = self._rows.index(self._pressed.row(), self._pressed.column())
            self.selectionModel().setCurrentIndex(began, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.setAutoScroll(True)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """Edit the text of a cell where it was clicked."""
        super().mouseDoubleClickEvent(event)
        editor = self.open_line
        if editor is not None and self.cell_delegate is not None:
            place = editor.mapFrom(self.viewport(), event.position().toPoint())
            self.cell_delegate.typing.stay(editor, place)

    def contextMenuEvent(self, event: Any) -> None:
        """Ask for the menu, at the mouse or, by key, below the cell of the cursor."""
        place = event.pos()
        if event.reason() == event.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks along the row or in the selected block, as in a sheet, and leaves the table past the ends of the row."""
        here, shown = self.currentIndex(), self.shown_columns()
        ends = shown[-1:] if is_next else shown[:1]
        is_at_end = here.column() in ends and not self._cursor.has_block
        if self.cell_delegate is None or not here.isValid() or is_at_end:
            return super().focusNextPrevChild(is_next)
        self.step(0, 1 if is_next else -1)
        return True

    def _moved(self, current: QModelIndex, before: QModelIndex) -> None:
        """Tell which record the cursor went to; the tint goes with it through the whole row."""
        for one in (before, current):
            row = self.visualRect(one)
            self.viewport().update(0, row.top(), self.viewport().width(), row.height())
        uid = self._rows.uid(current.row()) if current.isValid() else ""
        if uid and self.state() != self.State.DragSelectingState:
            self.chosen.emit(uid)


def _act(event: Any) -> str:
    """The act on the selected cells that a key asks for."""
    pressed = QKeySequence(event.keyCombination())
    return next((one.id for one in CELL_ACTS.values() if QKeySequence(one.keys) == pressed), "")
