"""The SQL of one record's table, compiled once; values go in and out as SQLite holds them."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert

from db.shapes import Shape, shape_of
from db.tables import BOOKKEEPING
from xmdesk.records.base import Record

DIALECT: Final = sqlite.dialect(paramstyle="qmark")


def sql(statement: sa.ClauseElement) -> str:
    """Text of a statement with ``?`` for each parameter."""
    return str(statement.compile(dialect=DIALECT))


class Statements:
    """Columns without types, so that SQLAlchemy converts nothing, and the statements for saving."""

    def __init__(self, shape: Shape[Any]) -> None:
        self.shape = shape
        names: list[sa.ColumnClause[Any]] = [sa.column(name) for name in (*shape.names, *BOOKKEEPING)]
        self.table = sa.table(shape.key, *names)
        self.uid = self.table.c["uid"]
        self.columns = [self.table.c[name] for name in shape.names]
        self.select = sa.select(*self.columns)
        among = self.uid.in_(sa.select(sa.func.json_each(sa.bindparam("uids")).table_valued("value").c.value))
        self.select_among = sql(self.select.where(among))
        """Parameter: a JSON list of uids."""
        self.delete_among = sql(sa.delete(self.table).where(among))
        self.upsert = sql(self._upsert())
        """Parameters: the row, then the bookkeeping columns."""

    def _upsert(self) -> sa.ClauseElement:
        statement = insert(self.table).values({column.name: sa.bindparam(column.name) for column in self.table.c})
        kept = {"uid", "created_at", "row_version"}
        changed: dict[str, Any] = {name: column for name, column in statement.excluded.items() if name not in kept}
        changed["row_version"] = sa.literal_column("row_version + 1")
        return statement.on_conflict_do_update(index_elements=["uid"], set_=changed)


_made: dict[str, Statements] = {}


def statements_for(record: type[Record]) -> Statements:
    """The statements of a record class."""
    name = record.__name__
    if name not in _made:
        _made[name] = Statements(shape_of(record))
    return _made[name]
