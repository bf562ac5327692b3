"""The township's own certificate: it is granted by the district, as a village's is."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.shared.certificates import of_no_use
from ui.shared.done import DoneBanner
from ui.shared.due import said_day
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"
TYPED_NAME = "区里纸质通知上的核对数字（20 位，或最后 8 位）"


class TownshipCard(QFrame):
    """Request, then grant."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._around = around
        self._state = label("", wraps=True)
        self.ask, self.take = button("生成开通申请"), button("导入开通证书", "primary")
        self.typed = QLineEdit()
        self.typed.setAccessibleName(TYPED_NAME)
        self.typed.setMinimumWidth(around.icons.theme.px(300))
        self.digits = label("", "code")
        self.done = DoneBanner()
        self._build()
        self.ask.clicked.connect(self._ask)
        self.take.clicked.connect(self._take)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("本镇街的证书", "heading"))
        column.addWidget(self._state)
        column.addWidget(label("① 生成开通申请，打印盖章，和文件一起交到区里", "section"))
        column.addLayout(_row(self.ask))
        column.addWidget(self.digits)
        column.addWidget(self.done)
        column.addWidget(label("② 拿回开通证书，照着区里的纸质通知输入核对数字，再导入", "section"))
        column.addWidget(label(TYPED_NAME, "label"))
        column.addLayout(_row(self.typed, self.take))
        self.digits.hide()

    def refresh(self) -> None:
        """Say how things stand."""
        facts = self._desk.enrolling.certificate_facts()
        over = of_no_use(facts, "本镇街的证书", lost="", aim="使用")
        if over:
            set_tone(self._state, "wrong")
            self._state.setText("".join(words for words, _ in over))
            return
        set_tone(self._state, "good" if facts else "missing")
        until = said_day(facts.get("not_after", ""))
        self._state.setText(
            f"已开通，证书有效期到 {until}。" if facts else "还没有开通。开通之后才能核验各村的上报件。"
        )

    def _ask(self) -> None:
        code = self._desk.office.office().code
        out = self._around.dialogs.save_file("保存开通申请", f"开通申请_{code}.pdf", PDF)
        if out is None:
            return

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, "正在生成密钥和申请…")
            return self._desk.enrolling.request(out, force=True)

        self._around.work.long("生成开通申请", job, self._requested)

    def _requested(self, made: Any) -> None:
        from pathlib import Path

        self.digits.setText(made.fingerprint)
        self.digits.show()
        self.done.say("申请已保存。请核对纸上的数字和上面的一致。", Path(made.path))

    def _take(self) -> None:
        typed = self.typed.text()
        set_tone(self.typed, "" if typed.strip() else "wrong")
        if not typed.strip():
            self.typed.setFocus()
            return
        grant = self._around.dialogs.choose_file("选择开通证书", PDF)
        if grant is None:
            return

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, "正在核验开通证书…")
            return self._desk.enrolling.accept(grant, root_digits_typed=typed)

        self._around.work.long("导入开通证书", job, self._taken)

    def _taken(self, _: Any) -> None:
        self.typed.clear()
        self._around.changes.announce("已导入开通证书")


def _row(*widgets: Any) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for one in widgets:
        row.addWidget(one)
    row.addStretch(1)
    return row
