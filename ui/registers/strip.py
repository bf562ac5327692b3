"""The strip below the table: totals of what is shown, how many are selected, and what can be done with the table.

Where the acts leave the totals no room beside them, these stand above on lines of their own; so does 批量修改.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from ui.shared.words import button, label

AIR, SIDE, GAP = 8, 8, "  "


class Strip(QFrame):
    """Fires the name of what was asked for: bulk, history, then, filter, group, sort, export, columns."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.bulk = button("批量修改", "link")
        self.bulk.setMinimumWidth(1)  # it stands above before it is cut, and never makes the strip wider
        self.bulk.hide()
        self.history = button("修改记录", "link")
        self.sort = button("重新排序", "link")
        self.sort.hide()
        self.then = button("看以前", "link", name="看以前的台账")
        self.filter = button("筛选", "link")
        self.group = button("分组", "link")
        self.filter.setToolTip("只看符合条件的（Ctrl+Shift+F）")
        self.group.setToolTip("按某一列分组，每组有条数和合计（Ctrl+Shift+G）")
        self.export = button("导出", "link", name="导出现在显示的这些行")
        self.columns = button("列", "link", name="显示哪些列")
        self.history.setToolTip("这一条什么时候改过什么（Ctrl+J）")
        self.then.setToolTip("上次上报时、去年底或任何一天的台账（Ctrl+G）")
        self.export.setToolTip("把现在显示的行和列存成 Excel 或 CSV 表格，证件号码和手机号码遮住中间几位")
        self.columns.setToolTip("显示哪些列；在表头上点右键也可以")
        self._totals, self._words = "", _Line()
        self._above = label("", wraps=True)
        self._above.setTextFormat(Qt.TextFormat.PlainText)
        self._above.setContentsMargins(4, 2, 4, 0)
        self._above.hide()
        self._words.resized.connect(self._place_totals)
        self._count, self._is_sorting_offered = 0, False
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._build()

    def _build(self) -> None:
        column, row = QVBoxLayout(self), self._lower
        column.setContentsMargins(SIDE, 3, SIDE, 3)
        column.setSpacing(0)
        column.addLayout(self._upper)
        column.addWidget(self._above)
        column.addLayout(row)
        row.setSpacing(4)
        row.addWidget(self.bulk)
        row.addWidget(self._words, 1)
        acts = {
            "sort": self.sort,
            "history": self.history,
            "then": self.then,
            "filter": self.filter,
            "group": self.group,
            "export": self.export,
            "columns": self.columns,
        }
        for one in acts.values():
            row.addWidget(one)
        for name, one in {"bulk": self.bulk, **acts}.items():
            one.clicked.connect(lambda _=False, name=name: self.asked.emit(name))

    def say(self, words: str) -> None:
        """Show totals, all of them."""
        self._totals = words
        self._place_totals()

    def _place_totals(self) -> None:
        fits = self._words.takes(self._totals)
        self._words.setText(self._totals if fits else "")
        self._above.setText("" if fits else unbroken(self._totals))
        self._above.setVisible(not fits)

    def select(self, count: int) -> None:
        """Say how many records are selected."""
        self._count = count
        self.bulk.setText(f"批量修改 {count} 条")
        self.bulk.setAccessibleName(f"批量修改所选的 {count} 条")
        self.bulk.setToolTip("Ctrl+E")
        self._share()

    def resizeEvent(self, event: object) -> None:
        """In another width the acts have room for another one, or have not; a layout that gives out places is left alone."""
        QTimer.singleShot(0, self, self._place_bulk)

    def _place_bulk(self) -> None:
        """Stand among the acts, or above them where they leave too little room."""
        row = self._lower
        acts = [one for one in self.findChildren(QPushButton) if one is not self.bulk and not one.isHidden()]
        wide = sum(one.sizeHint().width() + row.spacing() for one in (self.bulk, *acts))
        home, other = (row, self._upper) if wide <= self.width() - 2 * SIDE else (self._upper, row)
        if home.indexOf(self.bulk) < 0:
            other.removeWidget(self.bulk)
            home.insertWidget(0, self.bulk, 0, Qt.AlignmentFlag.AlignLeft)

    def _share(self) -> None:
        """One of three stands first; all would not fit into the smallest window."""
        self.sort.setVisible(self._count <= 1 and self._is_sorting_offered)
        self.history.setVisible(self._count <= 1 and not self._is_sorting_offered)
        self._place_bulk()
        self.bulk.setVisible(self._count > 1)

    def offer_again(self, verb: str, why: str) -> None:
        """Offer to sort, group or filter anew where rows stand as they stood before; no verb, no offer."""
        self._is_sorting_offered = bool(verb)
        self._share()
        self.sort.setText(verb)
        self.sort.setToolTip(why)
        self.sort.setAccessibleDescription(why)

    @property
    def words(self) -> str:
        """The totals in words."""
        return self._totals


def unbroken(totals: str) -> str:
    """Return totals of which none is torn from its label at the end of a line."""
    return GAP.join(one.replace(" ", "\u00a0") for one in totals.split(GAP))


class _Line(QLabel):
    """One line of text that takes the room there is; ``resized`` tells that there is more or less of it."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def takes(self, words: str) -> bool:
        """Whether these words fit."""
        return not words or self.fontMetrics().horizontalAdvance(words) <= self.width() - AIR

    def resizeEvent(self, event: object) -> None:
        self.resized.emit()
