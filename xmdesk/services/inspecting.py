"""巡查和报修: many objects looked at on one walk; what was not normal is repaired and rechecked; when the next look is due.

Chain of domain.md B4: 待处理 → 处理中 → 已修复 → 已复核, or 无法处理已上报.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.codes import FundSource, Impact, InspectionKind, IssueState
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.values.frequency import AS_NEEDED
from xmdesk.services.rolling import item_key, present_list
from xmdesk.snapshot import last_day

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

OPEN = frozenset({IssueState.OPEN, IssueState.WORKING})
_WEEK = timedelta(days=7)
_DAYS = {"日": 1, "周": 7, "月": 30, "季": 91, "半年": 182, "年": 365}
_MONTHS = {"月": 1, "季": 3, "半年": 6, "年": 12}


@dataclass(frozen=True)
class Round:
    """One walk: when (ISO day, or local moment to the minute), who looked, and of which kind."""

    at: str
    inspector: str
    kind: InspectionKind = InspectionKind.DAILY


@dataclass(frozen=True)
class Issue:
    """What was not normal at one object, who repairs it (uid of a person) and until when; photos by uid."""

    finding: str
    impact: Impact | None = None
    repair_person: str = ""
    due_on: date | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """When an item should be looked at next; ``last`` is None when there is no record of any look."""

    duty: MaintenanceDuty
    due_on: date
    last: date | None

    @property
    def near_from(self) -> date:
        """The first day on which the look is near: a week ahead, or a quarter of a shorter cycle."""
        cycle = timedelta(days=cycle_days(self.duty.frequency) or 1)
        return self.due_on - min(_WEEK, timedelta(days=cycle.days // 4))


class Inspecting:
    """What a clerk does about inspections and repairs."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def record(
        self, duties: Sequence[str], *, done: Round, issues: Mapping[str, Issue] | None = None
    ) -> list[Inspection]:
        """Record one round for many items (uids) as one step: all normal, except those with an issue.

        What was recorded for the same item, time and inspector before is not recorded again.
        """
        trouble = issues or {}
        uids = list(dict.fromkeys([*duties, *trouble]))
        self._check_round(done, uids)
        known = {one.duty for one in self.store.find(Inspection, at=done.at, inspector=done.inspector.strip())}
        fresh = [_inspection(uid, done, trouble.get(uid)) for uid in uids if uid not in known]
        if fresh:
            self.desk.registers.save_all(fresh, label=f"登记巡查 {len(fresh)}项")
        return fresh

    def dispatch(self, uid: str, *, person: str = "", due_on: date | None = None) -> Inspection:
        """Hand an open issue to somebody (uid of a person) to be repaired until a day."""
        one = self._issue(uid, OPEN)
        fresh: dict[str, Any] = {"repair_person": person or one.repair_person, "due_on": due_on or one.due_on}
        if fresh["due_on"] and fresh["due_on"] < _found_on(one):
            raise WrongUse("REPAIR-DATE")
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
        if not _found_on(one) <= on <= clock.today():
            raise WrongUse("REPAIR-DATE")
        if cost is not None and (not cost.is_finite() or cost < 0):
            raise WrongUse("REPAIR-COST")
        fresh: dict[str, Any] = {"done_on": on, "cost": cost, "cost_source": source}
        fresh |= {} if photos is None else {"photos": list(photos)}
        return self._save(one.changed(state=IssueState.REPAIRED, **fresh), "修复")

    def recheck(self, uid: str, *, by: str, passed: bool = True) -> Inspection:
        """Record the recheck of a repair; one that did not pass is being repaired again."""
        one = self._issue(uid, {IssueState.REPAIRED})
        if not by.strip():
            raise WrongUse("INSPECT-WHO")
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
        """Return when an item is to be looked at next, as known on a day; None where there is no cycle."""
        same = self.store.find(MaintenanceDuty, item_no=duty.item_no) if duty.item_no else [duty]
        rounds = [
            one for uid in {duty.uid, *(one.uid for one in same)} for one in self.store.find(Inspection, duty=uid)
        ]
        return _due_on(duty, max(_days(rounds, day), default=None))

    def due(self, day: date) -> list[Due]:
        """Return the next look at every live item that has a cycle, the most urgent first."""
        items = {one.uid: item_key(one) for one in self.store.all(MaintenanceDuty)}
        last: dict[tuple[str, ...], date] = {}
        for one in self.store.all(Inspection):
            for seen in _days([one], day) if one.duty in items else ():
                last[items[one.duty]] = max(seen, last.get(items[one.duty], seen))
        found = [(one, last.get(item_key(one))) for one in present_list(self.store, day)]
        dues = [Due(one, on, seen) for one, seen in found if (on := _due_on(one, seen)) is not None]
        return sorted(dues, key=lambda one: (one.due_on, one.duty.uid))

    def _check_round(self, done: Round, uids: Sequence[str]) -> None:
        if not uids:
            raise WrongUse("INSPECT-NONE")
        if not done.inspector.strip():
            raise WrongUse("INSPECT-WHO")
        if date.fromisoformat(done.at[:10]) > clock.today():
            raise WrongUse("DESK-FUTURE")
        if len(self.store.many(MaintenanceDuty, uids)) != len(uids):
            raise Fault("RECORD-GONE")

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


def _due_on(duty: MaintenanceDuty, last: date | None) -> date | None:
    """Without any look the cycle begins with the year of the list, or with the term when that began later."""
    begins = max(date(duty.year or clock.today().year, 1, 1), duty.term_from or date.min)
    return next_after(last or begins, duty.frequency)


def _days(rounds: Iterable[Inspection], day: date) -> list[date]:
    """Days of real looks up to a day: what residents reported is no look of ours."""
    counted = [one for one in rounds if not one.retired_on and one.kind is not InspectionKind.REPORTED]
    return [seen for one in counted if (seen := last_day(one.at)) is not None and seen <= day]


def _found_on(one: Inspection) -> date:
    return last_day(one.at) or date.min


def _inspection(duty: str, done: Round, issue: Issue | None) -> Inspection:
    plain = {"duty": duty, "at": done.at, "inspector": done.inspector.strip(), "kind": done.kind}
    if issue is None:
        return Inspection.model_validate({**plain, "is_normal": True})
    trouble = {**issue.__dict__, "photos": list(issue.photos), "is_normal": False, "state": IssueState.OPEN}
    return Inspection.model_validate({**plain, **trouble})
