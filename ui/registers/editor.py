"""The form side of a register page: shows one record, saves it, ends it, and says what is wrong with it."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.registers.editor_head import EditorHead
from ui.registers.ending import Ending
from ui.registers.held import Held
from ui.registers.making import Made, made_around, new_form, stands, stays_draft
from ui.registers.pins import Pins
from ui.shared.findings import findings, nothing_found
from ui.shared.note_marks import NoteMarks
from ui.shared.problems_panel import ProblemsPanel, write_reason
from ui.shared.reading_order import put_in_reading_order
from ui.shared.record_form import RecordForm
from ui.shared.surroundings import Surroundings
from ui.shared.unreadable import Unreadable, saved_words, unread_words
from ui.shared.words import frame, label
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.checking import Checking
    from xmdesk.services.drafts import BegunRecord
    from xmdesk.services.registers import Registers

CHECK_PAUSE_MS = 300
PAINTED_MS = 20
"""So long after the first record was named its form is made: a form of fifty fields takes as long as all the rest."""


class Editor(QWidget):
    """``saved`` carries the uid, ``touched`` whether anything is not saved, ``typed`` nothing; ``asked`` an act of the page, ``began``
    fires when a new record is begun, ``dropped`` when it was given up, and before ``given_up`` with what was typed into it.
    Half a record always saves; only text that cannot be read waits in its field. ``keep_aside`` takes as a draft what is refused.
    """

    saved = Signal(str)
    touched = Signal(bool)
    typed = Signal()
    dropped = Signal()
    given_up = Signal(object)
    began = Signal()
    asked = Signal(str)

    def __init__(
        self, register: Register, *, registers: "Registers", checking: "Checking | None", surroundings: Surroundings
    ) -> None:
        super().__init__()
        self._register = register
        self._registers = registers
        self._checking = checking
        self._around = surroundings
        self._record: Any = None
        self._start: Any = None
        self.is_new = self.is_dirty = self._holds_texts = self._owes = False
        self.keep_aside: Callable[[str], bool] = lambda _: False
        self._made: Made | None = None
        self._fields: RecordForm | None = None
        self.head = EditorHead(register.noun)
        self.unreadable = Unreadable()
        self.held = Held(register, registers, surroundings, self.head.end)
        self.problems = ProblemsPanel(surroundings.icons, surroundings.travel)
        self.ending = Ending(register, registers, surroundings)
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
    def is_stored(self) -> bool:
        """Whether the record that is open is in the register."""
        return self._registers.get(self._register.name, self.uid) is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether anything in the form is not in the book: changes, or texts that could not be saved."""
        return self.is_dirty or self._holds_texts

    @property
    def begun(self) -> "BegunRecord | None":
        """The record as it stands in the form, when anything in it is not in the book."""
        from xmdesk.services.drafts import BegunRecord

        holds = self._record is not None and self.is_unsaved
        return BegunRecord(self.form.record(), self.form.texts()) if holds else None

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
    def _whole(self) -> Made:
        made = self._made or self._make()
        self._pay()
        return made

    def _come(self) -> None:
        """Make the fields, put them in their place, and fill them: three steps, between which the window lives."""
        if self._made is None and self._fields is None:
            self._fields = new_form(self._register, self._registers, self._around)
            QTimer.singleShot(0, self, self._come)
            return
        if self._made is None:
            self._make()
        QTimer.singleShot(0, self, self._pay)

    def _pay(self) -> None:
        """Show the record that was only named so far."""
        if self._owes:
            self._owes = False
            self._fill(is_other=True)

    def _make(self) -> Made:
        form = self._fields or new_form(self._register, self._registers, self._around)
        self._made = made = made_around(form, self._register, self._registers, self._around, self)
        made.notes.may_write = lambda: stands(self, self._around.changes)
        form.edited.connect(self._edited)
        form.edited.connect(self.typed)
        self.problems.asked.connect(form.focus_field)
        self._inside.replaceWidget(self._room, form)
        form.show()  # at once: a layout does it only when events are looked at
        self._room.deleteLater()
        put_in_reading_order(self)
        return made

    def _build(self) -> None:
        self._panel = frame("panel")
        self._inside = inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self._room = QWidget()
        for one in (self.head, self.held, self.unreadable, self.ending, self._room, self.problems):
            inside.addWidget(one)
        inside.setStretchFactor(self._room, 1)
        self._hint = label("在左边选一条，这里显示它的内容", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._panel)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self._painted.timeout.connect(self._come)
        self._pause.timeout.connect(self._follow)
        self.head.save.clicked.connect(self.save)
        self.head.drop.clicked.connect(self._give_up)
        self.head.copy.clicked.connect(lambda: self.asked.emit("clone"))
        self.head.end.clicked.connect(lambda: self.asked.emit("end"))
        self.unreadable.given_up.connect(self._texts_given_up)
        self.unreadable.passed.connect(self.start)
        self.held.refused.passed.connect(self.start)
        self.held.refused.taken.connect(self._restore)
        self.held.turned.connect(self.check)
        self.ending.ended.connect(self.look_again)
        self.problems.explained.connect(self._explain)

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip above the form."""
        self._column.insertWidget(0, strip)

    def clear(self) -> None:
        """Show nothing."""
        self._record = None
        self.is_new = self.is_dirty = self._holds_texts = self._owes = False
        self.unreadable.hide()
        self.held.clear()
        if self._made is not None:
            self._made.show_words("")
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
        self._start = self._start if is_begun else record
        self.pins.offers = True
        self._say()
        self.form.focus_first()
        self.began.emit()

    def show_begun(self, begun: "BegunRecord", *, is_new: bool) -> None:
        """Open a record with changes that are not saved yet, and with texts that cannot be read."""
        self._show(begun.record)
        self.form.put_texts(begun.texts)
        self.is_new, self.is_dirty = is_new, True
        self._say()
        self.form.focus_first()
        for name in list(begun.texts)[:1]:
            self.form.focus_field(name)

    def start(self) -> None:
        """Put the cursor into the form."""
        if self._record is not None:
            self.form.focus_first()

    def look_again(self) -> None:
        """Show the record as it is stored now (after undo, or when another page changed it)."""
        if self._record is None or self.is_new:
            return
        stored: Any = self._registers.get(self._register.name, self.uid)
        if stored is None:
            self.clear()
        elif stored != self._record and self._holds_texts:
            changed = self.form.differing(stored)
            self._take(stored, [one for one in self.form.unreadable() if one not in changed])
            self.typed.emit()
        elif stored != self._record:
            self._show(stored)

    def save(self) -> None:
        """Save what can be read; the rest stays in its field, marked."""
        if self._record is None or not (self.is_unsaved or self.is_new):
            return
        record: Any = self.form.record()
        if stays_draft(self, record, self._start, self._around.changes):
            return
        self._around.work.now(lambda: self._registers.save(record), self._saved, refused=self.held.refuse)

    def leave(self, *, waits: bool = True) -> bool:
        """Save before going elsewhere, the rest as a draft; where it ``waits``, what cannot be read holds the person back."""
        if self._record is None or not self.is_unsaved:
            self.is_new = False
            return True
        if waits and self.unreadable.holds(self.form):
            return False
        self.put_down()
        if self.is_unsaved and self.keep_aside(unread_words(self.form) or self.held.why):
            self._show(self._registers.get(self._register.name, self.uid))
            self.touched.emit(self.is_unsaved)
        return not self.is_dirty

    def put_down(self) -> bool:
        """Save before the book is closed; texts that cannot be read are left to the draft and hold nobody back."""
        begun = self.begun
        is_all_text = begun is not None and bool(begun.texts) and self.is_new and begun.record == self._record
        if begun is None or is_all_text:
            return True
        self.save()
        return not self.is_dirty

    def _texts_given_up(self) -> None:
        """Save the rest; a new record of which nothing is left stays as empty as it was."""
        self._holds_texts = False
        self.is_dirty = not self.is_new or self.form.record() != self._record
        self._say()
        if self.is_dirty:
            self.save()

    def _restore(self) -> None:
        """Show again what is stored; a new record is given up."""
        if self.is_new:
            self._give_up()
        else:
            self._show(self._registers.get(self._register.name, self.uid))
            self.form.focus_first()

    def _give_up(self) -> None:
        """Give the new record up; what was typed can be had back."""
        begun = self.begun
        self.clear()
        self.touched.emit(False)
        if begun is not None:
            self.given_up.emit(begun)
        self.dropped.emit()

    def check(self) -> None:
        """Show the problems of the record as it stands in the form."""
        if self._record is None or self._checking is None:
            return
        checking = self._checking
        self._around.work.now(lambda: findings(checking, checking.of_record(self.form.record())), self._show_findings)

    def _show_findings(self, found: Any) -> None:
        self.form.set_findings(found)
        may_type = self.held.may_type  # where nothing can be filled in, a reason is what is left to be written
        none = nothing_found(self.form.record()) if may_type else ""
        self.problems.show_findings(found, self.form.unreadable(), none=none, lists_gaps=not may_type)

    def _explain(self, problems: Any, reason: str) -> None:
        if self._checking is not None and self.leave():
            write_reason(self._checking, self._around, problems, reason)
            self.check()

    def _show(self, record: Any) -> None:
        if record is None:
            self.clear()
            return
        is_other = self._record is None or self._record.uid != record.uid
        self._record, self._start = record, type(record)()
        self.is_new = self.is_dirty = self._holds_texts = False
        self.unreadable.hide()
        self.held.clear()
        self.ending.hide()
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
        changed = [] if is_other else self.form.differing(record)
        self.form.fill(record)
        self.held.follow(self.form, self.uid)
        self._whole.show_words(record.uid)
        if is_other:
            self.form.to_top()
        else:
            self.form.bring_up(changed)
        is_large = self._checking is not None and self._checking.is_large
        QTimer.singleShot(0, self, self.check) if is_large else self.check()  # felt: the form first

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

    def _take(self, record: Any, waiting: Collection[str]) -> None:
        """Show what is stored around the texts that wait in their fields."""
        self._record = record
        self.is_new, self.is_dirty, self._holds_texts = False, False, bool(waiting)
        self.form.fill(record, but=waiting)
        self.held.refused.hide()
        self.unreadable.look_again()
        self._say()
        self.check()

    def _saved(self, record: Any) -> None:
        self._take(record, self.form.unreadable())
        self.saved.emit(record.uid)
        title = self._registers.called(record) or f"未命名{self._register.noun}"
        self._around.changes.announce(saved_words(f"已保存：{title}", self.form))

    def _say(self) -> None:
        if self._record is None:
            return
        self.head.say(
            self._registers.called(self._record),
            is_new=self.is_new,
            is_unsaved=self.is_unsaved,
            has_ended=self.has_ended,
        )
        self.touched.emit(self.is_unsaved)
        # Nobody is told of gaps in a form that nobody has typed into yet.
        self.problems.want(is_wanted=self.is_dirty or not self.is_new)

    def ask_end(self) -> None:
        """Ask when and why the record ends; one that has ended is brought back."""
        if self.has_ended:
            self.ending.bring_back(self.uid)
        elif self.leave() and self._record is not None:
            self.ending.open(self.uid)
