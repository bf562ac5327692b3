"""A box over the window: what happened or a question, and buttons that are verbs."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.words import button, label


class Box(QDialog):
    """Heading, paragraphs, and one or two buttons."""

    def __init__(self, parent: QWidget, heading: str, paragraphs: list[str], *, yes: str, no: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(heading, "heading", wraps=True))
        for text in filter(None, paragraphs):
            column.addWidget(label(text, wraps=True))
        row = QHBoxLayout()
        row.addStretch(1)
        accept = button(yes, "primary")
        accept.setDefault(True)
        accept.clicked.connect(self.accept)
        if no:
            refuse = button(no)
            refuse.clicked.connect(self.reject)
            row.addWidget(refuse)
        row.addWidget(accept)
        column.addSpacing(8)
        column.addLayout(row)
        accept.setFocus()
