"""What stands beside the table: the form, or for a while the form for many, the history, or the filter."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ui.registers.bulk import BulkEditor
from ui.registers.editor import Editor
from ui.registers.filters import FilterPanel
from ui.registers.history import HistoryPanel
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme
from xmdesk.records.base import FieldSpec
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.drafts import Content
    from xmdesk.services.entering import Entering
    from xmdesk.services.finding import Filter
    from xmdesk.services.registers import Registers

LEAST_FORM = 430


class Sides(QStackedWidget):
    """Panels are made when first asked for. ``closed`` fires when the form is back or a new record was given up,
    ``wanted`` carries a moment of the past, ``chosen`` a filter or None, ``bulk_made`` the form for many when it is made,
    ``meant`` the records that it will write into, or none.
    """

    closed = Signal()
    wanted = Signal(str)
    chosen = Signal(object)
    bulk_made = Signal(object)
    meant = Signal(object)

    def __init__(self, register: Register, registers: "Registers", editor: Editor, around: Surroundings) -> None:
        super().__init__()
        self.register = register
        self._registers = registers
        self._around = around
        self.editor = editor
        self.bulk: BulkEditor | None = None
        self.history: HistoryPanel | None = None
        self.filters: FilterPanel | None = None
        self.addWidget(editor)
        editor.dropped.connect(self.closed)
        editor.began.connect(self.show_form)
        self.currentChanged.connect(self._say_meant)

    def beside(self, table: QWidget) -> QSplitter:
        """Stand at the right of the table; the table takes the room that is left."""
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(table)
        split.addWidget(self)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([600, 540])
        split.setChildrenCollapsible(False)
        return split

    def open_history(self, uid: str) -> None:
        """Show what happened to a record."""
        if self.history is None:
            self.history = HistoryPanel(self.register, self._registers)
            self.history.closed.connect(self.to_form)
            self.history.wanted.connect(self.wanted)
            self.addWidget(self.history)
        self.setCurrentWidget(self.history)
        self.history.open(uid)

    def open_bulk(
        self, uids: Sequence[str], entering: "Entering", begun: "Content | None" = None, *, field: str = ""
    ) -> BulkEditor:
        """Show the form for many records as soon as they are read, with what a draft holds of it."""
        if self.bulk is None:
            self.bulk = BulkEditor(self.register, self._registers, entering, self._around)
            self.bulk.closed.connect(self.to_form)
            self.bulk.opened.connect(self._show_bulk)
            self.addWidget(self.bulk)
            self.bulk_made.emit(self.bulk)
        self.bulk.open(uids, begun, field=field)
        return self.bulk

    def _show_bulk(self) -> None:
        if self.bulk is not None:
            self.setCurrentWidget(self.bulk)
            self._say_meant()

    def _say_meant(self, *_: object) -> None:
        is_open = self.bulk is not None and self.currentWidget() is self.bulk
        self.meant.emit(self.bulk.uids if self.bulk is not None and is_open else ())

    def open_filters(
        self, wanted: "Filter | None", specs: dict[str, FieldSpec], is_large: Callable[[], bool]
    ) -> FilterPanel:
        """Show the conditions in force."""
        if self.filters is None:
            self.filters = FilterPanel(self.register, self._registers, specs, self._around)
            self.filters.is_large = is_large
            self.filters.closed.connect(self.to_form)
            self.filters.chosen.connect(self.chosen)
            self.addWidget(self.filters)
        self.setCurrentWidget(self.filters)
        self.filters.open(wanted)
        return self.filters

    def show_past(self, form: QWidget) -> None:
        """Put a record of the past in front, read-only."""
        if self.indexOf(form) < 0:
            self.addWidget(form)
        self.setCurrentWidget(form)

    def show_form(self) -> None:
        """Let the form be seen: the cursor is going into it."""
        self.setCurrentWidget(self.editor)

    def start(self) -> None:
        """Put the cursor into the form."""
        self.show_form()
        self.editor.start()

    def to_form(self) -> None:
        """Put the form in front."""
        self.setCurrentWidget(self.editor)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the form; from the form for many only when no tick would be lost."""
        if event.key() != Qt.Key.Key_Escape or self.currentWidget() not in (self.bulk, self.history, self.filters):
            super().keyPressEvent(event)
        elif self.leave():
            self.to_form()

    @property
    def has_ticks(self) -> bool:
        """Whether the form for many is in front with ticks that are not written."""
        return self.bulk is not None and self.currentWidget() is self.bulk and self.bulk.has_ticks

    def save(self) -> None:
        """Write what is in front: the form for many where it is open, else the form."""
        if self.bulk is not None and self.currentWidget() is self.bulk:
            self.bulk.save()
        else:
            self.editor.save()

    def wear(self, theme: Theme) -> None:
        """Leave the form the room that letters of this size need."""
        self.editor.setMinimumWidth(LEAST_FORM + (theme.percent - 100) * 26 // 10)

    def leave(self) -> bool:
        """Close the form for many and the history; ticks that were not written hold the person back. The filter may stay."""
        if self.currentWidget() is self.history:
            self.setCurrentWidget(self.editor)
        if self.bulk is None or self.currentWidget() is not self.bulk:
            return True
        if self.bulk.holds():
            return False
        self.to_form()
        return True
