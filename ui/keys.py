"""The keys of the window: its acts, what Ctrl+Z means in a line, and that nobody types where nothing is seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui.actions import ACTS
from ui.in_sight import InSight
from ui.own_undo import OwnUndo


class Keys(QObject):
    """Calls ``act`` with the name of an act, also where a list, a menu or a small panel has dropped down over the window."""

    def __init__(self, application: QApplication, window: QWidget, act: Callable[[str], None]) -> None:
        super().__init__(window)
        self._act = act
        for one in ACTS.values():
            # As keys of the window alone they would be dead, the lock too, as long as anything hangs over it.
            context = Qt.ShortcutContext.ApplicationShortcut
            QShortcut(QKeySequence(one.keys), window, context=context).activated.connect(partial(self._press, one.id))
        self._own_undo = OwnUndo(application, self)
        self._in_sight = InSight(application, self)  # last, so that it sees a key before the others use it

    def _press(self, name: str) -> None:
        """A question in front of the window is answered first."""
        if QApplication.activeModalWidget() is None:
            self._act(name)
