"""What happened to a record, in words, and a register as it was at any past moment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from xmdesk import clock
from xmdesk.clock import BEIJING
from xmdesk.periods import Period
from xmdesk.ports import Entry, PastStore
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.keeping import FieldNote
from xmdesk.records.kinds import Reference, References, SubTable
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values import dates
from xmdesk.records.values.dates import latest, read_partial_day, show_day, show_moment
from xmdesk.records.values.reading import Bad
from xmdesk.services.drafting import own_submissions
from xmdesk.services.registers import Registers, register_named

_TIME = re.compile(r"\d\s*[:：点时]")


@dataclass(frozen=True)
class FieldChange:
    """One field of one record: what it showed before and after; numbers of people are masked."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One step in the life of a record; ``at`` is ISO 8601 in UTC, ``by`` may be empty."""

    at: str
    by: str
    label: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class PastMoment:
    """A moment to look back to, and how it is called in 这是…的台账."""

    words: str
    at: datetime


@dataclass(frozen=True)
class PastRegister:
    """One register as it stood, with what it refers to; everything asked of a register can be asked of it."""

    store: PastStore
    moment: PastMoment

    @property
    def registers(self) -> Registers:
        """The services over it."""
        return Registers(self.store)

    def close(self) -> None:
        """Let go of it."""
        self.store.close()


class Past:
    """Looks back; changes nothing."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def of(self, name: str, uid: str) -> list[Happening]:
        """Return what happened to a record, the newest first."""
        specs = fields_of(register_named(name).record)
        entries = [*self._registers.store.entries(uid=uid), *self._notes(uid)]
        found = [
            Happening(one.step.at, one.step.by, one.step.label, self._of_entry(specs, one))
            for one in sorted(entries, key=lambda one: one.step.number)
        ]
        return [one for one in reversed(found) if one.changes]

    def at(self, name: str, moment: PastMoment) -> PastRegister:
        """Return a register as it stood at a moment, to be closed after use."""
        return PastRegister(self._registers.store.then(moment.at, classes_for(name)), moment)

    def moments(self) -> list[PastMoment]:
        """Return the moments that people look back to: when the last return was sealed, end of last year, of last quarter."""
        today = clock.today()
        found: list[PastMoment] = []
        sealed = own_submissions(self._registers.store)
        if sealed:
            at = datetime.fromisoformat(sealed[-1].sealed_at.replace("Z", "+00:00"))
            found.append(PastMoment(f"上次上报时（{show_day(at.astimezone(BEIJING).date())}）", at))
        for words, day in (
            ("去年底", date(today.year - 1, 12, 31)),
            ("上季末", Period.containing(today).first - timedelta(days=1)),
        ):
            found.append(PastMoment(f"{words}（{show_day(day)}）", end_of(day)))
        return found

    def _notes(self, uid: str) -> list[Entry]:
        """What happened to the notes on a record's fields."""
        entries = self._registers.store.entries(key=FieldNote.key)
        return [one for one in entries if (one.after or one.before or {}).get("record_uid") == uid]

    def _of_entry(self, specs: Mapping[str, FieldSpec], one: Entry) -> tuple[FieldChange, ...]:
        if one.key != FieldNote.key:
            return self._changes(specs, one.before, one.after)
        before, after = one.before or {}, one.after or {}
        spec = specs.get(str((one.after or before)["field"]))
        return (FieldChange(f"{spec.label}的批注", before.get("text", ""), after.get("text", "")),) if spec else ()

    def _changes(
        self, specs: Mapping[str, FieldSpec], before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> tuple[FieldChange, ...]:
        old, new = before or {}, after or {}
        made = [
            FieldChange(spec.label, self._words(spec, old.get(name)), self._words(spec, new.get(name)))
            for name, spec in specs.items()
            if old.get(name) != new.get(name)
        ]
        return tuple(one for one in made if one.before != one.after or one.before)

    def _words(self, spec: FieldSpec, held: Any) -> str:
        if held in (None, "", [], {}):
            return ""
        if isinstance(spec.kind, Reference | References):
            uids: list[str] = [held] if isinstance(held, str) else list(held)
            return "、".join(filter(None, (self._title(spec.kind.to, one) for one in uids)))
        return spec.kind.mask(spec.kind.from_json(held))

    def _title(self, register: str, uid: str) -> str:
        found = self._registers.get(register, uid) if register in REGISTERS else None
        return self._registers.title_of(found) if found is not None else ""


def end_of(day: date) -> datetime:
    """Return the last moment of a day in China."""
    return datetime.combine(day, time(23, 59, 59, 999_999), BEIJING)


def read_moment(text: str) -> PastMoment:
    """Return the end of a day as people type it, or a time of it; of a year or month its last day.

    Raises ``Bad``, also for what is to come.
    """
    if timed := _TIME.search(text) and dates.read_moment(text).value:
        return _minute(datetime.fromisoformat(timed).replace(tzinfo=BEIJING))
    found = read_partial_day(text).value
    if not found:
        raise Bad("V-DATE", text="（空）")
    today = clock.today()
    if found > today.isoformat()[: len(found)]:
        raise Bad("V-PAST-AHEAD", day=show_day(latest(found)))
    day = min(latest(found), today)
    return PastMoment(show_day(day), end_of(day))


def _minute(begin: datetime) -> PastMoment:
    """A minute with all that happened in it, as history tells it to the minute."""
    if begin > clock.now():
        raise Bad("V-PAST-AHEAD", day=show_moment(begin))
    return PastMoment(show_moment(begin), begin.replace(second=59, microsecond=999_999))


def classes_for(name: str) -> list[type[Record]]:
    """Return the classes that a register needs to be shown: its own, those it refers to, the office, notes."""
    record = register_named(name).record
    wanted: list[type[Record]] = [record, Office, FieldNote]
    for spec in fields_of(record).values():
        to = "persons" if isinstance(spec.kind, SubTable) else getattr(spec.kind, "to", "")
        if to in REGISTERS and REGISTERS[to].record not in wanted:
            wanted.append(REGISTERS[to].record)
    return wanted
