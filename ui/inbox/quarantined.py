"""The files that could not come in: why, and what can be done about each: look again, give back, delete."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.due import table_time
from ui.shared.plain_table import Line, PlainTable
from ui.shared.sticks import size_words
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, shorten
from xmdesk.files import shown_name
from xmdesk.problems import problem

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk
    from xmdesk.services.inbox import Received
    from xmdesk.services.quarantined import KeptFile

GONE_FOR_GOOD = "这一条和留着的原件一起删除，不能撤销。U 盘上和填报单位那里的文件不受影响。"


class QuarantinedPanel(QWidget):
    """``counted`` carries how many there are."""

    counted = Signal(int)

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._files: dict[str, KeptFile] = {}
        self.table = PlainTable(
            ("收到时间", "文件", "大小", "原因"),
            (4, 5, 2, 8),
            around.icons,
            name="隔离的文件",
            nothing="没有隔离的文件。不能接收的文件会留在这里，最多半年、2 GB。",
        )
        self.card = CardOfOne()
        self._build()
        self.table.chosen.connect(self._show)
        self.card.check.clicked.connect(self._check)
        self.card.export.clicked.connect(self._export)
        self.card.delete.clicked.connect(self._delete)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addWidget(self.card)

    def refresh(self) -> None:
        """Read the list anew; what was chosen stays chosen, or what came in its place."""
        here, place = self._key, self.table.currentIndex().row()
        self._files = {one.sha256: one for one in self._desk.quarantined.files()}
        self.table.show_lines([_line(one) for one in self._files.values()])
        keys = list(self._files)
        if here and keys:
            self.table.selectRow(keys.index(here) if here in keys else min(place, len(keys) - 1))
        else:
            self._show("")
        self.counted.emit(len(keys))

    @property
    def _key(self) -> str:
        row, lines = self.table.currentIndex().row(), self.table.lines.lines
        return lines[row].key if 0 <= row < len(lines) else ""

    def _show(self, key: str) -> None:
        kept = self._files.get(key)
        if kept is not None:
            self.card.show_file(kept)
        elif self.card.isAncestorOf(self.card.window().focusWidget() or self):
            self.table.setFocus()
        self.card.setVisible(kept is not None)

    def _check(self) -> None:
        kept, quarantined = self._files[self._key], self._desk.quarantined

        def job(progress: "Progress") -> Any:
            return quarantined.check_again(kept, progress)

        self._around.work.long("重新检查", job, self._checked)

    def _checked(self, received: "Received") -> None:
        if received.verdict == "refuse":
            self._around.changes.announce(f"{received.file}：还是不能接收。{received.text}")
        else:
            self._around.changes.announce(f"{received.file}：{received.text}")

    def _export(self) -> None:
        kept, quarantined = self._files[self._key], self._desk.quarantined
        folder = self._around.dialogs.choose_folder("退给对方的文件放到哪里")
        if folder is not None:
            job = lambda progress: quarantined.export(kept, folder, progress)  # noqa: E731 - one use
            self._around.work.long("导出给对方", job, self._exported)

    def _exported(self, written: Path) -> None:
        self._around.changes.announce(f"已写好并读回核对：{shown_name(written)}，旁边是写明原因的文本")

    def _delete(self) -> None:
        kept, quarantined = self._files[self._key], self._desk.quarantined
        if self._around.dialogs.confirm(f"删除“{shorten(kept.name, 40)}”", GONE_FOR_GOOD, yes="删除"):

            def job(progress: "Progress") -> Any:
                progress.step(0, 1, "正在删除…")
                quarantined.delete(kept)

            self._around.work.long("删除隔离的文件", job, lambda _: self._deleted(kept.name))

    def _deleted(self, name: str) -> None:
        self._around.changes.announce(f"已删除 {name}")


class CardOfOne(QFrame):
    """One refused file with its reason and the three acts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = label("", "heading")
        self.often = label("", "muted")
        self.reason = label("", wraps=True)
        self.check, self.export = button("重新检查", "primary"), button("导出给对方")
        self.delete = button("删除", name="删除这份隔离的文件")
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.often)
        row.addStretch(1)
        for one in (self.delete, self.export, self.check):
            row.addWidget(one)
        column.addLayout(row)

    def show_file(self, kept: "KeptFile") -> None:
        """Show one; what is missing can only be deleted."""
        self.title.setText(shorten(kept.name, 40))
        self.title.setToolTip(kept.name)
        self.often.setText(f"收到过 {kept.times} 次" if kept.times > 1 else "")
        self.reason.setText(_words(kept))
        for one in (self.check, self.export):
            one.setEnabled(not kept.is_missing)


def _words(kept: "KeptFile") -> str:
    """Why, and what to do; of a copy that is gone, that comes first."""
    if kept.is_missing:
        gone = problem("INBOX-MISSING", name=kept.name)
        return f"{gone.text}{gone.to_do}"
    return f"{kept.text}{kept.to_do}"


def _line(kept: "KeptFile") -> Line:
    cells = (table_time(kept.received_at), kept.name, size_words(kept.size), _words(kept))
    look = {"tone": "missing", "icon": "missing"} if kept.is_missing else {}
    return Line(kept.sha256, cells, **look)
