"""The strip above the form that asks when and why a record ends; nothing is ever deleted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.hint_line import HintLine
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk import clock
from xmdesk.problems import problem
from xmdesk.records.kinds import PartialDay
from xmdesk.records.people import Person
from xmdesk.records.registers import Register
from xmdesk.records.values.dates import earliest
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers

REASONS = ("原因，如 拆除、离任、重复登记", "原因，如 拆除、离任", "原因")
WIDEST_DAY = "2026年12月28日"


class Ending(QFrame):
    """``ended`` fires when the record has ended, or is back."""

    ended = Signal()

    def __init__(self, register: Register, registers: "Registers", around: Surroundings) -> None:
        super().__init__()
        self._register, self._registers, self._around = register, registers, around
        self._uid = ""
        self.setProperty("role", "banner")
        self._day = HintLine()
        self._day.setAccessibleName("停用日期")
        self._reason = HintLine(*REASONS)
        self._reason.setAccessibleName("停用原因")
        yes = button("确认停用", "primary")
        no = button("取消", "quiet")
        lines, acts = QHBoxLayout(), QHBoxLayout()
        lines.addWidget(self._day)
        lines.addWidget(self._reason, 1)
        acts.addStretch(1)
        acts.addWidget(no)
        acts.addWidget(yes)
        self._words, self._wrong = label("", wraps=True), label("", "small", tone="wrong", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.addWidget(self._words)
        column.addLayout(lines)
        column.addLayout(acts)
        column.addWidget(self._wrong)
        yes.clicked.connect(self._confirm)
        self._reason.returnPressed.connect(self._confirm)
        no.clicked.connect(self._leave_it)
        around.changes.changed.connect(self._propose_today)
        self.hide()

    def keep(self) -> None:
        """Keep a reason that was begun, so that it stands here again when the same record is to end; else forget it."""
        from xmdesk.services.drafts import Draft, Drafts

        drafts, place, uid = Drafts(self._registers.store), f"ending:{self._register.name}", self._uid
        texts = {"day": self._day.text() if self._day.isModified() else "", "reason": self._reason.text()}
        if texts["reason"].strip():
            self._around.work.now(lambda: drafts.keep(place, Draft(uid, texts)))
        elif uid:
            self._around.work.now(lambda: drafts.drop(place, uid))

    def _begun(self) -> dict[str, str]:
        """What was begun for this record; no day where none was typed."""
        from xmdesk.services.drafts import Drafts

        kept = {
            one.uid: one.content for one in Drafts(self._registers.store).left_behind(f"ending:{self._register.name}")
        }
        return kept.get(self._uid, {"day": "", "reason": ""})

    def _leave_it(self) -> None:
        self._reason.setText("")
        self.keep()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the question away; a reason that was begun is there again the next time."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        self.keep()
        self.hide()

    def open(self, uid: str) -> None:
        """Ask, with today as the day, and say what a person is still in charge of."""
        self.keep()
        self._uid = uid
        words = f"停用后这条{self._register.noun}不再上报，但一直留在台账里，可以重新启用。"
        self._words.setText(words + self._posts())
        begun = self._begun()
        self._day.setText(begun["day"])
        self._day.setModified(bool(begun["day"]))
        self._propose_today()
        self._reason.setText(begun["reason"])
        self._complain()
        self.show()
        self._day.setFixedWidth(self._day.wide_enough(WIDEST_DAY).width())
        self._reason.setFocus()

    def _propose_today(self) -> None:
        """The day follows the clock until the person types one."""
        if not self._day.isModified():
            self._day.setText(PartialDay().show(clock.today().isoformat()))

    def _posts(self) -> str:
        from xmdesk.services.people import roles_of

        roles = roles_of(self._registers.store, self._uid) if self._register.record is Person else []
        named = "、".join(one.label for one in roles)
        return f"\n还担任 {len(roles)} 种职务：{named}。停用以后，请在那几本台账里换人。" if roles else ""

    def bring_back(self, uid: str) -> None:
        """Bring a record back that has ended."""
        name = self._register.name
        self._around.work.now(lambda: self._registers.restore(name, uid), lambda _: self._tell("已重新启用"))

    def _confirm(self) -> None:
        day, wrong = self._read_day()
        reason = self._reason.text().strip()
        self._complain(wrong, "" if reason else "请写明停用的原因，如 拆除、离任、重复登记。")
        if day and reason:
            name, uid, retire = self._register.name, self._uid, self._registers.retire
            self._around.work.now(lambda: retire(name, uid, on=day, reason=reason), self._retired)

    def _retired(self, _: object) -> None:
        self._leave_it()
        self._tell("已停用，可以撤销")

    def _read_day(self) -> tuple[str, str]:
        """Return the day, or nothing and why it cannot be taken."""
        try:
            day = PartialDay().read(self._day.text()).value
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            return "", f"{found.text}{found.to_do}"
        if not day:
            return "", "请填写停用日期。"
        if earliest(day) > clock.today():
            return "", "停用日期在今天之后，到了那一天再停用。"
        return day, ""

    def _complain(self, day: str = "", reason: str = "") -> None:
        """Say what is wrong with the two lines, and put the cursor into the first of them."""
        lines = ((self._day, day), (self._reason, reason))
        for line, wrong in lines:
            set_tone(line, "wrong" if wrong else "")
            line.setAccessibleDescription(wrong)
        self._wrong.setText(day + reason)
        self._wrong.setVisible(bool(day or reason))
        for line in [line for line, wrong in lines if wrong][:1]:
            line.setFocus()
            line.selectAll()

    def _tell(self, words: str) -> None:
        self.ended.emit()
        self._around.changes.announce(words)
