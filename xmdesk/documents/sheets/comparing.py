"""What shows only when the rows of a table are looked at together: twins, damaged columns, rows of other offices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xmdesk.documents.sheets.columns import Form, Register
from xmdesk.documents.sheets.grid import Cell, cell_text
from xmdesk.documents.sheets.mapping import ColumnMapping, How, Match
from xmdesk.documents.sheets.places import in_column
from xmdesk.documents.sheets.readings import ID_TWICE, Lane, Reading
from xmdesk.documents.sheets.table_finding import Table
from xmdesk.problems import Problem, problem
from xmdesk.records.values.reading import Bad
from xmdesk.records.values.texts import read_division_code

_ZEROS_SHARE = 0.2


@dataclass(frozen=True)
class Context:
    """What the rows stand in: their table, how its columns are understood, the register, the code of our office."""

    table: Table
    mapping: ColumnMapping
    register: Register
    office_code: str


def compare(readings: Sequence[Reading], lanes: Sequence[Lane], context: Context) -> None:
    """Note in each row what only the others show to be wrong with it."""
    _park_zeros(readings, lanes)
    _park_shared_ids(readings, lanes)
    _park_same(readings, context.mapping.matches)
    _park_other_offices(readings, context.mapping, context.register, context.office_code)
    _park_misshapen(readings, context.table)


def _park_zeros(readings: Sequence[Reading], lanes: Sequence[Lane]) -> None:
    """Identity numbers of which many end in 000 went through a numeric column once (trust.md BE13)."""
    for lane in lanes:
        if lane.form is not Form.PERSON_ID:
            continue
        texts = {id(one): cell_text(one.row.cells[lane.index]).strip() for one in readings}
        ids = [text for text in texts.values() if len(text) == 18]
        zeros = sum(text.endswith("000") for text in ids)
        if zeros < 2 or zeros <= _ZEROS_SHARE * len(ids):
            continue
        for one in readings:
            if len(texts[id(one)]) == 18 and texts[id(one)].endswith("000"):
                one.note(problem("SHEET-ID-ZEROS"), lane.match.header.text)


def _park_shared_ids(readings: Sequence[Reading], lanes: Sequence[Lane]) -> None:
    """One identity number under two names: the later row waits, and the first one says so too (trust.md BE10)."""
    for lane in (one for one in lanes if one.form is Form.PERSON_ID and not one.compound):
        (number,), header = lane.match.fields, lane.match.header.text
        name = f"{number.removesuffix('id_no')}name"
        first: dict[str, Reading] = {}
        others: dict[str, list[str]] = {}
        for one in readings:
            given = str(one.values.get(number) or "")
            if not given or "*" in given or not one.values.get(name):
                continue
            earlier = first.setdefault(given, one)
            if earlier.values[name] != one.values[name]:
                one.note(problem(ID_TWICE, row=earlier.row.number), header)
                others.setdefault(given, []).append(str(one.row.number))
        for given, rows in others.items():
            first[given].note(problem("SHEET-ID-SHARED", rows="、".join(rows)), header)


def _park_same(readings: Sequence[Reading], matches: Sequence[Match]) -> None:
    counted = [index for index, match in enumerate(matches) if match.how is not How.IGNORED]
    seen: dict[tuple[Cell, ...], int] = {}
    for one in readings:
        content = tuple(one.row.cells[index] for index in counted)
        first = seen.setdefault(content, one.row.number)
        if first != one.row.number:
            one.note(problem("SHEET-SAME-ROW", row=first))


def _park_other_offices(readings: Sequence[Reading], mapping: ColumnMapping, register: Register, code: str) -> None:
    """Park rows whose division code is not that of our office, of one below it or of those above it (trust.md BA35)."""
    own = register.office_field
    at = next((at for at, one in enumerate(mapping.matches) if one.how is How.OFFICE or own in one.fields), None)
    if at is None:
        return
    header, is_kept = mapping.matches[at].header.text, bool(mapping.matches[at].fields)
    for one in readings:
        try:
            given = read_division_code(one.row.cells[at], takes_upper=True).value
        except Bad as bad:
            if not is_kept:
                one.note(problem(bad.code, **bad.facts), header)
            continue
        if given and not given.startswith(code) and not code.startswith(given):
            one.note(problem("SHEET-OTHER-OFFICE", given=given), header)


def _park_misshapen(readings: Sequence[Reading], table: Table) -> None:
    """Rows of a text table with bytes that no encoding explains, or with more or fewer cells than the header."""
    sheet = table.sheet
    wanted = sheet.widths[table.first_row + table.header_rows - 1] if sheet.widths else 0
    for one in readings:
        at = one.row.number - 1
        if at in sheet.garbled:
            one.note(problem("SHEET-GARBLED"))
        if wanted and sheet.widths[at] != wanted and (sheet.widths[at] < wanted or any(sheet.rows[at][wanted:])):
            one.note(problem("SHEET-RAGGED", count=sheet.widths[at], wanted=wanted))


def mixed_percents(readings: Sequence[Reading], lanes: Sequence[Lane]) -> Iterator[Problem]:
    """Tell of a column in which some percentages are written as fractions and some are not."""
    for lane in lanes:
        if lane.form is not Form.PERCENT:
            continue
        cells = [one.row.cells[lane.index] for one in readings]
        figures = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        if any(0 < figure <= 1 for figure in figures) and any(figure > 1 for figure in figures):
            yield in_column(problem("SHEET-PERCENT-MIXED"), lane.match.header.text)
