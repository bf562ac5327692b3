"""Consolidation: one workbook and one summary over the submissions that count. Every total says 应报/实报.

Values are always taken from the stored, signed payloads; nothing consolidated is kept, so nothing can drift.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.periods import Period
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import sha256_hex
from xmdesk.services.pivots import sums_by

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

COUNTS: tuple[tuple[str, str], ...] = (
    ("facilities", "设施(处)"),
    ("facility_area", "建筑面积(㎡)"),
    ("duties", "管护条目(项)"),
    ("duty_funding", "管护年度经费(元)"),
    ("inspections", "巡查(次)"),
    ("disaster_officers", "在岗灾害信息员(人)"),
    ("shelters", "可用避灾点(处)"),
    ("shelter_capacity", "避灾点容量(人)"),
    ("legal_helpers", "在册法律明白人(人)"),
    ("trainings", "培训(次)"),
    ("activities", "活动(次)"),
)
"""What is added up, in the order of the columns; all computed from rows."""


class OfficeState:
    """State of a return in the expected-returns grid."""

    MISSING = "未到"
    RECEIVED = "已到"
    NIL = "零报告"
    OVERDUE = "逾期"
    SENT_BACK = "退回"
    ACCEPTED = "已通过"
    HELD = "待核"


@dataclass(frozen=True)
class OfficeLine:
    """One office of the roster: its state, its effective submission, its counts."""

    code: str
    name: str
    township: str
    state: str
    submission: Submission | None
    late: bool
    contact: str = ""
    phone: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the JSON of the grid."""
        one = self.submission
        return {
            "code": self.code,
            "name": self.name,
            "township": self.township,
            "state": self.state,
            "late": self.late,
            "version": one.version if one else 0,
            "submission": one.uid if one else "",
            "short_code": one.short_code if one else "",
            "forms": {form: ("零报告" if nil else "有数据") for form, nil in one.nil.items()} if one else {},
        }


@dataclass(frozen=True)
class Grid:
    """The expected-returns grid of a period."""

    period: Period
    lines: tuple[OfficeLine, ...]
    strangers: tuple[Submission, ...]

    @property
    def states(self) -> dict[str, int]:
        """How many offices are in each state."""
        counted: dict[str, int] = {}
        for line in self.lines:
            counted[line.state] = counted.get(line.state, 0) + 1
        return counted

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "expected": len(self.lines),
            "states": self.states,
            "offices": [one.as_json() for one in self.lines],
            "not_on_roster": [one.office_code for one in self.strangers],
        }


@dataclass(frozen=True)
class Totals:
    """Sums of one group of offices with how many of how many are in them."""

    group: str
    expected: int
    included: int
    counts: Mapping[str, Any]


@dataclass(frozen=True)
class Consolidation:
    """What a consolidation says; ``digest`` is the SHA-256 over the included payload hashes and the totals."""

    period: Period
    expected: int
    included: int
    missing: tuple[OfficeLine, ...]
    groups: tuple[Totals, ...]
    totals: Totals
    digest: str
    grid: Grid

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "expected": self.expected,
            "included": self.included,
            "missing": [{"code": one.code, "name": one.name} for one in self.missing],
            "totals": dict(self.totals.counts),
            "coverage": f"应报{self.expected}/实报{self.included}",
            "digest": self.digest,
        }


class Consolidating:
    """Adds up what the offices sent."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def grid(self, period: Period) -> Grid:
        """Return the state of every office that owes a return for the period."""
        roster = self.desk.tasks.roster(period.last)
        newest: dict[str, Submission] = {}
        for one in sorted(self.desk.inbox.submissions(period), key=_rank):
            newest[one.office_code] = one
        due = self.desk.tasks.due_on(period)
        lines = tuple(_line(office, newest.get(office.code), due) for office in roster)
        codes = {office.code for office in roster}
        return Grid(period, lines, tuple(one for code, one in sorted(newest.items()) if code not in codes))

    def consolidate(self, period: Period, *, by: str = "township") -> Consolidation:
        """Add up the effective submissions of the roster's offices, grouped by township or by office."""
        grid = self.grid(period)
        counted = [one for one in grid.lines if _counts(one)]
        sums = self._sums([one.submission for one in counted if one.submission])
        groups = _grouped(grid.lines, counted, sums, by=by)
        totals = _added("合计", grid.lines, counted, sums)
        hashes = sorted(one.submission.payload_sha256 for one in counted if one.submission)
        digest = sha256_hex(canonical({"period": period.text, "payloads": hashes, "totals": dict(totals.counts)}))
        return Consolidation(
            period=period,
            expected=len(grid.lines),
            included=len(counted),
            missing=tuple(one for one in grid.lines if not _counts(one)),
            groups=groups,
            totals=totals,
            digest=digest,
            grid=grid,
        )

    def write(self, found: Consolidation, xlsx: Path, pdf: Path | None = None, *, force: bool = False) -> None:
        """Write the workbook and, if wanted, the summary for print."""
        from xmdesk.files import atomic_write, check_free
        from xmdesk.services.consolidation_output import summary_pdf, workbook

        for target in (xlsx, pdf):
            if target is not None:
                check_free(target, force=force)
        office = self.desk.office.office()
        atomic_write(xlsx, workbook(found, self._all_rows(found), office.name), force=force)
        if pdf is not None:
            atomic_write(pdf, summary_pdf(found, office.name, office.code), force=force)

    def _sums(self, submissions: Sequence[Submission]) -> dict[str, dict[str, Any]]:
        """Return the counts of every submission by office code, computed from its rows."""
        rows = [
            {"office": one.office_code, **_worth(one.register, json.loads(one.row))}
            for one in self.store.received([one.uid for one in submissions])
            if one.register in FORMS
        ]
        codes = [one.office_code for one in submissions]
        return sums_by(rows, "office", groups=codes, columns=[name for name, _ in COUNTS])

    def _all_rows(self, found: Consolidation) -> dict[str, list[tuple[OfficeLine, dict[str, Any]]]]:
        lines = {one.submission.uid: one for one in found.grid.lines if one.submission and _counts(one)}
        rows: dict[str, list[tuple[OfficeLine, dict[str, Any]]]] = {name: [] for name in (*REGISTERS, "office")}
        for one in self.store.received(list(lines)):
            if one.register in rows:
                rows[one.register].append((lines[one.submission], json.loads(one.row)))
        return rows


