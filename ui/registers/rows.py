"""The rows and columns of one register as the table wants them."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.shared.due import table_day
from ui.shared.layout import layout_of
from ui.shared.order import Order
from ui.shared.register_model import NOTED, RegisterModel
from xmdesk.records.base import FieldSpec, fields_of
from xmdesk.records.kinds import Day, Moment, PartialDay, Reference
from xmdesk.records.registers import REGISTERS, Register

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter
    from xmdesk.services.registers import Registers


LARGE = 5_000


class RegisterRows:
    """The rows of one register as the table wants them."""

    def __init__(self, registers: "Registers", name: str) -> None:
        self.registers = registers
        self.name = name
        self.reveals = False
        self.wanted: Filter | None = None
        self.shown: Callable[[], Collection[str] | None] = lambda: None
        """The fields in view; the others need not be put in words."""
        self._held = 0

    def uids(self, search: str, order_by: str, *, descending: bool) -> Sequence[str]:
        """Return uids in display order."""
        from xmdesk.services.finding import Finding

        return Finding(self.registers.store).uids(self._asked(search, order_by, descending=descending))

    def grouped(
        self, search: str, order_by: str, *, descending: bool, group_by: str, stood: Mapping[str, Hashable]
    ) -> Order:
        """Return uids group after group; those that stood in a group stay in it."""
        from xmdesk.services.grouping import Grouping

        asked = self._asked(search, order_by, descending=descending)
        found = Grouping(self.registers.store).grouped(asked, group_by, stood=stood)
        return Order(found.uids, found.sections, is_exact=not found.strays, strays=found.strays)

    def lasting(self, search: str, before: Sequence[str], found: Sequence[str]) -> Sequence[str]:
        """Of records that answer the filter and the search no more, return those that are still in the register."""
        from xmdesk.services.finding import Finding

        if self.wanted is None and not search:
            return ()  # what leaves the whole register has ended, or is gone
        known = set(found)
        missing = [uid for uid in before if uid not in known]
        return Finding(self.registers.store).lasting(self._asked(search, "", descending=False), missing)

    def _asked(self, search: str, order_by: str, *, descending: bool) -> "Filter":
        from xmdesk.services.finding import Filter

        return replace(self.wanted or Filter(self.name), search=search, order_by=order_by, descending=descending)

    @property
    def ended(self) -> "Filter":
        """What has ended stands apart."""
        from xmdesk.services.finding import ended

        return ended(self.name)

    def count_ended(self) -> int:
        """How many records have ended."""
        return self.registers.count_ended(self.name)

    def recall(self) -> None:
        """Look through the filter that was in force when the book was closed."""
        from xmdesk.services.finding import Finding

        self.wanted = Finding(self.registers.store).in_front(self.name)

    def keep(self) -> None:
        """Remember the filter that is in force."""
        from xmdesk.services.finding import Finding

        Finding(self.registers.store).put_in_front(self.name, self.wanted)

    def forget(self) -> None:
        """Remember no filter."""
        from xmdesk.services.finding import Finding

        Finding(self.registers.store).put_in_front(self.name, None)

    def warm(self) -> None:
        """Make searching quick."""
        self.registers.store.warm(REGISTERS[self.name].record)

    def weigh(self) -> None:
        """Count the register anew; a large one stays large."""
        if not self.is_large:
            self._held = self.registers.count(self.name)

    @property
    def is_large(self) -> bool:
        """Whether a question to the register takes so long that it is asked aside."""
        return self._held > LARGE

    def is_slow(self, model: RegisterModel) -> bool:
        """Whether putting the rows in order would be felt."""
        return self.is_large and (model.is_arranged or self.wanted is not None)

    @property
    def words(self) -> str:
        """What the filter asks, in words; kept ones by their name."""
        if self.wanted is None:
            return ""
        from xmdesk.services.filter_words import words_of

        return self.wanted.name or words_of(self.registers.store, self.wanted)

    def totals(self, uids: Sequence[str] | None) -> str:
        """Return the sums of all records, or of these, in one line."""
        from xmdesk.services.totals import totals

        found = totals(self.registers.store, self.name, uids)
        return "合计  " + "  ".join(f"{one.label} {one.shown}" for one in found) if found else ""

    def texts(self, uids: Sequence[str]) -> list[dict[str, str]]:
        """Return what each field shows, and the notes on fields under names that begin with ``NOTED``."""
        from xmdesk.services.field_notes import FieldNotes

        records = self.registers.rows(self.name, uids)
        shown = self.registers.shown_many(records, reveal=self.reveals, only=self.shown())
        self._follow(records, shown)
        self._put_days(REGISTERS[self.name].record, records, shown)
        notes = FieldNotes(self.registers.store).by_record(self.name)
        for one, row in zip(records, shown, strict=True):
            row.update({f"{NOTED}{field}": text for field, text in notes.get(one.uid, {}).items()})
        return shown

    def look_at(self, registers: "Registers") -> None:
        """Show the registers of a past moment, or those of the present again."""
        self.registers = registers

    def _follow(self, records: Sequence[Any], shown: list[dict[str, str]]) -> None:
        """Add the texts of dotted columns: what a field of the referred record shows."""
        for path in (one for one in layout_of(self.name).columns if "." in one):
            first, _, rest = path.partition(".")
            kind = fields_of(REGISTERS[self.name].record)[first].kind
            if not isinstance(kind, Reference):
                continue
            uids = [getattr(one, first) for one in records]
            found = self.registers.rows(kind.to, sorted({uid for uid in uids if uid}))
            texts = self.registers.shown_many(found, reveal=self.reveals)
            self._put_days(REGISTERS[kind.to].record, found, texts)
            known = {one.uid: text[rest] for one, text in zip(found, texts, strict=True)}
            for row, uid in zip(shown, uids, strict=True):
                row[path] = known.get(uid, "")

    def _put_days(self, record: Any, records: Sequence[Any], shown: list[dict[str, str]]) -> None:
        """Write days as tables do (2026-11-29): they stand below each other and take less room than in a sentence."""
        days = [spec.name for spec in fields_of(record).values() if isinstance(spec.kind, Day | PartialDay | Moment)]
        for one, texts in zip(records, shown, strict=True):
            texts.update({name: table_day(getattr(one, name)) for name in days if name in texts})


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
