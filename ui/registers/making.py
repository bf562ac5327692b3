"""What is made when the first record is shown: the form, the pins beside its fields, notes, the district's words."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from ui.registers.phones import PhoneBeside
from ui.registers.pins import Pins
from ui.shared.changes import Changes
from ui.shared.layout import layout_of
from ui.shared.note_marks import NoteMarks
from ui.shared.record_form import RecordForm
from ui.shared.referenced import RegisterReferences
from ui.shared.returned import ReturnedPoints
from ui.shared.surroundings import Surroundings
from ui.shared.unreadable import holds_nothing, unread_words
from xmdesk.records.base import Record
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from ui.registers.editor import Editor
    from xmdesk.services.registers import Registers


class Made(NamedTuple):
    """A form with what stands beside its fields."""

    form: RecordForm
    pins: Pins
    notes: NoteMarks
    points: ReturnedPoints

    def show_words(self, uid: str) -> None:
        """Show what the office noted and what the district said about a record, or nothing."""
        self.notes.show_notes(uid)
        self.points.show_points(uid)


def new_form(register: Register, registers: "Registers", around: Surroundings) -> RecordForm:
    """Return the form of a register, which takes the longest."""
    referenced = RegisterReferences(registers, around.changes, around=around)
    return RecordForm(register.record, layout_of(register.name), referenced, around.icons)


def made_around(
    form: RecordForm, register: Register, registers: "Registers", around: Surroundings, parent: QObject
) -> Made:
    """Return the form with pins, marks and the words of the district."""
    from xmdesk.services.field_notes import FieldNotes

    notes = NoteMarks(form.fields, register.name, FieldNotes(registers.store), around, parent=parent)
    PhoneBeside(form, register.name, registers, parent)
    points = ReturnedPoints(form, register.name, registers.store, around, parent=parent)
    return Made(form, Pins(form.fields, parent), notes, points)


def stands(editor: "Editor", changes: Changes) -> bool:
    """Save what was typed, so that a note has a record to stand on; an empty new form has none yet."""
    if editor.is_dirty:
        editor.save()
    elif editor.is_new:
        changes.announce("先填一项内容，再写批注")
    return not (editor.is_dirty or editor.is_new)


def stays_draft(editor: "Editor", record: Record, start: Record, changes: Changes) -> bool:
    """Nothing of what was typed into a new form can be read: no record is made of it. Tells whether that is so."""
    if not editor.is_new or not holds_nothing(editor.form, record, start):
        return False
    editor.typed.emit()
    editor.unreadable.holds(editor.form)
    changes.announce(f"没有保存，留作草稿：{unread_words(editor.form)}")
    return True
