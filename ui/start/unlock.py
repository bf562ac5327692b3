"""The password of a book that exists already."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.shared.fields.flow import Flow
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label, set_role, set_tone
from xmdesk.files import shown_path

BROKEN = frozenset({"DB-DAMAGED", "DB-KEY", "DB-NOT-FOUND", "DB-KEYBOX-MISSING", "DB-FOREIGN"})
"""The book itself cannot be opened any more: only a backup helps."""


class Unlock(QWidget):
    """``opened`` carries the open desk; the others ask for another book, a new one, a new password, a backup."""

    opened = Signal(object)
    other = Signal()
    fresh = Signal()
    forgotten = Signal()
    restoring = Signal()

    def __init__(self, folder: Path, around: Surroundings) -> None:
        super().__init__()
        self._folder = folder
        self._around = around
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("密码")
        self.password.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.enter = button("打开", "primary")
        self._words = label("", wraps=True, tone="wrong")
        self._words.hide()
        self.restore = button("从备份恢复", "text")
        self._build()
        self.password.returnPressed.connect(self.open_now)
        self.enter.clicked.connect(self.open_now)
        self.setFocusProxy(self.password)

    def _build(self) -> None:
        card = frame("card")
        card.setFixedWidth(self._around.icons.theme.px(460))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 20)
        inside.setSpacing(12)
        inside.addWidget(label("打开台账", "title"))
        inside.addWidget(label(shown_path(self._folder), "small", wraps=True))
        inside.addSpacing(8)
        inside.addWidget(label("密码", "label"))
        inside.addWidget(self.password)
        inside.addWidget(self._words)
        inside.addWidget(self.enter)
        row = Flow(gap=16)
        other = button("打开别的台账", "text")
        fresh = button("新建台账", "text")
        other.clicked.connect(self.other)
        fresh.clicked.connect(self.fresh)
        forgotten = button("忘记密码", "text")
        forgotten.clicked.connect(self.forgotten)
        self.restore.clicked.connect(self.restoring)
        for one in (other, fresh, forgotten, self.restore):
            row.addWidget(one)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def open_now(self) -> None:
        """Try the password."""
        secret = self.password.text()
        if not secret or self._around.work.is_busy:
            return
        self._say("")
        folder = self._folder

        def job(progress: Any) -> Any:
            from ui.compose import open_book

            progress.step(0, 1, "正在核对密码…")
            return open_book(folder, secret)

        self._around.work.long("打开台账", job, self.opened.emit, refused=self._refused)

    def _refused(self, error: Any) -> None:
        self._say(f"{error.happened}{error.to_do}")
        if error.code in BROKEN:
            set_role(self.restore, "primary")
            self.restore.setFocus()
            return
        self.password.selectAll()
        self.password.setFocus()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_tone(self.password, "wrong" if words else "")
