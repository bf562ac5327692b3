"""Rows of a foreign table that nobody filled in yet: only the place, a number, a role, an example, a hint stands there, or a
name for which the rest is asked.
"""

from collections.abc import Collection, Sequence

from xmdesk.documents.sheets.form_lines import is_example, is_hints
from xmdesk.documents.sheets.lines import ORDINALS
from xmdesk.documents.sheets.table_finding import Header, Row, Table
from xmdesk.documents.sheets.words import bare, plain
from xmdesk.records.kinds import Choice, Choices, YesNo
from xmdesk.records.registers import REGISTERS
from xmdesk.services.form_mapping import OFFICE_TITLES, kind_of, known_anywhere, matchers

_OF_THE_FORM = frozenset(
    {"填报人", "填表人", "审核人", "填报时间", "填报日期", "填表日期", "报告期", "年度", "填报年度"}
)

_OF_THINGS = ("facilities", "duties", "shelters")
_FEWEST_ASKED = 2
"""So many columns beside the name must be empty; a list of names alone is a list."""


def is_given(path: tuple[str, ...]) -> bool:
    """Tell whether a sender may fill a column beforehand: the place, a choice (A角), who fills in; never who somebody is."""
    title = plain(path[-1])
    if title in OFFICE_TITLES or bare(path[-1]) in OFFICE_TITLES or title in _OF_THE_FORM:
        return True
    kinds = [kind_of(name, field) for name, one in matchers().items() for field in one.fields_for(path)]
    return bool(kinds) and all(isinstance(kind, Choice | Choices | YesNo) for kind in kinds)


def is_name(path: tuple[str, ...]) -> bool:
    """Tell whether a column names a thing (never a person): the sender may ask for the rest of it."""
    return any(matchers()[name].fields_for(path) == (REGISTERS[name].record.title_field,) for name in _OF_THINGS)


def named_columns(table: Table) -> list[int]:
    """Return the columns of the names if rows hold a name, what stands beside it, and nothing else; most columns are empty."""
    size = len(table.headers) // table.blocks
    asked = [at for at in range(size) if not _is_passed(table.headers[at])]
    names = [at for at in asked if is_name(table.headers[at].path)]
    rest = [at for at in asked if at not in names]
    is_named = any(row.cells[at] is not None for row in table.rows for at in names)
    if not is_named or len(rest) < _FEWEST_ASKED or any(_is_own(row, rest, ()) for row in table.rows):
        return []
    return [one.column for at, one in enumerate(table.headers) if at % size in names]


def own_rows(table: Table) -> int:
    """How many rows of a table are about somebody or something."""
    size = len(table.headers) // table.blocks
    headers = table.headers[:size]
    own = [at for at, one in enumerate(headers) if not _is_passed(one)]
    passed = {at for at in range(size) if at not in own}
    return sum(1 for row in table.rows if _is_own(row, own, passed))


def _is_passed(header: Header) -> bool:
    return plain(header.path[-1]) in ORDINALS or is_given(header.path)


def _is_own(row: Row, own: Sequence[int], passed: Collection[int]) -> bool:
    held = [row.cells[at] for at in own if row.cells[at] is not None]
    if not held or is_example(row.cells) or is_hints(row.cells, passed):
        return False
    titles = sum(1 for cell in held if isinstance(cell, str) and known_anywhere((cell,)))
    return titles * 3 < len(held) * 2
