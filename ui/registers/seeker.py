"""Searching at each letter: at once, or aside where putting the answer in order takes long."""

from PySide6.QtCore import QObject, QTimer, Signal

from ui.registers.rows import RegisterRows
from ui.shared.order import Order
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import RegisterModel
from ui.shared.search_line import SearchLine
from ui.shared.work import Work

FOLLOW_MS = 150


class Seeker(QObject):
    """``found`` fires when the table shows the answer, ``rested`` when the typing rests, or at Enter: the form may follow.

    It does not follow any more once the person went to a row.
    """

    found = Signal()
    rested = Signal()

    def __init__(self, line: SearchLine, table: RegisterTable, rows: RegisterRows, work: Work) -> None:
        super().__init__(line)
        self._line = line
        self._model: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
        self._rows = rows
        self._work = work
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._follow.timeout.connect(self.rested)
        self._is_elsewhere = False
        line.settled.connect(self._seek)
        line.returnPressed.connect(self._enter)
        line.returnPressed.connect(table.setFocus)
        table.chosen.connect(self._stay)

    def _seek(self, text: str) -> None:
        """Search; of several questions only the last is answered."""
        self._is_elsewhere = False
        self._model.seek(text)
        read = self._work.aside if self._rows.is_slow(self._model) else self._work.now
        read(self._model.read, lambda fresh: self._show(text, fresh))

    def _show(self, text: str, fresh: Order) -> None:
        if text == self._line.text().strip():
            self._model.show_order(fresh)
            self.found.emit()
            if not self._is_elsewhere:
                self._follow.start()

    def _enter(self) -> None:
        """The typing is over, and the keys are the table's from now on."""
        if self._follow.isActive():
            self._follow.stop()
            self.rested.emit()

    def _stay(self) -> None:
        self._is_elsewhere = True
        self._follow.stop()
