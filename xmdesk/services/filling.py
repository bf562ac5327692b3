"""一表通: any blank form sent from above, filled from a register: its columns mapped once, each in the form's own writing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from xmdesk import child, clock
from xmdesk.documents.sheets import limits
from xmdesk.documents.sheets.blank_forms import FormArea, Runner, area_of, find_form, form_table
from xmdesk.documents.sheets.cell_words import Way, formats_for, joined
from xmdesk.documents.sheets.cell_words import written as written_as
from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.lines import ORDINALS
from xmdesk.documents.sheets.preview import open_bytes
from xmdesk.documents.sheets.words import plain
from xmdesk.errors import WrongUse
from xmdesk.files import atomic_write, read_bytes, shown_name
from xmdesk.ports import StepKind, Store
from xmdesk.problems import Problem, problem
from xmdesk.records.base import Kept, Record, new_uid
from xmdesk.records.codes import Post
from xmdesk.records.keeping import SavedMapping
from xmdesk.records.kinds import Kind, Reference, SubTable
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.services.finding import Filter, Finding
from xmdesk.services.form_mapping import (
    ORDINAL,
    Blank,
    FormColumn,
    FormMap,
    guessed_map,
    kind_of,
    known_anywhere,
    matchers,
    read_form_map,
)
from xmdesk.services.form_placing import Cell, Placing
from xmdesk.services.form_posts import in_rows, without_post
from xmdesk.services.form_rows import is_given, named_columns
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.registers import Titles, register_named

MOST_RECORDS = 5_000
_MOST_SHOWN = 8


@dataclass(frozen=True)
class Filled:
    """A form written out, with so many ``records`` in so many ``rows``.

    ``masked``: headers whose identity numbers were masked though the form asks for whole ones.
    """

    path: Path
    rows: int
    records: int
    masked: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lacking:
    """``rows`` that must be put into a form; ``left``: records that no column of it is for."""

    rows: int
    left: int = 0


@dataclass(frozen=True)
class Asked:
    """What a form prints names for: ``uids`` of the records of that name, and names that are ``strange`` to the book."""

    uids: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether it prints any."""
        return bool(self.uids or self.strange)

    @property
    def problems(self) -> list[Problem]:
        """What a person should know of it."""
        if not self.strange:
            return []
        shown = "、".join(f"“{one}”" for one in self.strange[:_MOST_SHOWN])
        more = f"等 {len(self.strange)} 个" if len(self.strange) > _MOST_SHOWN else ""
        return [problem("FORM-STRANGE", names=f"{shown}{more}")]


