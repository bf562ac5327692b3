"""Certificates the district issued: looked through, searched, and stopped with a reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.shared.due import table_time
from ui.shared.plain_table import Line, PlainTable
from ui.shared.search_line import SearchLine, answers
from ui.shared.surroundings import Surroundings
from ui.shared.words import Shelf, button, clear, label, set_tone
from xmdesk import clock

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

SOON = timedelta(days=90)
IN_USE, ENDING, ENDED, STOPPED = "在用", "将到期", "已到期", "停用"
LOOKS = {IN_USE: ("good", "good"), ENDING: ("missing", "missing"), ENDED: ("note", "note"), STOPPED: ("note", "retire")}
REASONS = ("密钥遗失或密码外泄", "电脑损坏或更换", "经办人离任", "单位撤并、代码变更", "其他（写明原因）")
FOLLOWS = (
    "停用后立即生效，不能恢复：这个单位用旧证书密封、还没有收到的上报件一律不再接收，已经接收的不受影响。"
    "停用名单随下一次任务和回执送到各村。这个单位要继续上报，须重新申请开通。"
)


class IssuedPanel(QWidget):
    """A table with a search line; stopping opens a strip that asks why."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._entries: Sequence[Any] = ()
        self.search = SearchLine("查找单位、代码或拼音首字母")
        self.stop = button("停用证书")
        self._chips = Shelf()
        self.strip = StopStrip()
        heads = ("状态", "单位", "区划代码", "电脑", "发证日期", "有效期到", "停用原因")
        self.table = PlainTable(
            heads,
            (4, 9, 5, 3, 4, 4, 8),
            around.icons,
            name="已发证书",
            nothing="还没有发过证书。收到村、社区的开通申请后，在上面核对并发证。",
        )
        self.table.setMinimumHeight(around.icons.theme.px(140))
        # Inside a page that scrolls, the wish for height would count as a need.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._empty = label("还没有发过证书。", "muted")
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label("已发证书", "heading"))
        head.addWidget(self._chips)
        head.addStretch(1)
        head.addWidget(self.search)
        head.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self.search.settled.connect(lambda _: self._show())
        self.stop.clicked.connect(self._ask)
        self.strip.confirmed.connect(self._confirm)
        self.table.chosen.connect(self._chosen)

    def refresh(self) -> None:
        """Read the register of certificates anew."""
        found = self._desk.enrolling.entries()
        self._entries = sorted(found, key=lambda one: (one.code, one.issued_at))
        states = [state_of(one, clock.now()) for one in self._entries]
        clear(self._chips.line)
        for state in LOOKS:
            if state in states:
                self._chips.line.addWidget(label(f"{state} {states.count(state)}", "chip", tone=LOOKS[state][0]))
        self._empty.setVisible(not self._entries)
        self.table.setVisible(bool(self._entries))
        self.search.setVisible(bool(self._entries))
        self.stop.setVisible(bool(self._entries))
        self._show()

    def _show(self) -> None:
        query = self.search.text().strip()
        shown = [one for one in self._entries if answers(query, one.name, one.code)]
        self.table.show_lines([_line(one) for one in shown])
        self._chosen("")

    @property
    def entry(self) -> Any:
        """The certificate the person went to, or nothing."""
        row = self.table.currentIndex().row()
        lines = self.table.lines.lines
        key = lines[row].key if 0 <= row < len(lines) else ""
        return next((one for one in self._entries if one.fingerprint == key), None)

    def _chosen(self, _: str) -> None:
        entry = self.entry
        self.stop.setEnabled(entry is not None and state_of(entry, clock.now()) in (IN_USE, ENDING))
        self.strip.hide()

    def _ask(self) -> None:
        self.strip.open(self.entry)

    def _confirm(self, code: str, name: str, reason: str) -> None:
        if not self._around.dialogs.confirm(f"停用 {name} 的证书", FOLLOWS, yes="停用"):
            return
        enrolling = self._desk.enrolling

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, "正在写新的停用名单…")
            return enrolling.revoke(code, reason=reason)

        self._around.work.long("停用证书", job, self._stopped)

    def _stopped(self, done: Any) -> None:
        self.strip.hide()
        self._around.changes.announce(f"已停用 {done.name} 的证书")


class StopStrip(QFrame):
    """Asks why; ``confirmed`` carries code, name and reason."""

    confirmed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._code = self._name = ""
        self._words = label("", wraps=True)
        self.reason = QComboBox()
        self.reason.setAccessibleName("停用原因")
        self.reason.addItems(REASONS)
        self.more = QLineEdit()
        self.more.setAccessibleName("停用原因的补充")
        self.more.setPlaceholderText("补充说明，可不填")
        self.yes, no = button("停用", "primary", name="停用这个单位的证书"), button("取消", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(self.reason)
        row.addWidget(self.more, 1)
        row.addWidget(self.yes)
        row.addWidget(no)
        column.addLayout(row)
        self.yes.clicked.connect(self._confirm)
        self.more.returnPressed.connect(self._confirm)
        self.reason.currentIndexChanged.connect(lambda _: self._hint())
        no.clicked.connect(self.hide)
        self.hide()

    def open(self, entry: Any) -> None:
        """Ask about one office; all its certificates in use are stopped together."""
        self._code, self._name = entry.code, entry.name
        self._words.setText(f"停用 {entry.name} 在用的全部证书，原因是")
        self.more.clear()
        self.reason.setCurrentIndex(0)
        self._hint()
        self.show()
        self.reason.setFocus()

    @property
    def _is_other(self) -> bool:
        return self.reason.currentIndex() == len(REASONS) - 1

    def _hint(self) -> None:
        self.more.setPlaceholderText("写明原因" if self._is_other else "补充说明，可不填")
        set_tone(self.more, "")

    def _confirm(self) -> None:
        more = self.more.text().strip()
        if self._is_other and not more:
            set_tone(self.more, "wrong")
            self.more.setFocus()
            return
        parts = [more] if self._is_other else [self.reason.currentText(), more]
        self.confirmed.emit(self._code, self._name, "，".join(filter(None, parts)))


def state_of(entry: Any, moment: datetime) -> str:
    """Return the word for a certificate's state."""
    if entry.status == STOPPED:
        return STOPPED
    if entry.not_after < moment:
        return ENDED
    return ENDING if entry.not_after - moment <= SOON else IN_USE


def _line(one: Any) -> Line:
    state = state_of(one, clock.now())
    tone, icon = LOOKS[state]
    days = [table_time(day.isoformat())[:10] for day in (one.issued_at, one.not_after)]
    stopped = f"{table_time(one.revoked_at.isoformat())[:10]} {one.reason}" if one.revoked_at else ""
    cells = (state, one.name, one.code, f"第 {one.installation} 台", *days, stopped)
    return Line(one.fingerprint, cells, tone=tone, icon=icon)
