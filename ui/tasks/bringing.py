"""A roster sheet before it is written: what would change, what is wrong, and then the act."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.words import button, clear, label
from ui.tasks.troubles import TroublesCard
from xmdesk.files import shown_name
from xmdesk.problems import Severity, count

ALL = 12


class BringPanel(QFrame):
    """``confirmed`` carries the sheet to write; ``closed`` when the person leaves it."""

    confirmed = Signal(object)
    closed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._path = Path()
        self._title = label("", "heading", wraps=True)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._words = label("", wraps=True)
        self.troubles = TroublesCard(icons)
        self.write, self.leave = button("写入名册", "primary"), button("不写入，返回")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addLayout(self._figures)
        column.addWidget(self._words)
        column.addWidget(self.troubles)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.write)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.write.clicked.connect(lambda: self.confirmed.emit(self._path))
        self.leave.clicked.connect(self.closed)

    def show_trial(self, path: Path, trial: Any) -> None:
        """Show what a dry run found."""
        self._path = path
        errors = count(trial.problems, Severity.ERROR)
        self._title.setText(f"{shown_name(path)}：还没有写入，先看数字")
        clear(self._figures)
        for words, number in (
            ("新增", trial.new),
            ("修改", trial.changed),
            ("没有变", trial.same),
            ("表里没有，今天起停用", trial.ended),
        ):
            self._figures.addWidget(_figure(words, number), 1)
        self._words.setText(words_for(trial, errors))
        self._words.setProperty("tone", "wrong" if errors else "")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self.troubles.show_problems(trial.problems, shown=ALL)
        self.write.setEnabled(not errors and bool(trial.new or trial.changed or trial.ended))
        (self.write if self.write.isEnabled() else self.leave).setFocus()


def words_for(trial: Any, errors: int) -> str:
    """Say what writing would mean, or why it cannot be."""
    if errors:
        return f"有 {errors} 处错误，一个单位也不会写入。请在表格里改好，保存后再导入一次。"
    if not (trial.new or trial.changed or trial.ended):
        return "和现在的名册完全一样，不用写入。"
    ending = f"表里没有列出的 {trial.ended} 个单位从今天起不再应报，以前报的都保留。" if trial.ended else ""
    return f"{ending}写入后可以按 Ctrl+Z 整体撤销。"


def _figure(words: str, number: int) -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 12, 20, 12)
    column.setSpacing(2)
    column.addWidget(label(words, "label"))
    column.addWidget(label(str(number), "number"))
    return made