class Filling:
    """Fills forms from one book."""

    def __init__(self, store: Store, *, run: Runner = child.run) -> None:
        self.store = store
        self._run = run

    def look(self, path: Path, *, sheet: str = "", register: str = "") -> Blank:
        """Open a blank workbook after the pre-flight, in the capped child, and find its table: that of a ``sheet`` or a place
        on it, of several the one that fits a ``register``.
        """
        data = read_bytes(path, limits.FILE_BYTES)
        opened = open_bytes(data, shown_name(path), run=self._run)
        return self.look_at(opened.sheets, opened.name, data, sheet=sheet, register=register)

    def look_at(self, sheets: Sequence[Sheet], name: str, data: bytes, *, sheet: str = "", register: str = "") -> Blank:
        """As :meth:`look` for a workbook whose sheets were read already."""
        likes = matchers()[register].fields_for if register else None
        found, places = find_form(sheets, known_anywhere, sheet, likes=likes)
        table = form_table(found)
        numbered = [one.column for one in table.headers if plain(one.path[-1]) in ORDINALS]
        given = [one.column for one in table.headers if is_given(one.path)] + named_columns(found.table)
        area = area_of(data, table, numbered=numbered, given=given, run=self._run)
        told = [problem("FORM-LOSES", what="、".join(area.loses)).at(file=name)] if area.loses else []
        if table.place != table.sheet:
            told.append(problem("FORM-TABLES", place=table.place.partition("：")[2]).at(file=name))
        if area.passed:
            told.append(problem("FORM-PASSED", rows="、".join(map(str, area.passed[:5]))).at(file=name))
        return Blank(
            name=name,
            sheet=table.sheet,
            headers=table.keys,
            fingerprint=table.fingerprint,
            rows_free=area.rows_free * table.blocks,
            table=table,
            area=area,
            others=tuple(one.name for one in sheets if one.name != table.sheet and not one.is_empty),
            place=table.place,
            places=places,
            problems=tuple(told),
            data=data,
        )

    def propose(self, blank: Blank, register: str) -> FormMap:
        """Return the map kept for this form, else one guessed like that of an import, each guess with its reason."""
        register_named(register)
        kept = self.store.find(SavedMapping, register=_kept_as(register), fingerprint=blank.fingerprint)
        if kept:
            found = read_form_map(json.dumps(kept[0].mapping, ensure_ascii=False), blank, register)
            columns = tuple(replace(one, why="上次这样填" if one.fields else "上次没有填") for one in found.columns)
            return replace(found, columns=columns, kept=True)
        return guessed_map(blank, register)

    def rows_free(self, blank: Blank, form_map: FormMap) -> int:
        """Return how many records of this office fit before rows are put in."""
        return self._placing(blank, form_map).rows_free() - len(self.named(blank, form_map).strange)

    def named(self, blank: Blank, form_map: FormMap) -> Asked:
        """Return the records whose names are printed in the form, and the printed names that the book does not have."""
        placing = self._placing(blank, form_map)
        if not placing.is_prepared:
            return Asked()
        uids = Finding(self.store).uids(Filter(form_map.register))
        found = placing.named(self._rows(blank, form_map, self._groups(replace(form_map, columns=()), uids)))
        meant = {number for one in found for number in one.meant}
        return Asked(tuple(uids[at] for at in sorted(meant)), tuple(one.text for one in found if not one.meant))

    def lacking(self, blank: Blank, form_map: FormMap, uids: Sequence[str]) -> Lacking:
        """Return how the records would go in: how many rows must be put in, and how many records have no column."""
        placing = self._placing(blank, form_map)
        if not placing.is_prepared and not form_map.posts:
            return Lacking(max(len(uids) - blank.rows_free, 0))
        groups = self._groups(form_map, uids)
        left = len(uids) - sum(map(len, groups))
        if not placing.is_prepared:
            return Lacking(max(len(groups) - blank.rows_free, 0), left)
        at, _ = placing.placed(self._rows(blank, form_map, groups))
        return Lacking(sum(row > blank.area.last for row in at), left)

    def _placing(self, blank: Blank, form_map: FormMap) -> Placing:
        nobody = REGISTERS[form_map.register].record()
        own = self._rows(blank, form_map, [[nobody]])[0]
        return Placing(blank, form_map, own, OfficeDesk(self.store).office().name)

    def _rows(
        self, blank: Blank, form_map: FormMap, groups: Sequence[Sequence[Kept]], *, unmasked: bool = False
    ) -> list[list[Cell]]:
        return _Rows(self.store, blank, form_map, unmasked=unmasked).of(groups)

    def _groups(self, form_map: FormMap, uids: Sequence[str]) -> list[list[Kept]]:
        return in_rows(self.store.many(REGISTERS[form_map.register].record, uids), form_map.posts)

    def preview(
        self, blank: Blank, form_map: FormMap, uids: Sequence[str], *, unmasked: bool = False
    ) -> list[list[str]]:
        """Return what would stand in the cells of these records, as texts; nothing is written or remembered."""
        groups = self._groups(form_map, uids)
        rows = self._rows(blank, form_map, groups, unmasked=unmasked)
        rows = self._placing(blank, form_map).placed(rows)[1]
        return [["" if cell is None else str(cell) for cell in row] for row in rows]

    def fill(
        self,
        blank: Blank,
        form_map: FormMap,
        uids: Sequence[str],
        out: Path,
        *,
        unmasked: bool = False,
        reason: str = "",
        force: bool = False,
    ) -> Filled:
        """Write the form with these records, in this order, beside the target and rename; the map is remembered.

        Whole identity numbers need ``unmasked`` and a reason, which is noted in history; otherwise they are masked.
        """
        self._refuse(form_map, uids, out, unmasked=unmasked and not reason.strip())
        groups = self._groups(form_map, uids)
        if not groups:
            raise WrongUse("FORM-NO-ROWS")
        records = sum(map(len, groups))
        rows = self._rows(blank, form_map, groups, unmasked=unmasked)
        at, rows = self._placing(blank, form_map).placed(rows)
        content = self._filled_in(blank, form_map, rows, at)
        atomic_write(out, content, force=force)
        whole = [one.header for one in form_map.with_whole_numbers()]
        self._remember(form_map)
        if unmasked and whole:
            self._note_disclosure(REGISTERS[form_map.register].title, records, reason.strip())
        empty = (
            one.header for at, one in enumerate(form_map.columns) if not any(row[at] not in (None, "") for row in rows)
        )
        return Filled(out, len(rows), records, () if unmasked else tuple(whole), tuple(empty))

    def _filled_in(self, blank: Blank, form_map: FormMap, rows: list[list[Cell]], at: list[int]) -> bytes:
        """Let the child write the columns that are filled, ``at`` these rows."""
        chosen = [at for at, one in enumerate(form_map.columns) if one.fields]
        return self._run(
            "fill_form",
            blank.data,
            sheet=blank.sheet,
            area=_as_plain(blank.area),
            columns=[[block[at] for at in chosen] for block in blank.table.columns()],
            rows=[[row[at] for at in chosen] for row in rows],
            at=at,
            counted=[one.column for one in blank.table.headers if plain(one.path[-1]) in ORDINALS],
        )

    def _refuse(self, form_map: FormMap, uids: Sequence[str], out: Path, *, unmasked: bool) -> None:
        if unmasked:
            raise WrongUse("EXPORT-REASON")
        if not form_map.is_told:
            raise WrongUse("FORM-NO-FIELD", register=REGISTERS[form_map.register].title)
        if not uids:
            raise WrongUse("FORM-NO-ROWS")
        if len(uids) > MOST_RECORDS:
            raise WrongUse("FORM-MANY", limit=MOST_RECORDS)
        if out.suffix.lower() != ".xlsx":
            raise WrongUse("FORM-OUT")

    def _note_disclosure(self, title: str, rows: int, reason: str) -> None:
        """Leave a link in the audit chain; the mark makes it a change, for a change of nothing would leave no link."""
        told = {"form": title, "rows": rows, "reason": reason, "mark": new_uid()}
        with self.store.change(f"填表含完整号码：{title}{rows}行，{reason[:60]}", kind=StepKind.SYSTEM) as change:
            change.save(OfficeDesk(self.store).setting_record("whole_numbers_in_form", told))

    def _remember(self, form_map: FormMap) -> None:
        """Keep the map for the next form of this kind."""
        name = _kept_as(form_map.register)
        fresh = {"mapping": form_map.as_json(), "saved_at": clock.stamp()}
        known = self.store.find(SavedMapping, register=name, fingerprint=form_map.fingerprint)
        record = (
            known[0].changed(**fresh)
            if known
            else SavedMapping.model_validate({"register": name, "fingerprint": form_map.fingerprint, **fresh})
        )
        with self.store.change("记住表样对应", kind=StepKind.SYSTEM) as change:
            change.save(record)


