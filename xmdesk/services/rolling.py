"""滚动管理: last year's list opens anew, every item is confirmed, changed or retired, the list is finalised (domain.md B5).

One list per village and year; an item keeps its number through the years, so that its key is (year, item_no).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.ports import Store
from xmdesk.records.base import fields_of
from xmdesk.records.codes import DutyChange, ListState, RunState
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

GONE = frozenset({DutyChange.STOPPED, DutyChange.SCRAPPED, DutyChange.HANDED_OVER})
"""Changes that end an item for this office: it stands in this year's list and is not carried into the next."""

READ_ONLY = frozenset({ListState.FINAL, ListState.ARCHIVED})

_ENDED_AS: dict[DutyChange, dict[str, Any]] = {
    DutyChange.STOPPED: {"run_state": RunState.STOPPED},
    DutyChange.SCRAPPED: {"run_state": RunState.SCRAPPED},
    DutyChange.HANDED_OVER: {},
}
_OF_THE_YEAR: dict[str, Any] = {
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

_NOT_COMPARED = frozenset({*_OF_THE_YEAR, "year", "item_no", "retired_on", "retired_reason"})
_REMARK = 500


@dataclass(frozen=True)
class Opened:
    """What opening a year did: items carried over now, and items that stood there already."""

    year: int
    carried: int
    present: int


@dataclass(frozen=True)
class FieldChange:
    """One field of an item, last year and this year, as people read it."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """One item against last year: ``uid`` is this year's row, or last year's where there is none any more."""

    uid: str
    item_no: str
    subject: str
    change: DutyChange
    reason: str = ""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Differences:
    """The year-on-year table of a list; every live item of either year stands in exactly one part."""

    year: int
    added: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    retired: tuple[Difference, ...]
    unchanged: tuple[Difference, ...]


def is_live(duty: MaintenanceDuty) -> bool:
    """Tell whether an item is still this office's to look after."""
    return not duty.retired_on and duty.change not in GONE and duty.run_state is not RunState.SCRAPPED


def present_list(store: Store, day: date) -> list[MaintenanceDuty]:
    """Return the live items in force on a day: the list of that year, or the newest one before it."""
    duties = store.all(MaintenanceDuty)
    year = max((one.year for one in duties if one.year and one.year <= day.year), default=None)
    return [one for one in duties if one.year in (year, None) and is_live(one)]


def item_key(duty: MaintenanceDuty) -> tuple[str, ...]:
    """Return what makes two rows of different years the same item: the permanent number, else its words."""
    return (duty.item_no,) if duty.item_no else (str(duty.kind or ""), duty.subject, duty.location)


def carried(one: MaintenanceDuty, year: int) -> MaintenanceDuty:
    """Return an item as it begins in another year: what is said anew every year is not said yet."""
    values = one.model_dump(exclude={"uid", *_OF_THE_YEAR})
    return MaintenanceDuty.model_validate({**values, "year": year})


class Rolling:
    """What a clerk does with the yearly list as a whole."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def list_of(self, year: int) -> DutyList | None:
        """Return the document of a year."""
        found = self.store.find(DutyList, year=year)
        return found[-1] if found else None

    def items(self, year: int) -> list[MaintenanceDuty]:
        """Return the items of a year's list that were not taken out of it, ended ones included."""
        return [one for one in self.store.find(MaintenanceDuty, year=year) if not one.retired_on]

    def unconfirmed(self, year: int) -> list[MaintenanceDuty]:
        """Return the items that still have to be confirmed, changed or retired."""
        return [one for one in self.items(year) if not one.confirmed and one.change not in GONE]

    def open_year(self, year: int) -> Opened:
        """Carry last year's live items into a year, unconfirmed; what stands there already is left alone."""
        before = self.store.find(MaintenanceDuty, year=year - 1)
        if not before:
            raise Fault("ROLL-NO-LIST", year=year - 1)
        present = self.store.find(MaintenanceDuty, year=year)
        known = {item_key(one) for one in present}
        old = [one for one in before if is_live(one) and item_key(one) not in known]
        fresh = [carried(one, year) for one in old]
        if fresh or not self.list_of(year):
            registers = self.desk.registers
            with self.store.change(f"滚动更新{year}年管护清单") as change:
                change.save_many(registers.completed(fresh))
                change.save_many([] if self.list_of(year) else [DutyList(year=year)])
                successors = {one.uid: new.uid for one, new in zip(old, fresh, strict=True)}
                change.save_many(self._facilities_of(successors))
                change.save_many(self._inspections_of(successors, year))
        return Opened(year, len(fresh), len(present))

    def confirm(self, uids: Sequence[str], *, by: str, on: date | None = None) -> None:
        """Confirm items as they stand, one or many."""
        confirmed = _confirmed(by, on)
        self._save([one.changed(**confirmed) for one in self._chosen(uids)], "确认管护条目")

    def change(self, record: MaintenanceDuty, *, reason: str, by: str, on: date | None = None) -> None:
        """Save an edited item as this year's change with its reason; an item added this year stays 新增."""
        kind = DutyChange.ADDED if record.change is DutyChange.ADDED else DutyChange.CHANGED
        said = {"change": kind, "change_reason": _given(reason)}
        self._save([record.changed(**said, **_confirmed(by, on))], "变更管护条目")

    def retire(self, uids: Sequence[str], *, kind: DutyChange, reason: str, by: str, on: date | None = None) -> None:
        """End items (移交, 停用 or 报废): they stay in this year's list, where the district sees them, and end there."""
        if kind not in GONE:
            raise WrongUse("ROLL-KIND")
        said: dict[str, Any] = {
            "change": kind,
            "change_reason": _given(reason),
            **_ENDED_AS[kind],
            **_confirmed(by, on),
        }
        if kind is DutyChange.HANDED_OVER:
            said["handed_over_on"] = said["confirmed_on"].isoformat()
        self._save([one.changed(**said) for one in self._chosen(uids)], f"{kind.label}管护条目")

    def restore(self, uids: Sequence[str], *, reason: str, by: str, on: date | None = None) -> None:
        """Take ended items of this year's list back into use (恢复)."""
        said = {"change": DutyChange.RESTORED, "change_reason": _given(reason), "run_state": RunState.NORMAL}
        self._save([one.changed(**said, **_confirmed(by, on)) for one in self._chosen(uids)], "恢复管护条目")

    def announce(self, year: int, *, first: date, last: date) -> DutyList:
        """Put the list on public notice between two days."""
        _ordered(first, last)
        fresh = {"state": ListState.ON_NOTICE, "notice_from": first, "notice_to": last}
        return self._save_list(self._open_list(year).changed(**fresh), "公示")

    def finalise(self, year: int, *, reviewed_by: str, meeting_on: date, first: date, last: date) -> DutyList:
        """Close the list: everything confirmed, notice (first to last day) over, the villagers' meeting held."""
        listed = self._open_list(year)
        waiting = self.unconfirmed(year)
        if waiting:
            raise Fault("ROLL-UNCONFIRMED", number=len(waiting), first=waiting[0].title())
        if not reviewed_by.strip():
            raise WrongUse("ROLL-REVIEWER")
        _ordered(first, last)
        _past(meeting_on)
        if last > clock.today():
            raise WrongUse("ROLL-NOTICE-RUNS")
        said = {"reviewed_by": reviewed_by.strip(), "meeting_on": meeting_on, "notice_from": first, "notice_to": last}
        return self._save_list(listed.changed(state=ListState.FINAL, **said), "定稿")

    def reopen(self, year: int, *, reason: str) -> DutyList:
        """Make a finalised list a draft of the next version; day and reason are kept in its remark."""
        listed = self.list_of(year)
        if listed is None or listed.state not in READ_ONLY:
            raise Fault("ROLL-NOT-FINAL", year=year)
        note = f"{clock.today().isoformat()}重新打开：{_given(reason)}"
        remark = "\n".join(filter(None, (listed.remark, note)))[-_REMARK:]
        fresh = {"state": ListState.DRAFT, "version": (listed.version or 1) + 1, "remark": remark}
        return self._save_list(listed.changed(**fresh), "重新打开")

    def differences(self, year: int) -> Differences:
        """Compare a year's list with the one before, item by item and field by field."""
        old = {item_key(one): one for one in self.items(year - 1) if is_live(one)}
        new = {item_key(one): one for one in self.items(year)}
        pairs = [(old[key], one) for key, one in new.items() if key in old and is_live(one)]
        compared = self._compared(pairs)
        gone = [one for key, one in new.items() if not is_live(one) and (key in old or one.change is DutyChange.ADDED)]
        left = [replace(_difference(one), change=DutyChange.STOPPED) for key, one in old.items() if key not in new]
        return Differences(
            year,
            added=tuple(_difference(one) for key, one in new.items() if key not in old and is_live(one)),
            changed=tuple(one for one in compared if one.fields or one.change is not DutyChange.CONTINUED),
            retired=(*(_difference(one) for one in gone), *left),
            unchanged=tuple(one for one in compared if not one.fields and one.change is DutyChange.CONTINUED),
        )

    def printed(self, year: int) -> bytes:
        """Return the difference table as PDF, to be signed and kept with the list."""
        from xmdesk.services.difference_table import difference_pdf

        return difference_pdf(self.desk, self.differences(year))

    def _compared(self, pairs: Sequence[tuple[MaintenanceDuty, MaintenanceDuty]]) -> list[Difference]:
        names = [name for name in fields_of(MaintenanceDuty) if name not in _NOT_COMPARED]
        differing = [[name for name in names if getattr(a, name) != getattr(b, name)] for a, b in pairs]
        touched = [pair for pair, some in zip(pairs, differing, strict=True) if some]
        shown = iter(self.desk.registers.shown_many([one for pair in touched for one in pair], reveal=True))
        return [
            replace(_difference(new), fields=_told(some, next(shown), next(shown)) if some else ())
            for (_, new), some in zip(pairs, differing, strict=True)
        ]

    def _facilities_of(self, successors: Mapping[str, str]) -> list[Facility]:
        """Facilities that name a carried item name its successor too, so that returns of either year find theirs."""
        named = [one for one in self.store.all(Facility) if successors.keys() & set(one.duties)]
        return [
            one.changed(duties=[*one.duties, *(successors[uid] for uid in one.duties if uid in successors)])
            for one in named
        ]

    def _inspections_of(self, successors: Mapping[str, str], year: int) -> list[Inspection]:
        """Looks of the new year that were recorded before its list was opened belong to its items."""
        named = [one for one in self.store.all(Inspection) if one.duty in successors and one.at[:4] == str(year)]
        return [one.changed(duty=successors[one.duty]) for one in named]

    def _chosen(self, uids: Sequence[str]) -> list[MaintenanceDuty]:
        found = self.store.many(MaintenanceDuty, uids)
        if len(found) != len(uids):
            raise Fault("RECORD-GONE")
        return found

    def _save(self, records: Sequence[MaintenanceDuty], label: str) -> None:
        number = f" {len(records)}项" if len(records) > 1 else ""
        self.desk.registers.save_all(records, label=f"{label}{number}")

    def _open_list(self, year: int) -> DutyList:
        listed = self.list_of(year)
        if listed is None or not self.items(year):
            raise Fault("ROLL-NO-LIST", year=year)
        if listed.state in READ_ONLY:
            raise Fault("LIST-FINAL", year=year)
        return listed

    def _save_list(self, listed: DutyList, act: str) -> DutyList:
        with self.store.change(f"{act}{listed.year}年管护清单") as change:
            change.save(listed)
        return listed


def _confirmed(by: str, on: date | None) -> dict[str, Any]:
    day = on or clock.today()
    _past(day)
    return {"confirmed": True, "confirmed_on": day, "confirmed_by": by}


def _given(reason: str) -> str:
    if not reason.strip():
        raise WrongUse("ROLL-REASON")
    return reason.strip()


def _past(day: date) -> None:
    if day > clock.today():
        raise WrongUse("DESK-FUTURE")


def _ordered(first: date, last: date) -> None:
    if last < first:
        raise WrongUse("ROLL-NOTICE-ORDER")


def _difference(one: MaintenanceDuty) -> Difference:
    return Difference(one.uid, one.item_no, one.subject, one.change or DutyChange.CONTINUED, one.change_reason)


def _told(names: Sequence[str], old: dict[str, str], new: dict[str, str]) -> tuple[FieldChange, ...]:
    specs = fields_of(MaintenanceDuty)
    return tuple(FieldChange(name, specs[name].label, old[name], new[name]) for name in names)
