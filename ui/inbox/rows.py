"""The rows of one form of a received return as a table: only looked at, any number of them, each cell can become a point."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from ui.shared.due import table_day
from ui.shared.layout import layout_of
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import Order, RegisterModel
from ui.shared.search_line import SearchLine
from ui.shared.surroundings import Surroundings
from ui.shared.work import Slices
from xmdesk.records.base import FieldSpec, Need
from xmdesk.records.kinds import Count, Day, Moment, PartialDay
from xmdesk.records.registers import OFFICE

if TYPE_CHECKING:
    from xmdesk.services.looking_in import FormInside, Inside
    from xmdesk.services.reviewing import Point

NUMBER = "#"
MOST_CHARACTERS, LOOKED_AT = 18, 12
NUMBER_SPEC = FieldSpec(NUMBER, "序号", "", Need.NO, Count())


class PayloadRows:
    """The rows as the table wants them; a row is called by its number."""

    def __init__(self, inside: "Inside", form: "FormInside") -> None:
        self._inside = inside
        self._form = form
        first = [name for name in layout_of(form.register).columns if "." not in name]
        sent = {spec.name: spec for spec in inside.fields(form.register)}
        named = [name for name in first if name in sent]
        self._specs = [sent[name] for name in (*named, *(name for name in sent if name not in named))]
        self.every = [str(number) for number in range(1, form.rows + 1)]
        self.found: Sequence[str] = self.every

    @property
    def columns(self) -> list[tuple[str, FieldSpec]]:
        """The number of the row, what the register shows first, and everything else that travelled."""
        return [(NUMBER, NUMBER_SPEC), *((spec.name, spec) for spec in self._specs)]

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return the rows that were found, in the order of the form."""
        return self.found

    def grouped(
        self, search: str, order_by: str, *, descending: bool, group_by: str, stood: Mapping[str, Hashable]
    ) -> Order:
        """Return the same: rows of a return are not grouped."""
        return Order(self.found)

    def lasting(self, search: str, uids: Sequence[str]) -> Sequence[str]:
        """Nothing: rows of a return do not change."""
        return ()

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what these rows show; days as tables write them."""
        register, numbers = self._form.register, [int(one) for one in uids]
        shown = self._inside.texts(register, numbers, self._specs)
        days = [spec.name for spec in self._specs if isinstance(spec.kind, Day | PartialDay | Moment)]
        for number, row in zip(numbers, shown, strict=True):
            row.update({name: table_day(self._inside.value(register, number, name)) for name in days})
            row[NUMBER] = str(number)
        return shown


class PayloadTable(RegisterTable):
    """``picked`` fires when a cell is to become a point: Enter, or a double click; ``moved`` when another cell is in front."""

    picked = Signal()
    moved = Signal()

    def __init__(self, rows: PayloadRows, title: str, around: Surroundings) -> None:
        self.payload = rows
        self.payload_model = RegisterModel(rows, rows.columns)
        super().__init__(self.payload_model)
        self.setAccessibleName(title)
        self.shows_all = True
        self.tint(around.icons.theme)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda _: self.picked.emit())
        self.show_found(rows.every)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def show_found(self, found: Sequence[str]) -> None:
        """Show these rows, the one in front stays there if it is among them."""
        column = max(self.currentIndex().column(), 1)
        here = self.payload_model.uid(self.currentIndex().row())
        self.payload.found = found
        self.payload_model.look_again()
        row = self.payload_model.row_of(here) if here else -1
        if self.payload_model.rowCount():
            self.setCurrentIndex(self.payload_model.index(max(row, 0), column))

    def go_to(self, number: int, field: str) -> None:
        """Put a row in front, in the column of a field."""
        names = [name for name, _ in self.payload_model.columns]
        row = self.payload_model.row_of(str(number))
        if row >= 0:
            self.setCurrentIndex(self.payload_model.index(row, names.index(field) if field in names else 0))

    @property
    def here(self) -> tuple[int, str, str]:
        """Number of the row in front, name of the field (none in the column of numbers), and what stands there."""
        index = self.currentIndex()
        number = self.payload_model.uid(index.row()) if index.isValid() else ""
        if not number:
            return 0, "", ""
        name = self.payload_model.columns[index.column()][0]
        return int(number), "" if name == NUMBER else name, "" if name == NUMBER else str(index.data() or "")

    def _measure(self) -> None:
        """Look at the first values: there are many columns, most of them empty."""
        texts: dict[str, list[str]] = {name: [] for name, _ in self.payload_model.columns}
        for row in self.payload.texts(self.payload.found[:LOOKED_AT]):
            for name, text in row.items():
                if text and name in texts:
                    texts[name].append(text)
        self.room.look(texts, self.fontMetrics())
        self.fit()

    def _wishes(self) -> tuple[list[int], list[int]]:
        """The table scrolls: every column is as wide as its texts, very long ones excepted."""
        least, ideal = super()._wishes()
        most = self.fontMetrics().horizontalAdvance("村") * MOST_CHARACTERS
        wanted = [max(low, min(wish, most)) for low, wish in zip(least, ideal, strict=True)]
        return wanted, wanted

    def resizeEvent(self, event: Any) -> None:
        """The cell in front stays in view when the list of points grows."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: Any) -> None:
        """Enter picks; other keys walk."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit()
        else:
            super().keyPressEvent(event)


class RowsView(QWidget):
    """The table of one form; its search line stands wherever the page wants it. ``picked`` and ``moved`` are those of the table, ``escaped`` at Esc."""

    picked = Signal()
    moved = Signal()
    escaped = Signal()

    def __init__(self, inside: "Inside", form: "FormInside", around: Surroundings) -> None:
        super().__init__()
        self._inside = inside
        self.form = form
        self.search = SearchLine("查找行：写字、数字或拼音首字母", "查找行")
        self.table = PayloadTable(PayloadRows(inside, form), form.title, around)
        self._looking = Slices(around.work, self)
        self._looking.done.connect(self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.search.settled.connect(self._seek)
        self.search.returnPressed.connect(self.table.setFocus)
        self.search.installEventFilter(self)
        self.table.picked.connect(self.picked)
        self.table.moved.connect(self.moved)
        self.table.escaped.connect(self.escaped)

    @property
    def point(self) -> "Point":
        """What the cell in front would be as a point."""
        number, field, _ = self.table.here
        return self._inside.point(self.form.register, number, field)

    @property
    def has_one(self) -> bool:
        """Whether a row is in front at all."""
        return bool(self.table.here[0])

    @property
    def here(self) -> str:
        """What the cell in front holds, unshortened, and where it stands."""
        if not self.has_one:
            return ""
        point, text = self.point, self.table.here[2]
        row = f"第 {point.row_no} 行" if point.register != OFFICE else ""
        value = f"{point.label}：{text or '没有填'}" if point.field else ""
        return " · ".join(filter(None, (row, point.title, value)))

    @property
    def count(self) -> str:
        """How many rows there are, or were found."""
        every, found = len(self.table.payload.every), len(self.table.payload.found)
        return f"{every} 行" if found == every else f"找到 {found} 行，共 {every} 行"

    def go_to(self, point: "Point") -> None:
        """Put the place of a point in front; a search that hides it is given up."""
        if self.table.payload_model.row_of(str(point.row_no)) < 0:
            self.search.clear()
            self._seek("")
        self.table.go_to(point.row_no, point.field)

    def _seek(self, text: str) -> None:
        if text:
            self._looking.begin(self._inside.found(self.form.register, text))
        else:
            self._looking.stop()
            self._show(self.table.payload.every)

    def _found(self, numbers: list[int]) -> None:
        self._show([str(one) for one in numbers])

    def _show(self, found: Sequence[str]) -> None:
        self.table.show_found(found)
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc clears the search, and once more leaves."""
        is_escape = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape  # type: ignore[attr-defined]  # a key event
        if not is_escape:
            return False
        if self.search.text():
            self.search.clear()
        else:
            self.escaped.emit()
        return True
