"""Rows that an import put aside, one by one: corrected and taken in, or given up. Each is a step that can be taken back."""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.mapping import ColumnMapping, Matcher, SavedMapping, map_headers, read_mapping
from xmdesk.documents.sheets.places import in_row
from xmdesk.documents.sheets.readings import ID_TWICE, SheetRow
from xmdesk.documents.sheets.rows import read_rows
from xmdesk.documents.sheets.table_finding import Header, Row, Table
from xmdesk.documents.sheets.titles import offered
from xmdesk.errors import Fault
from xmdesk.jobs import Progress
from xmdesk.ports import Change, Store
from xmdesk.problems import Problem, Severity, Where
from xmdesk.records.keeping import ImportBatch, ParkedRow
from xmdesk.records.keeping import SavedMapping as KeptMapping
from xmdesk.records.registers import REGISTERS
from xmdesk.services.joining import Fate, Joined, Joiner, joined_or_problem
from xmdesk.services.naming import WHICH_NAMED
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.other_villages import OTHER_VILLAGE, still_of_another
from xmdesk.services.pairing import Choice, Decision, Pair, Place
from xmdesk.services.parked_decisions import found_again, with_more
from xmdesk.services.registers import Registers
from xmdesk.services.sheet_columns import sheet_register

_READ_AGAIN = frozenset({"SHEET-REQUIRED", "SHEET-SAME-ROW", "SHEET-OTHER-OFFICE", OTHER_VILLAGE, ID_TWICE})
"""Found anew by reading, or settled by joining. What the file itself showed must not vanish by looking at the text alone."""

WHICH_PERSON, WHICH_RECORD = "IMPORT-WHICH-PERSON", "IMPORT-WHICH-RECORD"
ASKED = (WHICH_PERSON, WHICH_RECORD, WHICH_NAMED)


@dataclass(frozen=True)
class TakenIn:
    """What became of a parked row: the record it is now, or the reasons why it still waits; ``made`` is who was made because a
    person said so of the name that was asked about.
    """

    uid: str = ""
    fate: Fate | None = None
    problems: tuple[Problem, ...] = ()
    made: str = ""


