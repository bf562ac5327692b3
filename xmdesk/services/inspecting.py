"""巡查和报修: many objects looked at on one walk; what was not normal is repaired and rechecked; when the next look is due.

An item has the frequency of the list, which any look answers, and as many further cycles as the office sets for itself, each
answered by looks of its kind alone; those stay in the book and follow the item over the years.

Chain of domain.md B4: 待处理 → 处理中 → 已修复 → 已复核, or 无法处理已上报.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.base import fields_of
from xmdesk.records.codes import FundSource, Impact, InspectionKind, IssueState
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.keeping import Cycle
from xmdesk.records.values.dates import show_day
from xmdesk.records.values.frequency import AS_NEEDED, show_frequency
from xmdesk.services.items_of_years import item_key, same_items
from xmdesk.services.rolling import present_list
from xmdesk.snapshot import last_day

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

Item = tuple[str, ...]
"""What an item is over the years: see ``item_key``."""

OPEN = frozenset({IssueState.OPEN, IssueState.WORKING})
_WEEK = timedelta(days=7)
_DAYS = {"日": 1, "周": 7, "月": 30, "季": 91, "半年": 182, "年": 365}
_MONTHS = {"月": 1, "季": 3, "半年": 6, "年": 12}


@dataclass(frozen=True)
class Round:
    """One walk: when (ISO day, or local moment to the minute), who looked, and of which kind."""

    at: str
    inspector: str
    kind: InspectionKind | None = InspectionKind.DAILY


@dataclass(frozen=True)
class Issue:
    """What was not normal at one object, who repairs it (uid of a person) and until when; photos by uid."""

    finding: str
    impact: Impact | None = None
    repair_person: str = ""
    due_on: date | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """One look at one item (uid) on a walk: of the walk's kind unless it has its own; normal unless there is an issue."""

    duty: str
    kind: InspectionKind | None = None
    issue: Issue | None = None


