"""Counts and sums over many rows without making records of them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.columns import canonical
from db.engine import Connections
from db.filtering import referred
from db.statements import Statements, statements_for
from xmdesk.records.base import Record


def tally(
    connections: Connections, record: type[Record], field: str, among: Sequence[str] | None
) -> list[tuple[Any, int]]:
    """Each value of a field with how many records have it; ``person.sex`` counts through a reference."""
    made = statements_for(record)
    head, _, tail = field.partition(".")
    source, rows, column = made, made.table, made.table.c[head]
    if tail:
        source = referred(record, head)
        other = source.table.alias("other")
        rows, column = made.table.outerjoin(other, made.table.c[head] == other.c["uid"]), other.c[tail]
    statement, parameters = _limited(made, sa.select(column, sa.func.count()).select_from(rows).group_by(column), among)
    with connections.reading() as connection:
        found: Any = connection.execute(statement, parameters).all()
    load = source.shape.lies[tail or head].load
    return [(value if value is None or load is None else load(value), count) for value, count in found]


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
    return {
        name: value if value is None or load is None else load(value)
        for name, value, load in zip(fields, found, loads, strict=True)
    }


def _limited(made: Statements, wanted: Any, among: Sequence[str] | None) -> tuple[Any, dict[str, str]]:
    """The statement, and its parameters, for these uids only."""
    if among is None:
        return wanted, {}
    uids = sa.select(sa.func.json_each(sa.bindparam("uids")).table_valued("value").c.value)
    return wanted.where(made.uid.in_(uids)), {"uids": canonical(list(among))}
