"""The look of a group's head in a table: an arrow, what its records share and how many, sums below their columns."""

from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPolygonF
from PySide6.QtWidgets import QAbstractItemView

from ui.shared.sections import Head
from ui.shared.theme import Theme

FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
RIGHT = FLAGS | int(Qt.AlignmentFlag.AlignRight)


class HeadPainter:
    """Paints one cell of a head at a time; the words run on from cell to cell up to the first sum."""

    def __init__(self, view: QAbstractItemView) -> None:
        self._view: Any = view
        self.wear(Theme())

    def wear(self, theme: Theme) -> None:
        """Take the colours of the theme."""
        tokens = theme.tokens
        self._band, self._line, self._here = QColor(tokens.raised), QColor(tokens.line), QColor(tokens.accent)
        self._text, self._muted = QColor(tokens.text), QColor(tokens.muted)
        self._unit = theme.px(4)

    def paint(self, painter: QPainter, rect: QRect, index: Any, head: Head) -> None:
        """Paint a cell."""
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self._band)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        total = head.totals.get(index.model().columns[index.column()][0], "")
        first = self._view.columnViewportPosition(self._view.shown_columns()[0])
        is_first = index.column() == self._view.shown_columns()[0]
        if total and not is_first:
            painter.setPen(self._text)
            painter.drawText(rect.adjusted(0, 0, -3 * self._unit, 0), RIGHT, total)
        else:
            self._words(painter, QRect(first, rect.top(), self._room(head, first), rect.height()), index, head)
        if index.row() == self._view.currentIndex().row():
            self._mark(painter, rect, is_first=is_first)
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRect, *, is_first: bool) -> None:
        """Show that the cursor stands on this head."""
        for top in (rect.top(), rect.bottom() - 1):
            painter.fillRect(rect.left(), top, rect.width(), 2, self._here)
        if is_first:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), self._here)

    def _room(self, head: Head, first: int) -> int:
        """The width up to the first sum that is shown."""
        view = self._view
        columns = view.model().columns
        for one in view.shown_columns()[1:]:
            if head.totals.get(columns[one][0]):
                return view.columnViewportPosition(one) - first
        return view.viewport().width() - first

    def _words(self, painter: QPainter, rect: QRect, index: Any, head: Head) -> None:
        self._arrow(painter, rect, is_folded=index.model().is_folded(index.row()))
        inside = rect.adjusted(7 * self._unit, 0, -2 * self._unit, 0)
        metrics = painter.fontMetrics()
        count = f"  {head.count} 条"
        shown = {index.model().columns[one][0] for one in self._view.shown_columns()[1:]}
        more = [words for path, words in head.words.items() if path not in shown]
        beside = metrics.horizontalAdvance(count)
        words = metrics.elidedText(head.label, Qt.TextElideMode.ElideRight, max(0, inside.width() - beside))
        painter.setPen(self._text)
        painter.drawText(inside, FLAGS, words)
        painter.setPen(self._muted)
        painter.setFont(self._view.font())
        rest = inside.adjusted(metrics.horizontalAdvance(words), 0, 0, 0)
        told = "   ".join((count, *more))
        painter.drawText(rest, FLAGS, painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, rest.width()))

    def _arrow(self, painter: QPainter, rect: QRect, *, is_folded: bool) -> None:
        size, middle = self._unit, QPointF(rect.left() + 4 * self._unit, rect.center().y() + 0.5)
        if is_folded:
            points = [QPointF(-size * 0.5, -size), QPointF(size * 0.6, 0), QPointF(-size * 0.5, size)]
        else:
            points = [QPointF(-size, -size * 0.5), QPointF(0, size * 0.6), QPointF(size, -size * 0.5)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._muted)
        painter.drawPolygon(QPolygonF([middle + one for one in points]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
