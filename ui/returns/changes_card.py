"""What this return says differently from the version sealed last: counts, and a line for each record."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.words import LineButton, Shelf, button, clear, label
from xmdesk.periods import Period
from xmdesk.records.submission import SubmissionState
from xmdesk.services.comparing import ADDED, CHANGED, REMOVED, Comparison

if TYPE_CHECKING:
    from xmdesk.services.comparing import Difference

SHOWN = 6
SINCE = {
    SubmissionState.ACCEPTED: "和上次通过的",
    SubmissionState.SENT_BACK: "和退回的",
    SubmissionState.SENT: "和送出的",
}
LOOKS = {ADDED: ("new", "good"), CHANGED: ("correction", "explained"), REMOVED: ("retire", "missing")}


class ChangesCard(QFrame):
    """``asked`` carries register and uid of the record to look at."""

    asked = Signal(str, str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icons = icons
        self._found: Comparison = Comparison(None, (), 0)
        self._is_whole = False
        self._chips = Shelf()
        self.about = label("", "muted", wraps=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.more = button("再看其余", "text")
        self.more.clicked.connect(self._show_all)
        head = QHBoxLayout()
        head.addWidget(label("③ 和上次相比", "heading"))
        head.addStretch(1)
        head.addWidget(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addLayout(self._rows)
        column.addWidget(self.more)

    def show_changes(self, found: Comparison) -> None:
        """Show the comparison, the first lines only unless all were asked for."""
        self._found = found
        clear(self._chips.line)
        for what, (_, tone) in LOOKS.items():
            if found.count(what):
                self._chips.line.addWidget(label(f"{what} {found.count(what)}", "chip", tone=tone))
        if found.since is None:
            self.about.setText("还没有密封过的上报可以比，这一份全部算新的。")
        else:
            words = f"{Period.parse(found.since.period).words}第 {found.since.version} 版"
            same = f"{found.unchanged} 条没有变" if found.lines else f"{found.unchanged} 条全都没有变"
            self.about.setText(f"{SINCE.get(found.since.state, '和密封过的')}{words}相比，{same}。")
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        lines = self._found.lines if self._is_whole else self._found.lines[:SHOWN]
        for one in lines:
            self._rows.addWidget(self._line(one))
        rest = len(self._found.lines) - len(lines)
        self.more.setText(f"再看其余 {rest} 条")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(bool(rest))

    def _line(self, one: "Difference") -> LineButton:
        icon, tone = LOOKS[one.what]
        made = LineButton(f"{one.what}   {one.words}", name=f"{one.what}，{one.words}")
        made.setIcon(self._icons.get(icon, tone))
        made.clicked.connect(lambda: self.asked.emit(one.register, "" if one.what == REMOVED else one.uid))
        return made

    def _show_all(self) -> None:
        self._is_whole = True
        self._fill()
