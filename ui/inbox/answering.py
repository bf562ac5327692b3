"""The reviewer's two acts on a return: a receipt, or a correction slip with every point. Asks for the file, says how it went."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.inbox.begun import BegunAnswers
from ui.shared.clock_doubt import dated
from ui.shared.surroundings import Surroundings
from xmdesk.records.submission import Submission
from xmdesk.services.answers_begun import Begun

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"


class Answering(QObject):
    """``done`` carries the uid of the return that was answered; what was begun is forgotten only then."""

    done = Signal(str)

    def __init__(self, desk: "Desk", around: Surroundings, begun: BegunAnswers, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self._begun = begun

    def accept(self, one: Submission) -> None:
        """Write the receipt; a note goes into it only where accepting needs a reason."""
        from xmdesk.services.reviewing import needs_reason

        note = self._begun.of(one.uid).note.strip() if needs_reason(one) else ""
        out = self._around.dialogs.save_file("保存回执", self._name("回执", one), PDF)
        if out is not None:
            call = lambda _: self._desk.reviewing.accept(one, out, note=note, force=True)  # noqa: E731 - one use
            dated(self._desk, self._around, "通过并出回执", call, lambda _: self._done(one, "已通过"))

    def send_back(self, one: Submission) -> None:
        """Write one slip with all points that were begun."""
        points = list(self._begun.of(one.uid).points)
        out = self._around.dialogs.save_file("保存退回单", self._name("退回单", one), PDF)
        if out is not None:
            call = lambda _: self._desk.reviewing.send_back(one, points, out, force=True)  # noqa: E731 - one use
            dated(self._desk, self._around, "退回", call, lambda _: self._done(one, "已退回"))

    def _name(self, word: str, one: Submission) -> str:
        """Return a name of its own for every answer: a second slip is not offered under the name of the first."""
        number = self._desk.reviewing.next_number()
        return f"{word}_{one.office_code}_{one.period}_第{one.version}版_{number}.pdf"

    def _done(self, one: Submission, words: str) -> None:
        self._begun.put(one.uid, Begun())
        self._begun.keep()
        self._around.changes.announce(f"{words} {one.office_name}")
        self.done.emit(one.uid)
