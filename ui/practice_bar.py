"""The bar above every page of the practice book, so that nobody takes it for the real one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.words import button, label


class PracticeBar(QFrame):
    """``left`` fires when the person has practised enough."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practice")
        self.setProperty("role", "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 12, 5)
        row.setSpacing(12)
        row.addWidget(label("练习", "chip", tone="missing"))
        row.addWidget(
            label("人和事都是编造的，随便改，随便试；打印、密封出来都带“练习”字样，区里不收。", wraps=True), 1
        )
        done = button("结束练习", "quiet")
        done.clicked.connect(self.left)
        row.addWidget(done)
