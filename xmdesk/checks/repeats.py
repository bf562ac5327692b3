"""Values that may stand only once in a register."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from xmdesk.checks.about import About
from xmdesk.problems import Problem
from xmdesk.records.base import Record
from xmdesk.snapshot import Snapshot

R = TypeVar("R", bound=Record)


def repeated(records: Sequence[R], key: Callable[[R], Hashable]) -> list[R]:
    """Return the records whose key (if it says anything) stands more than once."""
    counted = Counter(key(one) for one in records)
    return [one for one in records if counted[key(one)] > 1 and key(one)]


def check_once(
    snapshot: Snapshot, records: Sequence[R], field: str, *, code: str = "C-TWICE", key: Callable[[R], Hashable]
) -> Iterator[Problem]:
    """Name every record whose key is not its own."""
    for one in repeated(records, key):
        yield About(one, snapshot).problem(code, field)
