"""The office's own data: one form, saved like any other."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.shared.drafts import DraftKeeper, RecordDraft
from ui.shared.fields.division import DivisionField
from ui.shared.findings import findings, nothing_found
from ui.shared.layout import layout_of
from ui.shared.note_marks import NoteMarks
from ui.shared.offer import Offer
from ui.shared.page import WIDEST, Page
from ui.shared.problems_panel import ProblemsPanel, write_reason
from ui.shared.record_form import RecordForm
from ui.shared.referenced import RegisterReferences
from ui.shared.returned import ReturnedPoints
from ui.shared.surroundings import Surroundings
from ui.shared.unreadable import Unreadable, saved_words
from ui.shared.words import button, frame, label
from xmdesk.records.office import Office
from xmdesk.services.field_notes import FieldNotes

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.drafts import BegunRecord

CHECK_PAUSE_MS = 300


class OfficePage(Page):
    """单位信息."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._is_dirty = self._holds_texts = False
        self.form = RecordForm(
            Office, layout_of("office"), RegisterReferences(desk.registers, around.changes, around=around), around.icons
        )
        self.notes = NoteMarks(self.form.fields, Office.key, FieldNotes(desk.store), around, parent=self)
        self.notes.may_write = self.leave
        self.points = ReturnedPoints(self.form, Office.key, desk.store, around, parent=self)
        self.problems = ProblemsPanel(around.icons, around.travel)
        self.unreadable = Unreadable()
        self.other = Offer("去重新申请", "改回来", tone="missing")
        draft = RecordDraft(Office, desk.store, self, lambda _: "单位信息")
        self.keeper = DraftKeeper(Office.key, desk.store, draft, around, self)
        self._save = button("保存", "primary")
        self._state = label("", "chip")
        self._pause = QTimer(self, singleShot=True, interval=CHECK_PAUSE_MS)
        self._build()
        self._save.clicked.connect(self.save)
        self.form.edited.connect(self._edited)
        code = self.form.fields["code"]
        if isinstance(code, DivisionField):
            code.picked.connect(self._fill_place)
        self._pause.timeout.connect(self._check)
        self.problems.asked.connect(self.form.focus_field)
        self.form.edited.connect(self.keeper.edited)
        self.problems.explained.connect(self._explain)
        self.unreadable.given_up.connect(self._texts_given_up)
        self.unreadable.passed.connect(self.form.focus_first)
        self.keeper.passed.connect(self.form.focus_first)
        self.other.taken.connect(lambda: around.travel.to("settings", field="certificate"))
        self.other.declined.connect(self._put_code_back)
        self.other.passed.connect(self.form.focus_first)
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
        for strip in (self.keeper.strip, self.unreadable, self.other):
            strip.setContentsMargins(4, 0, 0, 0)  # its words stand below the title
            column.addWidget(strip)
        column.addLayout(middle, 1)

    def act(self, name: str) -> bool:
        """Save and check work here."""
        acts = {"save": self.save, "check": self._check, "edit": self.form.focus_first, "note": self.notes.open_here}
        if name in acts:
            acts[name]()
        return name in acts

    def leave(self) -> bool:
        """Save before going; what cannot be read holds the person back until it is changed or given up."""
        if self._is_unsaved and self.unreadable.holds(self.form):
            return False
        self.save()
        return not self._is_dirty

    def step_out(self) -> bool:
        """Save what can be read; the rest stays in the form, and is kept as a draft."""
        self.save()
        return self.keeper.keep()

    def put_down(self) -> bool:
        """Save what can be read, and keep the rest as a draft."""
        self.keeper.keep()
        self.save()
        return not self._is_dirty

    @property
    def begun(self) -> "BegunRecord | None":
        """The form, when anything in it is not in the book."""
        from xmdesk.services.drafts import BegunRecord

        return BegunRecord(self.form.record(), self.form.texts()) if self._is_unsaved else None

    def show_begun(self, begun: "BegunRecord", *, is_new: bool) -> None:
        """Show what was being written."""
        self.form.fill(begun.record)
        self.form.put_texts(begun.texts)
        self._edited()
        self.form.focus_first()
        for name in list(begun.texts)[:1]:
            self.form.focus_field(name)

    def showEvent(self, event: Any) -> None:
        """Ask whether what was left behind should be taken up again."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.keeper.offer)

    @property
    def _is_unsaved(self) -> bool:
        return self._is_dirty or self._holds_texts

    def _texts_given_up(self) -> None:
        self._is_dirty, self._holds_texts = True, False
        self.save()

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a field."""
        if field:
            self.form.focus_field(field)

    def save(self) -> None:
        """Save what can be read; the rest stays in its field, marked."""
        if self._is_dirty:
            record: Any = self.form.record()
            self._around.work.now(lambda: self._desk.office.save_office(record), lambda _: self._saved(record))

    def _saved(self, record: Office) -> None:
        waiting = self.form.unreadable()
        self._stored = self._desk.office.office()
        self._is_dirty, self._holds_texts = False, bool(waiting)
        self.form.fill(record, but=waiting)
        self.unreadable.look_again()
        self._say()
        self._say_code()
        self._pause.start()
        self.keeper.keep()
        self._around.changes.announce(saved_words("已保存单位信息", self.form))

    def _look_again(self) -> None:
        if not self._is_unsaved:
            self._fill()

    def _fill(self) -> None:
        self._stored = office = self._desk.office.office()
        self.form.fill(office)
        self.notes.show_notes(office.uid)
        self.points.show_points(office.uid)
        self._is_dirty = self._holds_texts = False
        self._say()
        self._say_code()
        self._pause.start()

    def _fill_place(self, code: str) -> None:
        """Fill in district and township of the division that was picked, where nothing stands."""
        from xmdesk.divisions import Picking

        place = Picking().place(code)
        for name, words in place.items():
            if not self.form.is_answered(name):
                self.form.fields[name].fill(words)
        self._edited()

    def _edited(self) -> None:
        """What was typed and taken back again leaves nothing to be saved."""
        holds = bool(self.form.unreadable())
        self._is_dirty = holds or self.form.record() != self._stored
        self._holds_texts = self._holds_texts and holds
        self._say()
        self._pause.start()

    def _say(self) -> None:
        self._state.setText("未保存")
        self._state.setVisible(self._is_unsaved)
        self._save.setEnabled(self._is_dirty)
        if self.isVisible():
            self.unsaved.emit(self._is_unsaved)

    def _check(self) -> None:
        checking = self._desk.checking
        self._around.work.now(lambda: findings(checking, checking.of_record(self.form.record())), self._show)

    def _say_code(self) -> None:
        """Say that the return cannot be sealed for another code than the certificate's, also before it is saved."""
        record: Any = self.form.record()
        certified, own = self._desk.holding.certified_code(), str(record.code or "")
        if not certified or certified == own:
            self.other.hide()
            return
        self.other.ask(
            f"上报证书上的代码是 {certified}，这里写的是 {own or '空的'}，这样不能密封上报。"
            f"填错了就改回来；确实换了代码，要重新申请开通。"
        )

    def _put_code_back(self) -> None:
        self.form.fields["code"].fill(self._desk.holding.certified_code())
        self._edited()
        self.save()
        self._say_code()

    def _show(self, found: Any) -> None:
        self._say_code()
        self.form.set_findings(found)
        self.problems.show_findings(found, self.form.unreadable(), none=nothing_found(self.form.record()))

    def _explain(self, problems: Any, reason: str) -> None:
        write_reason(self._desk.checking, self._around, problems, reason)
        self._check()
