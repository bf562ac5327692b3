"""Consolidation on one page: totals over the returns that count, who is missing, and the plan's targets."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.consolidation.closing import PeriodLock
from ui.consolidation.indicators import IndicatorsPanel
from ui.consolidation.missing import MissingPanel
from ui.consolidation.totals import TotalsTable
from ui.shared.done import DoneBanner
from ui.shared.page import Page
from ui.shared.period_choice import PeriodChoice
from ui.shared.surroundings import Surroundings
from ui.shared.tabs import Tabs
from ui.shared.words import Shelf, button, clear, frame, label
from xmdesk.files import shown_name

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

XLSX, PDF = "表格 (*.xlsx)", "PDF 文件 (*.pdf)"
BY = {"township": "按镇街", "office": "按单位"}
TOTALS, MISSING, INDICATORS = range(3)


class ConsolidationPage(Page):
    """汇总. Added up when it is shown, and again when something changed meanwhile."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        from xmdesk.services.consolidating import COUNTS

        self._desk = desk
        self._around = around
        self._by = "township"
        self._is_stale = True
        self._speaks = False
        self.found: Any = None
        self.period = PeriodChoice()
        self._offer_periods()
        self.locking = PeriodLock(desk, around)
        self.write = button("写出汇总表", "primary")
        self.paper = button("打印汇总表", name="打印汇总表，存成 PDF")
        self.done = DoneBanner()
        self._chips = Shelf()
        self._by_buttons: dict[str, QPushButton] = {}
        self.totals = TotalsTable(COUNTS, around.icons.theme)
        self.missing = MissingPanel(around)
        self.indicators = IndicatorsPanel(desk, around)
        self._note = label("只加实报单位的数；没有报的单位不计入，也不按零算，用“—”表示。", "small", wraps=True)
        self._digest = label("", "small")
        self.tabs = Tabs()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs.add("汇总表", self._totals_view())
        self.tabs.add("未报单位", self.missing)
        self.tabs.add("指标", self.indicators)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.setSpacing(12)
        head.addWidget(label("汇总", "title"))
        head.addSpacing(8)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(label("报送期", "muted"))
        head.addWidget(self.period)
        head.addWidget(self.locking.lock)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(12)
        body.addWidget(self.locking.strip)
        body.addWidget(self.done)
        body.addWidget(self.tabs.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(frame("rule"))
        outer.addLayout(body, 1)

    def _totals_view(self) -> QWidget:
        view = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        for by, words in BY.items():
            one = button(words, "choice")
            one.setCheckable(True)
            one.setAutoExclusive(True)
            one.setChecked(by == self._by)
            one.clicked.connect(lambda _=False, by=by: self._group(by))
            self._by_buttons[by] = one
            row.addWidget(one)
        row.addSpacing(8)
        row.addWidget(self._chips)
        row.addStretch(1)
        row.addWidget(self.paper)
        row.addWidget(self.write)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self._digest)
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.totals, 1)
        column.addLayout(foot)
        return view

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(lambda _: self._period_chosen())
        self.write.clicked.connect(self._write_workbook)
        self.paper.clicked.connect(self._write_paper)
        self.missing.chase.clicked.connect(self._write_chasing)
        self.tabs.buttons[INDICATORS].clicked.connect(self.indicators.look_first)
        self._around.changes.changed.connect(self._changed)

    def showEvent(self, event: Any) -> None:
        """Add up what came in since."""
        super().showEvent(event)
        if self._is_stale:
            QTimer.singleShot(0, self, self.look)

    def act(self, name: str) -> bool:
        """F5 adds up again, Ctrl+F searches the list in front."""
        place = self.tabs.stack.currentIndex()
        if name == "check":
            (self.indicators.look if place == INDICATORS else self.look)()
        elif name == "search" and place != TOTALS:
            (self.missing if place == MISSING else self.indicators).search.setFocus()
        return name in ("search", "check")

    def _offer_periods(self) -> None:
        self.period.offer(self._desk.tasks.periods(), self._desk.tasks.due_next())

    def look(self) -> None:
        """Add up."""
        if self._around.work.is_busy:
            return
        self._is_stale = False
        self._offer_periods()
        self.locking.show_period(self.period.chosen)
        consolidating, period, by = self._desk.consolidating, self.period.chosen, self._by

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, f"正在汇总 {period.words}…")
            return consolidating.consolidate(period, by=by)

        self._around.work.long("汇总", job, self._show)

    def _show(self, found: Any) -> None:
        self.found = found
        self.totals.show_totals(found.totals, found.groups)
        self.missing.show_missing(found.missing)
        self.tabs.buttons[MISSING].setText(f"未报单位 {len(found.missing)}")
        clear(self._chips.line)
        for words, count, tone in (
            ("应报", found.expected, ""),
            ("实报", found.included, "good"),
            ("未报", len(found.missing), "missing" if found.missing else "good"),
        ):
            self._chips.line.addWidget(label(f"{words} {count}", "chip", tone=tone))
        self._digest.setText(f"核对码 {found.digest[:16]}")
        self._digest.setToolTip(found.digest)

    def _group(self, by: str) -> None:
        if by != self._by:
            self._by = by
            self.look()

    def _period_chosen(self) -> None:
        self.done.hide()
        self.look()

    def _changed(self, _: str) -> None:
        """Others wrote something: look when the page is in front, or when it comes there."""
        if self._speaks:
            return
        self._is_stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self.look)

    def _write_workbook(self) -> None:
        name = f"汇总_{self.period.chosen.text}.xlsx"
        out = self._around.dialogs.save_file("保存汇总表", name, XLSX)
        if out is None:
            return
        found, consolidating = self.found, self._desk.consolidating

        def job(progress: "Progress") -> tuple[str, Path]:
            progress.step(0, 1, "正在写表格…")
            consolidating.write(found, out, force=True)
            return f"汇总表已写好：应报 {found.expected}，实报 {found.included}。", out

        self._around.work.long("写出汇总表", job, self._written)

    def _write_paper(self) -> None:
        name = f"汇总_{self.period.chosen.text}.pdf"
        self._write_pdf("保存要打印的汇总表", name, act="summary")

    def _write_chasing(self) -> None:
        name = f"催报单_{self.period.chosen.text}.pdf"
        self._write_pdf("保存催报单", name, act="chasing")

    def _write_pdf(self, title: str, name: str, *, act: str) -> None:
        out = self._around.dialogs.save_file(title, name, PDF)
        if out is None:
            return
        found, desk = self.found, self._desk

        def job(progress: "Progress") -> tuple[str, Path]:
            from xmdesk.services.notices import write_chasing, write_summary

            progress.step(0, 1, "正在排版…")
            if act == "chasing":
                write_chasing(desk, found, out, force=True)
                return f"催报单已写好，共 {len(found.missing)} 个单位。含电话号码，用后妥善保管。", out
            write_summary(desk, found, out, force=True)
            return "汇总表已存成 PDF，请打印、签字、盖章。", out

        self._around.work.long("写出 PDF", job, self._written)

    def _written(self, done: tuple[str, Path]) -> None:
        words, path = done
        self.done.say(words, path)
        self._speaks = True
        self._around.changes.announce(f"已写出 {shown_name(path)}")
        self._speaks = False
