"""The rows of one form of a received return as a table: only looked at, any number of them, each cell can become a point."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from ui.inbox.changed import CHANGE, PayloadModel, change_column, compared_words, marked, told_changes
from ui.shared.due import table_day
from ui.shared.layout import layout_of
from ui.shared.plain_table import ICON_AIR, ICON_WIDE
from ui.shared.pressed import pressed
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import Order
from ui.shared.search_line import SearchLine
from ui.shared.surroundings import Surroundings
from ui.shared.words import button
from ui.shared.work import Slices
from xmdesk.records.base import FieldSpec, Need
from xmdesk.records.kinds import Count, Day, Moment, PartialDay
from xmdesk.records.registers import OFFICE
from xmdesk.services.comparing import REMOVED

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
        self.every = [str(number) for number in inside.numbers(form.register)]
        self.moved = [one for one in self.every if inside.what(form.register, int(one))]
        self.found: Sequence[str] = self.every

    @property
    def columns(self) -> list[tuple[str, FieldSpec]]:
        """The number of the row, what became of it, what the register shows first, and everything else that travelled."""
        change = change_column(self._inside)
        return [(NUMBER, NUMBER_SPEC), *change, *((spec.name, spec) for spec in self._specs)]

    @property
    def is_office(self) -> bool:
        """Whether this is the office itself, whose one row has no number for people."""
        return self._form.register == OFFICE

    def title(self, number: int) -> str:
        """Return the short words for a row."""
        return self._inside.title(self._form.register, number)

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return the rows that were found, in the order of the form."""
        return self.found

    def grouped(
        self, search: str, order_by: str, *, descending: bool, group_by: str, stood: Mapping[str, Hashable]
    ) -> Order:
        """Return the same: rows of a return are not grouped."""
        return Order(self.found)

    def lasting(self, search: str, before: Sequence[str], found: Sequence[str]) -> Sequence[str]:
        """Nothing: rows of a return do not change."""
        return ()

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what these rows show; days as tables write them."""
        register, numbers = self._form.register, [int(one) for one in uids]
        shown = self._inside.texts(register, numbers, self._specs)
        days = [spec.name for spec in self._specs if isinstance(spec.kind, Day | PartialDay | Moment)]
        for number, row in zip(numbers, shown, strict=True):
            row.update({name: table_day(self._inside.value(register, number, name)) for name in days})
            row[NUMBER] = str(number) if number > 0 else ""
        return [marked(self._inside, register, *one) for one in zip(numbers, shown, strict=True)]

    def told(self, number: int, name: str, text: str) -> str:
        """Say what stands in a cell; in the column of changes, all that became of the row."""
        labels = {spec.name: spec.label for spec in self._specs}
        if name != CHANGE:
            return f"{labels[name]}：{text or '没有填'}" if name in labels else ""
        names = [one for one in self._inside.was(self._form.register, number) if one in labels]
        (row,) = self.texts([str(number)])
        what = self._inside.what(self._form.register, number)
        return told_changes(what or "没有变动", {labels[one]: row[one] for one in names})


class PayloadTable(RegisterTable):
    """``picked`` fires when a cell is to become a point: Enter, or a double click; ``moved`` when another cell is in front."""

    picked = Signal()
    moved = Signal()

    def __init__(self, rows: PayloadRows, title: str, around: Surroundings) -> None:
        self.payload = rows
        self.payload_model = PayloadModel(rows, rows.columns, around.icons)
        super().__init__(self.payload_model)
        self.setAccessibleName(title)
        self.tint(around.icons.theme)
        self.setIconSize(QSize(around.icons.theme.px(ICON_WIDE), around.icons.theme.px(ICON_WIDE)))
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

    @property
    def here_words(self) -> str:
        """The number of the row in front, what it is called, what became of it, and what stands in its cell."""
        number, name, text = self.here
        row = "" if number < 0 or self.payload.is_office else f"第 {number} 行"
        what = REMOVED if number < 0 and name != CHANGE else ""
        parts = (row, self.payload.title(number), what, self.payload.told(number, name, text))
        return " · ".join(filter(None, parts))

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
        names = [name for name, _ in self.payload_model.columns]
        if CHANGE in names:
            wanted[names.index(CHANGE)] += self.iconSize().width() + ICON_AIR
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
    """The table of one form; ``finder``, its search line, stands wherever the page wants it. ``picked`` and ``moved`` are those
    of the table, ``escaped`` at Esc.
    """

    picked = Signal()
    moved = Signal()
    escaped = Signal()

    def __init__(self, inside: "Inside", form: "FormInside", around: Surroundings) -> None:
        super().__init__()
        self._inside = inside
        self.form = form
        self.search = SearchLine("查找行：写字、数字或拼音首字母", "查找行")
        self.table = PayloadTable(PayloadRows(inside, form), form.title, around)
        self.only_moved = button("只看变动的", "choice")
        self.only_moved.setCheckable(True)
        self.only_moved.setVisible(bool(form.moves))
        self.finder = _line(self.search, self.only_moved)
        self._looking = Slices(around.work, self)
        self._looking.done.connect(self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.search.settled.connect(self._seek)
        self.only_moved.toggled.connect(lambda _: self._narrow())
        self.search.returnPressed.connect(self.table.setFocus)
        self.search.installEventFilter(self)
        self.table.picked.connect(self.picked)
        self.table.moved.connect(self.moved)
        self.table.escaped.connect(self.escaped)

    @property
    def point(self) -> "Point":
        """What the cell in front would be as a point."""
        number, field, _ = self.table.here
        return self._inside.point(self.form.register, number, "" if field == CHANGE else field)

    @property
    def has_one(self) -> bool:
        """Whether a row of the return is in front: one that is gone is no place in it."""
        return self.table.here[0] > 0

    @property
    def here(self) -> str:
        """What the cell in front holds, unshortened, and where it stands."""
        return self.table.here_words if self.table.here[0] else ""

    @property
    def count(self) -> str:
        """How many rows there are, or were found, and how many moved since the version before."""
        every, found = len(self.table.payload.every), len(self.table.payload.found)
        rows = f"{self.form.rows} 行" if found == every else f"找到 {found} 行，共 {every} 行"
        moves = sum(self.form.moves.values())
        return f"{rows}，变动 {moves}" if moves else rows

    @property
    def compared(self) -> str:
        """What became of the rows, and since which version."""
        return compared_words(self.form, self._inside)

    def go_to(self, point: "Point") -> None:
        """Put the place of a point in front; a search that hides it is given up."""
        if self.table.payload_model.row_of(str(point.row_no)) < 0:
            self.search.clear()
            self.only_moved.setChecked(False)
            self._seek("")
        self.table.go_to(point.row_no, point.field)

    def _seek(self, text: str) -> None:
        if text:
            self._looking.begin(self._inside.found(self.form.register, text))
        else:
            self._looking.stop()
            self._show(self.table.payload.every)

    def _narrow(self) -> None:
        self._seek(self.search.text().strip())

    def _found(self, numbers: list[int]) -> None:
        self._show([str(one) for one in numbers])

    def _show(self, found: Sequence[str]) -> None:
        is_narrow, moved = self.only_moved.isChecked(), set(self.table.payload.moved)
        self.table.show_found([one for one in found if one in moved] if is_narrow else found)
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc clears the search, and once more leaves."""
        if pressed(event) != Qt.Key.Key_Escape:
            return False
        if self.search.text():
            self.search.clear()
        else:
            self.escaped.emit()
        return True


def _line(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for one in widgets:
        row.addWidget(one, 1 if isinstance(one, SearchLine) else 0)
    return made
