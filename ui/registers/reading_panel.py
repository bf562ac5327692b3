"""A panel beside the table that is only read: a title line, a rule, and lines that scroll."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.shared.words import frame, label


class ReadingPanel(QWidget):
    """``title`` and ``beside`` stand in the title line, ``lines`` below it. ``name`` is what a screen reader says."""

    def __init__(self, name: str, beside: QWidget) -> None:
        super().__init__()
        self.title = label("", "heading")
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 6)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(beside)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self.lines = QVBoxLayout(sheet)
        self.lines.setContentsMargins(16, 4, 16, 16)
        self.lines.setSpacing(4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        area.setAccessibleName(name)
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(row)
        inside.addWidget(frame("rule"))
        inside.addWidget(area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
