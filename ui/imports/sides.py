"""Two sides field by field, what stands there and what the sheet says: which of them is taken."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from ui.shared.icons import Icons
from ui.shared.plain_table import DECORATION, DISPLAY, FOREGROUND, TIP, Line, LinesModel, PlainTable
from xmdesk.services.pairing import Side

FONT, OLD, NEW = 6, 1, 2


class SideModel(LinesModel):
    """The side that is taken is bold and ticked; fields that agree step back."""

    def __init__(self, icons: Icons) -> None:
        super().__init__(("项目", "原来的", "表里的"), icons)
        self.sides: Sequence[Side] = ()
        self.takes = True

    def data(self, index: QModelIndex, role: int = DISPLAY) -> Any:
        """Mark what is taken."""
        side, column = self.sides[index.row()], index.column()
        is_taken = side.differs and self.takes and column == (OLD if side.is_kept else NEW)
        if role == FONT and is_taken:
            font = QFont()
            font.setBold(True)
            return font
        if role == DECORATION:
            return self._icons.get("good", "good") if is_taken else None
        if role == FOREGROUND:
            tokens = self._icons.theme.tokens
            return QColor(tokens.text if is_taken or (side.differs and column == 0) else tokens.muted)
        return super().data(index, role) if role in (DISPLAY, TIP) else None


class SideTable(PlainTable):
    """``switched`` carries the field whose other side is wanted, ``left`` tells that Escape was pressed."""

    switched = Signal(str)
    left = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__(("项目", "原来的", "表里的"), (3, 4, 4), icons, name="两边逐项对照")
        self.model_ = SideModel(icons)
        self.lines = self.model_
        self.setModel(self.model_)
        self.clicked.connect(self._click)

    def show_sides(self, found: Sequence[Side], *, takes: bool) -> None:
        """Show a pair; the cursor stays in its row."""
        row = self.currentIndex().row()
        self.model_.sides, self.model_.takes = found, takes
        self.show_lines([Line(one.name, (one.label, one.old or "（空）", one.new or "（空）")) for one in found])
        if 0 <= row < len(found) and self.hasFocus():
            self.selectRow(row)

    def start(self) -> None:
        """Go to the first field that differs."""
        if self.model_.sides:
            self.setFocus()
            self.selectRow(0)

    def _click(self, index: QModelIndex) -> None:
        if index.column() in (OLD, NEW):
            self._take(index.row(), is_old=index.column() == OLD)

    def _take(self, row: int, *, is_old: bool) -> None:
        side = self.model_.sides[row]
        if side.differs and self.model_.takes and side.is_kept is not is_old:
            self.switched.emit(side.name)

    def keyPressEvent(self, event: Any) -> None:
        """Left and right choose a side, Space the other one, Escape goes back to the rows."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif row >= 0 and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._take(row, is_old=event.key() == Qt.Key.Key_Left)
        elif row >= 0 and event.key() == Qt.Key.Key_Space:
            self._take(row, is_old=not self.model_.sides[row].is_kept)
        else:
            super().keyPressEvent(event)
