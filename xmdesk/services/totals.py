"""The sums of the number fields of a register: of what a table shows, or of all that has not ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xmdesk.ports import Condition, Op, Store
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import Count, Degrees, Kind, Number
from xmdesk.services.finding import ENDED
from xmdesk.services.registers import HAS_ENDED, Registers, register_named


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
    """Return the sums of all columns in which something was answered: in these records, or all that have not ended."""
    record = register_named(register).record
    specs = {name: spec for name, spec in fields_of(record).items() if is_summed(spec.kind)}
    found = store.sums(record, list(specs), among=uids)
    if uids is None and Registers(store).count_ended(register):
        found |= _without_ended(store, record, found)
    return [
        Total(name, spec.label, found[name], spec.kind.show(found[name]))
        for name, spec in specs.items()
        if found[name] is not None
    ]


def _without_ended(store: Store, record: type[Record], found: dict[str, Any]) -> dict[str, Any]:
    """Take away what has ended, which is little beside the rest; a column that only it answered has no sum left."""
    ended = store.where(record, [HAS_ENDED])
    gone = {name: value for name, value in store.sums(record, list(found), among=ended).items() if value is not None}
    left = {name: found[name] - value for name, value in gone.items()}
    return {name: value if value or _is_answered(store, record, name) else None for name, value in left.items()}


def _is_answered(store: Store, record: type[Record], name: str) -> bool:
    return bool(store.where(record, [Condition(name, Op.NOT_EMPTY), Condition(ENDED[0], Op.EMPTY)]))
