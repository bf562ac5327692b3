"""Rows of a table to values of fields: good rows go in, the others are parked with their raw text and the reason."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.columns import Around, Compound, Form, Reader, Register
from xmdesk.documents.sheets.comparing import Context, compare, mixed_percents
from xmdesk.documents.sheets.grid import Cell, cell_text
from xmdesk.documents.sheets.mapping import ColumnMapping, Match
from xmdesk.documents.sheets.other_units import converting
from xmdesk.documents.sheets.readings import Lane, Reading, SheetRow, distinct
from xmdesk.documents.sheets.table_finding import Row, Table
from xmdesk.documents.sheets.telling_values import LEFT, LONGEST_REMARK, tell, with_leftovers
from xmdesk.documents.sheets.words import unit_of
from xmdesk.problems import Problem, Severity, problem
from xmdesk.records.values.reading import Bad, Note, Read

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_KEPT_READINGS = 4_000
_EPOCH_1904 = 1462


def read_rows(
    table: Table, mapping: ColumnMapping, register: Register, *, office_code: str = ""
) -> tuple[list[SheetRow], list[Problem]]:
    """Read all rows; the second list holds findings about whole columns."""
    lanes = [lane for index, match in enumerate(mapping.matches) for lane in _lanes(index, match, register)]
    lanes.sort(key=lambda lane: lane.compound, reverse=True)
    readings = [_read_row(row, table, lanes) for row in table.rows]
    for one in readings:
        _complete(one, lanes, register)
    compare(readings, lanes, Context(table, mapping, register, office_code))
    headers = distinct([match.header.text for match in mapping.matches])
    return [_finish(one, headers) for one in readings], list(mixed_percents(readings, lanes))


def _finish(reading: Reading, headers: Sequence[str]) -> SheetRow:
    raw = {header: cell_text(cell) for header, cell in zip(headers, reading.row.cells, strict=True)}
    return SheetRow(reading.row.number, raw, reading.values, tuple(reading.problems))


def _lanes(index: int, match: Match, register: Register) -> Iterator[Lane]:
    """Yield the lane of a mapped header; several fields without a compound reader get the same cell each."""
    if not match.fields:
        return
    compound = next((one for one in register.compounds if one.fields == match.fields), None)
    if len(match.fields) > 1 and compound is not None:
        yield Lane(index, match, _remembering(compound.reader), _form_of(compound), None, compound=True)
        return
    for name in match.fields:
        column = register.column(name)
        single = Match(match.header, match.how, (name,), match.score)
        reader = converting(column.reader, match.header.text, column)
        yield Lane(index, single, _remembering(reader), column.form, column, compound=False)


def _form_of(compound: Compound) -> Form:
    return compound.form


def _remembering(reader: Reader) -> Callable[[Cell], Read[Any] | Bad]:
    """Read each different text once: in most columns a few values come again and again."""
    known: dict[tuple[type, Cell], Read[Any] | Bad] = {}

    def read(cell: Cell) -> Read[Any] | Bad:
        key = (type(cell), cell)
        found = known.get(key)
        if found is None:
            try:
                found = reader(cell)
            except Bad as bad:
                found = bad
            if len(known) < _KEPT_READINGS:
                known[key] = found
        return found

    return read


def _read_row(row: Row, table: Table, lanes: Sequence[Lane]) -> Reading:
    reading = Reading(row, table.sheet)
    for lane in lanes:
        cell = row.cells[lane.index]
        found = _flags(lane, cell, row, table) if cell is not None or table.sheet.uncached else ()
        for one in found:
            reading.note(one, lane.match.header.text)
        if any(one.severity is Severity.ERROR for one in found):
            reading.failed.update(lane.match.fields)
            continue
        _read_cell(reading, lane, _by_epoch(lane, cell, table))
    return reading


def _by_epoch(lane: Lane, cell: Cell, table: Table) -> Cell:
    """Bare day numbers of a 1904 workbook are shifted to the usual epoch (ECMA-376 §18.17.4.1)."""
    if not table.sheet.epoch_1904 or lane.form not in (Form.DAY, Form.PARTIAL_DAY):
        return cell
    if isinstance(cell, (int, float)) and 1000 < cell < 60000:
        return cell + _EPOCH_1904
    return cell


def _flags(lane: Lane, cell: Cell, row: Row, table: Table) -> list[Problem]:
    """Return what is wrong with a cell before anybody reads its value."""
    sheet, place = table.sheet, row.places[lane.index]
    found: list[Problem] = []
    if place in sheet.uncached:
        found.append(problem("SHEET-FORMULA-EMPTY"))
    elif place in sheet.errors:
        found.append(problem("SHEET-ERROR-VALUE", value=sheet.errors[place]))
    elif lane.form is Form.PERSON_ID and _is_damaged_number(cell):
        found.append(problem("SHEET-ID-NUMBER"))
    elif isinstance(cell, str) and len(cell) > limits.CELL_CHARACTERS:
        limit = lane.column.limit if lane.column else limits.CELL_CHARACTERS
        found.append(problem("SHEET-LONG-CELL", count=f"{len(cell):,}", limit=f"{limit:,}"))
    elif lane.form is Form.CODE and lane.column is not None:
        found.extend(_lost_zero(cell, lane.column.digits))
    if place in sheet.formulas and not found:
        found.append(problem("SHEET-FORMULA", value=_shown(cell)))
    return found


def _is_damaged_number(cell: Cell) -> bool:
    """Numbers hold 15 digits; an identity number kept as one has lost its end."""
    if isinstance(cell, str):
        return bool(_SCIENTIFIC.fullmatch(cell.strip()))
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _lost_zero(cell: Cell, digits: int) -> Iterator[Problem]:
    text = cell_text(cell).strip()
    if digits and len(text) == digits - 1 and text.isdigit():
        yield problem("SHEET-LEADING-ZERO", count=len(text), digits=digits)


def _shown(cell: Cell) -> str:
    """A formula's result for a message: figures as they are, text only by its length."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{cell:,}" if abs(cell) < 1e9 else "（长数字）"
    return f"（{len(cell_text(cell))} 字）"


