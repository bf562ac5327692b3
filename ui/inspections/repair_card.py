"""Issues that are not finished: each goes 待处理 → 处理中 → 已修复 → 已复核, one step at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.asking import Asking
from ui.shared.fields.picks import Referenced
from ui.shared.icons import Icons
from ui.shared.plain_table import Line, PlainTable
from ui.shared.tick_table import fit_height
from ui.shared.typed import written
from ui.shared.words import button, label, set_tone
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import Inspection

CHAIN = (IssueState.OPEN, IssueState.WORKING, IssueState.REPAIRED, IssueState.RECHECKED)


class Step(QWidget):
    """What one step asks, and its acts; ``done`` carries the act and the values."""

    done = Signal(str, object)

    def __init__(self, asking: Asking, acts: Mapping[str, str]) -> None:
        super().__init__()
        self.asking = asking
        self.acts: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(asking)
        row = QHBoxLayout()
        row.addStretch(1)
        for place, (act, words) in enumerate(acts.items()):
            made = button(words, "primary" if place == len(acts) - 1 else "")
            made.clicked.connect(lambda _=False, act=act: self._send(act))
            made.setObjectName(act)
            self.acts[act] = made
            row.addWidget(made)
            list(asking.fields.values())[-1].then = made  # the last of the acts is the usual one
        column.addLayout(row)

    def _send(self, act: str) -> None:
        values = self.asking.read()
        if values is None:
            self.asking.go_to_bad()
        else:
            self.done.emit(act, values)


class RepairCard(QFrame):
    """``stepped`` carries uid, act and values; ``chosen`` the uid in front; ``opened`` the uid to be seen whole.

    ``touched`` fires when something was typed; what was typed of an issue waits while another one is in front. ``grown``
    carries what asks for the next step, and its first field.
    """

    stepped = Signal(str, str, object)
    opened = Signal(str)
    touched = Signal()
    grown = Signal(object, object)

    def __init__(self, icons: Icons, referenced: Referenced) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._issues: dict[str, Inspection] = {}
        self._titles: dict[str, str] = {}
        self._asked_of: Inspection | None = None
        self._is_touched = False
        self._held: dict[str, dict[str, Any]] = {}
        self.uid = ""
        self.offers: dict[str, Any] = {}
        heads = ("管护对象", "发现问题", "发现日期", "状态", "要求完成")
        self.table = PlainTable(
            heads,
            (3, 5, 3, 2, 4),
            icons,
            name="没有办结的问题",
            nothing="没有等着处理的问题。登记巡查时写下的问题会列在这里。",
        )
        self._words = label("", "muted")
        self._none = label("没有等着处理的问题。登记巡查时写下的问题会列在这里。", "muted")
        self._panel = QFrame()
        self._panel.setProperty("role", "banner")
        self._panel.setProperty("tone", "explained")
        self._title = label("", "section")
        self._chips = [label(one.label, "chip") for one in CHAIN]
        self._open = button("看整条记录", "quiet")
        self._steps = QStackedWidget()

        self._make_steps(icons, referenced)
        self._build()
        self.table.chosen.connect(self.show_issue)
        self._open.clicked.connect(lambda: self.opened.emit(self.uid))

    def _make_steps(self, icons: Icons, referenced: Referenced) -> None:
        def asking(**names: int) -> Asking:
            return Asking(Inspection, names, referenced=referenced, icons=icons)

        self.hand = Step(asking(repair_person=1, due_on=1), {"escalate": "无法处理，上报", "dispatch": "派修"})
        self.mend = Step(
            asking(done_on=2, cost=2, cost_source=3, photos=1), {"escalate": "无法处理，上报", "repaired": "已修好"}
        )
        self.check = Step(asking(rechecked_by=1), {"failed": "没修好，重修", "passed": "复核通过"})
        for one in (self.hand, self.mend, self.check):
            self._steps.addWidget(one)
            one.done.connect(lambda act, values: self.stepped.emit(self.uid, act, values))
            for field in one.asking.fields.values():
                field.edited.connect(self._touch)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("没有办结的问题", "heading"))
        head.addSpacing(12)
        head.addWidget(self._words)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.table)
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(16, 8, 16, 12)
        inside.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        for place, one in enumerate(self._chips):
            if place:
                line.addWidget(label("→", "small"))
            line.addWidget(one)
        line.addSpacing(8)
        line.addWidget(self._open)
        inside.addLayout(line)
        inside.addWidget(self._steps)
        column.addWidget(self._panel)

    def show_issues(self, issues: Sequence[Inspection], titles: Mapping[str, str], lines: Sequence[Line]) -> None:
        """Show what is not finished; the one in front stays in front."""
        self._issues = {one.uid: one for one in issues}
        self._titles = dict(titles)
        self._held = {uid: held for uid, held in self._held.items() if self._fits(uid, held)}
        self.table.show_lines(lines)
        fit_height(self.table, most=6)
        self._words.setText(f"{len(issues)} 项" if issues else "")
        self._none.setVisible(not issues)
        self.table.setVisible(bool(issues))
        self._panel.setVisible(bool(issues))
        if issues:
            self.choose(self.uid if self.uid in self._issues else issues[0].uid)

    def choose(self, uid: str) -> None:
        """Put one issue in front."""
        keys = [one.key for one in self.table.lines.lines]
        if uid in keys:
            self.table.setCurrentIndex(self.table.lines.index(keys.index(uid), 0))
            self.show_issue(uid)

    def go_on(self, uid: str) -> None:
        """Put the cursor where the next step of an issue begins, or among the others where it is settled."""
        if self.uid == uid and uid in self._issues:
            self.start()
        elif self._issues:
            self.table.setFocus()

    def start(self) -> None:
        """Put the cursor where the next step of the issue in front begins."""
        step = self._steps.currentWidget()
        if isinstance(step, Step) and self._panel.isVisibleTo(self):
            first = next(iter(step.asking.fields.values()))
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.grown.emit(self._panel, first)

    def refuse(self, name: str, words: str) -> bool:
        """Say at a field of the step in front why it was not taken; tells whether the step asks for it."""
        step = self._steps.currentWidget()
        if not (isinstance(step, Step) and name in step.asking.fields):
            return False
        self.grown.emit(self._panel, step.asking.refuse(name, words))
        return True

    def show_issue(self, uid: str) -> None:
        """Ask what the next step of an issue needs; what is being written stays while the issue is the same."""
        one = self._issues[uid]
        self.uid = uid
        self._title.setText(f"{self._titles.get(uid, '')}：{one.finding or '没有写明问题'}")
        is_escalated = one.state is IssueState.ESCALATED  # it stands in the chain where the village would repair it
        self._chips[1].setText((IssueState.ESCALATED if is_escalated else CHAIN[1]).label)
        self.mend.acts["escalate"].setHidden(is_escalated)
        place = CHAIN.index(one.state) if one.state in CHAIN else 1
        for number, chip in enumerate(self._chips):
            set_tone(chip, "good" if number < place else "missing" if number == place else "")
        step = self._step(one)
        if one != self._asked_of:
            self._hold()
            known = {name: getattr(one, name) or None for name in step.asking.fields}
            step.asking.fill(**known | self._offered(one))
            self._asked_of, self._is_touched = one, False
            held = self._held.get(uid)
            if held is not None and self._fits(uid, held):
                step.asking.put_back(held)
        else:
            step.asking.propose(**self._offered(one))
        self._steps.setCurrentWidget(step)

    def _offered(self, one: Inspection) -> dict[str, Any]:
        """What is offered where an issue knows nothing yet: today, and who usually rechecks."""
        fields = self._step(one).asking.fields
        return {name: value for name, value in self.offers.items() if name in fields and not getattr(one, name)}

    def forget(self, uid: str = "") -> None:
        """Forget what was typed of an issue, or of all: it is recorded, or was kept elsewhere."""
        self._held = {one: held for one, held in self._held.items() if uid and one != uid}
        self._asked_of, self._is_touched = None, False

    def written(self) -> dict[str, Any]:
        """Return what was typed of each issue and not recorded, as a draft holds it."""
        self._hold()
        return dict(self._held)

    def put_back(self, held: Mapping[str, Any]) -> None:
        """Show again what a draft holds of issues that are still where they were."""
        self.forget()
        self._held = {uid: one for uid, one in held.items() if self._fits(uid, one)}
        if self._held:
            self.choose(next(iter(self._held)))

    def _touch(self) -> None:
        self._is_touched = True
        self.touched.emit()

    def _hold(self) -> None:
        """Hold what was typed of the issue that was in front until now."""
        one = self._asked_of
        if one is not None and self._is_touched:
            asking = self._step(one).asking
            typed = {name: field for name, field in asking.fields.items() if name in asking.typed}
            self._held[one.uid] = {"state": str(one.state), **written(typed)}

    def _fits(self, uid: str, held: Mapping[str, Any]) -> bool:
        """Whether what was typed of an issue answers the step it stands at."""
        return uid in self._issues and held["state"] == str(self._issues[uid].state)

    def _step(self, one: Inspection) -> Step:
        if one.state is IssueState.OPEN:
            return self.hand
        return self.check if one.state is IssueState.REPAIRED else self.mend
