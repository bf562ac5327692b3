"""Whole imports taken back, even months later: what they brought goes, what was changed since stays and is named."""

from dataclasses import dataclass, replace

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.ports import StepKind, Store, UndoResult
from xmdesk.records.keeping import ImportBatch, ParkedRow
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.registers import Titles

MOST_NAMED = 3


@dataclass(frozen=True)
class TakenBack(UndoResult):
    """``removed`` and ``restored`` count every register; the persons among them that came in with rows of another
    register are told apart. ``named``: the first of those that were kept.
    """

    register: str = ""
    people_removed: int = 0
    people_restored: int = 0
    named: tuple[str, ...] = ()


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


def take_back(store: Store, uid: str) -> TakenBack:
    """Take a whole import back; records changed since are kept and listed."""
    found = store.get(ImportBatch, uid)
    if found is None:
        raise Fault("IMPORT-NO-BATCH")
    known = _as_it_stands(store, found)
    if known.undone_at:
        raise WrongUse("IMPORT-UNDONE", at=clock.day_of(known.undone_at))
    held, people, waiting = _held(store), store.count(Person), set(store.uids(ParkedRow))
    result = store.undo(known.step)
    removed, back = held - _held(store), len(set(store.uids(ParkedRow)) - waiting)
    with store.change("记录撤销导入", kind=StepKind.SYSTEM) as change:
        change.save(known.changed(undone_at=clock.stamp()))
    kept = tuple((register, uid) for register, uid in result.kept if register in REGISTERS)
    told = TakenBack(
        result.step, removed, result.restored - back, kept, register=known.register, named=_named(store, kept)
    )
    if known.register == Person.key:
        return told
    completed = {one.uid for one in store.entries(key=Person.key, step=known.step) if one.before is not None}
    still = {uid for register, uid in kept if register == Person.key}
    return replace(told, people_removed=people - store.count(Person), people_restored=len(completed - still))


def _held(store: Store) -> int:
    """How many records stand in the registers: what the program keeps beside them is no person's row."""
    return sum(store.count(one.record) for one in REGISTERS.values())


def _named(store: Store, kept: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Name the first of what was kept, by its title and its register's noun where it has none."""
    names: list[str] = []
    for register, uid in kept[:MOST_NAMED]:
        record = store.get(REGISTERS[register].record, uid)
        title = Titles(store, [record]).of(record) if record is not None else ""
        names.append(title or REGISTERS[register].noun)
    return tuple(names)
