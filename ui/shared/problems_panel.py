"""The problems of one record in words; each line leads to its field."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.shared.icons import Icons
from ui.shared.words import button, clear, frame, label, shorten
from xmdesk.problems import Problem, Severity

TONES = {Severity.ERROR: "wrong", Severity.WARNING: "missing", Severity.NOTICE: "explained"}
WORDS = {Severity.ERROR: "处必须处理", Severity.WARNING: "处请核对", Severity.NOTICE: "处提示"}


class ProblemsPanel(QWidget):
    """``asked`` carries the field name of the line the person chose."""

    asked = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._problems: Sequence[Problem] = ()
        self._head = QHBoxLayout()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        inner = QWidget()
        inner.setObjectName("sheet")
        inner.setLayout(self._lines)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(frame("rule"))
        self._head.setContentsMargins(16, 8, 16, 4)
        column.addLayout(self._head)
        column.addWidget(self._scroll)
        icons.changed.connect(lambda: self.show_problems(self._problems))
        self.show_problems(())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these, errors first."""
        self._problems = sorted(problems, key=lambda one: list(Severity).index(one.severity))
        clear(self._head)
        clear(self._lines)
        for severity in Severity:
            found = sum(1 for one in problems if one.severity is severity)
            if found:
                self._head.addWidget(label(f"{found} {WORDS[severity]}", "chip", tone=TONES[severity]))
        if not problems:
            self._head.addWidget(label("没有发现问题", "chip", tone="good"))
        self._head.addStretch(1)
        for one in self._problems:
            self._lines.addWidget(self._line(one))
        self._lines.addStretch(1)
        high = self.fontMetrics().height() + 16
        self._scroll.setVisible(bool(problems))
        self._scroll.setFixedHeight(min(len(problems), 3) * high + 18)

    def _line(self, one: Problem) -> QWidget:
        words = f"{one.where.label}：{one.text}" if one.where.label and one.where.label not in one.text else one.text
        made = button(shorten(words, 46), "line", name=f"{words}{one.to_do}")
        tone = TONES[one.severity]
        icon = {"wrong": "wrong", "missing": "missing", "explained": "explained"}[tone]
        made.setIcon(self._icons.get(icon, tone))
        made.setToolTip(f"{words}\n{one.to_do}")
        made.clicked.connect(lambda: self.asked.emit(one.where.field))
        return made

