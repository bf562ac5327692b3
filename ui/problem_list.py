"""The problems panel below any page: everything found in the book by register and sort; Enter goes to the very field."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.problem_head import ProblemHead
from ui.problem_lines import EVERYTHING, SORTS, Item, Lines, place_lines, place_to_stay, problem_line
from ui.problem_reason import Reasoned, ReasonLine
from ui.shared.icons import Icons
from ui.shared.plain_table import PlainTable
from ui.shared.words import frame
from ui.shared.work import Slices
from xmdesk.jobs import in_one_go

PLACES_WIDE, ROOM = 190, 8
WITH_ADVICE = 780
"""From this width on (at 100 % text size) there is room for what to do about each problem."""
MOST, LARGE = 1_000, 5_000
MODES, FLAGS = QAbstractItemView.SelectionMode, QItemSelectionModel.SelectionFlag
SELECTING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class ProblemList(QFrame):
    """``wanted`` carries place, uid and field to go to, ``explained`` problems and why they may stand, ``told`` words on what
    could not be done. It knows which line the person went to last: the next one is one step away.
    """

    wanted = Signal(str, str, str)
    explained = Signal(object, str)
    told = Signal(str)
    closed = Signal()

    def __init__(self, icons: Icons, slices: Slices) -> None:
        super().__init__()
        self._slices = slices
        slices.done.connect(self._show)
        self.setProperty("role", "panel")
        self._icons = icons
        self._lines = Lines()
        self._shown: Sequence[Item] = ()
        self._sort = self._place = EVERYTHING
        self._gone_to = self._words = ""
        self._is_cut = False
        self.head = ProblemHead(icons)
        self.sorts, self.search, self.write = self.head.sorts, self.head.search, self.head.write
        self.reason = ReasonLine()
        looks: Any = {"room": ROOM, "has_heads": False}
        self.places = PlainTable(("台账", "几处"), (5, 2), icons, name="哪本台账", **looks)
        heads, weights = ("在哪里", "哪一项", "是什么问题", "怎么办"), (3, 2, 5, 4)
        self.table = PlainTable(heads, weights, icons, name="问题", spares_below=WITH_ADVICE, **looks)
        self.table.setSelectionMode(MODES.ExtendedSelection)
        self._build()
        self._connect()
        self._dress()

    def _build(self) -> None:
        self._top = QStackedWidget()
        self._top.addWidget(self.head)
        self._top.addWidget(self.reason)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.places)
        body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(frame("rule"))
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.search.settled.connect(lambda _: self._sift())
        self.places.chosen.connect(self._choose_place)
        self.table.chosen.connect(self._move_to)
        self.table.activated.connect(lambda _: self._go())
        self.table.clicked.connect(lambda _: self._click())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.head.chosen.connect(self._choose_sort)
        self.head.on.clicked.connect(lambda: self.step(1))
        self.write.clicked.connect(self.open_reason)
        self.reason.written.connect(self._explain)
        self.reason.left.connect(self._back_to_list)
        self.head.close_.clicked.connect(self.closed)
        self._icons.changed.connect(self._dress)

    def high_for(self, lines: int) -> int:
        """Return how high the panel is when so many lines are in view."""
        return self._top.sizeHint().height() + 1 + lines * self.table.line_high

    def lines_in(self, high: int) -> int:
        """Return how many whole lines are in view when the panel is so high."""
        return (high - self.high_for(0)) // self.table.line_high

    def say(self, words: str) -> None:
        """Say which return is looked at, or that it is being looked at."""
        self._words = words
        self._say_when()

    def _say_when(self) -> None:
        cut = f"只列出最要紧的 {MOST:,} 处" if self._is_cut else ""
        self.head.say_when("，".join(one for one in (self._words, cut) if one))

    def show_items(self, lines: Lines) -> None:
        """Show these; the place in the list stays, or goes on to what stands there now."""
        self._lines = lines
        self.head.show_counts({sort: lines.count(sort) for sort in (EVERYTHING, *SORTS)})
        self._show_places()
        self._sift()

    def _show_places(self) -> None:
        places = place_lines(self._lines, self._sort)
        keys = [one.key for one in places]
        self._place = self._place if self._place in keys else EVERYTHING
        self.places.show_lines(places)
        with QSignalBlocker(self.places):
            self.places.selectRow(keys.index(self._place))

    def go_to(self, place: str, key: str) -> None:
        """Show what stands in a place, with the cursor on one line."""
        self.search.clear()
        self.search.settle()
        self._sort, self._place = EVERYTHING, place
        self.sorts[EVERYTHING].setChecked(True)
        self.show_items(self._lines)
        keys = [one.key for one in self._shown]
        if key in keys:
            self.table.selectRow(keys.index(key))

    def focus_list(self) -> None:
        """Put the cursor into the list, on the line where it was."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._shown and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def step(self, by: int, front: str = "") -> None:
        """Go to the next problem (1) or the one before (-1), counted from the one the person went to last.

        Where that is put right and gone, the line in its place is the next. Who has gone to another page begins in ``front``.
        """
        row = self.table.currentIndex().row()
        is_there = self.current is not None and self.current.key == self._gone_to
        wanted = row + by if is_there or by < 0 else max(row, 0)
        if (is_there or (not self._gone_to and row <= 0)) and not (self.current and self.current.target[0] == front):
            wanted = self._first_of(front, by, wanted)
        if not 0 <= wanted < len(self._shown):
            self.told.emit(
                self._nothing() or ("后面没有了，这是列表里的最后一处。" if by > 0 else "前面没有了，这是第一处。")
            )
            return
        self.table.selectRow(wanted)
        self.table.scrollTo(self.table.lines.index(min(max(wanted + by, 0), len(self._shown) - 1), 0))
        self._go()

    def _first_of(self, front: str, by: int, usual: int) -> int:
        """Where walking in this direction begins in a place; ``usual`` where nothing of it is listed."""
        if self._is_cut and self._place != front and self._lines.count(self._sort, front) and not self.search.text():
            self._place = front  # where not all fits into the list, the place itself is listed
            self._show_places()
            self._show(in_one_go(self._lines.sifted(sort=self._sort, place=front, search="", most=MOST)))
        there = [row for row, one in enumerate(self._shown) if one.target[0] == front]
        return (there[0] if by > 0 else there[-1]) if there else usual

    def keyPressEvent(self, event: Any) -> None:
        """Esc closes the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @property
    def current(self) -> Item | None:
        """The line with the cursor."""
        row = self.table.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @property
    def chosen(self) -> list[Item]:
        """The selected lines where there are several, else the one with the cursor."""
        rows = sorted(one.row() for one in self.table.selectionModel().selectedRows())
        if len(rows) > 1:
            return [self._shown[row] for row in rows]
        return [self.current] if self.current is not None else []

    def _choose_sort(self, sort: str) -> None:
        self._sort = sort
        self._show_places()
        self._sift()

    def _choose_place(self, place: str) -> None:
        self._place = place
        self._sift()

    def _sift(self) -> None:
        """Sift at once, or beside what the person does where that would be felt."""
        self._slices.stop()
        search = self.search.text().strip()
        sifted = self._lines.sifted(sort=self._sort, place=self._place, search=search, most=MOST)
        if self._lines.count() > LARGE:
            self._slices.begin(sifted)
        else:
            self._show(in_one_go(sifted))

    def _show(self, found: Sequence[Item]) -> None:
        """Show what was found; the cursor, what is selected and what is in view stay where they were."""
        row, top = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        selected = {one.key for one in self.chosen}
        before, self._shown = self._shown, found[:MOST]
        self._is_cut = len(found) > MOST
        self._say_when()
        self.table.show_lines([problem_line(one) for one in self._shown])
        self.table.verticalScrollBar().setValue(top)
        if self._shown:
            with QSignalBlocker(self.table):
                self.table.selectRow(place_to_stay(before, row, self._shown))
                self._select_also(selected if len(selected) > 1 else set())
        self.table.nothing.say(self._nothing())
        self._tell()

    def _select_also(self, keys: set[str]) -> None:
        lines, block = self.table.lines, QItemSelection()
        for row, one in enumerate(self._shown):
            if one.key in keys:
                block.select(lines.index(row, 0), lines.index(row, lines.columnCount() - 1))
        self.table.selectionModel().select(block, FLAGS.Select)

    def _nothing(self) -> str:
        if self._shown:
            return ""
        return "没有符合的。" if self._lines.count() else "没有要处理的。"

    def _tell(self) -> None:
        """Offer what can be done about the line with the cursor, or about all that are selected."""
        chosen = self.chosen
        about = Reasoned.of(chosen)
        self.head.offer(
            explains=len(about.items), of=len(chosen), has_reason=about.has_reason, can_go=bool(self._shown)
        )

    def _move_to(self, key: str) -> None:
        if self.reason.key not in ("", key):
            self._shut_reason()
        self._tell()

    def _click(self) -> None:
        """A click goes there; one that selects more does not."""
        if QApplication.keyboardModifiers() & SELECTING:
            self._shut_reason()
        else:
            self._go()

    def _go(self) -> None:
        self._shut_reason()
        if self.current is not None:
            self._gone_to = self.current.key
            self.wanted.emit(*self.current.target)

    def open_reason(self) -> None:
        """Take the reason for what is selected, in place of the head; what cannot be explained is told."""
        chosen = self.chosen
        about = Reasoned.of(chosen)
        if about.items:
            self._top.setCurrentWidget(self.reason)
            self.reason.ask(about)
        if len(chosen) > 1 and about.left_out:
            self.told.emit(f"选中 {len(chosen)} 条，{about.left_out}。")

    def _shut_reason(self) -> None:
        self.reason.leave()
        self._top.setCurrentWidget(self.head)

    def _back_to_list(self) -> None:
        self._shut_reason()
        self.focus_list()

    def _explain(self, items: Sequence[Item], reason: str) -> None:
        self._back_to_list()
        self.explained.emit([one.finding.problem for one in items if one.finding is not None], reason)

    def _dress(self) -> None:
        self.places.setFixedWidth(self._icons.theme.px(PLACES_WIDE))
