"""Sheets as a person at the window expects them to be read: one that evidently has no header is read without.

Scripts rely on the first row being a header: for them nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from xmdesk.documents.sheets.columns import Register
from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.guessing import certainty, guess_columns
from xmdesk.documents.sheets.mapping import Matcher, map_headers
from xmdesk.documents.sheets.no_header import NO_HEADER, first_cells, headless, is_data
from xmdesk.documents.sheets.preview import Opened
from xmdesk.documents.sheets.table_finding import Table, find_table
from xmdesk.documents.sheets.template import is_ours
from xmdesk.records.registers import REGISTERS
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.sheet_columns import sheet_register

_LEAST = 1.0
"""Less than a name and a number, or two other columns, tells nothing."""


def preview_seen(
    importing: Importing, opened: Opened, register: str, *, sheet: str = "", mapping: str = "", header_row: int = 0
) -> ImportPreview:
    """Preview a table; where nobody said where its header is and it evidently has none, read it without."""
    name = sheet or _only(opened.sheets)
    grid = next((one for one in opened.sheets if one.name == name), None)
    if header_row or mapping or grid is None or not lacks_header(grid, [register]):
        return importing.preview(opened, register, sheet=sheet, mapping=mapping, header_row=header_row)
    return importing.preview(opened, register, sheet=name, header_row=NO_HEADER)


def lacks_header(sheet: Sheet, registers: Sequence[str] = tuple(REGISTERS)) -> bool:
    """Tell whether the first row of a sheet evidently is a record, and no register of these finds a header anywhere."""
    table = headless(sheet)
    if table is None:
        return False
    cells, described = first_cells(table), [sheet_register(one) for one in registers]
    could_be = all(is_data(cells, 0, one) for one in described)
    return could_be and all(is_data(cells, _titles(sheet, one), one) for one in described)


@dataclass(frozen=True)
class Likely:
    """The register that a table without header seems to belong to, its sheet, how surely, and how many rows it has."""

    register: str
    sheet: str
    score: float
    rows: int


def likely_register(sheet: Sheet) -> Likely | None:
    """Return what a sheet that evidently has no header seems to be; None where it has one or too little is known."""
    table = headless(sheet) if lacks_header(sheet) else None
    if table is None:
        return None
    found = [Likely(name, sheet.name, score, len(table.rows)) for name in REGISTERS if (score := _fit(table, name)) > 0]
    best = max(found, key=lambda one: (one.score, one.register == "persons"), default=None)
    return best if best is not None and best.score >= _LEAST else None


def best_without_header(importing: Importing, opened: Opened, sheet: str = "") -> ImportPreview | None:
    """Preview a table that evidently has no header for the register that fits best; None where it has one."""
    name = sheet or _only(opened.sheets)
    grid = next((one for one in opened.sheets if one.name == name), None)
    likely = likely_register(grid) if grid is not None else None
    return importing.preview(opened, likely.register, sheet=name, header_row=NO_HEADER) if likely else None


def _fit(table: Table, name: str) -> float:
    """How well a register fits, 0 where the rest of the row cannot give a required column away."""
    described = sheet_register(name)
    mapping = map_headers(table.own_headers, described, Matcher(described))
    mapping = guess_columns(table, mapping, described)
    return 0.0 if any(one.column.teller is None for one in mapping.missing) else certainty(mapping)


def _titles(sheet: Sheet, described: Register) -> int:
    """How many fields of a register the titles of a sheet lead to, read as if it had some."""
    matcher = Matcher(described)
    found = find_table(sheet, matcher.fields_for)
    return len(map_headers(found.own_headers, described, matcher).fields()) if found is not None else 0


def _only(sheets: Sequence[Sheet]) -> str:
    """The sheet that is meant where nobody named one: the only one with anything in it."""
    filled = [one for one in sheets if not one.is_empty and not is_ours(one)]
    visible = [one for one in filled if one.state == "visible"] or filled
    return visible[0].name if len(visible) == 1 else ""
