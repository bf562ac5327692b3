"""The form side of a register page: shows one record, saves it, ends it, and says what is wrong with it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.registers.ending import Ending
from ui.registers.pins import Pins
from ui.shared.findings import findings
from ui.shared.layout import layout_of
from ui.shared.note_marks import NoteMarks
from ui.shared.problems_panel import ProblemsPanel
from ui.shared.reading_order import put_in_reading_order
from ui.shared.record_form import RecordForm
from ui.shared.referenced import RegisterReferences
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.checking import Checking
    from xmdesk.services.registers import Registers

CHECK_PAUSE_MS = 300
PAINTED_MS = 20
"""So long after the first record was named its form is made: a form of fifty fields takes as long as all the rest."""


class _Made(NamedTuple):
    """What is made when the first record is shown."""

    form: RecordForm
    pins: Pins
    notes: NoteMarks


class Editor(QWidget):
    """``saved`` carries the uid, ``touched`` whether anything is not saved, ``typed`` nothing; ``copied`` asks for a copy, ``dropped``
    fires when a new record was given up. Half a record always saves; only text that cannot be read waits in its field.
    """

    saved = Signal(str)
    touched = Signal(bool)
    typed = Signal()
    dropped = Signal()
    copied = Signal()

    def __init__(
        self, register: Register, *, registers: "Registers", checking: "Checking | None", surroundings: Surroundings
    ) -> None:
        super().__init__()
        self._register = register
        self._registers = registers
        self._checking = checking
        self._around = surroundings
        self._record: Any = None
        self.is_new = False
        self.is_dirty = False
        self._made: _Made | None = None
        self._fields: RecordForm | None = None
        self._owes = False
        self.problems = ProblemsPanel(surroundings.icons)
        self._ending = Ending(register)
        self._painted = QTimer(self, singleShot=True, interval=PAINTED_MS)
        self._pause = QTimer(self, singleShot=True, interval=CHECK_PAUSE_MS)
        self._build()
        self._connect()
        self.clear()

    @property
    def uid(self) -> str:
        """The uid of the record that is open, or nothing."""
        return self._record.uid if self._record is not None else ""

    @property
    def has_ended(self) -> bool:
        """Whether the record that is open has ended: it stays in front until the person goes elsewhere."""
        return self._record is not None and bool(self._record.retired_on)

    @property
    def form(self) -> RecordForm:
        """The form of the record that is open; made when it is first needed, which is behind the first painting."""
        return self._whole.form

    @property
    def pins(self) -> Pins:
        """The pins beside the fields."""
        return self._whole.pins

    @property
    def notes(self) -> NoteMarks:
        """The marks of the office's own notes."""
        return self._whole.notes

    @property
    def _whole(self) -> "_Made":
        made = self._made or self._make()
        self._pay()
        return made

    def _come(self) -> None:
        """Make the fields, put them in their place, and fill them: three steps, between which the window lives."""
        if self._made is None and self._fields is None:
            self._fields = self._new_fields()
            QTimer.singleShot(0, self, self._come)
            return
        if self._made is None:
            self._make()
        QTimer.singleShot(0, self, self._pay)

    def _new_fields(self) -> RecordForm:
        referenced = RegisterReferences(self._registers, self._around.changes, around=self._around)
        return RecordForm(self._register.record, layout_of(self._register.name), referenced, self._around.icons)

    def _pay(self) -> None:
        """Show the record that was only named so far."""
        if self._owes:
            self._owes = False
            self._fill(is_other=True)

    def _make(self) -> "_Made":
        from xmdesk.services.field_notes import FieldNotes

        form = self._fields or self._new_fields()
        notes = FieldNotes(self._registers.store)
        self._made = made = _Made(
            form,
            Pins(form.fields, self),
            NoteMarks(form.fields, self._register.name, notes, self._around, parent=self),
        )
        made.notes.may_write = self._stands
        form.edited.connect(self._edited)
        form.edited.connect(self.typed)
        self.problems.asked.connect(form.focus_field)
        self._inside.replaceWidget(self._room, form)
        form.show()  # at once: a layout does it only when events are looked at
        self._room.deleteLater()
        put_in_reading_order(self)
        return made

    def _build(self) -> None:
        self._title = label("", "heading")
        self._state = label("", "chip")
        self._copy = button("照抄", "quiet", name="照抄这一条")
        self._copy.setToolTip("照这一条再新增一条，改几处就行（Ctrl+Shift+N）")
        self._end = button("停用", "quiet")
        self._drop = button("不新增", "quiet")
        self._save = button("保存", "primary")
        self._save.setToolTip("Ctrl+S")
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._state)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._end)
        row.addWidget(self._drop)
        row.addWidget(self._save)
        self._panel = frame("panel")
        self._inside = inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(row)
        inside.addWidget(self._ending)
        self._room = QWidget()
        inside.addWidget(self._room, 1)
        inside.addWidget(self.problems)
        self._hint = label("在左边选一条，这里显示它的内容", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        column.addWidget(self._hint)
        self.setMinimumWidth(430)

    def _connect(self) -> None:
        self._painted.timeout.connect(self._come)
        self._pause.timeout.connect(self._follow)
        self._save.clicked.connect(self.save)
        self._drop.clicked.connect(self._ask_drop)
        self._copy.clicked.connect(self.copied)
        self._end.clicked.connect(self._ask_end)
        self._ending.confirmed.connect(self._end_now)
        self.problems.explained.connect(self._explain)

    def clear(self) -> None:
        """Show nothing."""
        self._record = None
        self.is_new = self.is_dirty = False
        self._owes = False
        if self._made is not None:
            self._made.notes.show_notes("")
        self._panel.hide()
        self._hint.show()

    def show_uid(self, uid: str) -> None:
        """Open a record of the register."""
        self._around.work.now(lambda: self._registers.get(self._register.name, uid), self._show)

    @property
    def record(self) -> Any:
        """The record that is open, as the form has it, or None."""
        return self.form.record() if self._record is not None else None

    def show_new(self, record: Any, *, is_begun: bool = False) -> None:
        """Open a record that is not in the register yet; one that was begun (a copy) is kept when leaving."""
        self._show(record)
        self.is_new, self.is_dirty = True, is_begun
        self.pins.offers = True
        self._say()
        self.form.focus_first()

    def show_begun(self, record: Any, *, is_new: bool) -> None:
        """Open a record with changes that are not saved yet."""
        self._show(record)
        self.is_new, self.is_dirty = is_new, True
        self._say()
        self.form.focus_first()

    def start(self) -> None:
        """Put the cursor into the form."""
        if self._record is not None:
            self.form.focus_first()

    def look_again(self) -> None:
        """Show the record as it is stored now (after undo, or when another page changed it)."""
        if self._record is None or self.is_new:
            return
        stored = self._registers.get(self._register.name, self.uid)
        if stored is None:
            self.clear()
        elif stored != self._record:
            self._show(stored)

    def save(self) -> None:
        """Save what can be read; the rest stays in its field, marked."""
        if self._record is None or not (self.is_dirty or self.is_new):
            return
        record: Any = self.form.record()
        self._around.work.now(lambda: self._registers.save(record), self._saved)

    def leave(self) -> bool:
        """Save before going elsewhere; asks only when typed text would be lost."""
        if self._record is None or not self.is_dirty:
            self.is_new = False
            return True
        bad = self.form.unreadable()
        if bad:
            names = "、".join(self.form.fields[name].spec.label for name in bad)
            words = f"“{names}”填的内容看不懂，离开后这一项不会保留。其他内容都会保存。"
            if not self._around.dialogs.confirm("有内容看不懂", words, yes="离开", no="回去修改"):
                self.form.focus_field(bad[0])
                return False
        self.save()
        return not self.is_dirty or bool(bad)

    def _ask_drop(self) -> None:
        """Give the new record up; asks only when something was typed."""
        words = f"填好的内容不会留下，台账里不会多出这条{self._register.noun}。"
        if not self.is_dirty or self._around.dialogs.confirm("不新增了", words, yes="不新增", no="接着填"):
            self.clear()
            self.touched.emit(False)
            self.dropped.emit()

    def check(self) -> None:
        """Show the problems of the record as it stands in the form."""
        if self._record is None or self._checking is None:
            return
        checking = self._checking
        self._around.work.now(lambda: findings(checking, checking.of_record(self.form.record())), self._show_findings)

    def _show_findings(self, found: Any) -> None:
        self.form.set_findings(found)
        self.problems.show_findings(found)

    def _explain(self, problem: Any, reason: str) -> None:
        checking = self._checking
        if checking is not None and self.leave():
            words = "已写明原因" if reason else "已收回原因"
            self._around.work.now(
                lambda: checking.explain(problem, reason), lambda _: self._around.changes.announce(words)
            )
            self.check()

    def _show(self, record: Any) -> None:
        if record is None:
            self.clear()
            return
        is_other = self._record is None or self._record.uid != record.uid
        self._record = record
        self.is_new = self.is_dirty = False
        self._ending.hide()
        self._hint.hide()
        self._panel.show()
        self._say()
        if self._made is None:
            self._owes = True
            self._painted.start()
        else:
            self._fill(is_other=is_other)

    def _fill(self, *, is_other: bool) -> None:
        record = self._record
        self.pins.offers = False
        self.form.fill(record)
        self.notes.show_notes(record.uid)
        if is_other:
            self.form.to_top()
        QTimer.singleShot(0, self, self.check) if self._is_large else self.check()

    @property
    def _is_large(self) -> bool:
        """Whether checking is felt, so that the form is shown before."""
        return self._checking is not None and self._checking.is_large

    def _stands(self) -> bool:
        """Save what was typed, so that a note has a record to stand on; an empty new form has none yet."""
        if self.is_dirty:
            self.save()
        elif self.is_new:
            self._around.changes.announce("先填一项内容，再写批注")
        return not (self.is_dirty or self.is_new)

    def _edited(self) -> None:
        self.is_dirty = True
        self._say()
        self._pause.start()

    def _follow(self) -> None:
        """The typing rests: show what follows from it, then check."""
        if self._record is not None:
            record: Any = self.form.record()
            self.form.follow(record, self._registers.derived(record))
        self.check()

    def _saved(self, record: Any) -> None:
        waiting = self.form.unreadable()
        typed = {name: self.form.fields[name] for name in waiting}
        self._record = record
        self.is_new = self.is_dirty = False
        if not typed:
            self.form.fill(record)
        self._say()
        self.check()
        self.saved.emit(record.uid)
        self._around.changes.announce(f"已保存：{self._words(record)}")

    def _say(self) -> None:
        if self._record is None:
            return
        words = self._words(self._record) or f"未命名{self._register.noun}"
        self._title.setText(f"新增{self._register.noun}" if self.is_new else self._fitting(words))
        self._title.setToolTip(words)
        ended = self.has_ended
        self._state.setText("已停用" if ended else "未保存" if self.is_dirty else "")
        self._state.setVisible(ended or self.is_dirty)
        self._save.setEnabled(self.is_dirty or self.is_new)
        self.touched.emit(self.is_dirty)
        for one in (self._copy, self._end):
            one.setVisible(not self.is_new)
        self._drop.setVisible(self.is_new)
        # Nobody is told of gaps in a form that nobody has typed into yet.
        self.problems.setVisible(self.is_dirty or not self.is_new)
        self._end.setText("重新启用" if ended else "停用")

    def _fitting(self, words: str) -> str:
        """Cut a title so that state and buttons keep their room."""
        beside = (self._save, self._copy, self._end, self._end)
        room = self.width() - sum(one.sizeHint().width() for one in beside) - 90
        return self._title.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(room, 120))

    def _words(self, record: Any) -> str:
        return self._registers.shown(record).get(record.title_field) or self._registers.title_of(record)

    def _ask_end(self) -> None:
        if self.has_ended:
            self._around.work.now(lambda: self._registers.restore(self._register.name, self.uid), self._ended)
        elif self.leave():
            self._ending.open()

    def _end_now(self, on: str, reason: str) -> None:
        call = lambda: self._registers.retire(self._register.name, self.uid, on=on, reason=reason)  # noqa: E731 - one use
        self._around.work.now(call, self._ended)

    def _ended(self, _: Any) -> None:
        self.look_again()
        self._around.changes.announce("已停用，可以撤销" if self.has_ended else "已重新启用")