class Parking:
    """The work list of parked rows."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._open: Change | None = None

    def get(self, uid: str) -> ParkedRow:
        """Return a parked row; one that is gone is ``Fault``."""
        row = self.store.get(ParkedRow, uid)
        if row is None:
            raise Fault("RECORD-GONE")
        return row

    def waiting(self) -> list[ParkedRow]:
        """Return all rows that wait, as they came."""
        return self.store.all(ParkedRow)

    def take_parked(
        self, uid: str, corrections: Mapping[str, str], decided: Decision | None = None, *, of_all: bool = False
    ) -> TakenIn:
        """Read a parked row anew with corrected texts (header to text); good, it goes in, else it waits as corrected.

        ``decided`` is what a person said of a row that may mean several (``meant``); ``of_all``: of everybody of the name in it.
        """
        row = self.get(uid)
        raw = {name: corrections.get(name, text).strip() for name, text in row.raw.items()}
        read = self._read(row, raw)
        said = {decided.pair.everywhere if of_all else decided.pair.place: decided} if decided else {}
        joiner, outcome = self._join(row, read.values, said)
        found = [*read.problems, *_still_standing(row, raw), *self._still_of_others(row, raw)]
        if isinstance(outcome, Problem):
            header = self._columns(row, raw)[1].header_of(outcome.where.field) if outcome.code == WHICH_NAMED else ""
            found.append(in_row(outcome, row.row_no, header).at(sheet=row.sheet))
        errors = tuple(one for one in found if one.severity is Severity.ERROR)
        if errors or isinstance(outcome, Problem):
            self._keep(row, raw, errors, said)
            return TakenIn(problems=errors)
        (joined,) = joiner.settled([outcome])
        self._write(row, joined, joiner)
        made = joiner.made_for(decided.pair) if decided else ""
        return TakenIn(joined.record.uid, joined.fate, (*found, *joined.problems), made)

    def meant(self, uid: str) -> Pair | None:
        """Return a row that waits for somebody to say which it means, or whom it names, beside all that it may be; None for another."""
        row = self.get(uid)
        if not _is_asked(row):
            return None
        joiner, outcome = self._join(row, self._read(row, row.raw).values, {})
        return next((one for one in _pairs(joiner, outcome, row.row_no) if one.choice is Choice.WAIT), None)

    def _join(
        self, row: ParkedRow, values: Mapping[str, Any], decided: Mapping[Place, Decision]
    ) -> tuple[Joiner, Joined | Problem]:
        """Join a row by what is decided about it now, and by what was decided before as far as it still fits."""
        decisions = dict(decided)
        asks, defaults = _is_asked(row, WHICH_RECORD), self._defaults(row)
        while True:
            joiner = Joiner(
                self.store, row.register, defaults, decisions, guarded=_guarded(row), asks=asks, asks_names=True
            )
            outcome = joined_or_problem(lambda joiner=joiner: joiner.join(row.row_no, values))
            again = found_again(row.decided, _pairs(joiner, outcome, row.row_no), decisions)
            if not again:
                return joiner, outcome
            decisions = {**decisions, **again}

    def take_alike(self, texts: Mapping[str, Mapping[str, str]], progress: Progress) -> list[TakenIn]:
        """Take rows in (by uid their corrected texts), those of one import as one step; a row that went with another is passed over."""
        done: list[TakenIn] = []
        self._together(list(texts), lambda row: done.append(self.take_parked(row.uid, texts[row.uid])), progress)
        return done

    def take_named(
        self, texts: Mapping[str, Mapping[str, str]], decision: Decision, progress: Progress
    ) -> list[TakenIn]:
        """Take all rows in that name the same in a cell (by uid their corrected texts), those of one import as one step: whoever is
        meant here, or is made here, is meant there.
        """
        done: list[TakenIn] = []

        def take(row: ParkedRow) -> None:
            made = next((one.made for one in reversed(done) if one.made), "")
            said = replace(decision, choice=Choice.UPDATE, chosen=made) if made else decision
            pair = self.meant(row.uid)
            if pair is not None and pair.name == decision.pair.name:
                wanted = Decision(pair, said.choice, chosen=said.chosen)
                done.append(
                    self.take_parked(row.uid, texts[row.uid], wanted if wanted.fits(pair) else None, of_all=True)
                )

        self._together(list(texts), take, progress)
        return done

    def _together(self, uids: Sequence[str], take: Callable[[ParkedRow], None], progress: Progress) -> None:
        """Take rows that still wait; those of one import are one step."""
        rows = sorted(self.store.many(ParkedRow, list(uids)), key=lambda one: (one.batch, one.uid))
        done = 0
        for _, some in groupby(rows, key=lambda one: one.batch):
            group = list(some)
            with self.store.change(f"补录{REGISTERS[group[0].register].noun}（{len(group)} 行一起）") as change:
                self._open = change
                try:
                    for row in group:
                        done += 1
                        progress.step(done, len(rows), f"正在补录 {done}/{len(rows)}")
                        if self.store.get(ParkedRow, row.uid) is not None:
                            take(row)
                finally:
                    self._open = None

    @contextmanager
    def change(self, label: str) -> Generator[Change]:
        """One step, or the step in which several rows are taken in."""
        if self._open is not None:
            yield self._open
        else:
            with self.store.change(label) as change:
                yield change

    def give_up(self, uid: str) -> None:
        """Take a row off the list without taking it in."""
        row = self.get(uid)
        with self.store.change(f"不导入第 {row.row_no} 行") as change:
            change.remove(row)

    def _keep(
        self, row: ParkedRow, raw: dict[str, str], errors: tuple[Problem, ...], decided: Mapping[Place, Decision]
    ) -> None:
        kept = with_more(row.decided, decided)
        fresh = row.changed(raw=raw, problems=[one.as_json() for one in errors], decided=kept)
        if fresh != row:
            with self.change(f"修改待处理的第 {row.row_no} 行") as change:
                change.save(fresh)

    def _write(self, row: ParkedRow, joined: Joined, joiner: Joiner) -> None:
        registers, noun = Registers(self.store), REGISTERS[row.register].noun
        fresh = [] if joined.fate is Fate.SAME else [joined.record]
        with self.change(f"补录{noun}（原第 {row.row_no} 行）") as change:
            change.save_many(list(joiner.people.touched.values()))
            change.save_many(registers.completed(fresh))
            change.save_many(registers.duty_lists_wanting(fresh))
            change.remove(row)

    def _read(self, row: ParkedRow, raw: Mapping[str, str]) -> SheetRow:
        """Read one row by the mapping that its table was imported with."""
        register = sheet_register(row.register)
        headers, mapping = self._columns(row, raw)
        cells = tuple(text or None for text in raw.values())
        line = Row(row.row_no, cells, tuple((row.row_no - 1, at) for at in range(len(cells))))
        table = Table(Sheet(row.sheet, ()), 0, 1, headers, 0.0, rows=(line,))
        read, _ = read_rows(table, mapping, register, office_code=OfficeDesk(self.store).office().code)
        return read[0]

    def _still_of_others(self, row: ParkedRow, raw: Mapping[str, str]) -> list[Problem]:
        """Look again at the village of a row that was of another one."""
        office = OfficeDesk(self.store).office()
        headers = [problem_of(one).where.column for one in row.problems if one["code"] == OTHER_VILLAGE]
        found = (still_of_another(raw[one], row.row_no, one, office) for one in headers)
        return [one for one in found if one is not None]

    def _columns(self, row: ParkedRow, raw: Mapping[str, str]) -> tuple[tuple[Header, ...], ColumnMapping]:
        register = sheet_register(row.register)
        headers = tuple(Header(tuple(name.split("/")), at) for at, name in enumerate(raw))
        return headers, map_headers(headers, register, Matcher(register), self._mapping(row))

    def _mapping(self, row: ParkedRow) -> SavedMapping | None:
        batch = self.store.get(ImportBatch, row.batch)
        kept = self.store.find(KeptMapping, register=row.register, fingerprint=batch.fingerprint) if batch else []
        if not kept:
            return None
        return read_mapping(json.dumps(kept[0].mapping, ensure_ascii=False), sheet_register(row.register))

    def _defaults(self, row: ParkedRow) -> dict[str, Any]:
        """The year of a duty list: as the sheet or the file is named, else the year of the import."""
        if row.register != "duties":
            return {}
        batch = self.store.get(ImportBatch, row.batch)
        told = offered((row.sheet, batch.file_name if batch else "")).year
        day = datetime.fromisoformat(batch.imported_at.replace("Z", "+00:00")) if batch else None
        return {"year": told or (day.year if day else 0)}


def _is_asked(row: ParkedRow, *codes: str) -> bool:
    """Whether it waits for somebody to say which it means."""
    return any(one["code"] in (codes or ASKED) for one in row.problems)


def _pairs(joiner: Joiner, outcome: Joined | Problem, number: int) -> list[Pair]:
    """Beside what a row stands, whether it goes in or waits."""
    pair = outcome.pair if isinstance(outcome, Joined) else joiner.waiting.get(number)
    return [*([pair] if pair else []), *joiner.named[number]]


def _guarded(row: ParkedRow) -> frozenset[str]:
    """By what a person must not be recognised alone for the row to overwrite anything: the name; once in doubt, all."""
    in_doubt = any(one["code"].startswith("IMPORT-CONTRADICTS") for one in row.problems)
    return frozenset({"name", "mobile", "other_phone", "id_no"} if in_doubt else {"name"})


def _still_standing(row: ParkedRow, raw: Mapping[str, str]) -> list[Problem]:
    """What the file showed of cells that nobody touched: damaged numbers, lost formulas, unreadable or ragged lines."""
    found = [problem_of(one) for one in row.problems]
    changed = {name for name, text in raw.items() if text != row.raw[name].strip()}
    return [
        one
        for one in found
        if one.code.startswith("SHEET-")
        and one.code not in _READ_AGAIN
        and (one.where.column not in changed if one.where.column else not changed)
    ]


def problem_of(kept: Mapping[str, Any]) -> Problem:
    """Return a problem from the shape in which it was kept."""
    return Problem(
        code=str(kept["code"]),
        severity=Severity(kept["severity"]),
        where=Where(**kept["where"]),
        text=str(kept["text"]),
        to_do=str(kept["to_do"]),
    )


def is_same_but_mended(row: ParkedRow, raw: dict[str, str]) -> bool:
    """Tell whether a row that came in is the parked one: the same columns, and only faulty cells differ."""
    faulty = {str(one["where"].get("column", "")) for one in row.problems}
    return set(raw) == set(row.raw) and all(raw[name] == text for name, text in row.raw.items() if name not in faulty)
