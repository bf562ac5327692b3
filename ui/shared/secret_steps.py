"""Steps that ask for a new password twice, and show a recovery code once: at the first start, and later in the settings."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone

ENOUGH, GOOD = 12, 16


class Step(QWidget):
    """One question. ``changed`` when the answer changed, ``done`` when it is complete and Enter was pressed."""

    changed = Signal()
    done = Signal()
    next_words = "下一步"

    def __init__(self, heading: str, words: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(12)
        if heading:
            self._column.addWidget(label(heading, "title"))
        self._column.addWidget(label(words, "muted", wraps=True))
        self._column.addSpacing(8)

    @property
    def is_ready(self) -> bool:
        """Whether the answer is complete."""
        return False

    def begin(self) -> None:
        """Put the cursor where the answer goes."""


ADVICE, AGAIN = "至少 8 个字符，一句好记的话最好", "再打一遍，免得打错"


class PasswordStep(Step):
    """A password twice, with words about its strength."""

    def __init__(
        self, *, heading: str = "设一个密码", widest: int, first: str = "密码", second: str = "再输入一次"
    ) -> None:
        super().__init__(heading, "没有密码或恢复码，谁也打不开台账。")
        self.first, self.second = QLineEdit(), QLineEdit()
        self._strength = label(ADVICE, "muted", wraps=True)
        self._same = label(AGAIN, "muted", wraps=True)
        for name, line, words in ((first, self.first, self._strength), (second, self.second, self._same)):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAccessibleName(name)
            line.setMaximumWidth(widest)
            self._column.addWidget(label(name, "label"))
            self._column.addWidget(line)
            self._column.addWidget(words)
            line.textChanged.connect(self._look)
        self.first.returnPressed.connect(self.second.setFocus)
        self._column.addStretch(1)
        self._is_good = False

    def begin(self) -> None:
        """Type at once."""
        self.first.setFocus()

    def forget(self) -> None:
        """Empty both lines."""
        self.first.clear()
        self.second.clear()

    @property
    def is_ready(self) -> bool:
        """Whether the password may serve and was typed twice alike."""
        return self._is_good and self.first.text() == self.second.text()

    def _look(self) -> None:
        tone, words = strength(self.first.text())
        self._is_good = tone == "good"
        self._strength.setText(words or ADVICE)
        set_tone(self._strength, tone)
        typed = self.second.text()
        same = typed == self.first.text()
        self._same.setText(AGAIN if not typed else "两次一样" if same else "两次输入的不一样")
        set_tone(self._same, "" if not typed else "good" if same else "wrong")
        self.changed.emit()


class RecoveryStep(Step):
    """The recovery code to print; its last group is typed back, so that it was really written down."""

    next_words = "开始使用"

    def __init__(self, around: Surroundings) -> None:
        words = "密码忘了时，只有它能打开台账。请打印或抄在纸上，放进保险柜。它只显示这一次，程序里不留。"
        super().__init__("请收好恢复码", words)
        self._around = around
        self._code = label("", "code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._print = button("打印", name="打印恢复码")
        self._print.clicked.connect(self._to_paper)
        self.typed = QLineEdit()
        self.typed.setAccessibleName("恢复码最后一组")
        self.typed.setMaximumWidth(200)
        self._words = label("")
        self._last = ""
        self._column.addWidget(self._code)
        self._column.addWidget(self._print, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(8)
        self._column.addWidget(label("写下后，照着纸把最后一组输入一遍：", "label"))
        self._column.addWidget(self.typed)
        self._column.addWidget(self._words)
        self._column.addStretch(1)
        self.typed.textChanged.connect(self._look)

    def show_code(self, code: str) -> None:
        """Show a code, or none any more."""
        self.typed.clear()
        self._code.setText(code)
        self._last = code.rsplit("-", 1)[-1]

    def begin(self) -> None:
        """Type at once."""
        self.typed.setFocus()

    @property
    def is_ready(self) -> bool:
        """Whether the last group was typed back."""
        return bool(self._last) and self.typed.text().strip().upper() == self._last

    def _look(self) -> None:
        is_long = len(self.typed.text().strip()) >= len(self._last)
        self._words.setText("对了" if self.is_ready else "和纸上的不一样，请再看一遍" if is_long else "")
        set_tone(self._words, "good" if self.is_ready else "wrong")
        self.changed.emit()

    def _to_paper(self) -> None:
        self._around.dialogs.print_text(
            "恢复码", f"台账恢复码\n\n{self._code.text()}\n\n请放进保险柜，不要放在电脑旁。"
        )
        self.typed.setFocus()


def strength(password: str) -> tuple[str, str]:
    """Return tone and words for a password."""
    from xmdesk.errors import WrongUse
    from xmdesk.trust.passwords import check_password

    if not password:
        return "", ""
    try:
        check_password(password)
    except WrongUse as error:
        return "wrong", error.happened
    if len(password) >= GOOD:
        return "good", "很好"
    return "good", "好" if len(password) >= ENOUGH else "可以，再长一点更好"
