"""Columns that a person put to a field kept in another unit: amounts are converted and said to be, never taken over as they stand."""

from collections.abc import Mapping, Set
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final

from xmdesk.documents.sheets.columns import Column, Reader, Register
from xmdesk.documents.sheets.grid import Cell
from xmdesk.documents.sheets.mapping import ColumnMapping, Match
from xmdesk.documents.sheets.table_finding import Row, Table
from xmdesk.documents.sheets.unfolding import NOWHERE
from xmdesk.documents.sheets.words import unit_of, units_said
from xmdesk.problems import Problem, problem
from xmdesk.records.values.numbers import read_decimal
from xmdesk.records.values.reading import Bad, Note, Read

FACTORS: Final = {
    ("万元", "元"): Fraction(10_000),
    ("千元", "元"): Fraction(1_000),
    ("元", "万元"): Fraction(1, 10_000),
    ("亩", "㎡"): Fraction(2_000, 3),
    ("公里", "米"): Fraction(1_000),
    ("米", "公里"): Fraction(1, 1_000),
}
"""What one of the first is in the second; a mu is 2000/3 square metres (统一公制计量单位中文名称方案, 1959). Units of other things
(人, 户) are no measure of the same, and whoever puts such a column to a field means its figures.
"""
_FINE = 6
"""Decimals that are read before converting."""
_KEPT = Decimal("0.01")


def converting(reader: Reader, header: str, column: Column) -> Reader:
    """Return a reader that converts what stands under a header in another unit; a cell with its own unit keeps it."""
    given, wanted = unit_of(header), _unit(column)
    factor = FACTORS.get((given, wanted))
    if factor is None:
        return reader

    def read(cell: object) -> Read[Any]:
        try:
            amount = read_decimal(cell, _FINE, units=(given,))
        except Bad:
            return reader(cell)
        if amount.value is None:
            return reader(cell)
        found = reader(_times(amount.value, factor))
        return Read(found.value, (*amount.notes, *found.notes, Note("V-CONVERTED", {"given": given, "wanted": wanted})))

    return read


def as_the_sheet_says(table: Table, mapping: ColumnMapping, register: Register) -> tuple[Table, list[Problem]]:
    """Convert the figures of columns for which a line above the table names another unit (单位：万元), and tell of it.

    What a person typed over a cell is meant in the unit of the register; a cell that is no figure gets the unit behind it.
    """
    said = {unit for title in table.titles for unit in units_said(title)}
    meant = ((at, _meant(match, said, register)) for at, match in enumerate(mapping.matches))
    given = {at: unit for at, unit in meant if unit}
    if not given:
        return table, []
    wanted = {at: _unit(register.column(mapping.matches[at].fields[0])) for at in given}
    rows = tuple(_converted(row, given, wanted) for row in table.rows)
    headers = {at: mapping.matches[at].header.text for at in given}
    told = [
        problem("SHEET-UNIT-ABOVE", header=headers[at], given=unit, wanted=wanted[at]).at(column=headers[at])
        for at, unit in given.items()
    ]
    return replace(table, rows=rows), told


def _unit(column: Column) -> str:
    return column.unit or unit_of(column.label)


def _meant(match: Match, said: Set[str], register: Register) -> str:
    """The other unit that counts for a column, "" for none or where it is doubtful: a header with its own needs none from above."""
    if len(match.fields) != 1 or unit_of(match.header.text):
        return ""
    wanted = _unit(register.column(match.fields[0]))
    others = [unit for unit in said if (unit, wanted) in FACTORS]
    return others[0] if len(others) == 1 and wanted not in said else ""


def _converted(row: Row, given: Mapping[int, str], wanted: Mapping[int, str]) -> Row:
    cells = list(row.cells)
    for at, unit in given.items():
        if row.places[at] != NOWHERE and cells[at] is not None:
            cells[at] = _in_other_unit(cells[at], unit, wanted[at])
    return replace(row, cells=tuple(cells))


def _in_other_unit(cell: Cell, given: str, wanted: str) -> Cell:
    try:
        amount = read_decimal(cell, _FINE, units=(given,)).value
    except Bad:
        is_bare = isinstance(cell, str) and given not in cell and wanted not in cell
        return f"{cell}{given}" if is_bare else cell
    return None if amount is None else f"{_times(amount, FACTORS[given, wanted]):f}"


def _times(amount: Decimal, factor: Fraction) -> Decimal:
    exact = Fraction(amount) * factor
    made = Decimal(exact.numerator) / Decimal(exact.denominator)
    is_round = exact.denominator == 1 or made == made.quantize(_KEPT)
    return made if is_round else made.quantize(_KEPT, ROUND_HALF_UP)
