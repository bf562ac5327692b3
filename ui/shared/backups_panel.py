"""Backups to choose among: proven on the spot, and made into a new book that touches no other."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.due import table_time
from ui.shared.hint_line import HintLine
from ui.shared.no_room import NO_ROOM
from ui.shared.plain_table import Line, PlainTable
from ui.shared.sticks import size_words
from ui.shared.surroundings import Surroundings
from ui.shared.tick_table import fit_height
from ui.shared.words import button, frame, label, set_tone
from xmdesk.files import shown_name

if TYPE_CHECKING:
    from xmdesk.services.backups import BackupFile, Restored

PATTERN = "台账册备份 (备份_*.db)"
NEW_BOOK = "恢复总是另建一本新的台账册，原来的一本、备份本身都不会改动。用做备份时的密码，忘了的用恢复码。"


class BackupsPanel(QFrame):
    """``wanted`` carries the folder of a restored book that the person wants to open."""

    wanted = Signal(object)

    def __init__(self, around: Surroundings, book: Path | None) -> None:
        super().__init__()
        self._around, self._book = around, book
        self._files: dict[str, BackupFile] = {}
        self._outside: list[BackupFile] = []
        self._made: Path | None = None
        heads = ("什么时候", "为什么", "大小", "里面有")
        self.list = PlainTable(heads, (11, 5, 5, 12), around.icons, name="备份")
        self.other = button("选别处的备份")
        self.password = HintLine("这份备份的密码或恢复码", "密码或恢复码")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("这份备份的密码或恢复码")
        self.password.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.prove, self.restore = button("核对这一份"), button("恢复成一本新的台账册", "primary")
        self._none = label("这里还没有备份。", "muted")
        self._banner = frame("banner", tone="good")
        self.said = label("", wraps=True)
        self.open = button("打开恢复的台账册", "primary")
        self.elsewhere = button("换一个文件夹", name="恢复到另一个文件夹")
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(NEW_BOOK, "muted", wraps=True))
        column.addWidget(self.list)
        column.addWidget(self._none)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.password, 1)
        row.addWidget(self.prove)
        row.addWidget(self.restore)
        column.addLayout(row)
        inside = QHBoxLayout(self._banner)
        inside.addWidget(self.said, 1)
        inside.addWidget(self.open)
        inside.addWidget(self.elsewhere)
        column.addWidget(self._banner)
        self._banner.hide()

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _: self._look())
        self.password.textChanged.connect(lambda _: self._look())
        self.password.returnPressed.connect(self.prove.click)
        self.other.clicked.connect(self._choose)
        self.prove.clicked.connect(self._prove)
        self.restore.clicked.connect(self._restore)
        self.elsewhere.clicked.connect(self._restore_elsewhere)
        self.open.clicked.connect(lambda: self.wanted.emit(self._made))

    def refresh(self) -> None:
        """Show the backups of the book, and those that were brought from elsewhere, newest first."""
        from ui.compose import backups_of

        here = self._key
        own = backups_of(self._book) if self._book is not None else []
        found = sorted([*own, *self._outside], key=lambda one: one.made_at, reverse=True)
        self._files = {str(one.path): one for one in found}
        self.list.show_lines([_line(one) for one in found])
        fit_height(self.list, most=6, least=2)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        keys = list(self._files)
        if keys:
            self.list.selectRow(keys.index(here) if here in keys else 0)
        self._look()

    def take(self, file: Path) -> None:
        """Add a backup that lies elsewhere and go to its password."""
        from ui.compose import backups_in

        known = [one for one in backups_in(file.parent) if one.path == file]
        if not known:
            self.say(f"“{shown_name(file)}”不是台账册的备份。请选名字以“备份_”开头的文件。", "wrong")
            return
        self._outside = [*(one for one in self._outside if one.path != file), *known]
        self.refresh()
        self.list.selectRow(list(self._files).index(str(file)))
        self.password.setFocus()

    def say(self, words: str, tone: str, made: Path | None = None) -> None:
        """Say in place how it went; a restored book can be opened at once."""
        self._made = made
        self.said.setText(words)
        self.open.setVisible(made is not None)
        self.elsewhere.hide()
        set_tone(self._banner, tone)
        self._banner.show()
        if made is not None:
            self.open.setFocus()

    @property
    def _key(self) -> str:
        row = self.list.currentIndex().row()
        lines: Sequence[Line] = self.list.lines.lines
        return lines[row].key if 0 <= row < len(lines) else ""

    def _look(self) -> None:
        ready = bool(self._key and self.password.text())
        for one in (self.prove, self.restore):
            one.setEnabled(ready)

    def _choose(self) -> None:
        file = self._around.dialogs.choose_file("选择备份文件", PATTERN)
        if file is not None:
            self.take(file)

    def _prove(self) -> None:
        file, password = self._files[self._key].path, self.password.text()

        def job(progress: Any) -> Any:
            from ui.compose import verify_backup

            progress.step(0, 1, "正在逐页核对…")
            return verify_backup(file, password)

        self._around.work.long("核对备份", job, self._proven, refused=self._refused)

    def _proven(self, found: dict[str, Any]) -> None:
        from xmdesk.services.backups import contents_words

        self.say(f"这份备份完好，密码对得上。里面有：{contents_words(found['counts'])}。", "good")

    def _restore_elsewhere(self) -> None:
        home = self._around.dialogs.choose_folder("选一个放得下的文件夹，比如“文档”")
        if home is not None:
            self._restore_in(home)

    def _restore(self) -> None:
        self._restore_in(None)

    def _restore_in(self, home: Path | None) -> None:
        file, password, book = self._files[self._key].path, self.password.text(), self._book

        def job(progress: Any) -> Any:
            from ui.compose import restore_beside

            progress.step(0, 1, "正在核对并恢复…")
            return restore_beside(file, password, book, home)

        self._around.work.long("恢复台账册", job, self._restored, refused=self._not_restored)

    def _not_restored(self, error: Any) -> None:
        """Where the book could not lie there, offer to put it into another folder: the password stays."""
        if error.code not in NO_ROOM:
            self._refused(error)
            return
        self.say(f"{error.happened}{error.to_do}", "wrong")
        self.elsewhere.show()
        self.elsewhere.setFocus()

    def _restored(self, made: "Restored") -> None:
        from xmdesk.services.backups import contents_words

        self.password.clear()
        held = contents_words(made.counts)
        self.say(f"已恢复成新的台账册“{shown_name(made.folder)}”，读回核对无误：{held}。", "good", made.folder)

    def _refused(self, error: Any) -> None:
        self.say(f"{error.happened}{error.to_do}", "wrong")
        self.password.selectAll()
        self.password.setFocus()


def _line(one: "BackupFile") -> Line:
    cells = (table_time(one.made_at), one.reason or "不详", size_words(one.size), one.contents)
    return Line(str(one.path), cells, tone="good", icon="folder", tip=str(one.path))
