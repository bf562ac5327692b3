"""The menu of the right mouse button on the table of a register: what can be done with the cells and with the record."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from ui.actions import ACTS, CELL_ACTS
from ui.registers.editor import Editor
from ui.shared.record_table import RegisterTable

if TYPE_CHECKING:
    from ui.shared.register_model import RegisterModel

OF_RECORD = {"clone": "照抄这一条", "note": "批注…", "history": "修改记录"}


class CellMenu(QObject):
    """``asked`` carries the name of an act of the page; what is done to cells is asked of the table itself."""

    asked = Signal(str)

    def __init__(self, table: RegisterTable, editor: Editor) -> None:
        super().__init__(table)
        self._table = table
        self._model: RegisterModel = table.model()  # type: ignore[assignment]  # the table was made with one
        self._editor = editor
        table.menu_wanted.connect(self.open)

    def open(self, place: QPoint) -> QMenu | None:
        """Drop down at a place on the screen; on the head of a group there is nothing to be done."""
        row = self._table.currentIndex().row()
        if not self._model.uid(row):
            return None
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer_cells(menu)
        if self._model.typable:  # the past is only looked at
            menu.addSeparator()
            self._offer_record(menu)
        menu.popup(place)
        return menu

    def _offer_cells(self, menu: QMenu) -> None:
        for act in CELL_ACTS.values() if self._model.typable else (CELL_ACTS["copy"],):
            menu.addAction(f"{act.text}\t{act.keys}", partial(self._table.asked.emit, act.id))

    def _offer_record(self, menu: QMenu) -> None:
        count = self._table.selected_count
        if count > 1:
            menu.addAction(f"批量修改 {count} 条\t{ACTS['bulk'].keys}", partial(self._ask, "bulk"))
            menu.addSeparator()
        for name, words in OF_RECORD.items():
            menu.addAction(f"{words}\t{ACTS[name].keys}", partial(self._ask, name))
        menu.addAction("重新启用" if self._editor.has_ended else "停用…", partial(self._ask, "end"))

    def _ask(self, name: str) -> None:
        """Ask for it with the cursor in the table, so that it is done to the cell that was meant."""
        self._table.setFocus()
        self.asked.emit(name)
