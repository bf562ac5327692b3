"""The strip above the form that asks when and why a record ends; nothing is ever deleted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk import clock
from xmdesk.records.kinds import PartialDay
from xmdesk.records.registers import Register
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers


class Ending(QFrame):
    """``ended`` fires when the record has ended, or is back."""

    ended = Signal()

    def __init__(self, register: Register, registers: "Registers", around: Surroundings) -> None:
        super().__init__()
        self._register, self._registers, self._around = register, registers, around
        self._uid = ""
        self.setProperty("role", "banner")
        self._day = QLineEdit()
        self._day.setAccessibleName("停用日期")
        self._day.setMaximumWidth(150)
        self._reason = QLineEdit()
        self._reason.setAccessibleName("停用原因")
        self._reason.setPlaceholderText("原因，如 拆除、离任、重复登记")
        yes = button("确认停用", "primary")
        no = button("取消", "quiet")
        row = QHBoxLayout()
        for one in (self._day, self._reason, no, yes):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.addWidget(label(f"停用后这条{register.noun}不再上报，但一直留在台账里，可以重新启用。", wraps=True))
        column.addLayout(row)
        yes.clicked.connect(self._confirm)
        self._reason.returnPressed.connect(self._confirm)
        no.clicked.connect(self.hide)
        self.hide()

    def open(self, uid: str) -> None:
        """Ask, with today as the day."""
        self._uid = uid
        self._day.setText(PartialDay().show(clock.today().isoformat()))
        self._reason.clear()
        self.show()
        self._reason.setFocus()

    def bring_back(self, uid: str) -> None:
        """Bring a record back that has ended."""
        name = self._register.name
        self._around.work.now(lambda: self._registers.restore(name, uid), lambda _: self._tell("已重新启用"))

    def _confirm(self) -> None:
        try:
            day = PartialDay().read(self._day.text()).value
        except Bad:
            day = ""
        reason = self._reason.text().strip()
        set_tone(self._day, "" if day else "wrong")
        set_tone(self._reason, "" if reason else "wrong")
        if day and reason:
            self.hide()
            name, uid, retire = self._register.name, self._uid, self._registers.retire
            self._around.work.now(
                lambda: retire(name, uid, on=day, reason=reason), lambda _: self._tell("已停用，可以撤销")
            )

    def _tell(self, words: str) -> None:
        self.ended.emit()
        self._around.changes.announce(words)
