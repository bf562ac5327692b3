"""Values that stand elsewhere in a row: a unit behind the quantity, a kind in the name. And words that no list knows."""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from xmdesk.documents.sheets.columns import Around, Column, Register
from xmdesk.problems import Problem, problem

LEFT = frozenset({"V-CHOICE", "V-CHOICE-NEAR", "V-SUPPLY-VAGUE", "SHEET-OWN-NUMBER"})
"""Refusals of a cell that need not keep its row outside: the text goes to the remarks."""

LONGEST_REMARK = 500
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def tell(
    register: Register,
    values: MutableMapping[str, Any],
    around: Around,
    *,
    failed: frozenset[str],
    headers: Mapping[str, str],
) -> Iterator[tuple[Problem, str]]:
    """Fill what the rest of the row gives away; yield findings with the header they belong to."""
    for column in register.columns:
        if column.teller is None or column.field in failed:
            continue
        header = headers.get(column.field, column.label)
        yield from ((found, header) for found in _tell_one(column, values, around))


def _tell_one(column: Column, values: MutableMapping[str, Any], around: Around) -> Iterator[Problem]:
    told = column.teller(around) if column.teller is not None else None
    stands = values.get(column.field)
    if stands not in _EMPTY:
        if told is not None and told.firm and told.value != stands:
            yield problem("SHEET-CONTRADICTS", source=told.source)
    elif told is not None:
        values[column.field] = told.value
        if not told.firm:
            yield problem("SHEET-TOLD", source=told.source, shown=told.shown)
    elif column.required:
        yield problem("SHEET-REQUIRED")


def with_leftovers(remark: str, left: Mapping[str, str]) -> str:
    """Return the remarks with what no list knows behind them: 类别：健身."""
    return "；".join(filter(None, (remark, *(f"{header}：{text}" for header, text in left.items()))))


def told_enough(column: Column, rows: list[Mapping[str, Any]]) -> bool:
    """Tell whether a missing column can be done without: most rows give it away."""
    return column.teller is not None and sum(row.get(column.field) not in _EMPTY for row in rows) * 2 > len(rows)
