"""Conditions, tallies and sums over rows as they lie."""

from decimal import Decimal

import pytest

from db.store import SqlStore
from xmdesk.ports import Condition, Op
from xmdesk.records.codes import Post, Sex
from xmdesk.records.duty import Inspection
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person


@pytest.fixture
def kept(store: SqlStore) -> SqlStore:
    people = [Person(name="林银杏", sex=Sex.FEMALE), Person(name="郑建新", sex=Sex.MALE)]
    officers = [DisasterOfficer(person=people[0].uid, post=Post.FIRST), DisasterOfficer(person="", post=Post.DEPUTY)]
    facilities = [
        Facility(name="服务站", floor_area=Decimal("45.50"), seats=3, has_sign=False),
        Facility(name="卫生室", floor_area=Decimal("0.25"), has_sign=True),
        Facility(name="书屋"),
    ]
    inspections = [Inspection(at=at) for at in ("2026-11-23T14:05", "2026-11-23", "2026-11-24T08:00", "")]
    with store.change("x") as change:
        for records in (people, officers, facilities, inspections):
            change.save_many(records)
    return store


def found(store, record, *conditions, **more) -> list[str]:
    uids = store.where(record, [Condition(*one) for one in conditions], **more)
    return [one.title() for one in store.many(record, uids)]


def test_all_conditions_must_hold(kept) -> None:
    signed = ("has_sign", Op.IS, False)

    assert found(kept, Facility, signed) == ["服务站"]
    assert found(kept, Facility, signed, ("seats", Op.MORE, 3)) == []
    assert found(kept, Facility) == ["服务站", "卫生室", "书屋"]


def test_decimals_compare_exactly_and_nothing_is_not_little(kept) -> None:
    assert found(kept, Facility, ("floor_area", Op.IS, Decimal("45.5"))) == ["服务站"]
    assert found(kept, Facility, ("floor_area", Op.LESS, Decimal("0.26"))) == ["卫生室"]
    assert found(kept, Facility, ("floor_area", Op.IS_NOT, Decimal("45.5"))) == ["卫生室", "书屋"]
    assert found(kept, Facility, ("floor_area", Op.EMPTY)) == ["书屋"]


def test_moments_of_a_day_are_neither_before_nor_after_it(kept) -> None:
    assert found(kept, Inspection, ("at", Op.AFTER, "2026-11-23")) == ["2026-11-24T08:00"]
    assert found(kept, Inspection, ("at", Op.BEFORE, "2026-11-24")) == ["2026-11-23T14:05", "2026-11-23"]


def test_a_condition_on_somebody_else_holds_only_where_there_is_somebody(kept) -> None:
    def posts(*condition) -> list[str]:
        uids = kept.where(DisasterOfficer, [Condition(*condition)])
        return [str(one.post) for one in kept.many(DisasterOfficer, uids)]

    assert posts("person.sex", Op.IS, Sex.FEMALE) == [Post.FIRST]
    assert posts("person.sex", Op.IS_NOT, Sex.MALE) == [Post.FIRST, Post.DEPUTY]
    assert posts("person.name", Op.EMPTY) == [Post.DEPUTY]
    assert posts("person.name", Op.NOT_EMPTY) == [Post.FIRST]


def test_conditions_search_and_order_go_together(kept) -> None:
    sized = ("floor_area", Op.NOT_EMPTY)

    assert found(kept, Facility, sized, order_by="floor_area") == ["卫生室", "服务站"]
    assert found(kept, Facility, sized, search="fwz") == ["服务站"]
    assert found(kept, Facility, sized, search="卫s") == ["卫生室"]


def test_what_is_to_be_passed_over_is_missing_however_one_asks(kept) -> None:
    without = {"without": [Condition("seats", Op.MORE, 2)]}

    assert found(kept, Facility, **without) == ["卫生室", "书屋"]
    assert found(kept, Facility, descending=True, **without) == ["书屋", "卫生室"]
    assert found(kept, Facility, order_by="floor_area", **without) == ["卫生室", "书屋"]
    assert found(kept, Facility, ("floor_area", Op.NOT_EMPTY), **without) == ["卫生室"]
    assert found(kept, Facility, search="fwz", **without) == []
    assert found(kept, Facility, search="卫s", **without) == ["卫生室"]
    kept.warm(Facility)
    assert found(kept, Facility, search="s", descending=True, **without) == ["书屋", "卫生室"]
    assert found(kept, Facility, search="fwz", **without) == []
    with kept.change("x") as change:
        change.save(kept.find(Facility, name="服务站")[0].changed(seats=2))
    assert found(kept, Facility, search="fwz", **without) == ["服务站"]


def test_values_are_never_taken_for_sql(kept) -> None:
    assert found(kept, Facility, ("name", Op.CONTAINS, "' OR 1=1 --")) == []
    assert found(kept, Facility, ("name", Op.CONTAINS, "%")) == []


def test_values_are_counted_and_numbers_summed(kept) -> None:
    some = kept.where(Facility, [Condition("has_sign", Op.NOT_EMPTY)])

    assert sorted(kept.tally(Facility, "has_sign", among=some)) == [(False, 1), (True, 1)]
    assert dict(kept.tally(DisasterOfficer, "person.sex")) == {None: 1, Sex.FEMALE: 1}
    assert kept.sums(Facility, ["floor_area", "seats"]) == {"floor_area": Decimal("45.75"), "seats": 3}
    assert kept.sums(Facility, ["floor_area"], among=[]) == {"floor_area": None}
    assert kept.sums(Facility, []) == {}


def test_an_unknown_field_or_a_field_that_refers_to_nobody_is_our_bug(kept) -> None:
    for field in ("nothing", "name.sex"):
        with pytest.raises(KeyError):
            kept.where(Facility, [Condition(field, Op.IS, "x")])
