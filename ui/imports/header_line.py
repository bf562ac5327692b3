"""Where the header of the table begins: found by the program, said, and put right by hand where it was mistaken."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from ui.shared.fields.flow import Flow
from ui.shared.words import label

if TYPE_CHECKING:
    from xmdesk.documents.sheets.table_finding import Table

MOST = 9_999
BESIDE = "行开始；认错了的，改成看到的行号，按回车。"
BESIDE_NONE = "行开始；有表头的，写上看到的行号，按回车。"
NONE = "这张表没有表头"


class HeaderLine(QWidget):
    """``moved`` carries the row, as the sheet counts, or that there is none (``NO_HEADER``)."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._first, self._row = 1, 0
        self.row = QLineEdit()
        self.row.setAccessibleName("表头在第几行")
        self.row.setMaxLength(len(str(MOST)))
        self.row.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 36)
        self.none = QCheckBox(NONE)
        self.none.setAccessibleName(NONE)
        self.none.setToolTip("第一行就是一条数据，照样导入")
        self.none.setMinimumHeight(self.row.sizeHint().height())  # on one line with what stands beside
        self._beside = label(BESIDE, "muted")
        told = QWidget()
        line = QHBoxLayout(told)
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(6)
        for one in (label("表头从第", "muted"), self.row, self._beside):
            line.addWidget(one)
        both = Flow(self)  # with larger letters one stands below the other
        both.addWidget(told)
        both.addWidget(self.none)
        self.row.editingFinished.connect(self._tell)
        self.none.clicked.connect(self._say_none)

    def show_table(self, table: "Table") -> None:
        """Show where the header of a table was found, or that it has none."""
        self._first = table.first_row + 1
        self._row = self._first if table.header_rows else 0
        self.none.setChecked(not self._row)
        self._beside.setText(BESIDE if self._row else BESIDE_NONE)
        self.show_again()

    def show_again(self) -> None:
        """All stays as it was."""
        self.row.setText(str(self._row or ""))
        self.none.setChecked(not self._row)

    def _tell(self) -> None:
        text = self.row.text().strip()
        asked = int(text) if text.isdecimal() else 0
        if 0 < asked <= MOST and asked != self._row:
            self.moved.emit(asked)
        else:
            self.show_again()

    def _say_none(self, is_none: bool) -> None:
        """There is no header; or there is one after all, where the first row was taken for data."""
        from xmdesk.documents.sheets.no_header import NO_HEADER

        self.moved.emit(NO_HEADER if is_none else self._first)
