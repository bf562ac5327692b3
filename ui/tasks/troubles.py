"""What is wrong in a roster, a few lines at a time; errors first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.icons import Icons
from ui.shared.words import Shelf, clear, label
from xmdesk.problems import Problem, Severity

SHOWN = 4
TONES = {Severity.ERROR: "wrong", Severity.WARNING: "doubt", Severity.NOTICE: "note"}
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTICE: "提示"}
ORDER = list(TONES)


class TroublesCard(QFrame):
    """Hidden while all is well."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        self._title = label("名册里要处理的", "heading")
        self._chips = Shelf()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._chips)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._rows)
        self.hide()

    def show_problems(self, problems: Sequence[Problem], *, shown: int = SHOWN) -> None:
        """Show the worst few and how many there are."""
        self.setVisible(bool(problems))
        clear(self._rows)
        clear(self._chips.line)
        for severity, words in WORDS.items():
            found = sum(1 for one in problems if one.severity is severity)
            if found:
                self._chips.line.addWidget(label(f"{found} 处{words}", "chip", tone=TONES[severity]))
        ranked = sorted(problems, key=lambda one: ORDER.index(one.severity))
        for one in ranked[:shown]:
            self._rows.addWidget(self._line(one))
        if len(ranked) > shown:
            self._rows.addWidget(label(f"还有 {len(ranked) - shown} 处，改好前面的会接着显示", "small"))

    def _line(self, one: Problem) -> QWidget:
        tone = TONES[one.severity]
        icon = label("")
        side = self._icons.theme.px(18)
        icon.setPixmap(self._icons.get(tone, tone).pixmap(side, side))
        icon.setAccessibleName(WORDS[one.severity])
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(f"{place_of(one)}{one.text}{one.to_do}", wraps=True), 1)
        return made


def place_of(one: Problem) -> str:
    """Return where in the roster: the row as the sheet counts it, the office."""
    where = one.where
    parts = [f"第 {where.row} 行" if where.row else "", where.title]
    place = " · ".join(filter(None, parts))
    return f"{place}：" if place else ""
