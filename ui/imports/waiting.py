"""待处理: rows that imports put aside, as a work list. Each can be opened, corrected and taken in, or given up."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.imports.row_cells import RowCells
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.words import button
from xmdesk.documents.sheets.places import within_row
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.ports import Store

FATES = {"new": "新增了一条", "changed": "补充了已有的一条", "same": "台账里已经有了"}


class WaitingPanel(QWidget):
    """The list and beside it the cells of the row in work."""

    def __init__(self, store: "Store", around: Surroundings) -> None:
        super().__init__()
        from xmdesk.services.parking import Parking

        self._parking = Parking(store)
        self._around = around
        self._here = ""
        heads = ("台账", "行", "原因", "来自")
        self.rows = PlainTable(heads, (3, 1, 6, 4), around.icons, name="待处理的行", nothing="没有待处理的行。")
        self.take = button("补录", "primary")
        self.drop = button("不导入这一行")
        self.cells = RowCells(self.take, self.drop)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(self.rows)
        split.addWidget(self.cells)
        split.setSizes([640, 420])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split, 1)
        self.rows.chosen.connect(self._open)
        self.rows.activated.connect(lambda _: self.cells.start())
        self.take.clicked.connect(self.cells.send)
        self.cells.sent.connect(self._take)
        self.drop.clicked.connect(self._give_up)

    def refresh(self) -> int:
        """Show what waits and return how many; the row in work stays in front if it is still there."""
        waiting = self._parking.waiting()
        self.rows.show_lines([self._line(one) for one in waiting])
        uids = [one.uid for one in waiting]
        if uids:
            self.rows.selectRow(uids.index(self._here) if self._here in uids else 0)
        else:
            self.cells.hide()
        return len(uids)

    def _line(self, one: Any) -> Line:
        title = REGISTERS[one.register].title if one.register in REGISTERS else one.register
        reasons = "；".join(within_row(str(found["text"]), one.row_no) for found in one.problems)
        return Line(one.uid, (title, str(one.row_no), reasons, self._parking.file_of(one)), "missing", "missing")

    def _open(self, uid: str) -> None:
        from xmdesk.services.parking import problem_of

        self._here = uid
        row = self._parking.get(uid)
        self.cells.show_row(f"第 {row.row_no} 行", row.raw, [problem_of(one) for one in row.problems])

    def _take(self, texts: dict[str, str]) -> None:
        uid = self._here
        self._around.work.now(lambda: self._parking.take_parked(uid, texts), self._taken)

    def _taken(self, taken: Any) -> None:
        typing = self.cells.isVisible()
        if taken.uid:
            self._around.changes.announce(f"已补录：{FATES[str(taken.fate)]}")
        else:
            self._around.changes.announce("这一行还不能补录，原因写在格子下面")
        if typing and self.cells.isVisible():
            self.cells.start()

    def _give_up(self) -> None:
        uid = self._here
        self._around.work.now(
            lambda: self._parking.give_up(uid), lambda _: self._around.changes.announce("这一行不导入了")
        )
