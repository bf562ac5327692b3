"""Today: what is due, what must be put right, and the way to each."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.changes import NEW
from ui.shared.due import said_day
from ui.shared.findings import Finding, Group, destination, findings, tally
from ui.shared.page import SheetPage, card
from ui.shared.surroundings import Surroundings
from ui.shared.words import LineButton, button, clear, label, set_tone
from ui.shared.work import Slices
from ui.today.calendar_card import CalendarCard
from ui.today.due_figure import due_figure
from ui.today.folding import folded
from ui.today.once import above, below
from ui.today.reminders import ReminderList
from xmdesk import clock
from xmdesk.files import atomic_write, shown_name
from xmdesk.records.registers import REGISTERS
from xmdesk.services.drafting import next_period
from xmdesk.services.reminding import Reminding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xmdesk.services.desk import Desk
    from xmdesk.services.reminding import Reminder

SHOWN = 12
NAMES = {"wrong": "错误", "missing": "待填", "doubt": "提醒"}
UNITS = {"wrong": "处", "missing": "项", "doubt": "处"}
MEANINGS = {"wrong": "改好才能密封上报", "missing": "报送前填上，或写明原因", "doubt": "核对后改正，或写明原因"}
WEEKDAYS = "一二三四五六日"


class TodayPage(SheetPage):
    """Reads the checks after it is shown, so that the window appears first."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("今日")
        self._desk = desk
        self._around = around
        self._slices = Slices(around.work, self)
        self._slices.done.connect(self._show)
        self._reminding = Reminding(desk)
        self._period = self._named = next_period(desk.store, clock.today())
        self._due = _Figure("本期上报")
        self._figures = {tone: _Figure(name) for tone, name in NAMES.items()}
        self._groups: list[Group] = []
        self._reminders: Sequence[Reminder] = ()
        self._found: Sequence[Finding] | None = None
        self.counts: dict[str, int] = dict.fromkeys(self._figures, 0)
        row = QHBoxLayout()
        row.setSpacing(16)
        for figure in (self._due, *self._figures.values()):
            row.addWidget(figure.card, 1)
        self.column.addLayout(row)
        self._start = self._start_card()
        self.column.addWidget(self._start)
        self._offer_start()
        self._due_list = ReminderList(around.icons)
        self.calendar = CalendarCard(around.icons, clock.today())
        self.column.addLayout(self._due_row())
        self._list, self._lines = card("需要处理")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lines.addLayout(self._rows)
        self.column.addWidget(self._list)
        self.column.addStretch(1)
        self._due.act.setText("去上报")
        self._due.act.setAccessibleName("去上报")
        self._due.act.clicked.connect(lambda: around.travel.to("returns", self._named.text))
        for tone, figure in self._figures.items():
            figure.act.setText("去第一处")
            figure.act.setAccessibleName(f"去第一处{NAMES[tone]}")
            figure.act.clicked.connect(lambda _=False, tone=tone: self._first(tone))
        around.changes.changed.connect(self._soon)

    def _start_card(self) -> QWidget:
        made, column = card("从这里开始")
        words = "台账还是空的。手上有 Excel 台账的，导入最快；没有就直接新增。"
        column.addWidget(label(words, "muted", wraps=True))
        first, second = button("导入已有表格", "primary"), button("新增第一个设施")
        self._import = first
        first.clicked.connect(lambda: self._around.travel.to("imports"))
        second.clicked.connect(lambda: self._around.travel.to("facilities", NEW))
        column.addLayout(_line_of(first, second))
        return made

    def _offer_start(self) -> None:
        """While all registers are empty, work begins with filling them."""
        is_empty = not any(self._desk.registers.count(name) for name in REGISTERS)
        self._start.setVisible(is_empty)
        self.start_at = self._import if is_empty else None

    def _due_row(self) -> QHBoxLayout:
        made, column = card("近期要办")
        self._print, self._export = button("打印清单"), button("导出日历")
        self._print.setToolTip("存成 PDF，打印后贴在墙上")
        self._export.setToolTip("存成 .ics，手机和电脑的日历都能打开")
        self._print.clicked.connect(self.print_list)
        self._export.clicked.connect(self.export_calendar)
        column.addWidget(self._due_list)
        column.addStretch(1)
        column.addSpacing(8)
        column.addLayout(_line_of(self._print, self._export))
        self._due_list.wanted.connect(self._go)
        self.calendar.wanted.connect(self._go)
        self.calendar.turned.connect(self._show_month)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(made, 1)
        row.addWidget(self.calendar)
        return row

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def act(self, name: str) -> bool:
        """F5 looks again."""
        if name == "check":
            self._look()
        return name == "check"

    def print_list(self) -> None:
        """Write what is due as a PDF to be printed."""
        path = self._around.dialogs.save_file("打印清单", f"待办事项_{clock.today():%Y%m%d}.pdf", "PDF (*.pdf)")
        if path is not None:
            self._write("打印清单", path, self._reminding.printed)

    def export_calendar(self) -> None:
        """Write what has a day as a calendar file; where nothing has, say so."""
        self._around.work.now(self._reminding.today, self._export_dated)

    def _export_dated(self, found: "Sequence[Reminder]") -> None:
        if not any(one.due_on for one in found):
            self._around.changes.announce("没有定了日期的待办，没有导出日历")
            return
        path = self._around.dialogs.save_file("导出日历", f"待办日历_{clock.today():%Y%m%d}.ics", "日历 (*.ics)")
        if path is not None:
            self._write("导出日历", path, self._reminding.ics)

    def _write(self, title: str, path: Path, make: Any) -> None:
        def job(progress: Any) -> Path:
            progress.step(0, 1, "正在整理…")
            return atomic_write(path, make(self._reminding.today()), force=True)

        self._around.work.long(title, job, lambda made: self._around.changes.announce(f"已写到 {shown_name(made)}"))

    def _show_month(self, year: int, month: int) -> None:
        self._around.work.now(lambda: self._reminding.month(year, month), self.calendar.show_days)

    def _show_due(self, today: date) -> None:
        def show(reminders: "Sequence[Reminder]") -> None:
            self._reminders = reminders
            self._due_list.show_reminders(above(reminders, self._found), today)

        self._around.work.now(self._reminding.today, show)
        self.calendar.turn_to(today)
        self._show_month(self.calendar.month.day.year, self.calendar.month.day.month)

    def _soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        today = clock.today()
        self.remark.setText(f"{said_day(today)} 星期{WEEKDAYS[today.weekday()]}")
        self._period = next_period(self._desk.store, today)
        figure = due_figure(self._desk, self._period, today)
        self._named = figure.period
        self._due.say(figure.figure, figure.words, figure.tone)
        self._offer_start()
        self._show_due(today)
        self._slices.begin(self._desk.checking.all_breathing(self._period))

    def _show(self, problems: Any) -> None:
        found = findings(self._desk.checking, problems)
        tallied = tally(found)
        self.counts = {tone: tallied[tone] for tone in self._figures}
        self._found, self._groups = found, folded(found)
        self._due_list.show_reminders(above(self._reminders, found), clock.today())
        for tone, figure in self._figures.items():
            count = self.counts[tone]
            figure.say(f"{count} {UNITS[tone]}", MEANINGS[tone], tone if count else "good")
            figure.act.setVisible(bool(count))
        self._list_groups(found, below(found, self._reminders))

    def _list_groups(self, found: "Sequence[Finding]", told: "Sequence[Finding]") -> None:
        """Say what is to be put right; what stands among the reminders is counted only."""
        clear(self._rows)
        groups = folded(told)
        for one in groups[:SHOWN]:
            self._rows.addWidget(self._line(one))
        if len(groups) > SHOWN:
            self._rows.addWidget(label(f"还有 {len(groups) - SHOWN} 处，处理完前面的会接着显示", "small"))
        elsewhere = sum(one.is_open for one in found) - sum(one.is_open for one in told)
        if elsewhere:
            self._rows.addWidget(label(f"另有 {elsewhere} 处写在“近期要办”里", "small"))
        if not self._groups:
            self._rows.addWidget(label("没有需要处理的", "muted"))

    def _line(self, one: Group) -> QWidget:
        made = LineButton(f"{one.place}   {one.words}", name=f"{one.place}，{one.words}")
        made.setIcon(self._around.icons.get(one.tone, one.tone))
        made.setToolTip(f"{one.words}\n{one.first.problem.to_do}")
        made.clicked.connect(lambda: self._around.travel.to(*destination(one.first.problem)))
        return made

    def _go(self, place: str, uid: str, field: str, words: str) -> None:
        self._around.travel.to(place, uid, field, words=words)

    def _first(self, tone: str) -> None:
        found = next((one for one in self._groups if one.tone == tone), None)
        if found is not None:
            self._around.travel.to(*destination(found.first.problem))


def _line_of(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for one in widgets:
        row.addWidget(one)
    row.addStretch(1)
    return row


class _Figure:
    """A card with one figure, words below it, and a way to act."""

    def __init__(self, title: str) -> None:
        self.card, column = card()
        self._figure = label("", "number")
        self._words = label("", "muted", wraps=True)
        self.act = button("", "text")
        column.addWidget(label(title, "label"))
        column.addWidget(self._figure)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.act)
        row.addStretch(1)
        column.addStretch(1)
        column.addLayout(row)

    def say(self, figure: str, words: str, tone: str) -> None:
        """Show a figure."""
        self._figure.setText(figure)
        self._words.setText(words)
        set_tone(self._figure, "" if tone == "note" else tone)
