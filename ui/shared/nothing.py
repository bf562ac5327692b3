"""What stands in the middle of a table while it has no lines."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QTableView

MARGIN = 24


class Nothing(QLabel):
    """Follows the size of the table and the number of its lines."""

    def __init__(self, table: QTableView, words: str) -> None:
        super().__init__(words, table.viewport())
        self._table = table
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        table.viewport().installEventFilter(self)
        table.model().modelReset.connect(self._look)
        self._look()

    def say(self, words: str) -> None:
        """Say something else."""
        self.setText(words)
        self._look()

    def _look(self) -> None:
        self.setVisible(bool(self.text()) and not self._table.model().rowCount())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._table.viewport().rect().adjusted(MARGIN, 0, -MARGIN, 0))
        return False
