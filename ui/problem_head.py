"""The one line above the list of problems: which sort to list, a search, and what can be done about the line in front."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.problem_lines import ALWAYS_OFFERED, EVERYTHING, MEANINGS, SORTS, split_count, split_words
from ui.shared.icons import Icons
from ui.shared.search_line import SearchLine
from ui.shared.words import button, label

GAP, SIDES, LEAST_SEARCH = 4, (12, 8), 96
WRITE, CHANGE = "写明原因", "改原因"
HOW = "写明为什么这样是对的，随上报件一起送出（F2）"
HOW_MANY = "按住 Shift 或 Ctrl 点，能选中几条，一起写"


class ProblemHead(QWidget):
    """``chosen`` carries the sort to list. Where the line is narrow, what says least gives way first."""

    chosen = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("compact")
        self._icons = icons
        self._group = QButtonGroup(self)
        self._title = label("问题", "strong")
        self._when = label("", "small")
        self.sorts = {sort: self._sort_button(sort) for sort in (EVERYTHING, *SORTS)}
        self.search = SearchLine("查找文字或拼音首字母", "文字或首字母")
        self.search.setAccessibleName("在问题中查找")
        self.search.setToolTip("")
        self.write = button(WRITE)
        self.write.setToolTip(f"{HOW}；{HOW_MANY}")
        self.on = button("下一处 F8", "primary", name="下一处问题", repeats=True)
        self.on.setToolTip("保存改好的，去下一处（F8）；上一处按 Shift+F8")
        self.close_ = button("", "quiet", name="关上")
        self.close_.setToolTip("关上（Esc）")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDES[0], 4, SIDES[1], 4)
        row.setSpacing(GAP)
        for one in (self._title, self._when, *self.sorts.values()):
            row.addWidget(one)
        row.addStretch(1)
        for one in (self.search, self.write, self.on, self.close_):
            row.addWidget(one)
        icons.changed.connect(self._dress)
        self._dress()

    def _sort_button(self, sort: str) -> QPushButton:
        made = button(SORTS.get(sort, "全部"), "link")
        made.setCheckable(True)
        made.setChecked(sort == EVERYTHING)
        made.setToolTip(MEANINGS[sort])
        made.clicked.connect(lambda: self.chosen.emit(sort))
        self._group.addButton(made)
        return made

    @property
    def when(self) -> str:
        """What is said about the return that is looked at, and the list."""
        return self._when.text()

    def say_when(self, words: str) -> None:
        """Say which return is looked at, or that it is being looked at."""
        self._when.setText(words)
        self._give_way()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many there are of each sort; what is rare is offered only where there is any."""
        for sort, made in self.sorts.items():
            title, count = SORTS.get(sort, "全部"), counts[sort]
            made.setText(f"{title} {count if sort else split_count(counts).partition('+')[0] or 0}")
            told = f"只看{title}，{count} 处" if sort else f"全部，{split_words(counts)}"
            made.setAccessibleName(told)
            made.setToolTip(MEANINGS[sort] if sort else split_words(counts))
            made.setVisible(bool(count) or sort in ALWAYS_OFFERED or made.isChecked())
        self._give_way()

    def offer(self, *, explains: int, of: int, has_reason: bool, can_go: bool) -> None:
        """Offer what can be done about the line in front, or the selected ones: so many ``of`` them can be explained."""
        several = f"改 {explains} 条的原因" if has_reason else f"说明 {explains} 条"
        self.write.setAccessibleName(several if explains and of > 1 else CHANGE if has_reason else WRITE)
        self.write.setEnabled(bool(explains))
        self.on.setEnabled(can_go)
        self._give_way()

    def minimumSizeHint(self) -> QSize:
        """Nothing more is needed than what never gives way."""
        words = self.fontMetrics().horizontalAdvance(self.write.text())
        return QSize(self._always() - words + self._least_search() + sum(SIDES), super().minimumSizeHint().height())

    def resizeEvent(self, event: Any) -> None:
        """Another width has room for more or less."""
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """The words about the period go first, then the title, then those on the button with an icon."""
        words = self.write.accessibleName()
        self.write.setText(words)
        room, always = self.width() - sum(SIDES) - self._least_search(), self._always()
        title, when = (one.sizeHint().width() + GAP for one in (self._title, self._when))
        self._title.setVisible(always + title <= room)
        self._when.setVisible(bool(self._when.text()) and always + title + when <= room)
        if always > room:
            self.write.setText("")

    def _always(self) -> int:
        """How wide the sorts and the buttons are."""
        sorts = [one for one in self.sorts.values() if not one.isHidden()]
        return sum(one.sizeHint().width() + GAP for one in (*sorts, self.write, self.on, self.close_))

    def _least_search(self) -> int:
        return self._icons.theme.px(LEAST_SEARCH) + GAP

    def _dress(self) -> None:
        self.search.setMinimumWidth(self._icons.theme.px(LEAST_SEARCH))
        self.close_.setIcon(self._icons.get("close"))
        self.write.setIcon(self._icons.get("explained", "accent"))
        self._give_way()
