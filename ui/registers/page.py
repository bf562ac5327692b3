"""One register: search, table, and beside it the form of the chosen record with its problems."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.registers.beginning import Beginning
from ui.registers.blank import Blank
from ui.registers.cell_menu import CellMenu
from ui.registers.cells import RegisterCells
from ui.registers.columns import Columns
from ui.registers.drafts import RegisterDrafts
from ui.registers.editor import Editor
from ui.registers.exporting import Look, export_shown
from ui.registers.handling import Handling
from ui.registers.head import Head
from ui.registers.lens import Lens
from ui.registers.looking_back import LookingBack
from ui.registers.notice import Notice
from ui.registers.place import Place
from ui.registers.reading import Reading
from ui.registers.rows import RegisterRows, columns_of
from ui.registers.seeker import Seeker
from ui.registers.sheet import Sheet
from ui.registers.sides import Sides
from ui.registers.standing import Standing
from ui.registers.strip import Strip
from ui.registers.sums import Sums
from ui.registers.whole import Whole
from ui.shared.due import said_time
from ui.shared.order import Order
from ui.shared.page import Page
from ui.shared.reading_order import step_aside
from ui.shared.record_table import RegisterTable
from ui.shared.register_model import RegisterModel
from ui.shared.surroundings import Surroundings
from ui.shared.words import frame
from xmdesk.records.registers import REGISTERS, Register

if TYPE_CHECKING:
    from ui.shared.plain_table import Line
    from xmdesk.services.checking import Checking
    from xmdesk.services.registers import Registers

WRITING = ("new", "save", "clone", "pin", "bulk", "note", "end")
NO_MATCH, NONE_THEN = "没有符合的。换个写法，或者清掉查找和筛选。", "那时还没有记录。"


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
        self.standing = Standing()
        self.lens = Lens(self._rows, self.model, self.columns, self.standing)
        self.look_through, self.group_by = self.lens.look_through, self.lens.group_by
        self.whole = Whole(surroundings.icons)
        self.sums = Sums(self._rows, self.strip, surroundings)
        self.table.setAccessibleName(self.register.title)
        self.editor = Editor(self.register, registers=registers, checking=checking, surroundings=surroundings)
        self.place = Place(self.table, self.editor, self.back, leave=self.leave)
        self.menu = CellMenu(self.table, self.editor)
        self.head = Head(self.register, has_numbers=any(spec.kind.sensitive for _, spec in self.model.columns))
        self.search, self.reveal, self.add = self.head.search, self.head.reveal, self.head.add
        self.reading = Reading(self.register.title, self.model, self._rows, surroundings.work)
        self.seeker = Seeker(self.search, self.table, self._rows, surroundings.work)
        self.sides = Sides(self.register, registers, self.editor, surroundings)
        self.drafts = RegisterDrafts(registers, self.sides, self.cells, self.table, surroundings)
        self.beginning = Beginning(self.table, self.editor, leave=self.leave, around=surroundings)
        self.handling = Handling(self.table, sides=self.sides, back=self.back, leave=self.leave, show=self.show_record)
        self._build()
        self._connect()
        self._rows.shown = lambda: {path for path, _ in self.model.columns}
        self._is_fresh = True
        self.reading.begin(self._show_order)

    def _build(self) -> None:
        self._blank = Blank(self.register, self._around)
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self._blank)
        inside = QVBoxLayout(panel := frame("panel"))
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for one in (self.then, self.notice, self.whole, self.standing, self.place.outside, self._left, self.strip):
            inside.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(frame("rule"))
        column.addWidget(self.sides.beside(panel), 1)
        self.start_at = self.table

    def _connect(self) -> None:
        self.seeker.found.connect(self._show_count)
        self.seeker.rested.connect(self._follow_search)
        self.place.outside.taken.connect(lambda: self.show_record(self.editor.uid))
        self.place.outside.passed.connect(self.editor.start)
        self.table.opened.connect(self.handling.open_form)
        self.editor.touched.connect(self.unsaved)
        self.cells.may_write = self.handling.may_write
        self.notice.follow(self.sheet)
        self.table.selected.connect(lambda: self.strip.select(self.table.selected_count))
        self.strip.asked.connect(self._do)
        self.back.swapped.connect(self._swapped)
        self.sides.closed.connect(self.table.setFocus)
        self.sides.wanted.connect(lambda at: self.back.go_to(at, said_time(at)))
        self.sides.chosen.connect(self.look_through)
        self.sides.meant.connect(self.table.mark)
        self.lens.may_turn = lambda: self.back.is_on or self.leave()
        self.lens.turned.connect(self._turn)
        self.head.ended.clicked.connect(self.lens.look_at_ended)
        self.standing.folded.connect(lambda shut: self.table.fold_all(shut=shut))
        self.table.escaped.connect(self._escape)
        self.model.through = self.reading.read
        self.model.ordered.connect(self._ordered)
        self.notice.asked.connect(self.show_record)
        self.whole.asked.connect(lambda key: self._around.travel.problem.emit(self.register.name, key))
        self.menu.asked.connect(self.act)
        for add in (self.add, self._blank.add):
            add.clicked.connect(lambda: self.act("new"))
        self.editor.asked.connect(self.act)
        self.reveal.toggled.connect(self._reveal)
        self.editor.saved.connect(self._saved)
        self.editor.dropped.connect(self._ordered)
        self.drafts.opened.connect(self.sides.show_form)
        self.drafts.opened.connect(self.beginning.follow)
        self.drafts.passed.connect(self.table.setFocus)
        self._around.changes.changed.connect(self._changed)
        self._around.icons.changed.connect(self._dress)
        self._dress()

    def refresh(self) -> None:
        """Read the register anew and keep the place."""
        self.lens.look_anew()
        self.reading.again(self._show_order)

    def _look_on(self) -> None:
        """Show what was changed; rows that would now stand in another place, or nowhere, stay where they are."""
        read = self.reading.again if self.lens.look_anew() else self.reading.on
        read(self._show_order)

    def _turn(self) -> None:
        """Look through something else: what is not among it stays in the form only as long as one does not."""
        if self.editor.has_ended:
            self.editor.clear()
        self.lens.look_anew()
        self.reading.again(partial(self._show_order, is_asked=True))

    def read_ahead(self) -> None:
        """Ask, in the thread of a long act, what this page will ask the register after it."""
        self.reading.ahead()

    def _show_order(self, fresh: Order, *, is_asked: bool = False) -> None:
        self.model.show_order(fresh)
        self._ordered(is_asked=is_asked)

    def _ordered(self, *, is_asked: bool = False) -> None:
        """Count, and keep the place."""
        self._show_count()
        self.place.settle(is_asked=is_asked)
        self.strip.select(self.table.selected_count)

    def act(self, name: str) -> bool:
        """Do one of the window's acts here, after what is typed into a cell; tells whether it means something on this page."""
        acts = {
            "search": lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "new": lambda: self.beginning.new(self._registers, self.register.name),
            "save": self.sides.save,
            "edit": self.handling.edit,
            "check": self.handling.check,
            "reveal": self.reveal.toggle,
            "clone": lambda: self.beginning.copy(self._registers),
            "pin": self.editor.pins.toggle,
            "bulk": lambda: self.handling.open_bulk(self.cells.entering),
            "history": self.handling.open_history,
            "then": self._ask_when,
            "filter": self.open_filters,
            "group": lambda: self.columns.offer_groups(self.strip.group),
            "note": self.handling.note,
            "end": self.editor.ask_end,
            "help": self.handling.explain,
        }
        if name not in acts:
            return False
        if name != "help" and not self.table.take_open_cell():
            return True
        if name in ("check", "filter"):
            self.back.come_back()
        if name not in WRITING or self.back.may_write():
            acts[name]()
        return True

    @property
    def photo_home(self) -> str:
        """The record in front, and its field for photos."""
        return self.handling.photo_home

    def take_photos(self, paths: list[Path]) -> None:
        """Put pictures into the record in front."""
        self.handling.take_photos(paths)

    def leave(self, *, waits: bool = True) -> bool:
        """Save what is open; tells whether the person may go."""
        self.back.come_back()
        return self.sides.leave() and self.editor.leave(waits=waits)

    def step_out(self) -> bool:
        """Save what is open, and keep as a draft what cannot be read: this page goes on later."""
        return self.leave(waits=False)

    def take_back(self, lost: QWidget) -> None:
        """From a button of the form the cursor goes back to the field it was in: a letter typed in the table opens a cell."""
        field = self.editor.form.focusWidget() if self.editor.uid and self.editor.isAncestorOf(lost) else None
        step_aside(self, lost, field or self.start_at)

    def put_down(self) -> bool:
        """Save what is open and keep the rest as drafts: the book is about to be closed."""
        self.back.come_back()
        return self.drafts.put_down()

    def hand_over(self) -> object:
        """What was given up can be had back in other colours too."""
        return self.drafts.one.given_up

    def take_over(self, handed: Any) -> None:
        """Offer it again."""
        self.drafts.one.give_up(handed)

    def show_troubles(self, lines: "Sequence[Line]") -> None:
        """Say above the table what is open about the register as a whole."""
        self.whole.show_lines(lines)

    def keep(self) -> None:
        """Keep the filter in force."""
        self.lens.keep()

    def _do(self, name: str) -> None:
        """Do what the strip below the table asks for."""
        if name == "columns":
            self.columns.open(self.strip.columns.mapToGlobal(QPoint(0, -self.columns.sizeHint().height())))
        elif name == "export":
            look = Look(self.columns.in_order(), self.back.words)
            export_shown(self.register, self._rows.registers, self.model.all_uids, self._around, look=look)
        elif name == "sort":
            self.refresh()
            self.table.setFocus()
        else:
            self.act(name)

    def _escape(self) -> None:
        """Esc in the table: back to the present, out of the filter, out of the search; the year goes last."""
        if self.back.is_on:
            self.back.come_back()
        elif not self.lens.leads_out(is_searching=bool(self.search.text())):
            self.search.clear()
        self.table.setFocus()

    def open_filters(self) -> None:
        """Ask the register beside the table."""
        if self.leave():
            self.sides.open_filters(self._rows.wanted, self.columns.offered(), lambda: self._rows.is_large)

    def _ask_when(self) -> None:
        """Let the person choose a moment to see the register at; what is open is saved first."""
        if self.back.is_on or self.leave():
            self.back.ask(self.strip.then.mapToGlobal(QPoint(self.strip.then.width(), 0)))

    def _swapped(self) -> None:
        """Show the past read-only, or the present again."""
        is_past = self.back.is_on
        self.whole.stand_back(is_past=is_past)
        self.model.typable = frozenset() if is_past else self.cells.typable
        self.sheet.remembers = not is_past
        self.strip.history.setEnabled(not is_past)
        self.add.setEnabled(not is_past)
        if is_past:
            self.sides.show_past(self.back.form)
            self.table.setFocus()
        else:
            self.sides.to_form()
        self.refresh()
        self.back.show(self.model.uid(self.table.currentIndex().row()))

    def keyPressEvent(self, event: Any) -> None:
        """Esc comes back from the past."""
        if event.key() == Qt.Key.Key_Escape and self.back.is_on:
            self.back.come_back()
            return
        super().keyPressEvent(event)

    @property
    def draft_on_offer(self) -> str:
        """The uid of the draft that is offered above the form."""
        return self.drafts.one.on_offer

    @property
    def mark(self) -> str:
        """The record that is open."""
        return "" if self.editor.is_new else self.editor.uid

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to a record and, if asked, to one of its fields."""
        if not self.leave():
            return
        record = self._registers.get(self.register.name, uid)
        self.lens.bring(uid, has_ended=record is not None and bool(record.retired_on))
        if self.search.text() and self.model.row_of(uid) < 0:
            self.search.clear()
            self.search.settle()
        self.editor.show_uid(uid)
        self.place.stand_at(uid)
        if field:
            self.sides.show_form()
            self.editor.form.focus_field(field)  # at once: letters typed meanwhile would go elsewhere

    def show_again(self, uid: str) -> None:
        """Show a record that undo or redo has changed; one that is not looked at only in the form, and the search stays."""
        if self.model.row_of(uid) >= 0:
            self.show_record(uid)
        elif self._registers.get(self.register.name, uid) is not None and self.leave():
            self.editor.show_uid(uid)
            self.place.stand_at(uid)

    def _follow_search(self) -> None:
        self.place.follow_search(is_searching=bool(self.search.text().strip()))

    def _show_count(self) -> None:
        self.columns.tell_years(are_mixed=self.lens.mixes_years)
        shown = self.model.total
        searching = bool(self.search.text().strip()) or self.lens.is_filtering
        self.head.show_count(shown, self.model.strays, is_asked=searching)
        self.head.show_ended(self._rows.count_ended())
        self.lens.tell(self.strip, is_asked=searching)
        is_blank = not (shown or searching or self.back.is_on)
        self.start_at = self._blank.add if is_blank else self.table
        self._left.setCurrentIndex(int(is_blank))
        self.sums.show_for(self.model.all_uids if searching else None)
        self.table.nothing.say(NO_MATCH if searching else NONE_THEN)

    def _reveal(self, on: bool) -> None:
        self._rows.reveals = on
        self.reveal.setText("遮住号码" if on else "显示完整号码")
        self._look_on()

    def _saved(self, uid: str) -> None:
        """A page in front looks again when the change is announced, which comes next, and then brings the row into view."""
        self.place.saved(uid)
        if not self.isVisible():
            self.model.look_again()
            self._show_count()
            self.place.stand_at(uid)

    def _changed(self) -> None:
        if self.isVisible():
            self._look_on()
            self._look_at_form()
            self.reading.warm()  # a step that touched many records let go of the texts

    def _look_at_form(self) -> None:
        if not self.editor.is_dirty:
            self.editor.look_again()
            self.place.look_again()

    def showEvent(self, event: Any) -> None:
        """Look again when coming back: other pages may have changed something."""
        super().showEvent(event)
        if not self._is_fresh:
            self.refresh()
            self._look_at_form()
            self.reading.warm()
        self._is_fresh = False
        QTimer.singleShot(0, self, self.drafts.offer)

    def _dress(self) -> None:
        self.head.dress(self._around.icons)
        self.sides.wear(self._around.icons.theme)
        self.table.tint(self._around.icons.theme)
        self.table.fit()
