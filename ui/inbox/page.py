"""The reviewer's inbox: take files in, read the verdicts in words, see who is missing, accept or send back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.inbox.answer import AnswerCard
from ui.inbox.answering import Answering
from ui.inbox.begun import BegunAnswers
from ui.inbox.expected import expected, tally
from ui.inbox.issue import IssueStrip
from ui.inbox.opened import OpenedReturn
from ui.inbox.quarantined import QuarantinedPanel
from ui.shared.arranging import is_large
from ui.shared.clock_doubt import dated
from ui.shared.drop import DropArea
from ui.shared.page import Page
from ui.shared.period_choice import PeriodChoice
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.verdicts import STATES, verdict_look
from ui.shared.words import Shelf, button, clear, frame, label
from xmdesk.files import shown_name
from xmdesk.periods import Period
from xmdesk.problems import joined_sentences
from xmdesk.services.answers_begun import AnswersBegun

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.problems import Problem
    from xmdesk.services.desk import Desk


REFUSED = "隔离的文件"


class InboxPage(Page):
    """收件箱."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self.period = PeriodChoice()
        self._files, self._folder = button("选择文件", "primary"), button("选择文件夹")
        words = "把上报文件或整个文件夹拖到这里"
        self._drop = DropArea(words, self._files, self._folder, is_flat=is_large(around))
        self._chips = Shelf()
        self.issue = IssueStrip()
        self._task, self._sum = button("下发任务"), button("汇总")
        self.results = PlainTable(
            ("结果", "文件", "单位", "说明"),
            (2, 4, 3, 7),
            around.icons,
            name="这次收到的",
            nothing="还没有收文件。把上报文件或整个文件夹拖到上面。",
        )
        self.grid = PlainTable(
            ("状态", "单位", "镇街", "版次", "收到时间"),
            (2, 5, 3, 1, 3),
            around.icons,
            name="应报情况",
            nothing="应报名册里没有这一期要报的单位，请到“任务和名册”里核对。",
        )
        self.begun = BegunAnswers(AnswersBegun(desk.store), around.work, self)
        self._answering = Answering(desk, around, self.begun, self)
        self.answer = AnswerCard(desk, self.begun, self._answering)
        self.opened = OpenedReturn(desk, around, self.begun, self._answering)
        self.quarantined = QuarantinedPanel(desk, around)
        self._front, self._tables, self._below = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._tabs = [button(one, "choice") for one in ("应报情况", "这次收到的", REFUSED)]
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.issue)
        column.addWidget(self._drop)
        row = QHBoxLayout()
        for place, one in enumerate(self._tabs):
            one.setCheckable(True)
            one.setAutoExclusive(True)
            one.clicked.connect(lambda _=False, place=place: self._go(place))
            row.addWidget(one)
        if not is_large(self._around):
            row.addSpacing(16)
            row.addWidget(self._chips)
        row.addStretch(1)
        column.addLayout(row)
        self._below.addWidget(self._answered())
        self._below.addWidget(self.quarantined)
        column.addWidget(self._below, 1)
        listed = QWidget()
        inner = QVBoxLayout(listed)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._head())
        inner.addWidget(frame("rule"))
        inner.addLayout(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        for one in (listed, self.opened):
            self._front.addWidget(one)
        outer.addWidget(self._front)
        self._tabs[0].setChecked(True)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.setSpacing(12)
        head.addWidget(label("收件箱", "title"))
        head.addStretch(1)
        head.addWidget(label("报送期", "muted"))
        head.addWidget(self.period)
        head.addWidget(self._task)
        head.addWidget(self._sum)
        return head

    def _answered(self) -> QWidget:
        """What was sent and what is owed, over the answer to it."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if is_large(self._around):
            column.addWidget(self._chips, 0, Qt.AlignmentFlag.AlignLeft)
        self._tables.addWidget(self.grid)
        self._tables.addWidget(self.results)
        column.addWidget(self._tables, 1)
        column.addWidget(self.answer)
        return made

    def _connect(self) -> None:
        self._files.clicked.connect(self._choose_files)
        self._folder.clicked.connect(self._choose_folder)
        self._drop.dropped.connect(self.receive)
        self.period.currentIndexChanged.connect(lambda _: self._turn())
        self._task.clicked.connect(self._ask_due)
        self.issue.confirmed.connect(self._issue)
        self._sum.clicked.connect(self._consolidate)
        for table in (self.grid, self.results):
            table.chosen.connect(lambda _: self._follow())
            table.activated.connect(lambda _: self.answer.look_inside())
        self.answer.opened.connect(self.open_return)
        self.opened.closed.connect(self.close_return)
        self.quarantined.counted.connect(self._name_refused)
        self._around.changes.changed.connect(self.refresh)

    def act(self, name: str) -> bool:
        """F5 looks again; what else there is belongs to the return that is open."""
        if name == "check":
            self.refresh()
        elif self.opened.uid:
            return self.opened.act(name)
        return name == "check"

    def keep(self) -> None:
        """Keep the answers that were begun: the book is about to be closed."""
        self.begun.keep()

    def open_return(self, uid: str, sends_back: bool = False) -> None:
        """Look into a return; ``sends_back`` goes to the list of what is to be corrected."""
        self._front.setCurrentWidget(self.opened)
        self.opened.open(uid, sends_back=sends_back)

    def close_return(self) -> None:
        """Go back to the list; the cursor stands where it was."""
        uid = self.opened.uid
        self.opened.shut()
        self._front.setCurrentIndex(0)
        self.answer.show_submission(uid)
        self._follow()
        self._tables.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Take in what was dropped on the window."""
        self.receive(paths)

    def receive(self, paths: list[Path]) -> None:
        """Take files and folders in."""
        inbox = self._desk.inbox
        if self.opened.uid:
            self.close_return()

        problems: list[Problem] = []

        def job(progress: "Progress") -> Any:
            from xmdesk.services.gathering import gathered

            brought = gathered(paths)
            problems.extend(brought.problems)
            return inbox.receive(brought, progress)

        def stopped(half: Any) -> None:
            left = f"收了 {len(half.results)} 份，其余 {half.left} 份没有收，再选一次就接着收"
            self._received(half.results, problems, left)

        if paths:
            done = lambda results: self._received(results, problems)  # noqa: E731 - one use
            self._around.work.long("接收上报文件", job, done, stopped=stopped)

    def _received(self, results: Any, problems: "list[Problem]", words: str = "") -> None:
        """List what became of each file, and say how many came in; ``words`` where it ended before all had."""
        lines = [Line("", ("没有读", "", "", f"{one.text}{one.to_do}"), tone="wrong", icon="wrong") for one in problems]
        for one in results:
            word, tone, icon = verdict_look(one.verdict)
            further = "".join(two.text for two in one.further)
            cells = (word, one.file, one.office_name or one.office, f"{one.text}{one.to_do}{further}")
            lines.append(Line(one.submission, cells, tone=tone, icon=icon))
        self.results.show_lines(lines)
        self._go(1)
        self.results.setFocus(Qt.FocusReason.OtherFocusReason)
        good = sum(1 for one in results if one.verdict in ("accept", "notice"))
        said = [words or f"收到 {len(results)} 份，接收 {good} 份", *(one.text for one in problems)]
        self._around.changes.announce(joined_sentences(said))

    def _go(self, place: int) -> None:
        """Bring what is owed, what was received, or what was refused to the front."""
        self._tabs[place].setChecked(True)
        self._below.setCurrentIndex(1 if place == len(self._tabs) - 1 else 0)
        if place < 2:
            self._tables.setCurrentIndex(place)
        self._follow()

    def _turn(self) -> None:
        """Another period: what was in front belongs to the one before."""
        self.results.go_nowhere()
        self.grid.go_nowhere()
        self.answer.show_submission("")
        self.refresh()

    def _follow(self) -> None:
        """The answer is about the line in front, as the book has it now; nothing is answered that the list does not show."""
        table = self.results if self._tables.currentWidget() is self.results else self.grid
        listed = {one.key for one in table.lines.lines}
        shown = self.answer.uid if self.answer.uid in listed else ""
        self.answer.show_submission(table.in_front.key if table.in_front is not None else shown)
        self._make_room()

    def _make_room(self) -> None:
        """The counts belong to what is owed; with larger letters they give way to the answer to one return."""
        is_narrow = is_large(self._around) and not self.answer.isHidden()
        self._chips.setVisible(self._tabs[0].isChecked() and not is_narrow)

    def _name_refused(self, count: int) -> None:
        words = f"{REFUSED} {count}" if count else REFUSED
        self._tabs[2].setText(words)
        self._tabs[2].setAccessibleName(words)

    def refresh(self) -> None:
        """Read the grid of expected returns anew, what was refused, and the return in front."""
        self.period.offer(self._desk.tasks.periods(), self._desk.tasks.due_next())
        self.quarantined.refresh()
        lines = expected(self._desk, self.chosen)
        self.grid.show_again(lines)
        clear(self._chips.line)
        for state, count in tally(lines).items():
            self._chips.line.addWidget(label(f"{state} {count}", "chip", tone=STATES[state]))
        self._task.setVisible(not self._answering.why_not)
        self._follow()
        self.opened.refresh()

    @property
    def chosen(self) -> Period:
        """The period in front."""
        return Period.parse(self.period.currentData())

    def _ask_due(self) -> None:
        self.issue.open(self.chosen)

    def _issue(self, due_on: Any) -> None:
        folder = self._around.dialogs.choose_folder("采集任务放到哪里")
        if folder is not None:
            tasks, period = self._desk.tasks, self.chosen
            job = lambda _: tasks.issue(period, due_on=due_on, out=folder, force=True)  # noqa: E731 - one use
            dated(self._desk, self._around, "下发采集任务", job, self._issued)

    def _issued(self, issued: Any) -> None:
        self._around.changes.announce(f"已下发给 {issued.offices} 个单位：{shown_name(issued.path)}")

    def _consolidate(self) -> None:
        period, consolidating = self.chosen, self._desk.consolidating
        out = self._around.dialogs.save_file("保存汇总表", f"汇总_{period.text}.xlsx", "表格 (*.xlsx)")
        if out is None:
            return

        def job(progress: "Progress") -> Any:
            progress.step(0, 2, "正在汇总…")
            found = consolidating.consolidate(period)
            progress.step(1, 2, "正在写汇总表…")
            consolidating.write(found, out, out.with_suffix(".pdf"), force=True)
            return found

        self._around.work.long("汇总", job, self._consolidated)

    def _consolidated(self, found: Any) -> None:
        self._around.changes.announce(f"已汇总：应报 {found.expected}，实报 {found.included}")

    def _choose_files(self) -> None:
        self.receive(self._around.dialogs.choose_files("选择上报文件", "上报文件 (*.pdf)"))

    def _choose_folder(self) -> None:
        folder = self._around.dialogs.choose_folder("选择装有上报文件的文件夹")
        self.receive([folder] if folder is not None else [])
