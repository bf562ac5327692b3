"""A row is found by what it shows: the names of those it refers to, codes in words, days."""

from contextlib import closing

import pytest

from db.store import SqlStore, open_memory
from xmdesk.pinyin import full, initials
from xmdesk.records.codes import Ethnic, FacilityKind, FacilityState, FundSource, Post
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person


@pytest.fixture(params=["in the file", "in memory"])
def kept(request):
    people = [Person(name="解乐平", mobile="13805920001"), Person(name="曾厦生", mobile="13805920002")]
    library = next(one for one in FacilityKind if "书屋" in one.label)
    source = next(iter(FundSource))
    with closing(open_memory()) as store:
        with store.change("x") as change:
            change.save_many(people)
            change.save_many(
                [DisasterOfficer(person=one.uid, post=post) for one, post in zip(people, Post, strict=False)]
            )
            change.save(Facility(name="甲", kind=library, contact=people[0].uid, built_year=2018, in_use_on="2019-05"))
            change.save(Facility(name="乙", contact=people[1].uid, built_year=1998))
            change.save(MaintenanceDuty(subject="路", funding=[source], keeper_person=people[1].uid))
        if request.param == "in memory":
            for record in (Facility, DisasterOfficer, MaintenanceDuty):
                store.warm(record)
        yield store


def facilities(store: SqlStore, query: str) -> str:
    return "".join(one.name for one in store.many(Facility, store.uids(Facility, search=query)))


def officers(store: SqlStore, query: str) -> list[str]:
    found = store.many(DisasterOfficer, store.uids(DisasterOfficer, search=query))
    return [one.name for one in store.many(Person, [one.person for one in found])]


@pytest.mark.parametrize("query", ["解乐", "xyp", "xielep", "xieyueping", "jlp", "解yp", "13805920001"])
def test_a_post_is_found_by_the_person_in_it(kept, query: str) -> None:
    assert officers(kept, query) == ["解乐平"]


@pytest.mark.parametrize(
    ("query", "found"), [("曾", "乙"), ("zxs", "乙"), ("zss", "乙"), ("曾s", "乙"), ("甲 xyp", "甲"), ("乙 xyp", "")]
)
def test_a_facility_is_found_by_whom_it_names(kept, query: str, found: str) -> None:
    assert facilities(kept, query) == found


def test_codes_are_found_by_the_characters_that_stand_in_the_cell(kept) -> None:
    assert facilities(kept, "书屋") == "甲"
    assert facilities(kept, "书屋 曾") == ""
    assert len(kept.uids(MaintenanceDuty, search=next(iter(FundSource)).label)) == 1


@pytest.mark.parametrize("query", ["shuwu", "njsw", "nongjiashuwu", "书w", "甲 sw", "weixiu", "wxz"])
def test_codes_are_found_by_pinyin_as_names_are(kept, query: str) -> None:
    with kept.change("x") as change:
        one = kept.find(Facility, name="甲")[0]
        change.save(one.changed(condition=FacilityState.REPAIR))

    assert facilities(kept, query) == "甲"


@pytest.mark.parametrize("query", ["zheng", "chang", "zc", "zhengchan"])
def test_some_letters_of_what_nearly_every_row_says_are_meant_for_something_else(kept, query: str) -> None:
    assert facilities(kept, query) == ""


@pytest.mark.parametrize("query", ["正常", "zhengchang", "正c"])
def test_what_nearly_every_row_says_is_found_by_characters_or_its_whole_reading(kept, query: str) -> None:
    assert facilities(kept, query) == "甲乙"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zheng", "郑满"),
        ("shen", "沈鹭"),
        ("han", "韩岸"),
        ("min", ""),
        ("汉", "沈鹭郑满韩岸"),
        ("hanzu", "沈鹭郑满韩岸"),
        ("证", "沈鹭郑满韩岸"),
        ("shen hanzu", "沈鹭"),
    ],
)
@pytest.mark.parametrize("is_warm", [False, True])
def test_letters_typed_among_people_are_names(store, query: str, found: str, *, is_warm: bool) -> None:
    with store.change("x") as change:
        change.save_many([Person(name=name, ethnic=Ethnic("01")) for name in ("郑满", "沈鹭", "韩岸")])
    if is_warm:
        store.warm(Person)

    assert "".join(sorted(one.name for one in store.many(Person, store.uids(Person, search=query)))) == found


def test_codes_of_a_list_are_found_by_pinyin(kept) -> None:
    source = next(iter(FundSource)).label

    for query in (full(source), initials(source), source[0] + initials(source[1])):
        assert len(kept.uids(MaintenanceDuty, search=query)) == 1
    assert not kept.uids(MaintenanceDuty, search=f"{source[0]}q")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("2018", "甲"),
        ("2019-05", "甲"),
        ("2019-0", "甲"),
        ("2019年5月", "甲"),
        ("2019.5", "甲"),
        ("1998", "乙"),
        ("2017", ""),
        ("9-05", ""),
    ],
)
def test_years_and_days_are_found_as_tables_and_people_write_them(kept, query: str, found: str) -> None:
    assert facilities(kept, query) == found


def test_who_is_renamed_is_found_by_the_new_name_at_once(kept) -> None:
    person = kept.find(Person, name="曾厦生")[0]
    with kept.change("x") as change:
        change.save(person.changed(name="万水生"))

    assert officers(kept, "wss") == ["万水生"]
    assert officers(kept, "zxs") == []
    assert facilities(kept, "wss") == "乙"
    kept.undo()
    assert facilities(kept, "wss") == ""
    assert facilities(kept, "zxs") == "乙"


def test_another_person_in_a_record_counts_at_once(kept) -> None:
    first = kept.find(Facility, name="甲")[0]
    with kept.change("x") as change:
        change.save(first.changed(contact=kept.find(Person, name="曾厦生")[0].uid, built_year=2020))

    assert facilities(kept, "zxs") == "甲乙"
    assert facilities(kept, "xyp") == ""
    assert facilities(kept, "2020") == "甲"
    assert facilities(kept, "2018") == ""


def test_somebody_who_is_gone_is_found_no_more(kept) -> None:
    person = kept.find(Person, name="曾厦生")[0]
    with kept.change("x") as change:
        change.remove(person)

    assert facilities(kept, "zxs") == ""


def test_people_stand_in_the_order_in_which_their_surnames_are_read(store) -> None:
    names = ("查一", "陈一", "单一", "尉迟一", "解一")
    with store.change("x") as change:
        change.save_many([Person(name=name) for name in names])
        change.save_many([DisasterOfficer(person=one.uid) for one in store.all(Person)])
    by_name = store.many(Person, store.uids(Person, order_by="name"))
    posts = store.many(DisasterOfficer, store.uids(DisasterOfficer, order_by="person"))

    expected = ["陈一", "单一", "解一", "尉迟一", "查一"]
    assert [one.name for one in by_name] == expected
    assert [one.name for one in store.many(Person, [one.person for one in posts])] == expected
