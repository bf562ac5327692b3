"""Another password or another recovery code for this book, asked in place; the old ones are valid until the new ones are kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.shared.secret_steps import PasswordStep, RecoveryStep
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label

if TYPE_CHECKING:
    from ui.compose import NewRecovery

ABOUT = "密码忘了时用恢复码打开。换密码、换恢复码都不动台账里的内容；以前做的备份仍用当时的密码和恢复码。"
CHANGED = "密码已换。下次打开用新密码；恢复码不变。"
RENEWED = "恢复码已换。旧的恢复码作废，请把保险柜里的那张换掉。"


class SecretsCard(QFrame):
    """密码和恢复码: one of the two is asked at a time."""

    def __init__(self, folder: Path, around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._folder, self._around = folder, around
        self._waiting: NewRecovery | None = None
        widest = around.icons.theme.px(420)
        self.change, self.renew = button("换密码"), button("换恢复码")
        self.old = QLineEdit()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self.old.setAccessibleName("现在的密码")
        self.old.setMaximumWidth(widest)
        self.wrong = label("", tone="wrong", wraps=True)
        self.fresh = PasswordStep(heading="", widest=widest, first="新密码", second="再输入一次新密码")
        self.code = RecoveryStep(around)
        self.go, self.drop = button("", "primary"), button("不换了", "quiet")
        self._said = label("", wraps=True)
        self._banner = frame("banner", tone="good")
        self._asked, self._known = QWidget(), QWidget()
        self._build()
        self._connect()
        self._show(self.change, is_open=False)

    def _build(self) -> None:
        QVBoxLayout(self._banner).addWidget(self._said)
        known = _column(self._known)
        for one in (label("现在的密码", "label"), self.old, self.wrong):
            known.addWidget(one)
        asked = _column(self._asked)
        for one in (self._known, self.fresh, self.code):
            asked.addWidget(one)
        asked.addLayout(_row(self.go, self.drop))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label("密码和恢复码", "heading"))
        column.addWidget(label(ABOUT, "muted", wraps=True))
        column.addLayout(_row(self.change, self.renew))
        column.addWidget(self._asked)
        column.addWidget(self._banner)
        self._banner.hide()

    def _connect(self) -> None:
        for one in (self.change, self.renew):
            one.setCheckable(True)
        self.change.clicked.connect(lambda on: self._show(self.change, is_open=on))
        self.renew.clicked.connect(lambda on: self._show(self.renew, is_open=on))
        self.drop.clicked.connect(self._drop)
        self.go.clicked.connect(self._go)
        self.old.returnPressed.connect(self._onward)
        self.fresh.second.returnPressed.connect(self.go.click)
        self.code.typed.returnPressed.connect(self.go.click)
        self.old.textChanged.connect(self._look)
        self.fresh.changed.connect(self._look)
        self.code.changed.connect(self._look)

    def _show(self, which: Any, *, is_open: bool) -> None:
        """Ask for the one or the other, or for nothing; whatever was typed for it is forgotten."""
        self._waiting = None
        self.old.clear()
        self.fresh.forget()
        self.code.show_code("")
        self.wrong.hide()
        self.change.setChecked(is_open and which is self.change)
        self.renew.setChecked(is_open and which is self.renew)
        self._asked.setVisible(is_open)
        self._known.show()
        self.fresh.setVisible(which is self.change)
        self.code.hide()
        self._name(self.go, "换成新密码" if which is self.change else "生成新恢复码")
        self._look()
        if is_open:
            self._banner.hide()
            self.old.setFocus()

    def _drop(self) -> None:
        here = self.change if self.change.isChecked() else self.renew
        here.setFocus()
        self._show(here, is_open=False)

    def _onward(self) -> None:
        if self.change.isChecked():
            self.fresh.first.setFocus()
        else:
            self.go.click()

    def _look(self) -> None:
        if self._waiting is not None:
            ready = self.code.is_ready
        else:
            ready = bool(self.old.text()) and (self.fresh.is_ready or not self.change.isChecked())
        self.go.setEnabled(ready)

    def _go(self) -> None:
        if self._waiting is not None:
            self._around.work.now(self._waiting.keep, lambda _: self._done(RENEWED), refused=self._refused)
        elif self.change.isChecked():
            self._change()
        else:
            self._make_code()

    def _change(self) -> None:
        folder, old, new = self._folder, self.old.text(), self.fresh.first.text()

        def job(progress: Any) -> None:
            from ui.compose import change_password

            progress.step(0, 0, "正在核对现在的密码…")
            change_password(folder, old, new)

        self._around.work.long("换密码", job, lambda _: self._done(CHANGED), refused=self._refused)

    def _make_code(self) -> None:
        folder, old = self._folder, self.old.text()

        def job(progress: Any) -> "NewRecovery":
            from ui.compose import new_recovery

            progress.step(0, 0, "正在核对现在的密码…")
            return new_recovery(folder, old)

        self._around.work.long("换恢复码", job, self._made, refused=self._refused)

    def _made(self, made: "NewRecovery") -> None:
        """Show the code; it comes into force when its last group was typed from the paper."""
        self._waiting = made
        self.old.clear()
        self._known.hide()
        self.code.show_code(made.code)
        self.code.show()
        self._name(self.go, "换成这个恢复码")
        self._look()
        self.code.begin()

    def _done(self, words: str) -> None:
        if words == RENEWED and self._around.preferring.current.unwritten == str(self._folder):
            self._around.preferring.change(unwritten="")
        self._drop()
        self._said.setText(words)
        self._banner.show()
        self._around.changes.announce(words.split("。", maxsplit=1)[0])

    def _refused(self, error: Any) -> None:
        self.wrong.setText(f"{error.happened}{error.to_do}")
        self.wrong.show()
        self._known.show()
        self.old.selectAll()
        self.old.setFocus()

    def hideEvent(self, event: Any) -> None:
        """Nobody finds a password half typed, or a code, when the person comes back."""
        super().hideEvent(event)
        if not event.spontaneous() and not self._around.work.is_busy:
            self._show(self.change, is_open=False)

    def _name(self, one: Any, words: str) -> None:
        one.setText(words)
        one.setAccessibleName(words)


def _column(inside: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(inside)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(8)
    return made


def _row(*widgets: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(8)
    for one in widgets:
        made.addWidget(one)
    made.addStretch(1)
    return made
