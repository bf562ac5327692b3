"""The forms of a return: how many rows, what is open, and the explicit answer that there is nothing to report."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.findings import WORDS, Finding, tally
from ui.shared.icons import Icons
from ui.shared.words import button, clear, label


class FormsCard(QFrame):
    """``answered`` carries form and answer; ``asked`` the form whose register the person wants to see; ``opening`` the year
    of the list that has to be opened.
    """

    answered = Signal(str, bool)
    asked = Signal(str)
    opening = Signal(int)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label("① 逐表核对", "heading"))
        head.addStretch(1)
        self._done = label("", "chip")
        head.addWidget(self._done)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        column.addLayout(self._grid)

    def show_forms(self, forms: Sequence[Any], found: Sequence[Finding]) -> None:
        """Show the states of the forms."""
        clear(self._grid)
        for row, one in enumerate(forms):
            title = button(one.title, "row", name=f"打开 {one.title}")
            title.clicked.connect(lambda _=False, name=one.name: self.asked.emit(name))
            title.setIcon(self._icons.get(one.name, "accent"))
            self._grid.addWidget(title, row, 0)
            count = _count(one)
            self._grid.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(
                self._state(one, tally(f for f in found if f.problem.where.register == one.name)),
                row,
                2,
                Qt.AlignmentFlag.AlignLeft,
            )
        ready = sum(1 for one in forms if one.is_answered and not one.errors)
        self._done.setText(f"{ready} / {len(forms)} 张可以上报")
        self._done.setProperty("tone", "good" if ready == len(forms) else "missing")
        self._done.style().unpolish(self._done)
        self._done.style().polish(self._done)

    def _state(self, one: Any, counts: dict[str, int]) -> QWidget:
        if one.unopened:
            opening = button("去打开", name=f"去滚动管理打开{one.unopened}年度清单")
            opening.clicked.connect(lambda: self.opening.emit(one.unopened))
            return opening
        if not one.count:
            box = QCheckBox("零报告（本期没有可报的）")
            box.setChecked(one.nil is True)
            box.setAccessibleName(f"{one.title}：零报告")
            box.toggled.connect(lambda on: self.answered.emit(one.name, on))
            return box
        for tone in ("wrong", "missing", "doubt"):
            if counts[tone]:
                return label(f"{counts[tone]} {WORDS[tone]}", "chip", tone=tone)
        return label("可以上报", "chip", tone="good")


def _count(one: Any) -> QWidget:
    if one.unopened:
        return label(f"{one.unopened}年度清单还没有打开", tone="missing")
    return label(f"{one.count} 条" if one.count else "没有记录", "" if one.count else "muted")
