"""The totals: 合计 first, then a line for every group; on each how many of how many offices are in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from ui.shared.theme import Theme

DISPLAY, FONT, ALIGNMENT, FOREGROUND, ACCESSIBLE = 0, 6, 7, 9, 11
NOWHERE = QModelIndex()
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
NOBODY = "—"
HEADS = {
    "duty_funding": "管护年度\n经费(元)",
    "disaster_officers": "在岗灾害\n信息员(人)",
    "shelters": "可用\n避灾点(处)",
    "shelter_capacity": "避灾点\n容量(人)",
    "legal_helpers": "在册法律\n明白人(人)",
}
"""Where long heads are broken; the others break before their unit."""
FIRST = ("范围", "实报/应报")


class TotalsModel(QAbstractTableModel):
    """Shows groups of offices. A group from which nothing came shows a dash: not reported is not nought."""

    def __init__(self, counts: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__()
        self._names = [name for name, _ in counts]
        self.heads = [*FIRST, *(HEADS.get(name) or _broken(title) for name, title in counts)]
        self._theme = theme
        self.groups: Sequence[Any] = ()

    def replace(self, total: Any, groups: Sequence[Any]) -> None:
        """Show other totals."""
        self.beginResetModel()
        self.groups = (total, *groups)
        self.endResetModel()

    def rowCount(self, parent: Any = NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.groups)

    def columnCount(self, parent: Any = NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == DISPLAY:
            return self.heads[section]
        if role == ALIGNMENT:
            return LEFT if section == 0 else RIGHT
        return None

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Return text, weight, side or colour of a cell."""
        one, place = self.groups[index.row()], index.column()
        if role == DISPLAY:
            return self._text(one, place)
        if role == ACCESSIBLE:
            return f"{self.heads[place]} {self._text(one, place)}".replace("\n", "")
        if role == ALIGNMENT:
            return LEFT if place == 0 else RIGHT
        if role == FONT and index.row() == 0:
            return _heavy()
        if role == FOREGROUND:
            return self._colour(one, place)
        return None

    def _text(self, one: Any, place: int) -> str:
        if place == 0:
            return str(one.group)
        if place == 1:
            return f"{one.included}/{one.expected}"
        return grouped(one.counts, self._names[place - len(FIRST)]) if one.included else NOBODY

    def _colour(self, one: Any, place: int) -> QColor | None:
        tokens = self._theme.tokens
        if place == 1:
            return QColor(tokens.good if one.included == one.expected else tokens.missing)
        return None if one.included or not place else QColor(tokens.muted)


class TotalsTable(QTableView):
    """A line a group, numbers on the right."""

    def __init__(self, counts: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__()
        self.lines = TotalsModel(counts, theme)
        self._theme = theme
        self.setModel(self.lines)
        self.setAccessibleName("汇总")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)

    def show_totals(self, total: Any, groups: Sequence[Any]) -> None:
        """Show these."""
        self.lines.replace(total, groups)
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names get what the numbers leave, but never less than a township's name needs."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        numbers = range(1, self.lines.columnCount())
        for place in numbers:
            self.setColumnWidth(place, self._need(place))
        # The header has a least width of its own, so what is left is known only now.
        left = self.viewport().width() - sum(self.columnWidth(place) for place in numbers)
        self.setColumnWidth(0, max(left, self._theme.px(112)))

    def _need(self, place: int) -> int:
        """Room for the head's longest line and the widest number, which stands in the first line."""
        small, heavy = QFontMetrics(_sized(self._theme.px(13))), QFontMetrics(_sized(self._theme.px(15)))
        need = max(small.horizontalAdvance(line) for line in self.lines.heads[place].split("\n"))
        if self.lines.groups:
            need = max(need, heavy.horizontalAdvance(str(self.lines.index(0, place).data())))
        return need + self._theme.px(24)


def grouped(counts: Mapping[str, Any], name: str) -> str:
    """Return a number with thousands apart; amounts come as text so that nothing is lost in binary."""
    whole, dot, rest = str(counts[name]).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _broken(title: str) -> str:
    """Break a head before its unit, so that columns stay narrow."""
    name, bracket, unit = title.partition("(")
    return f"{name}\n{bracket}{unit}" if bracket else title


def _heavy() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _sized(pixels: int) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold)
    return font
