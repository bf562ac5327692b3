"""Namesakes can be told apart where one is chosen from a list; whoever is alone stands there by name alone."""

import pytest

from db.store import SqlStore, open_memory
from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.services.entering import Entering
from xmdesk.services.registers import Registers

FIRST = Person(name="林银杏", post="网格员", mobile="13800000001")


@pytest.fixture
def store():
    made = open_memory()
    yield made
    made.close()


def choices(store: SqlStore, register: str, *records: Record) -> list[str]:
    with store.change("登记") as change:
        change.save_many(records)
    return sorted(title for _, title in Registers(store).choices(register, ""))


@pytest.mark.parametrize(
    ("other", "titles"),
    [
        (Person(name="林银杏", post="会计"), ["林银杏（会计）", "林银杏（网格员）"]),
        (FIRST.changed(uid="2", mobile="13800000002"), ["林银杏（尾号0001）", "林银杏（尾号0002）"]),
        (Person(name="林银杏"), ["林银杏", "林银杏（网格员）"]),
        (Person(name="林银花", post="会计"), ["林银杏", "林银花"]),
    ],
    ids=["by post", "by the end of the phone", "one of whom nothing is known", "nobody of that name"],
)
def test_persons_of_one_name_are_told_apart(store: SqlStore, other: Person, titles: list[str]) -> None:
    assert choices(store, "persons", FIRST, other) == titles


def test_more_is_said_until_all_are_told_apart(store: SqlStore) -> None:
    others = [FIRST.changed(uid="2", mobile="13800000002"), FIRST.changed(uid="3", post="会计")]

    assert choices(store, "persons", FIRST, *others) == [
        "林银杏（会计，尾号0001）",
        "林银杏（网格员，尾号0001）",
        "林银杏（网格员，尾号0002）",
    ]


def test_items_of_two_years_are_told_apart_and_facilities_by_their_place(store: SqlStore) -> None:
    items = [MaintenanceDuty(subject="路灯", year=year) for year in (2026, 2027)]
    halls = [Facility(name="健身点", location=place) for place in ("军营", "白交祠")]

    assert choices(store, "duties", *items) == ["路灯（2026年）", "路灯（2027年）"]
    assert choices(store, "facilities", *halls) == ["健身点（军营）", "健身点（白交祠）"]


def test_cells_offer_the_same_words(store: SqlStore) -> None:
    choices(store, "persons", FIRST, Person(name="林银杏", post="会计"))
    entering = Entering(Registers(store))

    offered = entering.options(fields_of(DisasterOfficer)["person"], "lyx")

    assert sorted(title for _, title in offered) == ["林银杏（会计）", "林银杏（网格员）"]


def test_whatever_is_referred_to_can_be_told_apart(store: SqlStore) -> None:
    with store.change("登记") as change:
        change.save_many([MaintenanceDuty(subject="路灯", location=place) for place in ("甲", "乙")])

    offered = Entering(Registers(store)).options(fields_of(Inspection)["duty"], "路灯")

    assert {title for _, title in offered} == {"路灯（甲）", "路灯（乙）"}
