"""The editor for short lists inside a record: honours, supplies, services, attendance."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.shared.due import table_day
from ui.shared.fields.field import Field
from ui.shared.fields.picks import Referenced
from ui.shared.fields.years import with_its_year
from ui.shared.words import field_button
from xmdesk.problems import problem
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Choice, Day, PartialDay, Reference, SubTable
from xmdesk.records.values.reading import Bad

DISPLAY, EDIT = 0, 2
MOST_LISTED = 500
NOWHERE = QModelIndex()


class LinesModel(QAbstractTableModel):
    """Lines as JSON objects; a value that cannot be read is refused with words in ``refused``."""

    refused = Signal(str)
    edited = Signal()

    def __init__(self, line: Any, referenced: Referenced) -> None:
        super().__init__()
        self.line = line
        self.specs = list(fields_of(line).values())
        self.lines: list[dict[str, Any]] = []
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
        """Return the text of a cell."""
        if role not in (DISPLAY, EDIT):
            return None
        spec = self.specs[index.column()]
        value = self.lines[index.row()].get(spec.name)
        if isinstance(spec.kind, Reference):
            return self._referenced.title(spec.kind.to, value or "")
        if isinstance(spec.kind, Day | PartialDay):
            return table_day(value)
        return spec.kind.show(spec.kind.from_json(value)) if value not in (None, "") else ""

    def setData(self, index: Any, value: Any, role: int = EDIT) -> bool:
        """Read what was typed into a cell."""
        spec = self.specs[index.column()]
        try:
            read = spec.kind.read(with_its_year(spec, value) if isinstance(value, str) else value).value
        except Bad as bad:
            found = problem(bad.code, **bad.facts)
            self.refused.emit(f"{spec.label}:{found.text}{found.to_do}")
            return False
        line, stored = self.lines[index.row()], spec.kind.to_json(read)
        self.refused.emit("")
        if line.get(spec.name) == stored or (spec.name not in line and spec.kind.is_empty(read)):
            return True  # only walked through
        line[spec.name] = stored
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def replace(self, lines: list[dict[str, Any]]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = [dict(one) for one in lines]
        self.endResetModel()

    def add(self) -> None:
        """Add an empty line at the end."""
        self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines))
        self.lines.append(self.line().as_json())
        self.endInsertRows()

    def drop(self, row: int) -> None:
        """Take a line away."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.lines[row]
        self.endRemoveRows()
        self.edited.emit()


class ChoosingDelegate(QStyledItemDelegate):
    """Edits cells of closed lists and references by a drop-down list; everything else is typed."""

    def __init__(self, model: LinesModel, referenced: Referenced, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._referenced = referenced

    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        """Return the editor for a cell, named after its column."""
        editor = self._editor(parent, option, index)
        editor.setAccessibleName(self._model.specs[index.column()].label)
        return editor

    def _editor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        kind = self._model.specs[index.column()].kind
        if isinstance(kind, Choice):
            options = [(value, title) for value, title, _ in kind.codes.table()]
        elif isinstance(kind, Reference):
            options = list(self._referenced.search(kind.to, ""))
        else:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItem("", "")
        for value, title in options:
            box.addItem(title, value)
        box.activated.connect(lambda: (self.commitData.emit(box), self.closeEditor.emit(box)))
        return box

    def setEditorData(self, editor: QWidget, index: Any) -> None:
        """Show the present value."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(index.data())))
            editor.showPopup()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        """Take the chosen value."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class LinesView(QTableView):
    """Tab walks from cell to cell and leaves the table at its ends; Qt's own would go round for ever."""

    def closeEditor(self, editor: QWidget, hint: Any) -> None:
        """Leave where there is no next cell."""
        model, here = self.model(), self.currentIndex()
        hints = QAbstractItemDelegate.EndEditHint
        ends = {hints.EditNextItem: (model.rowCount() - 1, model.columnCount() - 1), hints.EditPreviousItem: (0, 0)}
        if ends.get(hint) != (here.row(), here.column()):
            super().closeEditor(editor, hint)
            return
        super().closeEditor(editor, hints.NoHint)
        self.focusNextPrevChild(hint == hints.EditNextItem)


class TableField(Field):
    """A small table with a button for one more line."""

    is_wide = True

    def __init__(self, spec: FieldSpec, referenced: Referenced) -> None:
        super().__init__(spec)
        assert isinstance(spec.kind, SubTable)  # noqa: S101 - the registry gives only such
        self.model = LinesModel(spec.kind.line, referenced)
        self.view = LinesView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ChoosingDelegate(self.model, referenced, self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.setTabKeyNavigation(False)
        self._add = field_button("添加一行", "quiet", name=f"{spec.label}:添加一行")
        self._drop = field_button("删除所选行", "quiet", name=f"{spec.label}:删除所选行")
        self._add.clicked.connect(self._one_more)
        self._drop.clicked.connect(self._one_less)
        self.model.refused.connect(self._refused)
        self.model.edited.connect(self.edited)
        self.view.selectionModel().currentColumnChanged.connect(self._say_rule)
        self.view.horizontalScrollBar().rangeChanged.connect(self._fit)
        self.place(self._box(), buddy=self.view)

    def _box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._drop)
        row.addStretch(1)
        column.addLayout(row)
        return box

    def rule(self) -> str:
        """Say it of the column with the cursor too."""
        from ui.shared.fields.rules import rule_of_cell

        here = self.view.currentIndex()
        return rule_of_cell(self.spec, self.model.specs[here.column()]) if here.isValid() else super().rule()

    def read(self) -> list[dict[str, Any]]:
        """Return the lines that hold anything."""
        blank = self.model.line().as_json()
        kept = [one for one in self.model.lines if one != blank]
        return self.spec.kind.read(kept).value

    def fill(self, value: Any) -> None:
        """Show stored lines."""
        self.model.replace(value or [])
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        rows = min(len(self.model.lines), 6)
        high = self.fontMetrics().height() + 16
        self.view.verticalHeader().setDefaultSectionSize(high)
        self.view.horizontalHeader().ensurePolished()
        head = self.view.horizontalHeader().sizeHint().height()
        bar = self.view.horizontalScrollBar()  # where the columns find no room
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        self.view.setFixedHeight(rows * high + head + below + 2 * self.view.frameWidth())
        self.view.setVisible(bool(rows))
        # Tab stops dead in front of a field whose proxy is hidden (Qt 6.9, 2026-11).
        self.setFocusProxy(self.view if rows else self._add)
        self._drop.setVisible(bool(rows))

    def go_inside(self, path: str) -> None:
        """Go to a cell: the line, from 1, and the name of what is asked there."""
        line, _, name = path.partition("/")
        names = [one.name for one in self.model.specs]
        if line and name in names and int(line) <= self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(int(line) - 1, names.index(name)))

    def _one_more(self) -> None:
        self.model.add()
        self._fit()
        index = self.model.index(len(self.model.lines) - 1, 0)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def _one_less(self) -> None:
        row = self.view.currentIndex().row()
        if row >= 0:
            self.model.drop(row)
            self._fit()

    def _refused(self, words: str) -> None:
        self.say(words, "wrong")
