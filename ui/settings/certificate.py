"""The village's side of enrolment: it asks, then takes the grant in; digits are read from paper and typed."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.shared.certificates import of_no_use
from ui.shared.due import said_day
from ui.shared.page import card
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, clear, label

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

PDF = "PDF 文件 (*.pdf)"
RENEWING = (
    "只在区里停用了原来的证书、或密钥可能外泄时才换。换了以后，原来的证书立即不能再用，要等区里发回新证书才能密封。"
)


def certificate_card(desk: "Desk", around: Surroundings) -> QWidget:
    """Return the village's card."""
    return _Village(desk, around).made


class _Card:
    def __init__(self, desk: "Desk", around: Surroundings, title: str) -> None:
        self.desk = desk
        self.around = around
        self.made, self.column = card(title)
        self.facts = QVBoxLayout()
        self.column.addLayout(self.facts)
        # Slots are methods of this object, which lives as long as the card.
        self.made.setProperty("keeper", self)

    def say(self, *lines: tuple[str, str]) -> None:
        """Show words with their tones."""
        clear(self.facts)
        for words, tone in lines:
            self.facts.addWidget(label(words, tone=tone, wraps=True))

    def digits(self, name: str) -> QLineEdit:
        """Return a line for digits from paper."""
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setMinimumWidth(220)
        return line

    def row(self, *widgets: QWidget) -> None:
        """Add a row of controls."""
        row = QHBoxLayout()
        for one in widgets:
            row.addWidget(one)
        row.addStretch(1)
        self.column.addLayout(row)


class _Village(_Card):
    """Request, then grant."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__(desk, around, "上报证书")
        self._shown: dict[str, Any] = {}
        self.ask, self.take = button("生成开通申请"), button("导入开通证书")
        self.typed = self.digits("区里纸质通知上的后 8 位数字")
        self.renew = button("换新密钥重新申请", "quiet")
        self.row(self.ask, self.renew)
        self.column.addWidget(label(self.typed.accessibleName(), "label"))
        self.row(self.typed, self.take)
        self.ask.clicked.connect(lambda: self._ask(new_key=False))
        self.renew.clicked.connect(self._renew)
        self.take.clicked.connect(self._take)
        around.changes.changed.connect(self.look_again)
        self.refresh()

    def look_again(self) -> None:
        """A letter may have brought news; digits that are being read out stay."""
        if self.desk.enrolling.certificate_facts() != self._shown:
            self.refresh()

    def refresh(self) -> None:
        """Say how things stand."""
        facts = self._shown = self.desk.enrolling.certificate_facts()
        self.renew.setVisible(bool(facts) and not facts["stopped_on"])
        over = of_no_use(facts, "本机的证书", lost="，不能再密封上报", aim="上报")
        if facts and facts["other_code"] and not facts["stopped_on"]:
            own = self.desk.office.office().code or "空的"
            self.say(
                (f"证书上的代码是 {facts['other_code']}，单位信息里的是 {own}，这样不能密封上报。", "wrong"),
                ("填错了的，在“单位信息”里改回来；确实换了代码的，重新生成开通申请，再办一次开通。", ""),
            )
        elif over:
            self.say(*over)
        elif facts:
            self.say((f"已开通，证书有效期到 {said_day(facts['not_after'])}。", "good"))
        else:
            self.say(
                ("还没有开通，密封上报前要先开通一次。", "missing"),
                (
                    "① 生成开通申请，文件交到区里，核对数字要电话或当面念给对方。② 拿回开通证书，连同纸上的数字导入。",
                    "",
                ),
            )

    def _renew(self) -> None:
        if self.around.dialogs.confirm("换新密钥重新申请", RENEWING, yes="换新密钥"):
            self._ask(new_key=True)

    def _ask(self, *, new_key: bool) -> None:
        office = self.desk.office.office()
        out = self.around.dialogs.save_file("保存开通申请", f"开通申请_{office.code}.pdf", PDF)
        if out is not None:
            enrolling = self.desk.enrolling
            job = lambda _: enrolling.request(out, new_key=new_key, force=True)  # noqa: E731 - one use
            self.around.work.long("生成开通申请", job, self._asked)

    def _asked(self, done: Any) -> None:
        self.around.changes.announce("已生成开通申请")
        self.say(("申请已保存。核对数字（念给区里听）：", ""), (spaced(done.fingerprint), "good"))

    def _take(self) -> None:
        path = self.around.dialogs.choose_file("选择开通证书", PDF)
        if path is not None:
            typed = self.typed.text()
            job = lambda _: self.desk.enrolling.accept(path, root_digits_typed=typed)  # noqa: E731 - one use
            self.around.work.long("导入开通证书", job, lambda _: self.refresh())


def spaced(digits: str) -> str:
    """Digits in groups of four."""
    plain = "".join(one for one in digits if one.isalnum())
    return " ".join(plain[place : place + 4] for place in range(0, len(plain), 4))
