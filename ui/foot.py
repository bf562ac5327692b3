"""The strip at the bottom: undo and redo named by what they would do, and what happened last."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from ui.shared.icons import Icons
from ui.shared.words import button, shorten

SHOWN_MS = 8000
LONGEST = 20


class Foot(QFrame):
    """``undo`` and ``redo`` fire when asked for by mouse."""

    undo = Signal()
    redo = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._icons = icons
        self._undo = button("撤销", "link")
        self._redo = button("恢复", "link")
        self._words = Told()
        self._pause = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._pause.timeout.connect(lambda: self._words.say(""))
        self._undo.clicked.connect(self.undo)
        self._redo.clicked.connect(self.redo)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 16, 3)
        row.setSpacing(4)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addWidget(self._words, 1)
        icons.changed.connect(self._dress)
        self._dress()

    def show_steps(self, undone: str, redone: str) -> None:
        """Name what undo and redo would do now; nothing where there is nothing to do."""
        for made, verb, keys, words in ((self._undo, "撤销", "Ctrl+Z", undone), (self._redo, "恢复", "Ctrl+Y", redone)):
            made.setEnabled(bool(words))
            made.setText(f"{verb} {shorten(words, LONGEST)}" if words else verb)
            made.setAccessibleName(f"{verb} {words}" if words else verb)
            made.setToolTip(f"{verb} {words}（{keys}）" if words else keys)

    def say(self, words: str) -> None:
        """Show what happened for a while."""
        if words:
            self._words.say(words)
            self._pause.start()

    def _dress(self) -> None:
        self._undo.setIcon(self._icons.get("undo"))
        self._redo.setIcon(self._icons.get("redo"))


class Told(QLabel):
    """Words as far as there is room. What is too long loses its middle, where names stand: how it ended is said at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @property
    def whole(self) -> str:
        """All that is said."""
        return self._whole

    def say(self, words: str) -> None:
        """Say something else."""
        self._whole = words
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut for another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = without_middle(self._whole, self.width(), self.fontMetrics())
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)


def without_middle(words: str, room: int, metrics: QFontMetrics) -> str:
    """Leave out of the middle what does not fit; two thirds of what stays are the end."""
    shown = words
    for kept in reversed(range(2, len(words))):
        if metrics.horizontalAdvance(shown) <= room:
            break
        begin = max(1, kept // 3)
        shown = f"{words[:begin]}…{words[begin - kept :]}"
    return shown
