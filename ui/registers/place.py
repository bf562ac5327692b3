"""Keeps the cursor of the table and the form at the same record, whatever is saved, sought or filtered."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QSignalBlocker, QTimer
from PySide6.QtWidgets import QApplication

from ui.registers.editor import Editor
from ui.registers.looking_back import LookingBack
from ui.registers.outside import Outside
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import RegisterModel


class Place(QObject):
    """A record in the form that the table does not show stays there until the person goes elsewhere: ``outside`` says so, and
    the cursor of the table stands nowhere. ``leave`` saves what is open and tells whether the person may go.
    """

    def __init__(
        self,
        table: RegisterTable,
        editor: Editor,
        back: LookingBack,
        *,
        leave: Callable[[], bool],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._model: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
        self._editor = editor
        self._back = back
        self._leave = leave
        self._just_saved = self._stood = ""
        self.outside = Outside()
        table.chosen.connect(self._chosen)
        editor.began.connect(self.outside.hide)
        editor.ending.ended.connect(self._ended)

    def _ended(self) -> None:
        """A record has ended or is back: the button that was pressed now says the opposite, so the cursor goes to the table."""
        if self._table.isVisible():
            self._table.setFocus()

    def stand_at(self, uid: str) -> None:
        """Put the cursor of the table where a record stands; nowhere, where that is not shown."""
        is_shown = bool(uid) and self._model.row_of(uid) >= 0
        self._stood = uid if is_shown else self._stood
        with QSignalBlocker(self._table.selectionModel()):
            if is_shown:
                self._table.choose(uid)
            else:
                self._table.clearSelection()
                self._table.setCurrentIndex(QModelIndex())
        self._table.viewport().update()
        self.look_again()

    def look_again(self) -> None:
        """Say whether the record in the form is among the rows; what has ended is not expected there."""
        editor = self._editor
        is_shown = bool(editor.uid) and self._model.row_of(editor.uid) >= 0
        is_out = bool(editor.uid) and not (is_shown or self._back.is_on or editor.is_new or editor.has_ended)
        self.outside.setVisible(is_out)

    def settle(self, *, is_asked: bool = False) -> None:
        """The rows were read anew: stand at the record of the form; where that is gone, at the one stood at before. Where
        other rows were asked for, one that is not among them gives way to the first.
        """
        uid = self._back.uid or self._editor.uid
        if uid and self._model.row_of(uid) >= 0:
            self.stand_at(uid)
            if uid == self._just_saved:
                QTimer.singleShot(0, self, self._bring_saved)  # when the table has settled on its new rows
        elif self._stays(uid, is_asked=is_asked):
            self.stand_at(uid)
        else:
            here = QApplication.focusWidget()
            was_typing = here is not None and self._editor.isAncestorOf(here)
            self._go("" if is_asked else self._stood)
            if was_typing:  # what is typed next must not go into another record
                self._table.setFocus()

    def _stays(self, uid: str, *, is_asked: bool) -> bool:
        if not uid or self._back.is_on:
            return False
        return self._editor.is_new or self._editor.is_unsaved or (not is_asked and self._editor.is_stored)

    def go_first(self) -> None:
        """Go to the first record; where there is none, the form shows nothing."""
        self._go("")

    def _go(self, uid: str) -> None:
        """Go to a record, or to the first where it is not shown."""
        row = self._model.row_of(uid) if uid else -1
        row = row if row >= 0 else self._model.first_record()
        if row >= 0:
            self._table.setCurrentIndex(self._model.index(row, self._table.shown_columns()[0]))
            if not self._editor.uid:  # the cursor stood there already, as after looking back at the past
                self._chosen(self._model.uid(row))
        elif not self._back.is_on:
            self._editor.clear()
            self.stand_at("")

    def follow_search(self, *, is_searching: bool) -> None:
        """Go to the first that was found when the typing rests; what is not saved keeps the form, and so does the record
        that is shown again when the search is over.
        """
        uid, editor = self._editor.uid, self._editor
        is_back = not is_searching and self._model.row_of(uid) >= 0
        if editor.is_new or editor.is_unsaved or is_back:
            self.stand_at(uid)
        else:
            self.go_first()

    def saved(self, uid: str) -> None:
        """This record is to be brought into view when the rows have been read anew."""
        self._just_saved = uid

    def _bring_saved(self) -> None:
        self._just_saved = ""
        self._table.scrollTo(self._table.currentIndex())

    def _chosen(self, uid: str) -> None:
        """Follow the person to a row; saving what was open may have read the rows anew, with the cursor at the former one."""
        self._back.show(uid)
        if self._back.is_on or (uid == self._editor.uid and not self._editor.is_new):
            return
        if self._leave():
            self._editor.show_uid(uid)
        self.stand_at(self._editor.uid)
