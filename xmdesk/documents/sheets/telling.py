"""What a person is told about a table before its rows: sheets left aside, lines skipped, columns not understood."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from xmdesk.documents.sheets import limits, lines, next_table
from xmdesk.documents.sheets.columns import Register
from xmdesk.documents.sheets.grid import Cell, Sheet, cell_text
from xmdesk.documents.sheets.lines import LineKind
from xmdesk.documents.sheets.mapping import ColumnMapping, How, Match, Matcher
from xmdesk.documents.sheets.other_units import FACTORS
from xmdesk.documents.sheets.table_finding import Skipped, Table
from xmdesk.documents.sheets.template import Template, is_ours
from xmdesk.documents.sheets.words import plain, unit_of
from xmdesk.problems import Problem, problem

_FEWEST_TURNED = 2
_CONVERTED = "请在“列的对应”里选定它，程序会换算；或者"
_SEPARATORS = {"\t": "制表符", ",": "逗号", ";": "分号", "，": "中文逗号", "|": "竖线"}


def about_sheets(sheets: Sequence[Sheet], table: Table) -> Iterator[Problem]:
    """Tell which sheets were not read."""
    chosen = table.sheet.name
    others = [one for one in sheets if one.name != chosen and not one.is_empty and not is_ours(one)]
    visible = [one.name for one in others if one.state == "visible"]
    hidden = [one.name for one in others if one.state != "visible"]
    if visible:
        yield problem("SHEET-OTHER-SHEETS", count=len(visible) + 1, sheet=chosen, others="、".join(visible[:8]))
    if hidden:
        yield problem("SHEET-HIDDEN-SHEETS", count=len(hidden), sheets="、".join(hidden[:8]))


def about_template(template: Template | None, register: Register, mapping: ColumnMapping) -> Iterator[Problem]:
    """Tell when the workbook was made from an older template of ours."""
    if template is None or template.register != register.name or template.version == register.version:
        return
    lacking = {one.field for one in register.columns} - mapping.fields()
    yield problem("SHEET-TEMPLATE-OLD", version=template.version, current=register.version, count=len(lacking))


def about_table(table: Table, *, skip_hidden: bool) -> Iterator[Problem]:
    """Tell where the header was found and what was left out below it."""
    if not table.header_rows:
        yield problem("SHEET-NO-HEADER", row=table.first_row + 1).at(row=table.first_row + 1)
    elif table.first_row or table.header_rows > 1:
        found = problem("SHEET-HEADER-FOUND", row=table.first_row + 1, count=table.header_rows)
        yield found.at(row=table.first_row + 1)
    yield from _about_table_above(table)
    if table.blocks > 1:
        yield problem("SHEET-BLOCKS", count=table.blocks)
    yield from _about_edges(table.sheet)
    yield from _about_hidden(table, skip_hidden=skip_hidden)
    for merged in table.merged:
        facts: dict[str, Any] = {"first": merged.first, "last": merged.last, "header": merged.header}
        found = problem("SHEET-MERGED-SIDEWAYS", **facts) if merged.sideways else problem("SHEET-MERGED", **facts)
        yield found.at(row=merged.first, column=merged.header)
    yield from (_about_line(one, table).at(row=one.number) for one in table.skipped)


def _about_table_above(table: Table) -> Iterator[Problem]:
    """Tell of a table over the one that was wanted."""
    above = table.sheet.rows[: table.first_row]
    for row, cells in enumerate(above):
        titles = [plain(cell_text(cell)) for cell in cells]
        if any(titles) and (lines.starts_other_table(titles) or next_table.begins_at(above, row, frozenset())):
            yield _other_table(above, row + 1, next_table.last_filled(above, cells=2))
            return


def _other_table(rows: Sequence[Sequence[Cell]], number: int, last: int) -> Problem:
    """Its facts tell where its titles stand: there it can be read from."""
    titles = lines.quoted(next_table.header_of(rows, number - 1))
    header_row = next_table.header_row(rows, number - 1)
    found = problem("SHEET-OTHER-TABLE", row=number, last=last, titles=titles, header_row=header_row)
    return found.at(row=number)


def _about_edges(sheet: Sheet) -> Iterator[Problem]:
    if sheet.cut_row:
        yield problem("SHEET-CUT", row=sheet.cut_row)
    if sheet.wide:
        yield problem("SHEET-WIDE", limit=limits.COLUMNS)
    if sheet.confirm:
        yield problem(
            "SHEET-ENCODING", encoding=sheet.encoding, lines="；".join(_beginning(one) for one in sheet.confirm)
        )
    if sheet.is_text and sheet.separator != ",":
        yield problem("SHEET-SEPARATOR", separator=_SEPARATORS[sheet.separator])


def _beginning(line: str) -> str:
    """The first characters of a line for a look at the encoding; figures are hidden, they may be numbers of people."""
    return "".join("*" if letter.isdigit() else letter for letter in line[:24])


def _about_hidden(table: Table, *, skip_hidden: bool) -> Iterator[Problem]:
    numbers = {row.number for row in table.rows}
    count = sum(1 for row in table.sheet.hidden_rows if row + 1 in numbers)
    if count:
        yield problem("SHEET-HIDDEN-ROWS", count=count, done="没有读入" if skip_hidden else "已一起读入")
    hidden = [one.text for one in table.headers if one.column in table.sheet.hidden_columns]
    if hidden:
        yield problem("SHEET-HIDDEN-COLUMNS", count=len(hidden), headers="、".join(hidden[:8]))


def _about_line(line: Skipped, table: Table) -> Problem:
    match line.kind:
        case LineKind.TOTAL:
            return problem("SHEET-SKIP-TOTAL", row=line.number, text=line.text)
        case LineKind.HEADER:
            return problem("SHEET-SKIP-HEADER", row=line.number)
        case LineKind.GROUP:
            return problem("SHEET-SKIP-GROUP", row=line.number, text=line.text)
        case LineKind.UNFILLED:
            return problem("SHEET-SKIP-UNFILLED", row=line.number)
        case LineKind.NEXT_TABLE:
            return _other_table(table.sheet.rows, line.number, next_table.last_filled(table.sheet.rows))
        case _:
            return problem("SHEET-SKIP-NOTE", row=line.number, text=line.text)


def about_columns(mapping: ColumnMapping, register: Register, table: Table) -> Iterator[Problem]:
    """Tell which columns are missing, doubled, in another unit or unknown (unknown ones only if anything stands there)."""
    for missing in mapping.missing:
        perhaps = f"表里有“{missing.perhaps}”，是否就是它？" if missing.perhaps else ""
        found = problem("SHEET-COLUMN-MISSING", label=missing.column.label, perhaps=perhaps)
        yield found.at(field=missing.column.field, label=missing.column.label)
    for index, match in enumerate(mapping.matches):
        header = match.header.text
        if match.how is How.DUPLICATE:
            yield problem("SHEET-COLUMN-DUPLICATE", header=header).at(column=header)
        elif match.how is How.OTHER_UNIT:
            wanted = _unit(register, match)
            facts = {"header": header, "unit": unit_of(header), "wanted": wanted}
            advice = _CONVERTED if (facts["unit"], wanted) in FACTORS else "请"
            yield problem("SHEET-COLUMN-UNIT", **facts, advice=advice).at(column=header)
        elif match.how is How.UNKNOWN and any(row.cells[index] is not None for row in table.rows):
            label = register.column(match.suggested).label if match.suggested else ""
            perhaps = f"它像是“{label}”。" if label else ""
            yield problem("SHEET-COLUMN-UNKNOWN", header=header, perhaps=perhaps).at(column=header)


def about_turned(table: Table, mapping: ColumnMapping, matcher: Matcher) -> Iterator[Problem]:
    """Tell of a table with its records side by side: under the first title stand other titles, not what is called so."""
    at = next((at for at, one in enumerate(mapping.matches) if one.fields), None)
    if at is None or len(table.rows) < _FEWEST_TURNED:
        return
    below = [cell_text(row.cells[at]).strip() for row in table.rows]
    titles = [one for one in below if one and matcher.fields_for((one,))]
    if len(titles) * 2 > len(below):
        header = mapping.matches[at].header.text
        yield problem("SHEET-TURNED", header=header, titles="、".join(titles[:3])).at(column=header)


def _unit(register: Register, match: Match) -> str:
    column = register.column(match.suggested)
    return column.unit or unit_of(column.label)


def without_hidden(table: Table) -> Table:
    """Return the table without the rows that are hidden or filtered away."""
    hidden = table.sheet.hidden_rows
    return replace(table, rows=tuple(row for row in table.rows if row.number - 1 not in hidden))
