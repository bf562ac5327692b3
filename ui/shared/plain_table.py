"""A small read-only table for results: texts, a tone and an icon for the first column, some hundreds of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.shared.icons import Icons
from ui.shared.nothing import Nothing
from ui.shared.theme import HEAD_AIR, head_font
from ui.shared.widths import shared_out

DISPLAY, DECORATION, TIP, FOREGROUND = 0, 1, 3, 9
NOWHERE = QModelIndex()
LOOKED_AT, MOST_MARKED, ICON_WIDE, ICON_AIR, CELL_AIR = 200, 150, 16, 24, 12


@dataclass(frozen=True)
class Line:
    """One row; ``key`` is what the page knows it by."""

    key: str
    cells: tuple[str, ...]
    tone: str = ""
    icon: str = ""
    tip: str = ""


class LinesModel(QAbstractTableModel):
    """Shows lines."""

    def __init__(self, heads: Sequence[str], icons: Icons) -> None:
        super().__init__()
        self._heads = heads
        self._icons = icons
        self.lines: Sequence[Line] = ()

    def replace(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def change(self, line: Line) -> None:
        """Show this line in place of the one with its key; no line but this one is touched."""
        for row in [row for row, one in enumerate(self.lines) if one.key == line.key]:
            self.lines = [*self.lines[:row], line, *self.lines[row + 1 :]]
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._heads) - 1))

    def retitle(self, heads: Sequence[str]) -> None:
        """Show other columns, and no line yet."""
        self.beginResetModel()
        self._heads, self.lines = heads, ()
        self.endResetModel()

    def rowCount(self, parent: Any = NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Any = NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == DISPLAY:
            return self._heads[section]
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) if role == 7 else None

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Return text, icon, tip or colour of a cell."""
        line = self.lines[index.row()]
        if role == DISPLAY:
            return line.cells[index.column()]
        if role == TIP:
            cell = line.cells[index.column()]
            return line.tip if cell in line.tip else "\n".join(one for one in (cell, line.tip) if one)
        if index.column() == 0 and line.tone:
            if role == DECORATION and line.icon:
                return self._icons.get(line.icon, line.tone)
            if role == FOREGROUND:
                return QColor(getattr(self._icons.theme.tokens, line.tone))
        return None


class PlainTable(QTableView):
    """``chosen`` carries the key of the line the person went to. ``room`` is what a line has above and below its text;
    ``nothing`` stands in the middle while there is no line; ``has_heads`` is off where the columns speak for themselves; the
    last column gives way where the table is narrower than ``spares_below`` (at 100 % text size).
    """

    chosen = Signal(str)

    def __init__(
        self,
        heads: Sequence[str],
        weights: Sequence[int],
        icons: Icons,
        *,
        name: str,
        room: int = 18,
        nothing: str = "",
        has_heads: bool = True,
        spares_below: int = 0,
    ) -> None:
        super().__init__()
        self._room, self._spares_below = room, spares_below
        self.lines = LinesModel(heads, icons)
        self._heads, self._weights, self._icons = heads, weights, icons
        self._widest = [0] * len(heads)
        self.setModel(self.lines)
        self.nothing = Nothing(self, nothing)
        self.setIconSize(QSize(icons.theme.px(ICON_WIDE), icons.theme.px(ICON_WIDE)))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setVisible(has_heads)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def show_heads(self, heads: Sequence[str], weights: Sequence[int]) -> None:
        """Show other columns; lines that fit them have to follow."""
        if list(heads) != list(self._heads):
            self._heads, self._weights, self._widest = heads, weights, [0] * len(heads)
            self.lines.retitle(heads)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self.lines.replace(lines)
        self._widest = self._measured()
        self._fit()

    @property
    def line_high(self) -> int:
        """How high one line is."""
        return self.fontMetrics().height() + self._room

    def show_again(self, lines: Sequence[Line]) -> None:
        """Show these in place of others; the line in front stays in front if it is still among them."""
        here = self.in_front.key if self.in_front is not None else ""
        self.show_lines(lines)
        again = next((place for place, one in enumerate(lines) if here and one.key == here), -1)
        if again >= 0:
            self.selectRow(again)

    @property
    def in_front(self) -> Line | None:
        """The line the person went to; none before, and none after it was replaced."""
        row = self.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def go_nowhere(self) -> None:
        """Let no line be in front."""
        self.setCurrentIndex(NOWHERE)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.lines.lines[current.row()].key)

    def resizeEvent(self, event: Any) -> None:
        """Share the new width; the line in front stays in view where the height shrinks."""
        super().resizeEvent(event)
        self._fit()
        if event.size().height() < event.oldSize().height() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        """Every column gets room for its head, then for what it shows; what is left is shared by weight."""
        self.verticalHeader().setDefaultSectionSize(self.line_high)
        width = self.viewport().width()
        last = len(self._heads) - 1
        self.setColumnHidden(last, self.width() < self._icons.theme.px(self._spares_below))
        shown = len(self._heads) - self.isColumnHidden(last)
        least, wishes = self._wishes()
        shares = shared_out(width, self._weights[:shown], least[:shown], wishes[:shown])
        shares[-1] += max(0, width - sum(shares))
        policies = Qt.ScrollBarPolicy
        is_wide = bool(self.lines.lines) and sum(shares) > width
        self.setHorizontalScrollBarPolicy(policies.ScrollBarAsNeeded if is_wide else policies.ScrollBarAlwaysOff)
        for place, wide in enumerate(shares):
            self.setColumnWidth(place, wide)
        self.updateGeometries()  # at once: a bar that is no longer needed would flash and cover a line

    def _wishes(self) -> tuple[list[int], list[int]]:
        """What each column needs at least and would like: state and number in the first say nothing when they are cut."""
        theme = self._icons.theme
        metrics = QFontMetrics(head_font(theme))
        heads = [0] * len(self._heads)
        if not self.horizontalHeader().isHidden():
            heads = [metrics.horizontalAdvance(one) + theme.px(HEAD_AIR) for one in self._heads]
        least = [max(heads[0], min(self._widest[0], theme.px(MOST_MARKED))), *heads[1:]]
        return least, [max(one, self._widest[place]) for place, one in enumerate(least)]

    def _measured(self) -> list[int]:
        """What the texts of each column need, in the first beside the icons."""
        metrics, theme, looked_at = self.fontMetrics(), self._icons.theme, self.lines.lines[:LOOKED_AT]
        texts = [[one.cells[place] for one in looked_at] for place in range(len(self._heads))]
        widest = [max(map(metrics.horizontalAdvance, some), default=0) + theme.px(2 * CELL_AIR) for some in texts]
        has_icons = any(one.icon for one in looked_at)
        return [widest[0] + theme.px(ICON_AIR if has_icons else 0), *widest[1:]]
