"""One register: search, table, and beside it the form of the chosen record with its problems."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout

from ui.registers.blank import Blank
from ui.registers.bulk import BulkEditor
from ui.registers.columns import Columns
from ui.registers.drafts import DraftKeeper
from ui.registers.editor import Editor
from ui.registers.exporting import export_shown
from ui.registers.filters import Filters
from ui.registers.history import HistoryPanel
from ui.registers.looking_back import LookingBack
from ui.registers.notice import Notice
from ui.registers.rows import RegisterRows, columns_of
from ui.registers.sheet import RegisterCells, Sheet
from ui.registers.strip import Strip
from ui.shared.page import Page
from ui.shared.record_table import RegisterModel, RegisterTable
from ui.shared.search_line import SearchLine
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label, local_time
from xmdesk.records.registers import REGISTERS, Register

if TYPE_CHECKING:
    from xmdesk.services.checking import Checking
    from xmdesk.services.registers import Registers

LEAST_FORM = 430
MOST_SUMMED = 5_000


class RegisterPage(Page):
    """A page of the window for one register."""

    def __init__(
        self, name: str, *, registers: "Registers", checking: "Checking | None", surroundings: Surroundings
    ) -> None:
        super().__init__()
        self.register: Register = REGISTERS[name]
        self._registers = registers
        self._around = surroundings
        self._rows = RegisterRows(registers, name)
        self.model = RegisterModel(self._rows, columns_of(self.register))
        self.cells = RegisterCells(self.register, registers, surroundings)
        self.model.typable = self.cells.typable
        self.table = RegisterTable(self.model, self.cells)
        self.sheet = Sheet(self.register, self.table, self.cells, surroundings)
        self.notice = Notice()
        self.strip = Strip()
        self.back = LookingBack(self.register, registers, self._rows, surroundings)
        self.then = self.back.bar
        self.columns = Columns(self.register, self.table, surroundings.preferring)
        self.filters = Filters(self.register, registers, surroundings)
        self.filters.chosen.connect(self.look_through)
        self.bulk: BulkEditor | None = None
        self.history: HistoryPanel | None = None
        self.table.setAccessibleName(self.register.title)
        self.editor = Editor(self.register, registers=registers, checking=checking, surroundings=surroundings)
        self.keeper = DraftKeeper(self.register, registers, self.editor, surroundings)
        self.search = SearchLine("查找文字或拼音首字母")
        self._count = label("", "beside")
        self._build()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    def _build(self) -> None:
        self._blank = Blank(self.register)
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self._blank)
        panel = frame("panel")
        panel.setMinimumWidth(240)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.then)
        inside.addWidget(self.notice)
        inside.addWidget(self._left)
        inside.addWidget(self.strip)
        self._right = QStackedWidget()
        self._right.addWidget(self.editor)
        self._right.addWidget(self.back.form)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(panel)
        split.addWidget(self._right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([600, 540])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(frame("rule"))
        column.addWidget(split, 1)

    def _head(self) -> QHBoxLayout:
        self.reveal = button("显示完整号码", "quiet")
        self.reveal.setCheckable(True)
        self.reveal.setVisible(any(spec.kind.sensitive for _, spec in self.model.columns))
        self.add = button(f"新增{self.register.noun}", "primary")
        self.add.setToolTip("Ctrl+N")
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(label(self.register.title, "title"))
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.reveal)
        row.addWidget(self.search)
        row.addWidget(self.add)
        return row

    def _connect(self) -> None:
        self.search.settled.connect(self._search)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self.editor.start)
        self.cells.may_write = lambda: not self.back.is_on and self.leave()
        self.sheet.done.connect(self.notice.tell)
        self.table.selected.connect(lambda: self.strip.select(len(self.table.selected_rows())))
        self.strip.asked.connect(self._do)
        self.back.swapped.connect(self._swapped)
        self.notice.asked.connect(self.show_record)
        if self.table.cell_delegate is not None:
            self.table.cell_delegate.refused.connect(self._around.changes.announce)
        self.add.clicked.connect(self.start_new)
        self._blank.add.clicked.connect(self.start_new)
        self.reveal.toggled.connect(self._reveal)
        self.editor.saved.connect(self._saved)
        self._around.changes.changed.connect(self._changed)
        self._around.icons.changed.connect(self._dress)
        self._dress()

    def refresh(self) -> None:
        """Read the register anew and keep the place."""
        uid = self.editor.uid
        self.model.look_again()
        self._show_count()
        if uid and self.model.row_of(uid) >= 0:
            self._place(uid)
        elif not self.editor.is_new and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        elif not self.editor.is_new and not self.back.is_on:
            self.editor.clear()

    def act(self, name: str) -> bool:
        """Do one of the window's acts here; tells whether it means something on this page."""
        acts = {
            "search": lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "new": self.start_new,
            "save": self._save,
            "edit": self._edit,
            "check": self._check,
            "reveal": self.reveal.toggle,
            "clone": self.start_copy,
            "pin": self.editor.pins.toggle,
            "bulk": self.open_bulk,
            "history": self.open_history,
            "then": self._ask_when,
            "note": self._note,
        }
        if name not in acts:
            return False
        if name not in ("search", "reveal", "then"):
            self.back.come_back()
        acts[name]()
        return True

    def _check(self) -> None:
        """Check what stands in the form; what was typed is saved first, so that all problems are those of the book."""
        if self.editor.is_dirty:
            self._save()
        self.editor.check()

    def _save(self) -> None:
        if self.table.take_open_cell():
            self.editor.save()

    def _edit(self) -> None:
        """F2 edits the cell where the cursor stands; elsewhere, or where a cell cannot be typed, the form."""
        if not (self.table.hasFocus() and self.table.edit_here()):
            self.editor.start()

    def _note(self) -> None:
        """Write a note on the field of the cell where the cursor stands, or of the form."""
        here = self.table.currentIndex()
        path = self.model.columns[here.column()][0] if self.table.hasFocus() and here.isValid() else ""
        self.editor.notes.open_here(path.partition(".")[0])

    def leave(self) -> bool:
        """Save what is open; tells whether the person may go."""
        self.back.come_back()
        return self._leave_bulk() and self.editor.leave()

    def _do(self, name: str) -> None:
        """Do what the strip below the table asks for."""
        if name == "columns":
            self.columns.open(self.strip.columns.mapToGlobal(QPoint(0, -self.columns.sizeHint().height())))
        elif name == "filter":
            self.filters.open(self.strip.filter.mapToGlobal(QPoint(0, 0)))
        elif name == "export":
            uids = self.model.uids(range(self.model.rowCount()))
            export_shown(self.register, self._rows.registers, uids, self._around, moment=self.back.words)
        else:
            self.act(name)

    def look_through(self, wanted: Any) -> None:
        """Show what answers a filter, or everything."""
        if self.back.is_on or self.leave():
            self._rows.wanted = wanted
            self.strip.filter.setText("筛选中" if wanted else "筛选")
            self.strip.filter.setToolTip(wanted.name if wanted else "")
            self.refresh()

    def open_history(self) -> None:
        """Show what happened to the record that is open."""
        uid = self.editor.uid
        if not uid or not self.leave():
            return
        if self.history is None:
            self.history = HistoryPanel(self.register, self._registers)
            self.history.closed.connect(self._back_to_form)
            self.history.wanted.connect(lambda at: self.back.go_to(at, f"{local_time(at)} 时"))
            self._right.addWidget(self.history)
        self._right.setCurrentWidget(self.history)
        self.history.open(uid)

    def open_bulk(self) -> None:
        """Show the form for all selected records."""
        uids = self.model.uids(self.table.selected_rows())
        if len(uids) < 2 or not self.leave():
            return
        if self.bulk is None:
            self.bulk = BulkEditor(self.register, self._registers, self.cells.entering, self._around)
            self.bulk.closed.connect(self._back_to_form)
            self._right.addWidget(self.bulk)
        self._right.setCurrentWidget(self.bulk)
        self.bulk.open(uids)

    def _ask_when(self) -> None:
        """Let the person choose a moment to see the register at; what is open is saved first."""
        if self.back.is_on or self.leave():
            self.back.ask(self.strip.then.mapToGlobal(QPoint(self.strip.then.width(), 0)))

    def _swapped(self) -> None:
        """Show the past read-only, or the present again."""
        is_past = self.back.is_on
        self.model.typable = frozenset() if is_past else self.cells.typable
        self.strip.history.setEnabled(not is_past)
        self.add.setEnabled(not is_past)
        if is_past:
            self._right.setCurrentWidget(self.back.form)
            self.table.setFocus()
        else:
            self._back_to_form()
        self.refresh()
        self.back.show(self.model.uid(self.table.currentIndex().row()))

    def keyPressEvent(self, event: Any) -> None:
        """Esc comes back from the past."""
        if event.key() == Qt.Key.Key_Escape and self.back.is_on:
            self.back.come_back()
            return
        super().keyPressEvent(event)

    def _back_to_form(self) -> None:
        self._right.setCurrentWidget(self.editor)
        self.table.setFocus()

    def _leave_bulk(self) -> bool:
        """Close the form for many; asks when something in it was not written."""
        if self._right.currentWidget() is self.history:
            self._right.setCurrentWidget(self.editor)
        if self.bulk is None or self._right.currentWidget() is not self.bulk:
            return True
        words = "打勾的项还没有写入所选的各条。"
        if self.bulk.has_ticks and not self._around.dialogs.confirm(
            "批量修改还没有写入", words, yes="不写入", no="回去"
        ):
            return False
        self._back_to_form()
        return True

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a record and, if asked, to one of its fields."""
        if not self.leave():
            return
        if self.search.text():
            self.search.clear()
            self.search.settle()
        self._place(uid)
        self.editor.show_uid(uid)
        if field:
            QTimer.singleShot(0, self, lambda: self.editor.form.focus_field(field))

    def start_new(self) -> None:
        """Open an empty form, but for what is pinned."""
        kept = self.editor.pins.kept()
        if not self.leave():
            return
        give = self.editor.pins.give
        self._around.work.now(lambda: give(self._registers.new(self.register.name), kept), self._open_new)

    def start_copy(self) -> None:
        """Open a copy of the record that is open."""
        if self.editor.record is not None and self.leave():
            record = self.editor.record
            self._around.work.now(lambda: self.cells.entering.copy_of(record), self._open_copy)

    def _open_copy(self, record: Any) -> None:
        self._open_new(record, is_begun=True)

    def _open_new(self, record: Any, *, is_begun: bool = False) -> None:
        self.table.selectionModel().blockSignals(True)
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.table.selectionModel().blockSignals(False)
        self.table.viewport().update()
        self.editor.show_new(record, is_begun=is_begun)

    def _chosen(self, uid: str) -> None:
        self.back.show(uid)
        if self.back.is_on or (uid == self.editor.uid and not self.editor.is_new):
            return
        if self.leave():
            self.editor.show_uid(uid)
        else:
            self._place(self.editor.uid)

    def _place(self, uid: str) -> None:
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        self.table.choose(uid)
        selection.blockSignals(False)
        self.table.viewport().update()

    def _search(self, text: str) -> None:
        self._around.work.now(lambda: self.model.search(text))
        self._show_count()
        if self.model.rowCount() and not self.editor.is_dirty:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_count(self) -> None:
        shown = self.model.rowCount()
        searching = bool(self.search.text().strip()) or self._rows.wanted is not None
        self._count.setText(f"找到 {shown} 条" if searching else f"{shown} 条")
        self._left.setCurrentIndex(0 if shown or searching or self.back.is_on else 1)
        self.strip.say(self._totals(shown, is_whole=not searching))

    def _totals(self, shown: int, *, is_whole: bool) -> str:
        """Sums of what is shown; left out where adding up would be felt."""
        if shown > MOST_SUMMED:
            return ""
        from xmdesk.services.finding import Finding

        uids = None if is_whole else self.model.uids(range(shown))
        found = Finding(self._rows.registers.store).totals(self.register.name, uids)
        return "合计  " + "  ".join(f"{one.label} {one.shown}" for one in found) if found else ""

    def _reveal(self, on: bool) -> None:
        self._rows.reveals = on
        self.reveal.setText("遮住号码" if on else "显示完整号码")
        self.refresh()

    def _saved(self, uid: str) -> None:
        self.model.look_again()
        self._show_count()
        self._place(uid)

    def _changed(self) -> None:
        if self.isVisible() and not self.editor.is_dirty:
            self.refresh()
            self.editor.look_again()

    def showEvent(self, event: Any) -> None:
        """Look again when coming back: other pages may have changed something."""
        super().showEvent(event)
        if not self.editor.is_dirty:
            self.refresh()
        QTimer.singleShot(0, self, self.keeper.offer)

    def _dress(self) -> None:
        self.add.setIcon(self._around.icons.get("new", "on_accent"))
        self.reveal.setIcon(self._around.icons.get("eye", "accent"))
        extra = self._around.icons.theme.percent - 100
        self.search.setMinimumWidth(260 - extra * 2)
        self.editor.setMinimumWidth(LEAST_FORM + extra * 26 // 10)
        self.table.tint(self._around.icons.theme.tokens.hover, self._around.icons.theme.tokens.accent)
        self.table.fit()
