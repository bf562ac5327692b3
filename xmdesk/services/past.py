"""What happened to a record, in words, and a register as it was at a past moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xmdesk.clock import BEIJING
from xmdesk.records.base import FieldSpec, Kept, fields_of
from xmdesk.records.kinds import Reference, References
from xmdesk.records.registers import REGISTERS
from xmdesk.services.registers import Registers, register_named


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


class Past:
    """Looks back; changes nothing."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def of(self, name: str, uid: str) -> list[Happening]:
        """Return what happened to a record, the newest first."""
        specs = fields_of(register_named(name).record)
        entries = self._registers.store.entries(uid=uid)
        found = [
            Happening(one.step.at, one.step.by, one.step.label, self._changes(specs, one.before, one.after))
            for one in entries
        ]
        return [one for one in reversed(found) if one.changes]

    def rows(self, name: str, day: date) -> list[Kept]:
        """Return a register as it stood at the end of a day (Beijing time)."""
        return self.rows_at(name, datetime.combine(day, time(23, 59, 59, 999_999), BEIJING))

    def rows_at(self, name: str, moment: datetime) -> list[Kept]:
        """Return a register as it stood at a moment."""
        return self._registers.store.all(register_named(name).record, as_of=moment)

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
