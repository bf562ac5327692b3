"""Where the book lies, a backup now, the backups so far, and a book made anew from one of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.backups_panel import BackupsPanel
from ui.shared.sticks import Stick, StickButton
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label
from xmdesk.errors import Fault
from xmdesk.files import shown_name, shown_path

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ON_STICK = "台账备份"
NO_STICK = "没有看到 U 盘。请插好，等几秒再点一次；也可以点“备份到别处”。"


class BackupsCard(QFrame):
    """备份与恢复."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk, self._around = desk, around
        self.stick, self.other = StickButton("备份到 U 盘", "primary"), button("备份到别处")
        self.panel = BackupsPanel(around, desk.folder)
        self._build()
        self.stick.chosen.connect(self._to_stick)
        self.stick.absent.connect(lambda: self.panel.say(NO_STICK, "missing"))
        self.other.clicked.connect(self._elsewhere)
        self.panel.wanted.connect(self._open)
        self.panel.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label("备份与恢复", "heading"))
        column.addWidget(label(f"台账放在：{shown_path(self._desk.folder)}", "muted", wraps=True))
        column.addWidget(
            label(
                "每次导入和升级之前、用着的时候和退出时会自动备份。换电脑之前，请再备份一次到 U 盘。",
                "muted",
                wraps=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (self.stick, self.other):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(6)
        column.addWidget(label("已有的备份", "section"))
        column.addWidget(self.panel)

    def _to_stick(self, stick: Stick) -> None:
        if stick.is_locked:
            self._refused(Fault("HAND-LOCKED", stick=stick.name, again=self.stick.text()))
            return
        self._back_up(stick.root / ON_STICK, f"已备份到 {stick.name}，读回核对无误。现在可以拔出 U 盘。")

    def _elsewhere(self) -> None:
        folder = self._around.dialogs.choose_folder("备份到哪个文件夹")
        stick = self.stick.holding(folder) if folder is not None else None
        if stick is not None and stick.is_locked:
            self._refused(Fault("HAND-LOCKED", stick=stick.name, again=self.other.text()))
        elif folder is not None:
            self._back_up(folder, f"已备份到“{shown_name(folder)}”，读回核对无误。")

    def _back_up(self, folder: Path, words: str) -> None:
        upkeep = self._desk.upkeep

        def job(progress: Any) -> Any:
            progress.step(0, 1, "正在备份并读回核对，请不要拔 U 盘…")
            return upkeep.back_up("手动", folder)

        self._around.work.long("备份台账", job, lambda path: self._backed_up(path, words), refused=self._refused)

    def _backed_up(self, path: Path, words: str) -> None:
        self.panel.refresh()
        self.panel.say(f"{words}文件：{shown_name(path)}", "good")
        self._around.changes.announce("已备份并核对")

    def _refused(self, error: Any) -> None:
        self.panel.say(f"{error.happened}{error.to_do}", "wrong")

    def _open(self, folder: Path) -> None:
        """Close this book and ask for the password of the restored one."""
        self._around.preferring.change(book=str(folder))
        self._around.travel.to("lock")
