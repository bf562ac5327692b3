"""What stands in the window: the gate or the open book, and above it what was refused last."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ui.refusal import RefusalStrip


class Front(QWidget):
    """Shows one widget at a time below the strip of refusals."""

    def __init__(self) -> None:
        super().__init__()
        self.refusal = RefusalStrip(self)
        self._stack = QStackedWidget()
        self._stack.setObjectName("ground")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.refusal)
        column.addWidget(self._stack, 1)

    def put(self, widget: QWidget) -> None:
        """Show this, with the cursor in it; what was shown goes."""
        while self._stack.count():
            old = self._stack.widget(0)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_lists_away(self) -> None:
        """Close what hangs over the window: it lies over whatever an act shows, and Qt leaves it there.

        A panel that is being written into keeps what was written, as at a click elsewhere.
        """
        while (hanging := QApplication.activePopupWidget()) is not None:
            hanging.close()
