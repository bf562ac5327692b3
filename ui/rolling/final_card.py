"""Closing the list: who reviewed it, when the villagers met, how long it hung on the board; and opening it again."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.shared.asking import Asking
from ui.shared.fields.picks import Referenced
from ui.shared.icons import Icons
from ui.shared.typed import put_back, written
from ui.shared.words import button, label, set_tone
from xmdesk.records.duty import DutyList
from xmdesk.records.values.reading import Bad

ASKED = {"notice_from": 1, "notice_to": 1, "meeting_on": 1, "reviewed_by": 1}
FOR_NOTICE = ("notice_from", "notice_to")
NEVER = object()
"""What was not shown yet is nothing that the book could say."""
FOR_GOOD = (*FOR_NOTICE, "meeting_on")


class FinalCard(QFrame):
    """``finalised`` and ``announced`` carry the values asked, the days that each needs among them; ``touched`` fires with
    each answer.
    """

    finalised = Signal(object)
    announced = Signal(object)
    touched = Signal()

    def __init__(self, icons: Icons, referenced: Referenced) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.asking = Asking(DutyList, ASKED, referenced=referenced, icons=icons)
        self._year, self._known = 0, dict[str, Any]()
        self._begun: dict[int, tuple[dict[str, Any] | None, dict[str, Any]]] = {}
        self._words = label("", "muted", wraps=True)
        self.announce, self.finalise = button("开始公示"), button("定稿", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("③ 公示和定稿", "heading"))
        column.addWidget(self.asking)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.announce)
        row.addWidget(self.finalise)
        column.addLayout(row)
        for one in self.asking.fields.values():
            one.edited.connect(self.touched)
        self.announce.clicked.connect(lambda: self._send(self.announced, FOR_NOTICE))
        self.finalise.clicked.connect(lambda: self._send(self.finalised, FOR_GOOD))

    def show_list(self, listed: DutyList, *, waiting: int, left: int, reviewer: str) -> None:
        """Show what is known of the list, what is still in the way, and what was left behind; what was typed meanwhile stays."""
        known = {name: getattr(listed, name) for name in ASKED}
        self._show_known(listed.year or 0, known | {"reviewed_by": listed.reviewed_by or reviewer})
        words = f"还有 {waiting} 项没有确认或没写原因，办完才能定稿。" if waiting else "定稿以后这一年的清单不能再改。"
        self._words.setText(f"上年还有 {left} 项没有带过来。{words}" if left else words)
        set_tone(self._words, "missing" if waiting or left else "")
        self.finalise.setEnabled(not waiting)

    def _show_known(self, year: int, known: dict[str, Any]) -> None:
        """Fill in what the book says otherwise than when it was shown last; of another year everything, as it was left there."""
        if year != self._year:
            if self._is_begun:
                self._begun[self._year] = (self._known, written(self.asking.fields))
            self._year = year
            before, begun = self._begun.pop(year, ({}, None))
            if begun is not None:
                put_back(self.asking.fields, begun)
            self._known = known if before is None else before
        self.asking.fill(**{name: value for name, value in known.items() if self._known.get(name, NEVER) != value})
        self._known = known

    @property
    def _is_begun(self) -> bool:
        """Whether anything here is not as the book says."""
        return bool(self._year) and any(self._differs(name) for name in ASKED)

    def _differs(self, name: str) -> bool:
        try:
            return bool(self.asking.fields[name].read() != self._known.get(name))
        except Bad:
            return True

    @property
    def begun(self) -> dict[str, Any]:
        """What was begun and is not in the book, by year, as a draft holds it."""
        here = {str(self._year): written(self.asking.fields)} if self._is_begun else {}
        return {**{str(year): begun for year, (_, begun) in self._begun.items()}, **here}

    def put_back(self, begun: Mapping[str, Any]) -> None:
        """Let it stand there again when its year is shown; what the book said when it was begun is not known any more."""
        self._begun |= {int(year): (None, one) for year, one in begun.items()}

    def _send(self, signal: Any, needed: Sequence[str]) -> None:
        """Send what was asked; a day that is missing is named here, and the cursor goes there."""
        values = self.asking.read()
        if values is None:
            return
        missing = [self.asking.fields[name] for name in needed if values[name] is None]
        if missing:
            names = "、".join(one.spec.label for one in missing)
            self._words.setText(f"{names}还没有填写，请补上再点一次。")
            set_tone(self._words, "wrong")
            missing[0].setFocus()
            return
        signal.emit(values)


class ClosedBanner(QFrame):
    """Why a finalised list is read-only, and the way to open it again; ``reopened`` carries the reason."""

    reopened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "good")
        self._words = label("", wraps=True)
        self._ask = button("重新打开…", "quiet")
        self._ask.setCheckable(True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("重新打开的原因")
        self.reason.setPlaceholderText("写明原因，如“公示期间有村民提出异议”")
        self._do = button("重新打开")
        self._more = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self._ask)
        column.addLayout(head)
        line = QHBoxLayout(self._more)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.reason, 1)
        line.addWidget(self._do)
        column.addWidget(self._more)
        self._more.hide()
        self._ask.toggled.connect(self._show_more)
        self._do.clicked.connect(lambda: self.reopened.emit(self.reason.text()))
        self.reason.returnPressed.connect(lambda: self.reopened.emit(self.reason.text()))

    def show_list(self, words: str) -> None:
        """Say why nothing can be changed."""
        self._words.setText(words)
        self.reason.setText("")
        self._ask.setChecked(False)

    def _show_more(self, on: bool) -> None:
        self._more.setVisible(on)
        if on:
            self.reason.setFocus()
