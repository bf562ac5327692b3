"""The lines of a small table: JSON objects, and beside them as typed what of their cells cannot be read."""

import json
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from ui.shared.due import table_day
from ui.shared.fields.picks import Referenced
from ui.shared.fields.years import with_its_year
from xmdesk.problems import problem
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Day, PartialDay, Reference
from xmdesk.records.values.reading import Bad

DISPLAY, EDIT, TIP, DESCRIPTION = 0, 2, 3, 12
NOWHERE = QModelIndex()


class LinesModel(QAbstractTableModel):
    """``lines`` hold what can be read; ``unread`` holds for each line the texts that cannot, by the names of their cells."""

    edited = Signal()

    def __init__(self, line: Any, referenced: Referenced) -> None:
        super().__init__()
        self.line = line
        self.specs = list(fields_of(line).values())
        self.lines: list[dict[str, Any]] = []
        self.unread: list[dict[str, str]] = []
        self._before: dict[str, Any] = {}
        self._referenced = referenced

    def rowCount(self, parent: Any = NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Any = NOWHERE) -> int:
        """How many fields a line has."""
        return 0 if parent.isValid() else len(self.specs)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Return the label of a column."""
        if role == DISPLAY and orientation == Qt.Orientation.Horizontal:
            return self.specs[section].label
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # Qt passes either index
        """Every cell can be edited."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Any, role: int = DISPLAY) -> Any:
        """Return the text of a cell, and why it cannot be read."""
        if role in (DISPLAY, EDIT):
            return self._shown(index.row(), self.specs[index.column()])
        return self.why(index.row(), index.column()) or None if role in (TIP, DESCRIPTION) else None

    def _shown(self, row: int, spec: FieldSpec) -> str:
        if spec.name in self.unread[row]:
            return self.unread[row][spec.name]
        value = self.lines[row].get(spec.name)
        if isinstance(spec.kind, Reference):
            return self._referenced.title(spec.kind.to, value or "")
        if isinstance(spec.kind, Day | PartialDay):
            return table_day(value)
        return spec.kind.show(spec.kind.from_json(value)) if value not in (None, "") else ""

    def why(self, row: int, column: int) -> str:
        """Return why the text of a cell cannot be read; nothing where it can."""
        spec = self.specs[column]
        if spec.name not in self.unread[row]:
            return ""
        try:
            _read(spec, self.unread[row][spec.name])
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            return f"{found.text}{found.to_do}"
        return ""

    def cells_unread(self) -> list[tuple[int, int]]:
        """Return row and column of each cell that cannot be read."""
        return [
            (row, column)
            for row, texts in enumerate(self.unread)
            for column, spec in enumerate(self.specs)
            if spec.name in texts
        ]

    def read(self) -> list[dict[str, Any]]:
        """Return the lines that hold anything; raises ``Bad`` for the first cell that cannot be read."""
        for row, column in self.cells_unread():
            spec = self.specs[column]
            _read(spec, self.unread[row][spec.name])
        blank = self.line().as_json()
        return [one for one in self.lines if one != blank]

    def open(self, index: Any) -> None:
        """A cell is going to be typed into: what it holds now comes back with Esc."""
        line, texts, name = self.lines[index.row()], self.unread[index.row()], self.specs[index.column()].name
        self._before = {"line": dict(line), "texts": dict(texts), "name": name, "row": index.row()}

    def take_back(self) -> None:
        """Esc: the cell that was typed into holds again what it held before."""
        if self._before and self._before["row"] < len(self.lines):
            row = self._before["row"]
            is_news = (self.lines[row], self.unread[row]) != (self._before["line"], self._before["texts"])
            self.lines[row], self.unread[row] = self._before["line"], self._before["texts"]
            if is_news:
                self.edited.emit()
        self._before = {}

    def hold(self, index: Any, text: str) -> None:
        """Take each letter, so that nothing waits in an open cell; the view is not told, or it would write over the caret."""
        if self._put(index.row(), self.specs[index.column()], text):
            self.edited.emit()

    def setData(self, index: Any, value: Any, role: int = EDIT) -> bool:
        """Take what was typed into a cell; what cannot be read stays there as it was typed."""
        is_news = self._put(index.row(), self.specs[index.column()], value)
        self.dataChanged.emit(index, index)
        if is_news:
            self.edited.emit()
        return True

    def _put(self, row: int, spec: FieldSpec, value: Any) -> bool:
        """Tells whether the cell holds anything else now."""
        line, texts = self.lines[row], self.unread[row]
        before = (line.get(spec.name), texts.get(spec.name))
        try:
            read = _read(spec, value)
        except Bad:
            texts[spec.name] = str(value)
            if (self._before.get("row"), self._before.get("name")) == (row, spec.name):
                line[spec.name] = self._before["line"].get(spec.name)  # not the half that could still be read
        else:
            texts.pop(spec.name, None)
            if spec.name in line or not spec.kind.is_empty(read):
                line[spec.name] = spec.kind.to_json(read)
        return before != (line.get(spec.name), texts.get(spec.name))

    def replace(self, lines: list[dict[str, Any]]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = [dict(one) for one in lines]
        self.unread = [{} for _ in lines]
        self._before = {}
        self.endResetModel()

    @property
    def text(self) -> str:
        """Everything that stands here, as a draft holds it."""
        return json.dumps({"lines": self.lines, "unread": self.unread}, ensure_ascii=False)

    def put_text(self, text: str) -> None:
        """Show again what a draft holds."""
        held = json.loads(text)
        self.replace(held["lines"])
        names = {one.name for one in self.specs}
        self.unread = [{name: one for name, one in texts.items() if name in names} for texts in held["unread"]]

    def give_up_unread(self) -> None:
        """Let what cannot be read go; the cells show what they held before."""
        self.unread = [{} for _ in self.lines]
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.specs) - 1))

    def add(self) -> None:
        """Add an empty line at the end."""
        self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines))
        self.lines.append(self.line().as_json())
        self.unread.append({})
        self.endInsertRows()

    def drop(self, row: int) -> None:
        """Take a line away."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.lines[row], self.unread[row]
        self._before = {}
        self.endRemoveRows()
        self.edited.emit()


def _read(spec: FieldSpec, value: Any) -> Any:
    return spec.kind.read(with_its_year(spec, value) if isinstance(value, str) else value).value
