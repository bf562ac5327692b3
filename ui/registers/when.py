"""Choosing a moment to see a register at: what people look back to, a day typed as ever, or one from the calendar."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.month_box import MonthBox
from ui.shared.words import button, clear, label
from xmdesk import clock

if TYPE_CHECKING:
    from xmdesk.services.past import PastMoment

WIDTH = 340


class When(QFrame):
    """``chosen`` carries the moment. Esc closes the panel."""

    chosen = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._icons = icons
        self.usual = QVBoxLayout()
        self.usual.setSpacing(2)
        self.box = MonthBox(icons, clock.today(), marks_due=False)
        self.line = QLineEdit()
        self.line.setAccessibleName("看哪一天的台账")
        self.line.setPlaceholderText("如 2025.12.31")
        self.refusal = label("", "small", tone="wrong", wraps=True)
        self.refusal.hide()
        look = button("看这一天", "primary")
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(6)
        column.addWidget(label("看以前的台账", "heading"))
        column.addLayout(self.usual)
        column.addWidget(label("或者任选一天", "section"))
        column.addLayout(row)
        column.addWidget(self.refusal)
        column.addWidget(self.box)
        self.setFixedWidth(icons.theme.px(WIDTH))
        self.box.month.chosen.connect(self._write)
        self.box.month.settled.connect(lambda _: self.look())
        self.line.returnPressed.connect(self.look)
        self.line.textEdited.connect(lambda _: self.refusal.hide())
        look.clicked.connect(self.look)

    def open(self, place: QPoint, usual: "Sequence[PastMoment]") -> None:
        """Drop down above a place on the screen."""
        clear(self.usual)
        for one in usual:
            made = button(one.words, "text")
            made.clicked.connect(lambda _=False, one=one: self._choose(one))
            self.usual.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.refusal.hide()
        self.box.month.today = clock.today()
        self.line.clear()
        self.adjustSize()
        self.move(max(0, place.x() - self.width()), max(0, place.y() - self.height()))
        self.show()
        self.line.setFocus()

    def look(self) -> None:
        """Take the day that stands in the line; what cannot be read is said below it."""
        from xmdesk.problems import problem
        from xmdesk.records.values.reading import Bad
        from xmdesk.services.past import read_moment

        try:
            moment = read_moment(self.line.text())
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            self.refusal.setText(f"{found.text}{found.to_do}")
            self.refusal.show()
            self.adjustSize()
            return
        self._choose(moment)

    def _write(self, day: Any) -> None:
        self.line.setText(f"{day.year}.{day.month}.{day.day}")
        self.refusal.hide()

    def _choose(self, moment: "PastMoment") -> None:
        self.hide()
        self.chosen.emit(moment)
