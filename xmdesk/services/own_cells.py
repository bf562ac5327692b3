"""Cells copied from this book: behind the text that anybody may see stands the value, which other cells of it may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xmdesk.records.base import Kept, fields_of
from xmdesk.records.kinds import Kind, Reference
from xmdesk.records.registers import REGISTERS
from xmdesk.services.registers import Registers, Titles, register_named

Place = tuple[str, str, str]
"""Register, uid and field."""


@dataclass(frozen=True)
class OwnCell:
    """One copied cell; ``kind`` is None where the text says all there is, or where something else stands there by now."""

    text: str
    place: Place
    kind: Kind | None = None
    value: Any = None


Cell = str | OwnCell
"""What is pasted: a text from anywhere, or a cell of this book."""


def own_cells(
    registers: Registers, name: str, uids: Sequence[str], paths: Sequence[str], grid: Sequence[Sequence[str]]
) -> list[list[Cell]]:
    """Return the grid with what stands behind its texts; ``uids`` and ``paths`` say where its lines and columns were copied."""
    known = {one.uid: one for one in registers.rows(name, uids)}
    records = [known.get(uid) for uid in uids]
    columns = [_behind(registers, register_named(name).record, records, path) for path in paths]
    lines = [list(zip(paths, texts, strict=False)) for texts in grid]
    return [
        [_cell(text, (name, uid, path), column[row]) for (path, text), column in zip(cells, columns, strict=False)]
        for row, (uid, cells) in enumerate(zip(uids, lines, strict=False))
    ]


def _cell(text: str, place: Place, behind: tuple[Kind, Any, Sequence[str]] | None) -> OwnCell:
    if behind is None or text not in behind[2]:
        return OwnCell(text, place)
    return OwnCell(text, place, behind[0], behind[1])


def _behind(
    registers: Registers, cls: type[Kept], records: Sequence[Kept | None], path: str
) -> list[tuple[Kind, Any, Sequence[str]] | None]:
    """Kind, value and the texts under which it is shown, where a text is not the whole of it: numbers of people, records."""
    first, _, rest = path.partition(".")
    kind, there = fields_of(cls)[first].kind, [one for one in records if one is not None]
    if isinstance(kind, Reference) and rest:
        register = register_named(kind.to)
        uids = sorted({getattr(one, first) for one in there} - {""})
        known = {one.uid: one for one in registers.rows(kind.to, uids)}
        referred = [known.get(getattr(one, first)) if one is not None else None for one in records]
        return _behind(registers, register.record, referred, rest)
    if isinstance(kind, Reference) and kind.to in REGISTERS:
        titles = Titles(registers.store, there, [first])
        values = [getattr(one, first) if one is not None else "" for one in records]
        return [(kind, value, [titles.get(kind.to, value)]) if value else None for value in values]
    if not kind.sensitive:
        return [None] * len(records)
    numbers = [getattr(one, first) if one is not None else "" for one in records]
    return [(kind, value, (kind.mask(value), kind.show(value))) if value else None for value in numbers]
