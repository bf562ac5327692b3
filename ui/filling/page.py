"""一表通: a blank form sent from above is opened, its columns are mapped once, and a register fills it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.filling.begun import Again, Handed, begun_form, begun_words, changed_words, is_same_form, proposed, read_begun
from ui.filling.form import FormPanel
from ui.filling.other_forms import left_words
from ui.shared.drafts import Asking
from ui.shared.drop import DropArea
from ui.shared.file_draft import FileDraft
from ui.shared.page import Page
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label
from xmdesk.files import path_from_text
from xmdesk.records.registers import REGISTERS
from xmdesk.services.filling import Filling

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk
    from xmdesk.services.drafts import Content

FORMS = "表格 (*.xlsx)"
ASKING = Asking("没有填完的表", "接着填", "放弃")


class FillingPage(Page):
    """一表通."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._around, self._book = around, desk.folder
        self.filling = Filling(desk.store)
        self.form = FormPanel(desk, around, self.filling)
        self._path = Path()
        self.keeper = FileDraft("filling", desk.store, self, around, self, asking=ASKING).keeper
        self._choose = button("选择空表", "primary")
        self._choose.clicked.connect(self.choose)
        self._drop = DropArea("把上面发来的空表拖到这里", self._choose, is_single=True)
        self._drop.dropped.connect(lambda paths: self.open_file(paths[0]) if paths else None)
        self._stack = QStackedWidget()
        self._build()
        self.form.again.connect(self._again)
        self.form.save.connect(self._save)
        self.form.closed.connect(self._close)
        self.form.other.clicked.connect(lambda: self._around.travel.carried.emit("imports", self._path))
        self.form.touched.connect(self.keeper.edited)
        self.keeper.passed.connect(self.begin)

    def _build(self) -> None:
        start = frame("ground")
        start.setObjectName("ground")
        column = QVBoxLayout(start)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._drop)
        for words in (
            "① 选空表：程序认出表头，每一列填台账的哪一项、日期和号码怎么写，都可以改。",
            "② 选记录：全部、保存的筛选，或者自己勾选。",
            "③ 另存：表名、格式、合并单元格、合计和说明照原样，原来的空表不会改动。下次收到同样的表，一步填好。",
        ):
            column.addWidget(label(words, "muted", wraps=True))
        column.addStretch(1)
        self._stack.addWidget(start)
        self._stack.addWidget(self.form)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.addWidget(label("一表通", "title"))
        head.addStretch(1)
        outer.addLayout(head)
        outer.addWidget(frame("rule"))
        outer.addWidget(self.keeper.strip)
        outer.addWidget(self._stack, 1)
        self.start_at = self._choose

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Open the file that was dropped on the window; what was decided about the one that is open stays as a draft."""
        self.open_file(paths[0], register, sheet)

    def choose(self) -> None:
        """Let the person choose a blank form."""
        path = self.ask_for_file()
        if path is not None:
            self.open_file(path)

    def ask_for_file(self) -> Path | None:
        """Let the person choose a blank form."""
        return self._around.dialogs.choose_file("选择要填的空表", FORMS)

    def open_file(self, path: Path, register: str = "", sheet: str = "") -> None:
        """Open a blank form; without a register the one that fills most columns is taken."""
        self._open(path, register, sheet, self._opened)

    def _open(self, path: Path, register: str, sheet: str, then: Any, refused: Any = None) -> None:
        filling = self.filling

        def job(_: Any) -> Any:
            blank = filling.look(path, sheet=sheet, register=register)
            return path, blank, proposed(filling, blank, [register] if register else list(REGISTERS))

        self._around.work.long("打开空表", job, lambda found: then(*found), refused=refused)

    def _opened(self, path: Path, blank: Any, form_map: Any) -> None:
        if self._is_open and self.form.losing:
            self.keeper.leave_behind("后来打开了另一份文件")
        self._opened_anew(path, blank, form_map)

    def _opened_anew(self, path: Path, blank: Any, form_map: Any) -> None:
        self.keeper.drop()
        self.form.others.put(())
        self._show(path, blank, form_map)

    def _show(self, path: Path, blank: Any, form_map: Any) -> None:
        self._path = path
        self.form.show_form(blank, form_map)
        self._stack.setCurrentIndex(1)
        self.form.begin()

    def _again(self, sheet: str, register: str) -> None:
        """Turn to another table, or take another register; what was decided about this one waits."""
        left = begun_form(self.form, self._path)
        then = partial(self._turned, left, self.form.is_touched)
        self._open(self._path, register or self.form.others.latest(sheet), sheet, then, self._not_turned)

    def _turned(self, left: "Content | None", is_touched: Any, path: Path, blank: Any, form_map: Any) -> None:
        others = self.form.others
        if left is not None:
            others.keep(left, is_touched=is_touched)
        held = others.take(blank.place, form_map.register)
        if held is None:
            self._show(path, blank, form_map)
        else:
            self._go_on(path, blank, form_map.with_told(held[0]["columns"]), held[0])
            self.form.is_touched = held[1]
        if others.touched:
            self.form.warn(left_words(others.touched[-1], blank.place))
        if self.form.losing:
            self.keeper.keep()
        else:
            self.keeper.drop()

    def _not_turned(self, error: Any) -> None:
        self.form.stay()
        self._around.work.tell(error)

    def _close(self) -> None:
        if self.form.may_leave():
            self._start_again()
            self.keeper.drop()

    def _start_again(self) -> None:
        self._stack.setCurrentIndex(0)
        self._choose.setFocus()

    def showEvent(self, event: Any) -> None:
        """Ask whether what was left behind should be taken up again."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.keeper.offer)

    def let_go(self, path: Path) -> str:
        """Close the form, which goes on as a register; what was decided about it stays as a draft."""
        if not self._is_open or path != self._path:
            return ""
        words = "一表通里选过、改过的没有填完，留在那一页" if self.form.losing else ""
        if words and not self.keeper.leave_behind("这份文件拿到“导入表格”去了，这里的还没有填完"):
            return ""
        self.keeper.drop()
        self.form.give_up()
        self._stack.setCurrentIndex(0)
        return words

    def begin(self) -> None:
        """Go on where the person was in the form, or choose one."""
        self.start_at = None if self._is_open else self._choose
        super().begin()

    def put_down(self) -> bool:
        """Keep what was decided as a draft."""
        self.keeper.keep()
        return True

    @property
    def _is_open(self) -> bool:
        return self._stack.currentIndex() == 1

    def begun_file(self) -> "Content | None":
        """Return what was decided about the tables of the form that is open, unless it was written as it stands."""
        is_written = self.form.done.isVisibleTo(self.form) and not self.form.is_touched
        here = begun_form(self.form, self._path) if self._is_open and not is_written else None
        begun = [*self.form.others.touched, *([here] if here is not None else [])] if self._is_open else []
        return {**begun[-1], "others": begun[:-1]} if begun else None

    def words_of(self, content: "Content") -> str:
        """Say from which register, and how many records were chosen."""
        return begun_words(content)

    def set_aside(self) -> None:
        """Close the form that is open, where nothing was decided about it."""
        if not self.form.losing:
            self._start_again()

    def read_again(self, path: Path, content: "Content", then: Any) -> None:
        """Read the form and put back what still fits."""
        filling = self.filling
        self._around.work.long("打开空表", lambda _: read_begun(filling, path, content), then)

    def show_begun(self, path: Path, found: Again) -> None:
        """Go on where the person was; that the form has changed is said."""
        self.form.others.put(found.content.get("others", ()))
        self._go_on(path, found.blank, found.form_map, found.content)
        self.form.is_touched = True
        if not found.is_same:
            self.form.warn(changed_words(found))

    def hand_over(self) -> object:
        """Return the open form and what was decided about it."""
        content, blank, form_map = begun_form(self.form, self._path), self.form.blank, self.form.map
        others = self.form.others
        if not self._is_open or content is None or blank is None or form_map is None:
            return None
        return Handed(blank, form_map, content, self.keeper.own, self.form.is_touched, others)

    def take_over(self, handed: Handed) -> None:
        """Go on with it; nothing is read anew."""
        self.keeper.go_on(handed.draft)
        self.form.others = handed.others
        self._go_on(path_from_text(handed.content["path"]), handed.blank, handed.form_map, handed.content)
        self.form.is_touched = handed.is_touched

    def _go_on(self, path: Path, blank: Any, form_map: Any, content: "Content") -> None:
        self._show(path, blank, form_map)
        self.form.put_back(content)
        self.form.begin()

    def _save(self) -> None:
        form, filling = self.form, self.filling
        suggested = str(self._path.with_name(f"{self._path.stem}_已填.xlsx"))
        out = self._around.dialogs.save_file("填好的表存到哪里", suggested, FORMS)
        if out is None or form.blank is None or form.map is None:
            return
        if out == self._path:
            self._around.work.say("请换一个文件名", "这是原来的空表，不会被改动。", "请另取一个名字保存。")
            return
        blank, form_map, uids = form.blank, form.map, form.rows.chosen()
        unmasked, reason, password = form.whole.isChecked(), form.reason.text().strip(), form.password.text()

        def job(_: Any) -> Any:
            if unmasked:
                from ui.compose import prove_password

                prove_password(self._book, password)
            return filling.fill(blank, form_map, uids, out, unmasked=unmasked, reason=reason, force=True)

        self._around.work.long("填表", job, self._saved, refused=self._refused)

    def _refused(self, error: Any) -> None:
        if error.code == "T-PASSWORD-WRONG":
            self.form.ask_again(self.form.password)
        self._around.work.say(error.heading or "没有填表", error.happened, error.to_do)

    def _saved(self, filled: Any) -> None:
        self.form.password.clear()
        self.form.say_done(filled)
        self.keeper.keep()
        done = begun_form(self.form, self._path)
        self.keeper.forget(
            lambda content: done is not None and is_same_form(content, done) and not content.get("others")
        )
        self._around.changes.announce(f"已填表 {filled.records} 条")
