"""Sheets in: look, preview, write, undo. Preview and write take the same road, so what was shown is what happens."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xmdesk import clock
from xmdesk.documents.sheets import preview as sheets
from xmdesk.documents.sheets.cards import is_card
from xmdesk.documents.sheets.mapping import SavedMapping as KeptMapping
from xmdesk.documents.sheets.mapping import check_headers, read_mapping
from xmdesk.errors import Fault, WrongUse
from xmdesk.jobs import UNWATCHED, Progress, to_the_end
from xmdesk.ports import StepKind, Store
from xmdesk.records.base import Kept
from xmdesk.records.keeping import ImportBatch, ParkedRow, SavedMapping
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.form_mapping import known_anywhere
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.joining import Joiner
from xmdesk.services.joining_rows import Parked, join_all
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.origins import ORDER
from xmdesk.services.other_villages import without_others
from xmdesk.services.outcomes import Overtaken, moved_rows
from xmdesk.services.pairing import Decision, Place
from xmdesk.services.parked_decisions import kept_with
from xmdesk.services.parking import is_same_but_mended
from xmdesk.services.registers import Registers, register_named
from xmdesk.services.sheet_columns import sheet_register
from xmdesk.services.taking_back import TakenBack, batches, take_back

LOOKED_BACK = 100
"""Steps of the book that are looked through for what concerns a preview; after more of them the rows are joined anew."""


@dataclass(frozen=True)
class _Before:
    """How many records the register held before writing, and those that are to be changed."""

    held: int
    known: Mapping[str, Kept]


@dataclass(frozen=True)
class ImportResult:
    """What an import did, as read back from the book; ``batch`` takes it back.

    ``proven`` counts records of its register, ``people`` the persons behind them.
    """

    batch: str
    preview: ImportPreview
    before: int
    after: int
    proven: int
    people: int


def _refuse_card(file: sheets.Opened, name: str) -> None:
    """A card has no rows: what stands beside its labels would become records that nobody meant."""
    if any(is_card(one, known_anywhere) for one in file.sheets if one.name == name):
        raise WrongUse("SHEET-CARD", sheet=name[:40])


class Importing:
    """Brings workbooks and text tables into registers."""

    def __init__(self, store: Store, *, before: Callable[[], None] | None = None) -> None:
        """``before`` is called ahead of every write: the forced backup, where there is a book on disk."""
        self.store = store
        self._before = before

    def look(self, path: Path) -> sheets.Opened:
        """Open a file after the pre-flight, in the capped child."""
        return sheets.open_file(path)

    def preview(
        self,
        opened: Path | sheets.Opened,
        register: str,
        *,
        sheet: str = "",
        mapping: str = "",
        year: int = 0,
        header_row: int = 0,
    ) -> ImportPreview:
        """Read a table for a register and tell what would happen; nothing is written.

        ``header_row`` is where a person saw the header begin, as the sheet counts; without it it is looked for. ``mapping`` is the JSON of an earlier mapping, whose headers must all be there; without it the one kept for this
        table's fingerprint is used.
        """
        register_named(register)
        described = sheet_register(register)
        file = self.look(opened) if isinstance(opened, Path) else opened
        saved = read_mapping(mapping, described) if mapping else None
        code = OfficeDesk(self.store).office().code
        choices = sheets.Choices(sheet=sheet, saved=saved, office_code=code, header_row=header_row)
        found = self._found(file, register, choices)
        if saved is not None:
            check_headers(saved, found.mapping, found.sheet)
        elif not header_row:
            _refuse_card(file, found.sheet)
        kept = None if saved else self._kept(register, found.mapping.fingerprint)
        if kept is not None:
            choices = replace(choices, saved=kept)
            found = self._found(file, register, choices)
        return self._joined(ImportPreview(register, file, found, choices, year))

    def reread(
        self,
        preview: ImportPreview,
        corrections: sheets.Corrections,
        *,
        skip_hidden: bool = False,
        records: frozenset[int] = frozenset(),
    ) -> ImportPreview:
        """Preview the same table anew with these texts (row number and header to text) in place of what stood there.

        ``skip_hidden`` leaves out rows that the sheet hides; ``records`` are rows to be read that look like no data.
        """
        choices = replace(
            preview.choices,
            sheet=preview.found.sheet,
            corrections=corrections,
            skip_hidden=skip_hidden,
            records=records,
        )
        found = self._found(preview.file, preview.register, choices)
        return self._joined(replace(preview, found=found, choices=choices))

    def _found(self, file: sheets.Opened, register: str, choices: sheets.Choices) -> sheets.Preview:
        return without_others(sheets.preview(file, sheet_register(register), choices), OfficeDesk(self.store).office())

    def decide(self, preview: ImportPreview, decisions: Mapping[Place, Decision]) -> ImportPreview:
        """Preview anew with what a person decided about rows that seem to be there already, and about names of several.

        What is said of everybody of a name holds for all cells, whatever was said of single ones before.
        """
        names = {place.field for place in decisions if not place.row}
        stands = {
            place: one
            for place, one in preview.decisions.items()
            if not (place.row and place.field and one.pair.name in names)
        }
        return self._joined(replace(preview, decisions={**stands, **decisions}))

    def _joined(self, preview: ImportPreview) -> ImportPreview:
        """Join the rows that were found to the register."""
        found, seen = preview.found, self.store.audit_head()[0]
        defaults = self._defaults(preview.register, found, preview.year)
        joiner = Joiner(self.store, preview.register, defaults, preview.decisions)
        joined, parked, more = join_all(joiner, found)
        problems = (*found.problems, *more)
        return replace(preview, joined=joined, parked=parked, problems=problems, joiner=joiner, seen=seen)

    def again(self, preview: ImportPreview) -> ImportPreview:
        """Join the same rows to the book as it is now; decisions stand as far as they still fit."""
        now = self._joined(preview)
        while unfit := _unfit(now):
            now = self._joined(
                replace(now, decisions={place: one for place, one in now.decisions.items() if place not in unfit})
            )
        return now

    def _up_to_date(self, preview: ImportPreview) -> ImportPreview:
        """Return the preview as the book is now; one that would do something else than was shown is ``Overtaken``."""
        steps = self.store.steps(limit=LOOKED_BACK)
        since = [one for one in steps if one.number > preview.seen]
        if len(since) < LOOKED_BACK and not any(one.keys & REGISTERS.keys() for one in since):
            return preview
        now = self.again(preview)
        if moved := moved_rows(preview, now):
            raise Overtaken(now, moved)
        return now

    def write(self, preview: ImportPreview, progress: Progress = UNWATCHED) -> ImportResult:
        """Write a preview as one step that can be taken back whole; the table's mapping is remembered.

        Where the book was changed since the preview was made, what the sheet does not speak of is kept as it is now.
        """
        if preview.found.stopped:
            raise WrongUse("IMPORT-STOPPED")
        progress.step(0, 3, "正在和台账核对…")
        preview = self._up_to_date(preview)
        if self._before is not None:
            self._before()
        fresh = preview.records
        settled, persons = self._settled(preview), preview.persons
        wanted = Registers(self.store).completed(fresh)
        before = self._before_writing(REGISTERS[preview.register].record, wanted)
        act = preview.act
        progress.step(1, 3, f"正在{act}…")
        with self.store.change(act, kind=StepKind.IMPORT) as change:
            batch = self._batch(preview, change.number)
            change.save_many(persons)
            change.save_many(wanted)
            change.save_many(Registers(self.store).duty_lists_wanting(fresh))
            change.save_many([_parked_row(one, preview, batch.uid) for one in preview.parked])
            for row in settled:
                change.remove(row)
            change.save(batch)
        after = self._prove(batch, before, wanted, persons)
        self._remember(preview)
        return ImportResult(batch.uid, preview, before.held, after, len(wanted), len(persons))

    def _before_writing(self, record: type[Kept], wanted: Sequence[Kept]) -> "_Before":
        known = self.store.many(record, [one.uid for one in wanted])
        return _Before(self.store.count(record), {one.uid: one for one in known})

    def _prove(self, batch: ImportBatch, before: "_Before", wanted: Sequence[Kept], persons: Sequence[Person]) -> int:
        """Read everything back from the book; a difference takes the whole import back and is told (``Fault``)."""
        record = REGISTERS[batch.register].record
        held = {one.uid: one for one in self.store.many(record, [one.uid for one in wanted])}
        people = {one.uid: one for one in self.store.many(Person, [one.uid for one in persons])}
        wrong = [one.uid for one in wanted if held.get(one.uid) != one]
        wrong += [one.uid for one in persons if people.get(one.uid) != one]
        after = self.store.count(record)
        missing = before.held + len(wanted) - len(before.known) - after
        if wrong or missing:
            with to_the_end():
                self._take_all_back(
                    batch, before, [one for one in (*held.values(), *people.values()) if one.uid in wrong]
                )
            raise Fault("IMPORT-NOT-PROVEN", wrong=max(len(wrong), abs(missing)))
        return after

    def _take_all_back(self, batch: ImportBatch, before: "_Before", wrong: Sequence[Kept]) -> None:
        """Undo leaves alone what is not as the import wrote it, and what that refers to: it goes by its own step before."""
        with self.store.change("收回没有写对的行", kind=StepKind.SYSTEM) as change:
            for one in wrong:
                if one.uid in before.known:
                    change.save(before.known[one.uid])
                else:
                    change.remove(one)
        self.store.undo(batch.step)

    def undo(self, batch: str) -> TakenBack:
        """Take a whole import back, even months later; what has to stay is kept and listed."""
        return take_back(self.store, batch)

    def batches(self) -> list[ImportBatch]:
        """Return all imports, newest first."""
        return batches(self.store)

    def parked(self, register: str = "") -> list[ParkedRow]:
        """Return the work list of parked rows."""
        return self.store.find(ParkedRow, register=register) if register else self.store.all(ParkedRow)

    def _settled(self, preview: ImportPreview) -> list[ParkedRow]:
        """Return parked rows that came in now with their faults mended (all other cells as they were) or wait anew."""
        again = [one.raw for one in preview.parked]
        arrived = [{**one.raw} for one in preview.found.good]
        return [
            row
            for row in self.store.find(ParkedRow, register=preview.register)
            if row.raw in again or any(is_same_but_mended(row, raw) for raw in arrived)
        ]

    def _kept(self, register: str, fingerprint: str) -> KeptMapping | None:
        found = self.store.find(SavedMapping, register=register, fingerprint=fingerprint)
        if not found:
            return None
        return read_mapping(json.dumps(found[0].mapping, ensure_ascii=False), sheet_register(register))

    def _remember(self, preview: ImportPreview) -> None:
        """Keep the mapping as a step of its own: taking the rows back does not forget how the table is read."""
        with self.store.change("记住表头对应", kind=StepKind.SYSTEM) as change:
            change.save(self._mapping_record(preview))

    def _mapping_record(self, preview: ImportPreview) -> SavedMapping:
        mapping = preview.found.mapping
        known = self.store.find(SavedMapping, register=preview.register, fingerprint=mapping.fingerprint)
        order = [one.header.text for one in mapping.matches]
        fresh = {"mapping": {**mapping.as_json(), ORDER: order}, "saved_at": clock.stamp()}
        if known:
            return known[0].changed(**fresh)
        return SavedMapping.model_validate({"register": preview.register, "fingerprint": mapping.fingerprint, **fresh})

    @staticmethod
    def _defaults(register: str, found: sheets.Preview, year: int) -> dict[str, Any]:
        """A duty list's year stands in its title (2026年度) more often than in a column."""
        return {"year": year or found.offered.year or clock.today().year} if register == "duties" else {}

    @staticmethod
    def _batch(preview: ImportPreview, step: int) -> ImportBatch:
        return ImportBatch(
            register=preview.register,
            file_name=preview.file.name,
            file_sha256=preview.file.sha256,
            sheet=preview.found.sheet,
            fingerprint=preview.found.mapping.fingerprint,
            imported_at=clock.stamp(),
            step=step,
            counts={**preview.counts, **{f"people_{name}": one for name, one in preview.people_counts.items()}},
        )


def _unfit(preview: ImportPreview) -> set[Place]:
    """The places about which was decided what cannot be, or beside another record than now; what was said of everybody of a name
    is unfit where it fits nobody.
    """
    fitting: dict[Place, bool] = {}
    for pair in preview.pairs:
        for place in (pair.place, *([pair.everywhere] if pair.field else [])):
            if place in preview.decisions:
                fitting[place] = fitting.get(place, False) or preview.decisions[place].fits(pair)
    return {place for place, fits in fitting.items() if not fits}


def _parked_row(one: Parked, preview: ImportPreview, batch: str) -> ParkedRow:
    return ParkedRow(
        batch=batch,
        register=preview.register,
        sheet=preview.found.sheet,
        row_no=one.number,
        raw=one.raw,
        problems=[problem.as_json() for problem in one.problems],
        decided=kept_with(one.number, one.raw, one.pairs, preview.decisions),
    )
