"""A form with a row per village, A角 and B角 side by side in it, is filled from the officers of both posts."""

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
from xmdesk.services.form_posts import asked_post
from xmdesk.services.recognising import recognise

FLAT = ["序号", "村（社区）", "A角姓名", "A角手机", "B角姓名", "B角手机"]
TWO_LINES = [["序号", "村", "A角", None, "B角", None, "备注"], [None, None, "姓名", "手机", "姓名", "手机"]]
MERGED = "A1:A2 B1:B2 C1:D1 E1:F1 G1:G2"


@pytest.fixture
def store():
    made = open_memory()
    with made.change("x") as change:
        change.save(Office(code="350212105206", name="榕下村村民委员会", township="莲花镇", district="同安区"))
    officer(made, "林岸", Post.DEPUTY, remark="兼职")
    officer(made, "郑满", Post.FIRST)
    yield made
    made.close()


def officer(store, name: str, post: Post | None, remark: str = "") -> None:
    person = Person(name=name, mobile=f"1380000{len(name)}{len(store.all(Person)):03d}")
    with store.change("x") as change:
        change.save_many([person, DisasterOfficer(person=person.uid, post=post, remark=remark)])


def filled(store, path: Path) -> tuple[Any, list[list[Any]]]:
    filling = Filling(store)
    blank = filling.look(path)
    uids = [one.uid for one in store.all(DisasterOfficer)]
    done = filling.fill(blank, filling.propose(blank, "disaster_officers"), uids, path.with_name("满.xlsx"))
    sheet: Any = load_workbook(done.path).worksheets[0]
    return done, [list(line) for line in sheet.iter_rows(values_only=True)]


def mobile(store, name: str) -> str:
    return store.find(Person, name=name)[0].mobile


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (("A角姓名",), (Post.FIRST, ("姓名",))),
        (("Ｂ角", "手机"), (Post.DEPUTY, ("手机",))),
        (("姓名（A角）",), (Post.FIRST, ("姓名",))),
        (("灾害信息员B角", "联系方式", "手机"), (Post.DEPUTY, ("联系方式", "手机"))),
        (("A岗信息员姓名",), (Post.FIRST, ("姓名",))),
        (("B角",), (Post.DEPUTY, ("姓名",))),
        (("姓名",), None),
    ],
)
def test_a_title_says_whose_field_it_asks_for(path: tuple[str, ...], asked: Any) -> None:
    assert asked_post(path) == asked


def test_both_officers_go_into_the_one_row_of_the_village(store, tmp_path: Path) -> None:
    done, rows = filled(store, form_of(tmp_path / "表.xlsx", FLAT, [1], [2]))

    own = [1, "榕下村村民委员会", "郑满", mobile(store, "郑满"), "林岸", mobile(store, "林岸")]
    assert rows[1:] == [own, [2, None, None, None, None, None]]
    assert (done.rows, done.records) == (1, 2)


def test_titles_in_two_lines_are_understood_and_what_belongs_to_the_row_comes_from_whoever_has_it(
    store, tmp_path: Path
) -> None:
    lines = [[1, "桥头村"], [2, "榕下村"]]

    _, rows = filled(store, form_of(tmp_path / "表.xlsx", *TWO_LINES, *lines, merged=MERGED))

    assert rows[2][:3] == [1, "桥头村", None]
    assert rows[3] == [2, "榕下村", "郑满", mobile(store, "郑满"), "林岸", mobile(store, "林岸"), "兼职"]


def test_a_second_deputy_gets_a_row_of_his_own_and_who_has_no_post_is_told_of(store, tmp_path: Path) -> None:
    officer(store, "叶澄", Post.DEPUTY)
    officer(store, "吴岚", None)
    path = form_of(tmp_path / "表.xlsx", FLAT, [1])
    filling = Filling(store)
    blank = filling.look(path)
    uids = [one.uid for one in store.all(DisasterOfficer)]

    lacking = filling.lacking(blank, filling.propose(blank, "disaster_officers"), uids)
    done, rows = filled(store, path)

    assert (lacking.rows, lacking.left) == (1, 1)
    assert [(row[2], row[4]) for row in rows[1:]] == [("郑满", "林岸"), (None, "叶澄")]
    assert (done.rows, done.records) == (2, 3)


def test_the_map_of_such_a_form_is_remembered(store, tmp_path: Path) -> None:
    path = form_of(tmp_path / "表.xlsx", FLAT, [1])
    filled(store, path)
    filling = Filling(store)

    again = filling.propose(filling.look(path), "disaster_officers")

    assert again.kept
    assert [one.fields for one in again.columns[2:4]] == [("A:person.name",), ("A:person.mobile",)]


@pytest.mark.parametrize("lines", [[FLAT, [1], [2]], [*TWO_LINES, [1, "榕下村"]]])
def test_such_a_form_is_known_as_one_of_officers(tmp_path: Path, lines: list[list[Any]]) -> None:
    found = recognise(form_of(tmp_path / "表.xlsx", *lines))

    assert (found.kind, found.register) == ("blank_form", "disaster_officers")


def test_a_list_that_somebody_filled_in_is_not_called_a_form_of_officers(tmp_path: Path) -> None:
    found = recognise(form_of(tmp_path / "表.xlsx", FLAT, [1, "榕下村", "郑满", "13800000001", "林岸", "13800000002"]))

    assert found.register != "disaster_officers"


def test_a_form_that_asks_only_for_the_place_a_number_and_remarks_is_refused(store, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as refused:
        filled(store, form_of(tmp_path / "表.xlsx", ["序号", "村（社区）", "帮扶对象", "备注"], [1]))

    assert refused.value.code == "FORM-NO-FIELD"
