"""Labels and small building blocks that every page uses in the same way."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from xmdesk.clock import BEIJING


def label(
    text: str = "", role: str = "", *, tone: str = "", wraps: bool = False, parent: QWidget | None = None
) -> QLabel:
    """Return a plain-text label; ``role`` and ``tone`` pick its look in the style sheet."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setIndent(0)
    if role == "chip":
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def button(text: str, role: str = "", *, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button; ``name`` is what a screen reader says when the text alone is not enough."""
    made = QPushButton(text, parent)
    if role:
        made.setProperty("role", role)
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    return made


class LineButton(QPushButton):
    """A button that is one line of text, cut where the room ends; the whole text is in the tip and the spoken name."""

    def __init__(self, text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._whole = text
        self.setProperty("role", "line")
        self.setAccessibleName(name or text)
        self.setToolTip(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text for the new width."""
        super().resizeEvent(event)
        room = self.width() - self.iconSize().width() - 3 * self.fontMetrics().averageCharWidth() - 16
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Shelf(QWidget):
    """A line of things that come and go, in a widget of its own so that they keep their place in the reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)


def frame(role: str, *, tone: str = "") -> QFrame:
    """Return a frame with a look."""
    made = QFrame()
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the colour meaning of a widget and let the style sheet see it."""
    _set(widget, "tone", tone)


def set_role(widget: QWidget, role: str) -> None:
    """Change the look of a widget and let the style sheet see it."""
    _set(widget, "role", role)


def _set(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def shorten(text: str, limit: int) -> str:
    """Cut a text for a narrow place."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and away from the screen at once."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def local_time(stamp: str) -> str:
    """Return a stored moment (ISO 8601, UTC) as people in China read it: 2026-11-23 14:05."""
    if not stamp:
        return ""
    moment = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
