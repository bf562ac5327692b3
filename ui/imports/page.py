"""Sheets in: choose a file, see what would happen, write, and take a whole import back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.imports.preview import PreviewPanel, best_register
from ui.shared.drop import DropArea
from ui.shared.page import Page
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label, local_time
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

SHEETS = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"


class ImportsPage(Page):
    """导入表格."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self.preview = PreviewPanel(around)
        self._stack = QStackedWidget()
        self._choose = button("选择文件", "primary")
        self._choose.clicked.connect(self.choose)
        self._drop = DropArea("把 Excel 或 WPS 表格拖到这里", self._choose)
        self._drop.dropped.connect(lambda paths: self.open_file(paths[0]) if paths else None)
        heads = ("文件", "导入到", "时间", "新增", "修改", "放一边", "状态")
        self.batches = PlainTable(heads, (5, 3, 3, 1, 1, 1, 2), around.icons, name="以前的导入")
        self._undo = button("撤销所选的导入", "quiet")
        self._undo.clicked.connect(self._take_back)
        self._build()
        self.preview.again.connect(self._preview)
        self.preview.write.connect(self._write)
        self.preview.closed.connect(lambda: self._stack.setCurrentIndex(0))
        around.changes.changed.connect(self._list)
        self._list()

    def _build(self) -> None:
        start = frame("ground")
        start.setObjectName("ground")
        column = QVBoxLayout(start)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._drop)
        words = "表头在第几行、合并单元格、合计行都不要紧。能用的行写入，看不懂的行连同原因放在一边，原表不会改动。"
        column.addWidget(label(words, "muted", wraps=True))
        row = QHBoxLayout()
        row.addWidget(label("以前的导入", "heading"))
        row.addStretch(1)
        row.addWidget(self._undo)
        column.addLayout(row)
        column.addWidget(self.batches, 1)
        self._stack.addWidget(start)
        self._stack.addWidget(self.preview)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.addWidget(label("导入表格", "title"))
        head.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(frame("rule"))
        outer.addWidget(self._stack, 1)

    def choose(self) -> None:
        """Let the person choose a file."""
        path = self._around.dialogs.choose_file("选择要导入的表格", SHEETS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Read a file and show what an import would do."""
        importing = self._desk.importing

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, f"正在读取 {path.name}…")
            return best_register(importing, importing.look(path), progress)

        self._around.work.long("读取表格", job, self._show)

    def _preview(self, sheet: str, register: str) -> None:
        opened, importing = self.preview.opened, self._desk.importing
        job = lambda _: importing.preview(opened, register, sheet=sheet)  # noqa: E731 - one use
        self._around.work.long("重新查看", job, self._show)

    def _show(self, preview: Any) -> None:
        self.preview.show_preview(preview)
        self._stack.setCurrentIndex(1)

    def _write(self) -> None:
        preview, importing = self.preview.preview, self._desk.importing
        self._around.work.long("写入台账", lambda _: importing.write(preview), self._written)

    def _written(self, result: Any) -> None:
        counts = result.preview.counts
        noun = REGISTERS[result.preview.register].title
        words = f"{noun}：新增 {counts['new']} 条，修改 {counts['changed']} 条，放一边 {counts['parked']} 行"
        self.preview.say_written(words)
        self._around.changes.announce(f"已导入 {words}")

    def _list(self) -> None:
        lines = [
            Line(
                key=one.uid,
                cells=(
                    one.file_name,
                    REGISTERS[one.register].title if one.register in REGISTERS else one.register,
                    local_time(one.imported_at),
                    *(str(one.counts.get(name, 0)) for name in ("new", "changed", "parked")),
                    "已撤销" if one.undone_at else "已写入",
                ),
                tone="" if one.undone_at else "good",
                icon="file",
            )
            for one in self._desk.importing.batches()
        ]
        self.batches.show_lines(lines)
        self._undo.setEnabled(bool(lines))

    def _take_back(self) -> None:
        row = self.batches.currentIndex().row()
        lines = self.batches.lines.lines
        if 0 <= row < len(lines):
            self._around.work.now(lambda: self._desk.importing.undo(lines[row].key), self._taken_back)

    def _taken_back(self, result: Any) -> None:
        kept = f"，{len(result.kept)} 条后来改过的保留" if result.kept else ""
        self._around.changes.announce(f"已撤销导入：去掉 {result.removed} 条，复原 {result.restored} 条{kept}")
