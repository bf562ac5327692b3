"""Which columns a person pulled wider or narrower by the head of a table, told once when the mouse lets go."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView

BEGINS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class HeadPull(QObject):
    """``pulled`` carries the logical number of a column and its new width in pixels.

    The last column in view takes what is left and is nobody's choice. Widths change for many reasons while a mouse
    button is down, as when the line beside the table is dragged: only what begins and ends on the head counts.
    """

    pulled = Signal(int, int)

    def __init__(self, head: QHeaderView) -> None:
        super().__init__(head)
        self._head = head
        self._before: dict[int, int] = {}
        head.viewport().installEventFilter(self)

    def _sizes(self) -> dict[int, int]:
        order = map(self._head.logicalIndex, range(self._head.count()))
        shown = [one for one in order if not self._head.isSectionHidden(one)]
        return {one: self._head.sectionSize(one) for one in shown[:-1]}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Compare the widths of before and after; the event goes on."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() in BEGINS:
                self._before = self._sizes()
            elif event.type() == QEvent.Type.MouseButtonRelease:
                before, self._before = self._before, {}
                for place, size in self._sizes().items():
                    if place in before and before[place] != size:
                        self.pulled.emit(place, size)
        return False
