"""Rows about people whose name is in the book already: nobody is doubled in silence, and two people stay two."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, saved, woman
from xmdesk.problems import Severity
from xmdesk.records.codes import DutyClass, InspectionKind
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import LegalHelper, Person
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.pairing import Choice, Decision
from xmdesk.services.parking import Parking
from xmdesk.services.registers import Registers

OTHER_ID = "360426199101010071"
HEADS = ("姓名", "公民身份号码", "手机号码", "住址", "单位及职务")
MOBILE, OTHER = "13800008117", "13899990000"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


def preview(store: SqlStore, path: Path, *rows: Sequence[str], register: str = "persons") -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((HEADS if register == "persons" else HEADS[:3], *rows))
    return Importing(store).preview(path, register)


def known(store: SqlStore, **values: str) -> Person:
    return saved(Registers(store), woman(**{"id_no": "", "address": "", "mobile": MOBILE, **values}))


def told(found: ImportPreview) -> list[tuple[int, str, Severity]]:
    return [(one.where.row, one.code, one.severity) for one in found.problems if one.code.startswith("IMPORT-")]


def decided(store: SqlStore, found: ImportPreview, choice: Choice) -> ImportPreview:
    (pair,) = found.pairs
    return Importing(store).decide(found, {pair.place: Decision(pair, choice)})


def test_one_name_with_another_phone_is_put_side_by_side_and_told(store: SqlStore, path: Path) -> None:
    before = known(store)

    found = preview(store, path, ("林阿土", "", OTHER, "", "书记"))

    (pair,) = found.pairs
    assert (pair.before, pair.reason, pair.choice, pair.choices) == (
        before,
        "姓名相同",
        Choice.SEPARATE,
        tuple(Choice),
    )
    assert told(found) == [(2, "IMPORT-NAMESAKE-BOOK", Severity.WARNING)]
    assert "手机号码不同" in found.problems[-1].text


@pytest.mark.parametrize(
    ("choice", "mobiles", "count"),
    [
        (Choice.UPDATE, [OTHER], "changed"),
        (Choice.SEPARATE, [MOBILE, OTHER], "new"),
        (Choice.SKIP, [MOBILE], "left"),
    ],
)
def test_what_a_person_decides_happens_and_is_told_no_more(
    store: SqlStore, path: Path, choice: Choice, mobiles: list[str], count: str
) -> None:
    known(store)
    found = decided(store, preview(store, path, ("林阿土", "", OTHER, "", "书记")), choice)

    Importing(store).write(found)

    assert (found.counts[count], told(found)) == (1, [])
    assert sorted(one.mobile for one in store.all(Person)) == mobiles


def test_two_identity_numbers_are_two_people_without_a_question(store: SqlStore, path: Path) -> None:
    known(store, id_no=ID_NO)

    found = preview(store, path, ("林阿土", OTHER_ID, OTHER, "", ""))

    assert (found.pairs, told(found), found.counts["new"]) == ((), [], 1)


def test_a_new_identity_number_beside_several_of_the_name_is_told(store: SqlStore, path: Path) -> None:
    known(store)
    like = known(store, mobile=OTHER, post="书记")

    found = preview(store, path, ("林阿土", OTHER_ID, "", "", "书记"))

    assert [one.before for one in found.pairs] == [like]
    assert told(found) == [(2, "IMPORT-NAMESAKES", Severity.WARNING)]


@pytest.mark.parametrize("row", [("林阿土", "", "", "", ""), ("林阿土", "", "", "", "书记")])
def test_a_name_that_may_mean_two_waits(store: SqlStore, path: Path, row: Sequence[str]) -> None:
    known(store)
    known(store, mobile=OTHER)

    found = preview(store, path, row)
    Importing(store).write(found)

    assert told(found) == [(2, "IMPORT-WHICH-PERSON", Severity.ERROR)]
    assert (found.counts["new"], found.counts["parked"], store.count(Person)) == (0, 1, 2)
    (waiting,) = store.all(ParkedRow)
    taken = Parking(store).take_parked(waiting.uid, {"手机号码": OTHER})
    assert (taken.problems, store.count(Person)) == ((), 2)


def test_what_else_agrees_still_finds_the_one_of_two(store: SqlStore, path: Path) -> None:
    known(store)
    second = known(store, mobile=OTHER, address="军营村12号")

    found = preview(store, path, ("林阿土", "", "", "军营村12号", "书记"))

    assert [(one.before, one.reason) for one in found.pairs] == [(second, "姓名、住址相同")]
    assert found.counts["parked"] == 0


def test_two_of_one_name_in_a_sheet_stay_two_and_are_told(store: SqlStore, path: Path) -> None:
    found = preview(store, path, ("林阿土", "", MOBILE, "", ""), ("林阿土", "", OTHER, "", ""))

    assert (found.pairs, found.counts["new"]) == ((), 2)
    assert told(found) == [(3, "IMPORT-NAMESAKE", Severity.WARNING)]
    assert "与第 2 行同名，但手机号码不同" in found.problems[-1].text


def test_a_helper_whose_name_may_mean_two_waits_and_another_phone_is_told(store: SqlStore, path: Path) -> None:
    known(store)
    known(store, mobile=OTHER)

    rows = [("林阿土", "", ""), ("林阿土", "", "13700000001"), ("林阿土", "", OTHER)]
    found = preview(store, path, *rows, register="legal_helpers")
    Importing(store).write(found)

    assert [one[:2] for one in told(found)] == [(2, "IMPORT-WHICH-PERSON"), (3, "IMPORT-NAMESAKE-BOOK")]
    assert (store.count(LegalHelper), store.count(Person)) == (2, 3)


def namesake_words(found: ImportPreview) -> list[tuple[int, str]]:
    return [(one.where.row, one.text) for one in found.problems if one.code == "IMPORT-NAMESAKES"]


def test_a_row_that_may_mean_one_of_two_other_rows_of_the_sheet_names_them(store: SqlStore, path: Path) -> None:
    rows = (("林阿土", "", MOBILE, "", ""), ("林阿土", "", OTHER, "", ""), ("林阿土", "", "", "", ""))

    found = preview(store, path, *rows)

    (waiting,) = found.parked
    assert [one.code for one in waiting.problems] == ["IMPORT-WHICH-PERSON"]
    assert "表里第 2、3 行有同名的人，这一行没有证件号码或手机号码" in waiting.problems[0].text


def test_namesakes_in_the_book_and_in_the_sheet_are_told_apart(store: SqlStore, path: Path) -> None:
    known(store, mobile="", id_no=ID_NO)
    found = preview(store, path, ("林阿土", OTHER_ID, "", "", ""), ("林阿土", "", MOBILE, "", ""))

    assert [(row, "已有 1 位同名的人，表里第 2 行也有" in text) for row, text in namesake_words(found)] == [(3, True)]


def test_contacts_of_one_name_in_two_rows_say_in_which(store: SqlStore, tmp_path: Path) -> None:
    rows = "设施名称,设施类型,负责人,联系电话\n书屋,农家书屋,林阿土,13700000001\n文化室,文化活动室,林阿土,13800008117\n"
    (tmp_path / "设施.csv").write_text(rows, "utf-8-sig")

    found = Importing(store).preview(tmp_path / "设施.csv", "facilities")

    assert [(row, "表里第 2 行有同名的人" in text) for row, text in namesake_words(found)] == [(3, True)]


def test_a_contact_with_the_name_of_others_and_another_phone_is_told(store: SqlStore, tmp_path: Path) -> None:
    known(store)
    rows = "设施名称,设施类型,负责人,联系电话\n书屋,农家书屋,林阿土,13700000001\n文化室,文化活动室,林阿土,13800008117\n"
    (tmp_path / "设施.csv").write_text(rows, "utf-8-sig")
    found = Importing(store).preview(tmp_path / "设施.csv", "facilities")
    Importing(store).write(found)

    assert told(found) == [(2, "IMPORT-NAMESAKES", Severity.WARNING)]
    assert store.count(Person) == 2


def test_the_keeper_of_an_item_is_meant_by_the_name_alone_though_others_have_it(
    store: SqlStore, tmp_path: Path
) -> None:
    keeper = known(store)
    known(store, mobile=OTHER)
    saved(
        Registers(store), MaintenanceDuty(subject="村主干道", kind=DutyClass.ROAD, year=2026, keeper_person=keeper.uid)
    )
    (tmp_path / "清单.csv").write_text("管护对象,领域/类别,管护责任人\n村主干道,农村道路,林阿土\n", "utf-8-sig")

    found = Importing(store).preview(tmp_path / "清单.csv", "duties", year=2026)

    assert (found.counts["same"], store.count(Person)) == (1, 2)
    assert told(found) == []


def test_a_look_at_an_object_comes_again_as_the_same_without_who_looked(store: SqlStore, tmp_path: Path) -> None:
    duty = saved(Registers(store), MaintenanceDuty(subject="村主干道", kind=DutyClass.ROAD, year=2026))
    look = Inspection(
        duty=duty.uid, at="2026-11-02T09:30", inspector="郑小满", kind=InspectionKind.DAILY, is_normal=True
    )
    saved(Registers(store), look)
    rows = "巡查时间,管护条目,类型,是否正常\n2026-11-02 09:30,村主干道,日常,是\n2026-11-02 09:30,村主干道,专项,是\n"
    (tmp_path / "巡查.csv").write_text(rows, "utf-8-sig")

    found = Importing(store).preview(tmp_path / "巡查.csv", "inspections")

    assert (found.counts["same"], found.counts["new"]) == (1, 1)


HELPERS = ("姓名", "性别", "单位及职务", "状态")


def bare(store: SqlStore, **values: str) -> Person:
    return known(store, mobile="", **values)


def helpers(store: SqlStore, path: Path, *rows: Sequence[str]) -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((HELPERS, *rows))
    return Importing(store).preview(path, "legal_helpers")


@pytest.mark.parametrize("post", ["会计", ""], ids=["says another post", "says nothing"])
def test_one_without_a_number_is_not_taken_for_a_namesake_in_silence(store: SqlStore, path: Path, post: str) -> None:
    accountant, cleaner = known(store, post="会计"), bare(store, post="保洁员")

    found = helpers(store, path, ("林阿土", "", post, "在册"))
    Importing(store).write(found)

    assert told(found) == [(2, "IMPORT-WHICH-PERSON", Severity.ERROR)]
    (pair,) = found.pairs
    assert pair.marks == {accountant.uid, cleaner.uid}
    assert pair.reason == "姓名相同"
    assert (store.all(LegalHelper), {one.post for one in store.all(Person)}) == ([], {"会计", "保洁员"})


def test_of_three_with_one_without_a_number_one_is_picked(store: SqlStore, path: Path) -> None:
    for mobile, post in ((MOBILE, "会计"), (OTHER, "出纳"), ("", "保洁员")):
        known(store, mobile=mobile, post=post)

    found = preview(store, path, ("林阿土", "", "", "", "保安"))

    assert told(found) == [(2, "IMPORT-WHICH-PERSON", Severity.ERROR)]
    assert len(found.pairs[0].candidates) == 3


def test_a_person_of_whom_a_row_says_exactly_what_is_known_comes_again_as_the_same(store: SqlStore, path: Path) -> None:
    known(store)
    bare(store, post="保洁员")

    found = preview(store, path, ("林阿土", "", "", "", "保洁员"))

    assert (found.counts["same"], told(found)) == (1, [])


def test_a_post_is_given_to_nobody_for_saying_exactly_what_is_known_unless_it_is_held(
    store: SqlStore, path: Path
) -> None:
    known(store)
    cleaner = bare(store, post="保洁员")
    row = ("林阿土", "", "保洁员", "在册")
    first = told(helpers(store, path, row))

    saved(Registers(store), LegalHelper(person=cleaner.uid))
    found = helpers(store, path, row)

    assert [one[1] for one in first] == ["IMPORT-WHICH-PERSON"]
    assert (found.counts["changed"], told(found)) == (1, [])


def test_a_contact_named_without_a_number_is_not_one_of_whom_more_is_known(store: SqlStore, tmp_path: Path) -> None:
    known(store)
    bare(store, post="保洁员")
    (tmp_path / "设施.csv").write_text("设施名称,设施类型,负责人\n书屋,农家书屋,林阿土\n", "utf-8-sig")
    importing = Importing(store)

    found = importing.preview(tmp_path / "设施.csv", "facilities")
    importing.write(found)
    again = importing.preview(tmp_path / "设施.csv", "facilities")

    assert told(found) == [(2, "IMPORT-NAMESAKES", Severity.WARNING)]
    assert (store.count(Person), again.counts["same"], again.persons) == (3, 1, [])
