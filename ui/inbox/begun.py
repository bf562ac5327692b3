"""What the reviewer has begun to answer survives going elsewhere, a lock and a crash: held here, kept in the encrypted book."""

from PySide6.QtCore import QObject, QTimer

from ui.shared.drafts import KEEP_EVERY_MS
from ui.shared.work import Work
from xmdesk.services.answers_begun import AnswersBegun, Begun


class BegunAnswers(QObject):
    """One list of points and one note for each return; written at most every three seconds while something is typed."""

    def __init__(self, answers: AnswersBegun, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._answers = answers
        self._work = work
        self._pause = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self._pause.timeout.connect(self.keep)

    def of(self, uid: str) -> Begun:
        """Return what was begun about a return, maybe nothing."""
        return self._answers.of(uid)

    def put(self, uid: str, begun: Begun) -> None:
        """Hold what stands there now."""
        self._answers.put(uid, begun)
        if not self._pause.isActive():
            self._pause.start()

    def keep(self) -> None:
        """Write it to the book now."""
        self._pause.stop()
        self._work.now(self._answers.keep)
