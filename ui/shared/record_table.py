"""A table over a register of any length: only the uids are held, rows are read a page at a time when shown."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

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


class Rows(Protocol):
    """Where the table gets its rows."""

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return uids in display order."""
        ...

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what each field of these records shows."""
        ...


class RegisterModel(QAbstractTableModel):
    """Read-only view; edits go through services."""

    def __init__(self, rows: Rows, columns: Sequence[tuple[str, FieldSpec]]) -> None:
        super().__init__()
        self._rows = rows
        self.columns = columns
        self._uids: Sequence[str] = ()
        self._pages: OrderedDict[int, list[dict[str, str]]] = OrderedDict()
        self._search, self._order, self._descending = "", "", False
        self._alignments = [ALIGNMENTS.get(spec.kind.align) for _, spec in columns]

    def look_again(self) -> None:
        """Read the order of rows anew."""
        self.beginResetModel()
        self._pages.clear()
        self._uids = self._rows.uids(self._search, self._order, descending=self._descending)
        self.endResetModel()

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
        if role in (DISPLAY, TIP, SPOKEN):
            return self._row(index.row()).get(self.columns[index.column()][0], "")
        return self._alignments[index.column()] if role == ALIGN else None

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
    """``chosen`` carries the uid of the row the person went to; Enter or F2 asks to edit it."""

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, model: RegisterModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSectionsClickable(True)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.fit()

    def fit(self) -> None:
        """Set row height from the text size and share the width; columns at the end that find no room are hidden."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 18)
        one = metrics.horizontalAdvance("村")
        specs = [spec for _, spec in self._rows.columns]
        least = [round(one * max(len(spec.label) * 0.88, _least(spec))) + 26 for spec in specs]
        least[0] = max(least[0], one * min(specs[0].kind.width, 9) + 26)
        ideal = [max(low, round(one * _ideal(spec)) + 26) for low, spec in zip(least, specs, strict=True)]
        width = self.viewport().width()
        shown = max(2, sum(1 for place in range(len(least)) if sum(least[: place + 1]) <= width))
        room, wish = width - sum(least[:shown]), sum(ideal[:shown]) - sum(least[:shown])
        share = min(1.0, max(0.0, room / wish)) if wish else 0.0
        for place, (low, high) in enumerate(zip(least, ideal, strict=True)):
            self.setColumnHidden(place, place >= shown)
            self.setColumnWidth(place, round(low + (high - low) * share))
        self.horizontalHeader().setStretchLastSection(True)

    def resizeEvent(self, event: Any) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit()

    def choose(self, uid: str) -> None:
        """Go to a record."""
        row = self._rows.row_of(uid)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row, 0))

    def keyPressEvent(self, event: Any) -> None:
        """Enter and F2 open the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
            return
        super().keyPressEvent(event)

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
