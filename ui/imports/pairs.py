"""Rows that seem to be there already, side by side with what stands there: which to take, field by field, by keyboard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout

from ui.shared.icons import Icons
from ui.shared.plain_table import DECORATION, DISPLAY, FOREGROUND, TIP, Line, LinesModel, PlainTable
from ui.shared.words import button, frame, label
from xmdesk.services.pairing import Choice, Decision, Pair, Side, sides
from xmdesk.services.registers import Titles

if TYPE_CHECKING:
    from xmdesk.ports import Store
    from xmdesk.records.people import Person
    from xmdesk.services.importing import ImportPreview

WORDS = {Choice.UPDATE: "更新原有", Choice.SEPARATE: "另建一条", Choice.SKIP: "不导入"}
TONES = {Choice.UPDATE: "explained", Choice.SEPARATE: "good", Choice.SKIP: ""}
KEYS = {int(key): choice for key, choice in zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3), Choice, strict=True)}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FONT, OLD, NEW = 6, 1, 2
LEAST_LINES = 16
"""Lines of text that must find room before the hint does."""
HINT = "1 更新原有，2 另建一条，3 不导入；回车逐项选，← → 换一边，Esc 回来；Ctrl+回车 其余都照此办"


class PairsPanel(QSplitter):
    """``decided`` carries decisions by row number."""

    decided = Signal(object)  # a dict would travel without its numbers

    def __init__(self, store: "Store", icons: Icons) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._store = store
        self._pairs: Sequence[Pair] = ()
        self._preview: ImportPreview | None = None
        self._decided: set[int] = set()
        self._people: dict[str, Person] = {}
        self._titles = Titles(store, ())
        self._here = 0
        self.list = _Keyed(("行", "内容", "像是", "怎么办"), (2, 5, 4, 4), icons, name="像是已有的行")
        self.sides = SideTable(icons)
        self._title = label("", "heading", wraps=True)
        self._reason = label("", wraps=True)
        self.choices = {one: button(f"{place} {WORDS[one]}", "choice") for place, one in enumerate(Choice, 1)}
        self._hint = label(HINT, "small", wraps=True)
        self.rest = button("其余都照此办", "quiet")
        for table in (self.list, self.sides):
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()
        self._connect()

    def _build(self) -> None:
        side = frame("panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.rest)
        column.addLayout(head)
        column.addWidget(self._reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in self.choices.values():
            one.setCheckable(True)
            one.setAutoExclusive(True)
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.sides, 1)
        column.addWidget(self._hint)
        self.setHandleWidth(1)
        self.addWidget(self.list)
        self.addWidget(side)
        self.setSizes([520, 580])
        self.setChildrenCollapsible(False)

    def _connect(self) -> None:
        self.list.chosen.connect(self._open)
        self.list.pressed_key.connect(self._key)
        self.sides.switched.connect(self._switch)
        self.sides.left.connect(self.list.setFocus)
        self.rest.clicked.connect(self._decide_rest)
        for choice, one in self.choices.items():
            one.clicked.connect(lambda _=False, choice=choice: self._decide(choice))

    def resizeEvent(self, event: Any) -> None:
        """Where room is short the fields matter more than the hint."""
        super().resizeEvent(event)
        self._hint.setVisible(self.height() > LEAST_LINES * self.fontMetrics().height())

    def show_pairs(self, preview: "ImportPreview") -> None:
        """Show the pairs of a preview; the one in work stays in front."""
        if (
            self._preview is None
            or preview.file is not self._preview.file
            or preview.register != self._preview.register
        ):
            self._here = 0
        self._preview, self._pairs = preview, preview.pairs
        self._decided = set(preview.decisions)
        self._people = {one.uid: one for one in preview.persons}
        self._titles = Titles(self._store, [one.before for one in self._pairs])
        for uid, person in self._people.items():
            self._titles.learn("persons", uid, person.name)
        self.list.show_lines([self._line(one) for one in self._pairs])
        numbers = [one.number for one in self._pairs]
        if numbers:
            self.list.selectRow(numbers.index(self._here) if self._here in numbers else 0)

    @property
    def here(self) -> int:
        """The row in work."""
        return self._here

    def go_to(self, number: int) -> None:
        """Show a row, if it is among the pairs."""
        numbers = [one.number for one in self._pairs]
        if number in numbers:
            self.list.selectRow(numbers.index(number))

    def _line(self, one: Pair) -> Line:
        what = f"同第{one.earlier}行" if one.earlier else "就是已有" if one.is_sure else "可能已有"
        cells = (str(one.number), self._titles.of(one.before), what, WORDS[one.choice])
        tone = "good" if one.number in self._decided else "explained" if one.is_sure else "doubt"
        return Line(str(one.number), cells, tone=tone, icon=tone)

    @property
    def _pair(self) -> Pair:
        return next(one for one in self._pairs if one.number == self._here)

    def _open(self, key: str) -> None:
        self._here = int(key)
        one = self._pair
        self._title.setText(f"第 {one.number} 行 · {self._titles.of(one.before)}")
        other = f"和第 {one.earlier} 行" if one.earlier else ""
        self._reason.setText(f"{other}{one.reason}，{'是' if one.is_sure else '可能是'}同一条。")
        for choice, control in self.choices.items():
            control.setEnabled(choice in one.choices)
            control.setChecked(choice is one.choice)
        self.sides.show_sides(sides(self._store, one, self._people), takes=one.choice is Choice.UPDATE)

    def _key(self, key: int, is_control: bool) -> None:
        if key in ENTER and is_control:
            self._decide_rest()
        elif key in ENTER:
            self.sides.start()
        elif key in KEYS and KEYS[key] in self._pair.choices:
            self._decide(KEYS[key], then_next=True)

    def _decide(self, choice: Choice, *, then_next: bool = False) -> None:
        one = self._pair
        if then_next:
            numbers = [pair.number for pair in self._pairs]
            self._here = numbers[min(numbers.index(one.number) + 1, len(numbers) - 1)]
        kept = one.kept if choice is Choice.UPDATE else frozenset[str]()
        self.decided.emit({one.number: Decision(one, choice, kept)})

    def _switch(self, name: str) -> None:
        """Take the other side in one field."""
        one = self._pair
        self.decided.emit({one.number: Decision(one, Choice.UPDATE, one.kept ^ {name})})

    def _decide_rest(self) -> None:
        """Decide this pair and every later one that nobody decided yet in the same way, as far as it may be."""
        here = self._pair
        rest = [one for one in self._pairs if one.number > here.number and one.number not in self._decided]
        self.decided.emit(
            {
                one.number: Decision(one, here.choice, here.kept & set(one.differing))
                for one in (here, *rest)
                if here.choice in one.choices
            }
        )


class SideModel(LinesModel):
    """The side that is taken is bold and ticked; fields that agree step back."""

    def __init__(self, icons: Icons) -> None:
        super().__init__(("项目", "原来的", "表里的"), icons)
        self.sides: Sequence[Side] = ()
        self.takes = True

    def data(self, index: QModelIndex, role: int = DISPLAY) -> Any:
        """Mark what is taken."""
        side, column = self.sides[index.row()], index.column()
        is_taken = side.differs and self.takes and column == (OLD if side.is_kept else NEW)
        if role == FONT and is_taken:
            font = QFont()
            font.setBold(True)
            return font
        if role == DECORATION:
            return self._icons.get("good", "good") if is_taken else None
        if role == FOREGROUND:
            tokens = self._icons.theme.tokens
            return QColor(tokens.text if is_taken or (side.differs and column == 0) else tokens.muted)
        return super().data(index, role) if role in (DISPLAY, TIP) else None


class SideTable(PlainTable):
    """``switched`` carries the field whose other side is wanted, ``left`` tells that Escape was pressed."""

    switched = Signal(str)
    left = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__(("项目", "原来的", "表里的"), (3, 4, 4), icons, name="两边逐项对照")
        self.model_ = SideModel(icons)
        self.lines = self.model_
        self.setModel(self.model_)
        self.clicked.connect(self._click)

    def show_sides(self, found: Sequence[Side], *, takes: bool) -> None:
        """Show a pair; the cursor stays in its row."""
        row = self.currentIndex().row()
        self.model_.sides, self.model_.takes = found, takes
        self.show_lines([Line(one.name, (one.label, one.old or "（空）", one.new or "（空）")) for one in found])
        if 0 <= row < len(found) and self.hasFocus():
            self.selectRow(row)

    def start(self) -> None:
        """Go to the first field that differs."""
        if self.model_.sides:
            self.setFocus()
            self.selectRow(0)

    def _click(self, index: QModelIndex) -> None:
        if index.column() in (OLD, NEW):
            self._take(index.row(), is_old=index.column() == OLD)

    def _take(self, row: int, *, is_old: bool) -> None:
        side = self.model_.sides[row]
        if side.differs and self.model_.takes and side.is_kept is not is_old:
            self.switched.emit(side.name)

    def keyPressEvent(self, event: Any) -> None:
        """Left and right choose a side, Space the other one, Escape goes back to the rows."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif row >= 0 and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._take(row, is_old=event.key() == Qt.Key.Key_Left)
        elif row >= 0 and event.key() == Qt.Key.Key_Space:
            self._take(row, is_old=not self.model_.sides[row].is_kept)
        else:
            super().keyPressEvent(event)


class _Keyed(PlainTable):
    """A list that hands digits and Enter on."""

    pressed_key = Signal(int, bool)

    def keyPressEvent(self, event: Any) -> None:
        """Digits decide, Enter goes into the fields."""
        if event.key() in KEYS or event.key() in ENTER:
            self.pressed_key.emit(event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)
