"""Which columns the table of a register shows and how wide: chosen in a small panel, kept among the preferences."""

from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.registers.rows import columns_of, spec_of
from ui.shared.preferences import Preferring
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import RegisterModel
from ui.shared.sounded_menu import SoundedMenu
from ui.shared.words import button, label
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.registers import REGISTERS, Register

PATH = int(Qt.ItemDataRole.UserRole)
YEAR = "year"


class Columns(QFrame):
    """A panel that drops down with a tick for each field; the choice is worn and kept at once. ``grouped`` carries the column to
    group by, or nothing."""

    changed = Signal()
    grouped = Signal(str)

    def __init__(self, register: Register, table: RegisterTable, preferring: Preferring) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._register = register
        self._table = table
        self._model: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
        self._preferring = preferring
        self._usual = [path for path, _ in columns_of(register)]
        self._tells_years = False
        self.list = QListWidget()
        self.list.setAccessibleName("显示哪些列")
        self.list.itemChanged.connect(self._ticked)
        back = button("恢复原来的列", "quiet")
        back.clicked.connect(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(label("显示哪些列", "section"))
        column.addWidget(self.list)
        column.addWidget(back)
        head = table.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda place: self.open(head.mapToGlobal(place)))
        table.pulled.connect(self._keep)
        self._wear()
        self._sort_again()
        head.sortIndicatorChanged.connect(self._sorted)

    def _sort_again(self) -> None:
        """Put the rows in the order in which they were left."""
        kept = self._kept().get("sort")
        places = [one for one, _ in self._model.columns]
        if isinstance(kept, list) and len(kept) == 2 and kept[0] in places:
            order = Qt.SortOrder.DescendingOrder if kept[1] else Qt.SortOrder.AscendingOrder
            self._model.put_in_order(places.index(kept[0]), order)
            self._table.horizontalHeader().setSortIndicator(places.index(kept[0]), order)

    def _mark_sorted(self) -> None:
        """Let the mark stand at the sorted column, wherever it now is."""
        places, head = [one for one, _ in self._model.columns], self._table.horizontalHeader()
        place = places.index(self._model.sorted_by) if self._model.sorted_by in places else -1
        with QSignalBlocker(head):
            head.setSortIndicator(place, head.sortIndicatorOrder())

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        path = self._model.columns[column][0] if column >= 0 else ""
        self._keep(sort=[path, order == Qt.SortOrder.DescendingOrder] if path else None)

    @property
    def chosen(self) -> list[str]:
        """The columns in force; names that records no longer have are passed over."""
        kept = self._kept().get("columns")
        known = [one for one in kept if one in self.offered()] if isinstance(kept, list) else []
        return known or self._usual

    @property
    def _worn(self) -> list[str]:
        """The columns in force and, behind the first, the year where it has to tell rows apart."""
        chosen = self.chosen
        return [chosen[0], YEAR, *chosen[1:]] if self._tells_years and YEAR not in chosen else chosen

    def tell_years(self, *, are_mixed: bool) -> None:
        """Show the year by itself as long as rows of several years stand in the table."""
        if are_mixed != self._tells_years:
            self._tells_years = are_mixed
            self._wear()

    def in_order(self) -> tuple[str, ...]:
        """Return the columns in force from left to right."""
        head = self._table.horizontalHeader()
        return tuple(self._model.columns[head.logicalIndex(place)][0] for place in range(head.count()))

    def offered(self) -> dict[str, FieldSpec]:
        """Return every column that can be shown: the usual ones, then the other fields."""
        usual = {path: spec_of(self._register.record, path) for path in self._usual}
        rest = {name: spec for name, spec in fields_of(self._register.record).items() if _can_be_shown(spec)}
        return usual | rest

    def open(self, place: QPoint) -> None:
        """Drop down at a place on the screen."""
        self._fill()
        self.adjustSize()
        self.setFixedHeight(min(self._table.height(), 460))
        screen = self._table.screen().availableGeometry()
        self.move(min(place.x(), screen.right() - self.width()), min(place.y(), screen.bottom() - self.height()))
        self.show()
        self.list.setFocus()

    @property
    def group(self) -> str:
        """The column by which the person groups this register, or nothing."""
        kept = self._kept().get("group", "")
        return kept if kept in self.groups() else ""

    def groups(self) -> dict[str, FieldSpec]:
        """Return the columns by which records can be grouped."""
        from xmdesk.services.grouping import can_group

        return {path: spec for path, spec in self.offered().items() if can_group(spec)}

    def keep_group(self, path: str) -> None:
        """Remember the column to group by."""
        self._keep(group=path)

    def offer_groups(self, below: QWidget) -> None:
        """Drop down the columns to group by at a button."""
        menu = SoundedMenu(below)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [("", "不分组"), *((path, spec.label) for path, spec in self.groups().items())]
        for path, words in choices:
            act = menu.addAction(words, lambda path=path: self.grouped.emit(path))
            act.setCheckable(True)
            act.setChecked(path == self.group)
            if not path:
                menu.addSeparator()
        menu.popup(below.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        menu.setActiveAction(menu.actions()[0])

    def restore(self) -> None:
        """Show what the program shows unless told otherwise."""
        self._table.widths.clear()
        self._preferring.change(tables={**self._preferring.current.tables, self._register.name: {"group": self.group}})
        self._fill()
        self._wear()

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for path, spec in self.offered().items():
            item = QListWidgetItem(spec.label)
            item.setData(PATH, path)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if path in self.chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setMinimumWidth(self.list.sizeHintForColumn(0) + 60)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _ticked(self, item: QListWidgetItem) -> None:
        path, chosen = item.data(PATH), list(self.chosen)
        if item.checkState() == Qt.CheckState.Checked:
            chosen.append(path)
        elif len(chosen) > 1:
            chosen.remove(path)
        self._keep(columns=chosen)
        self._wear()

    def _keep(self, **fresh: Any) -> None:
        kept = {**self._kept(), "widths": dict(self._table.widths), **fresh}
        self._preferring.change(tables={**self._preferring.current.tables, self._register.name: kept})

    def _kept(self) -> dict[str, Any]:
        found = self._preferring.current.tables.get(self._register.name)
        return found if isinstance(found, dict) else {}

    def _wear(self) -> None:
        widths = self._kept().get("widths")
        if isinstance(widths, dict):
            self._table.widths.update({path: wide for path, wide in widths.items() if isinstance(wide, int)})
        offered = self.offered()
        if self._worn != [path for path, _ in self._model.columns]:
            self._model.show_columns([(path, offered[path]) for path in self._worn])
            self._mark_sorted()
        self._table.fit()
        self.changed.emit()


def _can_be_shown(spec: FieldSpec) -> bool:
    return not isinstance(spec.kind, Reference) or spec.kind.to in REGISTERS
