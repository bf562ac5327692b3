"""One item of the yearly list through the years: which row follows which, what is said anew, and what differs (domain.md B5)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from xmdesk.checks.duty import NEEDS_REASON
from xmdesk.ports import Store
from xmdesk.records.base import Kept, Record, fields_of
from xmdesk.records.codes import DutyChange, RunState
from xmdesk.records.duty import Inspection, MaintenanceDuty

R = TypeVar("R", bound=Record)

GONE = frozenset({DutyChange.STOPPED, DutyChange.SCRAPPED, DutyChange.HANDED_OVER})
"""Changes that end an item for this office: it stands in this year's list and is not carried into the next."""

OF_THE_YEAR: dict[str, Any] = {
    "change": DutyChange.CONTINUED,
    "change_reason": "",
    "confirmed": None,
    "confirmed_on": None,
    "confirmed_by": "",
    "assessment": None,
    "assessed_on": None,
    "noticed_on": None,
    "notice_way": None,
    "notice_photo": "",
}
"""What is said anew every year; the rest of an item is carried over."""

FEW = 50
"""So many items are looked up one by one: reading two years whole would take longer."""

_NOT_COMPARED = frozenset({*OF_THE_YEAR, "year", "item_no", "retired_on", "retired_reason"})
_COMPARED = tuple(name for name in fields_of(MaintenanceDuty) if name not in _NOT_COMPARED)


def is_live(duty: MaintenanceDuty) -> bool:
    """Tell whether an item is still this office's to look after."""
    return not duty.retired_on and duty.change not in GONE and duty.run_state is not RunState.SCRAPPED


def item_key(duty: MaintenanceDuty) -> tuple[str, ...]:
    """Return what makes two rows of different years the same item: the permanent number, else its words."""
    return (duty.item_no,) if duty.item_no else _words(duty)


def successors(old: Iterable[MaintenanceDuty], new: Iterable[MaintenanceDuty]) -> dict[str, MaintenanceDuty]:
    """Return the row of the next year for each item that has one, by uid: that of the same number, else of the same words.

    A list that was imported without numbers got others than the list before.
    """
    old, numbered = list(old), {one.item_no: one for one in new if one.item_no}
    found = {one.uid: numbered[one.item_no] for one in old if one.item_no in numbered}
    taken = {one.uid for one in found.values()}
    worded = {_words(one): one for one in new if one.uid not in taken}
    for one in old:
        if one.uid not in found and _words(one) in worded:
            found[one.uid] = worded.pop(_words(one))
    return found


def same_items(store: Store, uids: Collection[str], year: int) -> dict[str, str]:
    """Return for rows (uids) of other years that of the same item in a year's list, where it has one."""
    strays = [one for one in store.many(MaintenanceDuty, sorted(uids)) if one.year not in (year, None)]
    # what was taken out of the list counts only where nothing else is the item
    rows = sorted(store.find(MaintenanceDuty, year=year), key=lambda one: not one.retired_on) if strays else []
    found: dict[str, str] = {}
    for other in {one.year for one in strays} if rows else ():
        known = successors(store.find(MaintenanceDuty, year=other), rows)
        found |= {one.uid: known[one.uid].uid for one in strays if one.uid in known}
    return found


def looks_at_their_year(store: Store, records: Sequence[Kept]) -> list[Kept]:
    """Return the records so that every look is at the row of its own year: in January people record December's looks."""
    named: dict[int, set[str]] = {}
    for one in records:
        if isinstance(one, Inspection) and one.at and one.duty:
            named.setdefault(_year_of(one), set()).add(one.duty)
    rows = {year: same_items(store, uids, year) for year, uids in named.items()}
    return [at_row(one, rows.get(_year_of(one), {})) for one in records]


def at_row(record: R, rows: Mapping[str, str]) -> R:
    """Return a look at the row that stands for its item (uid to uid); anything else as it is."""
    return record.changed(duty=rows[record.duty]) if isinstance(record, Inspection) and record.duty in rows else record


