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
from xmdesk.services.items_of_years import GONE, OF_THE_YEAR, differing, is_live, successors, wants_reason

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

READ_ONLY = frozenset({ListState.FINAL, ListState.ARCHIVED})

_ENDED_AS: dict[DutyChange, dict[str, Any]] = {
    DutyChange.STOPPED: {"run_state": RunState.STOPPED},
    DutyChange.SCRAPPED: {"run_state": RunState.SCRAPPED},
    DutyChange.HANDED_OVER: {},
}
_REMARK = 500


@dataclass(frozen=True)
class Opened:
    """What opening a year did: items carried over now, and items that stood there already."""

    year: int
    carried: int
    present: int


@dataclass(frozen=True)
class Confirmed:
    """What confirming did: how many items are confirmed as they stand now, and which were left alone for what they are."""

    number: int
    changed: tuple[MaintenanceDuty, ...] = ()
    ended: tuple[MaintenanceDuty, ...] = ()


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
    """The year-on-year table of a list; every live item of either year stands in exactly one part.

    ``uncarried`` are last year's items about which this year's list says nothing at all.
    """

    year: int
    added: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    retired: tuple[Difference, ...]
    unchanged: tuple[Difference, ...]
    uncarried: tuple[Difference, ...] = ()


def present_list(store: Store, day: date) -> list[MaintenanceDuty]:
    """Return the live items in force on a day: the list of that year, or the newest one before it."""
    duties = store.all(MaintenanceDuty)
    year = max((one.year for one in duties if one.year and one.year <= day.year), default=None)
    return [one for one in duties if one.year in (year, None) and is_live(one)]


