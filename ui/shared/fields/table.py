"""The editor for short lists inside a record: honours, supplies, services, attendance."""

from typing import Any

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.shared.fields.field import Field
from ui.shared.fields.lines_model import LinesModel
from ui.shared.fields.picks import Referenced
from ui.shared.theme import Theme
from ui.shared.words import field_button
from xmdesk.records.base import FieldSpec
from xmdesk.records.kinds import Choice, Reference, SubTable

MOST_LISTED = 500
DARK = 128
"""A ground that is not as light as this is dark."""


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
        self._model.open(index)
        if isinstance(editor, QLineEdit):
            here = QPersistentModelIndex(index)
            editor.textEdited.connect(lambda text: self._model.hold(here, text))
        return editor

    def initStyleOption(self, option: Any, index: Any) -> None:
        """Mark what cannot be read, as in a field of its own."""
        super().initStyleOption(option, index)
        if self._model.why(index.row(), index.column()):
            tokens = Theme(is_dark=option.palette.color(QPalette.ColorRole.Base).lightness() < DARK).tokens
            option.palette.setColor(QPalette.ColorRole.Text, QColor(tokens.wrong))

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
        """Leave where there is no next cell; Esc takes back what was typed into this one."""
        model, here = self.model(), self.currentIndex()
        hints = QAbstractItemDelegate.EndEditHint
        if hint == hints.RevertModelCache and isinstance(model, LinesModel):
            model.take_back()
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
        self._add = field_button("添加一行", "quiet", name=f"{spec.label}：添加一行")
        self._drop = field_button("删除所选行", "quiet", name=f"{spec.label}：删除所选行")
        self._add.clicked.connect(self._one_more)
        self._drop.clicked.connect(self._one_less)
        self.model.edited.connect(self.edited)
        self.model.dataChanged.connect(self.refresh)
        self.model.rowsRemoved.connect(self.refresh)
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
        return self.spec.kind.read(self.model.read()).value

    def fill(self, value: Any) -> None:
        """Show stored lines; where the cursor stands among these very lines, it stays."""
        lines, inside = value or [], self.view.focusWidget()
        has_cursor = self.view.hasFocus() or (inside is not None and inside.hasFocus())
        if not (has_cursor and not self.model.cells_unread() and self.model.read() == lines):
            here = self.view.currentIndex()
            self._show(lines)
            if has_cursor:
                self._go_back(here.row(), here.column())
        self.refresh()

    def restore(self, value: Any) -> None:
        """Give up only the cells that cannot be read."""
        self.model.give_up_unread()

    @property
    def text(self) -> str:
        """What stands here, readable or not."""
        return self.model.text

    def put_text(self, text: str) -> None:
        """Show again what a draft holds."""
        self.model.put_text(text)
        self._fit()
        self.refresh()

    def _show(self, lines: list[dict[str, Any]]) -> None:
        self.model.replace(lines)
        self._fit()

    def _go_back(self, row: int, column: int) -> None:
        if self.model.lines:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.setCurrentIndex(self.model.index(min(row, len(self.model.lines) - 1), column))
        else:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _standing(self) -> tuple[str, str]:
        """Cells that cannot be read are told by line and column."""
        bad = self.model.cells_unread()
        if not bad:
            return super()._standing()
        row, column = bad[0]
        more = f"另有 {len(bad) - 1} 格看不懂。" if len(bad) > 1 else ""
        return "wrong", f"第 {row + 1} 行“{self.model.specs[column].label}”：{self.model.why(row, column)}{more}"

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
        """Go to a cell: the line, from 1, and the name of what is asked there; else to one that cannot be read."""
        line, _, name = path.partition("/")
        names = [one.name for one in self.model.specs]
        bad = self.model.cells_unread()
        if not path and bad:
            self.view.setCurrentIndex(self.model.index(*bad[0]))
        elif line and name in names and int(line) <= self.model.rowCount():
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
