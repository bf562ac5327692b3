"""The district's twenty digits, large, and what goes out with them: notice, root certificate, revocation list."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.done import DoneBanner
from ui.shared.due import said_day
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label, set_tone
from xmdesk.files import shown_name

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk
    from xmdesk.services.issuing import Enrolled

PDF = "PDF 文件 (*.pdf)"


class RootCard(QFrame):
    """Shown once the authority stands."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._around = around
        self.digits = label("", "code")
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._facts = label("", "small")
        self.valid = label("", "small", wraps=True)
        self.copy = button("复制", name="复制核对数字")
        self.notice = button("打印通知", "primary", name="生成印有核对数字的通知")
        self.export = button("导出根证书和停用名单", "text")
        self.renew = button("换发证书", "primary", name="换发本区发回执和任务用的证书")
        self.done = DoneBanner()
        self._build()
        self.copy.clicked.connect(self._copy)
        self.notice.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.renew.clicked.connect(self._renew)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("本区核对数字", "heading"))
        words = "各村导入开通证书时，照着盖章的通知输入这组数字。"
        column.addWidget(label(words, "muted", wraps=True))
        column.addWidget(self.digits)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.notice)
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.valid)
        column.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.done)
        column.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.export)
        last.addStretch(1)
        last.addWidget(self._facts)
        column.addLayout(last)

    def refresh(self) -> None:
        """Read digits and the state of the revocation list."""
        holding = self._desk.holding
        self.digits.setText(holding.root_digits())
        self.digits.setAccessibleName(f"本区核对数字 {holding.root_digits()}")
        self._say_how_long()
        crl = holding.revocations()
        if crl is not None:
            self._facts.setText(f"停用名单第 {crl.number} 号，截至 {said_day(crl.issued_at.isoformat())}")

    def _say_how_long(self) -> None:
        """Say until when the letters of the district are sealed with a certificate that others take."""
        facts = self._desk.holding.certificate_facts()
        self.renew.setVisible(self._desk.enrolling.is_renewal_due)
        over = facts["expired_on"]
        told = f"本区发回执和任务用的证书，有效期到 {said_day(facts['not_after'])}。"
        if over:
            told = f"本区发回执和任务用的证书到 {said_day(over)} 已经过期，各村收不下之后发出的回执和任务。"
        set_tone(self.valid, "wrong" if over else "")
        self.valid.setText(told)

    def _renew(self) -> None:
        self._around.work.now(self._desk.enrolling.renew, self._renewed)

    def _renewed(self, made: "Enrolled") -> None:
        self._around.changes.announce("已换发本区证书")
        words = (
            f"换发好了，有效期到 {said_day(made.not_after)}。核对数字没有变，各村不用做什么：以后的回执和任务自己带着。"
        )
        set_tone(self.valid, "good")
        self.valid.setText(words)
        self.notice.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.digits.text())
        self._around.changes.announce("已复制核对数字")

    def _print(self) -> None:
        out = self._around.dialogs.save_file("保存通知", "区级证书核对数字通知.pdf", PDF)
        if out is None:
            return

        def job(progress: "Progress") -> Path:
            from xmdesk.services.notices import write_root_notice

            progress.step(0, 1, "正在排版…")
            return write_root_notice(self._desk, out, force=True)

        self._around.work.long("生成通知", job, self._printed)

    def _printed(self, path: Path) -> None:
        self.done.say("通知已生成，请打印、盖章，发到每个镇街、村（社区）。", path)

    def _export(self) -> None:
        folder = self._around.dialogs.choose_folder("根证书和停用名单放到哪里")
        if folder is not None:
            enrolling = self._desk.enrolling
            self._around.work.now(lambda: enrolling.export(folder, force=True), self._exported)

    def _exported(self, written: Any) -> None:
        root, crl = Path(written["root"]), Path(written["crl"])
        self.done.say(f"已导出 {shown_name(root)} 和 {shown_name(crl)}。", root)
