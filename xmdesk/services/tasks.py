"""The district's roster of offices and its collection tasks; the village's side of taking a task in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.divisions import Divisions, Level
from xmdesk.divisions.roster import kind_by_code
from xmdesk.errors import WrongUse
from xmdesk.files import make_folder, shown_path
from xmdesk.periods import Period
from xmdesk.ports import StepKind
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.registers import FORMS
from xmdesk.records.submission import CollectionTask, Direction, Submission
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.services.opening import Opened
from xmdesk.services.sealing import write_document
from xmdesk.trust.profiles import DocumentKind

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


@dataclass(frozen=True)
class Issued:
    """A task that was issued: its number, how many offices it is for, and its file."""

    task: str
    offices: int
    path: Path

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {"task": self.task, "offices": self.offices, "path": shown_path(self.path)}


def roster_from_divisions(code: str) -> list[RosterOffice]:
    """Return every village and community under a district (6 digits) or township (9), as the statistics list them."""
    divisions = Divisions()
    townships = [code] if len(code) == Level.TOWNSHIP.digits else [one.code for one in divisions.children(code)]
    return [
        RosterOffice(
            code=village.code,
            name=village.name,
            office_kind=str(kind_by_code(village.code) or ""),
            township_code=township,
            township=getattr(divisions.get(township), "name", ""),
        )
        for township in townships
        for village in divisions.children(township)
    ]


def quarters_around(day: date, *, before: int, after: int) -> list[Period]:
    """Return the quarter of a day with so many before and after it, the oldest first."""
    quarters = [Period.containing(day)]
    for _ in range(before):
        quarters.insert(0, Period.containing(quarters[0].first - timedelta(days=1)))
    for _ in range(after):
        quarters.append(Period.containing(quarters[-1].last + timedelta(days=1)))
    return quarters


def _month_starts(day: date) -> list[date]:
    """The first days of the months before, of and after a day."""
    here = day.replace(day=1)
    return [(here - timedelta(days=1)).replace(day=1), here, (here + timedelta(days=31)).replace(day=1)]


def newest_first(periods: Iterable[Period]) -> list[Period]:
    """Return periods as people look for them: the latest end first, of those that end together the shortest."""
    return sorted(periods, key=lambda one: (one.last, one.first, one.text), reverse=True)


class Tasks:
    """What the district asks for, and of whom."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def roster(self, on: date | None = None) -> list[RosterOffice]:
        """Return the offices that owe returns on a day, by code."""
        day = on or clock.today()
        return sorted(
            (
                one
                for one in self.store.all(RosterOffice)
                if (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or day <= one.valid_to)
            ),
            key=lambda one: one.code,
        )

    def due_on(self, period: Period) -> date | None:
        """Return the deadline of a period, as its newest task says."""
        tasks = [one for one in self.store.all(CollectionTask) if one.period == period.text]
        return max(tasks, key=lambda one: (one.issued_at, one.uid)).due_on if tasks else None

    def periods(self) -> list[Period]:
        """Return every period that was asked for or reported, and the quarters that the roster owes now, the newest first."""
        reported = [text for text, _ in self.store.tally(Submission, "period")]
        told = {Period(one) for one in (*self._due_days(), *reported) if one}
        return newest_first(told | set(quarters_around(clock.today(), before=1, after=1)))

    def askable(self) -> list[Period]:
        """Return the periods that a task may be about: those known, and months, quarters, halves and years around today."""
        today = clock.today()
        months = [Period(f"{day:%Y-%m}") for day in _month_starts(today)]
        longer = [Period(f"{today.year}{half}") for half in ("H1", "H2", "")]
        more = {*months, *quarters_around(today, before=3, after=1), *longer, Period(str(today.year - 1))}
        return newest_first(more | set(self.periods()))

    def due_next(self) -> Period:
        """Return the period whose deadline comes next; as long as none is set, the quarter of today."""
        today = clock.today()
        coming = [(day, Period(text)) for text, day in self._due_days().items() if day is not None and day >= today]
        return (
            min(coming, key=lambda one: (one[0], one[1].last, one[1].text))[1] if coming else Period.containing(today)
        )

    def _due_days(self) -> dict[str, date | None]:
        """The deadline of each period that was asked for, as its newest task says."""
        return {one.period: one.due_on for one in reversed(self.issued())}

    def issued(self) -> list[CollectionTask]:
        """Return the tasks of this book, sent or received, newest first."""
        return sorted(self.store.all(CollectionTask), key=lambda one: (one.issued_at, one.uid), reverse=True)

    def issue(
        self, period: Period, *, due_on: date, out: Path, forms: tuple[str, ...] = (), force: bool = False
    ) -> Issued:
        """Seal a collection task for every office on the roster and write it into a folder."""
        unknown = [form for form in forms if form not in FORMS]
        if unknown:
            raise WrongUse("REGISTER-UNKNOWN", name=unknown[0][:30], names="、".join(FORMS))
        chosen = tuple(form for form in FORMS if form in forms) or FORMS
        offices = self.roster(period.last)
        number = f"{self._code()}-{period.text}-{len(self.store.find(CollectionTask, period=period.text)) + 1}"
        self.desk.holding.freshen_list()
        sealed = self.desk.holding.letter(self._payload(period, due_on, chosen, number=number))
        name = f"任务_{self._code()}_{period.text}_{sealed.payload_sha256[:8]}.pdf"
        make_folder(out)
        path = write_document(sealed, out / name, force=force)
        task = CollectionTask(
            direction=Direction.OWN,
            period=period.text,
            due_on=due_on,
            forms=list(chosen),
            task_no=number,
            issued_at=clock.stamp(),
            issuer_code=self._code(),
            issuer_name=self.desk.office.office().name,
            office_codes=[one.code for one in offices],
            payload_sha256=sealed.payload_sha256,
        )
        with self.store.change(f"下发采集任务 {period.words}", kind=StepKind.SYSTEM) as change:
            change.save(task)
            change.keep_blob(sealed.content)
        return Issued(number, len(offices), path)

    def take(self, opened: Opened) -> bool:
        """Village side: keep a verified task; False when it is here already."""
        if self.store.find(CollectionTask, payload_sha256=opened.sha256):
            return False
        payload = opened.payload
        task = CollectionTask(
            direction=Direction.RECEIVED,
            period=payload["period"],
            due_on=date.fromisoformat(payload["due_on"]),
            forms=payload["forms"],
            task_no=payload["task_no"],
            issued_at=payload["issued_at"],
            issuer_code=payload["office"]["code"],
            issuer_name=payload["office"]["name"],
            payload_sha256=opened.sha256,
        )
        with self.store.change(f"接收采集任务 {Period(task.period).words}", kind=StepKind.SYSTEM) as change:
            change.save(task)
            if payload["marks"]:
                change.save(self.desk.office.setting_record("form_marks", payload["marks"]))
        return True

    def _code(self) -> str:
        return self.desk.office.office().code

    def _payload(self, period: Period, due_on: date, forms: tuple[str, ...], *, number: str) -> dict[str, Any]:
        office = self.desk.office.office()
        return document(
            DocumentKind.COLLECTION_TASK,
            OfficeHead(office.code, office.name),
            as_of=clock.today().isoformat(),
            period=period.text,
            due_on=due_on.isoformat(),
            forms=list(forms),
            task_no=number,
            issued_at=clock.stamp(),
            marks=self.desk.office.setting("form_marks", {}),
            indicator_set=str(self.desk.office.setting("indicator_set", "")),
            roster=[{"code": one.code, "name": one.name} for one in self.roster(period.last)],
            **self.desk.holding.list_for_letters(),
        )