def carried(one: MaintenanceDuty, year: int) -> MaintenanceDuty:
    """Return an item as it begins in another year: what is said anew every year is not said yet."""
    values = one.model_dump(exclude={"uid", *OF_THE_YEAR})
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

    def newest_before(self, year: int) -> int | None:
        """Return the newest year before another whose list has live items; None where there is none."""
        live = (one.year for one in self.store.all(MaintenanceDuty) if one.year and one.year < year and is_live(one))
        return max(live, default=None)

    def items(self, year: int) -> list[MaintenanceDuty]:
        """Return the items of a year's list that were not taken out of it, ended ones included."""
        return [one for one in self.store.find(MaintenanceDuty, year=year) if not one.retired_on]

    def unconfirmed(self, year: int) -> list[MaintenanceDuty]:
        """Return the items that still have to be confirmed, changed or retired."""
        return [one for one in self.items(year) if not one.confirmed and one.change not in GONE]

    def unexplained(self, year: int) -> list[MaintenanceDuty]:
        """Return the items that are not as they were, or say so, and do not say why."""
        waiting = {one.uid for one in self.unconfirmed(year)}
        untrue = {new.uid for old, new in self._pairs(year) if _is_unsaid(old, new)}
        items = [one for one in self.items(year) if one.uid not in waiting]
        return [one for one in items if wants_reason(one) or one.uid in untrue]

    def uncarried(self, year: int) -> list[MaintenanceDuty]:
        """Return last year's live items that a year's list does not hold, not even as ended or taken out of it."""
        before = [one for one in self.items(year - 1) if is_live(one)]
        known = successors(before, self.store.find(MaintenanceDuty, year=year)) if before else {}
        return [one for one in before if one.uid not in known]

    def open_year(self, year: int) -> Opened:
        """Carry last year's live items into a year, unconfirmed; what stands there already is left alone."""
        before = self.store.find(MaintenanceDuty, year=year - 1)
        if not before:
            raise Fault("ROLL-NO-LIST", year=year - 1)
        present = self.store.find(MaintenanceDuty, year=year)
        old = self.uncarried(year)
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

    def confirm(self, uids: Sequence[str], *, by: str, on: date | None = None) -> Confirmed:
        """Confirm items as they stand, one or many; those that are not as they were, or ended, are left for a word of their own.

        Where nothing can be confirmed, a ``Fault`` says why.
        """
        said, chosen = _confirmed(by, on), self._chosen(uids)
        ended = [one for one in chosen if one.change in GONE]
        changed = [one for one in self._changed(chosen) if one not in ended]
        rest = [one for one in chosen if one not in ended and one not in changed]
        if chosen and not rest:
            first, code = (changed or ended)[0], "ROLL-DIFFERS" if changed else "ROLL-ENDED"
            raise Fault(code, first=first.title(), change=first.change.label if first.change else "")
        self._save([one.changed(**said, **_taken_back(one)) for one in rest], "确认管护条目")
        return Confirmed(len(rest), tuple(changed), tuple(ended))

    def _changed(self, chosen: Sequence[MaintenanceDuty]) -> list[MaintenanceDuty]:
        """Those that are not as they were the year before, and do not say why."""
        untrue = {
            new.uid
            for year in {one.year for one in chosen if one.year}
            for old, new in self._pairs(year)
            if differing(old, new) and (new.change is DutyChange.CONTINUED or wants_reason(new))
        }
        return [one for one in chosen if one.uid in untrue]

    def change(self, record: MaintenanceDuty, *, reason: str, by: str, on: date | None = None) -> None:
        """Save an edited item as this year's change with its reason; an item added this year stays 新增."""
        if record.change in GONE:
            raise Fault("ROLL-ENDED", first=record.title(), change=record.change.label if record.change else "")
        kind = DutyChange.ADDED if record.change is DutyChange.ADDED else DutyChange.CHANGED
        said = {"change": kind, "change_reason": _given(reason)}
        self._save([record.changed(**said, **_confirmed(by, on))], "变更管护条目")

    def retire(self, uids: Sequence[str], *, kind: DutyChange, reason: str, by: str, on: date | None = None) -> None:
        """End items (移交, 停用 or 报废): they stay in this year's list, where the district sees them, and end there.

        The day is that of the confirmation; 移交日期 tells when the thing came to the village and stays.
        """
        if kind not in GONE:
            raise WrongUse("ROLL-KIND")
        said = {"change": kind, "change_reason": _given(reason), **_ENDED_AS[kind], **_confirmed(by, on)}
        self._save([one.changed(**said) for one in self._chosen(uids)], f"{kind.label}管护条目")

    def restore(self, uids: Sequence[str], *, reason: str, by: str, on: date | None = None) -> None:
        """Take ended items of this year's list back into use (恢复)."""
        said = {"change": DutyChange.RESTORED, "change_reason": _given(reason), "run_state": RunState.NORMAL}
        chosen = self._chosen(uids)
        standing = [one for one in chosen if is_live(one)]
        if standing:
            raise Fault("ROLL-STANDS", first=standing[0].title())
        self._save([one.changed(**said, **_confirmed(by, on)) for one in chosen], "恢复管护条目")

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
        unsaid = self.unexplained(year)
        if unsaid:
            raise Fault("ROLL-UNEXPLAINED", number=len(unsaid), first=unsaid[0].title())
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
        before = [one for one in self.items(year - 1) if is_live(one)]
        rows = self.store.find(MaintenanceDuty, year=year)
        known = successors(before, rows)
        followed = {one.uid for one in known.values()}
        new = [one for one in rows if not one.retired_on]
        compared = self._compared([(one, known[one.uid]) for one in before if _is_kept(known.get(one.uid))])
        gone = [one for one in new if not is_live(one) and (one.uid in followed or one.change is DutyChange.ADDED)]
        out = [known[one.uid] for one in before if one.uid in known and known[one.uid].retired_on]
        return Differences(
            year,
            added=tuple(_difference(one) for one in new if one.uid not in followed and is_live(one)),
            changed=tuple(one for one in compared if one.fields or one.change is not DutyChange.CONTINUED),
            retired=(*(_difference(one) for one in gone), *map(_taken_out, out)),
            unchanged=tuple(one for one in compared if not one.fields and one.change is DutyChange.CONTINUED),
            uncarried=tuple(_difference(one) for one in before if one.uid not in known),
        )

    def printed(self, year: int) -> bytes:
        """Return the difference table as PDF, to be signed and kept with the list."""
        from xmdesk.services.difference_table import difference_pdf

        return difference_pdf(self.desk, self.differences(year))

    def _pairs(self, year: int) -> list[tuple[MaintenanceDuty, MaintenanceDuty]]:
        """Items that both years hold: as it was, and as it is."""
        before = [one for one in self.items(year - 1) if is_live(one)]
        known = successors(before, self.items(year)) if before else {}
        return [(one, known[one.uid]) for one in before if one.uid in known]

    def _compared(self, pairs: Sequence[tuple[MaintenanceDuty, MaintenanceDuty]]) -> list[Difference]:
        all_differing = [differing(old, new) for old, new in pairs]
        touched = [pair for pair, some in zip(pairs, all_differing, strict=True) if some]
        shown = iter(self.desk.registers.shown_many([one for pair in touched for one in pair], reveal=True))
        return [
            replace(_difference(new), fields=_told(some, next(shown), next(shown)) if some else ())
            for (_, new), some in zip(pairs, all_differing, strict=True)
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


def _taken_back(one: MaintenanceDuty) -> dict[str, Any]:
    """An item that said it had changed, and is as it was, goes on unchanged."""
    return {"change": DutyChange.CONTINUED} if one.change is DutyChange.CHANGED and wants_reason(one) else {}


def _is_unsaid(old: MaintenanceDuty, new: MaintenanceDuty) -> bool:
    return new.change is DutyChange.CONTINUED and is_live(new) and bool(differing(old, new))


def _is_kept(new: MaintenanceDuty | None) -> bool:
    return new is not None and is_live(new)


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


def _taken_out(one: MaintenanceDuty) -> Difference:
    """An item that was carried over and then taken out of the list."""
    return replace(_difference(one), change=DutyChange.STOPPED, reason=one.retired_reason)


def _told(names: Sequence[str], old: dict[str, str], new: dict[str, str]) -> tuple[FieldChange, ...]:
    specs = fields_of(MaintenanceDuty)
    return tuple(FieldChange(name, specs[name].label, old[name], new[name]) for name in names)
