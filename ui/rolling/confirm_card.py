"""Items of the year one by one or many at once: confirmed as they stand, changed, or ended, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.plain_table import Line
from ui.shared.tick_table import TickTable, fit_height
from ui.shared.words import button, label
from xmdesk.records.codes import DutyChange

UNCHANGED, RESTORED = DutyChange.CONTINUED, DutyChange.RESTORED
VERBS = {
    UNCHANGED: "确认不变",
    DutyChange.CHANGED: "有变更",
    DutyChange.HANDED_OVER: "移交",
    DutyChange.STOPPED: "停用",
    DutyChange.SCRAPPED: "报废",
    RESTORED: "恢复",
}
ALL_DONE = "都确认过了。点“只看没确认的”，看全部条目。"
FIRST_VERB, FIRST_HINT = "确认", "上年没有清单，写得对就确认。"
"""In the first year nothing was different before."""
HINTS = {
    UNCHANGED: "和上年一样，人、钱、频次都没有变；本年新增的，写得对就确认。",
    DutyChange.CHANGED: "先打开条目改好，再回来写明原因确认；一次一项。",
    DutyChange.HANDED_OVER: "交给别的单位管护，写明交给谁、为什么。",
    DutyChange.STOPPED: "暂时不再使用，写明原因。",
    DutyChange.SCRAPPED: "已经拆除或报废，写明原因。",
    RESTORED: "本年移交、停用或报废了的，又要管护，写明原因。",
}


@dataclass(frozen=True)
class Verdict:
    """What is to be said about the ticked items."""

    uids: tuple[str, ...]
    kind: DutyChange
    reason: str
    by: str


class ConfirmCard(QFrame):
    """``decided`` carries a :class:`Verdict`, ``opened`` the uid of an item to be edited, ``filtered`` asks for lines,
    ``touched`` fires with each tick and letter.
    """

    touched = Signal()
    decided = Signal(object)
    opened = Signal(str)
    filtered = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.kind, self._is_first = UNCHANGED, False
        self._year, self._ticks = 0, set[str]()
        self._held: dict[int, dict[str, Any]] = {}
        heads = ("管护对象", "类别", "管护主体", "频次", "现在", "与上年相比")
        self.table = TickTable(heads, (4, 3, 4, 3, 2, 3), icons, name="本年管护条目")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._words = label("", "muted")
        self.only_open = button("只看没确认的", "choice")
        self.only_open.setCheckable(True)
        self.only_open.setChecked(True)
        self._all = button("全部勾选", "quiet")
        self.open = button("打开修改", "quiet")
        self.reason, self.by = QLineEdit(), QLineEdit()
        self.do = button("", "primary")
        self._hint = label("", "small", wraps=True)
        self.verbs: dict[DutyChange, QPushButton] = {}
        self._build()
        self._connect()
        self._choose(UNCHANGED)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("① 逐项确认", "heading"))
        head.addSpacing(12)
        head.addWidget(self._words)
        head.addStretch(1)
        for one in (self.open, self._all, self.only_open):
            head.addWidget(one)
        column.addLayout(head)
        column.addWidget(self._progress)
        column.addWidget(self.table)
        self._acts = QFrame()
        inside = QVBoxLayout(self._acts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(self._verb_row())
        inside.addWidget(self._hint)
        inside.addLayout(self._reason_row())
        column.addWidget(self._acts)

    def _verb_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("勾选的条目：", "label"))
        group = QButtonGroup(self)
        for kind, words in VERBS.items():
            made = self.verbs[kind] = button(words, "choice")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, kind=kind: self._chosen(kind))
            group.addButton(made)
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _reason_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._reason_label = label("原因", "label")
        for name, head, line in (
            ("原因", self._reason_label, self.reason),
            ("确认人", label("确认人", "label"), self.by),
        ):
            line.setAccessibleName(name)
            row.addWidget(head)
            row.addWidget(line, 3 if line is self.reason else 1)
        self.reason.setPlaceholderText("如“道路拓宽后重新丈量”")
        row.addStretch(1)
        row.addWidget(self.do)
        return row

    def _connect(self) -> None:
        self.table.ticked.connect(self._look)
        self.table.ticked.connect(self.touched)
        self.reason.textEdited.connect(self.touched)
        self.table.opened.connect(self.opened)
        self._all.clicked.connect(self.table.tick_all)
        self.open.clicked.connect(lambda: self.opened.emit(self.table.current))
        self.only_open.toggled.connect(lambda _: self.filtered.emit())
        self.do.clicked.connect(self.decide)
        self.reason.returnPressed.connect(self.decide)

    def begin(self, *, is_first: bool) -> None:
        """Speak of the year before only where there was one."""
        self._is_first = is_first
        self.verbs[UNCHANGED].setText(self._verb(UNCHANGED))
        self.verbs[UNCHANGED].setAccessibleName(self._verb(UNCHANGED))
        self._choose(self.kind)

    def _verb(self, kind: DutyChange) -> str:
        return FIRST_VERB if self._is_first and kind is UNCHANGED else VERBS[kind]

    def show_items(self, lines: Sequence[Line], *, done: int, total: int, is_closed: bool) -> None:
        """Show lines and how far the year is."""
        self.table.show_lines(lines)
        self.table.nothing.say(ALL_DONE if self.only_open.isChecked() else "")
        if self._ticks:
            self.table.tick([one.key for one in lines if one.key in self._ticks])
            self._ticks = set()
        fit_height(self.table)
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._words.setText(f"已确认 {done} / {total} 项" + ("，可以定稿" if done == total and not is_closed else ""))
        self._acts.setVisible(not is_closed)
        self._look()

    @property
    def _begun_here(self) -> dict[str, Any]:
        """What is ticked in the year in front, and the reason so far; nothing where neither is."""
        keys, reason = self.table.keys, self.reason.text()
        told = {"kind": str(self.kind), "ticked": keys, "reason": reason, "only_open": self.only_open.isChecked()}
        return told if keys or reason.strip() else {}

    @property
    def begun(self) -> dict[str, Any]:
        """What was begun in each year, as a draft holds it."""
        here = {str(self._year): self._begun_here} if self._year and self._begun_here else {}
        return {**{str(year): one for year, one in self._held.items()}, **here}

    def put_back(self, begun: Mapping[str, Any]) -> None:
        """Let it stand there again when its year is shown."""
        self._held |= {int(year): one for year, one in begun.items()}

    def show_year(self, year: int) -> None:
        """Another year comes in front: what was begun in the one before waits there."""
        if year == self._year:
            return
        if self._year and self._begun_here:
            self._held[self._year] = self._begun_here
        if self._year:
            self.table.tick(self.table.keys, on=False)
            self.reason.setText("")
        self._year = year
        if held := self._held.pop(year, None):
            self._choose(DutyChange(held["kind"]))
            with QSignalBlocker(self.only_open):
                self.only_open.setChecked(held["only_open"])
            self.reason.setText(held["reason"])
            self._ticks = set(held["ticked"])

    def decide(self) -> None:
        """Send what was chosen."""
        if self.do.isEnabled():
            reason = "" if self.kind is UNCHANGED else self.reason.text()
            if self.kind is not UNCHANGED and not reason.strip():
                self.reason.setFocus()
            self.decided.emit(Verdict(tuple(self.table.keys), self.kind, reason.strip(), self.by.text().strip()))

    def _chosen(self, kind: DutyChange) -> None:
        """What has ended counts as confirmed: to be taken back into use it must be shown."""
        self._choose(kind)
        if kind is RESTORED:
            self.only_open.setChecked(False)

    def _choose(self, kind: DutyChange) -> None:
        self.kind = kind
        self.verbs[kind].setChecked(True)
        self._hint.setText(FIRST_HINT if self._is_first and kind is UNCHANGED else HINTS[kind])
        for one in (self._reason_label, self.reason):
            one.setVisible(kind is not UNCHANGED)
        self._look()

    def _look(self) -> None:
        count = len(self.table.keys)
        self.do.setText(f"{self._verb(self.kind)} {count} 项" if count else "先勾选条目")
        self.do.setAccessibleName(self.do.text())
        self.do.setEnabled(count == 1 if self.kind is DutyChange.CHANGED else count > 0)
        self.open.setEnabled(bool(self.table.current))
