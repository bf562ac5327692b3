"""The year-on-year table: what was added, changed and ended, old and new."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.plain_table import Line, PlainTable
from ui.shared.tick_table import fit_height
from ui.shared.words import button, label

if TYPE_CHECKING:
    from xmdesk.services.rolling import Difference, Differences

ADDED = "上年没有"
UNCARRIED = "上年有，还没有带过来"
PARTS = (("added", "新增", "good"), ("changed", "变更", "explained"), ("retired", "核销", "missing"))
LEFT = ("uncarried", "未带入", "wrong")


class DifferencesCard(QFrame):
    """``printing`` fires when the table is wanted on paper, ``opened`` carries the uid of an item."""

    printing = Signal()
    opened = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._words = label("", "muted")
        self._print = button("打印变动表")
        self._print.setToolTip("存成 PDF，打印后和清单一起签字存档")
        self._print.clicked.connect(self.printing)
        self.table = PlainTable(
            ("变动", "管护对象", "上年 → 本年", "原因"),
            (2, 3, 6, 4),
            icons,
            name="与上年的差异",
            nothing="和上年相比没有变动。",
        )
        self.table.activated.connect(lambda index: self.opened.emit(self.table.lines.lines[index.row()].key))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("② 与上年的差异", "heading"))
        head.addSpacing(12)
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self._print)
        column.addLayout(head)
        column.addWidget(self.table)

    def show_differences(self, found: "Differences") -> None:
        """Show what differs; what stayed as it was is only counted."""
        counts = [f"{word} {len(getattr(found, part))}" for part, word, _ in PARTS]
        left = f"，未带入 {len(found.uncarried)}" if found.uncarried else ""
        self._words.setText(f"{'，'.join(counts)}，未变 {len(found.unchanged)}{left}")
        lines = [_line(one, word, tone) for part, word, tone in (*PARTS, LEFT) for one in getattr(found, part)]
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        fit_height(self.table, most=7)


def content(one: "Difference") -> str:
    """Return old and new of every field that differs, or the name of the change."""
    told = "；".join(f"{field.label} {field.old or '（空）'} → {field.new or '（空）'}" for field in one.fields)
    return told or one.change.label


def _line(one: "Difference", word: str, tone: str) -> Line:
    told = {"新增": ADDED, "未带入": UNCARRIED}.get(word) or content(one)
    return Line(one.uid, (word, one.subject, told, one.reason), tone, tip=f"{one.subject}：{told}")
