"""A smaller scale where the desktop's own leaves the window too little room, as 200 % does on a screen of 1366×768.

Larger letters help nobody who cannot reach the buttons: the scale is lowered, never below one pixel for one, until the
smallest window fits. Letters stay crisp, they are drawn at the scale in force.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ui.shared.theme import Theme

FACTOR = "QT_SCALE_FACTOR"
TITLE_BAR = 32
"""What the frame of a window takes of the height."""


def lowered(room: QSize, ratio: float) -> float:
    """Return by how much the scale must be lowered (1 for not at all) on a screen with this room and pixel ratio."""
    wide, high = Theme().least_window
    fits = min(room.width() / wide, room.height() / (high + TITLE_BAR))
    return min(1.0, max(fits, 1 / ratio))


def scaled(make: Callable[[], QApplication]) -> QApplication:
    """Make the application, once more at a smaller scale where the first screen is too small for the one asked for."""
    application = make()
    screen = application.primaryScreen()
    factor = lowered(screen.availableSize(), screen.devicePixelRatio())
    if factor == 1:
        return application
    application.shutdown()
    with _factor(factor):
        return make()


@contextmanager
def _factor(times: float) -> Iterator[None]:
    """Let Qt read another factor while the application is made; programs started later get the old one."""
    before = os.environ.get(FACTOR)
    os.environ[FACTOR] = f"{float(before or 1) * times:.4f}"
    try:
        yield
    finally:
        if before is None:
            del os.environ[FACTOR]
        else:
            os.environ[FACTOR] = before
