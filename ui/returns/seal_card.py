"""The office head's yes, with name and moment, and the act of sealing."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.returns.name_line import NameLine
from ui.shared.due import said_time
from ui.shared.words import button, label, set_tone

if TYPE_CHECKING:
    from xmdesk.services.approving import SignOff

AGREED = "单位负责人看过了，同意上报"
AGAIN = "请负责人再看一遍，重新打勾。"
RENAMED = f"同意以后又改过姓名，{AGAIN}"
LAPSED = {
    "rows": "同意以后内容又改过",
    "accepted": "同意以后收到了区里的回执，变动清单要和刚通过的那一版相比，页面变了",
    "chain": "同意以后又密封过上报件，版次和第几次上报变了",
    "task_no": "同意以后收到了采集任务，页面上的任务编号变了",
    "head": "同意以后表头的文号改过",
    "program": "同意以后程序换了版本，页面要重新排",
    "clock": "电脑的日期比同意那天还早",
    "period": "同意那天这一期还没有结束，现在已经结束，数据要截至期末",
    "findings": "同意以后过了几天，检查出来的问题和那天不一样了",
}
FIRST = "请负责人先点“看页面”，看过要上报的页面，再打勾。"


class SealCard(QFrame):
    """``asked`` carries the two names, ``agreed`` as well, both empty when the yes is taken back; ``waiting`` leads to what a
    slip still waits for; ``wanted`` asks for the pages; ``typed`` fires while a name is being typed.

    Nothing can be done here before :meth:`show_state`.
    """

    asked = Signal(str, str)
    agreed = Signal(str, str)
    waiting = Signal()
    wanted = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._in_the_way: Sequence[str] = ()
        self._version = 0
        self._same = 0
        self._is_seen = self._goes_on = False
        self._seen_names = ("", "")
        self._sign_off: SignOff | None = None
        self.prepared = NameLine("填表人", "印在每张表的表尾，请写上姓名再密封。")
        self.approved = NameLine("单位负责人", "请写上姓名，再打勾。")
        self.yes = QCheckBox(AGREED)
        self.yes.setAccessibleName(AGREED)
        self.seal = button("密封上报件", "primary")
        self.answer = button("去答复", name="去答复退回单")
        self.answer.hide()
        self.look = button("看页面", "primary", name="看要上报的页面")
        self.look.hide()
        self.yes.setEnabled(False)
        self.seal.setEnabled(False)
        self._words = label("", "muted", wraps=True)
        self._build()
        self.seal.clicked.connect(lambda: self.asked.emit(*self.names))
        self.answer.clicked.connect(self.waiting)
        self.look.clicked.connect(self._want)
        self.yes.clicked.connect(self._agree)
        for line in (self.prepared, self.approved):
            line.textEdited.connect(self._type)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("④ 负责人同意后密封", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, line in enumerate((self.prepared, self.approved)):
            for row, one in enumerate((line.head, line, line.asking, line.beside)):
                grid.addWidget(one, row, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        agreeing = QHBoxLayout()
        agreeing.addWidget(self.yes, 1)
        agreeing.addWidget(self.look)
        column.addLayout(agreeing)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.answer)
        row.addWidget(self.seal)
        column.addLayout(row)

    def _want(self) -> None:
        self._goes_on = True
        self.wanted.emit()

    @property
    def names(self) -> tuple[str, str]:
        """Who fills in and who answers for the return, as it stands there."""
        return self.prepared.name, self.approved.name

    @property
    def texts(self) -> dict[str, str]:
        """The names that were typed and not sealed with, by period and line."""
        lines = {"prepared_by": self.prepared, "signed_off_by": self.approved}
        return {f"{period}/{line}": text for line, one in lines.items() for period, text in one.typed.items() if text}

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Let typed names stand in their lines when their period is shown."""
        lines = {"prepared_by": self.prepared, "signed_off_by": self.approved}
        for place, text in texts.items():
            period, _, line = place.partition("/")
            lines[line].typed[period] = text

    def forget(self, period: str) -> None:
        """The names typed for a period were sealed with."""
        for line in (self.prepared, self.approved):
            line.typed.pop(period, None)
        self.typed.emit()

    def _type(self) -> None:
        self.typed.emit()
        self._look()

    def _agree(self) -> None:
        """Take the tick; the yes is for pages that bear both names."""
        nameless = self._nameless
        if self.yes.isChecked() and nameless is not None:
            self.yes.setChecked(False)
            self._say(f"请先填写{nameless.accessibleName()}的姓名，再打勾。", "wrong")
            set_tone(nameless, "wrong")
            nameless.setFocus()
            return
        self.agreed.emit(*(self.names if self.yes.isChecked() else ("", "")))

    def show_state(
        self,
        in_the_way: Sequence[str],
        *,
        period: str = "",
        waits: bool = False,
        names: tuple[str, str],
        office: tuple[str, str] = ("", ""),
        sign_off: "SignOff | None",
        version: int,
        same: int = 0,
        is_seen: bool = True,
    ) -> None:
        """Say what is still in the way; ``version`` is the one that is sealed and still stands, 0 for none.

        ``names`` stand there as long as no others were typed for the ``period`` or agreed to with a yes that holds; one that
        is not as the ``office`` has it is told.
        ``waits``: a slip is not answered yet. ``same``: the version that says the very same already, 0 for none.
        ``is_seen``: the pages of this very content were shown; the yes is for those that bear the names standing here.
        """
        self._same, self._is_seen = same, is_seen
        self.answer.setVisible(waits)
        agreed = (sign_off.prepared_by, sign_off.by) if sign_off and sign_off.holds else ("", "")
        for at, line in enumerate((self.prepared, self.approved)):
            line.show_name(period, names[at], agreed=agreed[at], office=office[at])
        self._sign_off = sign_off
        self._in_the_way = in_the_way
        self._version = version
        self._look()

    def follow(self) -> None:
        """Let the tick stand only for a yes that is kept: the last one was refused."""
        self._look()

    def next_step(self) -> QWidget:
        """Return where to go on here: the seal, before it the yes, before it the pages; a name that is asked for first."""
        if self.seal.isEnabled():
            return self.seal
        asked = next((one for one in (self.prepared, self.approved) if one.is_asked), None)
        return asked or self._before_the_seal()

    def _before_the_seal(self) -> QWidget:
        return self.yes if self.yes.isEnabled() else self.prepared if self.look.isHidden() else self.look

    def show_seen(self, names: tuple[str, str]) -> None:
        """The pages were shown, with these names: the yes can be given; whoever asked for them here goes on to it."""
        self._is_seen, self._seen_names = True, names
        self._look()
        if self._goes_on:
            self._goes_on = False
            QTimer.singleShot(0, self.yes, self.yes.setFocus)

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        set_tone(self._words, tone)

    @property
    def _nameless(self) -> NameLine | None:
        """The first line without a name."""
        return next((one for one in (self.prepared, self.approved) if not one.name), None)

    @property
    def _saw(self) -> bool:
        """Whether the pages that sealing would make now were shown: this content, these names."""
        return self._is_seen and self._seen_names == self.names

    def _look(self) -> None:
        """The tick stands only for this content and these names."""
        given = self._sign_off
        holds = given is not None and given.is_for(prepared_by=self.prepared.name, signed_off_by=self.approved.name)
        self.yes.setChecked(holds)
        self.yes.setText(f"{AGREED}（{said_time(given.at)}）" if holds and given else AGREED)
        if self._in_the_way:
            words, tone = "，".join(self._in_the_way) + "。", "missing"
        else:
            words, tone = self._next_words(holds=holds)
        self._say(words, tone)
        may = not self._in_the_way
        for line in (self.prepared, self.approved):
            line.ask(is_wanted=may and not (self._version and self._same))
        self.look.setVisible(may and not holds and not self._saw)
        self.yes.setEnabled(may and (holds or self._saw))
        self.seal.setEnabled(holds and may and self._nameless is None)

    def _next_words(self, *, holds: bool) -> tuple[str, str]:
        """What to do now that nothing is in the way."""
        if holds and self._same:
            return f"和第 {self._same} 版一模一样，没有改动，不用再密封；确实要再报一版才密封。", "missing"
        if holds:
            return "密封后内容不能再改，要改就重新报一版。", ""
        if self._sign_off is not None:
            lapse = self._sign_off.lapse
            return f"{LAPSED[lapse]}，{AGAIN}" if lapse else RENAMED, "missing"
        if self._version and self._same:
            return f"第 {self._version} 版已经密封。以后台账再有改动，请负责人看过打勾，密封下一版。", ""
        if self._nameless is not None:
            return f"还没有写{self._nameless.accessibleName()}，写上姓名，再请负责人看页面、打勾。", "missing"
        before = f"第 {self._version} 版密封以后又有改动，要再报一版。" if self._version else ""
        return f"{before}{'请负责人看过右边的页面，再打勾。' if self._saw else FIRST}", "missing"
