"""The sums of the number fields of a register: of what a table shows, or of all that has not ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from xmdesk.ports import Condition, Op, Store
from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.kinds import Count, Degrees, Kind, Number
from xmdesk.services.finding import ENDED
from xmdesk.services.registers import HAS_ENDED, Registers, register_named

MEASURED: dict[type[Record], dict[str, str]] = {MaintenanceDuty: {"quantity": "unit"}}
"""Number fields that say nothing without a unit, which stands in another field: kilometres and pieces have no sum."""


UNLIKE = "不同单位"
"""In the place of a unit: there is none that all numbers have."""


@dataclass(frozen=True)
class Total:
    """The exact sum of a number field."""

    field: str
    label: str
    value: Any
    shown: str


def is_summed(kind: Kind) -> bool:
    """Whether a field is added up below a table."""
    return isinstance(kind, Count | Number) and not isinstance(kind, Degrees)


def totals(store: Store, register: str, uids: Sequence[str] | None = None) -> list[Total]:
    """Return the sums of all columns in which something was answered: in these records, or all that have not ended.

    What is measured is summed only where all of it has the same unit.
    """
    record = register_named(register).record
    specs = {name: spec for name, spec in fields_of(record).items() if is_summed(spec.kind)}
    found = store.sums(record, list(specs), among=uids)
    if uids is None and Registers(store).count_ended(register):
        found |= _without_ended(store, record, found)
    units = {name: _unit(store, record, name, uids) for name in MEASURED.get(record, {}) if found[name] is not None}
    return [
        Total(name, spec.label, found[name], with_unit(spec.kind.show(found[name]), units.get(name, "")))
        for name, spec in specs.items()
        if found[name] is not None and units.get(name) != UNLIKE
    ]


def with_unit(number: str, unit: str) -> str:
    """Return a number with the unit behind it, if there is one."""
    return f"{number} {unit}" if unit else number


def unit_in_words(record: type[Record], name: str, units: Collection[Any]) -> str:
    """Return the one unit of these numbers as people read it; where they have several, or none, ``UNLIKE``."""
    only = next(iter(units), None) if len(units) == 1 else None
    return fields_of(record)[MEASURED[record][name]].kind.show(only) if only is not None else UNLIKE


def _unit(store: Store, record: type[Record], name: str, uids: Sequence[str] | None) -> str:
    """The unit that all numbers have which are added up."""
    if uids is None and store.where(record, [HAS_ENDED]):
        uids = store.where(record, [Condition(ENDED[0], Op.EMPTY)])
    parts = store.parts(record, MEASURED[record][name], [name], among=uids)
    return unit_in_words(record, name, {one.value for one in parts if one.sums[name] is not None})


def _without_ended(store: Store, record: type[Record], found: dict[str, Any]) -> dict[str, Any]:
    """Take away what has ended, which is little beside the rest; a column that only it answered has no sum left."""
    ended = store.where(record, [HAS_ENDED])
    gone = {name: value for name, value in store.sums(record, list(found), among=ended).items() if value is not None}
    left = {name: found[name] - value for name, value in gone.items()}
    return {name: value if value or _is_answered(store, record, name) else None for name, value in left.items()}


def _is_answered(store: Store, record: type[Record], name: str) -> bool:
    return bool(store.where(record, [Condition(name, Op.NOT_EMPTY), Condition(ENDED[0], Op.EMPTY)]))
