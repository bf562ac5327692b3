"""The strip at the bottom: undo and redo named by what they would do, and what happened last."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.icons import Icons
from ui.shared.words import button, label, shorten

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
        self._words = label("")
        self._pause = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._pause.timeout.connect(lambda: self._words.setText(""))
        self._undo.clicked.connect(self.undo)
        self._redo.clicked.connect(self.redo)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 16, 3)
        row.setSpacing(4)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addStretch(1)
        row.addWidget(self._words)
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
            self._words.setText(words)
            self._pause.start()

    def _dress(self) -> None:
        self._undo.setIcon(self._icons.get("undo"))
        self._redo.setIcon(self._icons.get("redo"))
