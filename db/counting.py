"""Counts and sums over many rows without making records of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.columns import Convert, canonical
from db.engine import Connections
from db.filtering import referred
from db.statements import Statements, statements_for
from xmdesk.ports import Part
from xmdesk.records.base import Record


def tally(
    connections: Connections, record: type[Record], field: str, among: Sequence[str] | None
) -> list[tuple[Any, int]]:
    """Each value of a field with how many records have it; ``person.sex`` counts through a reference."""
    return [(one.value, one.count) for one in parts(connections, record, field, Wanted((), among))]


@dataclass(frozen=True)
class Wanted:
    """Which number fields to add up, and over which records (None: all)."""

    sums: Sequence[str]
    among: Sequence[str] | None


def parts(connections: Connections, record: type[Record], field: str, wanted: Wanted) -> list[Part]:
    """Each value of a field with the number of its records and their sums."""
    made = statements_for(record)
    rows, column, load = _column(record, field)
    added = [sa.func.sum(made.table.c[name]) for name in wanted.sums]
    asked = sa.select(column, sa.func.count(), *added).select_from(rows).group_by(column)
    with connections.reading() as connection:
        found: Any = connection.execute(*_limited(made, asked, wanted.among)).all()
    loads = [made.shape.lies[name].load for name in wanted.sums]
    return [
        Part(_loaded(value, load), count, dict(zip(wanted.sums, map(_loaded, added, loads), strict=True)))
        for value, count, *added in found
    ]


def values(connections: Connections, record: type[Record], field: str) -> dict[str, Any]:
    """The value of a field by uid; equal stored values are read once."""
    made = statements_for(record)
    rows, column, load = _column(record, field)
    with connections.reading() as connection:
        found = connection.execute(sa.select(made.uid, column).select_from(rows)).all()
    known = {value: _loaded(value, load) for value in {row[1] for row in found}}
    return {uid: known[value] for uid, value in found}


def last_number(record: type[Record], field: str, prefix: str) -> sa.Select[Any]:
    """The largest number after a prefix; the bounds let an index of the field answer."""
    column = statements_for(record).table.c[field]
    rest = sa.func.substr(column, len(prefix) + 1)
    is_number = sa.and_(rest != "", rest.op("NOT GLOB")("*[^0-9]*"))
    return sa.select(sa.func.max(sa.cast(rest, sa.Integer))).where(column >= prefix, column < f"{prefix}:", is_number)


def _column(record: type[Record], field: str) -> tuple[Any, Any, Convert | None]:
    """The rows to select from, the column of a field, and how it is read."""
    made = statements_for(record)
    head, _, tail = field.partition(".")
    if not tail:
        return made.table, made.table.c[head], made.shape.lies[head].load
    source = referred(record, head)
    other = source.table.alias("other")
    joined = made.table.outerjoin(other, made.table.c[head] == other.c["uid"])
    return joined, other.c[tail], source.shape.lies[tail].load


def _loaded(value: Any, load: Convert | None) -> Any:
    return value if value is None or load is None else load(value)


def sums(
    connections: Connections, record: type[Record], fields: Sequence[str], among: Sequence[str] | None
) -> dict[str, Any]:
    """The sum of each field, exact: decimals lie as whole numbers."""
    made = statements_for(record)
    if not fields:
        return {}
    wanted = sa.select(*(sa.func.sum(made.table.c[name]) for name in fields))
    with connections.reading() as connection:
        found = connection.execute(*_limited(made, wanted, among)).one()
    loads = [made.shape.lies[name].load for name in fields]
    return {name: _loaded(value, load) for name, value, load in zip(fields, found, loads, strict=True)}


def _limited(made: Statements, wanted: Any, among: Sequence[str] | None) -> tuple[Any, dict[str, str]]:
    """The statement, and its parameters, for these uids only."""
    if among is None:
        return wanted, {}
    uids = sa.select(sa.func.json_each(sa.bindparam("uids")).table_valued("value").c.value)
    return wanted.where(made.uid.in_(uids)), {"uids": canonical(list(among))}
