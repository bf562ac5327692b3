"""The roster of offices that owe returns: looked through, its problems above, brought in anew and written out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.done import DoneBanner
from ui.shared.plain_table import Line, PlainTable
from ui.shared.search_line import SearchLine, answers
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label
from ui.tasks.troubles import TroublesCard
from xmdesk import clock
from xmdesk.records.kinds import Day

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

SHEETS = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"
XLSX = "表格 (*.xlsx)"


class RosterPanel(QWidget):
    """应报名册; ``asked`` carries a sheet to be brought in."""

    asked = Signal(object)

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._offices: Sequence[Any] = ()
        self.search = SearchLine("查找单位、镇街、代码或拼音首字母")
        self.count = label("", "muted")
        self.bring, self.export = button("导入名册", "primary"), button("导出名册")
        self.troubles = TroublesCard(around.icons)
        self.done = DoneBanner()
        heads = ("区划代码", "单位", "镇（街道）", "类型", "联系人", "电话", "起止")
        self.table = PlainTable(heads, (4, 7, 4, 3, 2, 4, 4), around.icons, name="应报名册")
        self._build()
        self.search.settled.connect(lambda _: self._show())
        self.bring.clicked.connect(self._choose)
        self.export.clicked.connect(self._export)
        self.refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.search)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.export)
        head.addWidget(self.bring)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.troubles)
        column.addLayout(head)
        column.addWidget(self.done)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the roster anew, with what is wrong in it."""
        self._offices = self._desk.rosters.offices()
        self.troubles.show_problems(self._desk.rosters.problems())
        self._show()

    def _show(self) -> None:
        query = self.search.text().strip()
        shown = [one for one in self._offices if answers(query, one.name, one.township, one.code)]
        whole = len(self._offices)
        self.count.setText(f"找到 {len(shown)} 个，共 {whole} 个单位" if query else f"共 {whole} 个单位")
        self.table.show_lines([_line(one) for one in shown])

    def _choose(self) -> None:
        path = self._around.dialogs.choose_file("选择应报名册", SHEETS)
        if path is not None:
            self.asked.emit(path)

    def _export(self) -> None:
        out = self._around.dialogs.save_file("保存应报名册", "应报名册.xlsx", XLSX)
        if out is None:
            return
        rosters = self._desk.rosters

        def job(progress: "Progress") -> tuple[int, Path]:
            progress.step(0, 1, "正在写表格…")
            return rosters.write(out, force=True), out

        self._around.work.long("导出名册", job, self._exported)

    def _exported(self, written: tuple[int, Path]) -> None:
        rows, path = written
        self.done.say(f"已导出 {rows} 个单位。改好后可以再导入；不要改动“单位标识”一列。", path)


def _line(one: Any) -> Line:
    ended = one.valid_to is not None and one.valid_to < clock.today()
    days = [Day().show(day) if day else "" for day in (one.valid_from, one.valid_to)]
    span = " 至 ".join(days) if any(days) else ""
    cells = (one.code, one.name, one.township, one.office_kind, one.contact, one.phone, span)
    return Line(one.uid, cells, tone="note" if ended else "", icon="retire" if ended else "")
