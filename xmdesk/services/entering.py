"""Entering as in a sheet: cells typed, pasted, filled down and cleared, many records changed at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xmdesk.jobs import UNWATCHED, Progress
from xmdesk.problems import Problem, Severity, Where, problem
from xmdesk.records.base import FieldSpec, Kept, fields_of
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.kinds import Choice, Choices, Hours, Kind, Reference, References, SubTable, YesNo
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.phones import mask_mobiles
from xmdesk.records.values.reading import Bad
from xmdesk.services.beside import with_numbers
from xmdesk.services.own_cells import Cell, OwnCell, Place, own_cells
from xmdesk.services.registers import Registers, register_named

GIVEN = "自动编号"
"""The help of a number that the program gives begins so; nobody types it."""
ENDING = ("retired_on", "retired_reason")
"""A record ends by an act of its own, with a reason, and not by typing into a cell."""
MOST_NAMESAKES = 200
AT_A_TIME = 500
"""So many records are read before one looks whether to go on."""


@dataclass(frozen=True)
class Entered:
    """What a paste, a fill or a clearing would do: the changed records, how many cells, and what could not be read.

    ``moved`` are the cells of this book whose values were taken, ``doubts`` what reading left out of cells that are written.
    """

    records: tuple[Kept, ...]
    cells: int
    refused: tuple[Problem, ...]
    moved: tuple[Place, ...] = ()
    doubts: tuple[Problem, ...] = ()


def can_be_typed(spec: FieldSpec) -> bool:
    """Whether a field can be answered in one cell; lists, photos and given numbers have their place in the form."""
    if spec.name in ENDING or spec.help.startswith(GIVEN):
        return False
    if isinstance(spec.kind, Reference):
        return spec.kind.to in REGISTERS
    return not isinstance(spec.kind, SubTable | References)


class Entering:
    """Reads cells and writes them, always as one step that can be taken back."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def read(self, spec: FieldSpec, text: str) -> Any:
        """Return the value of a typed cell; a reference is named by its title. Raises ``Bad``."""
        if isinstance(spec.kind, Reference) and text.strip():
            return self._called(spec.kind.to, text.strip())
        if spec.kind.sensitive and "*" in text:
            raise Bad("E-MASKED")
        return spec.kind.read(text).value

    def options(self, spec: FieldSpec, text: str) -> list[tuple[str, str]]:
        """Return (value, title) of what a cell may be chosen from; nothing where it is typed freely."""
        from xmdesk.pinyin import matches

        if isinstance(spec.kind, Reference):
            return self._registers.choices(spec.kind.to, text)
        if isinstance(spec.kind, YesNo):
            return [(one, one) for one in ("是", "否") if not text or matches(text, one)]
        if not isinstance(spec.kind, Choice | Choices):
            return []
        return [
            (value, title)
            for value, title, synonyms in spec.kind.codes.table()
            if not text or any(matches(text, one) for one in (title, *synonyms))
        ]

    def own(
        self, name: str, uids: Sequence[str], paths: Sequence[str], grid: Sequence[Sequence[str]]
    ) -> list[list[Cell]]:
        """Return a grid that was copied from these cells of this book with the values behind its texts."""
        return own_cells(self._registers, name, uids, paths, grid)

    def put(self, name: str, uids: Sequence[str], fields: Sequence[str], grid: Sequence[Sequence[Cell]]) -> Entered:
        """Read a grid over these records and fields, from the top left; nothing is written yet."""
        known = {one.uid: one for one in self._registers.rows(name, uids)}
        return self._read_lines(name, [(known.get(uid), cells) for uid, cells in zip(uids, grid, strict=False)], fields)

    def add(self, name: str, fields: Sequence[str], grid: Sequence[Sequence[Cell]]) -> Entered:
        """Read a grid as new records, one a line; a line that does not say what it is about is left out."""
        found = self._read_lines(name, [(self._registers.new(name), cells) for cells in grid], fields)
        return replace(found, records=tuple(one for one in found.records if getattr(one, one.title_field)))

    def emptied(self, name: str, cells: Mapping[str, Sequence[str]]) -> Entered:
        """Empty these fields of these records; nothing is written yet."""
        specs = fields_of(register_named(name).record)
        wanted = {field for fields in cells.values() for field in fields if field in specs}
        nothing = {field: self.read(specs[field], "") for field in wanted if can_be_typed(specs[field])}
        known = {one.uid: one for one in self._registers.rows(name, list(cells))}
        fresh = {
            uid: {
                field: nothing[field]
                for field in cells[uid]
                if field in nothing and getattr(one, field) != nothing[field]
            }
            for uid, one in known.items()
        }
        return self._entered(name, known, {uid: one for uid, one in fresh.items() if one})

    def moved(self, found: Entered, name: str, uids: Sequence[str], fields: Sequence[str]) -> Entered:
        """Empty the cells whose values were taken, but for those that were written: what was cut is then in one place only."""
        covered = {(name, uid, field) for uid in uids for field in fields}
        records = {one.uid: one for one in found.records}
        for register in sorted({place[0] for place in found.moved}):
            cells: dict[str, list[str]] = {}
            for _, uid, field in (one for one in found.moved if one[0] == register and one not in covered):
                if field in fields_of(register_named(register).record):
                    cells.setdefault(uid, []).append(field)
            for one in self.emptied(register, cells).records:
                values = {field: getattr(one, field) for field in cells[one.uid]}
                records[one.uid] = records.get(one.uid, one).changed(**values)
        return replace(found, records=tuple(records.values()))

    def _read_lines(
        self, name: str, lines: Sequence[tuple[Kept | None, Sequence[Cell]]], fields: Sequence[str]
    ) -> Entered:
        """Read cells into these records, field by field; a record that is gone and a column that is no field are passed over."""
        specs = fields_of(register_named(name).record)
        fresh: dict[str, dict[str, Any]] = {}
        refused: list[Problem] = []
        doubts: list[Problem] = []
        moved: list[Place] = []
        for number, (record, cells) in enumerate(lines, 1):
            for field, cell in zip(fields, cells, strict=False):
                spec = specs.get(field)
                if record is None or spec is None:
                    continue
                before = getattr(record, field)
                try:
                    value = self._allowed(spec, cell, before)
                except Bad as bad:
                    where = Where(name, record.uid, spec.name, spec.label, row=number)
                    refused.append(problem(bad.code, where, **bad.facts))
                    continue
                moved += [cell.place] if isinstance(cell, OwnCell) else []
                if value != before:
                    fresh.setdefault(record.uid, {})[field] = value
                    doubts += _doubts(cell, spec, Where(name, record.uid, spec.name, spec.label, row=number))
        known = {one.uid: one for one, _ in lines if one is not None}
        found = self._entered(name, known, fresh, given=fields)
        return replace(found, refused=tuple(refused), moved=tuple(moved), doubts=tuple(doubts))

    def write(self, entered: Entered, *, label: str) -> None:
        """Write what was read as one step; nothing at all when nothing changed."""
        if entered.records:
            self._registers.save_all(entered.records, label=label)

    def same(self, name: str, uids: Sequence[str], values: Mapping[str, Any]) -> Entered:
        """Give all these records the same values in these fields; nothing is written yet."""
        known = {one.uid: one for one in self._registers.rows(name, uids)}
        fresh = {
            uid: {field: value for field, value in values.items() if value != getattr(one, field)}
            for uid, one in known.items()
        }
        return self._entered(name, known, {uid: one for uid, one in fresh.items() if one}, given=list(values))

    def _entered(
        self,
        name: str,
        known: Mapping[str, Kept],
        fresh: Mapping[str, Mapping[str, Any]],
        *,
        given: Sequence[str] = (),
    ) -> Entered:
        """Put the values in; the number beside a name goes with the person, unless it is ``given`` too."""
        records = [known[uid].changed(**values) for uid, values in fresh.items()]
        records = with_numbers(self._registers.store, name, known, records, given)
        return Entered(tuple(records), sum(len(one) for one in fresh.values()), ())

    def shared(self, name: str, uids: Sequence[str], *, progress: Progress = UNWATCHED) -> dict[str, Any]:
        """Return the fields in which all these records agree, with the value."""
        agreed: dict[str, Any] | None = None
        for begin in range(0, len(uids), AT_A_TIME):
            progress.step(begin, len(uids), "正在读取…")
            records = self._registers.rows(name, uids[begin : begin + AT_A_TIME])
            if agreed is None and records:
                agreed = {field: getattr(records[0], field) for field in fields_of(type(records[0]))}
            agreed = {
                field: value
                for field, value in (agreed or {}).items()
                if all(getattr(one, field) == value for one in records)
            }
        return agreed or {}

    def filled(self, name: str, uids: Sequence[str], fields: Sequence[str]) -> dict[str, int]:
        """Return in how many of these records each of these fields has something; where it has nothing, the field is left out."""
        specs = fields_of(register_named(name).record)
        counted = Counter(
            field
            for one in self._registers.rows(name, uids)
            for field in fields
            if not specs[field].kind.is_empty(getattr(one, field))
        )
        return {field: counted[field] for field in fields if field in counted}

    def _allowed(self, spec: FieldSpec, cell: Cell, before: Any) -> Any:
        """The value to be written; a masked number that is the one standing there leaves it."""
        if not can_be_typed(spec):
            raise Bad("E-FORM", label=spec.label)
        if isinstance(cell, OwnCell) and cell.kind == spec.kind:
            return cell.value
        text = cell.text if isinstance(cell, OwnCell) else cell
        if "*" in text and spec.kind.sensitive and before and text.strip() in _masks(spec.kind, before):
            return before
        return self.read(spec, text)

    def _called(self, register: str, text: str) -> str:
        """The uid of the one record of that title."""
        found = self._registers.search_references(register, text, limit=MOST_NAMESAKES)
        right = [uid for uid, title in found if title == text]
        others = self._registers.rows(register, [uid for uid, title in found if title.startswith(f"{text}（")])
        same = [one.uid for one in others if one.title() == text]
        meant = self._of_newest_year({*right, *same})  # one of them may have nothing in brackets
        if len(meant) > 1:
            raise Bad("E-NAMESAKES", text=text[:20], number=len(meant))
        if not meant:
            raise Bad("E-NOBODY", text=text[:20], register=REGISTERS[register].title)
        return meant.pop()

    def _of_newest_year(self, uids: set[str]) -> set[str]:
        """Of the rows of one item of the yearly list, the newest: a look at it is kept with the row of its own year anyway."""
        years = {uid: one.year for uid, one in self._duties(uids).items()} if len(uids) > 1 else {}
        newest = max(filter(None, years.values()), default=None)
        return {uid for uid in uids if newest is None or years.get(uid) == newest}

    def _duties(self, uids: set[str]) -> dict[str, MaintenanceDuty]:
        found = self._registers.rows("duties", sorted(uids))
        return {one.uid: one for one in found if isinstance(one, MaintenanceDuty)}


def _doubts(cell: Cell, spec: FieldSpec, where: Where) -> list[Problem]:
    """What reading opening hours left out or took for granted: it must not vanish among many cells."""
    if not isinstance(spec.kind, Hours) or isinstance(cell, OwnCell):
        return []
    found = (problem(one.code, where, **one.facts) for one in spec.kind.read(cell).notes)
    return [one for one in found if one.severity is Severity.WARNING]


def _masks(kind: Kind, value: str) -> tuple[str, str]:
    """How a number is shown in our tables, and in what we export."""
    return kind.mask(value), mask_mobiles(value)
