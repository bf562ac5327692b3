"""Keeps one widget of a scrolled sheet in view while what stands around it grows or moves."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

AIR = 24
MOVES = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class InView(QObject):
    """Holds a widget in view until another is held, or the person scrolls away from it."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._held: QWidget | None = None
        self._part: QWidget | None = None
        self._down_to: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._bring)
        area.verticalScrollBar().actionTriggered.connect(lambda _: self.let_go())
        for one in (area.viewport(), area.widget()):
            one.installEventFilter(self)

    def hold(self, widget: QWidget, part: QWidget | None = None, *, down_to: QWidget | None = None) -> None:
        """Bring a widget into view and keep it there; ``part`` of it where the whole finds no room.

        Where there is room for more, all is in view down to another one below it: what is done next.
        """
        self._held, self._part, self._down_to = widget, part, down_to
        self._bring()
        self._soon.start()  # once more when the layout has settled

    def let_go(self) -> None:
        """Keep nothing in view any more."""
        self._held = self._part = self._down_to = None
        self._soon.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring it back when the sheet or the room for it changed."""
        if self._held is not None and event.type() in MOVES:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _bring(self) -> None:
        held, bar, room = self._held, self._area.verticalScrollBar(), self._area.viewport().height()
        if held is None or not isValid(held):  # parts of a list in a form come and go
            return
        # Asked each time: before it is laid out the height of a widget means nothing.
        if self._part is not None and isValid(self._part) and held.height() > room:
            held = self._part
        top, high = held.mapTo(self._area.widget(), QPoint()).y(), held.height()
        if self._down_to is not None and isValid(self._down_to):
            end = self._down_to.mapTo(self._area.widget(), QPoint()).y() + self._down_to.height()
            high = end - top if high < end - top <= room else high
        air = max(0, min(AIR, (room - high) // 2))
        if high > room or bar.value() > top - air:
            bar.setValue(top - air)
        elif bar.value() + room < top + high + air:
            bar.setValue(top + high + air - room)
