"""Names, the act of sealing, and where the sealed file is."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.words import button, frame, label, set_tone


class SealCard(QFrame):
    """``asked`` carries the two names; ``open_folder`` the sealed file."""

    asked = Signal(str, str)
    open_folder = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._path = Path()
        self._names_typed = False
        self.prepared, self.approved = QLineEdit(), QLineEdit()
        self.seal = button("密封上报件", "primary")
        self._words = label("", "muted", wraps=True)
        self._done = frame("banner", tone="good")
        self._said = label("", wraps=True)
        self._folder = button("打开所在文件夹", "quiet")
        self._build()
        self.seal.clicked.connect(lambda: self.asked.emit(self.prepared.text().strip(), self.approved.text().strip()))
        self._folder.clicked.connect(lambda: self.open_folder.emit(self._path))
        for line in (self.prepared, self.approved):
            line.textEdited.connect(self._typed)
        self._done.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("③ 负责人同意后密封", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, (name, line) in enumerate((("填表人", self.prepared), ("单位负责人", self.approved))):
            head = label(name, "label")
            head.setBuddy(line)
            line.setAccessibleName(name)
            grid.addWidget(head, 0, place)
            grid.addWidget(line, 1, place)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.seal)
        column.addLayout(row)
        inside = QVBoxLayout(self._done)
        inside.setContentsMargins(16, 12, 16, 8)
        inside.addWidget(self._said)
        line = QHBoxLayout()
        line.addWidget(self._folder)
        line.addStretch(1)
        inside.addLayout(line)
        column.addWidget(self._done)

    def _typed(self) -> None:
        self._names_typed = True

    def show_state(self, *, errors: int, unanswered: int, names: tuple[str, str], enrolled: bool) -> None:
        """Say what is still in the way."""
        if not self._names_typed:
            self.prepared.setText(names[0])
            self.approved.setText(names[1])
        open_points = []
        if errors:
            open_points.append(f"还有 {errors} 处必须处理")
        if unanswered:
            open_points.append(f"{unanswered} 张空表没有回答是不是零报告")
        if not enrolled:
            open_points.append("还没有开通上报证书（设置里开通）")
        self._words.setText("，".join(open_points) + "。" if open_points else "密封后内容不能再改，要改就重新报一版。")
        set_tone(self._words, "missing" if open_points else "")
        self.seal.setEnabled(not open_points)

    def show_sealed(self, path: Path, submission: Any) -> None:
        """Say where the file is."""
        self._path = path
        self._said.setText(
            f"已密封：{path.name}\n共 {submission.pages} 页，短码 {submission.short_code}。"
            "请打印、签字、盖章，连同这个文件一起送区里。"
        )
        self._done.show()

    def forget(self) -> None:
        """Hide the last result."""
        self._done.hide()
