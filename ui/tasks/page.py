"""What the district asks for, and of whom: collection tasks and the roster of offices."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.arranging import Beside, scrolled
from ui.shared.due import left, table_day, table_time
from ui.shared.page import Page, card
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.tabs import Tabs
from ui.shared.words import button, frame, label
from ui.tasks.bringing import BringPanel
from ui.tasks.issuing import IssueCard
from ui.tasks.roster import RosterPanel
from xmdesk import clock
from xmdesk.files import shown_name
from xmdesk.periods import Period
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk


class TasksPage(Page):
    """采集任务和名册."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self.issuing = IssueCard(desk, around)
        self.unfounded, self.to_certificates = self._unfounded()
        heads = ("状态", "报送期", "截止日期", "表", "单位", "下发时间")
        self.issued = PlainTable(
            heads,
            (7, 8, 8, 3, 4, 9),
            around.icons,
            name="下发过的任务",
            nothing="还没有下发过任务。填好截止日期，点“生成任务文件”。",
        )
        self._none = label("还没有下发过。", "muted")
        self.roster = RosterPanel(desk, around)
        self.bringing = BringPanel(around.icons)
        self._roster_stack = QStackedWidget()
        self.tabs = Tabs()
        self._build()
        self.roster.asked.connect(self.try_roster)
        self.bringing.confirmed.connect(self._write)
        self.bringing.closed.connect(lambda: self._roster_stack.setCurrentIndex(0))
        around.changes.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        for one in (self.roster, scrolled(self.bringing)):
            self._roster_stack.addWidget(one)
        self.tabs.add("采集任务", self._tasks_view())
        self.tabs.add("应报名册", self._roster_stack)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.setSpacing(20)
        head.addWidget(label("采集任务和名册", "title"))
        head.addWidget(self.tabs)
        head.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.addWidget(self.tabs.stack)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(frame("rule"))
        outer.addLayout(body, 1)

    def _tasks_view(self) -> QWidget:
        view, first, second = Beside(), QWidget(), QWidget()
        left, right = QVBoxLayout(first), QVBoxLayout(second)
        for one in (left, right):
            one.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.issuing)
        left.addWidget(self.unfounded)
        left.addStretch(1)
        right.setSpacing(12)
        right.addWidget(label("下发过的任务" if self._desk.office.is_district else "收到的任务", "heading"))
        right.addWidget(self._none)
        right.addWidget(self.issued, 1)
        right.addStretch(0)
        view.add(first, 4)
        view.add(second, 6)
        self.issued.setMinimumHeight(self._around.icons.theme.px(200))
        return scrolled(view)

    def _unfounded(self) -> tuple[QWidget, Any]:
        made, column = card("下发任务")
        go = button("去建立签发机构", "primary")
        go.clicked.connect(lambda: self._around.travel.to("certificates"))
        words = (
            "任务文件要由本区签名，先建立签发机构，再来下发。"
            if self._desk.office.is_district
            else "任务由区里下发，这里不用做什么。"
        )
        column.addWidget(label(words, "muted", wraps=True))
        row = QHBoxLayout()
        row.addWidget(go)
        row.addStretch(1)
        column.addLayout(row)
        go.setVisible(self._desk.office.is_district)
        return made, go

    def act(self, name: str) -> bool:
        """Ctrl+F searches the roster, F5 looks again."""
        if name == "search":
            self.tabs.go(1)
            self._roster_stack.setCurrentIndex(0)
            self.roster.search.setFocus()
        elif name == "check":
            self.refresh()
        return name in ("search", "check")

    def refresh(self) -> None:
        """Read tasks and roster anew."""
        may_issue = self._desk.office.is_district and self._desk.enrolling.root() is not None
        self.issuing.setVisible(may_issue)
        self.unfounded.setVisible(not may_issue)
        self.issuing.refresh()
        lines = [_line(one) for one in self._desk.tasks.issued()]
        self.issued.show_lines(lines)
        self.issued.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self.roster.refresh()
        self.tabs.buttons[1].setText(f"应报名册 {len(self._desk.tasks.roster())}")

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Try a roster that was dropped on the window."""
        self.try_roster(paths[0])

    def try_roster(self, path: Path) -> None:
        """Read a roster sheet and show what it would change; nothing is written."""
        rosters = self._desk.rosters

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, f"正在读取 {shown_name(path)}…")
            return rosters.bring_in(path, dry_run=True)

        self._around.work.long("读取名册", job, lambda trial: self._tried(path, trial))

    def _tried(self, path: Path, trial: Any) -> None:
        self.tabs.go(1)
        self.bringing.show_trial(path, trial)
        self._roster_stack.setCurrentIndex(1)

    def _write(self, path: Path) -> None:
        rosters = self._desk.rosters

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, "正在写入名册…")
            return rosters.bring_in(path)

        self._around.work.long("写入名册", job, lambda done: self._written(path, done))

    def _written(self, path: Path, done: Any) -> None:
        if not done.written:
            # The sheet was changed after it was looked at.
            self._tried(path, done)
            return
        self._roster_stack.setCurrentIndex(0)
        words = f"新增 {done.new} 个，修改 {done.changed} 个，停用 {done.ended} 个"
        self._around.changes.announce(f"已写入名册：{words}")


def _line(one: Any) -> Line:
    today = clock.today()
    runs = one.due_on is None or one.due_on >= today
    tone, icon = ("explained", "note") if runs else ("note", "good")
    titles = [REGISTERS[name].title for name in one.forms if name in REGISTERS]
    forms = f"{len(titles)} 张"
    offices = str(len(one.office_codes)) if one.office_codes else ""
    cells = (
        (left(one.due_on, today)[0] if one.due_on else "") if runs else "已截止",
        Period.parse(one.period).words,
        table_day(one.due_on),
        forms,
        offices,
        table_time(one.issued_at),
    )
    tip = "\n".join((*titles, f"编号 {one.task_no}"))
    return Line(one.uid, cells, tone=tone, icon=icon, tip=tip)
