"""Villages and districts at work on their own folders, by the services, with keys that are cheap to derive."""

import shutil
from pathlib import Path

from tests.books import new_book
from tests.journeys.terminal import PASSWORD
from ui.compose import open_book
from xmdesk.periods import Period
from xmdesk.records.codes import ActivityKind
from xmdesk.records.doings import Activity
from xmdesk.services.desk import Desk

QUARTER = Period.parse("2026Q4")


def new_desk(folder: Path, code: str, name: str) -> Desk:
    """Open a new book."""
    return new_book(folder, code=code, name=name, password=PASSWORD)


def new_district(folder: Path, code: str = "350212", name: str = "同安区民政局") -> Desk:
    """Make a district with its authority."""
    desk = new_desk(folder, code, name)
    desk.enrolling.init()
    return desk


def enrol(office: Desk, district: Desk, folder: Path) -> None:
    """Carry request and grant between an office and its district."""
    code = office.office.office().code
    folder.mkdir(parents=True, exist_ok=True)
    asked = office.enrolling.request(folder / f"申请_{code}.pdf")
    grant = folder / f"证书_{code}.pdf"
    district.enrolling.grant(Path(asked.path), fingerprint=asked.fingerprint, out=grant)
    office.enrolling.accept(grant, root_digits_typed=district.enrolling.root_digits())


def hold(desk: Desk, theme: str, people: int = 30) -> Activity:
    """Keep one more activity."""
    activity = Activity(
        from_on="2026-10-12", theme=theme, kind=ActivityKind.LEGAL, organiser="村委会", people_count=people
    )
    desk.registers.save(activity)
    return activity


def send(desk: Desk, out: Path, period: Period = QUARTER) -> Path:
    """Answer nil where nothing is kept and seal the return."""
    draft = desk.submitting.draft(period)
    empty = [form for form in draft.forms if not draft.rows[form]]
    desk.submitting.answer_nil(period, empty, is_nil=True, by="郑小满")
    out.mkdir(parents=True, exist_ok=True)
    return desk.submitting.seal(desk.submitting.draft(period), out, prepared_by="郑小满", signed_off_by="林银杏").path


def copied(folder: Path, to: Path) -> Desk:
    """Open a copy of a closed book."""
    shutil.copytree(folder, to)
    return open_book(to, PASSWORD)
