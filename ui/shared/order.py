"""The order in which the rows of a table stand, and how it is kept while somebody types."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ui.shared.sections import Head


@dataclass(frozen=True)
class Order:
    """Records in display order and, where they are grouped, the heads of the groups one after the other.

    ``is_exact`` is false where records stand where they stood, though they would now be sorted to other places. ``strays``
    are so many that would now be in another group, or not be found at all.
    """

    uids: Sequence[str]
    heads: Sequence[Head] = ()
    is_exact: bool = True
    strays: int = 0

    @property
    def groups(self) -> dict[str, Hashable]:
        """In which group each record stands; nothing where there are none."""
        rest = iter(self.uids)
        return {uid: one.key for one in self.heads for uid in islice(rest, one.count)}


def held(fresh: Order, before: Sequence[str], lasting: Collection[str] = ()) -> Order:
    """Let the records that were shown before stand as they stood, each in its group; new ones follow whom they would follow.

    ``lasting`` are no longer found, and yet stay where they stood.
    """
    if lasting:
        fresh = replace(fresh, uids=[*fresh.uids, *lasting], is_exact=False, strays=len(lasting))
    if fresh.uids == before:
        return fresh
    places = {uid: place for place, uid in enumerate(before)}
    rest, stand = iter(fresh.uids), list[str]()
    for count in [one.count for one in fresh.heads] or [len(fresh.uids)]:
        stand += _as_before(list(islice(rest, count)), places)
    return fresh if stand == list(fresh.uids) else replace(fresh, uids=stand, is_exact=False)


def _as_before(uids: Sequence[str], places: Mapping[str, int]) -> list[str]:
    known, followers = "", dict[str, list[str]]()
    for uid in uids:
        if uid in places:
            known = uid
        else:
            followers.setdefault(known, []).append(uid)
    stand = followers.get("", [])
    for uid in sorted((one for one in uids if one in places), key=places.__getitem__):
        stand += [uid, *followers.get(uid, ())]
    return stand
