"""A register in groups: order of the groups, their counts and totals, together with filter, search and order."""

from datetime import date
from decimal import Decimal

import pytest

from db.store import open_memory
from xmdesk.ports import Condition, Op
from xmdesk.records.base import fields_of
from xmdesk.records.codes import DutyClass, DutyUnit, FundSource, Sex
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import LegalHelper, Person
from xmdesk.services.finding import Filter
from xmdesk.services.grouping import Grouping, can_group

PEOPLE = (
    Person(name="郑小满", sex=Sex.MALE, born_on="1962-01", post="网格员", informed_on=date(2025, 3, 1)),
    Person(name="林银杏", sex=Sex.FEMALE, born_on="1975-06-01", informed_on=date(2026, 5, 1), agreed_to_notice=True),
    Person(name="叶美澄", sex=Sex.FEMALE, born_on="1975", post="网格员", informed_on=date(2026, 1, 1)),
)
ROAD = next(iter(DutyClass))
MONEY = list(FundSource)
DUTIES = (
    MaintenanceDuty(
        year=2026,
        subject="甲路",
        kind=ROAD,
        quantity=Decimal("2.50"),
        unit=DutyUnit.KILOMETRE,
        funding=[str(one) for one in MONEY[:2]],
    ),
    MaintenanceDuty(
        year=2025, subject="乙池", quantity=Decimal("0.75"), unit=DutyUnit.KILOMETRE, keeper_person=PEOPLE[0].uid
    ),
    MaintenanceDuty(
        year=2026,
        subject="丙厕",
        kind=ROAD,
        quantity=Decimal("1.25"),
        unit=DutyUnit.KILOMETRE,
        funding=[str(one) for one in MONEY[:2]],
    ),
)


@pytest.fixture(scope="module")
def store():
    made = open_memory()
    with made.change("x") as change:
        for records in (PEOPLE, DUTIES, tuple(LegalHelper(person=one.uid) for one in PEOPLE[1:])):
            change.save_many(records)
    yield made
    made.close()


def sections(store, register, field, *conditions, **more):
    wanted = Filter(register, conditions=tuple(Condition(*one) for one in conditions), **more)
    found = Grouping(store).grouped(wanted, field)
    assert sum(one.count for one in found.sections) == len(found.uids)
    return [(one.label, one.count) for one in found.sections]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("sex", [("男", 1), ("女", 2)]),
        ("born_on", [("1975年", 2), ("1962年", 1)]),
        ("informed_on", [("2026年", 2), ("2025年", 1)]),
        ("agreed_to_notice", [("是", 1), ("没有填", 2)]),
        ("post", [("网格员", 2), ("没有填", 1)]),
    ],
)
def test_people_stand_in_groups(store, field, expected) -> None:
    assert sections(store, "persons", field) == expected


def test_duties_stand_in_groups_by_year_keeper_and_several_sources(store) -> None:
    both = "、".join(one.label for one in MONEY[:2])

    assert sections(store, "duties", "year") == [("2026", 2), ("2025", 1)]
    assert sections(store, "duties", "keeper_person") == [("郑小满", 1), ("没有填", 2)]
    assert sections(store, "duties", "funding") == [(both, 2), ("没有填", 1)]
    assert sections(store, "legal_helpers", "person.sex") == [("女", 2)]


def test_each_group_has_exact_totals_of_its_own(store) -> None:
    found = Grouping(store).grouped(Filter("duties"), "year")
    filtered = Grouping(store).grouped(Filter("duties", conditions=(Condition("quantity", Op.LESS, "2"),)), "year")

    assert [one.totals["quantity"] for one in found.sections] == ["3.75 公里", "0.75 公里"]
    assert [one.totals["quantity"] for one in filtered.sections] == ["1.25 公里", "0.75 公里"]


def test_groups_work_with_search_filter_and_order(store) -> None:
    assert sections(store, "persons", "sex", ("born_on", Op.BEFORE, "1970")) == [("男", 1)]
    assert sections(store, "persons", "sex", search="lyx") == [("女", 1)]
    assert sections(store, "persons", "sex", order_by="sex", descending=True) == [("女", 2), ("男", 1)]
    last = sections(store, "persons", "post", order_by="post", descending=True)
    assert last[-1] == ("没有填", 1)

    wanted = Filter("persons", order_by="name", descending=True)
    uids = Grouping(store).grouped(wanted, "sex").uids
    assert [one.name for one in store.many(Person, uids)] == ["郑小满", "叶美澄", "林银杏"]


def test_only_columns_whose_values_recur_are_offered() -> None:
    persons, facilities = fields_of(Person), fields_of(Facility)

    assert [can_group(persons[name]) for name in ("sex", "born_on", "agreed_to_notice")] == [True] * 3
    assert [can_group(persons[name]) for name in ("name", "id_no", "mobile", "remark")] == [False] * 4
    assert [can_group(facilities[name]) for name in ("kind", "contact", "built_year")] == [True] * 3
    assert [can_group(facilities[name]) for name in ("floor_area", "facility_no", "location")] == [False] * 3
