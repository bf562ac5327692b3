"""A month with its name above and the ways to the months before and after."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.shared.due import said_month
from ui.shared.icons import Icons
from ui.shared.month import Month
from ui.shared.words import button, label


class MonthBox(QWidget):
    """``month`` is the month itself, ``title`` names it."""

    def __init__(self, icons: Icons, today: date, *, marks_due: bool = True) -> None:
        super().__init__()
        self._icons = icons
        self.month = Month(icons, today, marks_due=marks_due)
        self.title = label("", "heading")
        self._back = self._turner("上个月", lambda: self.month.turn(-1))
        self._on = self._turner("下个月", lambda: self.month.turn(1))
        home = button("今天", "link", name="回到今天")
        home.clicked.connect(lambda: self.month.go(self.month.today))
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addStretch(1)
        for one in (home, self._back, self._on):
            head.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.month)
        self.month.turned.connect(lambda *_: self._say())
        icons.changed.connect(self._dress)
        self._dress()
        self._say()

    def _say(self) -> None:
        self.title.setText(said_month(self.month.day))

    def _turner(self, name: str, act: Callable[[], None]) -> QPushButton:
        made = button("", "link", name=name, repeats=True)
        made.setToolTip(name)
        made.clicked.connect(act)
        return made

    def _dress(self) -> None:
        self._back.setIcon(self._icons.get("back", "accent"))
        self._on.setIcon(self._icons.get("on", "accent"))
