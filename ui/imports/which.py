"""Of several that a row may mean: a short list of them, each with what tells it apart, to look at and to pick from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shared.icons import Icons
from ui.shared.plain_table import Line, PlainTable
from ui.shared.words import button
from xmdesk.services.pairing import Choice, Decision, Pair

if TYPE_CHECKING:
    from xmdesk.ports import Store

KEYS = {
    int(key): choice
    for key, choice in zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), Choice, strict=True)
}
KEEPS = int(Qt.Key.Key_5)
"""What is known of the person behind a post stays."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAST_LINES, MOST_LINES = 2, 3
EDGES = 4
"""Above and below the lines."""


class KeyedTable(PlainTable):
    """A list that hands digits and Enter on."""

    pressed_key = Signal(int, bool)

    def keyPressEvent(self, event: Any) -> None:
        """Digits decide, Enter goes on."""
        if event.key() in KEYS or event.key() in (KEEPS, *ENTER):
            self.pressed_key.emit(event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)


class WhichTable(KeyedTable):
    """``chosen`` carries the mark of the one that is looked at; ``left`` tells that Escape was pressed, ``further`` the arrow
    to the right.
    """

    left = Signal()
    further = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__(("可能是",), (1,), icons, name="可能是哪一个", room=10, has_heads=False)
        self.doubleClicked.connect(lambda _: self.pressed_key.emit(int(Qt.Key.Key_Return), False))

    def show_candidates(self, pair: Pair, facts: Sequence[str], *, is_chosen: bool) -> None:
        """Show all that a row may mean; the one beside it is in front, ticked where it was chosen."""
        self.setAccessibleName(f"第 {pair.number} 行可能是哪一{noun_of(pair)}")
        ticked = pair.candidate.mark if is_chosen else ""
        lines = [
            Line(one.mark, (text,), *(("good", "good") if one.mark == ticked else ()))
            for one, text in zip(pair.candidates, facts, strict=True)
        ]
        self.blockSignals(True)
        self.show_lines(lines)
        self.selectRow([one.before for one in pair.candidates].index(pair.before))
        self.blockSignals(False)
        self.setMinimumHeight(self.line_high * min(len(lines), LEAST_LINES) + EDGES)
        self.setMaximumHeight(self.line_high * min(len(lines), MOST_LINES) + EDGES)

    def keyPressEvent(self, event: Any) -> None:
        """Escape goes back to the rows, the arrow to the right into the fields."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Right:
            self.further.emit()
        else:
            super().keyPressEvent(event)


class WhichPanel(QWidget):
    """The list with its acts, for a row that waits. ``decided`` carries what a person said of it."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, store: "Store", icons: Icons) -> None:
        super().__init__()
        self._store = store
        self._pair: Pair | None = None
        self._mark = ""
        self.table = WhichTable(icons)
        self.same = button("就是这一位")
        self.same.setToolTip("在这几行上按回车")
        self.other = button("另建一条", "quiet")
        self.other.setToolTip("在这几行上按 2")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 0)
        column.setSpacing(6)
        column.addWidget(self.table)
        acts = QHBoxLayout()
        acts.addWidget(self.same)
        acts.addWidget(self.other)
        acts.addStretch(1)
        column.addLayout(acts)
        self.table.chosen.connect(self._look)
        self.table.pressed_key.connect(self._key)
        self.table.left.connect(self.left)
        self.same.clicked.connect(lambda: self._decide(Choice.UPDATE))
        self.other.clicked.connect(lambda: self._decide(Choice.SEPARATE))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_pair(self, pair: Pair | None) -> None:
        """Show what a row may mean, nothing where it waits for another reason."""
        from xmdesk.services.candidates import facts_of

        self._pair = pair
        self.setVisible(pair is not None)
        if pair is not None:
            self._mark = pair.candidate.mark
            self.same.setText(f"就是这一{noun_of(pair)}")
            self.same.setAccessibleName(self.same.text())
            facts = facts_of(self._store, pair.candidates)
            self.table.show_candidates(pair, facts, is_chosen=False)

    def start(self) -> None:
        """Go to the list at once."""
        self.show()
        self.table.setFocus()

    def _look(self, mark: str) -> None:
        self._mark = mark

    def _key(self, key: int, is_control: bool) -> None:
        choice = Choice.UPDATE if key in ENTER else KEYS.get(key, Choice.WAIT)
        if not is_control and choice in (Choice.UPDATE, Choice.SEPARATE):
            self._decide(choice)

    def _decide(self, choice: Choice) -> None:
        if self._pair is not None:
            chosen = self._mark if choice is Choice.UPDATE else ""
            self.decided.emit(Decision(self._pair, choice, chosen=chosen))


def noun_of(pair: Pair) -> str:
    """How one of those is counted: people are 位."""
    return "位" if any(one.person for one in pair.candidates) else "条"
