"""The reviewer's answer to one submission: a receipt, or a correction slip with reasons."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.clock_doubt import dated
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk.periods import Period
from xmdesk.records.registers import FORMS, REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"


class AnswerPanel(QFrame):
    """Shown for a chosen submission."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._around = around
        self._submission: Any = None
        self._title = label("", "heading")
        self._facts = label("", "muted", wraps=True)
        self.form = QComboBox()
        self.form.setAccessibleName("哪张表")
        for name in FORMS:
            self.form.addItem(REGISTERS[name].title, name)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("退回原因")
        self.reason.setPlaceholderText("退回原因，写清哪里不对、怎么改")
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
        one = found[0]
        rows = sum(one.row_counts.values())
        nil = sum(1 for is_nil in one.nil.values() if is_nil)
        self._title.setText(f"{one.office_name}  {Period.parse(one.period).words}  第 {one.version} 版")
        people = f"填表人 {one.prepared_by or '未写'}，负责人 {one.signed_off_by or '未写'}"
        self._facts.setText(f"{one.state.label}。共 {rows} 行，零报告 {nil} 张，短码 {one.short_code}。{people}。")
        self.reason.clear()

    def _accept(self) -> None:
        one = self._submission
        out = self._around.dialogs.save_file("保存回执", f"回执_{one.office_code}_{one.period}.pdf", PDF)
        if out is not None:
            call = lambda _: self._desk.reviewing.accept(one, out, force=True)  # noqa: E731 - one use
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
