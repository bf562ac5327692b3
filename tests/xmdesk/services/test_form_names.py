"""A form that prints the names of things and asks for the rest is filled in the rows of those names."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.store import open_memory
from tests.xmdesk.services.blank_forms import form_of
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.records.office import Office
from xmdesk.services.filling import Filling
from xmdesk.services.recognising import recognise

TITLES = ["村（社区）", "设施名称", "设施类型", "建筑面积（㎡）", "坐落", "备注"]
NAMES = ["党群服务中心", "卫生室", "农家书屋"]


@pytest.fixture
def store():
    made = open_memory()
    with made.change("x") as change:
        change.save(Office(code="350212105206", name="榕下村村民委员会", township="莲花镇", district="同安区"))
        change.save_many(
            [Facility(name=name, kind=FacilityKind.LIBRARY, location=f"{at}号") for at, name in enumerate(NAMES)]
        )
    yield made
    made.close()


def opened(store, path: Path) -> tuple[Filling, Any, Any]:
    filling = Filling(store)
    blank = filling.look(path)
    return filling, blank, filling.propose(blank, "facilities")


def test_rows_of_a_name_of_ours_are_filled_in_place_and_nothing_is_added(store, tmp_path: Path) -> None:
    lines = [["榕下村", "农家书屋"], ["榕下村", "党群服务中心"], ["榕下村", "文化活动中心"]]
    filling, blank, form_map = opened(store, form_of(tmp_path / "表.xlsx", TITLES, *lines))
    asked = filling.named(blank, form_map)

    done = filling.fill(blank, form_map, asked.uids, tmp_path / "满.xlsx")

    sheet: Any = load_workbook(done.path).worksheets[0]
    assert [(row[1], row[4]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("农家书屋", "2号"),
        ("党群服务中心", "0号"),
        ("文化活动中心", None),
    ]


def test_names_that_the_book_does_not_have_are_told_and_their_rows_are_not_free(store, tmp_path: Path) -> None:
    lines = [["榕下村", "农家书屋"], ["榕下村", "文化活动中心"], ["桥头村", "戏台"]]
    filling, blank, form_map = opened(store, form_of(tmp_path / "表.xlsx", TITLES, *lines))

    asked = filling.named(blank, form_map)

    assert asked.strange == ("文化活动中心",)
    assert [(one.code, "“文化活动中心”" in one.text) for one in asked.problems] == [("FORM-STRANGE", True)]
    assert filling.rows_free(blank, form_map) == 1


def test_a_name_with_the_village_before_it_is_the_same_name_but_not_that_of_another_village(
    store, tmp_path: Path
) -> None:
    titles = ["设施名称", "建筑面积（㎡）", "坐落", "备注"]
    path = form_of(tmp_path / "表.xlsx", titles, ["榕下村卫生室"], ["桥头村卫生室"])
    filling, blank, form_map = opened(store, path)

    asked = filling.named(blank, form_map)

    assert (len(asked.uids), asked.strange) == (1, ("桥头村卫生室",))


def test_the_kind_may_be_printed_in_other_words(store, tmp_path: Path) -> None:
    path = form_of(tmp_path / "表.xlsx", TITLES, ["榕下村", "卫生室", "卫生室"])
    filling, blank, form_map = opened(store, path)

    assert len(filling.named(blank, form_map).uids) == 1


def test_a_form_without_names_asks_for_no_records_in_particular(store, tmp_path: Path) -> None:
    filling, blank, form_map = opened(store, form_of(tmp_path / "表.xlsx", TITLES, ["榕下村"], ["榕下村"]))

    assert not filling.named(blank, form_map).is_any


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([TITLES, ["榕下村", "党群服务中心"], ["榕下村", "卫生室"]], "blank_form"),
        ([["序号", *TITLES], [1, "榕下村", "党群服务中心", "党群服务中心"]], "blank_form"),
        ([TITLES, ["榕下村", "党群服务中心"], ["榕下村", "卫生室", None, 80]], "ledger"),
        ([["设施名称", "设施类型"], ["党群服务中心"], ["卫生室"]], "ledger"),
        ([["姓名", "性别", "手机", "学历"], ["林岸"], ["郑满"]], "ledger"),
    ],
)
def test_names_of_things_with_nothing_beside_them_make_a_form(
    tmp_path: Path, lines: list[list[Any]], kind: str
) -> None:
    assert recognise(form_of(tmp_path / "表.xlsx", *lines)).kind == kind


def test_our_own_template_with_names_in_it_is_read(tmp_path: Path) -> None:
    from xmdesk.services.exporting import template

    path = tmp_path / "表.xlsx"
    path.write_bytes(template("facilities"))
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    at = next(cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "设施名称")
    sheet.cell(at.row + 1, at.column, "卫生室")
    book.save(path)

    assert recognise(path).kind == "ledger"
