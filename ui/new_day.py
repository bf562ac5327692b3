"""A window left open over midnight: whatever speaks of today looks again when a new day has begun."""

from datetime import date

from PySide6.QtCore import QObject, QTimer

from ui.shared.surroundings import Surroundings
from xmdesk import clock

LOOK_EVERY_MS = 30_000
"""Looked at again and again, not waited for until midnight: a computer that slept over it wakes up late."""


class NewDay(QObject):
    """Tells the pages of an open book when the day has changed; while a long act runs, they hear it afterwards."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._day: date = clock.today()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        around.work.rested.connect(self._timer.stop)
        self._timer.start()

    def look(self) -> None:
        """Look at the calendar."""
        if clock.today() != self._day and not self._around.work.is_busy:
            self._day = clock.today()
            self._around.changes.announce()
