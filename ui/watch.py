"""What the checks find in the whole book, kept up to date in slices beside what the person does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.problem_lines import Lines
from ui.shared.surroundings import Surroundings
from ui.shared.work import Slices
from xmdesk import clock
from xmdesk.jobs import Breaths
from xmdesk.periods import Period
from xmdesk.services.drafting import next_period

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PAUSE_MS = 400


class Watch(QObject):
    """``found`` carries the lines of the problems each time the book was looked through, ``began`` fires when that begins."""

    found = Signal(object)
    began = Signal()

    def __init__(self, desk: "Desk", around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._period: Period | None = None
        self._seen: object = None
        self._slices = Slices(around.work, self)
        self._slices.done.connect(self.found)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_if_changed)
        around.changes.changed.connect(self._soon)
        around.work.rested.connect(self._pause.stop)
        self._pause.start()

    @property
    def period(self) -> Period:
        """The period whose return is looked at: the one asked for, else the one that is due next."""
        return self._period or next_period(self._desk.store, clock.today())

    @property
    def is_looking(self) -> bool:
        """Whether the book is being looked through."""
        return self._slices.is_running

    def look(self, period: Period | None = None) -> None:
        """Look through the book now."""
        self._period = period
        self._pause.stop()
        self._seen = self._state()
        self._slices.begin(self._looked())
        self.began.emit()

    def _soon(self) -> None:
        """A method and no lambda: what the window tells must not reach the watch of a book that was locked."""
        self._pause.start()

    def _looked(self) -> Breaths[Lines]:
        problems = yield from self._desk.checking.all_breathing(self.period)
        return (yield from Lines.breathing(self._desk.checking, problems))

    def _look_if_changed(self) -> None:
        if self._seen != self._state():
            self.look(self._period)

    def _state(self) -> object:
        return self._desk.store.audit_head(), self.period, clock.today()
