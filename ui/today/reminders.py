"""What is due, in words: one line for each reminder, gathered by kind, with a chip that says how long there is."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.shared.changes import HEAD
from ui.shared.due import day_words, left
from ui.shared.findings import place_for
from ui.shared.icons import Icons
from ui.shared.words import LineButton, button, clear, label

if TYPE_CHECKING:
    from xmdesk.services.reminding import Reminder

SHOWN = 4
PLACES = {"inspection": "rounds", "repair": "rounds", "parked": "imports"}
"""Kinds whose work has a page of its own; the rest opens its register."""


def destination(one: "Reminder") -> tuple[str, str, str]:
    """Return place, uid and field where the work is done; a point of a slip about a whole record stands at the head of its form."""
    is_of_whole = one.kind.value == "correction" and not (one.field or one.said)
    field = HEAD if is_of_whole else "/".join(filter(None, (one.field, one.inside)))
    return PLACES.get(one.kind.value, place_for(one.register)), one.uid, field


class ReminderRow(QWidget):
    """A line that opens the place to act, and its chip."""

    def __init__(self, one: "Reminder", today: date, go: Callable[..., None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = one.title if one.due_on and one.title else one.text
        made = LineButton(" ".join(filter(None, (words, one.who))), name="：".join(filter(None, (one.who, one.text))))
        made.setToolTip(f"{one.text}\n{one.to_do}")
        made.clicked.connect(lambda: go(*destination(one), one.said))
        row.addWidget(made, 1)
        if one.due_on is not None:
            words, tone = left(one.due_on, today)
            row.addWidget(label(day_words(one.due_on, today), "small"))
            row.addWidget(label(words, "chip", tone=tone))


class ReminderList(QWidget):
    """Reminders by kind; a long kind shows its first lines and the rest on demand.

    ``wanted`` carries where to act, and what was said about it by others.
    """

    wanted = Signal(str, str, str, str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._open: set[str] = set()
        self._all: Sequence[Reminder] = ()
        self._today = date.min
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        icons.changed.connect(self._fill)

    def show_reminders(self, reminders: "Sequence[Reminder]", today: date) -> None:
        """Show these; kinds stand in the order of their most pressing line."""
        self._all, self._today = reminders, today
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        for kind in dict.fromkeys(one.kind for one in self._all):
            many = [one for one in self._all if one.kind is kind]
            self._add_head(kind.value, kind.label, _count(many))
            shown = many if kind.value in self._open else many[:SHOWN]
            for one in shown:
                self._column.addWidget(ReminderRow(one, self._today, self.wanted.emit))
            if len(shown) < len(many):
                self._column.addWidget(self._more(kind.value, kind.label, _count(many[SHOWN:])))
        if not self._all:
            self._column.addWidget(label("近期没有到期的事", "muted"))

    def _add_head(self, kind: str, title: str, count: int) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 2)
        row.setSpacing(8)
        picture = QLabel()
        size = self._icons.theme.px(17)
        picture.setPixmap(self._icons.get(kind, "accent").pixmap(size, size))
        row.addWidget(picture)
        row.addWidget(label(f"{title}  {count}", "label"))
        row.addStretch(1)
        self._column.addLayout(row)

    def _more(self, kind: str, title: str, count: int) -> QWidget:
        made = button(f"还有 {count} 项", "link", name=f"{title}还有{count}项，全部显示")
        made.clicked.connect(lambda: self._show_all(kind))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(made)
        line.addStretch(1)
        return row

    def _show_all(self, kind: str) -> None:
        self._open.add(kind)
        self._fill()


def _count(reminders: "Sequence[Reminder]") -> int:
    """How many things there are to be done: a line may stand for several."""
    return sum(one.count for one in reminders)
