"""Reads the order in which a register's rows stand: at once, or beside the window where that would be felt."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.registers.rows import RegisterRows
from ui.shared.order import Order
from ui.shared.register_model import RegisterModel
from ui.shared.work import Work

PAINTED_MS = 200
"""So long after the first rows were shown the rest is fetched: two threads at work at once would hold up the painting."""

Then = Callable[[Order], None]


class Reading(QObject):
    """Reads the order of the rows, and what the search looks in."""

    def __init__(self, title: str, model: RegisterModel, rows: RegisterRows, work: Work) -> None:
        super().__init__(model)
        self._title = title
        self._model = model
        self._rows = rows
        self._work = work

    def begin(self, then: Then) -> None:
        """Read for the first time; a large register is painted first."""
        self._rows.weigh()
        if not self._rows.is_large:
            self.read(self._model.read, then)
            return

        def shown(fresh: Order) -> None:
            then(fresh)
            QTimer.singleShot(PAINTED_MS, self, self.warm)

        self._work.aside(self._model.read, shown)

    def again(self, then: Then) -> None:
        """Read anew: something may have changed."""
        self._rows.weigh()
        self.read(self._model.read, then)

    def on(self, then: Then) -> None:
        """Read what was changed under the eyes of the person: nothing is sorted anew."""
        self._rows.weigh()
        self.read(self._model.read_on, then)

    def ahead(self) -> None:
        """Let the book remember what will be asked after a long act; in its thread, which holds nothing up."""
        if self._rows.is_large:
            self._model.read_on()

    def read(self, read: Callable[[], Order], then: Then) -> None:
        """Read an order of rows; in a large register under the eyes of the person, who can wait or cancel."""
        if self._rows.is_slow(self._model):
            self._work.long(f"正在整理{self._title}…", lambda _: read(), then)
        else:
            self._work.now(read, then)

    def warm(self) -> None:
        """Fetch the texts of a large register, so that searching is quick."""
        if self._rows.is_large:
            self._work.aside(self._rows.warm, lambda _: None)
