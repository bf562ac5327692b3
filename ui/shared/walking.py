"""Several small buttons that belong together are one stop of the Tab key; arrows, Home and End walk along them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Walk(QObject):
    """Watches the buttons of one field; ``rest_on`` says which of them Tab comes to."""

    def __init__(self, buttons: Sequence[QPushButton], parent: QObject) -> None:
        super().__init__(parent)
        self.buttons = buttons
        for one in buttons:
            one.installEventFilter(self)
        self.rest_on(0)

    def rest_on(self, place: int) -> None:
        """Let Tab come to this button."""
        for number, one in enumerate(self.buttons):
            is_stop = number == place
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk along the buttons."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        here = next(place for place, one in enumerate(self.buttons) if one is watched)
        key, last = event.key(), len(self.buttons) - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key not in STEPS and key not in ends:
            return super().eventFilter(watched, event)
        place = ends[Qt.Key(key)] if key in ends else (here + STEPS[Qt.Key(key)]) % (last + 1)
        self.rest_on(place)
        self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
