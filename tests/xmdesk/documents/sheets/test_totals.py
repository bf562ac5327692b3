"""Totals under a table are compared with the rows above them (trust.md BG10)."""

import pytest
from openpyxl import Workbook

from tests.xmdesk.documents.sheets import samples
from xmdesk.problems import Severity

HEAD = "| 序号 | 设施名称 | 建筑面积(㎡) | 建成年份 |"


def totals(look, *rows: str, head: str = HEAD, register=samples.FACILITIES) -> list[str]:
    seen = look("\n".join((head, *rows)), register)
    return [one.text for one in seen.problems if one.code == "SHEET-TOTAL"]


def test_a_total_that_does_not_add_up_is_told_with_row_and_column(look):
    seen = look(f"{HEAD}\n| 1 | 书屋 | 60 | 2019 |\n| 2 | 祠堂 | 58 | 2001 |\n| | 合计 | 120 | |", samples.FACILITIES)
    (told,) = [one for one in seen.problems if one.code == "SHEET-TOTAL"]
    assert told.text == "第 4 行“建筑面积(㎡)”：合计 120，各项相加 118。"
    assert (told.where.row, told.where.column, told.severity) == (4, "建筑面积(㎡)", Severity.WARNING)
    assert [len(seen.good), len(seen.parked)] == [2, 0]


@pytest.mark.parametrize(
    "rows",
    [
        ("| 1 | 书屋 | 60.25 | |", "| 2 | 祠堂 | 58.2㎡ | |", "| | 合计 | 118.45 | |"),
        ("| 1 | 书屋 | 60.25 | |", "| 2 | 祠堂 | 58.2 | |", "| | 合计 | 118㎡ | |"),
        ("| 1 | 书屋 | 1,060 | |", "| 2 | 祠堂 | | |", "| | 合计 | 1 060 | |"),
        ("| 1 | 书屋 | 60 | |", "| 2 | 祠堂 | 58 | |", "| | 合计 | | |"),
        ("| 1 | 书屋 | 60 | |", "| 2 | 祠堂 | 58 | |", "| | 合计：2处 | 2处 | |"),
        ("| 1 | 书屋 | 约60 | |", "| 2 | 祠堂 | 58 | |", "| | 合计 | 999 | |"),
        ("| 1 | 书屋 | 60 | 2019 |", "| 2 | 祠堂 | 58 | 2001 |", "| | 合计 | 118 | 2 |"),
        ("| | 合计 | 118 | |", "| 1 | 书屋 | 60 | |", "| | 小计 | 58 | |", "| 2 | 祠堂 | 58 | |"),
    ],
    ids=["right", "rounded", "grouped", "empty", "count", "text", "years", "totals first"],
)
def test_nothing_is_told_of_a_total_that_is_right_or_cannot_be_judged(look, rows):
    assert totals(look, *rows) == []


def test_sub_totals_speak_of_their_group_and_the_grand_total_of_all(look):
    rows = (
        "| 1 | 书屋 | 60 | |",
        "| 2 | 祠堂 | 58 | |",
        "| | 小计 | 118 | |",
        "| 3 | 凉亭 | 20 | |",
        "| | 小 计 | 25 | |",
        "| | 合计 | 138 | |",
    )
    assert totals(look, *rows) == ["第 6 行“建筑面积(㎡)”：小计 25，各项相加 20。"]
    assert totals(look, *rows[:-1], "| | 总计 | 143 | |")[1:] == ["第 7 行“建筑面积(㎡)”：合计 143，各项相加 138。"]


def test_groups_that_end_with_a_total_each_are_right(look):
    rows = (
        *("| 1 | 书屋 | 60 | |", "| | 小计 | 60 | |", "| 2 | 祠堂 | 58 | |", "| | 小计 | 58 | |", "| | 合计 | 118 | |"),
        *("| 3 | 凉亭 | 20 | |", "| | 小计 | 20 | |", "| 4 | 公厕 | 5 | |", "| | 小计 | 5 | |", "| | 合计 | 25 | |"),
        "| | 总计 | 143 | |",
    )
    assert totals(look, *rows) == []


@pytest.mark.parametrize(("second", "told"), [("盏", ["第 4 行“数量”：合计 9，各项相加 8。"]), ("公里", [])])
def test_figures_of_several_units_are_not_added(look, second, told):
    rows = ("| 路灯 | 5 | 盏 |", f"| 村道 | 3 | {second} |", "| 合计 | 9 | |")
    assert totals(look, *rows, head="| 管护对象 | 数量 | 单位 |", register=samples.DUTIES) == told


def test_a_merged_cell_counts_once(look):
    book = Workbook()
    page = book.worksheets[0]
    for row in (("设施名称", "建筑面积(㎡)"), ("书屋", 60), ("阅览室", None), ("祠堂", 58), ("合计", 118)):
        page.append(row)
    page.merge_cells("B2:B3")
    assert [one for one in look(book, samples.FACILITIES).problems if one.code == "SHEET-TOTAL"] == []
    page["B5"] = 178
    assert [one.where.row for one in look(book, samples.FACILITIES).problems if one.code == "SHEET-TOTAL"] == [5]


@pytest.mark.parametrize(
    ("total", "told"), [(60, []), (118, []), (99, ["第 5 行“建筑面积(㎡)”：合计 99，各项相加 118。"])]
)
def test_a_total_holds_hidden_rows_or_not(look, total: int, told: list[str]):
    book = Workbook()
    page = book.worksheets[0]
    for row in (("设施名称", "建筑面积(㎡)"), ("书屋", 60), ("祠堂", 58), ("小计", 118), ("合计", total)):
        page.append(row)
    page.row_dimensions[3].hidden = True
    assert [one.text for one in look(book, samples.FACILITIES).problems if one.code == "SHEET-TOTAL"] == told