def _kept_as(register: str) -> str:
    return f"form:{register}"


def _as_plain(area: FormArea) -> dict[str, Any]:
    return {name: getattr(area, name) for name in area.__struct_fields__}


class _Rows:
    """Makes the cells of a form from records; referenced records are fetched once."""

    def __init__(self, store: Store, blank: Blank, form_map: FormMap, *, unmasked: bool) -> None:
        self._store, self._map, self._unmasked = store, form_map, unmasked
        self._words = [tuple(blank.area.lists.get(one.column, ())) for one in blank.table.own]
        self._office = _of_office(OfficeDesk(store).office())

    def of(self, groups: Sequence[Sequence[Kept]]) -> list[list[Cell]]:
        """Return a row of cells, in the order of the columns, for each group of records that share one."""
        records = [one for group in groups for one in group]
        titles = Titles(self._store, records)
        targets = self._targets(records)
        makers = [
            self._maker(one, words, targets, titles) for one, words in zip(self._map.columns, self._words, strict=True)
        ]
        posts = [one.post for one in self._map.columns]
        return [
            [_shared(make, post, number, group) for make, post in zip(makers, posts, strict=True)]
            for number, group in enumerate(groups, 1)
        ]

    def _targets(self, records: Sequence[Kept]) -> dict[str, Record]:
        """Load the records behind dotted fields."""
        heads = {
            without_post(name).partition(".")[0] for one in self._map.columns for name in one.fields if "." in name
        }
        found: dict[str, Record] = {}
        for head in heads:
            kind = cast("Reference", kind_of(self._map.register, head))
            uids = sorted({getattr(one, head) for one in records} - {""})
            found.update({one.uid: one for one in self._store.many(REGISTERS[kind.to].record, uids)})
        return found

    def _maker(
        self, column: FormColumn, words: tuple[str, ...], targets: dict[str, Record], titles: Titles
    ) -> Callable[[int, Record], Cell]:
        parts = [self._part(name, column, words, (targets, titles)) for name in column.fields]
        if len(parts) < 2:
            return parts[0] if parts else lambda number, record: None
        return lambda number, record: joined([part(number, record) for part in parts], column.format)

    def _part(
        self, path: str, column: FormColumn, words: tuple[str, ...], known: tuple[dict[str, Record], Titles]
    ) -> Callable[[int, Record], Cell]:
        name = without_post(path)
        if name == ORDINAL:
            return lambda number, record: number
        if name in self._office:
            return lambda number, record: self._office[name]
        kind, (head, _, tail), (targets, titles) = kind_of(self._map.register, name), name.partition("."), known
        form = column.format if len(column.fields) == 1 else formats_for(kind)[0]
        way = Way(form, words)
        if tail:
            return lambda number, record: self._write(
                getattr(targets.get(getattr(record, head)), tail, None), kind, way
            )
        if isinstance(kind, Reference):
            return lambda number, record: titles.get(kind.to, getattr(record, head)) or None
        if isinstance(kind, SubTable):
            return lambda number, record: _lines(kind, getattr(record, head), self._store)
        return lambda number, record: self._write(getattr(record, head), kind, way)

    def _write(self, value: Any, kind: Kind, way: Way) -> Cell:
        return written_as(value, kind, way, unmasked=self._unmasked)


def _shared(make: Callable[[int, Record], Cell], post: Post | None, number: int, group: Sequence[Record]) -> Cell:
    """Make the cell of the officer of a ``post``, or of the first record of the row that has something to say."""
    asked = [one for one in group if post is None or getattr(one, "post", None) == post]
    cells = [make(number, one) for one in asked]
    return next((cell for cell in cells if cell not in (None, "")), cells[0] if cells else None)


def _lines(kind: SubTable, lines: Sequence[dict[str, Any]], store: Store) -> str | None:
    people = [str(line["person"]) for line in lines if "person" in line]
    if people:
        return "、".join(one.title() for one in store.many(REGISTERS["persons"].record, people)) or None
    return kind.show(lines) or None


def _of_office(office: Office) -> dict[str, str]:
    return {
        "@office": office.name,
        "@code": office.code,
        "@township": office.township,
        "@district": office.district,
    }
