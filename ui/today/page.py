"""Today: what is due, what must be put right, and the way to each."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.findings import Group, destination, findings, grouped, tally
from ui.shared.page import SheetPage, card
from ui.shared.surroundings import Surroundings
from ui.shared.words import LineButton, button, clear, label, set_tone
from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

SHOWN = 12
WEEK = 7
UNITS = {"wrong": "处", "missing": "项", "doubt": "处"}
MEANINGS = {"wrong": "改好才能密封上报", "missing": "报送前填上，或写明原因", "doubt": "核对后改正，或写明原因"}
WEEKDAYS = "一二三四五六日"


class TodayPage(SheetPage):
    """Reads the checks after it is shown, so that the window appears first."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("今日")
        self._desk = desk
        self._around = around
        self._period = Period.containing(clock.today())
        self._due = _Figure("本期上报")
        self._figures = {"wrong": _Figure("不对"), "missing": _Figure("还没填"), "doubt": _Figure("请核对")}
        self._groups: list[Group] = []
        row = QHBoxLayout()
        row.setSpacing(16)
        for figure in (self._due, *self._figures.values()):
            row.addWidget(figure.card, 1)
        self.column.addLayout(row)
        self._start, start = card("从这里开始")
        start.addWidget(label("台账还是空的。手上有 Excel 台账的，导入最快；没有就直接新增。", "muted", wraps=True))
        choices = QHBoxLayout()
        first, second = button("导入已有表格", "primary"), button("新增第一个设施")
        first.clicked.connect(lambda: around.travel.to("imports"))
        second.clicked.connect(lambda: around.travel.to("facilities"))
        for one in (first, second):
            choices.addWidget(one)
        choices.addStretch(1)
        start.addLayout(choices)
        self.column.addWidget(self._start)
        self._list, self._lines = card("需要处理")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lines.addLayout(self._rows)
        self.column.addWidget(self._list)
        self.column.addStretch(1)
        self._due.act.setText("去上报")
        self._due.act.setAccessibleName("去上报")
        self._due.act.clicked.connect(lambda: around.travel.to("returns"))
        for tone, figure in self._figures.items():
            figure.act.setText("去第一处")
            figure.act.setAccessibleName("去第一处")
            figure.act.clicked.connect(lambda _=False, tone=tone: self._first(tone))
        around.changes.changed.connect(self._soon)

    def showEvent(self, event: Any) -> None:
        """Look again."""
        super().showEvent(event)
        self._soon()

    def act(self, name: str) -> bool:
        """F5 looks again."""
        if name == "check":
            self._look()
        return name == "check"

    def _soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        today = clock.today()
        self.remark.setText(f"{today.year}年{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}")
        due = self._desk.tasks.due_on(self._period)
        left = (due - today).days if due else (self._period.last - today).days
        words = f"{self._period.words}，截止 {due.month}月{due.day}日" if due else "区里还没有下发任务"
        tone = "" if due is None else "wrong" if left < 0 else "missing" if left <= WEEK else ""
        figure = (f"逾期 {-left} 天" if left < 0 else f"还有 {left} 天") if due else self._period.words[5:]
        self._due.say(figure, words, tone)
        self._start.setVisible(not any(self._desk.registers.count(name) for name in REGISTERS))
        checking = self._desk.checking
        self._around.work.now(lambda: findings(checking, checking.all(self._period)), self._show)

    def _show(self, found: Any) -> None:
        counts = tally(found)
        self._groups = grouped(found)
        for tone, figure in self._figures.items():
            figure.say(f"{counts[tone]} {UNITS[tone]}", MEANINGS[tone], tone if counts[tone] else "good")
            figure.act.setVisible(bool(counts[tone]))
        clear(self._rows)
        for one in self._groups[:SHOWN]:
            self._rows.addWidget(self._line(one))
        if len(self._groups) > SHOWN:
            self._rows.addWidget(label(f"还有 {len(self._groups) - SHOWN} 处，处理完前面的会接着显示", "small"))
        if not self._groups:
            self._rows.addWidget(label("没有需要处理的", "muted"))

    def _line(self, one: Group) -> QWidget:
        made = LineButton(f"{one.place}   {one.words}", name=f"{one.place}，{one.words}")
        made.setIcon(self._around.icons.get(one.tone, one.tone))
        made.setToolTip(f"{one.words}\n{one.first.problem.to_do}")
        made.clicked.connect(lambda: self._around.travel.to(*destination(one.first.problem)))
        return made

    def _first(self, tone: str) -> None:
        found = next((one for one in self._groups if one.tone == tone), None)
        if found is not None:
            self._around.travel.to(*destination(found.first.problem))


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
        set_tone(self._figure, tone)
