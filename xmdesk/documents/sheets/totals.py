"""Lines of totals compared with the rows above them (trust.md BG10). Where anything is doubtful nothing is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xmdesk.documents.sheets import lines
from xmdesk.documents.sheets.columns import Column, Register
from xmdesk.documents.sheets.grid import Cell, Sheet, cell_text
from xmdesk.documents.sheets.lines import LineKind
from xmdesk.documents.sheets.mapping import ColumnMapping
from xmdesk.documents.sheets.places import in_row
from xmdesk.documents.sheets.table_finding import Header, Table
from xmdesk.documents.sheets.unfolding import NOWHERE
from xmdesk.problems import Problem, problem
from xmdesk.records.values.numbers import read_decimal
from xmdesk.records.values.reading import Bad

_PLACES = 6


def about_totals(table: Table, mapping: ColumnMapping, register: Register) -> Iterator[Problem]:
    """Tell of each total that is not the sum of the rows above it, of those since the last one or of all."""
    numbers = [row.number for row in table.rows]
    totals = [one.number for one in table.skipped if one.kind is LineKind.TOTAL]
    is_plain = table.blocks == 1 and len(set(numbers)) == len(numbers) and not _is_left_out(table)
    if not (is_plain and totals and numbers and min(numbers) < min(totals)):
        return
    for index, match in enumerate(mapping.matches):
        column = register.column(match.fields[0]) if len(match.fields) == 1 else None
        if column is None or not column.adds_up or not _is_of_one_unit(column, table, mapping):
            continue
        parts = _parts(table, index, column)
        if parts is not None:
            yield from _compared(table.sheet, match.header, column, parts, totals)


def _is_left_out(table: Table) -> bool:
    """Whether hidden rows were not read, so that nobody knows what a total holds of them."""
    known = {row.number for row in table.rows} | {one.number for one in table.skipped}
    return any(row + 1 not in known for row in table.sheet.hidden_rows if row >= table.first_row)


def _is_of_one_unit(column: Column, table: Table, mapping: ColumnMapping) -> bool:
    """Streetlights and kilometres do not add up: each row must name the same unit, where rows have one of their own."""
    if not column.unit_in:
        return True
    at = next((at for at, one in enumerate(mapping.matches) if column.unit_in in one.fields), None)
    return at is not None and len({cell_text(row.cells[at]).strip() for row in table.rows}) == 1


def _parts(table: Table, index: int, column: Column) -> dict[int, Decimal] | None:
    """Return what each row holds, a merged cell once; ``None`` when one of them is no number."""
    parts: dict[int, Decimal] = {}
    for row in table.rows:
        place = row.places[index]
        if place in table.sheet.errors or place in table.sheet.uncached:
            return None
        if place != NOWHERE and place[0] != row.number - 1:
            parts[row.number] = Decimal(0)
            continue
        try:
            parts[row.number] = _figure(row.cells[index], column) or Decimal(0)
        except Bad:
            return None
    return parts


def _figure(cell: Cell, column: Column) -> Decimal | None:
    return read_decimal(cell, _PLACES, units=(column.unit,) if column.unit else ()).value


def _total(cell: Cell, column: Column) -> Decimal | None:
    try:
        return _figure(cell, column)
    except Bad:
        return None


@dataclass
class _Sums:
    """What was added up since the last total of any kind, since the last that is no sub-total, and from the beginning."""

    since_any: Decimal = Decimal(0)
    since_whole: Decimal = Decimal(0)
    all: Decimal = Decimal(0)

    def add(self, part: Decimal) -> None:
        self.since_any += part
        self.since_whole += part
        self.all += part

    def told_by(self, *, is_part: bool) -> Decimal:
        """Return what a total should say: a sub-total of what follows the last one, any other of all rows."""
        return self.since_any if is_part else self.all

    def has(self, total: Decimal) -> bool:
        """Whether a total is one of these sums."""
        return any(_agree(total, one) for one in (self.since_any, self.since_whole, self.all))

    def passed(self, *, is_part: bool) -> None:
        """Begin anew after a total."""
        self.since_any = Decimal(0)
        self.since_whole = self.since_whole if is_part else Decimal(0)


def _compared(
    sheet: Sheet, header: Header, column: Column, parts: Mapping[int, Decimal], totals: list[int]
) -> Iterator[Problem]:
    """A total may hold hidden rows or not: only one that is neither is told."""
    sums, seen = _Sums(), _Sums()
    for number in sorted({*parts, *totals}):
        if number in parts:
            sums.add(parts[number])
            seen.add(Decimal(0) if number - 1 in sheet.hidden_rows else parts[number])
            continue
        is_part = lines.is_part_total(sheet.rows[number - 1])
        total = _total(sheet.cell(number - 1, header.column), column)
        expected = sums.told_by(is_part=is_part)
        if total is not None and not any(one.has(total) for one in (sums, seen)):
            told = problem("SHEET-TOTAL", kind="小计" if is_part else "合计", total=_shown(total), sum=_shown(expected))
            yield in_row(told, number, header.text, sheet=sheet)
        sums.passed(is_part=is_part)
        seen.passed(is_part=is_part)


def _agree(total: Decimal, added: Decimal) -> bool:
    """A total may be rounded: 12.5 of 12.48."""
    return total == added or total == added.quantize(Decimal(1).scaleb(min(0, _exponent(total))))


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"
