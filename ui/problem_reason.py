"""The line in which a person writes why a problem may stand; it takes the place of the head of the list meanwhile."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.problem_lines import Item
from ui.shared.hint_line import HintLine
from ui.shared.words import button, label

ADVICE = ("为什么这样是对的？写完按回车，随上报件一起送出", "为什么这样是对的？写完按回车", "写完按回车")


class ReasonLine(QWidget):
    """``written`` carries the item and its reason (empty to take it back), ``left`` fires when nothing is to be written.

    What was begun for an item is there again when the person comes back to it.
    """

    written = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("compact")
        self._about: Item | None = None
        self._begun: dict[str, str] = {}
        self._title = label("原因", "strong")
        self.line = HintLine(*ADVICE)
        self.line.setAccessibleName("原因")
        done, leave = button("写好", "primary"), button("不写", "quiet")
        leave.setToolTip("回到列表（Esc）")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self.line, 1)
        row.addWidget(done)
        row.addWidget(leave)
        self.line.returnPressed.connect(self._write)
        done.clicked.connect(self._write)
        leave.clicked.connect(self.left)

    def ask(self, one: Item) -> None:
        """Take the reason for an item, from what was written or begun before."""
        self._about = one
        self.line.setText(self._begun.get(one.key, _reason_of(one)))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def leave(self) -> None:
        """Ask no longer; what was begun is kept for later."""
        one, text = self._about, self.line.text().strip()
        self._about = None
        if one is None:
            return
        self._begun.pop(one.key, None)
        if text != _reason_of(one):
            self._begun[one.key] = text

    @property
    def key(self) -> str:
        """The key of the item that is asked about, or nothing."""
        return self._about.key if self._about is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _write(self) -> None:
        one, text = self._about, self.line.text().strip()
        if one is None or text == _reason_of(one):
            self.left.emit()
            return
        self._begun.pop(one.key, None)
        self._about = None
        self.written.emit(one, text)


def _reason_of(one: Item) -> str:
    return one.finding.reason if one.finding is not None else ""
