"""How the page and the panel of problems below it share the window: whole lines, a third of it at most unless a person chose."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from ui.problem_list import ProblemList
from ui.shared.preferences import Preferring

SHARE, MOST = 30, 60
LEAST_LINES = 4
KEEP_MS = 400


class ProblemRoom(QSplitter):
    """The page above, the panel below once it was asked for. What a person drags is kept as a number of lines."""

    def __init__(self, page: QWidget, preferring: Preferring) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._preferring = preferring
        self._panel: ProblemList | None = None
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
