"""The number beside a name goes with the person, cell by cell and for many, and one that is nobody's stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.invented import fill, village_desk
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.shelter import Shelter
from xmdesk.services.beside import BESIDE
from xmdesk.services.desk import Desk
from xmdesk.services.entering import Entering

OLD = Person(name="吴小满", mobile="13805920101", other_phone="0592-7018001")
NEW = Person(name="吴大寒", mobile="13805920102")
LANDLINE = Person(name="吴清明", other_phone="0592-7018003")
NONE = Person(name="吴谷雨")
PLACES = (
    ("facilities", Facility(name="书屋", contact=OLD.uid)),
    ("duties", MaintenanceDuty(subject="路灯", year=2026, keeper_person=OLD.uid)),
    ("shelters", Shelter(name="小学", duty_person=OLD.uid)),
)


@pytest.fixture
def desk(tmp_path: Path, clock) -> Iterator[Desk]:
    made = village_desk(tmp_path / "book")
    fill(made)
    for one in (OLD, NEW, LANDLINE, NONE):
        made.registers.save(one)
    yield made
    made.upkeep.close()


def place(desk: Desk, phone: str, *, person: str = OLD.uid) -> Facility:
    saved = desk.registers.save(Facility(name="书屋", contact=person, contact_phone=phone))
    assert isinstance(saved, Facility)
    return saved


def turned_to(desk: Desk, one: Facility, person: str) -> str:
    entering = Entering(desk.registers)
    entering.write(entering.same("facilities", [one.uid], {"contact": person}), label="换人")
    stored = desk.store.get(Facility, one.uid)
    assert stored is not None
    assert stored.contact == person
    return stored.contact_phone


@pytest.mark.parametrize(("name", "record"), PLACES, ids=[name for name, _ in PLACES])
def test_another_person_brings_their_number_and_one_step_takes_it_back(desk: Desk, name: str, record: Facility) -> None:
    person, phone = BESIDE[name]
    desk.registers.save(record.changed(**{phone: OLD.mobile}))
    entering = Entering(desk.registers)
    entering.write(entering.same(name, [record.uid], {person: NEW.uid}), label="换人")
    turned = desk.registers.get(name, record.uid)
    desk.store.undo()
    back = desk.registers.get(name, record.uid)

    assert getattr(turned, phone) == NEW.mobile
    assert (getattr(back, person), getattr(back, phone)) == (OLD.uid, OLD.mobile)


@pytest.mark.parametrize(
    ("phone", "person", "wanted"),
    [
        ("", NEW, NEW.mobile),
        (OLD.other_phone, NEW, NEW.mobile),
        (OLD.mobile, LANDLINE, LANDLINE.other_phone),
        (OLD.mobile, NONE, ""),
        ("0592-7019999", NEW, "0592-7019999"),
        ("", NONE, ""),
    ],
)
def test_only_what_belonged_to_the_former_person_goes(desk: Desk, phone: str, person: Person, wanted: str) -> None:
    assert turned_to(desk, place(desk, phone), person.uid) == wanted


def test_with_the_name_goes_the_number(desk: Desk) -> None:
    assert turned_to(desk, place(desk, OLD.mobile), "") == ""


def test_a_name_where_none_stood_leaves_a_number_that_stood_there(desk: Desk) -> None:
    assert turned_to(desk, place(desk, "0592-7019999", person=""), NEW.uid) == "0592-7019999"


def test_a_pasted_number_is_taken_as_it_is_and_an_empty_one_is_filled(desk: Desk) -> None:
    first, second = place(desk, OLD.mobile), place(desk, OLD.mobile)
    lines = [["吴大寒", OLD.mobile], ["吴大寒", ""]]
    found = Entering(desk.registers).put("facilities", [first.uid, second.uid], ["contact", "contact_phone"], lines)

    phones = {one.uid: one.contact_phone for one in found.records if isinstance(one, Facility)}
    assert phones == {first.uid: OLD.mobile, second.uid: NEW.mobile}


def test_lines_pasted_as_new_records_bring_the_number_too(desk: Desk) -> None:
    found = Entering(desk.registers).add("facilities", ["name", "contact"], [["新书屋", "吴大寒"]])

    assert [one.contact_phone for one in found.records if isinstance(one, Facility)] == [NEW.mobile]


def test_each_of_many_keeps_or_changes_its_own(desk: Desk) -> None:
    own, typed = place(desk, OLD.mobile), place(desk, "0592-7019999")
    found = Entering(desk.registers).same("facilities", [own.uid, typed.uid], {"contact": NEW.uid})

    assert {one.contact_phone for one in found.records if isinstance(one, Facility)} == {NEW.mobile, "0592-7019999"}
