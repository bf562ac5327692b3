"""The district's roster of offices and its collection tasks; the village's side of taking a task in."""

from dataclasses import dataclass
from datetime import date
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
from xmdesk.records.submission import CollectionTask, Direction
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.services.holding import REVOCATIONS
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
        with self.store.change(f"下发采集任务 {period.text}", kind=StepKind.SYSTEM) as change:
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
        with self.store.change(f"接收采集任务 {task.period}", kind=StepKind.SYSTEM) as change:
            change.save(task)
            if payload["marks"]:
                change.save(self.desk.office.setting_record("form_marks", payload["marks"]))
        return True

    def _code(self) -> str:
        return self.desk.office.office().code

    def _payload(self, period: Period, due_on: date, forms: tuple[str, ...], *, number: str) -> dict[str, Any]:
        office = self.desk.office.office()
        crl = self.desk.holding.revocations()
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
            crl=self.desk.office.setting(REVOCATIONS, ""),
            crl_number=crl.number if crl else 0,
        )
