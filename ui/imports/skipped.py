"""不是数据行: the rows of the sheet that were passed over and why, and any of them read as data after all."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.icons import Icons
from ui.shared.plain_table import Line, PlainTable
from ui.shared.words import button, label

if TYPE_CHECKING:
    from xmdesk.services.remarks import PassedOver

HINT = "这些行没有当作数据读入。其实是数据的，选中它，点“当作数据行读入”。"
TAKE, LEAVE = "当作数据行读入", "还是不读这一行"
WHY = {
    "total": "像是合计",
    "note": "像是说明或签字",
    "header": "是重复的表头或栏号",
    "group": "像是小标题",
    "unfilled": "只有序号，没有内容",
    "next_table": "从这里起像是另一张表",
    "record": "您说是数据，已经读入",
}


class SkippedPanel(QWidget):
    """``turned`` carries the number of a row that is to be read as data, or no longer."""

    turned = Signal(int)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._rows: dict[str, PassedOver] = {}
        self._here = ""
        self.table = PlainTable(("行", "为什么", "原来的内容"), (1, 3, 7), icons, name="不是数据行的行")
        self.take = button(TAKE)
        self.take.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(HINT, "muted", wraps=True), 1)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.table.chosen.connect(self._choose)
        self.table.activated.connect(lambda _: self.take.setFocus())
        self.take.clicked.connect(lambda: self.turned.emit(self._rows[self._here].number))

    def show_rows(self, preview: Any) -> int:
        """Show what was passed over; tells how many rows that are."""
        from xmdesk.services.remarks import passed_over

        found = passed_over(preview)
        self._rows = {str(one.number): one for one in found}
        if not found:
            self.take.setEnabled(False)  # only then: grey for a moment it would lose the cursor to what stands next
        self.table.show_again([_line(key, one) for key, one in self._rows.items()])
        if found and self.table.currentIndex().row() < 0:
            self.table.selectRow(0)
        return len(found)

    def _choose(self, key: str) -> None:
        """Where only a number stands nothing can be read."""
        self._here = key
        one = self._rows[key]
        self.take.setText(LEAVE if one.is_read else TAKE)
        self.take.setAccessibleName(f"{self.take.text()}：第 {one.number} 行")
        self.take.setEnabled(str(one.kind) != "unfilled")


def _line(key: str, one: "PassedOver") -> Line:
    tone = "good" if one.is_read else ""
    return Line(key, (key, WHY[str(one.kind)], one.text), tone=tone)
