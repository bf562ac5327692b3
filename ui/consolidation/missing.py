"""The offices without a return that counts: whom to ring, and the 催报单 to do it with."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.plain_table import Line, PlainTable
from ui.shared.search_line import SearchLine, answers
from ui.shared.surroundings import Surroundings
from ui.shared.verdicts import STATES
from ui.shared.words import button, label


class MissingPanel(QWidget):
    """未报单位."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._lines: Sequence[Any] = ()
        self._words = label("", "muted")
        self.search = SearchLine("查找单位、镇街或拼音首字母")
        self.chase = button("生成催报单", "primary")
        heads = ("状态", "单位", "镇（街道）", "区划代码", "联系人", "电话")
        self.table = PlainTable(heads, (2, 6, 4, 4, 3, 4), around.icons, name="未报单位", nothing="应报的单位都报了。")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.search)
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self.chase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.search.settled.connect(lambda _: self._show())

    def show_missing(self, lines: Sequence[Any]) -> None:
        """Show these offices."""
        self._lines = lines
        silent = sum(1 for one in lines if not one.phone)
        self.chase.setEnabled(bool(lines))
        if not lines:
            self._words.setText("都报齐了。")
        elif silent:
            self._words.setText(f"其中 {silent} 个没有电话，可在应报名册里补上")
        else:
            self._words.setText("")
        self._show()

    def _show(self) -> None:
        query = self.search.text().strip()
        shown = [one for one in self._lines if answers(query, one.name, one.township, one.code)]
        self.table.show_lines([_line(one) for one in shown])


def _line(one: Any) -> Line:
    tone = STATES.get(one.state, "")
    cells = (one.state, one.name, one.township, one.code, one.contact, one.phone)
    return Line(one.code, cells, tone=tone, icon=tone)
