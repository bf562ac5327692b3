"""The one road in: bytes → sheets (in the child) → table → mapping → rows. Preview and import both take it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from xmdesk import child
from xmdesk.documents.sheets import limits, telling
from xmdesk.documents.sheets.choosing import Finder
from xmdesk.documents.sheets.columns import Register
from xmdesk.documents.sheets.grid import Sheet, revive
from xmdesk.documents.sheets.guessing import guess_columns
from xmdesk.documents.sheets.mapping import ColumnMapping, Matcher, SavedMapping, map_headers
from xmdesk.documents.sheets.other_units import as_the_sheet_says
from xmdesk.documents.sheets.places import condensed, in_file
from xmdesk.documents.sheets.readings import RowState, SheetRow, distinct
from xmdesk.documents.sheets.rows import read_rows
from xmdesk.documents.sheets.table_finding import Row, Skipped, Table
from xmdesk.documents.sheets.telling_values import told_enough
from xmdesk.documents.sheets.template import Template, template_of
from xmdesk.documents.sheets.titles import Offered, offered
from xmdesk.documents.sheets.totals import about_totals
from xmdesk.documents.sheets.unfolding import NOWHERE, unfold
from xmdesk.files import lock_file, read_bytes, shown_name
from xmdesk.problems import Problem, problem

Runner = Callable[..., Any]
Corrections = Mapping[tuple[int, str], str]
"""What a person typed over cells: (row number as the sheet shows it, header text) to text."""


@dataclass(frozen=True)
class Opened:
    """A file that passed the pre-flight, with all its sheets; ``sha256`` is of the file's bytes."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    template: Template | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What a person may decide about an import; the defaults read everything that is visible or hidden by a filter.

    ``records`` are rows, as the sheet counts, that are data though they look like totals, notes or titles.
    """

    sheet: str = ""
    saved: SavedMapping | None = None
    office_code: str = ""
    skip_hidden: bool = False
    header_row: int = 0
    corrections: Corrections = field(default_factory=dict[tuple[int, str], str])
    records: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Preview:
    """What an import would do. Without a table's required columns ``rows`` is empty and ``stopped`` is true."""

    sheet: str
    table: Table
    mapping: ColumnMapping
    rows: tuple[SheetRow, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    offered: Offered
    stopped: bool = False
    others: tuple[str, ...] = field(default_factory=tuple)

    @property
    def good(self) -> list[SheetRow]:
        """Rows that can go in."""
        return [row for row in self.rows if row.state is RowState.GOOD]

    @property
    def parked(self) -> list[SheetRow]:
        """Rows that wait for a person."""
        return [row for row in self.rows if row.state is RowState.PARKED]


def open_file(path: Path, *, run: Runner = child.run) -> Opened:
    """Read a file once, whole, and open it; raises ``Fault`` or ``Refused``."""
    data = read_bytes(path, limits.FILE_BYTES)
    name = shown_name(path)
    opened = open_bytes(data, name, run=run)
    if not lock_file(path).exists():
        return opened
    found = problem("SHEET-OPEN-ELSEWHERE", name=name)
    return Opened(opened.name, opened.sha256, opened.sheets, opened.template, (found.at(file=name),))


def open_bytes(data: bytes, name: str, *, run: Runner = child.run) -> Opened:
    """Open a file's bytes in the capped child; raises ``Refused`` with the reason."""
    sheets = tuple(revive(raw, name) for raw in run("read_workbook", data, name=name))
    return Opened(name, hashlib.sha256(data).hexdigest(), sheets, template_of(sheets))


def preview(opened: Opened, register: Register, choices: Choices | None = None) -> Preview:
    """Find the table of this register, map its columns and read its rows; raises ``Unfit`` when there is none
    and ``WrongUse`` when a sheet must be chosen."""
    choices = choices or Choices()
    matcher = Matcher(register)
    finder = Finder(
        _as_said(opened.sheets, choices.records),
        register,
        matcher,
        saved=choices.saved,
        template=opened.template,
        header_row=choices.header_row,
    )
    found = unfold(finder.choose(choices.sheet), register)
    table = _corrected(found, choices.corrections)
    kept = finder.kept_for(table.sheet)
    mapping = map_headers(table.own_headers, register, matcher, kept)
    if not table.header_rows:
        mapping = guess_columns(found, mapping, register)
    problems = [*opened.problems, *_about(opened, table, mapping, register, skip_hidden=choices.skip_hidden)]
    table = telling.without_hidden(table) if choices.skip_hidden else table
    table, converted = as_the_sheet_says(table, mapping, register)
    rows, told = _rows(table, mapping, register, choices.office_code)
    if rows:
        mapping = replace(mapping, missing=())
    problems += [*telling.about_columns(mapping, register, table), *telling.about_turned(table, mapping, matcher)]
    totals = () if converted else about_totals(table, mapping, register)  # lines of totals stand in the other unit
    problems += [*converted, *told, *chain.from_iterable(row.problems for row in rows), *totals]
    return Preview(
        sheet=table.sheet.name,
        table=table,
        mapping=mapping,
        rows=tuple(rows),
        problems=tuple(in_file(condensed(problems), opened.name, table.sheet.name)),
        skipped=table.skipped,
        offered=offered(table.titles, table.sheet.name),
        stopped=bool(mapping.missing),
        others=tuple(one.name for one in opened.sheets if one.name != table.sheet.name),
    )


def _about(
    opened: Opened, table: Table, mapping: ColumnMapping, register: Register, *, skip_hidden: bool
) -> Iterator[Problem]:
    """Tell what concerns the file and the table before its rows."""
    yield from telling.about_sheets(opened.sheets, table)
    yield from telling.about_template(opened.template, register, mapping)
    yield from telling.about_table(table, skip_hidden=skip_hidden)


def _as_said(sheets: Sequence[Sheet], records: frozenset[int]) -> Sequence[Sheet]:
    """Return the sheets with what a person said of their rows."""
    rows = frozenset(number - 1 for number in records)
    return [replace(one, records=rows) for one in sheets] if rows else sheets


def _rows(
    table: Table, mapping: ColumnMapping, register: Register, office_code: str
) -> tuple[list[SheetRow], list[Problem]]:
    """Read the rows unless a required column is missing that most of them do not give away elsewhere."""
    if mapping.missing and not all(one.column.teller for one in mapping.missing):
        return [], []
    rows, found = read_rows(table, mapping, register, office_code=office_code)
    values = [row.values for row in rows]
    return (rows, found) if all(told_enough(one.column, values) for one in mapping.missing) else ([], [])


def _corrected(table: Table, corrections: Corrections) -> Table:
    """Return the table as if the corrected texts had stood in it; what the file says of those cells no longer counts."""
    if not corrections:
        return table
    headers = distinct([one.text for one in table.own_headers])
    numbers = {number for number, _ in corrections}
    rows = (_row(one, headers, corrections) if one.number in numbers else one for one in table.rows)
    return replace(table, rows=tuple(rows))


def _row(row: Row, headers: list[str], corrections: Corrections) -> Row:
    typed = [corrections.get((row.number, header)) for header in headers]
    cells = tuple(cell if text is None else text.strip() or None for cell, text in zip(row.cells, typed, strict=True))
    places = tuple(place if text is None else NOWHERE for place, text in zip(row.places, typed, strict=True))
    return replace(row, cells=cells, places=places)
