"""Half-typed answers to a slip survive a lock, a crash and other colours: they stand in their lines again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.returns.points_card import PointsCard
from ui.shared.drafts import KEEP_EVERY_MS
from ui.shared.work import Work

if TYPE_CHECKING:
    from xmdesk.ports import Store

PLACE = "slip"


class PointsDraft(QObject):
    """Written at most every three seconds while something is typed."""

    def __init__(self, points: PointsCard, store: "Store", work: Work, parent: QObject) -> None:
        super().__init__(parent)
        from xmdesk.services.drafts import Drafts

        self._points, self._work = points, work
        self._drafts = Drafts(store)
        self._pause = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self._pause.timeout.connect(self._keep_soon)
        for one in self._drafts.left_behind(PLACE):
            points.put_back(one.content["texts"])
        points.typed.connect(self._pause.start)
        work.rested.connect(self._pause.stop)

    def _keep_soon(self) -> None:
        if self._work.is_busy:
            self._pause.start()
        else:
            self.keep()

    def keep(self) -> None:
        """Write to the book what stands there now; answers that were given are forgotten."""
        from xmdesk.services.drafts import Draft

        self._pause.stop()
        texts = self._points.texts
        if texts:
            self._work.now(lambda: self._drafts.keep(PLACE, Draft(PLACE, {"texts": texts})))
        else:
            self._work.now(lambda: self._drafts.drop(PLACE, PLACE))
