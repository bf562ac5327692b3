"""Records go into the rows that the sender prepared for them; what is printed there stays."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.store import open_memory
from tests.xmdesk.services.blank_forms import form_of
from xmdesk.errors import WrongUse
from xmdesk.records.codes import Post
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.services.filling import Filling

TITLES = ["镇街", "村（社区）", "姓名", "手机", "角色"]


@pytest.fixture
def store():
    made = open_memory()
    people = [Person(name="林岸", mobile="13800000001"), Person(name="郑满", mobile="13800000002")]
    with made.change("x") as change:
        change.save(Office(code="350212105206", name="榕下村村民委员会", township="莲花镇", district="同安区"))
        change.save_many(people)
        change.save_many(
            [
                DisasterOfficer(person=one.uid, post=post)
                for one, post in zip(people, (Post.DEPUTY, Post.FIRST), strict=True)
            ]
        )
    yield made
    made.close()


def written(store, path: Path) -> Any:
    filling = Filling(store)
    blank = filling.look(path)
    uids = [
        one.uid
        for person in ("林岸", "郑满")
        for one in store.find(DisasterOfficer, person=store.find(Person, name=person)[0].uid)
    ]
    done = filling.fill(blank, filling.propose(blank, "disaster_officers"), uids, path.with_name("满.xlsx"))
    return load_workbook(done.path).worksheets[0]


def filled(store, path: Path) -> list[list[Any]]:
    return [list(line) for line in written(store, path).iter_rows(values_only=True)]


def test_each_role_goes_into_the_row_prepared_for_it_and_the_printed_name_of_the_village_stays(
    store, tmp_path: Path
) -> None:
    path = form_of(
        tmp_path / "表.xlsx",
        TITLES,
        ["莲花镇", "榕下村", None, None, "A角"],
        ["莲花镇", "榕下村", None, None, "B角"],
    )

    assert filled(store, path)[1:] == [
        ["莲花镇", "榕下村", "郑满", "13800000002", "A角"],
        ["莲花镇", "榕下村", "林岸", "13800000001", "B角"],
    ]


def test_rows_of_another_village_stay_blank_and_whoever_has_no_row_gets_one_below(store, tmp_path: Path) -> None:
    path = form_of(
        tmp_path / "表.xlsx",
        TITLES,
        ["莲花镇", "桥头村", None, None, "A角"],
        ["莲花镇", "榕下村", None, None, "A角"],
        ["莲花镇", "云坂村", None, None, "B角"],
    )

    assert filled(store, path)[1:] == [
        ["莲花镇", "桥头村", None, None, "A角"],
        ["莲花镇", "榕下村", "郑满", "13800000002", "A角"],
        ["莲花镇", "云坂村", None, None, "B角"],
        ["莲花镇", "榕下村", "林岸", "13800000001", "B角"],
    ]


def test_only_rows_prepared_for_this_office_count_as_free(store, tmp_path: Path) -> None:
    lines = [
        ["莲花镇", "桥头村", None, None, "A角"],
        ["莲花镇", "榕下村", None, None, "A角"],
        ["莲花镇", "榕下村", None, None, "B角"],
        ["莲花镇", "XX村", None, None, None],
    ]
    filling = Filling(store)
    blank = filling.look(form_of(tmp_path / "表.xlsx", TITLES, *lines))

    free = filling.rows_free(blank, filling.propose(blank, "disaster_officers"))

    assert (blank.rows_free, free) == (4, 3)


@pytest.mark.parametrize(("posts", "added"), [(["A角", "B角"], 1), (["A角", "A角"], 0), ([None, None], 0)])
def test_rows_that_will_be_put_in_are_counted_by_what_fits(
    store, tmp_path: Path, posts: list[str | None], added: int
) -> None:
    with store.change("x") as change:
        change.save_many([one.changed(post=Post.FIRST) for one in store.all(DisasterOfficer)])
    path = form_of(tmp_path / "表.xlsx", TITLES, *(["莲花镇", "榕下村", None, None, post] for post in posts))
    filling = Filling(store)
    blank = filling.look(path)
    uids = [one.uid for one in store.all(DisasterOfficer)]

    lacking = filling.lacking(blank, filling.propose(blank, "disaster_officers"), uids)

    assert lacking.rows == added
    assert len(filled(store, path)) == 3 + added


def test_a_merged_village_speaks_for_its_first_row_too(store, tmp_path: Path) -> None:
    path = form_of(tmp_path / "表.xlsx", ["村", "姓名", "角色"], ["榕下村"], [None, None, None], merged="A2:A3")

    assert filled(store, path)[1:] == [["榕下村", "林岸", "B角"], [None, "郑满", "A角"]]


NUMBERED = ["序号", "村(居)", "角色", "姓名", "手机"]


def pair(number: int | str | None, village: str, *own: str) -> list[list[Any]]:
    """A row for the A角 and one for the B角."""
    return [[number, village, "A角", *own], [None, None, "B角"]]


def test_printed_numbers_and_every_merge_of_them_stay_when_a_village_fills_its_own_rows(store, tmp_path: Path) -> None:
    lines = [*pair(1, "桥头村"), *pair(2, "榕下村"), *pair(3, "云坂村")]
    merges = ["A2:A3", "B2:B3", "A4:A5", "B4:B5", "A6:A7", "B6:B7"]

    sheet = written(store, form_of(tmp_path / "表.xlsx", NUMBERED, *lines, merged=" ".join(merges)))

    assert [list(line) for line in sheet.iter_rows(min_row=2, values_only=True)] == [
        [1, "桥头村", "A角", None, None],
        [None, None, "B角", None, None],
        [2, "榕下村", "A角", "郑满", "13800000002"],
        [None, None, "B角", "林岸", "13800000001"],
        [3, "云坂村", "A角", None, None],
        [None, None, "B角", None, None],
    ]
    assert sorted(one.coord for one in sheet.merged_cells.ranges) == sorted(merges)


def test_numbers_that_are_not_printed_count_the_villages_where_they_are_merged_over_their_rows(
    store, tmp_path: Path
) -> None:
    lines = [*pair(None, "桥头村"), *pair(None, "榕下村")]

    sheet = written(store, form_of(tmp_path / "表.xlsx", NUMBERED, *lines, merged="A2:A3 B2:B3 A4:A5 B4:B5"))

    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [None, None, 2, None]
    assert len(sheet.merged_cells.ranges) == 4


def test_rows_put_in_below_count_on_from_the_last_printed_number(store, tmp_path: Path) -> None:
    lines = [*pair("1", "榕下村"), *pair("2", "云坂村")]
    lines[1][2] = "A角"

    rows = filled(store, form_of(tmp_path / "表.xlsx", NUMBERED, *lines, merged="A2:A3 B2:B3 A4:A5 B4:B5"))

    assert [row[0] for row in rows[1:]] == ["1", None, "2", None, 3]


def test_a_merge_over_two_rows_is_parted_only_where_the_records_in_them_differ(store, tmp_path: Path) -> None:
    officer = store.find(DisasterOfficer, post=Post.FIRST)[0]
    with store.change("x") as change:
        change.save(officer.changed(remark="常住村里"))
    titles = ["村(居)", "角色", "姓名", "手机", "性别", "备注"]
    lines = [["桥头村", "A角"], [None, "B角"], ["榕下村", "A角"], [None, "B角"]]

    sheet = written(store, form_of(tmp_path / "表.xlsx", titles, *lines, merged="A2:A3 A4:A5 F2:F3 F4:F5"))

    assert [sheet.cell(row, 6).value for row in range(2, 6)] == [None, None, "常住村里", None]
    assert sorted(one.coord for one in sheet.merged_cells.ranges) == ["A2:A3", "A4:A5", "F2:F3"]


def test_a_row_in_which_a_role_is_printed_is_a_row_of_its_own_whatever_is_merged_around_it(
    store, tmp_path: Path
) -> None:
    titles = ["序号", "镇街", "村(居)", "角色", "姓名"]
    lines = [[1, "莲花镇", "桥头村", "A角"], [None, None, None, "B角"], [2, "莲花镇", "榕下村", "A角"]]
    merges = "A2:A3 B2:B3 C2:C3 A4:A5 B4:B5 C4:C5"

    rows = filled(store, form_of(tmp_path / "表.xlsx", titles, *lines, [None, None, None, "B角"], merged=merges))

    assert [row[4] for row in rows[1:]] == [None, None, "郑满", "林岸"]


@pytest.mark.parametrize("line", [["例：张三", "13800000000", "A角"], ["必填", "11位", "A/B角"]])
def test_an_example_or_hints_stay_and_are_told(store, tmp_path: Path, line: list[Any]) -> None:
    path = form_of(tmp_path / "表.xlsx", ["姓名", "手机", "角色"], line)

    told = Filling(store).look(path).problems

    assert [(one.code, "第2行" in one.text) for one in told] == [("FORM-PASSED", True)]
    assert [row[0] for row in filled(store, path)[1:]] == [line[0], "林岸", "郑满"]


def test_a_card_is_not_filled(store, tmp_path: Path) -> None:
    lines = [
        ["避灾点登记卡"],
        ["名称", None, "地址", None],
        ["可容纳人数", None, "责任人", None],
        ["电话", None, "面积"],
    ]

    with pytest.raises(WrongUse) as refused:
        Filling(store).look(form_of(tmp_path / "卡.xlsx", *lines))

    assert refused.value.code == "FORM-CARD"


TWO = (
    ["一、灾害信息员"],
    ["姓名", "性别", "A/B角", "手机"],
    [],
    [],
    ["二、避灾点"],
    ["名称", "地址", "可容纳人数", "责任人", "电话"],
    [],
)


def test_each_table_of_a_sheet_can_be_chosen_and_it_is_said_which_is_filled(store, tmp_path: Path) -> None:
    filling, path = Filling(store), form_of(tmp_path / "表.xlsx", *TWO)

    looked = filling.look(path, register="disaster_officers")
    other = filling.look(path, sheet=looked.places[1])

    assert looked.places == ("Sheet：一、灾害信息员（第2行）", "Sheet：二、避灾点（第6行）")
    assert (looked.place, looked.headers[0], looked.rows_free) == (looked.places[0], "姓名", 2)
    assert (other.place, other.headers[0]) == (looked.places[1], "名称")
    assert [one.code for one in looked.problems] == ["FORM-TABLES"]
    assert "一、灾害信息员" in looked.problems[0].text


def test_rows_that_one_table_lacks_are_put_in_above_the_next(store, tmp_path: Path) -> None:
    lines = [line for line in TWO if line]
    path = form_of(tmp_path / "表.xlsx", *lines)
    filling = Filling(store)
    blank = filling.look(path, register="disaster_officers")
    uids = [one.uid for one in store.all(DisasterOfficer)]

    done = filling.fill(blank, filling.propose(blank, "disaster_officers"), uids, tmp_path / "满.xlsx")

    sheet: Any = load_workbook(done.path).worksheets[0]
    assert {sheet.cell(row, 1).value for row in (3, 4)} == {"林岸", "郑满"}
    assert [sheet.cell(row, 1).value for row in (5, 6)] == ["二、避灾点", "名称"]
