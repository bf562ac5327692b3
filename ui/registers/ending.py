"""The strip above the form that asks when and why a record ends; nothing is ever deleted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.words import button, label, set_tone
from xmdesk import clock
from xmdesk.records.kinds import PartialDay
from xmdesk.records.registers import Register
from xmdesk.records.values.reading import Bad


class Ending(QFrame):
    """``confirmed`` carries the day (ISO, partial allowed) and the reason."""

    confirmed = Signal(str, str)

    def __init__(self, register: Register) -> None:
        super().__init__()
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

    def open(self) -> None:
        """Ask, with today as the day."""
        self._day.setText(PartialDay().show(clock.today().isoformat()))
        self._reason.clear()
        self.show()
        self._reason.setFocus()

    def _confirm(self) -> None:
        try:
            day = PartialDay().read(self._day.text()).value
        except Bad:
            day = ""
        set_tone(self._day, "" if day else "wrong")
        set_tone(self._reason, "" if self._reason.text().strip() else "wrong")
        if day and self._reason.text().strip():
            self.hide()
            self.confirmed.emit(day, self._reason.text().strip())
