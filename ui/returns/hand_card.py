"""A sealed return on its way to the district: to the stick, on paper, and every earlier one with what became of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.due import said_time, table_time
from ui.shared.icons import Icons
from ui.shared.plain_table import Line, PlainTable
from ui.shared.sticks import Stick, StickButton, sticks
from ui.shared.tick_table import fit_height
from ui.shared.words import button, clear, frame, label, set_role, set_tone
from xmdesk.periods import Period
from xmdesk.problems import problem
from xmdesk.records.submission import Submission, SubmissionState

if TYPE_CHECKING:
    from xmdesk.services.handing import Station

TONES = {
    SubmissionState.SEALED: "missing",
    SubmissionState.SENT: "explained",
    SubmissionState.ACCEPTED: "good",
    SubmissionState.SENT_BACK: "wrong",
}
ANSWERED = frozenset({SubmissionState.ACCEPTED, SubmissionState.SENT_BACK, SubmissionState.REPLACED})
NO_STICK = "没有看到 U 盘。请插好，等几秒再点一次；先存在这台电脑里的，点“存到别处”。"


class HandCard(QFrame):
    """Every signal carries the submission in front; ``copy`` also the stick, ``printed`` whether it is on paper."""

    copy = Signal(object, object)
    elsewhere = Signal(object)
    print_it = Signal(object)
    printed = Signal(object, bool)
    look = Signal(object)
    folder = Signal(object)
    picked = Signal(str)

    def __init__(self, icons: Icons, *, find: Callable[[], Sequence[Stick]] = sticks) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.submission = Submission()
        self.state = label("", "chip")
        self.about = label("", wraps=True)
        self.lack = label("", wraps=True, tone="missing")
        self.stick = StickButton("拷到 U 盘", "primary", find=find)
        self.other = button("存到别处")
        self.paper = button("打印")
        self.is_printed = QCheckBox("已经打印盖章")
        self.is_printed.setAccessibleName(self.is_printed.text())
        self.pages, self.place = button("看页面", "quiet"), button("打开所在文件夹", "quiet")
        self._tools = QWidget()
        self._said = label("", wraps=True)
        self._banner = frame("banner", tone="good")
        self._stations = QVBoxLayout()
        heads = ("报告期", "版", "状态", "密封")
        self.list = PlainTable(heads, (4, 3, 3, 4), icons, name="每一次上报")
        self._list_head = label("每一次上报", "section")
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("⑤ 送到区里", "heading"))
        head.addStretch(1)
        head.addWidget(self.state)
        grid = QGridLayout(self._tools)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for row, kinds in enumerate(((self.stick, self.other), (self.paper, self.is_printed))):
            for at, one in enumerate(kinds):
                grid.addWidget(one, row, at)
        for row, one in enumerate((self.pages, self.place)):
            grid.addWidget(one, row, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(3, 1)
        QVBoxLayout(self._banner).addWidget(self._said)
        self._stations.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.lack)
        column.addWidget(self._tools)
        column.addWidget(self._banner)
        column.addLayout(self._stations)
        column.addWidget(self._list_head)
        column.addWidget(self.list)
        self._banner.hide()
        self.hide()

    def _connect(self) -> None:
        self.stick.chosen.connect(lambda stick: self.copy.emit(self.submission, stick))
        self.stick.absent.connect(lambda: self.say(NO_STICK, "missing"))
        for one, signal in ((self.other, self.elsewhere), (self.paper, self.print_it), (self.pages, self.look)):
            one.clicked.connect(lambda _=False, signal=signal: signal.emit(self.submission))
        self.place.clicked.connect(lambda: self.folder.emit(self.submission))
        self.is_printed.clicked.connect(lambda on: self.printed.emit(self.submission, on))
        self.list.chosen.connect(self.picked)

    def show_submission(self, one: Submission, stations: "Sequence[Station]") -> None:
        """Show one submission with what happened to it; words about another one, or from before the answer, go."""
        is_other = one.uid != self.submission.uid
        if is_other or (one.state != self.submission.state and one.state in ANSWERED):
            self._banner.hide()
        self.submission = one
        self.state.setText(one.state.label)
        set_tone(self.state, TONES.get(one.state, ""))
        set_role(self.stick, "primary" if one.state is SubmissionState.SEALED else "")
        pages = f"共 {one.pages} 页，" if one.pages else ""
        self.about.setText(f"{_period(one)}第 {one.version} 版，{pages}短码 {one.short_code}。{_next(one)}")
        self.is_printed.setChecked(bool(one.printed_at))
        for control in (self.stick, self.other, self.paper, self.pages, self.place):
            control.setEnabled(bool(one.file_sha256))
        self.lack.setText("" if one.file_sha256 else _lack())
        self.lack.setVisible(not one.file_sha256)
        clear(self._stations)
        for station in stations:
            self._stations.addWidget(label(f"{said_time(station.at)}   {station.words}", "small", wraps=True))
        self.show()

    def show_front(self, *, has_one: bool) -> None:
        """Hide the upper part where the period has nothing sealed yet and only the list of earlier ones is left."""
        for one in (self.state, self.about, self._tools):
            one.setVisible(has_one)
        self.lack.setVisible(has_one and not self.submission.file_sha256)
        if not has_one:
            self._banner.hide()
            clear(self._stations)

    def show_list(self, every: Sequence[Submission], period: str) -> None:
        """List all submissions, the newest first; a single one needs no list."""
        for one in (self._list_head, self.list):
            one.setVisible(len(every) > 1 or (bool(every) and every[0].period != period))
        self.setVisible(bool(every))
        self.list.blockSignals(True)  # the cursor goes back to where the person was, which is no choice
        self.list.show_lines([_line(one) for one in every])
        at = next((place for place, one in enumerate(every) if one.uid == self.submission.uid), -1)
        if at >= 0:
            self.list.selectRow(at)
        self.list.blockSignals(False)
        fit_height(self.list, most=6)

    def say(self, words: str, tone: str) -> None:
        """Say in place how copying or printing went."""
        self._said.setText(words)
        set_tone(self._banner, tone)
        self._banner.show()


def _period(one: Submission) -> str:
    return Period.parse(one.period).words


def _next(one: Submission) -> str:
    """What the clerk has to do with it now."""
    return {
        SubmissionState.SEALED: "请拷到 U 盘，再打印、签字、盖章，一起送区里。",
        SubmissionState.SENT: "等区里的回执；收到后拖进来。",
        SubmissionState.ACCEPTED: f"区里已收下，回执 {one.receipt_no}。",
        SubmissionState.SENT_BACK: "区里退回了，照上面的退回单改好，再密封一版。",
        SubmissionState.REPLACED: "已有更新的一版。",
    }.get(one.state, "")


def _lack() -> str:
    """Why a return that came back from its receipt cannot be handed out."""
    told = problem("REBUILD-NO-FILE")
    return f"{told.text}{told.to_do}"


def _line(one: Submission) -> Line:
    cells = (_period(one), f"第 {one.version} 版", one.state.label, table_time(one.sealed_at))
    return Line(one.uid, cells, tone=TONES.get(one.state, ""), icon="file")
