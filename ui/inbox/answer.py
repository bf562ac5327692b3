"""The card of a chosen return: what it is, what was noticed when it came in, the way inside, and the answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.inbox.answering import Answering
from ui.inbox.begun import BegunAnswers
from ui.shared.words import button, label, set_role, set_tone
from xmdesk.periods import Period
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.answers_begun import Begun

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ACCEPT, AGAIN = "通过并出回执", "再出一份回执"
REASON_CHARACTERS = 400
NO_RECEIPT = (SubmissionState.SENT_BACK, SubmissionState.REPLACED)


class AnswerRow(QWidget):
    """退回 and 通过, with the line for a reason where accepting needs one; ``back`` is left to who stands around it."""

    back = Signal()

    def __init__(self, begun: BegunAnswers, answering: Answering) -> None:
        super().__init__()
        self._begun = begun
        self._answering = answering
        self._submission: Submission | None = None
        self._needs_reason = self._is_accepted = False
        self.note = QLineEdit()
        self.note.setAccessibleName("通过的理由")
        self.note.setMaxLength(REASON_CHARACTERS)
        self.send_back = button("退回")
        self.accept = button(ACCEPT, "primary")
        self.why_not = label("", "muted", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.why_not, 1)
        row.addWidget(self.note, 1)
        row.addStretch(0)
        row.addWidget(self.send_back)
        row.addWidget(self.accept)
        self.note.textEdited.connect(self._typed)
        self.accept.clicked.connect(self._accept)
        self.send_back.clicked.connect(self.back)

    def show_submission(self, one: Submission) -> None:
        """Show what can be said about a return; what was decided for good cannot be decided again."""
        is_same = self._submission is not None and self._submission.uid == one.uid
        self._submission = one
        why = self._answering.why_write(one)
        self._needs_reason = bool(why)
        self.note.setPlaceholderText(why)
        why_not = self._answering.why_not
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.note.setVisible(self._needs_reason and not why_not)
        if self.note.text() != self._begun.of(one.uid).note:
            self.note.setText(self._begun.of(one.uid).note)
        if not is_same:
            set_tone(self.note, "")
        self._is_accepted = one.state is SubmissionState.ACCEPTED
        self.accept.setText(AGAIN if self._is_accepted else ACCEPT)
        self.accept.setAccessibleName(self.accept.text())
        self.lead(sends_back=False)
        self.accept.setVisible(not why_not and one.state not in NO_RECEIPT)
        self.send_back.setVisible(not why_not and one.state is not SubmissionState.REPLACED)

    def lead(self, *, sends_back: bool) -> None:
        """Make one of the two the usual next step."""
        set_role(self.send_back, "primary" if sends_back else "")
        usual = "" if sends_back else "primary"
        set_role(self.accept, "quiet" if self._is_accepted else usual)

    def _typed(self, text: str) -> None:
        set_tone(self.note, "")
        if self._submission is not None:
            uid = self._submission.uid
            self._begun.put(uid, Begun(self._begun.of(uid).points, text))

    def _accept(self) -> None:
        if self._needs_reason and not self.note.text().strip():
            set_tone(self.note, "wrong")
            self.note.setFocus()
        elif self._submission is not None:
            self._answering.accept(self._submission)


class AnswerCard(QFrame):
    """Shown for a chosen return; ``opened`` carries its uid, and whether it is to be sent back."""

    opened = Signal(str, bool)

    def __init__(self, desk: "Desk", begun: BegunAnswers, answering: Answering) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._begun = begun
        self._uid = ""
        self._title = label("", "heading")
        self._facts = label("", "muted", wraps=True)
        self._why = label("", wraps=True)
        self._list = label("", tone="missing", wraps=True)
        self.look = button("看内容")
        self.row = AnswerRow(begun, answering)
        self._build()
        self.look.clicked.connect(self.look_inside)
        self.row.back.connect(lambda: self.opened.emit(self._uid, True))
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        for one in (self._title, self._facts, self._why, self._list):
            column.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addWidget(self.row, 1)
        column.addLayout(row)

    @property
    def uid(self) -> str:
        """Which return is shown; nothing while none is."""
        return self._uid

    def look_inside(self) -> None:
        """Open the return in front, if there is one: an office may not have sent."""
        if self._uid:
            self.opened.emit(self._uid, False)

    def show_submission(self, uid: str) -> None:
        """Show a received return as the book has it now; nothing for an office that has not sent."""
        one = self._desk.store.get(Submission, uid) if uid else None
        self._uid = one.uid if one is not None else ""
        self.setVisible(one is not None)
        if one is None:
            return
        nil = sum(1 for is_nil in one.nil.values() if is_nil)
        people = f"填表人 {one.prepared_by or '未写'}，负责人 {one.signed_off_by or '未写'}"
        self._title.setText(named(one))
        self._facts.setText(
            f"{one.state.label}。共 {one.form_rows} 行，零报告 {nil} 张，短码 {one.short_code}。{people}。"
        )
        remarks = one.facts.get("remarks", [])
        self._why.setText("\n".join(f"{two['text']}{two['to_do']}" for two in remarks))
        set_tone(self._why, "missing" if one.state is SubmissionState.HELD else "")
        self._why.setVisible(bool(remarks))
        words = self._points_words(one)
        self._list.setText(words)
        self._list.setVisible(bool(words))
        self.row.show_submission(one)

    def _points_words(self, one: Submission) -> str:
        """Say what was written down and not sent, on this version and on those that it replaced; and which version stands."""
        from xmdesk.services.versions import others_of, successor_of

        count = len(self._begun.of(one.uid).points)
        if one.state is SubmissionState.REPLACED:
            later = successor_of(self._desk.store, one)
            where = f"第 {later.version} 版" if later is not None else "别的一版"
            kept = f"写下的 {count} 处要改的没有退回，点“看内容”可以带过去。" if count else ""
            return f"这一版已被{where}更正。{kept}"
        words = [f"已经写下 {count} 处要改的，还没有退回。"] if count else []
        for other in others_of(self._desk.store, one):
            left = len(self._begun.of(other.uid).points) if other.state is SubmissionState.REPLACED else 0
            if left:
                words.append(f"第 {other.version} 版上写下的 {left} 处要改的没有退回，点“看内容”可以带到这一版。")
        return "".join(words)


def named(one: Submission) -> str:
    """Return office, period and version of a return."""
    return f"{one.office_name}  {Period.parse(one.period).words}  第 {one.version} 版"