def _year_of(record: Kept) -> int:
    """The year of a look; 0 for anything else."""
    return int(record.at[:4]) if isinstance(record, Inspection) and record.at else 0


def differing(old: MaintenanceDuty, new: MaintenanceDuty) -> list[str]:
    """Return the fields in which an item is not as it was the year before."""
    return [name for name in _COMPARED if getattr(old, name) != getattr(new, name)]


def wants_reason(one: MaintenanceDuty) -> bool:
    """Tell whether an item says that it is not as it was, and not why."""
    return one.change in NEEDS_REASON and not one.change_reason


def said_truly(store: Store, records: Sequence[MaintenanceDuty]) -> list[MaintenanceDuty]:
    """Return the items so that none is confirmed as unchanged that is not as it was the year before: it counts as changed, or as
    new where the list before had none like it.
    """
    claimed = [one for one in records if one.confirmed and one.change is DutyChange.CONTINUED and one.year]
    by_year = {one.year: [each for each in claimed if each.year == one.year] for one in claimed if one.year}
    truths: dict[str, DutyChange] = {}
    for year, some in by_year.items():
        if has_list(store, year - 1):
            truths.update(_truths(store, year, some))
    return [one.changed(change=truths[one.uid]) if one.uid in truths else one for one in records]


def has_list(store: Store, year: int) -> bool:
    """Tell whether the book holds items of a year."""
    return store.count(MaintenanceDuty, year=year) > 0


def left_behind(store: Store, year: int) -> int:
    """Return how many live items of the year before wait for a year's list to be opened; 0 where it was, or nothing waits."""
    return 0 if has_list(store, year) else sum(1 for one in store.find(MaintenanceDuty, year=year - 1) if is_live(one))


def begun(store: Store, one: MaintenanceDuty) -> MaintenanceDuty:
    """Return an item as it begins in its list: 新增 where there is a list of the year before that did not have it."""
    is_late = bool(one.year) and has_list(store, (one.year or 0) - 1)
    return one.changed(change=DutyChange.ADDED, confirmed=None, confirmed_on=None, confirmed_by="") if is_late else one


def _truths(store: Store, year: int, some: Sequence[MaintenanceDuty]) -> dict[str, DutyChange]:
    """What those of a year are that are not as they were, by uid; of many at once both years are read whole."""
    if len(some) <= FEW:
        before = {one.uid: _before(store, one) for one in some}
    else:
        rows = {one.uid: one for one in (*store.find(MaintenanceDuty, year=year), *some)}
        old = sorted(store.find(MaintenanceDuty, year=year - 1), key=lambda one: not is_live(one))
        known, followed = {one.uid: one for one in old}, successors(old, rows.values())
        predecessors = {new.uid: known[uid] for uid, new in followed.items()}
        before = {one.uid: predecessors.get(one.uid) for one in some}
    told = {one.uid: _truth(before[one.uid], one) for one in some}
    return {uid: change for uid, change in told.items() if change is not None}


def _truth(old: MaintenanceDuty | None, new: MaintenanceDuty) -> DutyChange | None:
    if old is None:
        return DutyChange.ADDED
    return DutyChange.CHANGED if is_live(old) and differing(old, new) else None


def _before(store: Store, one: MaintenanceDuty) -> MaintenanceDuty | None:
    """The item of the year before that this one goes on with, a live one if there is; indexes and the database look for it."""
    year = (one.year or 0) - 1
    same = store.find(MaintenanceDuty, item_no=one.item_no, year=year) if one.item_no else []
    alike = same or [
        each
        for each in store.find(MaintenanceDuty, subject=one.subject, year=year)
        if _words(each) == _words(one)
        and not (each.item_no and _others(store, one, item_no=each.item_no, year=one.year))
    ]
    return min(alike, key=lambda each: not is_live(each), default=None)


def _others(store: Store, one: MaintenanceDuty, **equal: Any) -> list[MaintenanceDuty]:
    return [each for each in store.find(MaintenanceDuty, **equal) if each.uid != one.uid]


def _words(duty: MaintenanceDuty) -> tuple[str, ...]:
    return str(duty.kind or ""), duty.subject, duty.location
