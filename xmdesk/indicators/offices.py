"""What a metric looks at and what it says: offices that reported, how many are expected, and the rows behind a number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from xmdesk.records.base import Record
from xmdesk.snapshot import REGISTER_OF, Snapshot, in_scope

R = TypeVar("R", bound=Record)
Number = int | Decimal

PERCENT = 100


@dataclass(frozen=True)
class Row:
    """A record behind a number; ``counts`` tells whether it speaks for the target or against it."""

    office: str
    register: str
    uid: str
    title: str
    counts: bool

    def as_json(self) -> dict[str, object]:
        """Return the JSON object."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Metric:
    """A number with its parts; ``value`` is ``None`` when it cannot be computed (an empty denominator is never 0)."""

    value: Decimal | None
    numerator: Decimal
    denominator: Decimal
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Given:
    """What an indicator asks of its metric.

    ``scope`` V, C or VC; ``kinds`` codes of a closed list; ``field`` a yes/no field; ``least`` how many each needs;
    ``each`` one of every kind instead of any; ``dated`` only what is known to have begun.
    """

    scope: str = "VC"
    kinds: tuple[str, ...] = ()
    field: str = ""
    least: int = 1
    each: bool = False
    dated: bool = False


@dataclass(frozen=True)
class Offices:
    """Snapshots of the offices that reported; ``expected`` is the roster's size by scope (absent: those at hand)."""

    snapshots: Sequence[Snapshot]
    expected: Mapping[str, int] = field(default_factory=dict[str, int])

    def of(self, scope: str) -> list[Snapshot]:
        """Return the offices a scope speaks of."""
        return [one for one in self.snapshots if in_scope(one.office.kind, scope)]

    def count(self, scope: str) -> int:
        """How many offices of the scope owe an answer: never fewer than those at hand."""
        return max(self.expected.get(scope, 0), len(self.of(scope)))


@dataclass(frozen=True)
class Seen:
    """What looking at one office found: whether it meets the target, and by which records."""

    meets: bool
    records: Sequence[Record] = ()


def metric(numerator: Number, denominator: Number, rows: Iterable[Row], *, per: int = PERCENT) -> Metric:
    """Return numerator over denominator times ``per``; not computable over nothing."""
    value = Decimal(numerator) * per / Decimal(denominator) if denominator else None
    return Metric(value, Decimal(numerator), Decimal(denominator), tuple(rows))


def row(snapshot: Snapshot, record: Record, *, counts: bool) -> Row:
    """Return the row for a record of an office."""
    register = REGISTER_OF[type(record)]
    return Row(snapshot.office.code, register, record.uid, snapshot.title_of(record), counts)


def offices_share(offices: Offices, scope: str, look: Callable[[Snapshot], Seen]) -> Metric:
    """Percent of the expected offices that meet a target; an office that does not is itself a row."""
    rows: list[Row] = []
    met = 0
    for snapshot in offices.of(scope):
        seen = look(snapshot)
        met += seen.meets
        rows += [row(snapshot, one, counts=seen.meets) for one in seen.records]
        if not (seen.meets and seen.records):
            rows.append(row(snapshot, snapshot.office, counts=seen.meets))
    return metric(met, offices.count(scope), rows)


def records_share(
    offices: Offices, scope: str, *, pick: Callable[[Snapshot], Sequence[R]], test: Callable[[R], bool]
) -> Metric:
    """Percent of the picked records that pass a test; every picked record is a row."""
    rows = [row(snapshot, one, counts=test(one)) for snapshot in offices.of(scope) for one in pick(snapshot)]
    return metric(sum(one.counts for one in rows), len(rows), rows)


def records_count(offices: Offices, scope: str, pick: Callable[[Snapshot], Sequence[Record]]) -> Metric:
    """How many records there are; the denominator is the number of offices expected."""
    rows = [row(snapshot, one, counts=True) for snapshot in offices.of(scope) for one in pick(snapshot)]
    expected = offices.count(scope)
    value = Decimal(len(rows)) if expected else None
    return Metric(value, Decimal(len(rows)), Decimal(expected), tuple(rows))


def sums_share(
    offices: Offices,
    scope: str,
    *,
    top: Callable[[Snapshot], Number | None],
    bottom: Callable[[Snapshot], Number | None],
    per: int = PERCENT,
) -> Metric:
    """Sum over sum; an office that left either number open is a row that does not count."""
    upper, lower = Decimal(0), Decimal(0)
    rows: list[Row] = []
    for snapshot in offices.of(scope):
        one, other = top(snapshot), bottom(snapshot)
        known = one is not None and other is not None
        rows.append(row(snapshot, snapshot.office, counts=known))
        if one is not None and other is not None:
            upper, lower = upper + one, lower + other
    return metric(upper, lower, rows, per=per)
