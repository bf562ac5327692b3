"""How the cursor goes over a table as in a sheet: a selection grows from the cell that stays, Enter and Tab know their way."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt

from ui.shared.selecting import ranges_of

if TYPE_CHECKING:
    from ui.shared.record_table import RegisterTable

FLAGS = QItemSelectionModel.SelectionFlag
KEY = Qt.Key
UP_DOWN = {KEY.Key_Up: -1, KEY.Key_Down: 1}
LEFT_RIGHT = {KEY.Key_Left: -1, KEY.Key_Right: 1}
LINE_ENDS = {KEY.Key_Home: 0, KEY.Key_End: -1}
PAGES = {KEY.Key_PageUp: -1, KEY.Key_PageDown: 1}
GOING = {*UP_DOWN, *LEFT_RIGHT, *LINE_ENDS, *PAGES}

Spot = tuple[int, int]
"""Row and column, the column by its number in the model."""


class Cursor:
    """Walks over the shown columns of a table; Ctrl with a page key is the window's."""

    def __init__(self, table: "RegisterTable") -> None:
        self._table = table
        self._run: tuple[int, Spot] | None = None
        self._left: Spot | None = None

    def remember(self) -> None:
        """The rows are about to be read anew: where the cursor was is known if its row is then gone."""
        here = self._table.currentIndex()
        if here.isValid():
            self._left = here.row(), here.column()

    @property
    def column(self) -> int:
        """The column in which the cursor stands, or stood before its row was gone."""
        here = self._table.currentIndex()
        return here.column() if here.isValid() or self._left is None else self._left[1]

    def is_seen(self, high: int) -> bool:
        """Whether the whole row of the cursor is in view where the table has this height."""
        row = self._table.visualRect(self._table.currentIndex())
        return row.isValid() and row.top() >= 0 and row.bottom() < high

    def press(self, event: Any) -> bool:
        """Ctrl goes to the end, Shift selects up to there, Shift+Space the row, Ctrl+Space the column; tells whether it was one."""
        key, here = event.key(), self._table.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        other = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        if key in UP_DOWN and not (other or control or shift) and not here.isValid():
            return self._come_back(UP_DOWN[key])
        if other or not (control or shift) or here.column() not in self._table.shown_columns():
            return False
        if key == KEY.Key_Space and control != shift:
            self._whole(here, is_row=shift)
        elif key not in GOING or (control and key in PAGES):
            return False
        elif shift:
            self.reach(self._index(self._target(self._far(), key, is_far=control)))
        else:
            self.go(self._index(self._target((here.row(), here.column()), key, is_far=True)))
        return True

    def go(self, there: QModelIndex) -> None:
        """Go to a cell and select it alone."""
        self._table.selectionModel().setCurrentIndex(there, FLAGS.ClearAndSelect)

    def reach(self, there: QModelIndex) -> None:
        """Select from the cell of the cursor, which stays, to another."""
        here = self._table.currentIndex()
        rows, columns = sorted((here.row(), there.row())), sorted((here.column(), there.column()))
        block = QItemSelection(self._index((rows[0], columns[0])), self._index((rows[1], columns[1])))
        self._table.selectionModel().select(block, FLAGS.ClearAndSelect)
        self._table.scrollTo(there)

    def step(self, rows: int, columns: int) -> None:
        """Enter or Tab: inside a selected block round and round, else on; Enter returns to where a run of Tabs began."""
        here = self._table.currentIndex()
        spot, shown = (here.row(), here.column()), self._table.shown_columns()
        if not here.isValid():
            self._come_back(rows)
        if not here.isValid() or spot[1] not in shown or not (rows or columns):
            return
        inside = self._inside(spot, shown, rows, columns)
        if inside is not None:
            self._table.selectionModel().setCurrentIndex(self._index(inside), FLAGS.NoUpdate)
            return
        began = self._run[0] if self._run is not None and self._run[1] == spot else spot[1]
        self._run = None
        place = shown.index(began if rows > 0 and not columns else spot[1]) + columns
        there = (spot[0] + rows + place // len(shown), shown[place % len(shown)])
        if not 0 <= there[0] < self._table.model().rowCount():
            return
        self.go(self._index(there))
        if columns:
            is_on = there[0] == spot[0] and shown.index(began) <= shown.index(there[1])
            self._run = (began if is_on else there[1], there)

    def _come_back(self, rows: int) -> bool:
        """The row of the cursor is gone: down goes the one that took its place, up to the one above; tells whether it was known."""
        if self._left is None or not rows or not self._table.model().rowCount():
            return False
        row = min(max(self._left[0] + min(rows, 0), 0), self._table.model().rowCount() - 1)
        shown = self._table.shown_columns()
        self.go(self._index((row, self._left[1] if self._left[1] in shown else shown[0])))
        return True

    @property
    def has_block(self) -> bool:
        """Whether several cells are selected, so that Enter and Tab go round in them."""
        here = self._table.currentIndex()
        spot, shown = (here.row(), here.column()), self._table.shown_columns()
        return here.isValid() and spot[1] in shown and self._inside(spot, shown, 0, 1) is not None

    def _inside(self, spot: Spot, shown: list[int], rows: int, columns: int) -> Spot | None:
        """The next cell of the selected block; None where no block is selected, more than one, or the whole table."""
        chosen = ranges_of(self._table)
        if len(chosen) != 1 or not chosen[0].contains(self._index(spot)):
            return None
        block, model = chosen[0], self._table.model()
        wide = [one for one in shown if block.left() <= one <= block.right()]
        if wide == shown and block.height() == model.rowCount():
            return None  # all of the table is no block: Tab leads on to what is done with it
        high = block.bottom() - block.top() + 1
        if high * len(wide) <= 1:
            return None
        row, place = spot[0] - block.top(), wide.index(spot[1])
        for _ in range(high * len(wide)):
            at = row * len(wide) + place + columns if columns else place * high + row + rows
            at %= high * len(wide)
            row, place = divmod(at, len(wide)) if columns else divmod(at, high)[::-1]
            if model.uid(block.top() + row):  # type: ignore[attr-defined]  # a RegisterModel; heads of groups are no cells
                return block.top() + row, wide[place]
        return None

    def _target(self, spot: Spot, key: Any, *, is_far: bool) -> Spot:
        """Where a key leads from a cell."""
        row, column = spot
        shown, last = self._table.shown_columns(), self._table.model().rowCount() - 1
        place = shown.index(column)
        if key in UP_DOWN:
            row = (0 if UP_DOWN[key] < 0 else last) if is_far else row + UP_DOWN[key]
        elif key in PAGES:
            high = self._table.verticalHeader().defaultSectionSize()
            row += PAGES[key] * max(1, self._table.viewport().height() // high - 1)
        elif key in LEFT_RIGHT:
            place = (0 if LEFT_RIGHT[key] < 0 else len(shown) - 1) if is_far else place + LEFT_RIGHT[key]
        else:
            place = 0 if key == KEY.Key_Home else len(shown) - 1
            row = row if not is_far else 0 if key == KEY.Key_Home else last
        return min(max(row, 0), last), shown[min(max(place, 0), len(shown) - 1)]

    def _far(self) -> Spot:
        """The corner of the selection across from the cursor."""
        here, chosen = self._table.currentIndex(), ranges_of(self._table)
        if len(chosen) != 1 or not chosen[0].contains(here):
            return here.row(), here.column()
        block, shown = chosen[0], self._table.shown_columns()
        wide = [one for one in shown if block.left() <= one <= block.right()]
        return (
            block.bottom() if here.row() == block.top() else block.top(),
            wide[-1] if here.column() == wide[0] else wide[0],
        )

    def _whole(self, here: QModelIndex, *, is_row: bool) -> None:
        """Select the rows or the columns in which cells are selected."""
        shown, last = self._table.shown_columns(), self._table.model().rowCount() - 1
        far = self._far()
        rows = sorted((here.row(), far[0])) if is_row else [0, last]
        columns = [shown[0], shown[-1]] if is_row else sorted((here.column(), far[1]))
        block = QItemSelection(self._index((rows[0], columns[0])), self._index((rows[1], columns[1])))
        self._table.selectionModel().select(block, FLAGS.ClearAndSelect)

    def _index(self, spot: Spot) -> QModelIndex:
        return self._table.model().index(*spot)
