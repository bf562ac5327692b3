"""Registers out to sheets: what is shown, masked unless a reason is given; blank templates that cannot damage numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import Any

from xmdesk import clock
from xmdesk.documents.sheets.columns import Column, Writer, as_it_is
from xmdesk.documents.sheets.text_writing import write_csv
from xmdesk.documents.sheets.writing import SheetOut, write_xlsx
from xmdesk.errors import WrongUse
from xmdesk.files import atomic_write
from xmdesk.ports import StepKind, Store
from xmdesk.records.base import Kept, Record, fields_of
from xmdesk.records.kinds import Kind, PersonId, Phone, Reference, SubTable
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.phones import mask_mobiles
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import Registers, register_named
from xmdesk.services.sheet_columns import sheet_register

WHOLE = "含完整证件号码和手机号码"


def template(name: str) -> bytes:
    """Return a blank workbook of a register: text-typed columns, code lists, hidden mapping."""
    register = register_named(name)
    described = sheet_register(name)
    sheet = SheetOut(register.title, described.columns, title=register.title, register=name, blank=True)
    return write_xlsx([sheet])


@dataclass(frozen=True)
class Shown:
    """Which rows in which order, and what the title says of them besides (as of a past day).

    ``fields`` are the columns in their order, as a table names them; without any, all of the sheet.
    """

    uids: tuple[str, ...]
    remark: str = ""
    fields: tuple[str, ...] = ()


class Exporting:
    """Writes registers for WPS and Excel."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def write(
        self,
        name: str,
        out: Path,
        *,
        shown: Shown | None = None,
        reason: str = "",
        unmasked: bool = False,
        force: bool = False,
    ) -> int:
        """Write a register (all of it, or what is shown) as .xlsx or .csv and return the number of rows.

        Full numbers need a reason, which is logged; who, when and why stand in the file as well (trust.md TM28).
        """
        if unmasked and not reason.strip():
            raise WrongUse("EXPORT-REASON")
        register = register_named(name)
        registers = Registers(self.store)
        records = registers.rows(name, shown.uids if shown else registers.uids(name))
        remarks = (WHOLE if unmasked else "", shown.remark if shown else "")
        columns = columns_out(name, shown.fields if shown else ())
        sheet = SheetOut(
            register.title,
            columns,
            rows_out(self.store, name, records, columns, unmasked=unmasked),
            title=register.title + "".join(f"({one})" for one in remarks if one),
            register=name,
            remark=self._watermark(reason) if unmasked else "",
        )
        content = write_csv(sheet) if out.suffix.lower() == ".csv" else write_xlsx([sheet])
        atomic_write(out, content, force=force)
        if unmasked:
            self._note(register.title, rows=len(records), reason=reason.strip())
        return len(records)

    def _watermark(self, reason: str) -> str:
        """Say in one line what the file holds and who made it; imports pass over what stands above the header."""
        keeper = next((one.prepared_by for one in self.store.all(Office)), "")
        by = f"{keeper}（电脑用户{getuser()}）" if keeper else f"电脑用户{getuser()}"
        at = f"{clock.now().astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
        return f"{WHOLE} · 导出人 {by} · {at} · 原因 {' '.join(reason.split())}"

    def _note(self, title: str, *, rows: int, reason: str) -> None:
        """Leave a link in the audit chain: an empty change would leave none."""
        told = {"register": title, "rows": rows, "reason": reason, "at": clock.stamp()}
        with self.store.change(f"导出完整号码：{title}{rows}行", kind=StepKind.SYSTEM) as change:
            change.save(OfficeDesk(self.store).setting_record("unmasked_export", told))


def columns_out(name: str, fields: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the sheet's columns for these columns of a table; a person stands there by name, photos stand on no sheet."""
    every = {one.field: one for one in sheet_register(name).columns}
    chosen = [every.get(field) or every.get(f"{field}.name") for field in fields]
    return tuple(one for one in chosen if one is not None) or tuple(every.values())


def rows_out(
    store: Store, name: str, records: Sequence[Kept], columns: Sequence[Column] = (), *, unmasked: bool
) -> list[list[Any]]:
    """Return the cells of each record in the order of these columns, or of all columns of the sheet."""
    targets = _Targets(store)
    showers = [_cell(name, column, targets, unmasked=unmasked) for column in columns or columns_out(name)]
    return [[shower(record) for shower in showers] for record in records]


class _Targets:
    """Referenced records by register and uid, loaded once each."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, Kept]] = {}

    def get(self, register: str, uid: str) -> Kept | None:
        if register not in self._known:
            self._known[register] = {one.uid: one for one in self._store.all(REGISTERS[register].record)}
        return self._known[register].get(uid)


def _cell(name: str, column: Column, targets: _Targets, *, unmasked: bool) -> Callable[[Record], Any]:
    head, _, tail = column.field.partition(".")
    kind = fields_of(REGISTERS[name].record)[head].kind
    if isinstance(kind, SubTable):
        return lambda record: _lines(kind, getattr(record, head), targets)
    if not isinstance(kind, Reference):
        hide = as_it_is if unmasked else _hiding(kind)
        return lambda record: hide(getattr(record, head))
    to = kind.to
    if not tail:
        return lambda record: getattr(targets.get(to, getattr(record, head)), "title", str)()
    hide_ = as_it_is if unmasked else _hiding(fields_of(REGISTERS[to].record)[tail].kind)

    def followed(record: Record) -> Any:
        target = targets.get(to, getattr(record, head))
        return hide_(getattr(target, tail)) if target else None

    return followed


def _hiding(kind: Kind) -> Writer:
    """Identity numbers and mobiles lose their middle; landlines of offices and hotlines stay (domain.md F7)."""
    if isinstance(kind, Phone):
        return mask_mobiles
    return kind.mask if isinstance(kind, PersonId) else as_it_is


def _lines(kind: SubTable, lines: Sequence[dict[str, Any]], targets: _Targets) -> str:
    if not any("person" in line for line in lines):
        return kind.show(lines)
    named = [(targets.get("persons", line["person"]), line.get("result")) for line in lines]
    return "、".join(f"{one.title()}({result})" if result else one.title() for one, result in named if one)
