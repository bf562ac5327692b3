"""The table of a register: the keys and habits of a sheet, groups that fold, columns that share the width."""

from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableView,
)

from ui.shared.cell_editing import CellDelegate, Cells, cell_of
from ui.shared.nothing import Nothing
from ui.shared.register_model import PAGE, RegisterModel
from ui.shared.theme import HEAD_AIR, Theme, head_font
from ui.shared.widths import shared_out
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Reference

AIR = 26
"""What stands beside the text of a cell, in pixels at 100 %."""
# Cut in half these say something else; the numbers are widths in Chinese characters.
WHOLE = {"day": 8, "partial_day": 8, "phone": 7, "moment": 11}
ENDS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RegisterTable(QTableView):
    """``chosen`` carries the uid of the row the person went to; ``opened`` asks for its form.

    The keys are those of a sheet: F2 or typing edits a cell, Enter goes down, Tab right, Ctrl+C, V, D and Delete work on
    the selected cells. ``asked`` carries copy, paste, fill or clear; ``selected`` fires when the selection changed,
    ``pulled`` when a column was made wider or narrower, ``escaped`` at Esc. On the head of a group Left folds, Right
    opens, with Shift all groups; Left in the first column goes to the head.
    """

    chosen = Signal(str)
    opened = Signal()
    asked = Signal(str)
    selected = Signal()
    pulled = Signal()
    escaped = Signal()

    def __init__(self, model: RegisterModel, cells: Cells | None = None) -> None:
        super().__init__()
        self._rows = model
        self.widths: dict[str, int] = {}
        self.shows_all = False
        self._seen: dict[str, int] = {}
        self._theme = Theme()
        self._is_fitting = False
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.cell_delegate = CellDelegate(cells, self) if cells is not None else None
        self._nothing = Nothing(self, "没有符合的。换个写法，或者清掉查找和筛选。")
        self._start_editing()
        self._set_heads()
        self.setSortingEnabled(True)
        self.clicked.connect(lambda index: self.fold(index.row(), toggles=True))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
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
        head.sectionResized.connect(self._resized)

    def tint(self, theme: Theme) -> None:
        """Wear the colours of the theme: the row that the form shows, heads of groups; letters may be larger."""
        self._theme = theme
        if self.cell_delegate is not None:
            self.cell_delegate.wear(theme)
            self.viewport().update()

    def fold(self, row: int, *, shut: bool = False, toggles: bool = False) -> bool:
        """Fold, open or turn the group whose head stands in a row; tells whether one does."""
        if self._rows.head(row) is None:
            return False
        self._rows.fold(row, shut=not self._rows.is_folded(row) if toggles else shut)
        self.viewport().update()
        return True

    def fold_all(self, *, shut: bool) -> None:
        """Fold or open every group; the cursor stays with its group."""
        uid, column = self._rows.uid(self.currentIndex().row()), max(self.currentIndex().column(), 0)
        head = self._rows.head(self._rows.head_row(max(self.currentIndex().row(), 0)))
        self._rows.fold_all(shut=shut)
        row = self._rows.row_of(uid) if uid else -1
        if row < 0 and head is not None:
            row = next(line for line in range(self._rows.rowCount()) if self._rows.head(line) is head)
        self.setCurrentIndex(self._rows.index(max(row, 0), column))

    def edit_here(self) -> bool:
        """Open the current cell; tells whether it can be typed into."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.edit(index)
        return True

    def take_open_cell(self) -> bool:
        """Take what is being typed into a cell; tells whether nothing is left open."""
        editor = self._cell_editor()
        return editor is None or self.cell_delegate is None or self.cell_delegate.finish(editor)

    def give_up_open_cell(self) -> tuple[str, str, str]:
        """Close the cell that is being typed into as it was; return its uid, column and text, or nothing."""
        editor = self._cell_editor()
        if editor is None:
            return "", "", ""
        uid, path = cell_of(editor)
        text = editor.text() if editor.isModified() else ""
        editor.setModified(False)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return uid, path, text

    def _cell_editor(self) -> QLineEdit | None:
        editor = self.indexWidget(self.currentIndex()) if self.currentIndex().isValid() else None
        editor = editor or (self.viewport().focusWidget() if self.state() == self.State.EditingState else None)
        return editor if isinstance(editor, QLineEdit) else None

    def step(self, rows: int, columns: int) -> None:
        """Go some rows and columns on, over what is shown."""
        here = self.currentIndex()
        shown = self.shown_columns()
        if not here.isValid() or here.column() not in shown:
            return
        place = shown.index(here.column()) + columns
        row = here.row() + rows + place // len(shown)
        if 0 <= row < self._rows.rowCount():
            there = self._rows.index(row, shown[place % len(shown)])
            self.selectionModel().setCurrentIndex(there, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.setFocus()

    def shown_columns(self) -> list[int]:
        """Return the numbers of the columns in view, from left to right."""
        head = self.horizontalHeader()
        logical = [head.logicalIndex(place) for place in range(head.count())]
        return [one for one in logical if not self.isColumnHidden(one)]

    def block(self) -> tuple[list[int], list[int]]:
        """Return rows and columns of the smallest block that holds the selection."""
        ranges, here = self._ranges(), self.currentIndex()
        if not self.selectionModel().isSelected(here):
            return ([here.row()], [here.column()]) if here.isValid() else ([], [])
        rows = range(min(one.top() for one in ranges), max(one.bottom() for one in ranges) + 1)
        wide = range(min(one.left() for one in ranges), max(one.right() for one in ranges) + 1)
        return list(rows), [one for one in self.shown_columns() if one in wide]

    def _ranges(self) -> list[Any]:
        chosen: Any = self.selectionModel().selection()
        return list(chosen)

    def selected_rows(self) -> list[int]:
        """Return the rows in which a cell is selected."""
        rows: set[int] = set()
        for one in self._ranges():
            rows.update(range(one.top(), one.bottom() + 1))
        return sorted(rows)

    def selected_uids(self) -> list[str]:
        """Return the records in which a cell is selected."""
        return self._rows.uids(self.selected_rows())

    def fit(self) -> None:
        """Set row height from the text size and share the width.

        Columns at the end that find no room are hidden, unless the person chose the columns: then the table scrolls.
        """
        self._is_fitting = True
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        least, ideal = self._wishes()
        width = self.viewport().width()
        shown = len(least)
        if not self.shows_all:
            shown = max(min(2, len(least)), sum(1 for place in range(len(least)) if sum(least[: place + 1]) <= width))
        shares = shared_out(width, [1] * shown, least[:shown], ideal[:shown])
        for place in range(len(least)):
            self.setColumnHidden(place, place >= shown)
            if place < shown:
                # What is left belongs to the last column, whatever width a person gave the others.
                self.setColumnWidth(place, min(shares[place], ideal[place]))
        self.horizontalHeader().setStretchLastSection(True)
        self._is_fitting = False

    def _wishes(self) -> tuple[list[int], list[int]]:
        """Least and best width of each column in pixels; a width that a person set is both."""
        one, air = self.fontMetrics().horizontalAdvance("村"), self._theme.px(AIR)
        metrics, columns = QFontMetrics(head_font(self._theme)), self._rows.columns
        heads = [metrics.horizontalAdvance(spec.label) + self._theme.px(HEAD_AIR) for _, spec in columns]
        least = [max(head, one * _least(spec) + air) for head, (_, spec) in zip(heads, columns, strict=True)]
        least[0] = max(least[0], one * min(columns[0][1].kind.width, 9) + air)
        ideal = [max(low, self._widest(*column)) for low, column in zip(least, columns, strict=True)]
        for place, (path, _) in enumerate(columns):
            least[place] = self.widths.get(path, least[place])
            ideal[place] = self.widths.get(path, ideal[place])
        return least, ideal

    def _widest(self, path: str, spec: FieldSpec) -> int:
        """What the widest value needs that was shown first; as long as nothing was, what such values usually need."""
        usual = self.fontMetrics().horizontalAdvance("村") * _ideal(spec)
        return self._seen.get(path, usual) + self._theme.px(AIR)

    def _measure(self) -> None:
        """Look at the first values: columns become wider for them, and do not become narrower again while one searches."""
        rows = [row for row in range(min(self._rows.rowCount(), PAGE)) if self._rows.uid(row)]
        before = dict(self._seen)
        for place, (path, _) in enumerate(self._rows.columns if rows else ()):
            texts = (str(self._rows.index(row, place).data() or "") for row in rows)
            self._seen[path] = max(self._seen.get(path, 0), *map(self.fontMetrics().horizontalAdvance, texts))
        if self._seen != before:
            self.fit()

    def _resized(self, place: int, before: int, after: int) -> None:
        """Remember a width that was pulled with the mouse."""
        if not self._is_fitting and QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.widths[self._rows.columns[place][0]] = after
            self.pulled.emit()

    def resizeEvent(self, event: Any) -> None:
        """Share the new width; another height moves no column."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def choose(self, uid: str) -> None:
        """Go to a record, in the column where the cursor stands; a folded group opens."""
        self._rows.uncover(uid)
        row = self._rows.row_of(uid)
        if row >= 0:
            column = self.currentIndex().column()
            shown = self.shown_columns() or [0]
            self.setCurrentIndex(self._rows.index(row, column if column in shown else shown[0]))

    def keyPressEvent(self, event: Any) -> None:
        """The keys of a sheet; Ctrl+Enter goes to the form, Ctrl with an arrow to the end, with Shift selecting up to there."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        acts = {QKeySequence.StandardKey.Copy: "copy", QKeySequence.StandardKey.Paste: "paste"}
        wanted = next((act for keys, act in acts.items() if event.matches(keys)), "")
        if key == Qt.Key.Key_D and control:
            wanted = "fill"
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            wanted = "clear"
        if self._fold_by_key(event) or self._to_end(event):
            return
        if wanted:
            self.asked.emit(wanted)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.opened.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        else:
            super().keyPressEvent(event)

    def _fold_by_key(self, event: Any) -> bool:
        """Left, Right, Space and Enter on the head of a group; tells whether the key was used."""
        key, row = event.key(), self.currentIndex().row()
        is_left, is_right = key == Qt.Key.Key_Left, key == Qt.Key.Key_Right
        if not self._rows.group_by or row < 0:
            return False
        if self._rows.head(row) is None:
            if is_left and not event.modifiers() and self.currentIndex().column() in self.shown_columns()[:1]:
                self.setCurrentIndex(self._rows.index(self._rows.head_row(row), self.currentIndex().column()))
                return True
            return False
        if (is_left or is_right) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.fold_all(shut=is_left)
        elif is_left or is_right:
            self.fold(row, shut=is_left)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.fold(row, toggles=True)
        else:
            return False
        return True

    def _to_end(self, event: Any) -> bool:
        """Ctrl with Up or Down goes to the first or last row; with Shift it selects up to there and the cursor stays."""
        here, modifiers = self.currentIndex(), event.modifiers()
        if event.key() not in ENDS or not modifiers & Qt.KeyboardModifier.ControlModifier or not here.isValid():
            return False
        there = self._rows.index(0 if ENDS[event.key()] < 0 else self._rows.rowCount() - 1, here.column())
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(QItemSelection(here, there), flag)
        else:
            self.setCurrentIndex(there)
        return True

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks along the row, as in a sheet, and leaves the table past its ends."""
        here, shown = self.currentIndex(), self.shown_columns()
        ends = shown[-1:] if is_next else shown[:1]
        if self.cell_delegate is None or not here.isValid() or here.column() in ends:
            return super().focusNextPrevChild(is_next)
        self.step(0, 1 if is_next else -1)
        return True

    def _moved(self, current: QModelIndex) -> None:
        uid = self._rows.uid(current.row()) if current.isValid() else ""
        if uid:
            self.chosen.emit(uid)


def _least(spec: FieldSpec) -> int:
    """How many characters must stay visible: dates and phones whole, names of people, texts in part."""
    kind = spec.kind
    if kind.name in WHOLE:
        return WHOLE[kind.name]
    if isinstance(kind, Reference):
        return 4 if kind.to == "persons" else 6
    return min(_ideal(spec), 5)


def _ideal(spec: FieldSpec) -> int:
    """How many characters would be good to see: of a closed list, its longest label."""
    if isinstance(spec.kind, Choice):
        return min(max(len(label) for _, label, _ in spec.kind.codes.table()), 9)
    return spec.kind.width
