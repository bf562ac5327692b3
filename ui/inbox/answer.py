"""The reviewer's answer to one submission: a receipt, or a correction slip with reasons."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.clock_doubt import dated
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk.periods import Period
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.submission import SubmissionState

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"
WHY_BACK = "退回原因，写清哪里不对、怎么改"
WHY_ACCEPT = "通过或退回都要写明理由：这一版是通过或锁定以后补报的"


class AnswerPanel(QFrame):
    """Shown for a chosen submission."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._around = around
        self._submission: Any = None
        self._needs_reason = False
        self._title = label("", "heading")
        self._facts = label("", "muted", wraps=True)
        self._why = label("", wraps=True)
        self.form = QComboBox()
        self.form.setAccessibleName("哪张表")
        for name in FORMS:
            self.form.addItem(REGISTERS[name].title, name)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("退回原因")
        self.reason.setPlaceholderText(WHY_BACK)
        self.back = button("退回")
        self.accept = button("通过并出回执", "primary")
        self._build()
        self.accept.clicked.connect(self._accept)
        self.back.clicked.connect(self._send_back)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addWidget(self._why)
        row = QHBoxLayout()
        row.addWidget(self.form)
        row.addWidget(self.reason, 1)
        row.addWidget(self.back)
        row.addWidget(self.accept)
        column.addLayout(row)

    def show_submission(self, uid: str) -> None:
        """Show a received submission; nothing for an office that has not sent."""
        found = [one for one in self._desk.inbox.submissions() if one.uid == uid] if uid else []
        self._submission = found[0] if found else None
        self.setVisible(bool(found))
        if not found:
            return
        from xmdesk.services.reviewing import needs_reason

        one = found[0]
        nil = sum(1 for is_nil in one.nil.values() if is_nil)
        self._title.setText(f"{one.office_name}  {Period.parse(one.period).words}  第 {one.version} 版")
        people = f"填表人 {one.prepared_by or '未写'}，负责人 {one.signed_off_by or '未写'}"
        self._needs_reason = needs_reason(one)
        self.reason.setPlaceholderText(WHY_ACCEPT if self._needs_reason else WHY_BACK)
        set_tone(self.reason, "")
        self._facts.setText(
            f"{one.state.label}。共 {one.form_rows} 行，零报告 {nil} 张，短码 {one.short_code}。{people}。"
        )
        self._show_remarks(one)
        self.reason.clear()

    def _show_remarks(self, one: Any) -> None:
        """Say what was noticed when it came in, and therefore why it waits."""
        remarks = one.facts.get("remarks", [])
        self._why.setText("\n".join(f"{two['text']}{two['to_do']}" for two in remarks))
        set_tone(self._why, "missing" if one.state is SubmissionState.HELD else "")
        self._why.setVisible(bool(remarks))

    def _accept(self) -> None:
        one = self._submission
        note = (
            self.reason.text().strip() if self._needs_reason else ""
        )  # a reason for sending back is none for accepting
        if self._needs_reason and not note:
            set_tone(self.reason, "wrong")
            self.reason.setFocus()
            return
        out = self._around.dialogs.save_file("保存回执", f"回执_{one.office_code}_{one.period}.pdf", PDF)
        if out is not None:
            call = lambda _: self._desk.reviewing.accept(one, out, note=note, force=True)  # noqa: E731 - one use
            dated(self._desk, self._around, "通过并出回执", call, lambda _: self._done(f"已通过 {one.office_name}"))

    def _send_back(self) -> None:
        from xmdesk.services.reviewing import Point

        reason = self.reason.text().strip()
        set_tone(self.reason, "" if reason else "wrong")
        if not reason:
            self.reason.setFocus()
            return
        one = self._submission
        out = self._around.dialogs.save_file("保存退回单", f"退回单_{one.office_code}_{one.period}.pdf", PDF)
        if out is not None:
            points = [Point(self.form.currentData(), "", "", reason)]
            call = lambda _: self._desk.reviewing.send_back(one, points, out, force=True)  # noqa: E731 - one use
            dated(self._desk, self._around, "退回", call, lambda _: self._done(f"已退回 {one.office_name}"))

    def _done(self, words: str) -> None:
        uid = self._submission.uid
        self._around.changes.announce(words)
        self.show_submission(uid)
