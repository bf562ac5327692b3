"""A place to drop files on, with a button for those who do not drag."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from ui.shared.words import label, set_tone


class DropArea(QFrame):
    """``dropped`` carries a list of paths; several at once go to the window where the place takes one (``is_single``).

    One that ``is_flat`` has words and buttons in one line, for pages with little room.
    """

    dropped = Signal(list)

    def __init__(self, words: str, *buttons: QPushButton, is_single: bool = False, is_flat: bool = False) -> None:
        super().__init__()
        self._is_single = is_single
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        column: QBoxLayout = QHBoxLayout(self) if is_flat else QVBoxLayout(self)
        column.setContentsMargins(20, *((8, 20, 8) if is_flat else (18, 20, 18)))
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(label(words), 0, Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        if not is_flat:
            row.addStretch(1)
        for one in buttons:
            row.addWidget(one)
        if not is_flat:
            row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def dragEnterEvent(self, event: Any) -> None:
        """Take files only; what is not taken here the window is asked about."""
        if event.mimeData().hasUrls() and not (self._is_single and len(event.mimeData().urls()) > 1):
            set_tone(self, "good")
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: Any) -> None:
        """Look as before."""
        set_tone(self, "")

    def dropEvent(self, event: Any) -> None:
        """Pass the files on."""
        set_tone(self, "")
        self.dropped.emit([Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()])
