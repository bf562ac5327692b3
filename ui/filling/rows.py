"""Which records go into the form: all, those of a saved filter or a search, and of these the ticked ones."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.shared.drafts import MOST_KEYS
from ui.shared.layout import layout_of
from ui.shared.words import button, label
from xmdesk.records.base import fields_of
from xmdesk.records.kinds import SubTable
from xmdesk.records.registers import REGISTERS
from xmdesk.services.finding import Filter, Finding

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers

DISPLAY, CHECK = 0, 10
PAGE = 100
PAUSE_MS = 120
NOWHERE = QModelIndex()


class RecordsModel(QAbstractTableModel):
    """Titles with a tick, read a hundred at a time; ``ticked`` fires when the choice changed."""

    ticked = Signal()

    def __init__(self, registers: "Registers") -> None:
        super().__init__()
        self._registers = registers
        self._name = ""
        self._fields: tuple[str, ...] = ()
        self._pages: dict[int, list[tuple[str, ...]]] = {}
        self.uids: Sequence[str] = ()
        self.left_out: set[str] = set()

    def show_uids(self, name: str, uids: Sequence[str]) -> None:
        """Show these records of a register."""
        self.beginResetModel()
        if name != self._name:
            self.left_out = set()
        self._name, self.uids, self._pages = name, uids, {}
        record = REGISTERS[name].record
        specs = fields_of(record)
        title = record.title_field
        plain = [one for one in layout_of(name).columns if one in specs and one != title]
        self._fields = tuple(one for one in plain if not isinstance(specs[one].kind, SubTable))[:3]
        self.endResetModel()

    def chosen(self) -> list[str]:
        """Return the ticked ones, in order."""
        return [uid for uid in self.uids if uid not in self.left_out]

    def tick_all(self, *, on: bool) -> None:
        """Tick all that are shown, or none."""
        shown = set(self.uids)
        self.left_out = self.left_out - shown if on else self.left_out | shown
        self.dataChanged.emit(self.index(0, 0), self.index(max(len(self.uids) - 1, 0), 0))
        self.ticked.emit()

    def tick_only(self, uids: Collection[str]) -> None:
        """Tick these of all that are shown: the ones that a form asks for by name."""
        self.left_out = set(self.uids) - set(uids)

    def rowCount(self, parent: Any = NOWHERE) -> int:
        """How many records."""
        return 0 if parent.isValid() else len(self.uids)

    def columnCount(self, parent: Any = NOWHERE) -> int:
        """Title and a few fields."""
        return 0 if parent.isValid() or not self._name else 1 + len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Return the labels."""
        if orientation == Qt.Orientation.Horizontal and role == DISPLAY:
            specs = fields_of(REGISTERS[self._name].record)
            return specs[self._fields[section - 1]].label if section else REGISTERS[self._name].noun
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) if role == 7 else None

    def flags(self, index: Any) -> Qt.ItemFlag:
        """The first column has a tick."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if index.column() else usual | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Return a text or the tick."""
        if role == CHECK and index.column() == 0:
            is_in = self.uids[index.row()] not in self.left_out
            return Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked
        return self._texts(index.row())[index.column()] if role == DISPLAY else None

    def setData(self, index: Any, value: Any, role: int = DISPLAY) -> bool:
        """Set or take a tick."""
        if role != CHECK:
            return False
        uid = str(self.uids[index.row()])
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.left_out.discard(uid)
        else:
            self.left_out.add(uid)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _texts(self, row: int) -> tuple[str, ...]:
        page = row // PAGE
        if page not in self._pages:
            records = self._registers.rows(self._name, list(self.uids[page * PAGE : (page + 1) * PAGE]))
            shown = self._registers.shown_many(records)
            title = REGISTERS[self._name].record.title_field
            self._pages[page] = [(one[title], *(one[name] for name in self._fields)) for one in shown]
        return self._pages[page][row % PAGE]


class RowsPanel(QWidget):
    """``changed`` fires when other records are chosen."""

    changed = Signal()

    def __init__(self, registers: "Registers") -> None:
        super().__init__()
        self._registers = registers
        self._name = ""
        self._filters: list[Filter] = []
        self.model = RecordsModel(registers)
        self.which = QComboBox()
        self.which.setAccessibleName("填哪些")
        self.search = QLineEdit()
        self.search.setAccessibleName("查找要填的记录")
        self.search.setPlaceholderText("查找文字或拼音首字母")
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._count = label("", "muted")
        self.every, self.none = button("全部勾选", "quiet"), button("全部不选", "quiet")
        self.table = _table(self.model)
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(self.search, 1)
        row.addWidget(self.every)
        row.addWidget(self.none)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.which.activated.connect(self._look)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self._look)
        self.every.clicked.connect(lambda: self.model.tick_all(on=True))
        self.none.clicked.connect(lambda: self.model.tick_all(on=False))
        self.model.ticked.connect(self._say)

    def show_register(self, name: str) -> None:
        """Offer the records of a register and the filters kept for it."""
        self._finding = Finding(self._registers.store)
        if name != self._name:
            self.search.clear()
        here = self.which.currentIndex() if name == self._name else 0
        self._name, self._filters = name, self._finding.saved(name)
        self.which.clear()
        self.which.addItem(f"全部{REGISTERS[name].noun}")
        self.which.addItems([one.name for one in self._filters])
        self.which.setCurrentIndex(min(here, len(self._filters)))
        self._look()

    def chosen(self) -> list[str]:
        """Return the uids to fill in."""
        return self.model.chosen()

    @property
    def begun(self) -> dict[str, Any]:
        """Which records are looked through and ticked, as a draft holds it: by the fewer of those in and those left out."""
        at, left_out = self.which.currentIndex() - 1, self.model.left_out
        ticked = [] if len(left_out) <= MOST_KEYS else [one for one in self._every() if one not in left_out]
        return {
            "filter": self._filters[at].name if at >= 0 else "",
            "search": self.search.text(),
            "left_out": sorted(left_out) if len(left_out) <= MOST_KEYS else None,
            "ticked": ticked if len(ticked) <= MOST_KEYS else [],
            "is_complete": min(len(left_out), len(ticked)) <= MOST_KEYS,
            "count": len(self.chosen()),
        }

    def put_back(self, begun: dict[str, Any]) -> None:
        """Look through the same records again, with the same ticks."""
        names = [one.name for one in self._filters]
        self.which.setCurrentIndex(names.index(begun["filter"]) + 1 if begun["filter"] in names else 0)
        self.search.setText(begun["search"])
        self._pause.stop()
        if begun["left_out"] is not None:
            self.model.left_out = set(begun["left_out"])
        elif begun["is_complete"]:
            self.model.left_out = set(self._every()) - set(begun["ticked"])
        self._look()

    def _every(self) -> Sequence[str]:
        return self._finding.uids(Filter(self._name))

    def _look(self) -> None:
        text, at = self.search.text().strip(), self.which.currentIndex() - 1
        wanted = self._filters[at] if at >= 0 else Filter(self._name)
        self.model.show_uids(self._name, self._finding.uids(replace(wanted, search=text) if text else wanted))
        self._say()

    def _say(self) -> None:
        self._count.setText(f"已选 {len(self.chosen())} 条")
        self.changed.emit()


def _table(model: RecordsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("要填的记录")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 18)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table
