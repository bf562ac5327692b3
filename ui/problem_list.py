"""The problems panel below any page: everything found in the book by register and sort; Enter goes to the very field."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from ui.problem_lines import (
    EVERYTHING,
    MEANINGS,
    SORTS,
    Item,
    Lines,
    place_lines,
    problem_line,
)
from ui.shared.hint_line import HintLine
from ui.shared.icons import Icons
from ui.shared.plain_table import PlainTable
from ui.shared.search_line import SearchLine
from ui.shared.words import button, frame, label
from ui.shared.work import Slices
from xmdesk.jobs import in_one_go

LEAST, PLACES_WIDE, ROOM = 230, 300, 8
WHEN_WIDE = 220
MOST, LARGE = 1_000, 5_000


class ProblemList(QFrame):
    """``wanted`` carries place, uid and field to go to, ``explained`` a problem and why it may stand."""

    wanted = Signal(str, str, str)
    explained = Signal(object, str)
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
        self._about = self._words = ""
        self._is_cut = False
        self._when = label("", "small")
        self._group = QButtonGroup(self)
        self.sorts = {sort: self._sort_button(sort) for sort in (EVERYTHING, *SORTS)}
        self.search = SearchLine("查找文字或拼音首字母")
        self.search.setAccessibleName("在问题中查找")
        self.search.setToolTip("")
        self.places = PlainTable(("台账", "错误", "待填", "提醒"), (5, 2, 2, 2), icons, name="哪本台账", room=ROOM)
        self.table = PlainTable(("在哪里", "哪一项", "是什么问题"), (5, 3, 6), icons, name="问题", room=ROOM)
        self.told = label("", wraps=True)
        self.reason = HintLine("写明原因：为什么这样是对的？按回车，随上报件一起送出", "写明原因，按回车", "写明原因")
        self.reason.setAccessibleName("原因")
        self.write, self.go, self.close_ = (
            button("写明原因"),
            button("去改", "primary"),
            button("", "quiet", name="关上"),
        )
        self._build()
        self._connect()
        self._dress()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 8, 6)
        head.setSpacing(4)
        head.addWidget(label("问题", "heading"))
        head.addWidget(self._when)
        head.addSpacing(8)
        for one in self.sorts.values():
            head.addWidget(one)
        head.addStretch(1)
        head.addWidget(self.search)
        head.addWidget(self.close_)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.places)
        body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 12, 6)
        foot.setSpacing(8)
        foot.addWidget(self.told, 3)
        foot.addWidget(self.reason, 2)
        foot.addWidget(self.write)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(frame("rule"))
        column.addLayout(head)
        column.addWidget(frame("rule"))
        column.addLayout(body, 1)
        column.addWidget(frame("rule"))
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.settled.connect(lambda _: self._sift())
        self.places.chosen.connect(self._choose_place)
        self.table.chosen.connect(lambda _: self._tell())
        self.table.activated.connect(lambda _: self._go())
        self.table.clicked.connect(lambda _: self._go())
        self.go.clicked.connect(self._go)
        self.write.clicked.connect(self._explain)
        self.reason.returnPressed.connect(self._explain)
        self.close_.clicked.connect(self.closed)
        self._icons.changed.connect(self._dress)

    def say(self, words: str) -> None:
        """Say which return is looked at, or that it is being looked at."""
        self._words = words
        self._say_when()

    def _say_when(self) -> None:
        cut = f"只列出最要紧的 {MOST:,} 处" if self._is_cut else ""
        self._when.setText("，".join(one for one in (self._words, cut) if one))

    def show_items(self, lines: Lines) -> None:
        """Show these; the place in the list stays, or goes on to what stands there now."""
        self._lines = lines
        for sort, made in self.sorts.items():
            count = lines.count(sort)
            title = SORTS.get(sort, "全部")
            made.setText(f"{title} {count}")
            made.setAccessibleName(f"只看{title}，{count} 处" if sort else f"全部，{count} 处")
        places = place_lines(lines)
        keys = [one.key for one in places]
        self._place = self._place if self._place in keys else EVERYTHING
        self.places.show_lines(places)
        self.places.blockSignals(True)
        self.places.selectRow(keys.index(self._place))
        self.places.blockSignals(False)
        self._sift()

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

    def resizeEvent(self, event: Any) -> None:
        """Where it is narrow, the controls need the room of the words about the period."""
        super().resizeEvent(event)
        controls = sum(one.sizeHint().width() for one in (*self.sorts.values(), self.search, self.close_))
        self._when.setVisible(self.width() > controls + self._icons.theme.px(WHEN_WIDE))

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

    def _sort_button(self, sort: str) -> QPushButton:
        made = button(SORTS.get(sort, "全部"), "link")
        made.setCheckable(True)
        made.setChecked(sort == EVERYTHING)
        made.setToolTip(MEANINGS[sort])
        made.clicked.connect(lambda: self._choose_sort(sort))
        self._group.addButton(made)
        return made

    def _choose_sort(self, sort: str) -> None:
        self._sort = sort
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
        row, key = max(self.table.currentIndex().row(), 0), self.current.key if self.current else ""
        self._is_cut, self._shown = len(found) > MOST, found[:MOST]
        self._say_when()
        self.table.show_lines([problem_line(one) for one in self._shown])
        keys = [one.key for one in self._shown]
        if keys:
            self.table.selectRow(keys.index(key) if key in keys else min(row, len(keys) - 1))
        self._tell()

    def _tell(self) -> None:
        """Say what to do about the line with the cursor; a reason being written is left alone."""
        one = self.current
        if one is None:
            self.told.setText("没有要处理的。" if not self._lines.count() else "没有符合的。")
        else:
            self.told.setText(f"{one.text}{one.to_do}")
        can = one is not None and one.finding is not None and one.finding.can_be_explained
        for widget in (self.reason, self.write):
            widget.setVisible(can)
        self.go.setEnabled(one is not None)
        key = one.key if one else ""
        if key == self._about and self.reason.isModified():
            return
        self._about = key
        self.reason.setText(one.finding.reason if one and one.finding else "")
        self.write.setText("改原因" if self.reason.text() else "写明原因")

    def _go(self) -> None:
        if self.current is not None:
            self.wanted.emit(*self.current.target)

    def _explain(self) -> None:
        one = self.current
        if one is not None and one.finding is not None:
            self.reason.setModified(False)
            self.explained.emit(one.finding.problem, self.reason.text().strip())

    def _dress(self) -> None:
        theme = self._icons.theme
        self.setMinimumHeight(theme.px(LEAST) - (theme.percent - 100) // 2)
        self.places.setFixedWidth(theme.px(PLACES_WIDE) - (theme.percent - 100))
        self.search.setMinimumWidth(120)
        self.close_.setIcon(self._icons.get("close"))
