"""The strip above the table while it shows the register as it was; nothing can be changed meanwhile."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.words import button, label, local_time


class Then(QFrame):
    """``left`` fires when the person comes back to the present."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "explained")
        self._words = label("", wraps=True)
        back = button("回到现在", "primary")
        back.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(self._words, 1)
        row.addWidget(back)
        self.hide()

    def say(self, at: str) -> None:
        """Name the moment (ISO 8601, UTC)."""
        self._words.setText(f"这是 {local_time(at)} 时的台账，只能看，不能改。")
        self.show()
