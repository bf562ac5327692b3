"""Labels and small building blocks that every page uses in the same way."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from ui.shared.reading_order import stops


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


class Pressed(QPushButton):
    """A button that a double click presses once.

    What a first click does often brings other buttons under the pointer, or the same one for the next thing: the second
    click was not meant for them. ``repeats`` is for buttons that go on step by step, where fast clicks are meant.
    """

    repeats = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of a double click presses nothing."""
        if self.repeats:
            super().mouseDoubleClickEvent(event)
        else:
            event.accept()


class Button(Pressed):
    """A button that Enter presses, as Space does: with the keyboard nobody tells the two apart."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; held down it does not press again."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str, role: str = "", *, name: str = "", parent: QWidget | None = None, repeats: bool = False
) -> QPushButton:
    """Return a button; ``name`` is what a screen reader says when the text alone is not enough.

    ``repeats``: every one of several fast clicks counts.
    """
    made = Button(text, parent)
    made.repeats = repeats
    return _named(made, role, name)


def field_button(text: str, role: str = "", *, name: str = "") -> QPushButton:
    """Return a button inside a form: Space presses it, Enter goes on to the next field as everywhere in a form."""
    return _named(Pressed(text), role, name)


def _named(made: QPushButton, role: str, name: str) -> QPushButton:
    if role:
        made.setProperty("role", role)
    made.setAccessibleName(name or made.text())
    made.setAutoDefault(False)
    return made


class LineButton(Button):
    """A button that is one line of text, cut where the room ends; the whole text is in the tip and the spoken name."""

    def __init__(self, text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._whole = text
        self.setProperty("role", "line")
        self.setAccessibleName(name or text)
        self.setToolTip(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setToolTip(self, words: str) -> None:
        """Say more in the tip, but never less than the whole text."""
        super().setToolTip(words if self._whole in words else f"{self._whole}\n{words}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text for the new width."""
        super().resizeEvent(event)
        room = self.width() - beside_words(self)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class LineLabel(QLabel):
    """A text in one line, cut where the room ends; the whole text is in the tip and the spoken name."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def beside_words(made: QPushButton) -> int:
    """How much of the width of a button is not for its words: icon, air, borders."""
    return QPushButton.sizeHint(made).width() - made.fontMetrics().horizontalAdvance(made.text())


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


def set_current(widget: QWidget, *, is_current: bool) -> None:
    """Mark a widget as the step to be done now, or no longer."""
    _set(widget, "current", "yes" if is_current else "")


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
    """Take everything out of a layout and away from the screen at once.

    Where the cursor stood in it, it comes back to the control of the same name that is put there instead.
    """
    holder = layout.parentWidget()
    here = holder.window().focusWidget() if holder is not None else None
    if holder is None or here is None or not holder.isAncestorOf(here):
        _empty(layout)
        return
    before = stops(holder)
    name, rank = here.accessibleName(), before.index(here) if here in before else 0
    _empty(layout)
    _come_back(holder, name, rank)


def _come_back(holder: QWidget, name: str, rank: int) -> None:
    """Bring the cursor back to a name or place once the new controls are there, unless somebody took it meanwhile."""
    fallen = holder.window().focusWidget()

    def come_back() -> None:
        after, now = stops(holder), holder.window().focusWidget()
        if after and (now is None or now is fallen):
            same = next((one for one in after if name and one.accessibleName() == name), None)
            (same or after[min(rank, len(after) - 1)]).setFocus(Qt.FocusReason.OtherFocusReason)

    # A layout shows what was put into it one turn of the event loop later.
    QTimer.singleShot(0, holder, lambda: QTimer.singleShot(0, holder, come_back))


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _empty(inner)
