"""Granting: a request comes in, the card says who asks, and the digits are typed from the stamped paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.certificates.digits import DigitGroups
from ui.shared.clock_doubt import dated
from ui.shared.done import DoneBanner
from ui.shared.drop import DropArea
from ui.shared.due import said_day
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, clear, label
from xmdesk.files import shown_name

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.applicants import Applicant
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"
SECOND = "这个单位另有一枚在用的证书，再发一枚须第二个人同意。请先打电话问明，再写上这个人的姓名"
WRONG_DIGITS = "T-DIGITS-WRONG"


class GrantCard(QFrame):
    """One request after the other; several dropped together wait in line."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._around = around
        self._waiting: list[Path] = []
        self._unread: list[str] = []
        self._request = Path()
        self._folder: Path | None = None
        self.applicant: Applicant | None = None
        self.choose = button("选择申请文件", "primary")
        self._drop = DropArea("把村里交来的开通申请拖到这里", self.choose)
        self.done = DoneBanner()
        self._asked = QWidget()
        self._name = label("", "heading", wraps=True)
        self._facts = QGridLayout()
        self.digits = DigitGroups("纸质申请表上的 20 位核对数字", around.icons.theme)
        self.second = QLineEdit()
        self.second.setAccessibleName(SECOND)
        self.second.setPlaceholderText("姓名")
        self._second_words = label(SECOND, "section", wraps=True)
        self.wrong = label("", tone="wrong", wraps=True)
        self.grant, self.leave = button("发证", "primary"), button("不办", name="不办这一份")
        self._more = label("", "small")
        self._build()
        self._connect()
        self._show_asked(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("办理开通", "heading"))
        self._hint = label("村里把申请文件和盖了章的纸质申请表一起交来，两样都在手上再办。", "muted", wraps=True)
        column.addWidget(self._hint)
        column.addWidget(self.done)
        column.addWidget(self._drop, 1)
        column.addWidget(self._asked)
        inside = QVBoxLayout(self._asked)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._name)
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        inside.addLayout(self._facts)
        inside.addSpacing(4)
        inside.addWidget(label("照着盖章的纸质申请表，输入上面的 20 位数字", "section"))
        inside.addWidget(self.digits)
        inside.addWidget(self._second_words)
        inside.addWidget(self.second)
        inside.addWidget(self.wrong)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.grant)
        row.addWidget(self.leave)
        row.addWidget(self._more)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addStretch(1)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._choose)
        self._drop.dropped.connect(self.take)
        self.digits.changed.connect(lambda _: self._typed())
        self.second.textEdited.connect(lambda _: self._typed())
        self.digits.entered.connect(self._grant)
        self.grant.clicked.connect(self._grant)
        self.leave.clicked.connect(self._next)

    def take(self, paths: list[Path]) -> None:
        """Put requests in line and open the first."""
        self._waiting += paths
        if self.applicant is None:
            self._unread = []
            self.done.hide()
            self._next()

    def _choose(self) -> None:
        self.take(self._around.dialogs.choose_files("选择开通申请", PDF))

    def _next(self) -> None:
        self._show_asked(None)
        if not self._waiting:
            return
        request = self._request = self._waiting.pop(0)

        def job(progress: "Progress") -> Any:
            from xmdesk.services.applicants import read_applicant

            progress.step(0, 1, f"正在核验 {shown_name(request)}…")
            return read_applicant(self._desk, request)

        self._around.work.long("读取开通申请", job, self._show_asked, refused=self._unreadable)

    def _unreadable(self, error: Any) -> None:
        """Say of every file that could not be opened why, and go on with the next."""
        self._unread.append(f"{shown_name(self._request)}：{error.happened}{error.to_do}")
        self._around.work.say(error.heading or "没有打开", "\n".join(self._unread))
        self._next()

    def _show_asked(self, asked: "Applicant | None") -> None:
        self.applicant = asked
        for widget in (self._drop, self._hint):
            widget.setVisible(asked is None)
        self._asked.setVisible(asked is not None)
        self.digits.clear()
        self.second.clear()
        self.wrong.hide()
        for widget in (self.second, self._second_words):
            widget.setVisible(asked is not None and asked.is_second)
        if asked is None:
            return
        self._unread = []
        self.done.hide()
        self._name.setText(asked.name)
        clear(self._facts)
        for row, (head, words, tone) in enumerate(facts_of(asked)):
            self._facts.addWidget(label(head, "muted"), row, 0)
            self._facts.addWidget(label(words, tone=tone, wraps=True), row, 1)
        self._more.setText(f"后面还有 {len(self._waiting)} 份" if self._waiting else "")
        self.digits.setFocus()

    @property
    def _is_whole(self) -> bool:
        """Whether all is typed that a grant needs."""
        agrees = self.applicant is None or not self.applicant.is_second or bool(self.second.text().strip())
        return self.digits.is_whole and agrees

    def _typed(self) -> None:
        self.grant.setEnabled(self._is_whole)
        self.wrong.hide()

    def _grant(self) -> None:
        asked, typed, second = self.applicant, self.digits.digits, self.second.text().strip()
        if asked is None or not self._is_whole:
            return
        self._folder = self._folder or self._around.dialogs.choose_folder("开通证书放到哪里（可以直接选 U 盘）")
        if self._folder is None:
            return
        out = free_path(self._folder, f"开通证书_{asked.code}")
        enrolling, request = self._desk.enrolling, self._request

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, f"正在给 {asked.name} 发证…")
            return enrolling.grant(request, fingerprint=typed, out=out, second=second)

        dated(self._desk, self._around, "发证", job, self._granted, refused=self._refused)

    def _granted(self, made: Any) -> None:
        until = said_day(made.not_after)
        self._around.changes.announce(f"已给 {made.name} 开通")
        self._next()
        self.done.say(f"已给 {made.name} 发证，有效期到 {until}。把文件交回村里导入。", Path(made.path))

    def _refused(self, error: Any) -> None:
        if error.code != WRONG_DIGITS:
            # The folder may be the reason (a stick pulled out): ask for it again.
            self._folder = None
            self._around.work.say(error.heading or "没有发证", error.happened, error.to_do)
            return
        self.digits.mark("wrong")
        self.wrong.setText(
            "数字和申请文件对不上，没有发证。请逐组再对一遍；还是不对，说明文件和纸不是一套，请村里重新申请。"
        )
        self.wrong.show()
        self.digits.setFocus()


def facts_of(asked: "Applicant") -> list[tuple[str, str, str]]:
    """Return head, words and tone of what is known about the applicant."""
    claims = asked.claimed if asked.claimed != asked.name else "与名册一致"
    facts = [
        ("区划代码", asked.code, ""),
        ("自报名称", claims, "" if asked.claimed == asked.name else "missing"),
        ("申请电脑", f"第 {asked.installation} 台", ""),
    ]
    if not asked.history:
        return [*facts, ("以前发证", "没有，这是第一次", "good")]
    past = [f"{said_day(one.issued_at.isoformat())}发过一张，{one.status}" for one in asked.history]
    return [*facts, ("以前发证", "；".join(past), "missing")]


def free_path(folder: Path, stem: str) -> Path:
    """Return a file name that nobody has taken: nothing is overwritten unasked."""
    names = (f"{stem}.pdf", *(f"{stem}_{number}.pdf" for number in range(2, 100)))
    return next((folder / name for name in names if not (folder / name).exists()), folder / names[0])
