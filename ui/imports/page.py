"""Sheets in: choose a file, see what would happen, mend it, write; rows that wait; and whole imports taken back."""

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.imports.batches import BatchesPanel
from ui.imports.begun import Handed, begun_import, begun_words, changed_words, is_same_table, read_begun
from ui.imports.columns import remapped
from ui.imports.preview import PreviewPanel
from ui.imports.reading import ReadSo, best_register, reading_so
from ui.imports.waiting import WaitingPanel
from ui.imports.written import WrittenPanel, written_words
from ui.shared.drafts import Asking
from ui.shared.drop import DropArea
from ui.shared.file_draft import FileDraft
from ui.shared.page import Page
from ui.shared.surroundings import Surroundings
from ui.shared.templates import offer_templates, save_template
from ui.shared.words import button, frame, label
from xmdesk.files import shown_name

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk
    from xmdesk.services.drafts import Content
    from xmdesk.services.import_begun import BegunImport, PutBack

START, PREVIEW, WRITTEN = range(3)
ASKING = Asking("没有写入的导入", "接着导入", "放弃")
AT_ONCE = 200
"""Rows that are joined anew within the blink of an eye."""
SHEETS = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"


class ImportsPage(Page):
    """导入表格."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self.preview = PreviewPanel(desk, around)
        self.waiting = WaitingPanel(desk.store, around)
        self._so, self._path = ReadSo(), Path()
        self._result: Any = None
        self.keeper = FileDraft("imports", desk.store, self, around, self, asking=ASKING).keeper
        self._next: tuple[Path, str, str] | None = None
        self._had_waiting = False
        self._stack = QStackedWidget()
        self._choose = button("选择文件", "primary")
        self._choose.clicked.connect(self.choose)
        self._drop = DropArea("把 Excel 或 WPS 表格拖到这里", self._choose, is_single=True)
        self._drop.dropped.connect(lambda paths: self.open_file(paths[0]) if paths else None)
        self.past = BatchesPanel(desk.importing, around)
        self.batches = self.past.table
        self.written = WrittenPanel()
        self._tabs = (button("待处理", "choice"), button("以前的导入", "choice"))
        self._lists = QStackedWidget()
        self._build()
        self._connect()
        around.changes.changed.connect(self._list)
        self._turn_to(1)
        self._list()

    def _connect(self) -> None:
        self.preview.again.connect(self._other)
        self.preview.mapped.connect(self._map)
        self.preview.headed.connect(self._head)
        self.preview.corrected.connect(self._correct)
        self.preview.corrected_alike.connect(self._correct_alike)
        self.preview.decided.connect(self._decide)
        self.preview.remarks.other.connect(self._other_table)
        self.preview.remarks.hidden.connect(lambda skips: self._read_otherwise(skip_hidden=skips))
        self.preview.skipped.turned.connect(lambda row: self._read_otherwise(records=self._so.records ^ {row}))
        self.preview.write.connect(self._write)
        self.preview.typed.connect(self.keeper.edited)
        self.keeper.passed.connect(self.begin)
        self.preview.closed.connect(self._close)
        self.preview.other.clicked.connect(lambda: self._around.travel.carried.emit("filling", self._path))
        self.preview.asking.taken.connect(self._stay)
        self.waiting.emptied.connect(self._choose.setFocus)
        self.past.taken_back.connect(self._tabs[1].setFocus)
        self.written.closed.connect(self._start_again)
        self.written.to_register.connect(self._look)
        self.written.to_waiting.connect(self._mend)
        self.written.to_sheet.connect(self._next_sheet)
        self.written.to_table.connect(self._other_table)

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
        self._lists.addWidget(self.past)
        column.addWidget(self._lists, 1)
        self._stack.addWidget(start)
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.written)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.addWidget(label("导入表格", "title"))
        head.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(frame("rule"))
        outer.addWidget(self.keeper.strip)
        outer.addWidget(self._stack, 1)

    def _tab_row(self) -> QHBoxLayout:
        """What waits and what was brought in before."""
        row = QHBoxLayout()
        for place, one in enumerate(self._tabs):
            one.setCheckable(True)
            one.setAutoExclusive(True)
            one.clicked.connect(lambda _=False, place=place: self._open(place))
            row.addWidget(one)
        row.addStretch(1)
        return row

    def _save_template(self, name: str) -> None:
        save_template(name, self._around)

    def _turn_to(self, place: int) -> None:
        """Show what waits, or the imports so far."""
        self._tabs[place].setChecked(True)
        self._lists.setCurrentIndex(place)

    def _open(self, place: int) -> None:
        """Turn to a list because somebody asked for it: the cursor goes along."""
        self._turn_to(place)
        self.past.rest()
        (self.waiting.rows, self.batches)[place].setFocus()

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Open the file that was dropped on the window; what is being decided about another one is asked about first."""
        self._next = (paths[0], register, sheet)
        if self._stack.currentIndex() != PREVIEW or self.preview.may_leave():
            self._open_next()

    def _open_next(self) -> None:
        if self._next is not None:
            wanted, self._next = self._next, None
            self.open_file(*wanted)

    def _stay(self) -> None:
        """The person goes on with this file: the one that was dropped meanwhile is not opened."""
        self._next = None

    def choose(self) -> None:
        """Let the person choose a file."""
        path = self.ask_for_file()
        if path is not None:
            self.open_file(path)

    def ask_for_file(self) -> Path | None:
        """Let the person choose a table."""
        return self._around.dialogs.choose_file("选择要导入的表格", SHEETS)

    def open_file(self, path: Path, register: str = "", sheet: str = "") -> None:
        """Read a file and show what an import would do; without a register the one that fits best is taken."""
        importing = self._desk.importing

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, f"正在读取 {shown_name(path)}…")
            opened = importing.look(path)
            return best_register(importing, opened, progress, sheet=sheet, register=register)

        self._around.work.long("读取表格", job, lambda preview: self._opened(path, preview))

    def _opened(self, path: Path, preview: Any) -> None:
        self._path, self._so = path, ReadSo()
        self.keeper.drop()
        self.preview.written.clear()
        self._show(preview)

    def _other_table(self, header_row: int) -> None:
        """Read another table of the same sheet."""
        self._other(self.preview.preview.found.sheet, "", header_row)

    def _other(self, sheet: str, register: str, row: int = 0) -> None:
        self._so = ReadSo()
        if register:
            self._preview(sheet, register, self._show_other)
            return
        opened, importing = self.preview.opened, self._desk.importing
        job = lambda progress: best_register(importing, opened, progress, sheet=sheet, header_row=row)  # noqa: E731 - one use
        self._around.work.long("读取工作表", job, self._show_other)

    def _head(self, row: int) -> None:
        """Read the table anew from another header; what was decided about the old one is of no use."""
        before, found = self._so, self.preview.preview
        self._so = ReadSo(header_row=row)
        self._preview(found.found.sheet, found.register, self._show_again, refused=partial(self._no_head, before))

    def _no_head(self, before: ReadSo, error: Any) -> None:
        """That row is no header: all stays as it was."""
        self._so = before
        self.preview.header.show_again()
        self._around.work.tell(error)

    def _map(self, header: str, option: str) -> None:
        self._so = replace(self._so, mapping=remapped(self.preview.preview, header, option))
        found = self.preview.preview
        self._preview(found.found.sheet, found.register, self._show_again)

    def _correct(self, number: int, texts: dict[str, str]) -> None:
        if texts:
            self._reread({(number, header): text for header, text in texts.items()})

    def _correct_alike(self, numbers: list[int], header: str, text: str) -> None:
        self._reread({(number, header): text for number in numbers})

    def _reread(self, fresh: dict[tuple[int, str], str]) -> None:
        self._read_otherwise(corrections={**self._so.corrections, **fresh})

    def _read_otherwise(self, **said: Any) -> None:
        """Read the same table anew as a person said."""
        self._so = so = replace(self._so, **said)
        importing, preview = self._desk.importing, self.preview.preview
        self._around.work.long("重读", lambda _: so.reread(importing, preview), self._show_again)

    def _decide(self, decisions: dict[int, Any]) -> None:
        """Join the rows anew by what was decided, or by nothing more; a short table needs no cover over the window."""
        importing, preview = self._desk.importing, self.preview.preview
        show = self._show_again if decisions else partial(self.preview.show_preview, stay=True)
        if len(preview.joined) <= AT_ONCE:
            self._around.work.now(lambda: importing.decide(preview, decisions), show)
        else:
            self._around.work.long("重新查看", lambda _: importing.decide(preview, decisions), show)

    def _preview(self, sheet: str, register: str, then: Any, *, refused: Any = None) -> None:
        job = reading_so(self._desk.importing, self.preview.preview, sheet, register, self._so)
        self._around.work.long("重新查看", job, then, refused=refused)

    def _show(self, preview: Any) -> None:
        self._so = replace(self._so, header_row=preview.choices.header_row)
        self.preview.show_preview(preview)
        self.preview.is_touched = False
        self._stack.setCurrentIndex(PREVIEW)
        self.preview.begin()

    def _show_other(self, preview: Any) -> None:
        self._show(preview)
        self.keeper.edited()

    def _show_again(self, preview: Any) -> None:
        self.preview.show_preview(preview, stay=True)
        self.preview.is_touched = True
        self.keeper.edited()

    def _close(self) -> None:
        if self.preview.may_leave():
            self._start_again()
            self.keeper.drop()
            self._open_next()

    def _start_again(self) -> None:
        self._stack.setCurrentIndex(START)
        self._choose.setFocus()

    def _look(self, register: str) -> None:
        """Go and see what was written; whoever comes back here begins anew."""
        self._start_again()
        self._around.travel.to(register)

    def _mend(self) -> None:
        self._start_again()
        self._turn_to(0)
        self.waiting.begin()

    def _next_sheet(self) -> None:
        self._other(self.preview.next_sheet, "")

    def _write(self) -> None:
        preview, importing = self.preview.preview, self._desk.importing
        write = partial(importing.write, preview)
        self._around.work.long("写入台账", write, self._written, refused=self._not_written)

    def _not_written(self, error: Any) -> None:
        """Show what would happen now that the book was changed, and say in which rows that is another thing."""
        from xmdesk.services.outcomes import Overtaken

        if not isinstance(error, Overtaken):
            self._around.work.tell(error)
            return
        self._show_again(error.preview)
        self.preview.show_moved(error.moved, f"{error.heading}：{error.happened}{error.to_do}")

    def _written(self, result: Any) -> None:
        self.preview.written.add(self.preview.table_of)
        self._show_written(result)
        self.keeper.drop()
        self.keeper.forget(lambda content: is_same_table(content, result.preview))
        self._around.changes.announce(f"已导入 {written_words(result.preview)}")

    def _show_written(self, result: Any) -> None:
        self.preview.is_touched, self._result = False, result
        has_more = bool(self.preview.next_sheet)
        self.written.show_result(result, has_more=has_more, written=self.preview.rows_written)
        self._stack.setCurrentIndex(WRITTEN)
        self.written.begin()

    def showEvent(self, event: Any) -> None:
        """Ask whether what was left behind should be taken up again."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.keeper.offer)

    def put_down(self) -> bool:
        """Keep what was decided as a draft."""
        self.keeper.keep()
        return True

    def begun_file(self) -> "Content | None":
        """Return what was decided about the file that is open and not written."""
        return self._begun().content() if self._stack.currentIndex() == PREVIEW else None

    def words_of(self, content: "Content") -> str:
        """Say into which register, and how much was decided."""
        return begun_words(content)

    def set_aside(self) -> None:
        """Close the file that is open, where nothing was decided about it."""
        if not self.preview.is_touched:
            self._start_again()

    def read_again(self, path: Path, content: "Content", then: Any) -> None:
        """Read the file and put back what still fits."""
        self._around.work.long("读取表格", lambda progress: read_begun(self._desk, path, content, progress), then)

    def show_begun(self, path: Path, found: "PutBack") -> None:
        """Go on where the person was; what does not fit any more is said."""
        self._path = path
        self._go_on(found.preview, found.begun, is_touched=found.begun.is_decided)
        if found.is_same:
            self.preview.open_list(self.preview.place)
        else:
            self.preview.warn(changed_words(found))
            self.preview.begin()

    def hand_over(self) -> object:
        """Return the open file and what was decided about it."""
        if self._stack.currentIndex() == START:
            return None
        result = self._result if self._stack.currentIndex() == WRITTEN else None
        return Handed(self.preview.preview, self._begun(), self.keeper.own, self.preview.is_touched, result)

    def take_over(self, handed: Handed) -> None:
        """Go on with it; nothing is read anew."""
        self.keeper.go_on(handed.draft)
        self._path = handed.begun.path
        self._go_on(handed.preview, handed.begun, is_touched=handed.is_touched)
        if handed.result is not None:
            self._show_written(handed.result)

    def _begun(self) -> "BegunImport":
        return begun_import(self.preview, self._path, self._so)

    def _go_on(self, preview: Any, begun: "BegunImport", *, is_touched: bool) -> None:
        self._so = ReadSo.of(begun)
        self._show(preview)
        if begun.look:
            self.preview.put_back(begun.look)
        self.preview.is_touched = is_touched

    def _list(self) -> None:
        """Show what waits and all imports anew."""
        waiting = self.waiting.refresh()
        self.past.refresh(Counter(one.batch for one in waiting))
        count = len(waiting)
        self._tabs[0].setText(f"待处理 {count}")
        self._tabs[0].setVisible(bool(count))
        self._hint.setVisible(not count)
        if bool(count) != self._had_waiting:
            self._turn_to(0 if count else 1)
        self._had_waiting = bool(count)
        if self._stack.currentIndex() == WRITTEN:
            stands = any(one.uid == self._result.batch and not one.undone_at for one in self._desk.importing.batches())
            self.written.follow(stands=stands, left=sum(one.batch == self._result.batch for one in waiting))
