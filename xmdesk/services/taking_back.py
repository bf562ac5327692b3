"""Whole imports taken back, even months later: what they brought goes; what was changed since, what later work refers to
and what stands in a finalised list stays. A sealed return that tells of them stays as it was sealed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.ports import Stayed, Step, StepKind, Store, UndoResult, Why
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.keeping import Cycle, FieldNote, ImportBatch, ParkedRow
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.records.registers import OFFICE_TITLE, REGISTERS
from xmdesk.records.submission import Submission
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.services.drafting import own_submissions
from xmdesk.services.registers import Registers, Titles

MOST_NAMED = 3
_NOUNS = {
    **{one.name: one.noun for one in REGISTERS.values()},
    Office.key: OFFICE_TITLE,
    FieldNote.key: "批注",
    Cycle.key: "巡查周期",
}


@dataclass(frozen=True)
class Kept:
    """Records of the registers that stay for one reason: how many, what refers to them, and the first by name."""

    why: Why
    count: int
    users: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True)
class TakenBack:
    """What taking an import back did or would do, in every register; the persons among them that came in with rows of
    another register are told apart. ``entered`` rows of the same sheet were put aside and taken in later, in ``steps - 1`` steps: they go
    too. ``sealed`` are the returns that tell of what goes or gets its state before.
    """

    register: str
    removed: int
    restored: int
    people_removed: int
    people_restored: int
    kept: tuple[tuple[str, str], ...]
    stays: tuple[Kept, ...]
    sealed: tuple[Submission, ...] = ()
    entered: int = 0
    steps: int = 1

    @property
    def does_nothing(self) -> bool:
        """Whether all of it stays as it is."""
        return bool(self.stays) and not self.removed and not self.restored


def batches(store: Store) -> list[ImportBatch]:
    """Return all imports, newest first, as they stand: one that was brought back by redo is not taken back."""
    return [_as_it_stands(store, one) for one in reversed(store.all(ImportBatch))]


def _as_it_stands(store: Store, batch: ImportBatch) -> ImportBatch:
    """The note on a batch outlives a redo; whether its step stands is known to history alone."""
    if not batch.undone_at:
        return batch
    notes = store.entries(key=ImportBatch.key, uid=batch.uid)
    step = next((one.step for one in notes if one.step.number == batch.step), None)
    return batch.changed(undone_at="") if step is not None and step.undone_by is None else batch


def taking_back(store: Store, uid: str) -> TakenBack:
    """Return what taking a whole import back would do now; nothing is changed."""
    known = _standing(store, uid)
    along = entered_later(store, known)
    would = _tried(store, known, along)
    return _told(store, known, would, along, tuple(_telling_of(store, known, would)))


def take_back(store: Store, uid: str) -> TakenBack:
    """Take a whole import back; what has to stay is kept and listed."""
    known = _standing(store, uid)
    along = entered_later(store, known)
    if _told(store, known, _tried(store, known, along), along).does_nothing:
        raise WrongUse("IMPORT-ALL-KEPT")
    numbers = [*along.steps, known.step]
    result = store.undo_all(numbers, held=_finalised(store, numbers))
    with store.change("记录撤销导入", kind=StepKind.SYSTEM) as change:
        change.save(known.changed(undone_at=clock.stamp()))
    return _told(store, known, result, along)


@dataclass(frozen=True)
class Along:
    """The steps by which rows that an import put aside were corrected and taken in later, newest first, and how many went in."""

    steps: tuple[int, ...] = ()
    rows: int = 0


def entered_later(store: Store, batch: ImportBatch) -> Along:
    """Return what was taken in of the rows that an import put aside; a row that was given up stays so."""
    rows, number, kept = {one.uid for one in store.find(ParkedRow, batch=batch.uid)}, 0, list[int]()
    for step in _later(store, batch):
        own = [
            one
            for one in store.entries(key=ParkedRow.key, step=step.number)
            if one.before is not None and one.before["batch"] == batch.uid
        ]
        went = {one.uid for one in own if one.after is None} if step.keys & REGISTERS.keys() else set[str]()
        number += len(went)
        if went or rows & {one.uid for one in own}:
            kept.append(step.number)
            rows |= went
    return Along(tuple(kept), number)


def _later(store: Store, batch: ImportBatch) -> Iterator[Step]:
    """The steps of persons since an import that touched rows put aside and stand, newest first."""
    for one in store.steps(limit=max(store.audit_head()[0] - batch.step, 0)):
        if ParkedRow.key in one.keys and one.kind is StepKind.EDIT and one.undone_by is None:
            yield one


def _tried(store: Store, batch: ImportBatch, along: Along) -> UndoResult:
    numbers = [*along.steps, batch.step]
    held = _finalised(store, numbers)
    if not along.steps:
        return store.undoing(batch.step, held=held)
    return store.undo_all(numbers, held=held, is_trial=True)


def _standing(store: Store, uid: str) -> ImportBatch:
    found = store.get(ImportBatch, uid)
    if found is None:
        raise Fault("IMPORT-NO-BATCH")
    known = _as_it_stands(store, found)
    if known.undone_at:
        raise WrongUse("IMPORT-UNDONE", at=clock.day_of(known.undone_at))
    return known


def _finalised(store: Store, numbers: Collection[int]) -> Collection[tuple[str, str]]:
    """The items of these steps that stand in a finalised list, or would go back into one: it is read-only (B5)."""
    closed = Registers(store).finalised_years()
    if not closed:
        return ()
    held = {one.uid for one in store.all(MaintenanceDuty) if one.year in closed}
    before = [one for step in numbers for one in store.entries(key=MaintenanceDuty.key, step=step)]
    held |= {one.uid for one in before if one.before is not None and one.before.get("year") in closed}
    return {(MaintenanceDuty.key, uid) for uid in held}


def _told(
    store: Store, batch: ImportBatch, result: UndoResult, entered: Along, sealed: tuple[Submission, ...] = ()
) -> TakenBack:
    """In the numbers in which it was written: what the program keeps beside the registers is no person's row."""
    removed, restored = (
        {key: len(uids) for key, uids in one.items() if key in REGISTERS} for one in (result.gone, result.back)
    )
    along = Person.key if batch.register != Person.key else ""
    return TakenBack(
        register=batch.register,
        removed=sum(removed.values()),
        restored=sum(restored.values()),
        people_removed=removed.get(along, 0),
        people_restored=restored.get(along, 0),
        kept=tuple((register, uid) for register, uid in result.kept if register in REGISTERS),
        stays=tuple(_kept(store, [one for one in result.stayed if one.key in REGISTERS])),
        sealed=sealed,
        entered=entered.rows,
        steps=1 + len(entered.steps),
    )


