"""What keys do where the cursor stands: in a cell of the table, in the form, or in the form for many."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QApplication

from ui.registers.looking_back import LookingBack
from ui.registers.sides import Sides
from ui.shared.fields.photos import PhotosField
from ui.shared.record_table import RegisterTable

if TYPE_CHECKING:
    from xmdesk.services.entering import Entering


class Handling:
    """Checks, edits, notes and explains; the page decides when these are asked for.

    ``leave`` saves what is open and tells whether the person may go, ``show`` goes to a record.
    """

    def __init__(
        self,
        table: RegisterTable,
        *,
        sides: Sides,
        back: LookingBack,
        leave: Callable[[], bool],
        show: Callable[[str], None],
    ) -> None:
        self._table = table
        self._leave = leave
        self._show = show
        self._sides = sides
        self._back = back
        self._editor = sides.editor
        table.typed.connect(back.hear_typing)

    def check(self) -> None:
        """Check the form; what was typed is saved first, so that all problems are those of the book."""
        if self._editor.is_dirty:
            self._sides.save()
        self._editor.check()

    def may_write(self) -> bool:
        """Save what can be read in the form before cells are written; what cannot waits in its field, and so do ticks for many.

        Tells whether all else is saved.
        """
        editor = self._editor
        if not self._back.may_write():
            return False
        if not self._sides.has_ticks:
            self._sides.leave()
        if not editor.is_unsaved or not editor.form.unreadable():
            return editor.leave()
        if not editor.is_new:
            editor.save()
        return editor.is_new or not editor.is_dirty

    def edit(self) -> None:
        """F2 edits the cell where the cursor stands; elsewhere, or where a cell cannot be typed, the form. A head is no cell."""
        here = QApplication.focusWidget()
        if here is not None and self._editor.isAncestorOf(here):
            # who is in the form already is not sent elsewhere in it
            if isinstance(here, QAbstractItemView):
                here.edit(here.currentIndex())
            return
        if self._table.hasFocus() and self._table.is_on_head:
            return
        if self._back.may_write() and not (self._table.hasFocus() and self._table.edit_here()):
            self._sides.start()

    def open_form(self) -> None:
        """Put the cursor into the form; the past has none."""
        if self._back.may_write():
            self._sides.start()

    def note(self) -> None:
        """Write a note on the field of the cell where the cursor stands, or of the form."""
        self._editor.notes.open_here(self._table.field_here)

    def explain(self) -> None:
        """Say beside the table what belongs into the cell where the cursor stands."""
        if not self._back.is_on:
            self._editor.form.explain(self._table.field_here)

    def open_history(self) -> None:
        """Show what happened to the record that is open; of one seen in the past, after going to it in the present."""
        then = self._back.uid
        if then:
            self._show(then)
        uid = then or self._editor.uid
        if uid and self._leave():
            self._sides.open_history(uid)

    def open_bulk(self, entering: "Entering") -> None:
        """Show the form for all selected records, with the cursor in the field of the cell where it stands."""
        uids, field = self._table.selected_uids(), self._table.field_here
        if len(uids) > 1 and self._leave():
            self._sides.open_bulk(uids, entering, field=field)

    @property
    def photo_home(self) -> str:
        """The record in front and its field for photos; nothing where it has none, or may only be looked at."""
        field = self._photos()
        if field is None:
            return ""
        instead = "，换下现在的那一张" if field.gives_way else ""
        return f"“{self._editor.head.words}”的“{field.spec.label}”{instead}"

    def take_photos(self, paths: list[Path]) -> None:
        """Put pictures into the record in front."""
        field = self._photos()
        if field is not None:
            self._editor.form.focus_field(field.spec.name)
            field.take(paths)

    def _photos(self) -> PhotosField | None:
        editor = self._editor
        may = bool(editor.uid) and not self._back.is_on and editor.held.may_type
        fields = editor.form.fields.values() if may else ()
        return next((one for one in fields if isinstance(one, PhotosField)), None)
