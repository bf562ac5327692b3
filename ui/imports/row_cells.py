"""One row that waits, cell by cell: what stood there can be typed over, the faulty cells first with their reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.shared.words import clear, label, set_tone
from xmdesk.documents.sheets.places import within_row
from xmdesk.problems import Problem


class RowCells(QFrame):
    """``sent`` carries the changed cells, header to text, when the person asks for the row to be read again."""

    sent = Signal(dict)

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setMinimumWidth(320)
        self.cells: dict[str, QLineEdit] = {}
        self._raw: dict[str, str] = {}
        self._title = label("", "heading")
        self._other = label("", tone="missing", wraps=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self._rows = QVBoxLayout(sheet)
        self._rows.setContentsMargins(16, 0, 16, 12)
        self._rows.setSpacing(3)
        self._area.setWidget(sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._title)
        row.addStretch(1)
        for one in buttons:
            row.addWidget(one)
        column.addLayout(row)
        column.addWidget(self._other)
        self._other.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self._area, 1)
        self.hide()

    def show_row(self, title: str, raw: Mapping[str, str], problems: Iterable[Problem]) -> None:
        """Show a row; findings about no cell of it stand at the top."""
        clear(self._rows)
        self.cells, self._raw = {}, dict(raw)
        reasons: dict[str, list[str]] = {}
        for one in problems:
            reasons.setdefault(one.where.column if one.where.column in raw else "", []).append(_words(one))
        self._title.setText(title)
        self._other.setText("；".join(reasons.pop("", [])))
        self._other.setVisible(bool(self._other.text()))
        for header in sorted(raw, key=lambda one: one not in reasons):
            self._add(header, raw[header], "；".join(reasons.get(header, ())))
        self._rows.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        self.show()

    def _add(self, header: str, text: str, reason: str) -> None:
        name = label(header.replace("\n", ""), "label")
        line = QLineEdit(text.replace("\n", " ") if text.count("\n") else text)
        line.setAccessibleName(header)
        line.setCursorPosition(0)
        line.setClearButtonEnabled(False)
        name.setBuddy(line)
        line.returnPressed.connect(self.send)
        self._rows.addSpacing(5)
        self._rows.addWidget(name)
        self._rows.addWidget(line)
        if reason:
            set_tone(line, "missing")
            line.setAccessibleDescription(reason)
            self._rows.addWidget(label(reason, "small", tone="missing", wraps=True))
        self.cells[header] = line

    def start(self) -> None:
        """Go to the first faulty cell at once: what is typed meanwhile belongs there."""
        first = next(iter(self.cells.values()), None)
        if first is not None:
            first.show()  # one that was made just now is not shown yet, and only what is shown takes the cursor
            first.setFocus()
            first.selectAll()

    def send(self, *_: Any) -> None:
        """Ask for the row to be read again with what stands in the cells now."""
        texts = {name: line.text() for name, line in self.cells.items()}
        self.sent.emit({name: text for name, text in texts.items() if text != self._raw[name].replace("\n", " ")})


def _words(one: Problem) -> str:
    """The sentence without the place that the form shows anyway, and what to do."""
    text = one.text.split("：", 1)[-1] if one.where.column else within_row(one.text, one.where.row)
    return f"{text}{one.to_do}"
