"""The points of one slip as a to-do list: the reviewer's words, Enter to the field, an answer, done."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.shared.hint_line import HintLine
from ui.shared.icons import Icons
from ui.shared.words import LineButton, button, clear, label, set_tone
from xmdesk.services.correcting import DONE, place_of

HINTS = ("怎么改的，写一句；不写就是“已改”", "怎么改的；不写就是“已改”", "怎么改的，写一句", "怎么改的")


class PointsCard(QFrame):
    """``asked`` carries the point to go to, ``answered`` its uid and the answer, ``reopened`` its uid; ``typed`` fires while an
    answer is being typed.
    """

    asked = Signal(object)
    answered = Signal(str, str)
    reopened = Signal(str)
    typed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._typed: dict[str, str] = {}
        self._asking: dict[str, QLabel] = {}
        self.lines: dict[str, QLineEdit] = {}
        self.places: dict[str, LineButton] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)

    def show_points(self, points: Sequence[Any]) -> None:
        """Show open points with their answer lines, then the done ones; half-typed answers stay, and so does the cursor."""
        here = next((uid for uid, line in self.lines.items() if line.hasFocus()), "")
        self._typed = self.texts
        clear(self._rows)
        self.lines, self.places, self._asking = {}, {}, {}
        for one in sorted(points, key=lambda point: point.is_done):
            (self._add_done if one.is_done else self._add_open)(one)
        if here in self.lines:
            QTimer.singleShot(0, self.lines[here], self.lines[here].setFocus)  # only what is shown takes the cursor

    @property
    def texts(self) -> dict[str, str]:
        """The answers that were typed and not given, by the uids of their points."""
        lines = {uid: line.text() for uid, line in self.lines.items()}
        return {uid: text for uid, text in {**self._typed, **lines}.items() if text}

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Let half-typed answers stand in their lines when these are shown."""
        self._typed |= texts

    def next_step(self, uid: str) -> QWidget | None:
        """Return where to go on: the answer to the point one comes back from, else the first open point, else nothing."""
        return self.lines.get(uid) or next(iter(self.places.values()), None)

    def ask(self, uid: str, words: str) -> None:
        """Ask for words below the answer of a point, and put the cursor there."""
        line, asking = self.lines[uid], self._asking[uid]
        asking.setText(words)
        asking.show()
        line.setAccessibleDescription(words)
        set_tone(line, "wrong")
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_open(self, one: Any) -> None:
        place = LineButton(place_of(one))
        place.setIcon(self._icons.get("correction", "missing"))
        place.setAccessibleDescription(one.reason)
        place.clicked.connect(lambda: self.asked.emit(one))
        self._rows.addWidget(place)
        inside = QVBoxLayout()
        inside.setContentsMargins(34, 0, 0, 8)
        inside.setSpacing(6)
        inside.addWidget(label(f"“{one.reason}”", wraps=True))
        line = HintLine(*HINTS)
        line.setText(self._typed.get(one.uid, one.answer))
        line.setMaxLength(400)
        line.textEdited.connect(self.typed)
        line.setAccessibleName(f"答复：{one.reason}")
        done = button("", name=one.reason)
        name_answer(done, line.text(), one.reason)
        line.textChanged.connect(lambda text: name_answer(done, text, one.reason))
        done.clicked.connect(lambda: self._answer(one.uid, line))
        line.returnPressed.connect(lambda: self._answer(one.uid, line))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(done)
        inside.addLayout(row)
        asking = self._asking[one.uid] = label("", "small", wraps=True, tone="missing")
        asking.hide()
        inside.addWidget(asking)
        self._rows.addLayout(inside)
        self.lines[one.uid], self.places[one.uid] = line, place

    def _add_done(self, one: Any) -> None:
        row = QHBoxLayout()
        words = LineButton(f"{place_of(one)}：{one.answer}", name=f"已答复 {place_of(one)}：{one.answer}")
        words.setIcon(self._icons.get("good", "good"))
        words.clicked.connect(lambda: self.asked.emit(one))
        again = button("再改", "quiet", name=f"再改：{one.reason}")
        again.clicked.connect(lambda: self.reopened.emit(one.uid))
        row.addWidget(words, 1)
        row.addWidget(again)
        self._rows.addLayout(row)

    def _answer(self, uid: str, line: QLineEdit) -> None:
        words = line.text().strip()
        line.setText("")
        self._typed.pop(uid, None)
        self.typed.emit()
        self.answered.emit(uid, words)


def name_answer(done: QPushButton, typed: str, reason: str) -> None:
    """Name what the answer would be: without words it says 已改; words may say that nothing was wrong."""
    words = "答复" if typed.strip() else DONE
    done.setText(words)
    done.setAccessibleName(f"{words}：{reason}")
