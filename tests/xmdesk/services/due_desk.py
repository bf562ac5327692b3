"""A clerk's desk over a store in memory, with an invented office and the words to fill it in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from db.store import SqlStore, open_memory
from tests.conftest import NOON
from xmdesk import clock
from xmdesk.clock import frozen
from xmdesk.problems import Problem
from xmdesk.records.codes import DutyClass, HelperState, OfficeKind, Post
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.services.desk import Desk
from xmdesk.services.holding import SEAL_CERTIFICATE
from xmdesk.services.keyring import Keyring
from xmdesk.trust.argon import FLOOR_COST
from xmdesk.trust.keys import new_key
from xmdesk.trust.requests import self_signed

TODAY = date(2026, 11, 23)


@dataclass
class InMemory:
    """The upkeep of a book that is only in memory."""

    store: SqlStore

    def close(self) -> None:
        self.store.close()

    def back_up(self, reason: str, to: Path | None = None) -> Path:
        return Path()

    def back_up_if_due(self, reason: str) -> None:
        """Nothing is on disk."""

    def notices(self) -> list[Problem]:
        return []

    def notice(self, found: Problem) -> None:
        """Nobody reads it."""

    def put_notices_away(self) -> None:
        """There are none."""

    def owes_long_backup(self) -> bool:
        return False

    def newest_backup(self) -> str:
        return ""


def memory_desk(folder: Path) -> Desk:
    store = open_memory()
    with store.change("新建") as change:
        change.save(Office(code="350299001201", name="榕下村村民委员会", kind=OfficeKind.VILLAGE))
    return Desk(folder, store, Keyring(folder, label="x", password="x", cost=FLOOR_COST), InMemory(store))


@contextmanager
def at_noon(folder: Path) -> Iterator[Desk]:
    """The desk at noon of 23 November 2026."""
    with frozen(NOON), memory_desk(folder).closing() as desk:
        yield desk


def duty(subject: str = "村口公厕", **values: Any) -> MaintenanceDuty:
    said = {"subject": subject, "year": 2026, "kind": DutyClass.TOILET, "keeper": "村委会", **values}
    return MaintenanceDuty.model_validate(said)


def saved(desk: Desk, *records: Any) -> list[Any]:
    """Save records and return them as they stand then, with their numbers."""
    return [desk.registers.save(one) for one in records]


def quiet(desk: Desk) -> None:
    """Fill what would otherwise be vacant, so that a test sees only its own reminders."""
    people = [Person(name=name) for name in ("郑小满", "林银杏", "叶美澄")]
    this_year = date(2026, 4, 1)
    records = [
        *people,
        DisasterOfficer(person=people[0].uid, post=Post.FIRST, confirmed_on=this_year),
        DisasterOfficer(person=people[1].uid, post=Post.DEPUTY, confirmed_on=this_year),
        *(LegalHelper(person=one.uid, status=HelperState.ACTIVE) for one in people),
        Shelter(name="榕下村避灾点", checked_on="2026-05-20", capacity=120),
    ]
    with desk.store.change("填入") as change:
        for one in records:
            change.save(one)
    hold(desk, TODAY + timedelta(days=1800))


def keep(desk: Desk, *records: Any) -> None:
    """Save records that stand in no register."""
    with desk.store.change("填入") as change:
        for one in records:
            change.save(one)


def hold(desk: Desk, last: date) -> None:
    """Let the office hold a certificate until a day."""
    desk.holding.keep("导入", {SEAL_CERTIFICATE: certificate_until(last).public_bytes(Encoding.DER)})


def certificate_until(day: date) -> x509.Certificate:
    """A certificate of ours whose last day is given; it was made as long ago as ours run."""
    made = self_signed(new_key(), code="350299001201", name="村", installation=1, moment=clock.now())
    shift = day - made.not_valid_after_utc.date()
    return self_signed(new_key(), code="350299001201", name="村", installation=1, moment=clock.now() + shift)
