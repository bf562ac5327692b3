"""Cycles of dead objects are collected on the window's thread, between two events, and never while anything else works.

Python collects wherever the last object was made. A collection in a job's thread would destroy Qt objects there, and one
beside a job that is loading a library has ended the process (seen 2026-11-28 with pandas), so the window decides when.
A collection also looks at everything that is young: after a large register was looked through that would be felt, so
then all that lives is passed over until the book is closed.
"""

import gc
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 500
MANY: Final = 50_000
"""Looking at so many objects takes tens of milliseconds."""


class Collector(QObject):
    """Takes over from the automatic collection until it is stopped; ``is_at_work`` tells whether anything else works."""

    def __init__(self, is_at_work: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_at_work = is_at_work
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """Collect as many generations as Python itself would by now, unless there is too much to look at."""
        if gc.get_count()[0] > MANY:  # also beside other work: the young are not even counted
            self.pass_over()
        if self._is_at_work():
            return
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due) and len(gc.get_objects(generation=0)) > MANY:  # the count would not do: it falls with what dies
            self.pass_over()
        elif any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))

    def pass_over(self) -> None:
        """Look no more at what lives now: it stays, or dies by itself."""
        gc.freeze()

    def clear_up(self) -> None:
        """Look at everything once: a book was closed, and what was passed over may be dead."""
        if not self._is_at_work():
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
