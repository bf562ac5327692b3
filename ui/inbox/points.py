"""The list of what is to be corrected: one line a point with the reason typed in place; this becomes the correction slip."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.shared.reading_order import put_in_reading_order
from ui.shared.words import LineButton, button, clear, label, set_tone
from xmdesk.records.registers import OFFICE, part_title
from xmdesk.services.reviewing import Point

REASON_CHARACTERS = 400
MOST_POINTS = 200
WHY_BACK = "写清哪里不对、怎么改"
HOW = "选一行里的一格，按回车，就记下一处；也可以退回整张表、整份上报。写好原因再点“退回”。"
CLOSED = "这一版已被更正，不能再退回；写下的可以带到新的一版。"
NONE_YET = "还没有写要改哪里。请选一格按回车，或点“退回整张表”。"
ENOUGH = f"一次最多列 {MOST_POINTS} 处，再多请退回整张表。"


class PointsPanel(QFrame):
    """``edited`` fires when the list changed, ``asked`` carries the point somebody wants to see, ``left`` ends a line."""

    edited = Signal()
    asked = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._points: list[Point] = []
        self._lines: list[ReasonLine] = []
        self._most = 0
        self._is_closed = False
        self._heading = label("", "heading")
        self.words = label(HOW, "muted", wraps=True)
        self.whole = button("退回整份上报", "quiet")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = QWidget()
        self._sheet.setObjectName("sheet")
        self._area.setWidget(self._sheet)
        self._grid = QGridLayout(self._sheet)
        self._build()
        self.whole.clicked.connect(lambda: self.add(Point("", "", "", "")))

    def _build(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 6)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._heading)
        head.addWidget(self.words, 1)
        head.addWidget(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._area)

    @property
    def points(self) -> tuple[Point, ...]:
        """The list as it stands."""
        return tuple(self._points)

    def show_points(self, points: Sequence[Point], *, is_closed: bool = False) -> None:
        """Show a list that was begun; one that ``is_closed`` is only looked at, if there is anything in it."""
        self._points, self._is_closed = list(points), is_closed
        self.setHidden(is_closed and not points)
        self.whole.setVisible(not is_closed)
        self._say(CLOSED if is_closed else HOW)
        self._fill()

    def add(self, point: Point) -> None:
        """Put a point at the end, or go to the one about this place; the cursor stands in its reason."""
        place = next((at for at, one in enumerate(self._points) if _is_same_place(one, point)), len(self._points))
        if place >= MOST_POINTS:
            self._say(ENOUGH, "wrong")
            return
        if place == len(self._points):
            self._points.append(point)
            self._add_line(place)
            self._count()
            self.edited.emit()
        self._say(HOW)
        self._lines[place].begin()
        QTimer.singleShot(0, self, lambda: self._bring_in_view(place))

    def lacks_something(self) -> bool:
        """Say in place what is missing before the return can be sent back; tells whether anything is."""
        if not self._points:
            self._say(NONE_YET, "wrong")
            return True
        empty = [line for line, one in zip(self._lines, self._points, strict=True) if not one.reason.strip()]
        for line in empty:
            set_tone(line.reason, "wrong")
        if empty:
            self._say(f"还有 {len(empty)} 处没有写原因。请{WHY_BACK}。", "wrong")
            empty[0].begin()
            self._area.ensureWidgetVisible(empty[0].reason)
        return bool(empty)

    def allow(self, height: int) -> None:
        """Take at most so much height for the lines; more of them scroll."""
        self._most = height
        self._fit()

    def _say(self, words: str, tone: str = "") -> None:
        self.words.setText(words)
        set_tone(self.words, tone)

    def _fill(self) -> None:
        clear(self._grid)
        self._lines = []
        for place in range(len(self._points)):
            self._add_line(place)
        self._count()

    def _count(self) -> None:
        self._heading.setText(f"要改的 {len(self._points)} 处" if self._points else "要改的")
        put_in_reading_order(self._sheet)
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def _add_line(self, place: int) -> None:
        line = ReasonLine(self._points[place])
        line.place.clicked.connect(lambda: self.asked.emit(self._points[self._lines.index(line)]))
        line.reason.setReadOnly(self._is_closed)
        line.reason.textEdited.connect(lambda text: self._write(line, text))
        line.reason.left.connect(self.left)
        line.remove.clicked.connect(lambda: self._remove(line))
        self._lines.append(line)
        for column, one in enumerate((line.place, line.reason, line.remove)):
            self._grid.addWidget(one, place, column)
            one.setVisible(
                not self._is_closed or one is not line.remove
            )  # the layout would do it a turn later, too late for the cursor

    def _write(self, line: "ReasonLine", text: str) -> None:
        place = self._lines.index(line)
        self._points[place] = replace(self._points[place], reason=text)
        set_tone(line.reason, "")
        self.edited.emit()

    def _remove(self, line: "ReasonLine") -> None:
        del self._points[self._lines.index(line)]
        self._fill()
        self._say(HOW)
        self.edited.emit()
        if not self._points:
            self.left.emit()

    def _bring_in_view(self, place: int) -> None:
        self._fit()
        if place < len(self._lines):
            self._area.ensureWidgetVisible(self._lines[place].reason)

    def _fit(self) -> None:
        self._area.setVisible(bool(self._points))
        self._grid.activate()
        self._area.setFixedHeight(min(self._sheet.sizeHint().height(), max(self._most, 1)))


class ReasonLine:
    """The three controls of one point: where (a click goes there), why, and away with it."""

    def __init__(self, point: Point) -> None:
        where = where_is(point)
        self.place = LineButton(where)
        self.reason = ReasonEdit(point.reason)
        self.reason.setAccessibleName(f"退回原因：{where}")
        self.reason.setPlaceholderText(WHY_BACK)
        self.reason.setMaxLength(REASON_CHARACTERS)
        self.remove: QPushButton = button("去掉", "quiet", name=f"去掉：{where}")

    def begin(self) -> None:
        """Put the cursor into the reason; what was put there beforehand is replaced by typing."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()


class ReasonEdit(QLineEdit):
    """``left`` fires at Enter and Escape: the reason is written, on with the next place."""

    left = Signal()

    def keyPressEvent(self, event: Any) -> None:
        """Enter and Escape go back to where the point came from."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def where_is(point: Point) -> str:
    """Return what a point is about, what matters most first: a narrow place cuts the end."""
    form = part_title(point.register)
    if point.register == OFFICE:
        return " · ".join(filter(None, (point.label, form)))
    if not point.row_no:
        return f"整张 {form}" if point.register else form
    return " · ".join(filter(None, (point.title, point.label, f"{form}第 {point.row_no} 行")))


def _is_same_place(one: Point, other: Point) -> bool:
    return (one.register, one.row_no, one.field) == (other.register, other.row_no, other.field)
