"""A strip that asks without standing in front of the window: it stays until it is answered, and work goes on below it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.words import button, label, set_tone


class Offer(QFrame):
    """``taken`` and ``declined`` are the two answers; ``passed`` fires on Esc: the cursor wants back to the work.

    ``is_stacked`` puts the answers below the words, where these are long.
    """

    taken = Signal()
    declined = Signal()
    passed = Signal()

    def __init__(self, yes: str, no: str = "", *, tone: str = "", is_stacked: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "offer")
        set_tone(self, tone)
        self.words = label("", wraps=True)
        self.yes, self.no = button(yes), button(no, "quiet") if no else None
        self.yes.clicked.connect(self.taken)
        row = QHBoxLayout()
        row.setSpacing(4)
        if is_stacked:
            outer = QVBoxLayout(self)
            outer.setSpacing(6)
            outer.addWidget(self.words)
            outer.addLayout(row)
            row.addStretch(1)
        else:
            outer = QHBoxLayout(self)
            outer.addWidget(self.words, 1)
            outer.addLayout(row)
        outer.setContentsMargins(16, 6, 16, 6)
        if self.no is not None:
            self.no.clicked.connect(self.declined)
            row.addWidget(self.no)
        row.addWidget(self.yes)
        self.hide()

    def ask(self, words: str, *, yes: str = "") -> None:
        """Show the question; ``yes`` are other words for the first answer."""
        self.put(words, yes=yes)
        self.show()

    def put(self, words: str, *, yes: str = "") -> None:
        """Hold the question, to be shown later."""
        self.words.setText(words)
        self.yes.setText(yes or self.yes.text())
        for one in filter(None, (self.no, self.yes)):
            one.setAccessibleName(f"{one.text()}：{words}")

    def offer_no(self, *, is_offered: bool) -> None:
        """Offer the second answer, where there is one, or only the first."""
        if self.no is not None:
            self.no.setVisible(is_offered)

    def keyPressEvent(self, event: Any) -> None:
        """Esc goes back to the work; the question stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.passed.emit()
            return
        super().keyPressEvent(event)
