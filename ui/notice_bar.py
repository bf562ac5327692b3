"""What was noticed when the book was opened (little space, an end without closing, a clock that went back), until read."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.words import button, label
from xmdesk.problems import Problem, Severity

TONES = {Severity.ERROR: "wrong", Severity.WARNING: "missing", Severity.NOTICE: "note"}
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTICE: "提示"}


class NoticeBar(QFrame):
    """One line for each notice; goes away when the person has ``read`` them, a line when it does not ``stand`` any more."""

    read = Signal()

    def __init__(self, notices: list[Problem], stand: Mapping[str, Callable[[], bool]] | None = None) -> None:
        super().__init__()
        self._stand = stand or {}
        self.setProperty("role", "banner")
        self.setAccessibleName("打开台账册时的提示")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(20, 5, 12, 5)
        outer.setSpacing(12)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        self._lines: dict[str, QFrame] = {}
        for one in notices:
            made = QFrame()
            line = QHBoxLayout(made)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(12)
            line.addWidget(label(WORDS[one.severity], "chip", tone=TONES[one.severity]))
            line.addWidget(label(f"{one.text}{one.to_do}", wraps=True), 1)
            lines.addWidget(made)
            self._lines[one.code] = made
        outer.addLayout(lines, 1)
        done = button("知道了", "quiet")
        done.clicked.connect(self.hide)
        done.clicked.connect(self.read)
        outer.addWidget(done)

    def look(self) -> None:
        """Take away what stands no more: what it speaks of was done. What nobody sees is not looked at."""
        shown = () if self.isHidden() else self._lines.keys() & self._stand.keys()
        for code in [one for one in shown if not self._stand[one]()]:
            self._lines.pop(code).hide()
        self.setVisible(bool(self._lines) and not self.isHidden())
