"""The rows and columns of one register as the table wants them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.shared.layout import layout_of
from ui.shared.record_table import NOTED
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.registers import REGISTERS, Register

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter
    from xmdesk.services.registers import Registers


class RegisterRows:
    """The rows of one register as the table wants them."""

    def __init__(self, registers: "Registers", name: str) -> None:
        self.registers = registers
        self._name = name
        self.reveals = False
        self.wanted: Filter | None = None

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return uids in display order."""
        if self.wanted is not None:
            from xmdesk.services.finding import Finding

            asked = replace(self.wanted, search=search, order_by=order_by, descending=descending)
            return Finding(self.registers.store).uids(asked)
        return self.registers.uids(self._name, search=search, order_by=order_by, descending=descending)

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what each field shows, and the notes on fields under names that begin with ``NOTED``."""
        from xmdesk.services.field_notes import FieldNotes

        records = self.registers.rows(self._name, uids)
        shown = self.registers.shown_many(records, reveal=self.reveals)
        self._follow(records, shown)
        notes = FieldNotes(self.registers.store).by_record(self._name)
        for one, row in zip(records, shown, strict=True):
            row.update({f"{NOTED}{field}": text for field, text in notes.get(one.uid, {}).items()})
        return shown

    def look_at(self, registers: "Registers") -> None:
        """Show the registers of a past moment, or those of the present again."""
        self.registers = registers

    def _follow(self, records: Sequence[Any], shown: list[dict[str, str]]) -> None:
        """Add the texts of dotted columns: what a field of the referred record shows."""
        for path in (one for one in layout_of(self._name).columns if "." in one):
            first, _, rest = path.partition(".")
            kind = fields_of(REGISTERS[self._name].record)[first].kind
            if not isinstance(kind, Reference):
                continue
            uids = [getattr(one, first) for one in records]
            found = self.registers.rows(kind.to, sorted({uid for uid in uids if uid}))
            texts = self.registers.shown_many(found, reveal=self.reveals)
            known = {one.uid: text[rest] for one, text in zip(found, texts, strict=True)}
            for row, uid in zip(shown, uids, strict=True):
                row[path] = known.get(uid, "")


def columns_of(register: Register) -> list[tuple[str, FieldSpec]]:
    """Return name and description of the columns that the layout names; a dotted name follows a reference."""
    return [(path, spec_of(register.record, path)) for path in layout_of(register.name).columns]


def spec_of(record: Any, path: str) -> FieldSpec:
    """Return the description of a field; a dotted path follows references."""
    first, _, rest = path.partition(".")
    spec = fields_of(record)[first]
    if rest and isinstance(spec.kind, Reference):
        return spec_of(REGISTERS[spec.kind.to].record, rest)
    return spec
