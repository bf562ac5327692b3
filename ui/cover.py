"""Covers the window while a long act runs: title, progress in words, cancel. Nothing else can be touched meanwhile."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.shared.whence import Whence
from ui.shared.words import button, frame, label
from ui.shared.work import Work

STOPPING = "正在停下…"
"""What was done is rolled back by most acts and stays with some: only the act itself can say which."""


class Cover(QWidget):
    """Lies over its parent and follows its size."""

    def __init__(self, parent: QWidget, work: Work) -> None:
        super().__init__(parent)
        self._below = parent
        self._title = label("", "heading")
        self._words = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._cancel = button("取消")
        self._cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cancel.setToolTip("Esc")
        self._cancel.clicked.connect(work.cancel)
        self._cancel.clicked.connect(lambda: self._words.setText(STOPPING))
        self._back = Whence()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = frame("card")
        card.setFixedWidth(440)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 16)
        inside.setSpacing(12)
        for one in (self._title, self._words, self._bar):
            inside.addWidget(one)
        inside.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        parent.installEventFilter(self)
        work.stepped.connect(self._step)
        work.ended.connect(self._end)
        self.hide()

    def start(self, title: str) -> None:
        """Lie over the window with a title."""
        self._title.setText(title)
        self._words.setText("请稍候…")
        self._bar.setRange(0, 0)
        self.setGeometry(self._below.rect())
        self.raise_()
        self.show()
        self._back.remember(self.window().focusWidget())
        self.setAccessibleName(title)
        self.setFocus()

    def _end(self) -> None:
        """Give the cursor back to where it was before."""
        self._back.go_back()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels; Enter typed once too often does nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel.click()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab does not lead to what lies below."""
        return True

    def _step(self, done: int, total: int, text: str) -> None:
        """Where steps are counted the bar says how many are done; before the first, and where there is but one, it only moves."""
        self._bar.setRange(0, total if done else 0)
        self._bar.setValue(done)
        self._words.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: Any) -> None:
        """Dim what lies below."""
        painter = QPainter(self)
        colour = QColor(0, 0, 0)
        colour.setAlpha(110)
        painter.fillRect(self.rect(), colour)
        painter.end()
