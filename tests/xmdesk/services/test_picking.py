"""Whom a few letters mean where one record is picked."""

import pytest

from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services.picking import meant


@pytest.fixture
def people(store):
    with store.change("x") as change:
        for name, post, address, mobile in (
            ("林岸", "书记", "郑坂路1号", "13800001111"),
            ("郑满", "主任", "林边路2号", "13800002222"),
            ("沈鹭", "会计", "林边路3号", "13900003333"),
        ):
            change.save(
                Person(name=name, post=post, address=address, mobile=mobile, id_no=f"35021219900101{mobile[-4:]}")
            )
    return store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zheng", "郑满"),
        ("lin", "林岸"),
        ("l", "林岸沈鹭"),
        ("郑", "郑满"),
        ("郑m", "郑满"),
        ("书记", ""),
        ("138", "林岸郑满"),
        ("zheng 2222", "郑满"),
        ("19900101", "林岸沈鹭郑满"),
    ],
)
def test_a_person_is_picked_by_name_or_number(people, text: str, found: str) -> None:
    assert "".join(sorted(one.name for one in meant(people, Person, text, 20))) == found


def test_without_letters_the_first_ones_are_offered(people) -> None:
    assert len(meant(people, Person, "", 2)) == 2


def test_what_is_called_so_stands_before_what_only_says_so(store) -> None:
    with store.change("x") as change:
        for number in range(150):
            change.save(Facility(name=f"甲{number}", location="书屋路"))
        change.save(Facility(name="农家书屋"))

    found = [one.name for one in meant(store, Facility, "shuwu", 20)]

    assert found[0] == "农家书屋"
    assert len(found) == 20
