"""Through what one looks at a register: a filter, groups, or only at what has ended. Said above the table, kept in the book."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.registers.columns import Columns
from ui.registers.rows import RegisterRows
from ui.registers.standing import Standing
from ui.shared.register_model import RegisterModel


class Lens(QObject):
    """``turned`` fires when the table has to be read anew; ``may_turn`` lets what is open be saved first."""

    turned = Signal()

    def __init__(self, rows: RegisterRows, model: RegisterModel, columns: Columns, standing: Standing) -> None:
        super().__init__(model)
        self.may_turn: Callable[[], bool] = lambda: True
        self._rows = rows
        self._model = model
        self._columns = columns
        self._standing = standing
        standing.unfiltered.connect(lambda: self.look_through(None))
        standing.ungrouped.connect(lambda: self.group_by(""))
        columns.grouped.connect(self.group_by)
        model.group(columns.group)
        rows.recall()
        self._say()

    @property
    def is_filtering(self) -> bool:
        """Whether a filter is in force."""
        return self._rows.wanted is not None

    def look_through(self, wanted: Any) -> None:
        """Show what answers a filter, or everything that has not ended."""
        if self.may_turn():
            self._rows.wanted = wanted
            self._say()
            self.turned.emit()

    def look_at_ended(self) -> None:
        """Show what has ended, and nothing else."""
        self.look_through(self._rows.ended)

    def bring(self, uid: str, *, has_ended: bool) -> None:
        """Look so that a record is among what is shown; one that has ended stands apart."""
        if self._model.row_of(uid) >= 0:
            return
        if has_ended:
            self.look_at_ended()
        elif self.is_filtering:
            self.look_through(None)

    def group_by(self, path: str) -> None:
        """Put the records in groups by a column, or in none; remembered."""
        self._columns.keep_group(path)
        self._model.group(path)
        self._say()
        self.turned.emit()

    def _say(self) -> None:
        grouped = self._columns.offered()[self._model.group_by].label if self._model.group_by else ""
        self._standing.say(self._rows.words, grouped)
