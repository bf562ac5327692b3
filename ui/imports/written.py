"""What an import did, and where to go from there."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.imports.people import CAME, people_words, proven_words
from ui.shared.fields.flow import Flow
from ui.shared.words import button, frame, label, set_role
from xmdesk.records.registers import REGISTERS

TAKEN_BACK = "这次导入已经撤销，台账里没有它写入的内容了。\n想要回来，按 Ctrl+Y；或者换一个文件重新导入。"
LEFT = "这个文件里另有改过、选过的表还没有写入。"

NAMED = 6


class WrittenPanel(QFrame):
    """``to_register`` carries its name, ``to_table`` the row of the titles of another table in the sheet; ``to_waiting``,
    ``to_sheet``, ``to_left`` and ``closed`` lead to the rows put aside, to the next sheet of the file, to a table of it that was
    begun and not written, and to another file.
    """

    to_register = Signal(str)
    to_waiting = Signal()
    to_sheet = Signal()
    to_table = Signal(int)
    to_left = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setObjectName("ground")
        self._register, self._result = "", None
        self._file = label("", "heading")
        self._banner = frame("banner", tone="good")
        self.words = label("", wraps=True)
        self._heed = frame("banner", tone="explained")
        self.remarks = label("", wraps=True)
        self.table = button("接着导入另一张表")
        self._table_row = 0
        self.look = button("去看台账")
        self.mend = button("去补录放一边的行")
        self.left = button("回到没有写入的那张表")
        self.following = button("接着导入下一张工作表")
        self.other = button("换一个文件")
        self._ways = (self.left, self.table, self.following, self.mend, self.look, self.other)
        self._usual = self.look
        self._build()
        self.look.clicked.connect(lambda: self.to_register.emit(self._register))
        self.mend.clicked.connect(self.to_waiting)
        self.following.clicked.connect(self.to_sheet)
        self.left.clicked.connect(self.to_left)
        self.table.clicked.connect(lambda: self.to_table.emit(self._table_row))
        self.other.clicked.connect(self.closed)

    def _build(self) -> None:
        inside = QVBoxLayout(self._banner)
        inside.setSpacing(12)
        inside.addWidget(self.words)
        heed = QVBoxLayout(self._heed)
        heed.addWidget(self.remarks)
        ways = QWidget()
        row = Flow(ways, gap=12)
        for one in self._ways:
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._file)
        column.addWidget(self._banner)
        column.addWidget(self._heed)
        column.addWidget(ways)
        column.addStretch(1)

    def show_result(self, result: Any, *, has_more: bool, has_left: bool = False, known: Collection[int] = ()) -> None:
        """Say what was written; the usual next step is in front: another table or sheet of the file, rows put aside, the
        register. ``known`` are the rows of the titles of tables of this sheet that went in before, or were begun; ``has_left``
        tells that something was decided about another table of the file.
        """
        self._result, self._register = result, result.preview.register
        self._file.setText(result.preview.file.name)
        self.look.setText(f"去看{REGISTERS[self._register].title}")
        self.look.setAccessibleName(self.look.text())
        self.following.setVisible(has_more)
        self.left.setVisible(has_left)
        self._show_remarks(result.preview, known)
        self.follow(stands=True, left=result.preview.counts["parked"])

    def follow(self, *, stands: bool, left: int) -> None:
        """Say what became of the import since: taken back, nothing of it is left to go on with; fewer rows may wait."""
        self._banner.setProperty("tone", "good" if stands else "")
        self._banner.style().unpolish(self._banner)
        self._banner.style().polish(self._banner)
        self.words.setText("\n".join(_told(self._result)) if stands else TAKEN_BACK)
        self._heed.setVisible(stands and bool(self.remarks.text()))
        self._say_waiting(left if stands else 0)

    def _show_remarks(self, preview: Any, known: Collection[int]) -> None:
        """Say once more what was said of the sheet as a whole, but for tables that have gone in or were begun meanwhile."""
        from xmdesk.services.remarks import OTHER_TABLE, remarks_on

        left = [one for one in remarks_on(preview).asked if one.facts.get("header_row") not in known]
        told = [one.text for one in left]
        told += [] if self.left.isHidden() else [LEFT]
        self.remarks.setText("\n".join(f"· {one}" for one in told))
        tables = [one for one in left if one.code == OTHER_TABLE]
        self.table.setVisible(bool(tables))
        if tables:
            self._table_row = tables[0].facts["header_row"]
            self.table.setText(f"接着导入第 {tables[0].where.row} 行起的那张表")
            self.table.setAccessibleName(self.table.text())

    def _say_waiting(self, left: int) -> None:
        had = self.mend.hasFocus()
        self.mend.setText(f"去补录放一边的 {left} 行")
        self.mend.setAccessibleName(self.mend.text())
        self.mend.setVisible(bool(left))
        more = next((one for one in (self.left, self.table, self.following) if not one.isHidden()), None)
        usual = more or (self.mend if left else self.look)
        for one in self._ways:
            set_role(one, "primary" if one is usual else "")
        self._usual = usual
        if had and not left:
            usual.setFocus()

    def begin(self) -> None:
        """Put the cursor on the usual next step."""
        self._usual.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the beginning."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def written_words(preview: Any) -> str:
    """Say in one line what was written; the persons that came along are no surprise."""
    counts = preview.counts
    merged = f"并入前面的行 {counts['merged']} 行，" if counts["merged"] else ""
    title = REGISTERS[preview.register].title
    words = f"{title}：新增 {counts['new']} 条，修改 {counts['changed']} 条，{merged}放一边 {counts['parked']} 行"
    return "；".join(filter(None, (words, people_words(preview.people, CAME))))


def _skipped_words(preview: Any) -> list[str]:
    """Which rows were passed over, the first of them by number."""
    from xmdesk.services.remarks import passed_over

    rows = [one.number for one in passed_over(preview) if not one.is_read and str(one.kind) != "next_table"]
    if not rows:
        return []
    more = f"等 {len(rows)} 行" if len(rows) > NAMED else "行"
    return [f"第 {'、'.join(map(str, rows[:NAMED]))} {more}不是数据，没有读入。"]


def _told(result: Any) -> list[str]:
    return [
        f"已写入 {written_words(result.preview)}。",
        f"已逐条读回核对{proven_words(result)}，和预览一致；台账原有 {result.before} 条，现有 {result.after} 条。",
        *_skipped_words(result.preview),
        "底部的“撤销”可以整个收回，“以前的导入”里隔多久都行。",
    ]
