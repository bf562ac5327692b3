"""A copy stands on its own: what names one person or one thing is asked anew, the rest is there already."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.invented import fill, village_desk
from tests.xmdesk.checks.samples import HALL, HELPER, OFFICER, SHELTER, WOMAN
from xmdesk.records.base import Kept, fields_of
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services.copying import copy_of
from xmdesk.services.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, clock) -> Iterator[Desk]:
    made = village_desk(tmp_path / "book")
    fill(made)
    yield made
    made.upkeep.close()


def test_a_copy_gets_its_own_number_and_is_in_use(desk: Desk) -> None:
    uid = desk.registers.uids("facilities")[0]
    desk.registers.retire("facilities", uid, on="2026-01", reason="拆除")
    old = desk.registers.get("facilities", uid)
    assert isinstance(old, Facility)

    saved = desk.registers.save(copy_of(old))

    assert isinstance(saved, Facility)
    assert saved.uid != old.uid
    assert saved.facility_no not in ("", old.facility_no)
    assert (saved.name, saved.retired_on, saved.retired_reason) == (old.name, "", "")


def test_a_copy_of_a_person_says_nothing_that_only_one_person_can_be() -> None:
    person = WOMAN.changed(other_phone="05925551234", photo="p", agreed_to_notice=True, address="军营村3号")

    copy = copy_of(person)

    for field in ("name", "id_no", "sex", "born_on", "mobile", "other_phone", "photo", "agreed_to_notice"):
        assert getattr(copy, field) == getattr(Person(), field), field
    for field in ("post", "address", "political", "education"):
        assert getattr(copy, field) == getattr(person, field), field


@pytest.mark.parametrize(
    ("record", "left"),
    [
        (
            HALL.changed(terminal_no="T1", sign_photo="p", lng=Decimal("118.1"), lat=Decimal("24.9")),
            {"terminal_no", "sign_photo", "lng", "lat", "facility_no"},
        ),
        (OFFICER.changed(certificate_no="Z1"), {"person", "certificate_no"}),
        (HELPER.changed(services=[{"on": "2026"}]), {"person", "certificate_no", "services"}),
        (SHELTER, {"shelter_no"}),
    ],
    ids=["facility", "officer", "helper", "shelter"],
)
def test_what_names_one_thing_stays_behind(record: Kept, left: set[str]) -> None:
    copy, blank = copy_of(record), type(record)()

    differing = {name for name in fields_of(type(record)) if getattr(copy, name) != getattr(record, name)}
    assert left <= differing
    assert all(getattr(copy, name) == getattr(blank, name) for name in differing)


def test_the_phone_beside_a_keeper_is_copied_with_the_keeper() -> None:
    hall = HALL.changed(contact="w", contact_phone="13800008117")

    copy = copy_of(hall)

    assert isinstance(copy, Facility)
    assert (copy.contact, copy.contact_phone) == ("w", "13800008117")
