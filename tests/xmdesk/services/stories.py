"""An invented village and its district, and the steps of their work as one line each."""

import shutil
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

from tests.books import new_book
from tests.conftest import NOON
from ui.compose import open_book
from xmdesk.clock import frozen
from xmdesk.periods import Period
from xmdesk.records.base import Kept
from xmdesk.records.codes import DutyClass, FacilityKind
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk
from xmdesk.services.inbox import Received
from xmdesk.services.registers import Registers
from xmdesk.services.sealing import seal_document
from xmdesk.services.submitting import Sealed

K = TypeVar("K", bound=Kept)
PASSWORD = "高山云雾茶2026"
VILLAGE = "350212105206"
OTHER_VILLAGE = "350212105207"
DISTRICT = "350212"
QUARTER = Period("2026Q4")
ID_NO = "11010519491231002X"


@dataclass(frozen=True)
class Offices:
    """The two open books and a folder for what is carried between them."""

    district: Desk
    village: Desk
    folder: Path

    @classmethod
    def reopened(cls, prepared: Path, folder: Path) -> "Offices":
        """Open copies of two closed books, which stay as they were prepared."""
        for name in ("district", "village"):
            shutil.copytree(prepared / name, folder / name)
        return cls(open_book(folder / "district", PASSWORD), open_book(folder / "village", PASSWORD), folder)

    def close(self) -> None:
        self.district.upkeep.close()
        self.village.upkeep.close()

    def seal(self) -> Sealed:
        """The village answers what is open as nil and seals the quarter."""
        nil_the_rest(self.village)
        desk = self.village.submitting
        return desk.seal(desk.draft(QUARTER), self.folder / "out", prepared_by="林阿土", signed_off_by="陈水木")

    def receive(self, *paths: Path) -> list[Received]:
        """The district takes files in; pages are compared elsewhere."""
        return self.district.inbox.receive(paths, compare=False, processes=1)

    def sealed_anyhow(self, **changes: Any) -> Path:
        """A return of the village with members changed, sealed with its own key."""
        nil_the_rest(self.village)
        desk = self.village.submitting
        payload = desk.checked(desk.draft(QUARTER), desk.approval(prepared_by="林阿土", signed_off_by="陈水木")).payload
        sealed = seal_document(payload | changes, self.village.holding.signer())
        path = self.folder / f"{sealed.payload_sha256[:12]}.pdf"
        path.write_bytes(sealed.content)
        return path


def book(folder: Path, code: str, name: str) -> Desk:
    return new_book(folder, code=code, name=name, password=PASSWORD)


def found(folder: Path) -> Offices:
    """Make both books, the authority, and enrol the village."""
    district, village = (
        book(folder / "district", DISTRICT, "同安区民政局"),
        book(folder / "village", VILLAGE, "军营村民委员会"),
    )
    root = district.enrolling.init()
    asked = village.enrolling.request(folder / "request.pdf")
    district.enrolling.grant(folder / "request.pdf", fingerprint=asked.fingerprint, out=folder / "grant.pdf")
    village.enrolling.accept(folder / "grant.pdf", root_digits_typed=root.fingerprint)
    return Offices(district, village, folder)


def prepare(folder: Path) -> Path:
    """Closed books: the district with its authority, the village enrolled and with something in every register."""
    with frozen(NOON):
        offices = found(folder)
        fill(offices.village)
        offices.close()
    return folder


def woman(**values: Any) -> Person:
    return Person.model_validate({"name": "林阿土", "id_no": ID_NO, "mobile": "13800008117", **values})


def hall(person: Person | None = None, **values: Any) -> Facility:
    plain = {
        "name": "军营村党群服务中心",
        "kind": FacilityKind.PARTY_CENTRE,
        "floor_area": Decimal(600),
        "owner": "军营村民委员会",
        "contact": person.uid if person else "",
    }
    return Facility.model_validate(plain | values)


def duty(**values: Any) -> MaintenanceDuty:
    plain = {
        "year": 2026,
        "kind": DutyClass.LIGHT,
        "subject": "村道路灯",
        "owner": "军营村民委员会",
        "operator": "无",
        "manager": "同所有权人",
        "keeper": "军营村民委员会",
        "quantity": Decimal(120),
        "noticed_on": date(2026, 2, 1),
    }
    return MaintenanceDuty.model_validate(plain | values)


def fill(village: Desk) -> None:
    """Put a person, a facility with a room in it, and a duty into the books; warnings remain, errors do not."""
    person = woman()
    building = hall(person)
    room = hall(person, name="图书室", kind=FacilityKind.LIBRARY, parent=building.uid, floor_area=Decimal("60.5"))
    keep(village, person, building, room, duty(keeper_person=person.uid))


def saved(registers: Registers, record: K) -> K:
    """Save a record and return it as it stands now."""
    return cast(K, registers.save(record))


def keep(desk: Desk, *records: Kept) -> None:
    for one in records:
        desk.registers.save(one)


def one_of(desk: Desk, cls: type[K], **values: Any) -> K:
    """The one record of a class with these values."""
    (found,) = desk.store.find(cls, **values)
    return found


def nil_the_rest(village: Desk) -> None:
    empty = [one.name for one in village.submitting.forms(QUARTER, []) if not one.count]
    village.submitting.answer_nil(QUARTER, empty, is_nil=True, by="林阿土")
