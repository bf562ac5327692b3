"""The strip above the table that says what happened to a range of cells, and leads to those left unchanged."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.registers.sheet import Sheet
from ui.shared.words import LineButton, button, clear, label, set_tone
from xmdesk.problems import Problem, Severity

SHOWN = 4


class Notice(QFrame):
    """``asked`` carries uid and field of a cell that was left as it was, ``added`` wants what was offered to be added."""

    asked = Signal(str, str)
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._words = label("", wraps=True)
        close = button("知道了", "quiet")
        close.clicked.connect(self.hide)
        self._room = Room()
        row = QHBoxLayout()
        self.more = button("新增")
        self.more.clicked.connect(self.added)
        row.addWidget(self._words, 1)
        row.addWidget(self.more)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._room)
        self.hide()

    def follow(self, sheet: Sheet) -> None:
        """Tell what is done to cells."""
        sheet.done.connect(self.tell)
        sheet.offered.connect(self.offer)
        self.added.connect(sheet.add_rest)

    def tell(self, words: str, refused: Sequence[Problem]) -> None:
        """Say it, with the cells that were left or want a look; go away when there is nothing to say."""
        clear(self._room.lines)
        self.offer(0)
        self.setVisible(bool(words))
        self._words.setText(words)
        lost = any(one.severity is Severity.ERROR for one in refused)
        set_tone(self, "wrong" if lost else "missing" if refused else "good")
        for one in refused[:SHOWN]:
            self._room.add(self._line(one))
        if len(refused) > SHOWN:
            self._room.add(label(f"还有 {len(refused) - SHOWN} 格", "small"))
        self._room.setVisible(bool(refused))

    def offer(self, count: int) -> None:
        """Offer to make new records of so many lines, or nothing."""
        self.more.setText(f"新增这 {count} 条")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(bool(count))

    def _line(self, one: Problem) -> LineButton:
        words = f"第 {one.where.row} 行 {one.where.label}：{one.text}"
        made = LineButton(words, name=f"{words}{one.to_do}")
        made.setToolTip(f"{words}\n{one.to_do}")
        if one.where.uid:  # what was not added has no place to go to
            made.clicked.connect(lambda: self.asked.emit(one.where.uid, one.where.field))
        return made


class Room(QScrollArea):
    """As high as the lines in it; where the table has hardly room left it gives way and scrolls, down to one line."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        inner.setObjectName("sheet")  # lets the colour of the strip through
        self.lines = QVBoxLayout(inner)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inner)

    def add(self, line: QWidget) -> None:
        """Put one more line below the others."""
        self.lines.addWidget(line)
        line.show()  # at once: what is not shown yet takes no room, and nobody asks again
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All lines."""
        return QSize(0, self.lines.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One of them."""
        first = self.lines.itemAt(0)
        return QSize(0, first.sizeHint().height() if first is not None else 0)