def _rank(one: Submission) -> tuple[bool, int, str]:
    return one.is_effective, one.version, one.received_at


def _line(office: RosterOffice, submission: Submission | None, due: date | None) -> OfficeLine:
    overdue = due is not None and clock.today() > due
    late = bool(submission and due and clock.day_of(submission.received_at) > due.isoformat())
    return OfficeLine(
        code=office.code,
        name=office.name,
        township=office.township,
        state=state_of(submission, overdue=overdue),
        submission=submission,
        late=late or (submission is None and overdue),
        contact=office.contact,
        phone=office.phone,
    )


def state_of(submission: Submission | None, *, overdue: bool = False) -> str:
    """Return the word of the grid for what an office sent, or for nothing."""
    if submission is None:
        return OfficeState.OVERDUE if overdue else OfficeState.MISSING
    known = {
        SubmissionState.ACCEPTED: OfficeState.ACCEPTED,
        SubmissionState.SENT_BACK: OfficeState.SENT_BACK,
        SubmissionState.HELD: OfficeState.HELD,
    }
    if submission.state in known:
        return known[submission.state]
    return OfficeState.NIL if submission.nil and all(submission.nil.values()) else OfficeState.RECEIVED


def _counts(line: OfficeLine) -> bool:
    return line.submission is not None and line.submission.is_effective


_CENTS = 100


def _worth(register: str, row: Mapping[str, Any]) -> dict[str, int]:
    """What one row adds to the sums; areas and money in hundredths so that nothing is lost in binary."""
    if register == "facilities":
        own = row["floor_area"] if not row["parent"] else None
        return {"facilities": 1, "facility_area": _hundredths(own)}
    if register == "duties":
        return {"duties": 1, "duty_funding": _hundredths(row["funding_amount"])}
    if register == "shelters":
        usable = row["status"] == "可用"
        return {"shelters": int(usable), "shelter_capacity": (row["capacity"] or 0) if usable else 0}
    if register == "disaster_officers":
        return {register: int(not row["ended_on"])}
    if register == "legal_helpers":
        return {register: int(row["status"] == "在册")}
    return {register: 1}


def _hundredths(text: str | None) -> int:
    from decimal import Decimal

    return int(Decimal(text) * _CENTS) if text else 0


def _added(
    group: str,
    lines: Sequence[OfficeLine],
    counted: Sequence[OfficeLine],
    sums: Mapping[str, Mapping[str, int]],
) -> Totals:
    counts: dict[str, Any] = {
        name: sum(sums[one.code][name] for one in counted if one.code in sums) for name, _ in COUNTS
    }
    for name in ("facility_area", "duty_funding"):
        whole, rest = divmod(counts[name], _CENTS)
        counts[name] = f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
    return Totals(group, len(lines), len(counted), counts)


def _grouped(
    lines: Sequence[OfficeLine],
    counted: Sequence[OfficeLine],
    sums: Mapping[str, Mapping[str, int]],
    *,
    by: str,
) -> tuple[Totals, ...]:
    def key(one: OfficeLine) -> str:
        return one.name if by == "office" else one.township or "（未列镇街）"

    names = list(dict.fromkeys(key(one) for one in lines))
    return tuple(
        _added(name, [one for one in lines if key(one) == name], [one for one in counted if key(one) == name], sums)
        for name in names
    )
