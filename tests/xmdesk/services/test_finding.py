"""Saved filters, groups and totals."""

from datetime import date
from decimal import Decimal

import pytest

from db.store import open_memory
from xmdesk.errors import WrongUse
from xmdesk.ports import Condition, Op, StepKind
from xmdesk.records.codes import DutyClass, FundSource, Political, Sex
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import LegalHelper, Person
from xmdesk.services.finding import Filter, Finding, ended, field_spec, ops_for
from xmdesk.services.registers import Registers

PEOPLE = (
    Person(name="郑小满", sex=Sex.MALE, political=Political.MEMBER, born_on="1962-01", mobile="13805920001"),
    Person(name="林银杏", sex=Sex.FEMALE, political=Political.MASSES, born_on="1975-06-01", agreed_to_notice=True),
    Person(name="叶美澄", sex=Sex.FEMALE, political=Political.MEMBER, informed_on=date(2026, 5, 1)),
)
HELPERS = tuple(LegalHelper(person=one.uid) for one in PEOPLE[1:])
_ROAD = next(iter(DutyClass))
_SOURCES = list(FundSource)
DUTIES = (
    MaintenanceDuty(
        year=2026, subject="村主干道", kind=_ROAD, quantity=Decimal("2.50"), funding=[_SOURCES[0], _SOURCES[1]]
    ),
    MaintenanceDuty(
        year=2025, subject="蓄水池", kind=_ROAD, quantity=Decimal("0.75"), funding=[_SOURCES[1]], remark="A3"
    ),
    MaintenanceDuty(year=2026, subject="村口公厕", keeper_person=PEOPLE[0].uid),
)


@pytest.fixture(scope="module")
def store():
    made = open_memory()
    with made.change("x") as change:
        for records in (PEOPLE, HELPERS, DUTIES):
            change.save_many(records)
    yield made
    made.close()


@pytest.fixture
def finding(store):
    return Finding(store)


def titles(finding, register, *conditions, **more):
    wanted = Filter(register, conditions=tuple(Condition(*one) for one in conditions), **more)
    assert finding.count(wanted) == len(finding.uids(wanted))
    records = finding.store.many(type(PEOPLE[0]) if register == "persons" else type(DUTIES[0]), finding.uids(wanted))
    return [one.title() for one in records]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (("sex", Op.IS, "女"), ["林银杏", "叶美澄"]),
        (("political", Op.IS, "党员"), ["郑小满", "叶美澄"]),
        (("political", Op.IS_NOT, "01"), ["林银杏"]),
        (("name", Op.CONTAINS, "美"), ["叶美澄"]),
        (("name", Op.IS, "郑小满"), ["郑小满"]),
        (("mobile", Op.EMPTY), ["林银杏", "叶美澄"]),
        (("mobile", Op.NOT_EMPTY), ["郑小满"]),
        (("mobile", Op.CONTAINS, "0592"), ["郑小满"]),
        (("born_on", Op.BEFORE, "1962年1月2日"), ["郑小满"]),
        (("born_on", Op.AFTER, "1975.5.31"), ["林银杏"]),
        (("born_on", Op.AFTER, "1975-06-01"), []),
        (("informed_on", Op.IS, "2026/5/1"), ["叶美澄"]),
        (("informed_on", Op.BEFORE, "2026-05-02"), ["叶美澄"]),
        (("agreed_to_notice", Op.IS, "是"), ["林银杏"]),
        (("agreed_to_notice", Op.IS_NOT, "是"), ["郑小满", "叶美澄"]),
    ],
)
def test_people_are_found_by_what_is_said_of_them(finding, condition, names) -> None:
    assert titles(finding, "persons", condition) == names


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (("quantity", Op.MORE, "1"), ["村主干道"]),
        (("quantity", Op.LESS, "1"), ["蓄水池"]),
        (("quantity", Op.IS, "2.5"), ["村主干道"]),
        (("quantity", Op.EMPTY), ["村口公厕"]),
        (("year", Op.IS, "2026年"), ["村主干道", "村口公厕"]),
        (("year", Op.LESS, "2026"), ["蓄水池"]),
        (("funding", Op.CONTAINS, _SOURCES[1].label), ["村主干道", "蓄水池"]),
        (("funding", Op.EMPTY), ["村口公厕"]),
        (("keeper_person", Op.CONTAINS, "zxm"), ["村口公厕"]),
        (("keeper_person", Op.IS, PEOPLE[0].uid), ["村口公厕"]),
        (("keeper_person.sex", Op.IS, "男"), ["村口公厕"]),
        (("keeper_person.sex", Op.IS_NOT, "男"), ["村主干道", "蓄水池"]),
        (("keeper_person.mobile", Op.EMPTY), ["村主干道", "蓄水池"]),
        (("keeper_person.mobile", Op.NOT_EMPTY), ["村口公厕"]),
        (("remark", Op.CONTAINS, "a3"), ["蓄水池"]),
    ],
)
def test_duties_are_found_by_amount_list_and_person(finding, condition, names) -> None:
    assert titles(finding, "duties", condition) == names


