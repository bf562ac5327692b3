"""Of several that a row may mean: a short list of them, each with what tells it apart, to look at and to pick from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.shared.fields.flow import Flow
from ui.shared.icons import Icons
from ui.shared.plain_table import Line, PlainTable
from ui.shared.words import button, label
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
        asked = f"{pair.label} {pair.name}是哪一位" if pair.field else f"可能是哪一{noun_of(pair)}"
        self.setAccessibleName(f"第 {pair.number} 行{asked}")
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
    """The list with its acts, for a row that waits. ``decided`` carries what a person said of it, ``decided_alike`` what was said of
    all rows that name the same.
    """

    decided = Signal(object)
    decided_alike = Signal(object)
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
        self.alike = button("同名的都是这一位", "quiet")
        self._asked = label("", wraps=True)
        self._is_short, self._alike = False, 0
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 0)
        column.setSpacing(6)
        column.addWidget(self._asked)
        column.addWidget(self.table)
        acts = Flow()  # with larger letters they break into two lines
        for one in (self.same, self.other, self.alike):
            acts.addWidget(one)
        column.addLayout(acts)
        self.table.chosen.connect(self._look)
        self.table.pressed_key.connect(self._key)
        self.table.left.connect(self.left)
        self.same.clicked.connect(lambda: self._decide(Choice.UPDATE))
        self.other.clicked.connect(lambda: self._decide(Choice.SEPARATE))
        self.alike.clicked.connect(lambda: self._decide(Choice.UPDATE, of_all=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_pair(self, pair: Pair | None, alike: int = 0) -> None:
        """Show what a row may mean, or whom it names, nothing where it waits for another reason; so many rows are ``alike``."""
        from xmdesk.services.candidates import facts_of

        self._pair = pair
        self.setVisible(pair is not None)
        if pair is not None:
            self._mark = pair.candidate.mark
            self.same.setText(f"就是这一{noun_of(pair)}")
            self.same.setAccessibleName(self.same.text())
            self._alike = alike if pair.field and alike > 1 else 0
            self._name_alike()
            self._asked.setText(f"{pair.label} {pair.name}：同名的人，是哪一位？")
            self.make_room(is_short=self._is_short)
            facts = facts_of(self._store, pair.candidates)
            self.table.show_candidates(pair, facts, is_chosen=False)

    def _name_alike(self) -> None:
        """Say how the rows that name the same are decided about at once; the keys hold where the button finds no room."""
        words = f"同名的 {self._alike} 行都是这一位"
        self.alike.setText(words)
        self.alike.setAccessibleName(words)
        self.alike.setToolTip("在这几行上按 Ctrl+回车；按 Ctrl+2，同名的都另建成同一位")
        self.same.setToolTip(f"在这几行上按回车；按 Ctrl+回车，{words}" if self._alike else "在这几行上按回车")

    def make_room(self, *, is_short: bool) -> None:
        """Where room is short, the list and its two acts matter most."""
        self._is_short = is_short
        self._asked.setVisible(self._pair is not None and bool(self._pair.field) and not is_short)
        self.alike.setVisible(bool(self._alike) and not is_short)

    def start(self) -> None:
        """Go to the list at once."""
        self.show()
        self.table.setFocus()

    def _look(self, mark: str) -> None:
        self._mark = mark

    def _key(self, key: int, is_control: bool) -> None:
        choice = Choice.UPDATE if key in ENTER else KEYS.get(key, Choice.WAIT)
        is_of_all = is_control and bool(self._alike)
        if is_control == is_of_all and choice in (Choice.UPDATE, Choice.SEPARATE):
            self._decide(choice, of_all=is_of_all)

    def _decide(self, choice: Choice, *, of_all: bool = False) -> None:
        if self._pair is not None:
            chosen = self._mark if choice is Choice.UPDATE else ""
            told = self.decided_alike if of_all else self.decided
            told.emit(Decision(self._pair, choice, chosen=chosen))


def noun_of(pair: Pair) -> str:
    """How one of those is counted: people are 位."""
    return "位" if any(one.person for one in pair.candidates) else "条"
