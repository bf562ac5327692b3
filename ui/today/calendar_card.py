"""The month beside the list: turn months, choose a day, read what is due on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.shared.due import day_words
from ui.shared.icons import Icons
from ui.shared.month import DayMark
from ui.shared.month_box import MonthBox
from ui.shared.words import clear, label
from ui.today.reminders import ReminderRow

if TYPE_CHECKING:
    from xmdesk.services.reminding import Reminder

SHOWN = 5


class CalendarCard(QFrame):
    """``turned`` asks for the reminders of another month, ``wanted`` carries where to act and what others said about it."""

    turned = Signal(int, int)
    wanted = Signal(str, str, str, str)

    def __init__(self, icons: Icons, today: date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        self._days: Mapping[date, Sequence[Reminder]] = {}
        self.box = MonthBox(icons, today)
        self.month = self.box.month
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._build()
        self.month.turned.connect(self.turned)
        self.month.chosen.connect(self._show_day)
        icons.changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addWidget(self.box)
        column.addLayout(self._lines)
        column.addStretch(1)

    def turn_to(self, today: date) -> None:
        """A new day has begun: go to it, unless the person chose another one."""
        before, self.month.today = self.month.today, today
        if before != today and self.month.day == before:
            self.month.go(today)

    def show_days(self, days: "Mapping[date, Sequence[Reminder]]") -> None:
        """Show what is due in the month in front."""
        self._days = days
        self.month.show_marks({day: DayMark(len(many), any(one.overdue for one in many)) for day, many in days.items()})
        self._show_day(self.month.day)

    def _show_day(self, day: date) -> None:
        clear(self._lines)
        due = self._days.get(day, ())
        words = day_words(day, self.month.today) + (f"，{len(due)} 项到期" if due else "，没有到期的")
        self._lines.addWidget(label(words, "small"))
        for one in due[:SHOWN]:
            self._lines.addWidget(ReminderRow(one, self.month.today, self.wanted.emit))
        if len(due) > SHOWN:
            self._lines.addWidget(label(f"还有 {len(due) - SHOWN} 项，见左边", "small"))

    def _dress(self) -> None:
        # Large letters leave the list beside it the room that it needs more.
        self.setFixedWidth(332 + self._icons.theme.percent - 100)
