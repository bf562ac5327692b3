"""Rows of a foreign table that are nobody's yet: only the place, a number, a role, an example or a hint stands there."""

from collections.abc import Sequence

from xmdesk.documents.sheets.form_lines import is_example, is_hints
from xmdesk.documents.sheets.lines import ORDINALS
from xmdesk.documents.sheets.table_finding import Header, Row, Table
from xmdesk.documents.sheets.words import bare, plain
from xmdesk.records.kinds import Choice, Choices, YesNo
from xmdesk.services.form_mapping import OFFICE_TITLES, kind_of, known_anywhere, matchers

_OF_THE_FORM = frozenset(
    {"填报人", "填表人", "审核人", "填报时间", "填报日期", "填表日期", "报告期", "年度", "填报年度"}
)


def is_given(path: tuple[str, ...]) -> bool:
    """Tell whether a sender may fill a column beforehand: the place, a choice (A角), who fills in; never who somebody is."""
    title = plain(path[-1])
    if title in OFFICE_TITLES or bare(path[-1]) in OFFICE_TITLES or title in _OF_THE_FORM:
        return True
    kinds = [kind_of(name, field) for name, one in matchers().items() for field in one.fields_for(path)]
    return bool(kinds) and all(isinstance(kind, Choice | Choices | YesNo) for kind in kinds)


def own_rows(table: Table) -> int:
    """How many rows of a table are about somebody or something."""
    size = len(table.headers) // table.blocks
    headers = table.headers[:size]
    own = [at for at, one in enumerate(headers) if not _is_passed(one)]
    passed = {at for at in range(size) if at not in own}
    return sum(1 for row in table.rows if _is_own(row, own, passed))


def _is_passed(header: Header) -> bool:
    return plain(header.path[-1]) in ORDINALS or is_given(header.path)


def _is_own(row: Row, own: Sequence[int], passed: set[int]) -> bool:
    held = [row.cells[at] for at in own if row.cells[at] is not None]
    if not held or is_example(row.cells) or is_hints(row.cells, passed):
        return False
    titles = sum(1 for cell in held if isinstance(cell, str) and known_anywhere((cell,)))
    return titles * 3 < len(held) * 2
