"""Into which row of a form each record goes where the sender printed something there: a village, A角 before B角."""

import re
from collections.abc import Mapping, Sequence

from xmdesk.documents.sheets.words import plain
from xmdesk.records.kinds import Choice
from xmdesk.records.values.reading import Bad
from xmdesk.services.form_mapping import OF_OFFICE, ORDINAL, Blank, FormMap, kind_of

Cell = str | int | float | None
_KIND_OF_OFFICE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|社区|村|人民政府|街道办事处|街道|镇|乡|区)$")
_PLACEHOLDER = re.compile(r"[xX×某_*]{2,}")


def placed(blank: Blank, form_map: FormMap, rows: Sequence[list[Cell]]) -> tuple[list[int], list[list[Cell]]]:
    """Return the row of the sheet for each record, and its cells as they will stand: what is printed stays.

    No rows of the sheet where nothing is printed: the records then stand one after the other.
    """
    area = blank.area
    if not area.printed or blank.table.blocks > 1:
        return [], list(rows)
    slots = _slots(blank)
    free, below = dict(slots), area.last + 1
    own = {
        at: text
        for texts in slots.values()
        for at, text in texts.items()
        if rows and _is_of_office(form_map, at) and _agrees(form_map, at, text, rows[0][at])
    }
    found: list[int] = []
    shown: list[list[Cell]] = []
    for cells in rows:
        row = _best(form_map, free, cells)
        texts = free.pop(row) if row else own
        if not row:
            row, below = below, below + area.height
        found.append(row)
        shown.append(_with_printed(form_map, cells, texts, _counts(blank, row)))
    return found, shown


def rows_of_office(blank: Blank, form_map: FormMap, own: Sequence[Cell]) -> int:
    """How many records of an office fit before rows must be put in: rows printed for another village are none of them.

    ``own`` are the cells of a record of the office.
    """
    if not blank.area.printed or blank.table.blocks > 1:
        return blank.rows_free
    return sum(
        all(_agrees(form_map, at, text, own[at]) for at, text in texts.items() if _is_of_office(form_map, at))
        for texts in _slots(blank).values()
    )


def _slots(blank: Blank) -> dict[int, dict[int, str]]:
    """What is printed in each row that waits to be filled, by the place of the column."""
    area, columns = blank.area, {one.column: at for at, one in enumerate(blank.table.own)}
    return {
        row: {columns[column]: text for column, text in area.printed.get(row, {}).items() if column in columns}
        for row in range(area.first, area.last + 1, area.height)
    }


def _counts(blank: Blank, row: int) -> dict[int, Cell]:
    """What counts a row, by the place of the column; rows below the prepared ones count on from the last."""
    area, own = blank.area, blank.table.own
    below = max((row - area.last - 1) // area.height + 1, 0)
    held = area.counts.get(row - below * area.height, {})
    position = (row - area.first) // area.height + 1
    return {at: _count(held.get(one.column, ""), below, position) for at, one in enumerate(own)}


def _count(held: str, below: int, position: int) -> Cell:
    if held.isdecimal():
        return int(held) + below
    return held if held and not below else position


def _with_printed(
    form_map: FormMap, cells: Sequence[Cell], texts: Mapping[int, str], counts: Mapping[int, Cell]
) -> list[Cell]:
    return [
        counts[at] if form_map.columns[at].fields == (ORDINAL,) else texts.get(at) or cell
        for at, cell in enumerate(cells)
    ]


def _best(form_map: FormMap, free: Mapping[int, Mapping[int, str]], cells: Sequence[Cell]) -> int:
    """Return the first free row that says most of what the record says and nothing else, or 0."""
    fitting = [row for row, texts in free.items() if all(_agrees(form_map, at, texts[at], cells[at]) for at in texts)]
    return max(fitting, key=lambda row: (len(free[row]), -row), default=0)


def _agrees(form_map: FormMap, at: int, text: str, cell: Cell) -> bool:
    """Whether a record may stand beside what is printed: of the office, and of the same choice."""
    if _is_of_office(form_map, at):
        return _is_same_place(text, str(cell or ""))
    column = form_map.columns[at]
    kind = kind_of(form_map.register, column.fields[0]) if len(column.fields) == 1 else None
    return not isinstance(kind, Choice) or _meaning(kind, text) == _meaning(kind, str(cell or ""))


def _is_of_office(form_map: FormMap, at: int) -> bool:
    return bool(form_map.columns[at].fields) and set(form_map.columns[at].fields) <= set(OF_OFFICE)


def _is_same_place(text: str, own: str) -> bool:
    first, second = (_KIND_OF_OFFICE.sub("", plain(one)) for one in (text, own))
    return not first or not second or first in second or second in first or bool(_PLACEHOLDER.search(text))


def _meaning(kind: Choice, text: str) -> object:
    try:
        return kind.read(text).value
    except (Bad, ValueError):
        return text
