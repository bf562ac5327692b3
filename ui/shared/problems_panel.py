"""The findings of one record in words; each line leads to its field, and a doubtful one can be explained in place.

While all problems of the book are listed below the page, these stand there and not here.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.shared.changes import Travel
from ui.shared.findings import FINE, TONES, WORDS, Finding, missing_words, tally
from ui.shared.icons import Icons
from ui.shared.surroundings import Surroundings
from ui.shared.words import LineButton, Shelf, button, clear, frame, label

if TYPE_CHECKING:
    from xmdesk.problems import Problem
    from xmdesk.services.checking import Checking

SHOWN = 3


class ProblemsPanel(QWidget):
    """``asked`` carries the field the person chose, ``explained`` problems and the reason why they may stand."""

    asked = Signal(str)
    explained = Signal(object, str)

    def __init__(self, icons: Icons, travel: Travel) -> None:
        super().__init__()
        self._icons = icons
        self._travel = travel
        self._is_wanted = True
        self._found: list[Finding] = []
        self._unread, self._none, self._lists_gaps = dict[str, str](), "", False
        self._head = Shelf()
        self._head.line.setContentsMargins(16, 8, 16, 6)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(8, 0, 8, 4)
        self._reason = QLineEdit()
        self._reason.setAccessibleName("原因")
        self._reason.setPlaceholderText("为什么这样是对的？写完按回车，随上报件一起送出")
        self._reason.returnPressed.connect(self._explain)
        self._about: Sequence[Finding] = ()
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        inner = QWidget()
        inner.setObjectName("sheet")
        inner.setLayout(self._lines)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(frame("rule"))
        column.addWidget(self._head)
        column.addWidget(self._scroll)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 8)
        row.addWidget(self._reason)
        column.addLayout(row)
        self._reason.hide()
        icons.changed.connect(self._show)
        travel.listed.connect(self._give_way)
        self._show()
        if travel.has_list:
            self.hide()

    def _give_way(self) -> None:
        self.want(is_wanted=self._is_wanted)

    def want(self, *, is_wanted: bool) -> None:
        """Stand here, unless all problems are listed anyway; or not at all."""
        self._is_wanted = is_wanted
        self.setVisible(is_wanted and not self._travel.has_list)

    def show_findings(
        self,
        found: Sequence[Finding],
        unread: Mapping[str, str] | None = None,
        *,
        none: str = FINE,
        lists_gaps: bool = False,
    ) -> None:
        """Show these; what is only missing is counted, since the form itself marks it, and so are fields that cannot be read.

        ``none`` is what to say where there is nothing of all this. ``lists_gaps`` gives what is missing a line too, where it can
        be given a reason: the form itself cannot be filled in.
        """
        told = (list(found), dict(unread or {}), none, lists_gaps)
        if told != (self._found, self._unread, self._none, self._lists_gaps):
            self._found, self._unread, self._none, self._lists_gaps = told
            self._show()

    def _show(self) -> None:
        clear(self._head.line)
        clear(self._lines)
        self._reason.hide()
        for tone, count in tally(self._found).items():
            if count:
                self._head.line.addWidget(self._chip(tone, count))
        for why in dict.fromkeys(self._unread.values()):
            self._head.line.addWidget(self._unread_chip(why))
        if self._none and not (self._found or self._unread):
            self._head.line.addWidget(label(self._none, "chip", tone="good" if self._none == FINE else ""))
        self._head.line.addStretch(1)
        shown = [[one] for one in self._found if one.tone != "missing"]
        gaps = [one for one in self._found if one.tone == "missing"]
        if gaps and self._lists_gaps:
            shown.append(gaps)
        for many in shown:
            self._lines.addWidget(self._line(many))
        self._lines.addStretch(1)
        high = self.fontMetrics().height() + 12
        self._scroll.setVisible(bool(shown))
        self._scroll.setFixedHeight(min(len(shown), SHOWN) * high + 8)

    def _unread_chip(self, why: str) -> QPushButton:
        first, *others = (name for name, word in self._unread.items() if word == why)
        words = f"{1 + len(others)} 项{why}"
        made = button(words, "chip", name=f"{words}，去第一项")
        made.setProperty("tone", "wrong")
        made.clicked.connect(lambda: self.asked.emit(first))
        return made

    def _chip(self, tone: str, count: int) -> QPushButton:
        first = next(one for one in self._found if one.tone == tone)
        made = button(f"{count} {WORDS[tone]}", "chip", name=f"{count} {WORDS[tone]}，去第一处")
        made.setProperty("tone", tone)
        made.setToolTip("、".join(one.problem.where.label for one in self._found if one.tone == tone)[:200])
        made.clicked.connect(lambda: self.asked.emit(first.problem.where.field))
        return made

    def _line(self, many: Sequence[Finding]) -> QWidget:
        """One finding, or what is missing as one."""
        box, one = QWidget(), many[0]
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        words = _words(one) if one.tone != "missing" else missing_words(many)
        go = LineButton(words, name=f"{words}{one.problem.to_do}")
        go.setIcon(self._icons.get(one.tone if one.tone in TONES else "missing", one.tone))
        go.setToolTip(f"{words}\n{one.problem.to_do}")
        go.clicked.connect(lambda: self.asked.emit(one.problem.where.field))
        row.addWidget(go, 1)
        if one.can_be_explained:
            why = button("改原因" if one.reason else "写明原因", "link")
            why.clicked.connect(lambda: self._ask(many))
            row.addWidget(why)
        return box

    def _ask(self, many: Sequence[Finding]) -> None:
        self._about = many
        self._reason.setText(many[0].reason)
        self._reason.show()
        self._reason.setFocus()

    def _explain(self) -> None:
        if self._about:
            self.explained.emit([one.problem for one in self._about], self._reason.text().strip())


def _words(one: Finding) -> str:
    where, text = one.problem.where, one.problem.text
    words = f"{where.label}：{text}" if where.label and where.label not in text else text
    return f"{words}（已说明：{one.reason}）" if one.reason else words


def write_reason(checking: "Checking", around: Surroundings, problems: "Sequence[Problem]", reason: str) -> None:
    """Let these problems stand with a reason, or without one any more."""
    words = "已写明原因" if reason else "已收回原因"
    around.work.now(lambda: checking.explain_many(problems, reason), lambda _: around.changes.announce(words))
