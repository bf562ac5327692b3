"""Locking the period in front: returns that come in afterwards wait for a reviewer with a reason."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from ui.shared.due import said_time
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk.periods import Period

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

FOLLOWS = "锁定以后收到的补报一律待核，由审核人写明理由才能通过；已收到的不受影响。需要时可以解除锁定。"


class LockStrip(QFrame):
    """Says that a period is locked, and asks for a reason before it is opened again; ``asked`` carries the reason."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._words = label("", wraps=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("解除锁定的理由")
        self.reason.setPlaceholderText("解除锁定的理由")
        self.unlock = button("解除锁定", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(label("已锁定", "chip", tone="explained"))
        row.addWidget(self._words, 3)
        row.addWidget(self.reason, 2)
        row.addWidget(self.unlock)
        self.unlock.clicked.connect(self._ask)
        self.reason.returnPressed.connect(self._ask)
        self.hide()

    def show_locked(self, period: Period, at: str) -> None:
        """Show since when the period is locked; nothing hides the strip."""
        self.setVisible(bool(at))
        self._words.setText(f"{period.words}于 {said_time(at)} 锁定，以后补报的一律待核。" if at else "")
        self.reason.setText("")
        set_tone(self.reason, "")

    def _ask(self) -> None:
        reason = self.reason.text().strip()
        set_tone(self.reason, "" if reason else "wrong")
        if reason:
            self.asked.emit(reason)
        else:
            self.reason.setFocus()


class PeriodLock:
    """The button that locks, and the strip."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        self._desk = desk
        self._around = around
        self._period = Period("2026")
        self.lock = button("锁定本期")
        self.strip = LockStrip()
        self.lock.clicked.connect(self._lock)
        self.strip.asked.connect(self._unlock)

    def show_period(self, period: Period) -> None:
        """Show how a period stands."""
        from xmdesk.services.closing import Closing

        self._period = period
        at = Closing(self._desk).locked().get(period.text, "")
        self.strip.show_locked(period, at)
        self.lock.setVisible(not at)

    def _lock(self) -> None:
        from xmdesk.services.closing import Closing

        if self._around.dialogs.confirm(f"锁定{self._period.words}", FOLLOWS, yes="锁定"):
            closing, period = Closing(self._desk), self._period
            self._around.work.now(lambda: closing.lock(period), lambda _: self._told(f"已锁定{period.words}"))

    def _unlock(self, reason: str) -> None:
        from xmdesk.services.closing import Closing

        closing, period = Closing(self._desk), self._period
        self._around.work.now(
            lambda: closing.unlock(period, reason), lambda _: self._told(f"已解除{period.words}的锁定")
        )

    def _told(self, words: str) -> None:
        self.show_period(self._period)
        self._around.changes.announce(words)
