"""What the district asks for in this period, and how many days are left."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.due import left, said_day
from ui.shared.icons import Icons
from ui.shared.words import button, label, set_tone

if TYPE_CHECKING:
    from xmdesk.records.submission import CollectionTask


class TaskCard(QFrame):
    """One line; ``asked`` wants a file of the district to be taken in."""

    asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        self.words = label("", wraps=True)
        self.left = label("", "chip")
        self.take = button("收区里的文件")
        self.take.setToolTip("采集任务、回执、退回单")
        self.take.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.left)
        row.addWidget(self.take)

    def show_task(self, task: "CollectionTask | None", today: date, *, is_answered: bool) -> None:
        """Show the newest task of the period; without one a return may still be sent."""
        due = task.due_on if task else None
        self.left.setVisible(bool(due) and not is_answered)
        if task is None:
            self.words.setText("这一期还没有收到采集任务，有了就拖进来；没有也可以先报。")
            return
        by = f"{task.issuer_name or '区里'} {said_day(task.issued_at)}下发"
        until = f"，截止 {said_day(due)}" if due else ""
        self.words.setText(f"采集任务：{by}{until}，要报 {len(task.forms)} 张表。")
        if due:
            words, tone = left(due, today)
            self.left.setText(words)
            set_tone(self.left, tone)
