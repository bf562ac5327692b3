"""The rows of a register of any length: only their order is held, texts are read a page at a time when shown."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from ui.shared.cell_editing import NOTE
from ui.shared.order import Order, held
from ui.shared.sections import Head, Sections
from xmdesk.records.base import FieldSpec

PAGE, PAGES = 32, 160
# Plain integers: comparing with Qt's enum members doubles the time of a repaint (measured at 10⁶ rows).
DISPLAY, TIP, ALIGN, SPOKEN = 0, 3, 7, 11
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
ALIGNMENTS = {"right": RIGHT, "center": CENTRE}
LOOKED_AT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
TYPED = LOOKED_AT | Qt.ItemFlag.ItemIsEditable
NOWHERE = QModelIndex()
# What a row calls the note on a field: this and the name of the field.
NOTED = "*"


class Rows(Protocol):
    """Where the table gets its rows."""

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return uids in display order."""
        ...

    def grouped(
        self, search: str, order_by: str, *, descending: bool, group_by: str, stood: Mapping[str, Hashable]
    ) -> Order:
        """Return uids group after group; those that stood in a group stay in it."""
        ...

    def lasting(self, search: str, before: Sequence[str], found: Sequence[str]) -> Collection[str]:
        """Of records that were shown before and are not found any more, return those that stay in view until one asks anew."""
        ...

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what each field of these records shows."""
        ...


def _at_once(call: Callable[[], Any], then: Callable[[Any], None]) -> None:
    then(call())


class RegisterModel(QAbstractTableModel):
    """Read-only view; edits go through services. ``typable`` are the columns whose cells can be typed into.

    ``through`` does a reading that a click on a head of a column asks for; ``ordered`` fires when it was done. ``is_exact``
    is false while rows stand where they stood before they were typed into, though their column is sorted; so many ``strays``
    would now be in another group, or not be shown.
    """

    ordered = Signal()

    def __init__(self, rows: Rows, columns: Sequence[tuple[str, FieldSpec]]) -> None:
        super().__init__()
        self._rows = rows
        self.columns = columns
        self.typable: frozenset[str] = frozenset()
        self.through: Callable[[Callable[[], Order], Callable[[Order], None]], None] = _at_once
        self.group_by = ""
        self.is_exact, self.strays = True, 0
        self._uids: Sequence[str] = ()
        self._heads: Sequence[Head] = ()
        self._folded: set[str] = set()
        self._sections: Sections | None = None
        self._pages: OrderedDict[int, list[dict[str, str]]] = OrderedDict()
        self._search, self._order, self._descending = "", "", False
        self._alignments = [ALIGNMENTS.get(spec.kind.align) for _, spec in columns]

    def look_again(self) -> None:
        """Read the order of rows anew; where it did not change, the place and the selection stay."""
        self.show_order(self.read())

    def read(self) -> Order:
        """Read the order of rows; this may happen in any thread."""
        return self._grouped({}) if self.group_by else self._ungrouped()

    def read_on(self) -> Order:
        """Read which rows there are now. Those that were shown stand where they stood, though they would now be sorted to
        another place, be in another group or not be found. This may happen in any thread.
        """
        before = Order(self._uids, self._heads)
        if self.group_by:
            return held(self._grouped(before.groups), before.uids)
        fresh = self._ungrouped()
        if fresh.uids == before.uids:
            return fresh
        lasting = self._rows.lasting(self._search, before.uids, fresh.uids)
        return held(fresh, before.uids, lasting) if self._order or lasting else fresh

    def _grouped(self, stood: Mapping[str, Hashable]) -> Order:
        asked = {"descending": self._descending, "group_by": self.group_by}
        return self._rows.grouped(self._search, self._order, **asked, stood=stood)

    def _ungrouped(self) -> Order:
        return Order(self._rows.uids(self._search, self._order, descending=self._descending))

    def show_order(self, fresh: Order) -> None:
        """Show rows in an order that was read."""
        self._pages.clear()
        self.is_exact, self.strays = fresh.is_exact, fresh.strays
        if self._uids and len(fresh.uids) == len(self._uids) and (fresh.uids, fresh.heads) == (self._uids, self._heads):
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._uids, self._heads = fresh.uids, fresh.heads
        self._arrange()
        self.endResetModel()

    def show_columns(self, columns: Sequence[tuple[str, FieldSpec]]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = columns
        self._alignments = [ALIGNMENTS.get(spec.kind.align) for _, spec in columns]
        self._pages.clear()
        self.endResetModel()

    def flags(self, index: Any) -> Qt.ItemFlag:
        """Cells of typable columns can be edited in place, heads of groups cannot."""
        if not index.isValid():
            return Qt.ItemFlag(0)
        if self.columns[index.column()][0] not in self.typable or self.head(index.row()) is not None:
            return LOOKED_AT
        return TYPED

    def seek(self, text: str) -> None:
        """Search for a text from the next reading on."""
        self._search = text

    def group(self, path: str) -> None:
        """Group by a column, or not at all; every group is open at first. Shown at the next reading."""
        self.group_by = path
        self._folded.clear()

    def put_in_order(self, column: int, order: Qt.SortOrder) -> None:
        """Order by a column from the next reading on."""
        self._order, self._descending = self._wanted(column, order)

    def _wanted(self, column: int, order: Qt.SortOrder) -> tuple[str, bool]:
        name = self.columns[column][0] if column >= 0 else ""
        return ("" if "." in name else name, order == Qt.SortOrder.DescendingOrder)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, in storage; columns of referred records are not sortable."""
        wanted = self._wanted(column, order)
        if wanted == (self._order, self._descending):
            return
        self._order, self._descending = wanted
        self.through(self.read, self._sorted)

    def _sorted(self, fresh: Order) -> None:
        self.show_order(fresh)
        self.ordered.emit()

    def rowCount(self, parent: Any = NOWHERE) -> int:
        """How many lines."""
        if parent.isValid():
            return 0
        return len(self._uids) if self._sections is None else len(self._sections)

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
        if role in (DISPLAY, TIP, SPOKEN, NOTE):
            head = self.head(index.row())
            if head is not None:
                return self._head_text(head, index, role) if role != NOTE else ""
            row, path = self._row(index.row()), self.columns[index.column()][0]
            if role == DISPLAY:
                return row.get(path, "")
            note = row.get(NOTED + path, "")
            return note if role == NOTE else row.get(path, "") + (f"\n批注：{note}" if note else "")
        return self._alignments[index.column()] if role == ALIGN else None

    def _head_text(self, head: Head, index: Any, role: int) -> str:
        """The sum of a number column; elsewhere the head itself, for the first column and for whoever listens."""
        total = head.totals.get(self.columns[index.column()][0], "")
        if total:
            return f"合计 {total}" if role == SPOKEN else total
        if role == SPOKEN:
            return f"{head.label}，{head.count} 条，{'已收起' if self.is_folded(index.row()) else '已展开'}"
        words = "\n".join((f"{head.label}  {head.count} 条", *(head.words.values() if role == TIP else ())))
        return words if index.column() == 0 or role == TIP else ""

    @property
    def sorted_by(self) -> str:
        """The column in whose order the rows were put, or nothing."""
        return self._order

    @property
    def is_arranged(self) -> bool:
        """Whether the rows stand in groups or in the order of a column."""
        return bool(self.group_by or self._order)

    @property
    def total(self) -> int:
        """How many records there are, those in folded groups included."""
        return len(self._uids)

    @property
    def all_uids(self) -> Sequence[str]:
        """The uids of all records, those in folded groups included."""
        return self._uids

    def uids(self, rows: Sequence[int]) -> list[str]:
        """Return the uids of the records in these lines; heads of groups are passed over."""
        if isinstance(rows, range) and rows.step == 1 and self._sections is None:
            return list(self._uids[max(rows.start, 0) : max(rows.stop, 0)])
        return [one for one in map(self.uid, rows) if one]

    def records(self, rows: Sequence[int]) -> Sequence[int]:
        """Return those of these lines in which records stand."""
        return rows if self._sections is None else [row for row in rows if self.uid(row)]

    def count(self, first: int, last: int) -> int:
        """How many records stand in these lines."""
        return last - first + 1 - (0 if self._sections is None else self._sections.heads_within(first, last))

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what each column shows of these records; this may happen in any thread."""
        return self._rows.texts(uids)

    def uids_from(self, row: int, count: int) -> list[str]:
        """Return the uids of so many records from a line on, whatever heads stand between them."""
        found: list[str] = []
        for line in range(row, self.rowCount()):
            if len(found) == count:
                break
            found += self.uids([line])
        return found

    def uid(self, row: int) -> str:
        """Return the uid of a line, or nothing."""
        place = row if self._sections is None else self._sections.place(row)
        return self._uids[place] if 0 <= place < len(self._uids) else ""

    def row_of(self, uid: str) -> int:
        """Return the line of a uid; -1 where it is not shown."""
        try:
            place = self._uids.index(uid)
        except ValueError:
            return -1
        return place if self._sections is None else self._sections.line(place)

    def first_record(self) -> int:
        """Return the first line that is a record; -1 where there is none."""
        return next((line for line in range(min(self.rowCount(), 2)) if self.uid(line)), -1)

    def head(self, row: int) -> Head | None:
        """Return the head of a group that stands in a line."""
        return None if self._sections is None else self._sections.head(row)

    def head_row(self, row: int) -> int:
        """Return the line of the head above a line."""
        return row if self._sections is None else self._sections.head_line(row)

    def is_folded(self, row: int) -> bool:
        """Whether the group of a line is folded."""
        return self._sections is not None and self._sections.is_folded(row)

    def fold(self, row: int, *, shut: bool) -> None:
        """Fold or open the group whose head stands in a line."""
        head = self.head(row)
        if head is None or not head.count or (head.label in self._folded) == shut:
            return
        if shut:
            self.beginRemoveRows(NOWHERE, row + 1, row + head.count)
            self._folded.add(head.label)
            self._arrange()
            self.endRemoveRows()
        else:
            self.beginInsertRows(NOWHERE, row + 1, row + head.count)
            self._folded.discard(head.label)
            self._arrange()
            self.endInsertRows()

    def fold_all(self, *, shut: bool) -> None:
        """Fold or open every group."""
        self.beginResetModel()
        self._folded = {one.label for one in self._heads} if shut else set()
        self._arrange()
        self.endResetModel()

    def uncover(self, uid: str) -> None:
        """Open the group in which a record stands."""
        if self._sections is not None and self._folded and uid in self._uids:
            head = self._sections.head_of(self._uids.index(uid))
            lines = (line for line in range(self.rowCount()) if self.head(line) is head)
            self.fold(next(lines), shut=False)

    def _arrange(self) -> None:
        self._sections = Sections(self._heads, self._folded) if self._heads else None

    def _row(self, row: int) -> dict[str, str]:
        place = row if self._sections is None else self._sections.place(row)
        number, inside = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._rows.texts(self._uids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return page[inside] if inside < len(page) else {}
