"""How the page and the panel of problems below it share the window and the cursor.

The panel has whole lines, a third of the window at most unless a person chose.
"""

from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from ui.problem_list import ProblemList
from ui.shared.preferences import Preferring
from ui.shared.whence import Whence

SHARE, MOST = 30, 60
LEAST_LINES = 4
KEEP_MS = 400


class ProblemRoom(QSplitter):
    """The page above, the panel below once it was asked for. What a person drags is kept as a number of lines."""

    def __init__(self, page: QWidget, preferring: Preferring) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._preferring = preferring
        self._page = page
        self._panel: ProblemList | None = None
        self._whence = Whence()
        self._left: QWidget | None = None
        self._is_leaving = False
        self._pause = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._pause.timeout.connect(self._keep)
        self.addWidget(page)
        self.setStretchFactor(0, 1)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(lambda *_: self._pause.start())

    def take_in(self, panel: ProblemList) -> None:
        """Put the panel below the page."""
        self._panel = panel
        self.addWidget(panel)
        self.setStretchFactor(1, 0)
        panel.setMinimumHeight(panel.high_for(LEAST_LINES))
        self._share()

    def note_cursor(self) -> None:
        """The cursor is about to go into the panel: remember where it stands, before anything there is made anew."""
        here = self.window().focusWidget()
        if self._panel is None or here is None or not self._panel.isAncestorOf(here):
            self._whence.remember(here)
            self._is_leaving = True

    def put_cursor_in(self, panel: ProblemList) -> None:
        """Put the cursor into the list."""
        panel.focus_list()
        if self._is_leaving:
            self._is_leaving, self._left = False, self._page.focusWidget()

    def was_at(self) -> QWidget | None:
        """Where in the page the cursor was since then, if anywhere; to be asked before the panel goes, for then it falls anywhere."""
        last = self._page.focusWidget()
        return last if last is not self._left else None

    def give_cursor_back(self, at: QWidget | None) -> bool:
        """Put it there, or else where it came from; tells whether there is anything left of that."""
        if at is None or not shiboken6.isValid(at) or not (at.isVisible() and at.isEnabled()):
            return self._whence.go_back(self._page)
        at.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def resizeEvent(self, event: Any) -> None:
        """Share another height."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if self._panel is None:
            return
        wish = self._preferring.current.problem_lines
        high = self.height()
        lines = (
            min(wish, self._panel.lines_in(high * MOST // 100)) if wish else self._panel.lines_in(high * SHARE // 100)
        )
        below = self._panel.high_for(max(lines, LEAST_LINES))
        self.setSizes([high - self.handleWidth() - below, below])

    def _keep(self) -> None:
        if self._panel is not None:
            self._preferring.change(problem_lines=max(self._panel.lines_in(self._panel.height()), LEAST_LINES))
            self._share()
