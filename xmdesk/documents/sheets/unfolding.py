"""Tables with several people in one row: A角(姓名, 手机) beside B角(姓名, 手机) becomes two rows with A角 and B角 as values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xmdesk.documents.sheets.columns import Column, Register
from xmdesk.documents.sheets.table_finding import Header, Row, Table
from xmdesk.documents.sheets.words import plain
from xmdesk.records.values.reading import Bad

NOWHERE = (-1, -1)


@dataclass(frozen=True)
class _Group:
    """Neighbouring headers under one title; ``indexes`` count in the table's headers."""

    title: str
    indexes: tuple[int, ...]
    leaves: tuple[tuple[str, ...], ...]


def unfold(table: Table, register: Register) -> Table:
    """Return the table with such groups as rows of their own, if the group titles are values of one of the columns."""
    groups = _groups(table.headers)
    column = _column_for([group.title for group in groups], register) if len(groups) > 1 else None
    if column is None or table.blocks > 1:
        return table
    grouped = {index for group in groups for index in group.indexes}
    common = [index for index in range(len(table.headers)) if index not in grouped]
    headers = [table.headers[index] for index in common]
    headers.append(Header((column.label,), table.headers[groups[0].indexes[0]].column))
    first = groups[0]
    headers += [Header(leaf, table.headers[at].column) for leaf, at in zip(first.leaves, first.indexes, strict=True)]
    rows = [row for one in table.rows for group in groups for row in _part(one, common, group)]
    return replace(table, headers=tuple(headers), rows=tuple(rows))


def _groups(headers: Sequence[Header]) -> list[_Group]:
    """Return the groups that share their lower titles with another group."""
    found: dict[str, list[int]] = {}
    for index, header in enumerate(headers):
        if len(header.path) > 1:
            found.setdefault(header.path[0], []).append(index)
    groups = [
        _Group(title, tuple(indexes), tuple(headers[index].path[1:] for index in indexes))
        for title, indexes in found.items()
    ]
    alike = [[plain("/".join(leaf)) for leaf in group.leaves] for group in groups]
    return [group for group, own in zip(groups, alike, strict=True) if alike.count(own) > 1]


def _column_for(titles: Sequence[str], register: Register) -> Column | None:
    """Return the closed-list column of which all these group titles are values, each another one."""
    for column in register.columns:
        if column.choices:
            values = [_value(column, title) for title in titles]
            if all(values) and len(set(values)) == len(values):
                return column
    return None


def _value(column: Column, title: str) -> str:
    try:
        return str(column.reader(title).value or "")
    except Bad:
        return ""


def _part(row: Row, common: Sequence[int], group: _Group) -> list[Row]:
    own = [row.cells[index] for index in group.indexes]
    if all(cell is None for cell in own):
        return []
    cells = (*(row.cells[index] for index in common), group.title, *own)
    places = (*(row.places[index] for index in common), NOWHERE, *(row.places[index] for index in group.indexes))
    return [replace(row, cells=cells, places=places)]