def test_conditions_search_and_order_work_together(finding) -> None:
    both = (("political", Op.IS, "党员"), ("sex", Op.IS, "女"))

    assert titles(finding, "persons", *both) == ["叶美澄"]
    assert titles(finding, "persons", ("sex", Op.IS, "女"), search="lyx") == ["林银杏"]
    assert titles(finding, "persons", order_by="name", descending=True) == ["郑小满", "叶美澄", "林银杏"]


def test_a_filter_is_kept_counted_live_and_forgotten(finding, store) -> None:
    women = Filter("persons", "妇女", (Condition("sex", Op.IS, Sex.FEMALE),), search="", order_by="name")
    finding.save(women)
    finding.save(Filter("persons", "党员", (Condition("political", Op.IS, "党员"),)))

    assert [one.name for one in Finding(store).saved("persons")] == ["妇女", "党员"]
    assert finding.saved("duties") == []
    assert finding.count(finding.named("persons", "妇女")) == 2
    assert store.steps(limit=1)[0].kind is StepKind.EDIT

    extra = Person(name="洪淑真", sex=Sex.FEMALE)
    with store.change("x") as change:
        change.save(extra)
    assert finding.count(finding.named("persons", "妇女")) == 3
    with store.change("x") as change:
        change.remove(extra)

    finding.save(Filter("persons", "妇女", (Condition("informed_on", Op.IS, date(2026, 5, 1)),)))
    assert [one.name for one in finding.saved("persons")] == ["妇女", "党员"]
    assert finding.count(finding.named("persons", "妇女")) == 1
    for name in ("妇女", "党员"):
        finding.forget("persons", name)
    assert finding.saved("persons") == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Filter("persons", "x", (Condition("nothing", Op.IS, "1"),)), "FILTER-FIELD"),
        (Filter("persons", "x", (Condition("name.x", Op.IS, "1"),)), "FILTER-FIELD"),
        (Filter("legal_helpers", "x", (Condition("person.x", Op.IS, "1"),)), "FILTER-FIELD"),
        (Filter("persons", "x", order_by="nothing"), "FILTER-FIELD"),
        (Filter("persons", "x", (Condition("sex", Op.MORE, "1"),)), "FILTER-OP"),
        (Filter("persons", "x", (Condition("sex", Op.IS, "不男不女"),)), "FILTER-VALUE"),
        (Filter("persons", "x", (Condition("born_on", Op.BEFORE, ""),)), "FILTER-VALUE"),
        (Filter("persons", " "), "FILTER-NAME"),
        (Filter("persons", "长" * 31), "FILTER-NAME"),
    ],
)
def test_a_filter_that_cannot_be_asked_is_not_kept(finding, wanted, code) -> None:
    with pytest.raises(WrongUse) as trouble:
        finding.save(wanted)

    assert trouble.value.code == code
    assert finding.saved(wanted.register) == []


