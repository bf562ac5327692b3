"""Why something was not done, at the top of the window until it is read; work goes on below it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.whence import Whence
from ui.shared.words import button, label, set_tone

BLINK_MS, BLINKS = 160, 4


class RefusalStrip(QFrame):
    """Says what was refused, in full, and leaves the cursor where it is.

    What is refused in one breath stands together; what is refused later takes its place, and blinks so that it is seen.
    While it stands, Esc anywhere in its parent puts it away before it means anything else; in an open cell it still closes the cell.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "refusal")
        set_tone(self, "wrong")
        self.said: list[tuple[str, str, str]] = []
        self.heading, self.words = label("", "strong", tone="wrong", wraps=True), label("", wraps=True)
        self.done = button("知道了")
        self.done.setToolTip("Esc")
        # A click must not take the cursor out of the field in which somebody is typing.
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.done.clicked.connect(self.dismiss)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.dismiss)
        self._escape.setEnabled(False)
        self._back = Whence()
        self._breath = QTimer(self, singleShot=True, interval=0)
        self._blink = QTimer(self, interval=BLINK_MS)
        self._blink.timeout.connect(self._change_tone)
        self._blinks_left = 0
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.heading)
        lines.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(16)
        row.addLayout(lines, 1)
        row.addWidget(self.done)
        self.hide()

    def tell(self, heading: str, happened: str, to_do: str = "") -> None:
        """Show what was refused and what to do about it."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        one, is_same_breath, was_there = (heading, happened, to_do), self._breath.isActive(), not self.isHidden()
        before = [other for other in self.said if other != one] if is_same_breath else []
        self.said = [*before, one]
        first, *others = self.said
        self.heading.setText(first[0])
        self.words.setText("\n".join(["".join(first[1:]), *(f"{name}：{what}{do}" for name, what, do in others)]))
        self.setAccessibleName(f"{self.heading.text()}。{self.words.text()}")
        self.done.setAccessibleName(f"知道了：{self.heading.text()}")
        self._keep_cursor()
        self.show()
        self._escape.setEnabled(True)
        self._breath.start()
        if was_there and not is_same_breath:
            self._blinks_left = BLINKS
            self._blink.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """It was read; where the cursor stood here, it goes back to the work."""
        self.said = []
        self._escape.setEnabled(False)
        self._blink.stop()
        set_tone(self, "wrong")
        if self.done.hasFocus():
            self._back.go_back()
        self.hide()

    def let_go(self) -> None:
        """The person went on; what was refused in this very step stays."""
        if not self._breath.isActive():
            self.dismiss()

    def let_go_after(self, words: str) -> None:
        """Something else was done, if there are words for it."""
        if words:
            self.let_go()

    def _keep_cursor(self) -> None:
        here = self.window().focusWidget()
        if here is not None and here is not self.done:
            self._back.remember(here)

    def _change_tone(self) -> None:
        self._blinks_left -= 1
        set_tone(self, "" if self._blinks_left % 2 else "wrong")
        if self._blinks_left <= 0:
            self._blink.stop()
