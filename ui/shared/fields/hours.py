"""Opening hours: one line as people say it, and on demand a line for each day of the week below it."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.shared.fields.lines import EchoField
from ui.shared.pressed import pressed
from ui.shared.words import field_button, label
from xmdesk.records.base import FieldSpec
from xmdesk.records.values.hours import show_slots
from xmdesk.records.values.reading import Bad

DAYS = "一二三四五六日"
COPIES = {"周一的照到周五": 5, "周一的照到周日": 7}
CLOSED = "休息"


class HoursField(EchoField):
    """The arrow, or Down, opens the days; what is written there stands in the line at once."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self.days: WeekPanel | None = None
        self._arrow = QAction(self)
        self._arrow.setText("一天一天填")
        self._arrow.triggered.connect(self.turn)
        self.line.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.line.installEventFilter(self)

    def set_arrow(self, icon: Any) -> None:
        """Show the arrow that opens the days."""
        self._arrow.setIcon(icon)

    def turn(self) -> None:
        """Open the days, or fold them."""
        if self.days is None:
            self.days = WeekPanel(self)
            self._column.insertWidget(self._column.indexOf(self.line) + 1, self.days)
        if self.days.isVisible():
            self.days.hide()
            self.line.setFocus()
        else:
            self._show_week()
            self.days.show()
            self.days.lines[0].setFocus()

    def fill(self, value: Any) -> None:
        """Show stored hours, in the days too while they are open."""
        super().fill(value)
        if self.days is not None and self.days.isVisible() and not self.days.is_typing:
            self._show_week()

    def take(self, text: str) -> None:
        """Take what the days say, as if it had been typed."""
        self.line.setText(text)
        self.is_typed = True
        self.edited.emit()
        self.refresh()

    def _show_week(self) -> None:
        try:
            week = self.read() or {}
        except Bad:
            week = {}
        if self.days is not None:
            self.days.show_week(week)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the days."""
        if pressed(event) == Qt.Key.Key_Down and watched is self.line:
            self.turn()
            return True
        return super().eventFilter(watched, event)


class WeekPanel(QWidget):
    """Seven lines; an empty one is a day of rest."""

    def __init__(self, field: HoursField) -> None:
        super().__init__(field)
        self._field = field
        self.is_typing = False
        self.lines = [QLineEdit() for _ in DAYS]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (name, line) in enumerate(zip(DAYS, self.lines, strict=True)):
            line.setAccessibleName(f"周{name}")
            line.setPlaceholderText(f"{CLOSED}；开放的写 8:00-12:00 14:30-17:30")
            line.editingFinished.connect(self._tell)
            grid.addWidget(label(f"周{name}", "muted"), row, 0)
            grid.addWidget(line, row, 1, 1, 2)
        for column, (words, last) in enumerate(COPIES.items(), 1):
            made = field_button(words, "link")
            made.clicked.connect(lambda _=False, last=last: self._copy(last))
            grid.addWidget(made, len(DAYS), column, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        self.hide()

    def show_week(self, week: dict[str, list[str]]) -> None:
        """Show the slots of each day."""
        for day, line in enumerate(self.lines, 1):
            line.setText(show_slots(week.get(str(day), ())))
            line.setModified(False)

    def _copy(self, last: int) -> None:
        for line in self.lines[1:last]:
            line.setText(self.lines[0].text())
            line.setModified(True)
        self._tell()

    def _tell(self) -> None:
        """Put what the days say into words; a line only walked through says nothing."""
        if not any(one.isModified() for one in self.lines):
            return
        told = [f"周{name} {line.text().strip() or CLOSED}" for name, line in zip(DAYS, self.lines, strict=True)]
        is_open = any(line.text().strip() for line in self.lines)
        self.is_typing = True
        self._field.take("；".join(told) if is_open else "")
        self.is_typing = False
