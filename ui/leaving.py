"""Backups that nobody has to think of, and leaving a book: what is long is shown as work or done beside it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from ui.shared.collecting import Collector
from ui.shared.work import Slices, Work

if TYPE_CHECKING:
    from ui.checking import Check
    from xmdesk.services.desk import Desk

BACKUP_MS, SOON_MS = 30 * 60 * 1000, 60 * 1000
TIMED, LEAVING = "定时", "退出时"


class Leaving(QObject):
    """Looks after the open book, which ``desk`` tells, from opening to closing."""

    def __init__(self, work: Work, collector: Collector, desk: "Callable[[], Desk | None]", parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._desk = desk
        self._collector = collector
        self._gave_up = False
        self._forgetting = Slices(work, self)
        self._forgetting.done.connect(collector.clear_up)
        self._clockwork = QTimer(self)
        self._clockwork.timeout.connect(self.back_up)
        self._clockwork.start(BACKUP_MS)

    def back_up(self) -> None:
        """Make the backup that is due, beside the work."""
        desk = self._desk()
        if desk is None:
            return
        if self._work.is_at_work:
            QTimer.singleShot(SOON_MS, self, self.back_up)
            return
        self._work.aside(partial(desk.upkeep.back_up_if_due, TIMED), lambda _: None)

    def is_long(self) -> bool:
        """Whether a backup must come before leaving that is long enough to be shown as work; it is tried once."""
        desk = self._desk()
        return desk is not None and not self._work.is_busy and not self._gave_up and desk.upkeep.owes_long_backup()

    def back_up_first(self, then: Callable[[], Any]) -> None:
        """Back up under the eyes of the person, then go on; what cannot be backed up is told and keeps nobody."""
        desk = self._desk()
        if desk is None:
            return
        upkeep = desk.upkeep

        def failed(trouble: Any) -> None:
            self._gave_up = True
            self._work.say(trouble.heading or "没有备份成", trouble.happened, trouble.to_do)
            then()

        self._work.long("正在备份台账…", lambda _: upkeep.back_up_if_due(LEAVING), lambda _: then(), refused=failed)

    def close(self, desk: "Desk") -> None:
        """Make the backup that is still due and close the book."""
        if not self._gave_up:
            self._work.now(partial(desk.upkeep.back_up_if_due, LEAVING))
        self._gave_up = False
        desk.upkeep.close()

    def forget(self, check: "Check | None") -> None:
        """Let go of what was held of a closed book, with pauses."""
        if check is not None:
            self._forgetting.begin(check.leftovers())
        else:
            QTimer.singleShot(0, self, self._collector.clear_up)
