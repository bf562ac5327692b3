"""What the table of a register asks about one cell: whether and how it is typed into, what it may be, and where it is kept."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ui.shared.cell_editing import NOT_NOW
from ui.shared.due import table_day
from ui.shared.fields.doubts import doubts_of
from ui.shared.fields.pick_line import Option, the_one_meant
from ui.shared.fields.years import with_its_year
from ui.shared.surroundings import Surroundings
from xmdesk import clock
from xmdesk.jobs import Progress, Silent
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Choice, Day, Hours, Moment, PartialDay, Reference, Text, Year, YesNo
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.registers import Registers

AT_ONCE = 40
"""So many records are read and written before anybody feels it; more are written beside the window."""


class RegisterCells:
    """What the table asks about one cell. ``may_write`` lets the form beside it be saved first: tells whether that went well."""

    def __init__(self, register: Register, registers: "Registers", around: Surroundings) -> None:
        from xmdesk.services.entering import Entering, can_be_typed

        self.entering = Entering(registers)
        self.may_write: Callable[[], bool] = lambda: True
        self._register = register
        self._registers = registers
        self.store = registers.store
        self._around = around
        self._specs = fields_of(register.record)
        self._doubts = ""
        self.typable = frozenset(name for name, spec in self._specs.items() if can_be_typed(spec))

    def can_edit(self, path: str) -> bool:
        """Whether the column can be typed into."""
        return path in self.typable

    def closed(self, uid: str) -> str:
        """Return why nothing in this record can be changed, or nothing."""
        year = self._registers.finalised_year(self._register.name, uid)
        return f"{year}年度清单已经定稿，只能看" if year is not None else ""

    def text(self, uid: str, path: str) -> str:
        """Return the whole text of a cell."""
        record = self._registers.get(self._register.name, uid)
        return self._registers.shown(record, reveal=True)[path] if record is not None else ""

    def is_chosen(self, path: str) -> bool:
        """Whether cells of this column are chosen from a list."""
        return isinstance(self._specs[path].kind, Choice | Reference | YesNo)

    def today(self, path: str) -> str:
        """Return today as it is typed into this column, or nothing where no day belongs."""
        kind = self._specs[path].kind if path in self.typable else None
        if isinstance(kind, Year):
            return str(clock.today().year)
        return table_day(clock.today()) if isinstance(kind, Day | PartialDay | Moment | Text) else ""

    def takes_lines(self, path: str) -> bool:
        """Whether a text of this column may have several lines."""
        kind = self._specs[path].kind
        return isinstance(kind, Text) and kind.multiline

    def options(self, path: str, text: str) -> Sequence[Option]:
        """Return what a cell may be chosen from."""
        return self.entering.options(self._specs[path], text)

    def read(self, path: str, text: str, picked: Option | None) -> Any:
        """Return the value; what was picked is sure, a typed text that leaves one choice counts as picked."""
        spec: FieldSpec = self._specs[path]
        self._doubts = ""
        if picked is None and text.strip() and self.is_chosen(path):
            are_records = isinstance(spec.kind, Reference)
            picked = the_one_meant(self.options(path, text.strip()), text.strip(), are_records=are_records)
        if picked is None:
            value = self.entering.read(spec, whole := with_its_year(spec, text))
            if isinstance(spec.kind, Hours):
                self._doubts = doubts_of(spec.kind.read(whole).notes)
            return value
        return picked[0] if isinstance(spec.kind, Reference) else spec.kind.read(picked[0]).value

    def write(self, uids: Sequence[str], path: str, value: Any) -> None:
        """Save one cell, or the same value in several, as one step; what reading left out of it is told with it."""
        if not self.may_write():
            self._around.changes.announce(f"没有改：{NOT_NOW}")
            return
        label = self._specs[path].label
        name, step, entering = self._register.name, f"修改{self._register.noun}：{label}", self.entering
        doubts = f"。{self._doubts}" if self._doubts else ""

        def job(_: Progress) -> int:
            found = entering.same(name, uids, {path: value})
            entering.write(found, label=step if found.cells == 1 else f"{step}，{found.cells} 格")
            return found.cells

        def tell(cells: int) -> None:
            if cells:
                many = f"，{cells} 格" if len(uids) > 1 else ""
                self._around.changes.announce(f"已保存：{label}{many}{doubts}")

        if len(uids) <= AT_ONCE:
            self._around.work.now(lambda: job(Silent()), tell)
        else:
            self._around.work.long(f"正在填写{label}", job, tell)
