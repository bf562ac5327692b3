"""The drafts of a register page: of the form, and of the form for many records."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.registers.bulk import BulkEditor
from ui.registers.sheet import RegisterCells
from ui.registers.sides import Sides
from ui.shared.drafts import DraftKeeper, RecordDraft
from ui.shared.record_table import RegisterTable
from ui.shared.surroundings import Surroundings
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.drafts import BegunRecord, Content
    from xmdesk.services.registers import Registers


class RegisterDrafts(QObject):
    """``opened`` fires when a draft stands in the form again, ``passed`` brings the cursor back to the table."""

    opened = Signal()
    passed = Signal()

    def __init__(
        self, registers: "Registers", sides: Sides, cells: RegisterCells, table: RegisterTable, around: Surroundings
    ) -> None:
        super().__init__(sides)
        self._register = register = sides.register
        self._around = around
        self._registers = registers
        self._table = table
        self._sides, self._editor = sides, (editor := sides.editor)
        store = registers.store
        self._form = RecordDraft(register.record, store, self, self._title)
        self.one = DraftKeeper(register.name, store, self._form, around, self)
        self.many = DraftKeeper(
            f"bulk:{register.name}", store, BulkDraft(register, registers, sides, cells, table), around, self
        )
        for keeper in (self.many, self.one):
            editor.add_strip(keeper.strip)
            keeper.passed.connect(self.passed)
        editor.typed.connect(self.one.edited)
        editor.saved.connect(lambda _: self.one.keep())
        editor.unreadable.given_up.connect(self.one.keep)
        editor.dropped.connect(self.one.drop)
        editor.given_up.connect(self._given_up)
        editor.began.connect(self.one.forget_given_up)
        editor.keep_aside = self._keep_aside
        sides.bulk_made.connect(self._watch_bulk)
        if table.cell_delegate is not None:
            table.cell_delegate.keep_text = self._keep_text
            table.cell_delegate.typed.connect(self.one.edited)

    def offer(self) -> None:
        """Ask above the form whether what was left behind should be taken up again."""
        self.many.offer()
        self.one.offer()

    def put_down(self) -> bool:
        """Save and keep everything before the book is closed, an open cell too; tells whether nothing is lost."""
        begun = self._editor.begun
        if (begun is not None and begun.texts) or not self._table.take_open_cell():
            self._take_cell(*self._table.give_up_open_cell())
        self._editor.ending.keep()
        are_kept = [keeper.keep() for keeper in (self.many, self.one)]
        return self._editor.put_down() or all(are_kept)

    def _keep_aside(self, why: str) -> bool:
        """Keep what was refused, and offer it again; tells whether it is kept."""
        called = self._title(self._editor.record)
        is_kept = self.one.leave_behind(why)
        if is_kept:
            self._around.changes.announce(f"“{called}”没有保存，留作草稿")
        return is_kept

    def _keep_text(self, uid: str, name: str, text: str) -> bool:
        """Go on in the form, where it shows this record, with what cannot be read of a cell that one left; tells whether it does."""
        editor = self._editor
        if self._sides.currentWidget() is not editor or editor.uid != uid or name not in editor.form.fields:
            return False
        self._take_cell(uid, name, text)
        self.one.edited()
        return True

    def _take_cell(self, uid: str, name: str, text: str) -> None:
        """Go on in the form with what cannot be taken of an open cell."""
        begun = self._with_cell(uid, name, text, is_shown=False)
        if begun is not None:
            self._editor.show_begun(begun, is_new=False)

    def _with_cell(self, uid: str, name: str, text: str, *, is_shown: bool = True) -> "BegunRecord | None":
        """Return a record as the form has it with the text of one of its cells; None where there is no text, or no field for it."""
        from xmdesk.services.drafts import BegunRecord

        editor = self._editor
        if not text or name not in editor.form.fields or (is_shown and editor.uid != uid):
            return None
        begun = editor.begun if editor.uid == uid else None
        record = begun.record if begun is not None else self._registers.get(self._register.name, uid)
        texts = {**(begun.texts if begun is not None else {}), name: text}
        return BegunRecord(record, texts) if record is not None else None

    @property
    def begun(self) -> "BegunRecord | None":
        """What stands unsaved in the form, and in the open cell of the record that it shows."""
        uid, name, text = self._table.typed_cell
        return self._with_cell(uid, name, text) or self._editor.begun

    def leave(self) -> bool:
        """Save what is in the form."""
        return self._editor.leave()

    def show_begun(self, begun: "BegunRecord", *, is_new: bool) -> None:
        """Put a draft into the form."""
        self._editor.show_begun(begun, is_new=is_new)
        self.opened.emit()

    def _title(self, record: Any) -> str:
        return self._registers.title_of(record) or f"未命名{self._register.noun}"

    def _given_up(self, begun: "BegunRecord") -> None:
        self.one.give_up(begun.content(None))

    def _watch_bulk(self, bulk: BulkEditor) -> None:
        bulk.touched.connect(self.many.edited)
        bulk.closed.connect(self.many.drop)


class BulkDraft:
    """What is ticked in the form for many records, and for which of them."""

    def __init__(
        self, register: Register, registers: "Registers", sides: Sides, cells: RegisterCells, table: RegisterTable
    ) -> None:
        self._register = register
        self._registers = registers
        self._sides = sides
        self._entering = cells.entering
        self._selected = table.selected_uids

    def written(self) -> "Content | None":
        """Return what is ticked while that form is in front."""
        bulk = self._sides.bulk
        is_open = bulk is not None and self._sides.currentWidget() is bulk
        return bulk.written() if bulk is not None and is_open else None

    def title_of(self, content: "Content") -> str:
        """Say how many records, and how many fields."""
        fields = len(content["fields"]) + len(content["texts"])
        again = "" if content["uids"] else "。条数太多，没有记下是哪几条，请先在表里选中"
        return f"批量修改 {content['count']} 条{self._register.noun}，{fields} 项{again}"

    def make_room(self, content: "Content") -> bool:
        """Save what is in the form for one record, which is the one in front when this is asked."""
        return bool(self._meant(content)) and self._sides.editor.leave()

    def take_up(self, content: "Content") -> None:
        """Open that form with its ticks."""
        self._sides.open_bulk(self._meant(content), self._entering, content)

    def _meant(self, content: "Content") -> list[str]:
        """Return the records that are meant and still there; where they were too many to be held, those selected now."""
        if content["uids"]:
            present = set(self._registers.uids(self._register.name))
            return [one for one in content["uids"] if one in present]
        selected = self._selected()
        return selected if len(selected) > 1 else []
