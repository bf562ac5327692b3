"""The line in which a person writes why problems may stand; it takes the place of the head of the list meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.problem_lines import Item
from ui.shared.hint_line import HintLine
from ui.shared.words import button, label

ADVICE = ("为什么这样是对的？写完按回车，随上报件一起送出", "为什么这样是对的？写完按回车", "写完按回车")
WHY_OPEN = ("为什么填不上？写完按回车，随上报件一起送出", "为什么填不上？写完按回车", "写完按回车")
"""What is asked about fields that are not filled in."""
LEAST_LINE = 240
"""How wide the line is at least (at 100 % text size) before what is said beside it gives way."""


@dataclass(frozen=True)
class Reasoned:
    """The lines that one reason is written for; ``left_out`` says in words which of the chosen ones are not among them."""

    items: tuple[Item, ...] = ()
    left_out: str = ""

    @classmethod
    def of(cls, chosen: Sequence[Item]) -> "Reasoned":
        """Take those that may be explained; where some have no reason yet, those that have one keep theirs."""
        able = [one for one in chosen if one.finding is not None and one.finding.can_be_explained]
        meant = [one for one in able if not _reason_of(one)] or able
        errors = sum(1 for one in chosen if one.tone == "wrong")
        counted = {
            "是错误，不能说明": errors,
            "已经说明，原因不动": len(able) - len(meant),
            "是提示或批注，不用说明": len(chosen) - len(able) - errors,
        }
        parts = [f"{count} 条{words}" for words, count in counted.items() if count]
        return cls(tuple(meant), f"其中 {'；'.join(parts)}" if parts else "")

    @property
    def key(self) -> str:
        """What this is known by; nothing when nothing is to be explained."""
        return "\n".join(one.key for one in self.items)

    @property
    def reason(self) -> str:
        """What is written for all of them so far; nothing where it differs."""
        reasons = {_reason_of(one) for one in self.items}
        return reasons.pop() if len(reasons) == 1 else ""

    @property
    def has_reason(self) -> bool:
        """Whether a reason would be changed."""
        return any(_reason_of(one) for one in self.items)


class ReasonLine(QWidget):
    """``written`` carries the items and their reason (empty to take it back), ``left`` fires when nothing is to be written.

    What was begun for an item is there again when the person comes back to it.
    """

    written = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("compact")
        self._about = Reasoned()
        self._begun: dict[str, str] = {}
        self._title = label("原因", "strong")
        self.note = label("", "small")
        self.line = HintLine(*ADVICE)
        self.line.setAccessibleName("原因")
        self._done, leave = button("写好", "primary"), button("不写", "quiet")
        leave.setToolTip("回到列表（Esc）")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self.note)
        row.addWidget(self.line, 1)
        row.addWidget(self._done)
        row.addWidget(leave)
        self.line.returnPressed.connect(self._write)
        self._done.clicked.connect(self._write)
        leave.clicked.connect(self.left)

    def ask(self, about: Reasoned) -> None:
        """Take the reason for items, from what was written or begun before."""
        self._about = about
        count = len(about.items)
        self._title.setText(f"{count} 条的原因" if count > 1 else "原因")
        self.line.hint(*(WHY_OPEN if all(one.sort == "missing" for one in about.items) else ADVICE))
        self.note.setText(about.left_out)
        self.line.setAccessibleName("，".join(filter(None, (self._title.text(), about.left_out))))
        self._give_way()
        self.line.setText(self._begun.get(about.key, about.reason))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def leave(self) -> None:
        """Ask no longer; what was begun is kept for later."""
        self._begun = self.begun
        self._about = Reasoned()

    @property
    def begun(self) -> dict[str, str]:
        """What was begun and not written, by what it is about; with what stands in the line now."""
        about, text = self._about, self.line.text().strip()
        others = {key: one for key, one in self._begun.items() if key != about.key}
        return {**others, about.key: text} if about.items and text != about.reason else others

    def go_on(self, begun: Mapping[str, str]) -> None:
        """What was begun before the book was locked is there again."""
        self._begun = dict(begun)

    @property
    def key(self) -> str:
        """The key of what is asked about, or nothing."""
        return self._about.key

    def resizeEvent(self, event: Any) -> None:
        """Another width has room for more or less."""
        super().resizeEvent(event)
        self._give_way()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _give_way(self) -> None:
        """What was left out is said here only where the line keeps room to write in; the foot of the window says it too."""
        others = (self._row.itemAt(at).widget() for at in range(self._row.count()))
        wide = sum(one.sizeHint().width() + self._row.spacing() for one in others if one is not self.line)
        least = LEAST_LINE * self.fontMetrics().height() // 18
        self.note.setVisible(bool(self.note.text()) and self.width() - wide >= least)

    def _write(self) -> None:
        about, text = self._about, self.line.text().strip()
        if not about.items or text == about.reason:
            self.left.emit()
            return
        self._begun.pop(about.key, None)
        self._about = Reasoned()
        self.written.emit(about.items, text)


def _reason_of(one: Item) -> str:
    return one.finding.reason if one.finding is not None else ""
