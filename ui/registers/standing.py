"""The lines above the table that say through which filter and in which groups one looks, each with its way out; what was
changed and answers a filter or a search no more is told there too.
"""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shared.words import Button, beside_words, button, label

CROSS = "  ✕"
WAY_OUT = "按 Esc 显示全部"


class Standing(QFrame):
    """``unfiltered`` and ``ungrouped`` fire when a chip is taken away, ``folded`` carries whether to fold all groups.

    ``turned`` fires when the list of another year is wanted.
    """

    unfiltered = Signal()
    turned = Signal()
    ungrouped = Signal()
    folded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("standing")
        self.filter, self.group = Chip("explained", "不再筛选"), Chip("note", "不再分组")
        self.filter.clicked.connect(self.unfiltered)
        self.group.clicked.connect(self.ungrouped)
        self.shut, self.open = button("全部收起", "link"), button("全部展开", "link")
        self.shut.setToolTip("在组上按 Shift+←")
        self.open.setToolTip("在组上按 Shift+→")
        self.shut.clicked.connect(lambda: self.folded.emit(True))
        self.open.clicked.connect(lambda: self.folded.emit(False))
        self.other = button("看另一年的清单", "link")
        self.other.clicked.connect(self.turned)
        self._way_out = label(WAY_OUT, "small")
        self._has_filter = self._has_groups = False
        self._asked = _line(self.filter, self._way_out, self.other)
        self._grouped = _line(self.group, self.shut, self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self._asked)
        column.addWidget(self._grouped)
        self.hide()

    def say(self, asked: str, grouped: str, *, other: str = "") -> None:
        """Say what is in force; nothing hides a line, and the frame when both are gone. ``other`` names another year."""
        self.other.setText(f"看{other or '另一年'}的清单")
        self.other.setAccessibleName(self.other.text())
        self.other.setVisible(bool(other))
        self.filter.say(asked, f"正在筛选：{asked}，按 Esc 显示全部")
        self.group.say(f"按{grouped}分组", f"不再按{grouped}分组")
        self._has_filter, self._has_groups = bool(asked), bool(grouped)
        self.filter.setVisible(self._has_filter)
        self._grouped.setVisible(self._has_groups)
        self.tell(0)

    def tell(self, strays: int) -> None:
        """Say how many rows are still in view though they answer the filter or the search no more."""
        self._way_out.setText(f"{strays} 条改后不符，还留着" if strays else WAY_OUT)
        self._asked.setVisible(self._has_filter or bool(strays))
        self.setVisible(self._has_filter or self._has_groups or bool(strays))


class Chip(Button):
    """What is in force, cut where the room ends, with a cross that takes it away; the whole text is in the tip."""

    def __init__(self, tone: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "chip")
        self.setProperty("tone", tone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def say(self, words: str, name: str) -> None:
        """Show words; ``name`` is what a screen reader says."""
        self._whole = words
        self.setToolTip(words)
        self.setAccessibleName(name)
        self.setText(f"{words}{CROSS}")
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        """The room for all words; their width is told in whole pixels, one less than would be needed."""
        words = self.fontMetrics().horizontalAdvance(self._whole) + self.fontMetrics().horizontalAdvance(CROSS)
        return QSize(beside_words(self) + words + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The room for a few words."""
        return QSize(min(self.sizeHint().width(), 5 * self.fontMetrics().height()), self.sizeHint().height())

    def resizeEvent(self, event: Any) -> None:
        """Cut the words for the new width."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        metrics = self.fontMetrics()
        room = self.width() - beside_words(self) - metrics.horizontalAdvance(CROSS)
        self.setText(f"{metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, 0))}{CROSS}")


def _line(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for one in widgets:
        row.addWidget(one)
    row.addStretch(1)
    return made
