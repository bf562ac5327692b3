"""Which key an event presses, where an event filter is handed events of every kind."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent

NO_KEY = 0


def pressed(event: QEvent) -> int:
    """Return the key that goes down with an event (Qt's number), :data:`NO_KEY` for any other event.

    The class is asked and not only the kind: PySide hands over what it knows under the same address, which was seen to be an
    event of another class.
    """
    is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
    return event.key() if is_press else NO_KEY  # type: ignore[attr-defined]  # asked in the line above
