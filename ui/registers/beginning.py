"""Beginning a new record: empty but for what is pinned, or as a copy of the one that is open."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker

from ui.registers.editor import Editor
from ui.shared.record_table import RegisterTable
from ui.shared.surroundings import Surroundings

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers


class Beginning:
    """Stands between table and form; ``leave`` saves what is open and tells whether one may go."""

    def __init__(
        self,
        table: RegisterTable,
        editor: Editor,
        *,
        leave: Callable[[], bool],
        around: Surroundings,
    ) -> None:
        self._table = table
        self._editor = editor
        self._leave = leave
        self._around = around

    def new(self, registers: "Registers", name: str) -> None:
        """Open an empty form, but for what is pinned."""
        kept = self._editor.pins.kept()
        if not self._leave():
            return
        give = self._editor.pins.give
        self._around.work.now(lambda: give(registers.new(name), kept), self._open)

    def copy(self, registers: "Registers") -> None:
        """Open a copy of the record that is open; of a new one with nothing in it there is nothing to copy."""
        if self._editor.is_new and not self._editor.is_unsaved:
            self._editor.start()
        elif self._editor.record is not None and self._leave() and (record := self._editor.record) is not None:
            self._around.work.now(lambda: registers.copied(record), partial(self._open, is_begun=True))

    def follow(self) -> None:
        """Let the cursor of the table stand where the record in the form stands; a new one stands nowhere."""
        with QSignalBlocker(self._table.selectionModel()):
            if self._editor.is_new:
                self._table.clearSelection()
                self._table.setCurrentIndex(self._table.model().index(-1, -1))
            else:
                self._table.choose(self._editor.uid)
        self._table.viewport().update()

    def _open(self, record: Any, *, is_begun: bool = False) -> None:
        self._editor.show_new(record, is_begun=is_begun)
        self.follow()
