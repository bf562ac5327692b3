"""The keys of the window: its acts, what Ctrl+Z means in a line, and that nobody types where nothing is seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui.actions import ACTS
from ui.in_sight import InSight
from ui.own_undo import OwnUndo


class Keys(QObject):
    """Calls ``act`` with the name of an act."""

    def __init__(self, application: QApplication, window: QWidget, act: Callable[[str], None]) -> None:
        super().__init__(window)
        for one in ACTS.values():
            QShortcut(QKeySequence(one.keys), window).activated.connect(partial(act, one.id))
        self._own_undo = OwnUndo(application, self)
        self._in_sight = InSight(application, self)  # last, so that it sees a key before the others use it
