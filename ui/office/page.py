"""The office's own data: one form, saved like any other."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from ui.shared.findings import findings
from ui.shared.layout import layout_of
from ui.shared.note_marks import NoteMarks
from ui.shared.page import WIDEST, Page
from ui.shared.problems_panel import ProblemsPanel
from ui.shared.record_form import RecordForm
from ui.shared.referenced import RegisterReferences
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label
from xmdesk.records.office import Office
from xmdesk.services.field_notes import FieldNotes

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

CHECK_PAUSE_MS = 300


class OfficePage(Page):
    """单位信息."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._is_dirty = False
        self.form = RecordForm(
            Office, layout_of("office"), RegisterReferences(desk.registers, around.changes), around.icons
        )
        self.notes = NoteMarks(self.form.fields, Office.key, FieldNotes(desk.store), around, parent=self)
        self.notes.may_write = self.leave
        self.problems = ProblemsPanel(around.icons)
        self._save = button("保存", "primary")
        self._state = label("", "chip")
        self._pause = QTimer(self, singleShot=True, interval=CHECK_PAUSE_MS)
        self._build()
        self._save.clicked.connect(self.save)
        self.form.edited.connect(self._edited)
        self._pause.timeout.connect(self._check)
        self.problems.asked.connect(self.form.focus_field)
        around.changes.changed.connect(self._look_again)
        self._fill()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.setSpacing(12)
        head.addWidget(label("单位信息", "title"))
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._save)
        panel = frame("panel")
        panel.setMaximumWidth(WIDEST)
        middle = QHBoxLayout()
        middle.addStretch(0)
        middle.addWidget(panel, 1)
        middle.addStretch(0)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.form, 1)
        inside.addWidget(self.problems)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(frame("rule"))
        column.addLayout(middle, 1)

    def act(self, name: str) -> bool:
        """Save and check work here."""
        acts = {"save": self.save, "check": self._check, "edit": self.form.focus_first, "note": self.notes.open_here}
        if name in acts:
            acts[name]()
        return name in acts

    def leave(self) -> bool:
        """Save before going; asks only when typed text would be lost."""
        bad = self.form.unreadable() if self._is_dirty else []
        if bad:
            names = "、".join(self.form.fields[name].spec.label for name in bad)
            words = f"“{names}”填的内容看不懂，离开后这一项不会保留。其他内容都会保存。"
            if not self._around.dialogs.confirm("有内容看不懂", words, yes="离开", no="回去修改"):
                return False
        self.save()
        return True

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a field."""
        if field:
            self.form.focus_field(field)

    def save(self) -> None:
        """Save what can be read."""
        if self._is_dirty:
            record: Any = self.form.record()
            self._around.work.now(lambda: self._desk.office.save_office(record), self._saved)

    def _saved(self, _: Any) -> None:
        self._is_dirty = False
        if not self.form.unreadable():
            self._fill()
        self._say()
        self._around.changes.announce("已保存单位信息")

    def _look_again(self) -> None:
        if not self._is_dirty:
            self._fill()

    def _fill(self) -> None:
        office = self._desk.office.office()
        self.form.fill(office)
        self.notes.show_notes(office.uid)
        self._is_dirty = False
        self._say()
        self._pause.start()

    def _edited(self) -> None:
        self._is_dirty = True
        self._say()
        self._pause.start()

    def _say(self) -> None:
        self._state.setText("未保存")
        self._state.setVisible(self._is_dirty)
        self._save.setEnabled(self._is_dirty)

    def _check(self) -> None:
        checking = self._desk.checking
        self._around.work.now(lambda: findings(checking, checking.of_record(self.form.record())), self._show)

    def _show(self, found: Any) -> None:
        self.form.set_findings(found)
        self.problems.show_findings(found)
