"""Values that may stand only once in a register."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from xmdesk.checks.about import About, Survey
from xmdesk.jobs import BREATH
from xmdesk.records.base import Record
from xmdesk.snapshot import Snapshot

R = TypeVar("R", bound=Record)


def repeated(records: Sequence[R], key: Callable[[R], Hashable]) -> Survey[list[R]]:
    """Return the records whose key (if it says anything) stands more than once."""
    keys: list[Hashable] = []
    for start in range(0, len(records), BREATH):
        keys += map(key, records[start : start + BREATH])
        yield None
    often = {one for one, count in Counter(keys).items() if one and count > 1}
    return [one for one, of_one in zip(records, keys, strict=True) if of_one in often] if often else []


def check_once(
    snapshot: Snapshot, records: Sequence[R], field: str, *, code: str = "C-TWICE", key: Callable[[R], Hashable]
) -> Survey[None]:
    """Name every record whose key is not its own."""
    for one in (yield from repeated(records, key)):
        yield About(one, snapshot).problem(code, field)
