"""Sheets in: choose a file, see what would happen, mend it, write; rows that wait; and whole imports taken back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.imports.columns import remapped
from ui.imports.preview import PreviewPanel, best_register
from ui.imports.waiting import WaitingPanel
from ui.shared.drop import DropArea
from ui.shared.due import table_time
from ui.shared.page import Page
from ui.shared.plain_table import Line, PlainTable
from ui.shared.surroundings import Surroundings
from ui.shared.templates import offer_templates, save_template
from ui.shared.words import button, frame, label
from xmdesk.files import shown_name
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

AT_ONCE = 200
"""Rows that are joined anew within the blink of an eye."""
UNDO_HINT = "选一次导入就能整个撤销，隔多久都行；后来改过的会保留"
SHEETS = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"


class ImportsPage(Page):
    """导入表格."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self.preview = PreviewPanel(desk, around)
        self.waiting = WaitingPanel(desk.store, around)
        self._mapping: dict[str, list[str]] = {}
        self._corrections: dict[tuple[int, str], str] = {}
        self._header_row = 0
        self._had_waiting = False
        self._stack = QStackedWidget()
        self._choose = button("选择文件", "primary")
        self._choose.clicked.connect(self.choose)
        self._drop = DropArea("把 Excel 或 WPS 表格拖到这里", self._choose)
        self._drop.dropped.connect(lambda paths: self.open_file(paths[0]) if paths else None)
        heads = ("文件", "导入到", "时间", "新增", "修改", "放一边", "状态")
        self.batches = PlainTable(
            heads, (8, 7, 7, 3, 3, 3, 4), around.icons, name="以前的导入", nothing="还没有导入过。"
        )
        self._undo = button("撤销这一次导入")
        self._undo.setEnabled(False)
        self._undone = label(UNDO_HINT, "muted")
        self._undo.clicked.connect(self._take_back)
        self._tabs = (button("待处理", "choice"), button("以前的导入", "choice"))
        self._lists = QStackedWidget()
        self._build()
        self.preview.again.connect(self._other)
        self.preview.mapped.connect(self._map)
        self.preview.headed.connect(self._head)
        self.preview.corrected.connect(self._correct)
        self.preview.decided.connect(self._decide)
        self.preview.write.connect(self._write)
        self.preview.closed.connect(self._close)
        self.batches.chosen.connect(self._choose_batch)
        around.changes.changed.connect(self._list)
        self._turn_to(1)
        self._list()

    def _build(self) -> None:
        start = frame("ground")
        start.setObjectName("ground")
        column = QVBoxLayout(start)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._drop)
        words = "表头在第几行、合并单元格、合计行都不要紧。能用的行写入，看不懂的行连同原因放在一边，原表不会改动。"
        self._hint = label(words, "muted", wraps=True)
        self.template = button("空白模板", "quiet")
        self.template.setToolTip("存一张空表，在 WPS、Excel 里填，填好拖进来；证件号码不会被改坏")
        self.template.clicked.connect(lambda: offer_templates(self.template, self._save_template))
        line = QHBoxLayout()
        line.addWidget(self._hint, 1)
        line.addStretch()
        line.addWidget(self.template)
        column.addLayout(line)
        column.addLayout(self._tab_row())
        self._lists.addWidget(self.waiting)
        self._lists.addWidget(self.batches)
        column.addWidget(self._lists, 1)
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

    def _tab_row(self) -> QHBoxLayout:
        """What waits and what was brought in before, with the ways back."""
        row = QHBoxLayout()
        for place, one in enumerate(self._tabs):
            one.setCheckable(True)
            one.setAutoExclusive(True)
            one.clicked.connect(lambda _=False, place=place: self._open(place))
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._undone)
        row.addWidget(self._undo)
        return row

    def _save_template(self, name: str) -> None:
        save_template(name, self._around)

    def _turn_to(self, place: int) -> None:
        """Show what waits, or the imports so far."""
        self._tabs[place].setChecked(True)
        self._lists.setCurrentIndex(place)
        for one in (self._undo, self._undone):
            one.setVisible(place == 1)

    def _open(self, place: int) -> None:
        """Turn to a list because somebody asked for it: the cursor goes along."""
        self._turn_to(place)
        (self.waiting.rows, self.batches)[place].setFocus()

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Open the file that was dropped on the window."""
        self.open_file(paths[0], register, sheet)

    def choose(self) -> None:
        """Let the person choose a file."""
        path = self._around.dialogs.choose_file("选择要导入的表格", SHEETS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path, register: str = "", sheet: str = "") -> None:
        """Read a file and show what an import would do; without a register the one that fits best is taken."""
        importing = self._desk.importing

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, f"正在读取 {shown_name(path)}…")
            opened = importing.look(path)
            return (
                importing.preview(opened, register, sheet=sheet)
                if register
                else best_register(importing, opened, progress)
            )

        self._start_anew()
        self._around.work.long("读取表格", job, self._show)

    def _other(self, sheet: str, register: str) -> None:
        self._start_anew()
        if register:
            self._preview(sheet, register, self._show)
            return
        opened, importing = self.preview.opened, self._desk.importing
        job = lambda progress: best_register(importing, opened, progress, sheet=sheet)  # noqa: E731 - one use
        self._around.work.long("读取工作表", job, self._show)

    def _head(self, row: int) -> None:
        """Read the table anew from another header; what was decided about the old one is of no use."""
        self._start_anew(row)
        found = self.preview.preview
        self._preview(found.found.sheet, found.register, self._show_again)

    def _start_anew(self, header_row: int = 0) -> None:
        self._mapping, self._corrections, self._header_row = {}, {}, header_row

    def _map(self, header: str, option: str) -> None:
        self._mapping = remapped(self.preview.preview, header, option)
        found = self.preview.preview
        self._preview(found.found.sheet, found.register, self._show_again)

    def _correct(self, number: int, texts: dict[str, str]) -> None:
        if not texts:
            return
        self._corrections |= {(number, header): text for header, text in texts.items()}
        importing, preview, corrections = self._desk.importing, self.preview.preview, dict(self._corrections)
        self._around.work.long("重读", lambda _: importing.reread(preview, corrections), self._show_again)

    def _decide(self, decisions: dict[int, Any]) -> None:
        """Join the rows anew by what was decided; a short table needs no cover over the window."""
        importing, preview = self._desk.importing, self.preview.preview
        if len(preview.joined) <= AT_ONCE:
            self._around.work.now(lambda: importing.decide(preview, decisions), self._show_again)
        else:
            self._around.work.long("重新查看", lambda _: importing.decide(preview, decisions), self._show_again)

    def _preview(self, sheet: str, register: str, then: Any) -> None:
        opened, importing, before = self.preview.opened, self._desk.importing, self.preview.preview
        mapping = json.dumps(self._mapping, ensure_ascii=False) if self._mapping else ""
        corrections, row = dict(self._corrections), self._header_row

        def job(_: "Progress") -> Any:
            found = importing.preview(opened, register, sheet=sheet, mapping=mapping, header_row=row)
            found = importing.reread(found, corrections) if corrections else found
            is_same = (before.register, before.found.sheet) == (register, sheet)
            return importing.decide(found, before.decisions) if is_same and before.decisions else found

        self._around.work.long("重新查看", job, then)

    def _show(self, preview: Any) -> None:
        self.preview.show_preview(preview)
        self.preview.is_touched = False
        self._stack.setCurrentIndex(1)
        self.preview.begin()

    def _show_again(self, preview: Any) -> None:
        self.preview.show_preview(preview, stay=True)
        self.preview.is_touched = True

    def _close(self) -> None:
        if not self.preview.may_leave():
            return
        self._stack.setCurrentIndex(0)
        self._choose.setFocus()

    def _write(self) -> None:
        preview, importing, registers = self.preview.preview, self._desk.importing, self._desk.registers

        def job(_: "Progress") -> Any:
            before = registers.count(preview.register)
            return importing.write(preview), before, registers.count(preview.register)

        self._around.work.long("写入台账", job, lambda done: self._written(*done))

    def _written(self, result: Any, before: int, after: int) -> None:
        counts = result.preview.counts
        noun = REGISTERS[result.preview.register].title
        merged = f"并入前面的行 {counts['merged']} 行，" if counts["merged"] else ""
        words = f"{noun}：新增 {counts['new']} 条，修改 {counts['changed']} 条，{merged}放一边 {counts['parked']} 行"
        proof = f"已逐条读回核对 {result.proven} 条，和预览一致；台账原有 {before} 条，现有 {after} 条"
        self.preview.say_written(f"{words}。{proof}")
        self.preview.is_touched = False
        self._around.changes.announce(f"已导入 {words}")

    def _list(self) -> None:
        lines = [
            Line(
                key=one.uid,
                cells=(
                    one.file_name,
                    REGISTERS[one.register].title if one.register in REGISTERS else one.register,
                    table_time(one.imported_at),
                    *(str(one.counts.get(name, 0)) for name in ("new", "changed", "parked")),
                    "已撤销" if one.undone_at else "已写入",
                ),
                tone="" if one.undone_at else "good",
                icon="file",
            )
            for one in self._desk.importing.batches()
        ]
        self.batches.show_lines(lines)
        count = self.waiting.refresh()
        self._tabs[0].setText(f"待处理 {count}")
        self._tabs[0].setVisible(bool(count))
        self._hint.setVisible(not count)
        if bool(count) != self._had_waiting:
            self._turn_to(0 if count else 1)
        self._had_waiting = bool(count)
        self._undo.setEnabled(False)
        self._undone.setVisible(bool(lines) and self._lists.currentIndex() == 1)

    def _choose_batch(self, key: str) -> None:
        """Only what is written can be taken back."""
        line = next(one for one in self.batches.lines.lines if one.key == key)
        self._undo.setEnabled(line.tone == "good")

    def _take_back(self) -> None:
        row = self.batches.currentIndex().row()
        lines = self.batches.lines.lines
        if 0 <= row < len(lines):
            self._around.work.now(lambda: self._desk.importing.undo(lines[row].key), self._taken_back)

    def _taken_back(self, result: Any) -> None:
        kept = f"，{len(result.kept)} 条后来改过的保留" if result.kept else ""
        self._around.changes.announce(f"已撤销导入：去掉 {result.removed} 条，复原 {result.restored} 条{kept}")
