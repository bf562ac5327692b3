"""Issuing a collection task: for which period, until when, which forms; and what was issued before."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.clock_doubt import dated
from ui.shared.done import DoneBanner
from ui.shared.period_choice import PeriodChoice
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk import clock
from xmdesk.files import shown_name
from xmdesk.periods import Period
from xmdesk.records.kinds import Day
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

COLUMNS = 2


class IssueCard(QFrame):
    """下发任务."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._around = around
        self._words = label("", "muted", wraps=True)
        self.period = PeriodChoice()
        self._offer_periods()
        self.due = QLineEdit()
        self.due.setAccessibleName("截止日期")
        self.due.setMinimumWidth(around.icons.theme.px(150))
        self.due.setPlaceholderText("如 2026.12.31")
        self.forms = {name: QCheckBox(REGISTERS[name].title) for name in FORMS}
        self.wrong = label("", tone="wrong", wraps=True)
        self.before = label("", tone="missing", wraps=True)
        self.issue = button("生成任务文件", "primary")
        self.done = DoneBanner()
        self._due_typed = False
        self._build()
        self.period.currentIndexChanged.connect(lambda _: self._period_chosen())
        self.due.textEdited.connect(self._typed)
        self.due.returnPressed.connect(self._issue)
        self.issue.clicked.connect(self._issue)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("下发任务", "heading"))
        column.addWidget(self._words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, (name, field) in enumerate((("报送期", self.period), ("截止日期", self.due))):
            head = label(name, "label")
            head.setBuddy(field)
            grid.addWidget(head, 0, place)
            grid.addWidget(field, 1, place)
        column.addLayout(grid)
        column.addWidget(self.before)
        column.addWidget(label("要报的表", "label"))
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(16)
        ticks.setVerticalSpacing(0)
        for place, box in enumerate(self.forms.values()):
            box.setChecked(True)
            box.setAccessibleName(f"要报 {box.text()}")
            box.toggled.connect(lambda _: self.wrong.hide())
            ticks.addWidget(box, place // COLUMNS, place % COLUMNS)
        column.addLayout(ticks)
        column.addWidget(self.wrong)
        row = QHBoxLayout()
        row.addWidget(self.issue)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.done)
        column.addStretch(1)
        self.wrong.hide()

    def refresh(self) -> None:
        """Say for whom, and whether this period was asked for before."""
        self._offer_periods()
        count = len(self._desk.tasks.roster(self.period.chosen.last))
        self._words.setText(f"发给应报名册上的 {count} 个单位，同一个文件，各村导入后就知道报什么、几号截止。")
        due = self._desk.tasks.due_on(self.period.chosen)
        self.before.setVisible(due is not None)
        if due is not None:
            self.before.setText(f"这一期已经下发过，截止 {Day().show(due)}；再发一次，以新的截止日期为准。")
        if not self._due_typed:
            self.due.setText(Day().show(due or self.period.chosen.last))

    def _offer_periods(self) -> None:
        self.period.offer(self._desk.tasks.askable(), Period.containing(clock.today()))

    def _period_chosen(self) -> None:
        self._due_typed = False
        self.done.hide()
        self.wrong.hide()
        set_tone(self.due, "")
        self.refresh()

    def _typed(self) -> None:
        self._due_typed = True
        self.wrong.hide()
        set_tone(self.due, "")

    def _say_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()

    def _issue(self) -> None:
        try:
            due_on = Day().read(self.due.text()).value
        except Bad:
            due_on = None
        forms = tuple(name for name, box in self.forms.items() if box.isChecked())
        if due_on is None:
            set_tone(self.due, "wrong")
            self._say_wrong("截止日期看不懂，请写成 2026.12.31 这样。")
            self.due.setFocus()
        elif not forms:
            self._say_wrong("一张表也没有勾，请至少勾一张。")
        else:
            self._write(due_on, forms)

    def _write(self, due_on: Any, forms: tuple[str, ...]) -> None:
        folder = self._around.dialogs.choose_folder("任务文件放到哪里（可以直接选 U 盘）")
        if folder is None:
            return
        tasks, period = self._desk.tasks, self.period.chosen

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, "正在写任务文件…")
            return tasks.issue(period, due_on=due_on, out=folder, forms=forms)

        dated(self._desk, self._around, "下发采集任务", job, self._issued)

    def _issued(self, made: Any) -> None:
        self._due_typed = False
        self._around.changes.announce(f"已下发采集任务，{made.offices} 个单位")
        self.done.say(f"已生成 {shown_name(Path(made.path))}，请复制到各村的 U 盘。", Path(made.path))
