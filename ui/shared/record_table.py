"""A table over a register of any length: only the uids are held, rows are read a page at a time when shown."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QTableView

from ui.shared.cell_editing import NOTE, CellDelegate, Cells
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Reference

PAGE, PAGES = 128, 40
# Plain integers: comparing with Qt's enum members doubles the time of a repaint (measured at 10⁶ rows).
DISPLAY, TIP, ALIGN, FOREGROUND, SPOKEN = 0, 3, 7, 9, 11
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
# Cut in half these say something else; the numbers are widths in Chinese characters.
WHOLE = {"day": 7, "partial_day": 7, "phone": 7, "moment": 9}
ALIGNMENTS = {"right": RIGHT, "center": CENTRE}
NOWHERE = QModelIndex()
# What a row calls the note on a field: this and the name of the field.
NOTED = "*"


class Rows(Protocol):
    """Where the table gets its rows."""

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return uids in display order."""
        ...

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what each field of these records shows."""
        ...


class RegisterModel(QAbstractTableModel):
    """Read-only view; edits go through services. ``typable`` are the columns whose cells can be typed into."""

    def __init__(self, rows: Rows, columns: Sequence[tuple[str, FieldSpec]]) -> None:
        super().__init__()
        self._rows = rows
        self.columns = columns
        self.typable: frozenset[str] = frozenset()
        self._uids: Sequence[str] = ()
        self._pages: OrderedDict[int, list[dict[str, str]]] = OrderedDict()
        self._search, self._order, self._descending = "", "", False
        self._alignments = [ALIGNMENTS.get(spec.kind.align) for _, spec in columns]

    def look_again(self) -> None:
        """Read the order of rows anew; where it did not change, the place and the selection stay."""
        fresh = self._rows.uids(self._search, self._order, descending=self._descending)
        self._pages.clear()
        if len(fresh) == len(self._uids) and fresh == self._uids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._uids = fresh
        self.endResetModel()

    def show_columns(self, columns: Sequence[tuple[str, FieldSpec]]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = columns
        self._alignments = [ALIGNMENTS.get(spec.kind.align) for _, spec in columns]
        self._pages.clear()
        self.endResetModel()

    def flags(self, index: Any) -> Qt.ItemFlag:
        """Cells of typable columns can be edited in place."""
        if not index.isValid():
            return Qt.ItemFlag(0)
        basic = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()][0] not in self.typable:
            return basic
        return basic | Qt.ItemFlag.ItemIsEditable

    def search(self, text: str) -> None:
        """Show the rows that match."""
        self._search = text
        self.look_again()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, in storage; columns of referred records are not sortable."""
        name = self.columns[column][0] if column >= 0 else ""
        self._order = "" if "." in name else name
        self._descending = order == Qt.SortOrder.DescendingOrder
        self.look_again()

    def rowCount(self, parent: Any = NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._uids)

    def columnCount(self, parent: Any = NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Return the label of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self.columns[section][1].label
        return (self._alignments[section] or LEFT) if role == ALIGN else None

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Return the text or the alignment of a cell."""
        if role == DISPLAY:
            return self._row(index.row()).get(self.columns[index.column()][0], "")
        if role in (TIP, SPOKEN, NOTE):
            row, path = self._row(index.row()), self.columns[index.column()][0]
            note = row.get(NOTED + path, "")
            return note if role == NOTE else row.get(path, "") + (f"\n批注：{note}" if note else "")
        return self._alignments[index.column()] if role == ALIGN else None

    def uids(self, rows: Sequence[int]) -> list[str]:
        """Return the uids of rows."""
        return [self._uids[row] for row in rows if 0 <= row < len(self._uids)]

    def uid(self, row: int) -> str:
        """Return the uid of a row, or nothing."""
        return self._uids[row] if 0 <= row < len(self._uids) else ""

    def row_of(self, uid: str) -> int:
        """Return the row of a uid, or -1."""
        return next((row for row, one in enumerate(self._uids) if one == uid), -1)

    def _row(self, row: int) -> dict[str, str]:
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._rows.texts(self._uids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return page[place] if place < len(page) else {}


class RegisterTable(QTableView):
    """``chosen`` carries the uid of the row the person went to; ``opened`` asks for its form.

    The keys are those of a sheet: F2 or typing edits a cell, Enter goes down, Tab right, Ctrl+C, V, D and Delete work on
    the selected cells. ``asked`` carries copy, paste, fill or clear; ``selected`` fires when the selection changed,
    ``pulled`` when a column was made wider or narrower.
    """

    chosen = Signal(str)
    opened = Signal()
    asked = Signal(str)
    selected = Signal()
    pulled = Signal()

    def __init__(self, model: RegisterModel, cells: Cells | None = None) -> None:
        super().__init__()
        self._rows = model
        self.widths: dict[str, int] = {}
        self.shows_all = False
        self._is_fitting = False
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.cell_delegate = CellDelegate(cells, self) if cells is not None else None
        self._start_editing()
        self._set_heads()
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
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

    def tint(self, row: str, note: str) -> None:
        """Set the colours of the row that the form shows and of the corners of cells with notes."""
        if self.cell_delegate is not None:
            self.cell_delegate.row_colour, self.cell_delegate.note_colour = QColor(row), QColor(note)
            self.viewport().update()

    def edit_here(self) -> bool:
        """Open the current cell; tells whether it can be typed into."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.edit(index)
        return True

    def take_open_cell(self) -> bool:
        """Take what is being typed into a cell; tells whether nothing is left open."""
        editor = self.indexWidget(self.currentIndex()) if self.currentIndex().isValid() else None
        editor = editor or (self.viewport().focusWidget() if self.state() == self.State.EditingState else None)
        if isinstance(editor, QLineEdit) and self.cell_delegate is not None:
            return self.cell_delegate.finish(editor)
        return True

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
        room, wish = width - sum(least[:shown]), sum(ideal[:shown]) - sum(least[:shown])
        share = min(1.0, max(0.0, room / wish)) if wish else 0.0
        for place, (low, high) in enumerate(zip(least, ideal, strict=True)):
            self.setColumnHidden(place, place >= shown)
            self.setColumnWidth(place, round(low + (high - low) * share))
        self.horizontalHeader().setStretchLastSection(True)
        self._is_fitting = False

    def _wishes(self) -> tuple[list[int], list[int]]:
        """Least and best width of each column in pixels; a width that a person set is both."""
        one = self.fontMetrics().horizontalAdvance("村")
        specs = [spec for _, spec in self._rows.columns]
        least = [round(one * max(len(spec.label) * 0.88, _least(spec))) + 26 for spec in specs]
        least[0] = max(least[0], one * min(specs[0].kind.width, 9) + 26)
        ideal = [max(low, round(one * _ideal(spec)) + 26) for low, spec in zip(least, specs, strict=True)]
        for place, (path, _) in enumerate(self._rows.columns):
            least[place] = self.widths.get(path, least[place])
            ideal[place] = self.widths.get(path, ideal[place])
        return least, ideal

    def _resized(self, place: int, before: int, after: int) -> None:
        """Remember a width that was pulled with the mouse."""
        if not self._is_fitting and QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.widths[self._rows.columns[place][0]] = after
            self.pulled.emit()

    def resizeEvent(self, event: Any) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit()

    def choose(self, uid: str) -> None:
        """Go to a record, in the column where the cursor stands."""
        row = self._rows.row_of(uid)
        if row >= 0:
            column = self.currentIndex().column()
            shown = self.shown_columns() or [0]
            self.setCurrentIndex(self._rows.index(row, column if column in shown else shown[0]))

    def keyPressEvent(self, event: Any) -> None:
        """The keys of a sheet; Ctrl+Enter goes to the form."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        acts = {QKeySequence.StandardKey.Copy: "copy", QKeySequence.StandardKey.Paste: "paste"}
        wanted = next((act for keys, act in acts.items() if event.matches(keys)), "")
        if key == Qt.Key.Key_D and control:
            wanted = "fill"
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            wanted = "clear"
        if wanted:
            self.asked.emit(wanted)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.opened.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks along the row, as in a sheet, and leaves the table past its ends."""
        here, shown = self.currentIndex(), self.shown_columns()
        ends = shown[-1:] if is_next else shown[:1]
        if self.cell_delegate is None or not here.isValid() or here.column() in ends:
            return super().focusNextPrevChild(is_next)
        self.step(0, 1 if is_next else -1)
        return True

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._rows.uid(current.row()))


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
