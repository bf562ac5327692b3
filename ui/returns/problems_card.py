"""Everything that sealing would find, one line per record or finding; each leads to the place to put it right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.findings import WORDS, Finding, Group, grouped, tally
from ui.shared.icons import Icons
from ui.shared.words import LineButton, Shelf, clear, label

SHOWN = 6


class ProblemsCard(QFrame):
    """``asked`` carries the problem to go to."""

    asked = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label("② 处理问题", "heading"))
        head.addStretch(1)
        self._chips = Shelf()
        head.addWidget(self._chips)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show the most pressing first."""
        clear(self._rows)
        clear(self._chips.line)
        for tone, count in tally(found).items():
            if count:
                self._chips.line.addWidget(label(f"{count} {WORDS[tone]}", "chip", tone=tone))
        groups = grouped(found)
        for one in groups[:SHOWN]:
            self._rows.addWidget(self._line(one))
        if len(groups) > SHOWN:
            self._rows.addWidget(label(f"还有 {len(groups) - SHOWN} 处，处理完前面的会接着显示", "small"))
        if not groups:
            self._rows.addWidget(label("没有要处理的。", "muted"))

    def _line(self, one: Group) -> QWidget:
        made = LineButton(f"{one.place}   {one.words}", name=f"{one.place}，{one.words}")
        made.setIcon(self._icons.get(one.tone, one.tone))
        made.setToolTip(f"{one.place}\n{one.words}\n{one.first.problem.to_do}")
        made.clicked.connect(lambda: self.asked.emit(one.first.problem))
        return made