def _read_cell(reading: Reading, lane: Lane, cell: Cell) -> None:
    header = lane.match.header.text
    found = lane.reader(cell)
    restored = False
    if isinstance(found, Bad) and lane.form is Form.PHONE:
        again = _with_area_zero(lane, cell)
        found, restored = (again, True) if again is not None else (found, False)
    if isinstance(found, Bad):
        reading.failed.update(lane.match.fields)
        if found.code in LEFT and lane.column is not None and not lane.column.required:
            reading.left[header.partition("/")[2] or header] = " ".join(cell_text(cell).split())
            return
        reading.note(_as_error(problem(found.code, **found.facts)), header)
        return
    if restored:
        reading.note(problem("SHEET-ZERO-RESTORED"), header)
    for note in found.notes:
        reading.note(_problem_of(note), header)
    _keep(reading, lane, found.value)


def _complete(reading: Reading, lanes: Sequence[Lane], register: Register) -> None:
    """Fill what the row tells elsewhere; what no list knows goes to the remarks, where it is found again."""
    if any(one.teller is not None for one in register.columns):
        texts = {name: cell_text(reading.row.cells[lane.index]) for lane in lanes for name in lane.match.fields}
        headers = {name: lane.match.header.text for lane in lanes for name in lane.match.fields}
        around = Around(dict(reading.values), texts, reading.row.group)
        for found, header in tell(register, reading.values, around, failed=frozenset(reading.failed), headers=headers):
            reading.note(found, header)
    for lane in lanes:
        _take_unit_of_header(reading, lane, register)
    for header, text in reading.left.items():
        reading.note(problem("SHEET-LEFT", text=text[:20]), header)
    if reading.left:
        remark = with_leftovers(str(reading.values.get(register.leftover_field) or ""), reading.left)
        if not register.leftover_field or len(remark) > LONGEST_REMARK:
            reading.note(problem("SHEET-LEFT-LONG"))
        reading.values[register.leftover_field] = remark


def _take_unit_of_header(reading: Reading, lane: Lane, register: Register) -> None:
    """Under 数量(千米) an amount without a unit of its own is in kilometres."""
    unit_in, unit = lane.column.unit_in if lane.column else "", unit_of(lane.match.header.text)
    is_open = unit_in and unit_in not in reading.failed and not reading.values.get(unit_in)
    if is_open and unit and reading.values.get(lane.match.fields[0]) is not None:
        with suppress(Bad):
            reading.values[unit_in] = register.column(unit_in).reader(unit).value


def _with_area_zero(lane: Lane, cell: Cell) -> Read[Any] | None:
    """Try a landline again with the 0 that a numeric cell lost (5927022222)."""
    text = cell_text(cell).strip()
    if not text.isdigit() or len(text) not in (9, 10, 11) or text.startswith(("0", "1")):
        return None
    found = lane.reader(f"0{text}")
    return None if isinstance(found, Bad) else found


def _problem_of(note: Note) -> Problem:
    return problem(note.code, **note.facts)


def _as_error(found: Problem) -> Problem:
    """What a reader refuses parks the row, whatever severity its words carry elsewhere."""
    return found if found.severity is Severity.ERROR else replace(found, severity=Severity.ERROR)


def _keep(reading: Reading, lane: Lane, value: Any) -> None:
    if lane.compound:
        reading.values.update(zip(lane.match.fields, value, strict=True))
        return
    name = lane.match.fields[0]
    if lane.column is not None and lane.column.required and lane.column.teller is None and value in (None, "", [], {}):
        reading.note(problem("SHEET-REQUIRED"), lane.match.header.text)
    if name not in reading.values or value not in (None, "", [], {}):
        reading.values[name] = value
