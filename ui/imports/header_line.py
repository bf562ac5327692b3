"""Where the header of the table begins: found by the program, said, and put right by hand where it was mistaken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.shared.words import label

MOST = 9_999


class HeaderLine(QWidget):
    """``moved`` carries the row, as the sheet counts."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self.row = QLineEdit()
        self.row.setAccessibleName("表头在第几行")
        self.row.setMaxLength(len(str(MOST)))
        self.row.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 36)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for one in (label("表头从第", "muted"), self.row, label("行开始；认错了的，改成看到的行号，按回车。", "muted")):
            line.addWidget(one)
        line.addStretch(1)
        self.row.editingFinished.connect(self._tell)

    def show_row(self, row: int) -> None:
        """Show where it was found."""
        self._row = row
        self.row.setText(str(row))

    def _tell(self) -> None:
        text = self.row.text().strip()
        asked = int(text) if text.isdecimal() else 0
        if 0 < asked <= MOST and asked != self._row:
            self.moved.emit(asked)
        else:
            self.row.setText(str(self._row))
