"""The strip above the table while it shows the register as it was; nothing can be changed meanwhile."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.words import button, label

TYPED = "打的字没有写进去；要查找，先按 Ctrl+F 再打字。"


class Then(QFrame):
    """``left`` fires when the person comes back to the present, ``again`` when another moment is wanted."""

    left = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "explained")
        self._words = label("", wraps=True)
        self.other = button("换一天", "quiet")
        self.other.clicked.connect(self.again)
        back = button("回到现在", "primary")
        back.setToolTip("Esc")
        back.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self.other)
        row.addWidget(back)
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def say(self, moment: str, *, is_empty: bool) -> None:
        """Name the moment."""
        more = "那时这本台账里还没有记录。" if is_empty else ""
        self._words.setText(f"这是 {moment} 的台账，只能看，不能改。{more}")
        self.show()

    def say_typed(self) -> None:
        """Say of letters typed into the table where they would do something."""
        if not self.words.endswith(TYPED):
            self._words.setText(f"{self.words}{TYPED}")
