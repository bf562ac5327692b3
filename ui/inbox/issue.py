"""The strip that asks until when the returns of a period are due."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from ui.shared.words import button, label, set_tone
from xmdesk.periods import Period
from xmdesk.records.kinds import Day
from xmdesk.records.values.reading import Bad


class IssueStrip(QFrame):
    """``confirmed`` carries the deadline."""

    confirmed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "explained")
        self._words = label("")
        self.day = QLineEdit()
        self.day.setAccessibleName("截止日期")
        self.day.setPlaceholderText("如 2026.12.31")
        self.day.setMaximumWidth(180)
        yes, no = button("生成任务文件", "primary"), button("取消", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        for one in (self._words, self.day, yes, no):
            row.addWidget(one)
        row.addStretch(1)
        yes.clicked.connect(self._confirm)
        self.day.returnPressed.connect(self._confirm)
        no.clicked.connect(self.hide)
        self.hide()

    def open(self, period: Period) -> None:
        """Ask; the last day of the period is offered."""
        self._words.setText(f"{period.words}的上报，截止到")
        self.day.setText(Day().show(period.last))
        self.show()
        self.day.setFocus()

    def _confirm(self) -> None:
        try:
            day = Day().read(self.day.text()).value
        except Bad:
            day = None
        set_tone(self.day, "" if day else "wrong")
        if day:
            self.hide()
            self.confirmed.emit(day)
