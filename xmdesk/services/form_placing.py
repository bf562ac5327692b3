"""Into which row of a form each record goes where the sender printed something there: a village, a name, A角 before B角."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xmdesk.documents.sheets.words import plain
from xmdesk.records.kinds import Choice
from xmdesk.records.values.reading import Bad
from xmdesk.services.form_mapping import OF_OFFICE, ORDINAL, Blank, FormMap, kind_of
from xmdesk.services.form_rows import is_name

Cell = str | int | float | None
_KIND_OF_OFFICE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|社区|村|人民政府|街道办事处|街道|镇|乡|区)$")
_PLACEHOLDER = re.compile(r"[xX×某_*]{2,}")


@dataclass(frozen=True)
class Named:
    """A name printed in a row for this office, and which of the rows of cells are meant by it."""

    text: str
    meant: tuple[int, ...]


class Placing:
    """Finds the rows of one form for the records of an ``office``; ``own`` are the cells that any record of it would have."""

    def __init__(self, blank: Blank, form_map: FormMap, own: Sequence[Cell], office: str) -> None:
        self._blank, self._map, self._own = blank, form_map, own
        self._root = _KIND_OF_OFFICE.sub("", plain(office))
        self._names = {at for at, one in enumerate(blank.table.own) if is_name(one.path)}
        self.is_prepared = bool(blank.area.printed) and blank.table.blocks == 1

    def placed(self, rows: Sequence[list[Cell]]) -> tuple[list[int], list[list[Cell]]]:
        """Return the row of the sheet for each record, and its cells as they will stand: what is printed stays.

        No rows of the sheet where nothing is printed: the records then stand one after the other.
        """
        if not self.is_prepared:
            return [], list(rows)
        area, free = self._blank.area, self._slots()
        below, own = area.last + 1, self._place_of_office()
        found: list[int] = []
        shown: list[list[Cell]] = []
        for cells in rows:
            row = self._best(free, cells)
            texts = free.pop(row) if row else own
            if not row:
                row, below = below, below + area.height
            found.append(row)
            shown.append(self._with_printed(cells, texts, _counts(self._blank, row)))
        return found, shown

    def rows_free(self) -> int:
        """How many records of the office fit before rows must be put in: rows printed for another village are none of them."""
        return len(self._rows_of_office()) if self.is_prepared else self._blank.rows_free

    def named(self, rows: Sequence[Sequence[Cell]]) -> list[Named]:
        """Return the names printed in rows of this office, from top to bottom, each with the records that it means."""
        found: list[Named] = []
        for texts in self._rows_of_office() if self.is_prepared else ():
            text = "".join(texts[at] for at in sorted(self._names & texts.keys()))
            if text:
                meant = (number for number, cells in enumerate(rows) if self._fits(texts, cells))
                found.append(Named(text, tuple(meant)))
        return found

    def _slots(self) -> dict[int, dict[int, str]]:
        """What is printed in each row that waits to be filled, by the place of the column."""
        area, columns = self._blank.area, {one.column: at for at, one in enumerate(self._blank.table.own)}
        return {
            row: {columns[column]: text for column, text in area.printed.get(row, {}).items() if column in columns}
            for row in range(area.first, area.last + 1, area.height)
        }

    def _rows_of_office(self) -> list[dict[int, str]]:
        return [
            texts
            for texts in self._slots().values()
            if all(self._agrees(at, text, self._own[at]) for at, text in texts.items() if self._is_of_office(at))
        ]

    def _place_of_office(self) -> dict[int, str]:
        """How the sender writes the place of this office, for rows that are put in below."""
        return {
            at: text
            for texts in self._slots().values()
            for at, text in texts.items()
            if self._is_of_office(at) and self._agrees(at, text, self._own[at])
        }

    def _with_printed(self, cells: Sequence[Cell], texts: Mapping[int, str], counts: Mapping[int, Cell]) -> list[Cell]:
        return [
            counts[at] if self._map.columns[at].fields == (ORDINAL,) else texts.get(at) or cell
            for at, cell in enumerate(cells)
        ]

    def _best(self, free: Mapping[int, Mapping[int, str]], cells: Sequence[Cell]) -> int:
        """Return the first free row that says most of what the record says and nothing else, or 0."""
        fitting = [row for row, texts in free.items() if self._fits(texts, cells)]
        return max(fitting, key=lambda row: (len(free[row]), -row), default=0)

    def _fits(self, texts: Mapping[int, str], cells: Sequence[Cell]) -> bool:
        """Whether a record belongs into a row; its name says more than what else is printed (its kind in other words)."""
        is_named = bool(self._names & texts.keys())
        asked = [at for at in texts if not is_named or at in self._names or self._is_of_office(at)]
        return all(self._agrees(at, texts[at], cells[at]) for at in asked)

    def _agrees(self, at: int, text: str, cell: Cell) -> bool:
        """Whether a record may stand beside what is printed: of the office, of the same name, and of the same choice."""
        if self._is_of_office(at):
            return _is_same_place(text, str(cell or ""))
        if at in self._names:
            return self._bare_name(text) == self._bare_name(str(cell or ""))
        column = self._map.columns[at]
        kind = kind_of(self._map.register, column.fields[0]) if len(column.fields) == 1 else None
        return not isinstance(kind, Choice) or _meaning(kind, text) == _meaning(kind, str(cell or ""))

    def _bare_name(self, text: str) -> str:
        """榕下村卫生室 is the 卫生室 of 榕下村."""
        name = plain(text)
        if not self._root or not name.startswith(self._root):
            return name
        return re.sub("^(?:村民委员会|居民委员会|村委会|居委会|社区|村)", "", name.removeprefix(self._root))

    def _is_of_office(self, at: int) -> bool:
        fields = self._map.columns[at].fields
        return bool(fields) and set(fields) <= set(OF_OFFICE)


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


def _is_same_place(text: str, own: str) -> bool:
    first, second = (_KIND_OF_OFFICE.sub("", plain(one)) for one in (text, own))
    return not first or not second or first in second or second in first or bool(_PLACEHOLDER.search(text))


def _meaning(kind: Choice, text: str) -> object:
    try:
        return kind.read(text).value
    except (Bad, ValueError):
        return text