@dataclass(frozen=True)
class Due:
    """When an item should be looked at next; ``last`` is None when there is no record of a look that counts.

    ``cycle`` None stands for the frequency of the list.
    """

    duty: MaintenanceDuty
    due_on: date
    last: date | None
    cycle: Cycle | None = None

    @property
    def kind(self) -> InspectionKind | None:
        """The kind of looks that count; None: any."""
        return self.cycle.kind if self.cycle else None

    @property
    def frequency(self) -> Mapping[str, Any]:
        """How often it is looked at."""
        return (self.cycle or self.duty).frequency

    @property
    def frequency_words(self) -> str:
        """每周2次, for a further cycle 专项 每年1次."""
        return " ".join(filter(None, (self.kind.label if self.kind else "", show_frequency(self.frequency))))

    @property
    def name(self) -> str:
        """What is looked at: 村口公厕, for a further cycle 村口公厕（专项）."""
        return f"{self.duty.subject}（{self.kind.label}）" if self.kind else self.duty.subject

    @property
    def near_from(self) -> date:
        """The first day on which the look is near: a week ahead, or a quarter of a shorter cycle."""
        cycle = timedelta(days=cycle_days(self.frequency) or 1)
        return self.due_on - min(_WEEK, timedelta(days=cycle.days // 4))


class Dispatch(TypedDict, total=False):
    """What is said at handing an issue over: uid of a person and the day; what is not said stays, what is empty is taken away."""

    repair_person: str
    due_on: date | None


class Inspecting:
    """What a clerk does about inspections and repairs."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def record(self, looks: Sequence[Look], *, done: Round) -> list[Inspection]:
        """Record one round for many items as one step: all normal, except those with an issue.

        Whatever was found is new every time. A normal look says nothing new where an item was looked at in that kind before,
        at the same time and by the same inspector, or has an issue on this round; looks that were retired do not count.
        In January a look of December is one at the row of last year's list.
        """
        self._check_round(done, looks)
        rows = same_items(self.store, {one.duty for one in looks}, int(done.at[:4]))
        looks = [replace(one, duty=rows.get(one.duty, one.duty)) for one in looks]
        known = {
            (one.duty, one.kind)
            for one in self.store.find(Inspection, at=done.at, inspector=done.inspector.strip())
            if not one.retired_on
        }
        told = [((one.duty, one.kind or done.kind), one.issue) for one in looks]
        known |= {key for key, issue in told if issue}
        fresh: list[Inspection] = []
        for key, issue in told:
            if issue or key not in known:
                fresh.append(_inspection(*key, done, issue))
            known.add(key)
        if fresh:
            self.desk.registers.save_all(fresh, label=f"登记巡查 {len(fresh)}项")
        return fresh

    def dispatch(self, uid: str, **said: Unpack[Dispatch]) -> Inspection:
        """Hand an open issue to somebody to be repaired until a day; one of the two has to be known."""
        one = self._issue(uid, OPEN)
        fresh: dict[str, Any] = {"repair_person": one.repair_person, "due_on": one.due_on, **said}
        if not any(fresh.values()):
            raise WrongUse("REPAIR-NOBODY", field="repair_person")
        _check_day(one, "due_on", fresh["due_on"])
        return self._save(one.changed(state=IssueState.WORKING, **fresh), "派修")

    def repaired(
        self,
        uid: str,
        *,
        on: date,
        cost: Decimal | None = None,
        source: FundSource | None = None,
        photos: Sequence[str] | None = None,
    ) -> Inspection:
        """Record that an issue was repaired, on a day between its finding and today, at what cost (元).

        ``photos`` are all there are of it now, by uid; without them those of the issue stay.
        """
        one = self._issue(uid, OPEN | {IssueState.ESCALATED})
        _check_day(one, "done_on", on)
        if on > clock.today():
            raise WrongUse("DESK-FUTURE", field="done_on")
        if cost is not None and (not cost.is_finite() or cost < 0):
            raise WrongUse("REPAIR-COST", field="cost")
        fresh: dict[str, Any] = {"done_on": on, "cost": cost, "cost_source": source}
        fresh |= {} if photos is None else {"photos": list(photos)}
        return self._save(one.changed(state=IssueState.REPAIRED, **fresh), "修复")

    def recheck(self, uid: str, *, by: str, passed: bool = True) -> Inspection:
        """Record the recheck of a repair; one that did not pass is being repaired again."""
        one = self._issue(uid, {IssueState.REPAIRED})
        if not by.strip():
            raise WrongUse("INSPECT-WHO", field="rechecked_by")
        if passed:
            return self._save(one.changed(state=IssueState.RECHECKED, rechecked_by=by.strip()), "复核")
        return self._save(one.changed(state=IssueState.WORKING, done_on=None), "复核未通过")

    def escalate(self, uid: str) -> Inspection:
        """Record that an issue is beyond the village and was reported upwards."""
        return self._save(self._issue(uid, OPEN).changed(state=IssueState.ESCALATED), "上报无法处理")

    def issues(self) -> list[Inspection]:
        """Return the open issues, those to be done first in front; without a day last."""
        found = [one for one in self.store.all(Inspection) if one.state in OPEN and not one.retired_on]
        return sorted(found, key=lambda one: (one.due_on or date.max, one.at))

    def unsettled(self) -> list[Inspection]:
        """Return what is not finished yet: open issues, repairs to be rechecked, and what was reported upwards."""
        later = [
            one
            for state in (IssueState.REPAIRED, IssueState.ESCALATED)
            for one in self.store.find(Inspection, state=state)
            if not one.retired_on
        ]
        return [*self.issues(), *later]

    def next_due(self, duty: MaintenanceDuty, day: date) -> date | None:
        """Return when a live item is to be looked at next, in whichever cycle; None where there is no cycle."""
        return next((one.due_on for one in self.due(day) if one.duty.uid == duty.uid), None)

    def due(self, day: date) -> list[Due]:
        """Return the next look at every live item in each of its cycles, as known on a day, the most urgent first."""
        items = self._items()
        last, cycles = self._last_looks(items, day), self._cycles(items)
        found: list[Due] = []
        for duty in present_list(self.store, day):
            item = item_key(duty)
            for cycle in (None, *cycles.get(item, {}).values()):
                seen = last.get((item, cycle.kind if cycle else None))
                on = _due_on(duty, cycle, seen)
                found += [Due(duty, on, seen, cycle)] if on is not None else []
        return sorted(found, key=lambda one: (one.due_on, one.duty.uid))

    def set_cycle(
        self, duties: Sequence[str], kind: InspectionKind | None, frequency: Mapping[str, Any]
    ) -> list[Cycle]:
        """Let items (uids) also be looked at this often in looks of a kind, as one step; return what changed."""
        if kind is None or kind is InspectionKind.REPORTED:
            raise WrongUse("CYCLE-KIND")
        if cycle_days(frequency) is None:
            raise WrongUse("CYCLE-FREQUENCY")
        items = self._items()
        known, chosen = self._cycles(items), {items[uid]: uid for uid in self._chosen(duties)}
        fresh: list[Cycle] = []
        for item, uid in chosen.items():
            cycle = known.get(item, {}).get(kind) or Cycle(duty=uid, kind=kind, since=clock.today())
            fresh += [cycle.changed(frequency=dict(frequency))] if cycle.frequency != frequency else []
        if fresh:
            with self.store.change(f"设{kind.label}周期 {len(fresh)}项") as change:
                change.save_many(fresh)
        return fresh

    def drop_cycle(self, duties: Sequence[str], kind: InspectionKind | None) -> list[Cycle]:
        """Take the cycle of a kind away from items (uids), as one step; return what was taken away."""
        items = self._items()
        known, chosen = self._cycles(items), {items[uid] for uid in self._chosen(duties)}
        gone = [one for item in sorted(chosen) for one in known.get(item, {}).values() if one.kind is kind]
        if kind is None or not gone:
            raise WrongUse("CYCLE-NONE", kind=kind.label if kind else "")
        with self.store.change(f"去掉{kind.label}周期 {len(gone)}项") as change:
            for one in gone:
                change.remove(one)
        return gone

    def _items(self) -> dict[str, Item]:
        """What each row of every year stands for."""
        return {one.uid: item_key(one) for one in self.store.all(MaintenanceDuty)}

    def _cycles(self, items: Mapping[str, Item]) -> dict[Item, dict[InspectionKind | None, Cycle]]:
        """The further cycles of each item by kind, whichever year they were set in."""
        found: dict[Item, dict[InspectionKind | None, Cycle]] = {}
        for one in self.store.all(Cycle):
            if one.duty in items:
                found.setdefault(items[one.duty], {})[one.kind] = one
        return found

    def _last_looks(self, items: Mapping[str, Item], day: date) -> dict[tuple[Item, InspectionKind | None], date]:
        """The newest look at each item up to a day: of each kind, and of any (None)."""
        last: dict[tuple[Item, InspectionKind | None], date] = {}
        for one in self.store.all(Inspection):
            seen = _look_day(one, day) if one.duty in items else None
            for kind in (None, one.kind) if seen else ():
                key = (items[one.duty], kind)
                last[key] = max(seen or date.min, last.get(key, date.min))
        return last

    def _chosen(self, duties: Sequence[str]) -> list[str]:
        uids = list(dict.fromkeys(duties))
        if not uids:
            raise WrongUse("INSPECT-NONE")
        if len(self.store.many(MaintenanceDuty, uids)) != len(uids):
            raise Fault("RECORD-GONE")
        return uids

    def _check_round(self, done: Round, looks: Sequence[Look]) -> None:
        self._chosen([one.duty for one in looks])
        if not done.inspector.strip():
            raise WrongUse("INSPECT-WHO")
        if done.kind is None:
            raise WrongUse("INSPECT-KIND")
        now = clock.now().astimezone(clock.BEIJING).strftime("%Y-%m-%dT%H:%M")
        if done.at > now[: len(done.at)]:
            raise WrongUse("DESK-FUTURE")
        year = int(done.at[:4])
        if year < int(now[:4]) - 1:
            raise WrongUse("INSPECT-OLD", year=year)
        for one in looks:
            if one.issue and one.issue.due_on and one.issue.due_on < date.fromisoformat(done.at[:10]):
                duty = self.store.get(MaintenanceDuty, one.duty)
                raise WrongUse("INSPECT-DUE", name=duty.subject if duty else "")

    def _issue(self, uid: str, wanted: AbstractSet[IssueState]) -> Inspection:
        one = self.store.get(Inspection, uid)
        if one is None:
            raise Fault("RECORD-GONE")
        if one.state is None or one.state not in wanted:
            raise WrongUse("REPAIR-STATE", state=one.state.label if one.state else "没有问题")
        return one

    def _save(self, one: Inspection, label: str) -> Inspection:
        self.desk.registers.save_all([one], label=label)
        return one


def cycle_days(frequency: Mapping[str, Any]) -> int | None:
    """Return the days between two looks (每周2次 → 3); None without a cycle or as needed."""
    if not frequency or frequency["unit"] == AS_NEEDED:
        return None
    return max(1, _DAYS[frequency["unit"]] // int(frequency["times"]))


def next_after(last: date, frequency: Mapping[str, Any]) -> date | None:
    """Return the day of the next look; months are calendar months (31 January + 每月1次 → 28 February)."""
    days = cycle_days(frequency)
    if days is None:
        return None
    months, times = _MONTHS.get(frequency["unit"], 0), int(frequency["times"])
    if months and months % times == 0:
        return _months_later(last, months // times)
    return last + timedelta(days=days)


def _months_later(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _due_on(duty: MaintenanceDuty, cycle: Cycle | None, last: date | None) -> date | None:
    """Without any look a cycle begins on the day it was set, that of the list with its year or the later begun term."""
    if cycle is not None:
        begins = cycle.since or clock.today()
        return next_after(last or begins, cycle.frequency)
    begins = max(date(duty.year or clock.today().year, 1, 1), duty.term_from or date.min)
    return next_after(last or begins, duty.frequency)


def _look_day(one: Inspection, day: date) -> date | None:
    """The day of a real look up to a day: what residents reported is no look of ours."""
    if one.retired_on or one.kind is InspectionKind.REPORTED:
        return None
    seen = last_day(one.at)
    return seen if seen is not None and seen <= day else None


def _found_on(one: Inspection) -> date:
    return last_day(one.at) or date.min


def _check_day(one: Inspection, name: str, day: date | None) -> None:
    """Refuse a day of a repair that lies before the day on which the trouble was found."""
    found = _found_on(one)
    if day is not None and day < found:
        raise WrongUse("REPAIR-DATE", field=name, label=fields_of(Inspection)[name].label, found=show_day(found))


def _inspection(duty: str, kind: InspectionKind | None, done: Round, issue: Issue | None) -> Inspection:
    plain = {"duty": duty, "at": done.at, "inspector": done.inspector.strip(), "kind": kind}
    if issue is None:
        return Inspection.model_validate({**plain, "is_normal": True})
    trouble = {**issue.__dict__, "photos": list(issue.photos), "is_normal": False, "state": IssueState.OPEN}
    return Inspection.model_validate({**plain, **trouble})
