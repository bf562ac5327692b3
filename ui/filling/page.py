"""一表通: a blank form sent from above is opened, its columns are mapped once, and a register fills it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.filling.columns import known_columns
from ui.filling.form import FormPanel
from ui.shared.drop import DropArea
from ui.shared.page import Page
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label
from xmdesk.records.registers import REGISTERS
from xmdesk.services.filling import Filling

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

FORMS = "表格 (*.xlsx)"


class FillingPage(Page):
    """一表通."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._around, self._book = around, desk.folder
        self.filling = Filling(desk.store)
        self.form = FormPanel(desk, around, self.filling)
        self._path = Path()
        self._choose = button("选择空表", "primary")
        self._choose.clicked.connect(self.choose)
        self._drop = DropArea("把上面发来的空表拖到这里", self._choose, is_single=True)
        self._drop.dropped.connect(lambda paths: self.open_file(paths[0]) if paths else None)
        self._stack = QStackedWidget()
        self._build()
        self.form.again.connect(self._again)
        self.form.save.connect(self._save)
        self.form.closed.connect(self._close)

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
        outer.addWidget(self._stack, 1)
        self.start_at = self._choose

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Open the file that was dropped on the window."""
        self.open_file(paths[0], register, sheet)

    def choose(self) -> None:
        """Let the person choose a blank form."""
        path = self._around.dialogs.choose_file("选择要填的空表", FORMS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path, register: str = "", sheet: str = "") -> None:
        """Open a blank form; without a register the one that fills most columns is taken."""
        self._path = path
        filling = self.filling

        def job(_: Any) -> Any:
            blank = filling.look(path, sheet=sheet)
            maps = [filling.propose(blank, name) for name in ([register] if register else REGISTERS)]
            return blank, max(maps, key=lambda one: (one.kept, known_columns(one)))

        self._around.work.long("打开空表", job, lambda found: self._show(*found))

    def _show(self, blank: Any, form_map: Any) -> None:
        self.form.show_form(blank, form_map)
        self._stack.setCurrentIndex(1)
        self.form.begin()

    def _again(self, sheet: str, register: str) -> None:
        self.open_file(self._path, register, sheet)

    def _close(self) -> None:
        if not self.form.may_leave():
            return
        self._stack.setCurrentIndex(0)
        self._choose.setFocus()

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
        self._around.changes.announce(f"已填表 {filled.rows} 条")