def test_an_unknown_filter_is_named(finding) -> None:
    with pytest.raises(WrongUse) as trouble:
        finding.forget("persons", "没有的")

    assert trouble.value.code == "FILTER-UNKNOWN"


def test_records_are_counted_by_the_values_of_a_field(finding) -> None:
    def groups(register, field, uids=None):
        return [(one.shown, one.count) for one in finding.groups(register, field, uids)]

    assert groups("persons", "sex") == [("男", 1), ("女", 2)]
    assert groups("persons", "sex", [PEOPLE[2].uid]) == [("女", 1)]
    assert groups("persons", "agreed_to_notice") == [("是", 1), ("", 2)]
    assert groups("persons", "born_on", [PEOPLE[0].uid]) == [("1962年1月", 1)]
    assert groups("persons", "mobile") == [("138****0001", 1), ("", 2)]
    assert groups("duties", "year") == [("2026", 2), ("2025", 1)]
    assert groups("duties", "funding") == [(_SOURCES[0].label, 1), (_SOURCES[1].label, 2), ("", 1)]
    assert groups("duties", "keeper_person") == [("郑小满", 1), ("", 2)]
    assert groups("legal_helpers", "person.political") == [("中共党员", 1), ("群众", 1)]


def test_every_field_of_every_register_says_how_it_is_compared(finding) -> None:
    for record in (Person, Facility, MaintenanceDuty, LegalHelper):
        for name in record.model_fields:
            if name == "uid":
                continue
            spec = field_spec(record.key, name)
            for op in {Op.EMPTY, Op.NOT_EMPTY} & set(ops_for(spec.kind)):
                assert finding.count(Filter(record.key, conditions=(Condition(name, op),))) >= 0


def test_one_of_several_conditions_can_be_enough(finding) -> None:
    either = (("sex", Op.IS, "男"), ("agreed_to_notice", Op.IS, "是"))

    assert titles(finding, "persons", *either, is_any=True) == ["郑小满", "林银杏"]
    assert titles(finding, "persons", *either) == []
    assert titles(finding, "persons", is_any=True) == [one.name for one in PEOPLE]


def test_a_filter_that_wants_any_condition_is_kept_as_such_and_can_be_renamed(finding) -> None:
    finding.save(Filter("persons", "甲", (Condition("sex", Op.IS, "男"),), is_any=True))
    finding.save(Filter("persons", "乙"))
    finding.rename("persons", "甲", " 男的 ")

    assert [(one.name, one.is_any) for one in finding.saved("persons")] == [("男的", True), ("乙", False)]
    with pytest.raises(WrongUse) as taken:
        finding.rename("persons", "男的", "乙")
    with pytest.raises(WrongUse) as nameless:
        finding.rename("persons", "男的", " ")
    for name in ("男的", "乙"):
        finding.forget("persons", name)
    assert (taken.value.code, nameless.value.code) == ("FILTER-TAKEN", "FILTER-NAME")


def test_what_has_ended_answers_only_when_its_end_is_asked_for():
    store = open_memory()
    finding, gone = Finding(store), DUTIES[0].changed(retired_on="2026-03")
    with store.change("停用") as change:
        change.save_many([gone, *DUTIES[1:]])
    either = (Condition("subject", Op.CONTAINS, gone.subject), Condition("location", Op.EMPTY))

    assert gone.uid not in finding.uids(Filter("duties"))
    assert gone.uid not in finding.uids(Filter("duties", conditions=either, is_any=True))
    assert finding.uids(ended("duties")) == [gone.uid]
    assert Registers(finding.store).count_ended("duties") == 1
    assert not finding.is_whole(Filter("duties"))
    assert finding.is_whole(Filter("persons"))
    store.close()
