"""What somebody said about the place one was sent to, above the page, with the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.words import button, label


class Note(QFrame):
    """Hidden until there is something to say; ``back`` asks to return."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "offer")
        self.setProperty("tone", "missing")
        self.words = label("", wraps=True)
        self._back, self._close = button("回到上报", "quiet"), button("不再显示", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 12, 6)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self._back)
        row.addWidget(self._close)
        self._back.clicked.connect(self.back)
        self._close.clicked.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, or nothing."""
        self.words.setText(words)
        self.setVisible(bool(words))
