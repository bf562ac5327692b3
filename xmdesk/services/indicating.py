"""The plan's targets as of a day: for a village's own book, or for a district over the returns that count."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xmdesk.indicators.judging import IndicatorResult, evaluate
from xmdesk.indicators.offices import Offices
from xmdesk.indicators.sets import read_set
from xmdesk.jobs import Progress, Silent
from xmdesk.periods import Period
from xmdesk.ports import Store
from xmdesk.records.base import Kept, Record
from xmdesk.records.codes import OfficeKind
from xmdesk.records.duty import DutyList
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import Direction, Submission
from xmdesk.sealed.rows import record_from_row
from xmdesk.services.checking import parameters
from xmdesk.services.offices import REVIEWER
from xmdesk.snapshot import SCOPES, Snapshot, has_ended, in_scope

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

_CLASSES: dict[str, type[Record]] = {
    "office": Office,
    "duty_lists": DutyList,
    **{name: one.record for name, one in REGISTERS.items()},
}
_RESIDENTS_COMMITTEES = range(1, 200)
_VILLAGE_COMMITTEES = range(200, 400)
"""Last three digits of a division code (统计用区划代码: 001–199 居委会, 200–399 村委会)."""


class Indicating:
    """Computes indicators; every rate counts the offices of the roster, not only those that reported."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store: Store = desk.store

    def as_of(
        self, day: date, set_file: Path | None = None, *, progress: Progress | None = None
    ) -> list[IndicatorResult]:
        """Return every indicator in force on a day, by the shipped set or by the given file."""
        office, watched = self.desk.office.office(), progress or Silent()
        is_district = self.desk.office.desk() == REVIEWER
        offices = self._of_district(day, watched) if is_district else Offices([self._own(day)])
        return evaluate(read_set(set_file), offices, day=day, district=office.code[:6])

    def _own(self, day: date) -> Snapshot:
        """The book as it is known now, seen on a day: dates in the rows decide what was in service then."""
        rows = {name: _kept_on(self.store.all(cls), day) for name, cls in _CLASSES.items()}
        return self._snapshot(rows, day)

    def _of_district(self, day: date, progress: Progress) -> Offices:
        newest: dict[str, Submission] = {}
        found = self.store.find(Submission, direction=Direction.RECEIVED, is_effective=True)
        for one in sorted(found, key=lambda one: (Period(one.period).last, one.version)):
            if Period(one.period).first <= day:
                newest[one.office_code] = one
        snapshots = self._received(list(newest.values()), day, progress)
        kinds = {code: one.office.kind for code, one in snapshots.items()}
        roster = self.desk.tasks.roster(day)
        listed = {office.code for office in roster}
        counted = [one for code, one in snapshots.items() if not roster or code in listed]
        return Offices(counted, expected_by_scope(roster, kinds))

    def _received(self, submissions: Sequence[Submission], day: date, progress: Progress) -> dict[str, Snapshot]:
        rows: dict[str, dict[str, list[Record]]] = {}
        read: set[str] = set()
        for one in self.store.received([one.uid for one in submissions]):
            if one.office_code not in read:
                read.add(one.office_code)
                progress.step(len(read), len(submissions), f"正在读取第 {len(read)} 个单位的台账…")
            if one.register in _CLASSES:
                record = record_from_row(_CLASSES[one.register], json.loads(one.row))
                rows.setdefault(one.office_code, {}).setdefault(one.register, []).append(record)
        empty: dict[str, list[Record]] = {name: [] for name in _CLASSES}
        return {code: self._snapshot({**empty, **known}, day) for code, known in rows.items()}

    def _snapshot(self, rows: Mapping[str, list[Record]], day: date) -> Snapshot:
        return Snapshot(rows, day, Period(str(day.year)), parameters=parameters(self.store))


def expected_by_scope(roster: Iterable[RosterOffice], reported: Mapping[str, OfficeKind | None]) -> dict[str, int]:
    """Count the roster's offices in each scope; an office's own word goes before the roster's, its code comes last."""
    kinds = [reported.get(one.code) or _kind_of(one) for one in roster]
    return {scope: sum(in_scope(kind, scope) for kind in kinds) for scope in SCOPES}


def _kind_of(office: RosterOffice) -> OfficeKind:
    if office.office_kind in set(OfficeKind):
        return OfficeKind(office.office_kind)
    last = int(office.code[9:12]) if office.code[9:12].isdigit() else 0
    if last in _VILLAGE_COMMITTEES:
        return OfficeKind.VILLAGE
    return OfficeKind.COMMUNITY if last in _RESIDENTS_COMMITTEES else OfficeKind.SIMILAR


def _kept_on(records: Iterable[Record], day: date) -> list[Record]:
    """Persons whose entry has ended stay: who names them is told by them that nobody stands there."""
    return [
        one
        for one in records
        if isinstance(one, Person) or not (isinstance(one, Kept) and has_ended(one.retired_on, day))
    ]
