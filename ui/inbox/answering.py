"""The reviewer's two acts on a return: a receipt, or a correction slip with every point. Asks for the file, says how it went."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.inbox.begun import BegunAnswers
from ui.shared.clock_doubt import dated
from ui.shared.surroundings import Surroundings
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.answers_begun import Begun

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"
TOWNSHIP = "通过、退回由区里办：看过、核对过的，把原件交给区里。"
UNFOUNDED = "先到“开通与证书”建立签发机构，才能通过、退回。"
LATE = "这一版是通过或锁定以后补报的"


class Answering(QObject):
    """``done`` carries the uid of the return that was answered; what was begun is forgotten only then."""

    done = Signal(str)

    def __init__(self, desk: "Desk", around: Surroundings, begun: BegunAnswers, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self._begun = begun

    @property
    def why_not(self) -> str:
        """Say why nothing is answered at this desk; nothing where it is."""
        if self._desk.holding.gives_letters:
            return ""
        return UNFOUNDED if self._desk.office.is_district else TOWNSHIP

    def why_write(self, one: Submission) -> str:
        """Say why accepting a return wants a written reason; nothing where it wants none."""
        from xmdesk.services.overruling import needs_reason, overruled

        if not needs_reason(self._desk.store, one):
            return ""
        other = overruled(self._desk.store, one)
        return f"通过要写明理由：{_overruled_words(one, other) if other is not None else LATE}"

    def accept(self, one: Submission) -> None:
        """Write the receipt; a note goes into it only where accepting needs a reason."""
        note = self._begun.of(one.uid).note.strip() if self.why_write(one) else ""
        number = self._desk.reviewing.receipt_number(one, note=note)
        out = self._around.dialogs.save_file("保存回执", _name("回执", one, number), PDF)
        if out is not None:
            call = lambda _: self._desk.reviewing.accept(one, out, note=note, force=True)  # noqa: E731 - one use
            is_again = one.state is SubmissionState.ACCEPTED
            title, words = ("再出一份回执", "已再出一份回执：") if is_again else ("通过并出回执", "已通过 ")
            dated(self._desk, self._around, title, call, lambda _: self._done(one, words))

    def send_back(self, one: Submission) -> None:
        """Write one slip with all points that were begun."""
        points = list(self._begun.of(one.uid).points)
        out = self._around.dialogs.save_file(
            "保存退回单", _name("退回单", one, self._desk.reviewing.next_number()), PDF
        )
        if out is not None:
            call = lambda _: self._desk.reviewing.send_back(one, points, out, force=True)  # noqa: E731 - one use
            dated(self._desk, self._around, "退回", call, lambda _: self._done(one, "已退回 "))

    def _done(self, one: Submission, words: str) -> None:
        self._begun.put(one.uid, Begun())
        self._begun.keep()
        self._around.changes.announce(f"{words}{one.office_name}")
        self.done.emit(one.uid)


def _name(word: str, one: Submission, number: str) -> str:
    """Return a name of its own for every answer: a second slip is not offered under the name of the first."""
    return f"{word}_{one.office_code}_{one.period}_第{one.version}版_{number}.pdf"


def _overruled_words(one: Submission, other: Submission) -> str:
    """Name the version that would no longer count."""
    named = f"另一份第 {other.version} 版" if other.version == one.version else f"第 {other.version} 版"
    how = "已经通过" if other.state is SubmissionState.ACCEPTED else "更新"
    return f"{named}{how}，会被这一版替换"
