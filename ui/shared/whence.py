"""Where the cursor stood before something lay down over it or beside it, and the way back there."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.shared.reading_order import stops


class Whence:
    """The place may be gone by then, as a cell is that was being typed into: what took its name, or the nearest thing around it,
    takes the cursor.
    """

    def __init__(self) -> None:
        self._around: list[QWidget] = []
        self._name = ""

    def remember(self, here: QWidget | None) -> None:
        """The cursor stands here and is about to be taken away."""
        self._around, self._name = [], here.accessibleName() if here is not None else ""
        while here is not None and not here.isWindow():
            self._around.append(here)
            here = here.parentWidget()

    def go_back(self, within: QWidget | None = None) -> bool:
        """Put the cursor back, once; tells whether anything is left that could take it, else it stays.

        Where the place itself is gone, only what stands ``within`` a widget takes it, if one is named.
        """
        around, self._around = self._around, []
        for one in around:
            home = self._home_in(one, is_itself=one is around[0])
            if home is None:
                continue
            if one is not around[0] and within is not None and not within.isAncestorOf(one):
                return False
            home.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _home_in(self, one: QWidget, *, is_itself: bool) -> QWidget | None:
        """What could take the cursor there: what is made anew has other controls of the same names."""
        if not (shiboken6.isValid(one) and one.isVisible() and one.isEnabled()):
            return None
        if is_itself or one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            return one
        inside = stops(one)
        same = next((inner for inner in inside if self._name and inner.accessibleName() == self._name), None)
        return same or next(iter(inside), None)
