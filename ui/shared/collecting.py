"""Cycles of dead objects are collected on the window's thread, and never while another thread works.

Python collects wherever the last object was made. A collection in a job's thread would destroy Qt objects there, and one
beside a job that is loading a library has ended the process (seen 2026-11-28 with pandas), so the window decides when.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Takes over from the automatic collection until it is stopped; ``is_busy`` tells whether another thread works."""

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """Collect as many generations as Python itself would by now."""
        if self._is_busy():
            return
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
