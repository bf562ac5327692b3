"""The password is forgotten: the recovery code from the safe, and a new password."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.shared.arranging import scrolled
from ui.shared.secret_steps import PasswordStep
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label


class Recover(QWidget):
    """``opened`` carries the open desk; ``back`` returns to the password."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, folder: Path, around: Surroundings) -> None:
        super().__init__()
        self._folder = folder
        self._around = around
        self.code = QLineEdit()
        self.code.setAccessibleName("恢复码")
        self.code.setPlaceholderText("五组字母和数字，空格和大小写都不要紧")
        self.passwords = PasswordStep(heading="", widest=around.icons.theme.px(520))
        self.renew = button("重设密码并打开", "primary")
        self._words = label("", wraps=True, tone="wrong")
        self._build()
        self.code.textChanged.connect(self._look)
        self.passwords.changed.connect(self._look)
        self.renew.clicked.connect(self.renew_now)
        self.code.returnPressed.connect(self._enter)
        self.passwords.second.returnPressed.connect(self._enter)
        self.setFocusProxy(self.code)
        self._look()

    def _build(self) -> None:
        card = frame("card")
        card.setFixedWidth(self._around.icons.theme.px(520))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 20)
        inside.setSpacing(10)
        inside.addWidget(label("忘记密码", "title"))
        inside.addWidget(label("照保险柜里的恢复码输入；恢复码以后继续有效。", wraps=True))
        inside.addWidget(label("恢复码", "label"))
        inside.addWidget(self.code)
        inside.addWidget(self.passwords)
        inside.addWidget(self._words)
        row = QHBoxLayout()
        back = button("返回", "quiet")
        back.clicked.connect(self.back)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self.renew)
        inside.addLayout(row)
        sheet = QWidget()
        # Not by alignment: an aligned card would not be given the height that its broken lines need.
        middle = QGridLayout(sheet)
        middle.addWidget(card, 1, 1)
        for edge in (0, 2):
            middle.setRowStretch(edge, 1)
            middle.setColumnStretch(edge, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(sheet))

    def _look(self) -> None:
        self.renew.setEnabled(bool(self.code.text().strip()) and self.passwords.is_ready)

    def _enter(self) -> None:
        """Enter does it when all is there, else goes to the line that is wanted next."""
        if self.renew.isEnabled():
            self.renew_now()
        else:
            (self.passwords.first if self.code.text().strip() else self.code).setFocus()

    def renew_now(self) -> None:
        """Try the code; a wrong one is told beside the field."""
        folder, code, password = self._folder, self.code.text(), self.passwords.first.text()

        def job(progress: Any) -> Any:
            from ui.compose import recover_book

            progress.step(0, 1, "正在核对恢复码…")
            return recover_book(folder, code, password)

        self._words.setText("")
        self._around.work.long("重设密码", job, self.opened.emit, refused=self._refused)

    def _refused(self, error: Any) -> None:
        self._words.setText(f"{error.happened}{error.to_do}")
        self.code.setFocus()
