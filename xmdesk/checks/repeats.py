"""Values that may stand only once in a register."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from xmdesk.checks.about import About, Survey
from xmdesk.jobs import parted
from xmdesk.records.base import Record
from xmdesk.snapshot import Snapshot

R = TypeVar("R", bound=Record)


def repeated(records: Sequence[R], key: Callable[[R], Hashable]) -> Survey[list[R]]:
    """Return the records whose key (if it says anything) stands more than once."""
    keys: list[Hashable] = []
    counted: Counter[Hashable] = Counter()
    for part in parted(records):
        fresh = [key(one) for one in part]
        keys += fresh
        counted.update(fresh)
        yield None
    often = {one for one, count in counted.items() if one and count > 1}
    yield None
    return [one for one, of_one in zip(records, keys, strict=True) if of_one in often] if often else []


def check_once(
    snapshot: Snapshot, records: Sequence[R], field: str, *, code: str = "C-TWICE", key: Callable[[R], Hashable]
) -> Survey[None]:
    """Name every record whose key is not its own."""
    for one in (yield from repeated(records, key)):
        yield About(one, snapshot).problem(code, field)
