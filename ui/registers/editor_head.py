"""The line above the form: which record, how it stands, and what can be done with it as a whole."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.shared.words import button, label


class EditorHead(QWidget):
    """Buttons to copy, to end, to give up a new record, and to save; the form listens to them. ``words`` name the record."""

    def __init__(self, noun: str) -> None:
        super().__init__()
        self._noun = noun
        self.words = ""
        self.title = label("", "heading")
        self.state = label("", "chip")
        self.copy = button("照抄", "quiet", name="照抄这一条")
        self.copy.setToolTip("照这一条再新增一条，改几处就行（Ctrl+Shift+N）")
        self.end = button("停用", "quiet")
        self.drop = button("不新增", "quiet")
        self.save = button("保存", "primary")
        self.save.setToolTip("Ctrl+S")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.state)
        row.addStretch(1)
        for one in (self.copy, self.end, self.drop, self.save):
            row.addWidget(one)

    def say(self, words: str, *, is_new: bool, is_unsaved: bool, has_ended: bool) -> None:
        """Name the record, and offer what can be done with it as it stands."""
        self.words = words or f"未命名{self._noun}"
        self.title.setText(f"新增{self._noun}" if is_new else self._fitting(self.words))
        self.title.setToolTip(self.words)
        self.state.setText("已停用" if has_ended else "未保存" if is_unsaved else "")
        self.state.setVisible(has_ended or is_unsaved)
        self.save.setEnabled(is_unsaved or is_new)
        for one in (self.copy, self.end):
            one.setVisible(not is_new)
        self.drop.setVisible(is_new)
        self.end.setText("重新启用" if has_ended else "停用")

    def _fitting(self, words: str) -> str:
        """Cut a title so that state and buttons keep their room."""
        beside = (self.save, self.copy, self.end, self.end)
        room = self.width() - sum(one.sizeHint().width() for one in beside) - 90
        return self.title.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(room, 120))
