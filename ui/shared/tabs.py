"""Several views of one page, one at a time, under a row of buttons that say which."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from ui.shared.words import button


class Tabs(QWidget):
    """The row of buttons; ``stack`` holds the views and stands wherever the page wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def add(self, text: str, view: QWidget) -> QPushButton:
        """Add a view; the first is in front."""
        one = button(text, "choice")
        one.setCheckable(True)
        one.setAutoExclusive(True)
        one.setChecked(not self.buttons)
        one.clicked.connect(lambda: self.stack.setCurrentWidget(view))
        self.buttons.append(one)
        self._row.addWidget(one)
        self.stack.addWidget(view)
        return one

    def go(self, place: int) -> None:
        """Put a view in front."""
        self.buttons[place].setChecked(True)
        self.stack.setCurrentIndex(place)
