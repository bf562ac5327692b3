"""Where the cursor stood before something lay down over it or beside it, and the way back there."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.shared.words import stops


class Whence:
    """The place may be gone by then, as a cell is that was being typed into: the nearest thing around it takes the cursor."""

    def __init__(self) -> None:
        self._around: list[QWidget] = []

    def remember(self, here: QWidget | None) -> None:
        """The cursor stands here and is about to be taken away."""
        self._around = []
        while here is not None and not here.isWindow():
            self._around.append(here)
            here = here.parentWidget()

    def go_back(self) -> None:
        """Put the cursor back, once; where nothing is left that could take it, it stays."""
        around, self._around = self._around, []
        there = next((one for one in around if shiboken6.isValid(one) and one.isVisible() and one.isEnabled()), None)
        if there is None:
            return
        can_take = there is around[0] or there.focusPolicy() != Qt.FocusPolicy.NoFocus
        home = there if can_take else next(iter(stops(there)), there)
        home.setFocus(Qt.FocusReason.OtherFocusReason)