def _kept(store: Store, stayed: list[Stayed]) -> Iterator[Kept]:
    for why in Why:
        same = [one for one in stayed if one.why is why]
        users = dict.fromkeys(_NOUNS[one.by] for one in same if one.by in _NOUNS)
        if same:
            yield Kept(why, len(same), tuple(users), _named(store, same))


def _named(store: Store, kept: list[Stayed]) -> tuple[str, ...]:
    """Name the first of what was kept, by its title and its register's noun where it has none."""
    names: list[str] = []
    for one in kept[:MOST_NAMED]:
        record = store.get(REGISTERS[one.key].record, one.uid)
        title = Titles(store, [record]).of(record) if record is not None else ""
        names.append(title or REGISTERS[one.key].noun)
    return tuple(names)


def _telling_of(store: Store, batch: ImportBatch, would: UndoResult) -> Iterator[Submission]:
    """The sealed returns that tell of a record which goes or gets its state before; the oldest first."""
    touched = {uid for one in (would.gone, would.back) for key, uids in one.items() if key in REGISTERS for uid in uids}
    for one in own_submissions(store):
        if one.sealed_at >= batch.imported_at and touched:
            told = parse_canonical(store.blob(one.payload_sha256))["registers"]
            if any(row["uid"] in touched for rows in told.values() for row in rows):
                yield one
