"""Sheets in: choose a file, see what would happen, mend it, write; rows that wait; and whole imports taken back."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.imports.batches import BatchesPanel
from ui.imports.begun import Handed, begun_words, changed_words, is_same_table, read_begun
from ui.imports.preview import PreviewPanel
from ui.imports.reading import best_register
from ui.imports.table_work import TableWork
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
    from xmdesk.services.import_begun import PutBack

START, PREVIEW, WRITTEN = range(3)
ASKING = Asking("没有写入的导入", "接着导入", "放弃")
SHEETS = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"


class ImportsPage(Page):
    """导入表格."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self.preview = PreviewPanel(desk, around)
        self.waiting = WaitingPanel(desk.store, around)
        self.table = TableWork(desk, around, self.preview)
        self._result: Any = None
        self.keeper = FileDraft("imports", desk.store, self, around, self, asking=ASKING).keeper
        self._next: Callable[[], None] | None = None
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
        self.table.shown.connect(lambda: self._stack.setCurrentIndex(PREVIEW))
        self.table.touched.connect(self.keeper.edited)
        self.preview.write.connect(lambda: self.table.take_typed(self._write))
        self.preview.typed.connect(self.keeper.edited)
        self.keeper.passed.connect(self.begin)
        self.preview.closed.connect(self._close)
        self.preview.other.clicked.connect(lambda: self._around.travel.carried.emit("filling", self.table.path))
        self.preview.asking.taken.connect(self._stay)
        self.waiting.emptied.connect(self._choose.setFocus)
        self.past.taken_back.connect(self._tabs[1].setFocus)
        self.written.closed.connect(self._start_again)
        self.written.to_register.connect(self._look)
        self.written.to_waiting.connect(self._mend)
        self.written.to_sheet.connect(self.table.to_next_sheet)
        self.written.to_table.connect(self.table.to_table)
        self.written.to_left.connect(self.table.to_left_over)

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
        self._take(partial(self.open_file, paths[0], register, sheet))

    def take_carried(self, path: Path, then: Callable[[], None]) -> None:
        """Take a file from 一表通, where it stays open as long as something else is in work here."""

        def take() -> None:
            then()
            self.open_file(path)

        self._take(take)

    def _take(self, wanted: Callable[[], None]) -> None:
        self._next = wanted
        if self._stack.currentIndex() != PREVIEW or self.preview.may_leave():
            self._open_next()

    def _open_next(self) -> None:
        if self._next is not None:
            wanted, self._next = self._next, None
            wanted()

    def _stay(self) -> None:
        """The person goes on with this file: the one that was brought meanwhile is not opened."""
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
        self._leave_others()
        self.keeper.drop()
        self.preview.written.clear()
        self.table.open(path, preview)

    def _close(self) -> None:
        if self.preview.may_leave():
            self._start_again()
            self.keeper.drop()
            self._open_next()

    def _leave_others(self) -> None:
        """Offer again, above whatever comes, what was decided about tables of a file of which another one was written."""
        if self._stack.currentIndex() == WRITTEN and self.preview.others and self.keeper.leave_behind(""):
            self.preview.others.put(())

    def _start_again(self) -> None:
        self._leave_others()
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
        self.table.show_again(error.preview)
        self.preview.show_moved(error.moved, f"{error.heading}：{error.happened}{error.to_do}")

    def _written(self, result: Any) -> None:
        self.preview.written.add(self.preview.table_of)
        self.preview.others.forget_written(result.preview)
        self._show_written(result)
        self.keeper.keep()
        self.keeper.forget(lambda content: is_same_table(content, result.preview))
        self._around.changes.announce(f"已导入 {written_words(result.preview)}")

    def _show_written(self, result: Any) -> None:
        self.preview.is_touched, self._result = False, result
        has_more, others = bool(self.preview.next_sheet), self.preview.others
        known = self.preview.rows_written | others.rows_on(result.preview.found.sheet)
        self.written.show_result(result, has_more=has_more, has_left=bool(others), known=known)
        self._stack.setCurrentIndex(WRITTEN)
        self.written.begin()

    def showEvent(self, event: Any) -> None:
        """Ask whether what was left behind should be taken up again."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.keeper.offer)

    def let_go(self, path: Path) -> str:
        """Close the file, which goes on as a blank form; what was decided about its tables stays as a draft."""
        if self._stack.currentIndex() == START or path != self.table.path:
            return ""
        words = "导入表格里改过、选过的没有写入，留在那一页" if self.preview.losing else ""
        if words and not self.keeper.leave_behind("这份文件拿到“一表通”去了，这里的还没有写入"):
            return ""
        self.keeper.drop()
        self.preview.give_up()
        self.start_at = self._choose
        self._stack.setCurrentIndex(START)
        return words

    def begin(self) -> None:
        """Go on where the person was; once the file has gone elsewhere, choose one, rather than stand on an answer of the strip."""
        super().begin()
        self.start_at = None

    def put_down(self) -> bool:
        """Keep what was decided as a draft."""
        self.keeper.keep()
        self.waiting.draft.keep()
        return True

    def begun_file(self) -> "Content | None":
        """Return what was decided about the file that is open and not written."""
        here = self._stack.currentIndex()
        found = self.table.begun if here == PREVIEW else self.table.left_over if here == WRITTEN else None
        return found.content() if found is not None else None

    def words_of(self, content: "Content") -> str:
        """Say into which register, and how much was decided."""
        return begun_words(content)

    def set_aside(self) -> None:
        """Close the file that is open, where nothing was decided about it."""
        if not self.preview.losing:
            self._start_again()

    def read_again(self, path: Path, content: "Content", then: Any) -> None:
        """Read the file and put back what still fits."""
        self._around.work.long("读取表格", lambda progress: read_begun(self._desk, path, content, progress), then)

    def show_begun(self, path: Path, found: "PutBack") -> None:
        """Go on where the person was; what does not fit any more is said."""
        self.table.go_on(path, found.preview, found.begun, is_touched=found.begun.is_decided)
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
        return Handed(self.preview.preview, self.table.begun, self.keeper.own, self.preview.is_touched, result)

    def take_over(self, handed: Handed) -> None:
        """Go on with it; nothing is read anew."""
        self.keeper.go_on(handed.draft)
        begun = handed.begun
        self.table.go_on(begun.path, handed.preview, begun, is_touched=handed.is_touched)
        if handed.result is not None:
            self._show_written(handed.result)

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
