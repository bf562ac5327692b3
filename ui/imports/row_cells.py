"""One row that waits, cell by cell: what stood there can be typed over, the faulty cells first with their reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.imports.which import ENTER, WhichPanel
from ui.shared.fields.flow import Flow
from ui.shared.words import button, clear, label, set_tone
from xmdesk.documents.sheets.places import within_row
from xmdesk.problems import Problem, Severity
from xmdesk.services.proposals import proposal

LEAST_LINES = 16
"""Lines of text that must find room before the reason stands above what is to be decided."""
LEAST_CELLS = 2


class _Cell(QLineEdit):
    """``every`` fires on Ctrl+Enter, which a plain line takes for Enter. Esc gives ``before`` back first."""

    every = Signal()

    def __init__(self, before: str) -> None:
        super().__init__(before)
        self.before = self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Ctrl+Enter from Enter; in a cell that was typed over Esc takes that back and goes no further."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.every.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self.before:
            self.setText(self.before)
            self.selectAll()
            self.textEdited.emit(self.before)
        else:
            super().keyPressEvent(event)


class RowCells(QFrame):
    """``sent`` carries the changed cells, header to text, when the person asks for the row to be read again, ``alike`` a
    header and the text that all rows with the same fault there get; ``typed`` fires while the person types, ``left`` on Esc.

    Enter in a cell that nobody touched takes what the program proposes for it.
    """

    sent = Signal(dict)
    typed = Signal()
    alike = Signal(str, str)
    left = Signal()

    def __init__(self, *buttons: QPushButton, above: WhichPanel | None = None) -> None:
        """``above`` is what has to be decided about the row as a whole, below the findings about no cell of it."""
        super().__init__()
        self.setProperty("role", "panel")
        self.setMinimumWidth(320)
        self.cells: dict[str, QLineEdit] = {}
        self.proposed: dict[str, str] = {}
        self._raw: dict[str, str] = {}
        self._alike: Mapping[str, int] = {}
        self._title = label("", "heading")
        self._other = label("", tone="missing", wraps=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setMinimumHeight(LEAST_CELLS * self.fontMetrics().height())
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self._rows = QVBoxLayout(sheet)
        self._rows.setContentsMargins(16, 0, 16, 12)
        self._rows.setSpacing(3)
        self._area.setWidget(sheet)
        self._above = above
        self._build(buttons, above)
        self.hide()

    def _build(self, buttons: Iterable[QPushButton], above: WhichPanel | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._title, 1)
        for one in buttons:
            one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # 不导入 must not be read as 导入
            row.addWidget(one)
        column.addLayout(row)
        column.addWidget(self._other)
        self._other.setContentsMargins(16, 0, 16, 0)
        if above is not None:
            column.addWidget(above)
        column.addWidget(self._area, 1)

    def show_row(
        self, title: str, raw: Mapping[str, str], problems: Iterable[Problem], alike: Mapping[str, int] | None = None
    ) -> None:
        """Show a row in the order of its sheet, what has to be done first; findings about no cell of it stand at the top.

        ``alike`` tells of a header how many rows have the same fault there.
        """
        clear(self._rows)
        self.cells, self.proposed, self._raw, self._alike = {}, {}, dict(raw), alike or {}
        found: dict[str, list[Problem]] = {}
        for one in problems:
            found.setdefault(one.where.column if one.where.column in raw else "", []).append(one)
        self._title.setText(title)
        self._other.setText("".join(_words(one) for one in found.pop("", [])))
        self._make_room()
        ranks = {header: min(RANKS[one.severity] for one in some) for header, some in found.items()}
        for header in sorted(raw, key=lambda one: ranks.get(one, CALM)):
            self._add(header, raw[header], found.get(header, []))
        self._rows.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, what is to be decided says enough."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        is_short = self.height() <= LEAST_LINES * self.fontMetrics().height()
        is_asked = self._above is not None and self._above.isVisibleTo(self)
        self._other.setVisible(bool(self._other.text()) and not (is_short and is_asked))
        if self._above is not None:
            self._above.make_room(is_short=is_short)

    def _add(self, header: str, text: str, found: list[Problem]) -> None:
        name = label(header.replace("\n", ""), "label")
        line = _Cell(text.replace("\n", " ") if text.count("\n") else text)
        line.setAccessibleName(header)
        line.setCursorPosition(0)
        line.setClearButtonEnabled(False)
        name.setBuddy(line)
        line.returnPressed.connect(lambda: self._enter(header))
        line.every.connect(lambda: self._all_alike(header))
        line.textEdited.connect(self.typed)
        self._rows.addSpacing(5)
        self._rows.addWidget(name)
        self._rows.addWidget(line)
        self.cells[header] = line
        if found:
            self._tell(header, line, found)

    def _tell(self, header: str, line: QLineEdit, found: list[Problem]) -> None:
        """Say below the cell what is to be done; what needs nothing is said calmly."""
        reason = "".join(_words(one) for one in found)
        tone = "" if all(one.severity is Severity.NOTICE for one in found) else "missing"
        set_tone(line, tone)
        line.setAccessibleDescription(reason)
        self._rows.addWidget(label(reason, "small", tone=tone, wraps=True))
        answer = next(filter(None, map(proposal, found)), "")
        if answer:
            self.proposed[header] = answer
            self._propose(header, answer)

    def _propose(self, header: str, answer: str) -> None:
        shelf, count = QWidget(), self._alike.get(header, 0)
        line = Flow(shelf)  # with larger letters one stands below the other
        take = button(f"改成 {answer}", "quiet", name=f"{header} 改成 {answer}")
        take.setToolTip("在格子里按回车")
        take.clicked.connect(lambda: self._take(header))
        line.addWidget(take)
        if count > 1:
            every = button(f"同样的 {count} 行都这样改", "quiet", name=f"{header} 同样的 {count} 行都改成 {answer}")
            every.setToolTip("在格子里按 Ctrl+回车")
            every.clicked.connect(lambda: self._all_alike(header))
            line.addWidget(every)
        for one in shelf.findChildren(QPushButton):
            one.setProperty("header", header)
            one.installEventFilter(self)
        self._rows.addWidget(shelf)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is typed on an answer below a cell goes into the cell, in place of what stands there."""
        if isinstance(event, QKeyEvent) and is_text(event):
            self.start(str(watched.property("header")))
            return self.replace(event)
        return super().eventFilter(watched, event)

    def start(self, header: str = "") -> None:
        """Go to a cell, or to the first faulty one, at once: what is typed meanwhile belongs there."""
        first = self.cells.get(header) or next(iter(self.cells.values()), None)
        if first is not None:
            first.show()  # one that was made just now is not shown yet, and only what is shown takes the cursor
            first.setFocus()
            first.selectAll()

    def replace(self, event: QKeyEvent) -> bool:
        """Let what is pressed elsewhere replace what stands in the cell with the cursor."""
        line = next((one for one in self.cells.values() if one.hasFocus()), None)
        return line is not None and QCoreApplication.sendEvent(line, event)

    def send(self, *_: Any) -> None:
        """Ask for the row to be read again with what stands in the cells now."""
        self.sent.emit(self.changed())

    def changed(self) -> dict[str, str]:
        """Return the cells that were typed over."""
        texts = {name: line.text() for name, line in self.cells.items()}
        return {name: text for name, text in texts.items() if text != self._shown(name)}

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Type these again; the row is not read anew."""
        for name, text in texts.items():
            if name in self.cells:
                self.cells[name].setText(text)

    def _shown(self, header: str) -> str:
        return self._raw[header].replace("\n", " ")

    def _enter(self, header: str) -> None:
        if header in self.proposed and self.cells[header].text() == self._shown(header):
            self._take(header)
        else:
            self.send()

    def _take(self, header: str) -> None:
        self.cells[header].setText(self.proposed[header])
        self.send()

    def _all_alike(self, header: str) -> None:
        """Give all rows with this fault what was typed here, else what is proposed."""
        if header not in self.proposed:
            self.send()
            return
        text = self.cells[header].text()
        self.alike.emit(header, self.proposed[header] if text == self._shown(header) else text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list, not further."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def is_text(event: QKeyEvent) -> bool:
    """Whether a key that is pressed brings a letter, a figure or a sign."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    is_sign = event.text().isprintable() and bool(event.text().strip())
    return event.type() == QEvent.Type.KeyPress and not held and is_sign


RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
CALM = RANKS[Severity.NOTICE]


def _words(one: Problem) -> str:
    """The sentence without the place that the form shows anyway, and what to do."""
    text = one.text.split("：", 1)[-1] if one.where.column else within_row(one.text, one.where.row)
    return f"{text}{one.to_do}"
