"""Conditions on records as SQL. Values are compared as they lie in their columns (see ``columns``)."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from db.shapes import shapes
from db.statements import Statements, statements_for
from xmdesk.ports import Condition, Op
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.registers import REGISTERS

Clause = sa.ColumnElement[bool]
NOTHING: Final = ("", "[]", "{}")
_DENIED: Final = {Op.EMPTY: Op.NOT_EMPTY, Op.IS_NOT: Op.IS}


def clauses(made: Statements, conditions: Sequence[Condition], *, is_any: bool = False) -> list[Clause]:
    """What must hold of a row, all of it or any; an unknown field is our bug (``KeyError``)."""
    found = [_clause(made, one) for one in conditions]
    return [sa.or_(*found)] if is_any and found else found


def referred(record: type[Record], field: str) -> Statements:
    """The table to which a reference field points."""
    kind = fields_of(record)[field].kind
    if not isinstance(kind, Reference):
        raise KeyError(field)
    return statements_for(REGISTERS[kind.to].record if kind.to in REGISTERS else shapes()[kind.to].record)


def _clause(made: Statements, one: Condition) -> Clause:
    head, _, tail = one.field.partition(".")
    if not tail:
        return _compared(made, one)
    # A record that refers to nobody has an empty name too: what denies is the opposite of what affirms.
    op = _DENIED.get(one.op, one.op)
    target = referred(made.shape.record, head)
    fitting = sa.select(target.uid).where(_compared(target, Condition(tail, op, one.value)))
    return made.table.c[head].not_in(fitting) if op is not one.op else made.table.c[head].in_(fitting)


def _compared(made: Statements, one: Condition) -> Clause:
    column = made.table.c[one.field]
    if one.op is Op.EMPTY:
        return _is_empty(column)
    if one.op is Op.NOT_EMPTY:
        return sa.not_(_is_empty(column))
    if one.op is Op.CONTAINS:
        return sa.func.instr(sa.func.lower(column), str(one.value).lower()) > 0
    if one.op is Op.AMONG:
        values = [made.shape.stored(one.field, value) for value in one.value]
        return column.in_(values)
    return _COMPARISONS[one.op](column, made.shape.stored(one.field, one.value))


def _is_empty(column: sa.ColumnElement[Any]) -> Clause:
    return sa.or_(column.is_(None), column.in_(NOTHING))


def _after(column: sa.ColumnElement[Any], value: Any) -> Clause:
    """Later than the whole of a day: moments of that day begin with its text."""
    return column > f"{value}~"


_COMPARISONS: Final[dict[Op, Callable[[sa.ColumnElement[Any], Any], Clause]]] = {
    Op.IS: lambda column, value: column.is_not_distinct_from(value),
    Op.IS_NOT: lambda column, value: column.is_distinct_from(value),
    Op.BEFORE: lambda column, value: sa.and_(column != "", column < value),
    Op.AFTER: _after,
    Op.LESS: lambda column, value: column < value,
    Op.MORE: lambda column, value: column > value,
}
