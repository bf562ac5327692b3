"""A foreign table that was opened: its name, which sheet and register, chips, lists behind tabs, and the way on."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.offer import Offer
from ui.shared.reading_order import stops
from ui.shared.words import LineLabel, Shelf, button, clear, label
from xmdesk.records.registers import REGISTERS

LOSING = "这张表里改过、选过的还没有写下，放下后要重新来。"
_MUCH = 100


class TablePanel(QWidget):
    """``again`` asks for another sheet (with no register: the one that fits) or register, ``closed`` to leave; ``go`` goes
    ahead, ``other`` takes the file where tables are dealt with the other way.

    ``is_touched``: something was decided here that leaving would lose.
    """

    again = Signal(str, str)
    closed = Signal()

    def __init__(self, tabs: Sequence[str], *, register: str, spoken: str, go: str, other: str) -> None:
        super().__init__()
        self.is_touched = False
        self._file = LineLabel("heading")
        self._register_words = register
        self.sheet, self.register = QComboBox(), QComboBox()
        self.sheet.setAccessibleName("工作表")
        self.sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheet.setMaximumWidth(320)
        self.register.setAccessibleName(spoken)
        for name, one in REGISTERS.items():
            self.register.addItem(one.title, name)
        self._chips = Shelf()
        self._tables = QStackedWidget()
        self._tabs = [button(text, "choice") for text in tabs]
        self._cancel = button("换一个文件")
        self.other = button(other, "quiet")
        self.go = button(go, "primary")
        self.asking = Offer("接着做", "放下", tone="missing")
        self.asking.taken.connect(self._go_on)
        self.asking.passed.connect(self._go_on)
        self.asking.declined.connect(self._put_aside)
        self.go.clicked.connect(self.asking.hide)
        self.sheet.activated.connect(lambda _: self.again.emit(self.sheet.currentText(), ""))
        self.register.activated.connect(
            lambda _: self.again.emit(self.sheet.currentText(), self.register.currentData())
        )
        self._cancel.clicked.connect(self.closed)

    def arrange(self, banners: Iterable[QWidget], lists: Iterable[QWidget], foot: Iterable[QWidget] = ()) -> None:
        """Lay everything out: head, chips, banners, tabs over lists (in their order), what is asked at the ``foot``, and the
        buttons.
        """
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._file, 1)
        for text, box in (("工作表", self.sheet), (self._register_words, self.register)):
            head.addWidget(label(text, "muted"))
            head.addWidget(box)
        column.addLayout(head)
        column.addWidget(self.asking)
        column.addWidget(self._chips)
        for one in banners:
            column.addWidget(one)
        column.addLayout(self._tab_row())
        for one in lists:
            self._tables.addWidget(one)
        column.addWidget(self._tables, 1)
        column.addLayout(_asked_row(foot))
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._cancel)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.go)
        return row

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for place, one in enumerate(self._tabs):
            one.setCheckable(True)
            one.setAutoExclusive(True)
            one.clicked.connect(lambda _=False, place=place: self.open_list(place))
            row.addWidget(one)
        row.addStretch(1)
        return row

    def open_list(self, place: int) -> None:
        """Turn to a list because somebody asked for it: the cursor goes along."""
        self.turn_to(place)
        for one in stops(self._tables.currentWidget())[:1]:
            one.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, as the button does."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def begin(self) -> None:
        """Put the cursor on the usual next step: go ahead, or set right what is in the way."""
        if self.go.isEnabled():
            self.go.setFocus()
        else:
            self.open_list(self.place)

    def may_leave(self) -> bool:
        """Ask above the lists before what was decided here is lost; tells whether the person may go."""
        words = self.losing
        if words:
            self.asking.ask(words)
            self.asking.yes.setFocus()
        return not words

    @property
    def losing(self) -> str:
        """What leaving would lose, in words; nothing when nothing was decided."""
        return LOSING if self.is_touched else ""

    def give_up(self) -> None:
        """What was decided here may be lost."""
        self.is_touched = False

    def _go_on(self) -> None:
        self.asking.hide()
        self.begin()

    def _put_aside(self) -> None:
        self.give_up()
        self.asking.hide()
        self.closed.emit()

    def turn_to(self, place: int) -> None:
        """Show one of the lists."""
        self._tabs[place].setChecked(True)
        self._tables.setCurrentIndex(place)

    @property
    def place(self) -> int:
        """Which list is in front."""
        return self._tables.currentIndex()

    def show_source(self, name: str, sheets: Sequence[str], sheet: str, register: str) -> None:
        """Name the file, its sheets and the register."""
        self.asking.hide()
        self._file.say(name)
        self.sheet.clear()
        self.sheet.addItems(sheets)
        self.sheet.setCurrentText(sheet)
        self.register.setCurrentIndex(self.register.findData(register))

    def show_chips(self, chips: Iterable[tuple[str, str]]) -> None:
        """Show facts with their tones."""
        clear(self._chips.line)
        for text, tone in chips:
            self._chips.line.addWidget(label(text, "chip", tone=tone))
        self._chips.line.addStretch(1)


def _asked_row(foot: Iterable[QWidget]) -> QHBoxLayout:
    """Lines to type in share the row; without them the rest keeps to the left."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for one in foot:
        row.addWidget(one, _MUCH * isinstance(one, QLineEdit))
    row.addStretch(1)
    return row
