"""A month on one small card: days with how much is due; arrow keys walk, Enter settles on a day."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shared.due import said_day
from ui.shared.icons import Icons

WEEKDAYS = "一二三四五六日"
STEPS = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(days=-7),
    Qt.Key.Key_Down: timedelta(days=7),
}


@dataclass(frozen=True)
class DayMark:
    """How much is due on a day, and whether any of it is overdue."""

    count: int
    overdue: bool = False


class Month(QWidget):
    """``chosen`` fires when another day is chosen, ``turned`` when that day lies in another month, ``settled`` on Enter and
    double clicks. ``marks_due``: whether days carry marks of what is due.
    """

    chosen = Signal(object)
    settled = Signal(object)
    turned = Signal(int, int)

    def __init__(self, icons: Icons, today: date, *, marks_due: bool = True) -> None:
        super().__init__()
        self._icons = icons
        self._marks_due = marks_due
        self.today = self.day = today
        self._marks: Mapping[date, DayMark] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        icons.changed.connect(self._dress)
        self._dress()
        self._say()

    def show_marks(self, marks: Mapping[date, DayMark]) -> None:
        """Mark the days of the month in front."""
        self._marks = marks
        self._say()
        self.update()

    def go(self, day: date) -> None:
        """Choose a day."""
        before, self.day = self.day, day
        if (before.year, before.month) != (day.year, day.month):
            self.turned.emit(day.year, day.month)
        self._say()
        self.update()
        self.chosen.emit(day)

    def turn(self, months: int) -> None:
        """Go some months on, to the same day where there is one."""
        place = self.day.year * 12 + self.day.month - 1 + months
        year, month = place // 12, place % 12 + 1
        self.go(date(year, month, min(self.day.day, monthrange(year, month)[1])))

    def sizeHint(self) -> QSize:
        """Seven columns, six weeks and a line of weekdays."""
        return QSize(self._icons.theme.px(280), self._head() + 6 * self._row())

    def keyPressEvent(self, event: Any) -> None:
        """Arrows walk days and weeks, Page keys walk months, Home is today."""
        key = event.key()
        if key in STEPS:
            self.go(self.day + STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers():
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.day)
            self.settled.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: Any) -> None:
        """Choose the day under the mouse."""
        spot = event.position()
        row, column = int((spot.y() - self._head()) // self._row()), int(spot.x() // (self.width() / 7))
        if 0 <= row < 6 and 0 <= column < 7:
            self.go(self._first() + timedelta(days=row * 7 + column))

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """Settle on the day under the mouse."""
        self.settled.emit(self.day)

    def paintEvent(self, event: Any) -> None:
        """Draw weekdays and days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font(13))
        painter.setPen(QColor(self._icons.theme.tokens.muted))
        for place, name in enumerate(WEEKDAYS):
            box = QRectF(place * self.width() / 7, 0, self.width() / 7, self._head())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        for place in range(42):
            self._paint_day(painter, self._first() + timedelta(days=place), place)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, place: int) -> None:
        tokens, wide, high = self._icons.theme.tokens, self.width() / 7, self._row()
        box = QRectF(place % 7 * wide, self._head() + place // 7 * high, wide, high).adjusted(2, 1, -2, -1)
        is_here = day.month == self.day.month
        if day == self.day:
            painter.setPen(QPen(QColor(tokens.accent), 2 if self.hasFocus() else 1))
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(box, 6, 6)
        strong = tokens.on_accent_soft if day == self.day else tokens.accent if day == self.today else tokens.text
        painter.setPen(QColor(strong if is_here else tokens.faint))
        painter.setFont(self._font(15, bold=day == self.today))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
        mark = self._marks.get(day)
        if mark is not None:
            self._paint_mark(painter, mark, box)

    def _paint_mark(self, painter: QPainter, mark: DayMark, box: QRectF) -> None:
        """One dot for each thing, up to three; overdue ones are drawn as short bars, so that colour is not alone."""
        tokens = self._icons.theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.wrong if mark.overdue else tokens.missing))
        dots, size = min(mark.count, 3), self._icons.theme.px(5)
        middle = QPointF(box.center().x(), box.bottom() - box.height() * 0.12)
        for place in range(dots):
            x = middle.x() + (place - (dots - 1) / 2) * size * 1.8
            high = size * (0.6 if mark.overdue else 1)
            round_ = 1 if mark.overdue else size / 2
            painter.drawRoundedRect(QRectF(x - size / 2, middle.y() - high / 2, size, high), round_, round_)

    def _first(self) -> date:
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _head(self) -> int:
        return self._icons.theme.px(26)

    def _row(self) -> int:
        return self._icons.theme.px(38)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._icons.theme.px(size))
        font.setBold(bold)
        return font

    def _say(self) -> None:
        mark = self._marks.get(self.day)
        words = f"，{mark.count}项到期" if mark else "，没有到期的"
        day = said_day(self.day)
        self.setAccessibleName(f"月历，{day}{words if self._marks_due else ''}")

    def _dress(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()
