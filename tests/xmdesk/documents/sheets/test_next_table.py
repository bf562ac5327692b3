"""A second table lower on the same sheet is told as one, and what merely resembles one is read on."""

import pytest

from tests.xmdesk.documents.sheets import samples

PEOPLE = """    | 姓名 | 性别 | 手机 |
    | 许秀兰 | 女 | 13800006661 |
    | 王㛃 | 女 | 13800006662 |"""
SHELTERS = """    | 名称 | 地址 | 可容纳人数 | 责任人 |
    | 军营村避灾点 | 村部 | 125 | 卢宝珠 |
    | 白交祠避灾点 | 小学 | 80 | 卢宝珠 |"""


def merged(table, *ranges):
    book = samples.workbook_from_markdown(table)
    for one in ranges:
        book.worksheets[0].merge_cells(one)
    return book


def names(seen):
    return [row.values["name"] for row in seen.rows]


def told(seen):
    return [one for one in seen.problems if one.code == "SHEET-OTHER-TABLE"]


GAPS = {
    "a blank row": ("| |", 5),
    "blank rows": ("| |\n| |\n| |", 7),
    "a name": ("| |\n| 避灾点情况 |", 5),
    "a name and a blank row": ("| |\n| 避灾点情况 |\n| |", 5),
    "a total": ("| 合计 | | 2 |", 5),
    "a note": ("| 注：以上人员已核对 |", 5),
    "a group title": ("| 二、避灾点 |", 4),
}


@pytest.mark.parametrize("gap", GAPS)
def test_another_table_below_is_told_once_with_its_rows_and_titles(gap, look):
    between, first = GAPS[gap]
    seen = look(f"{PEOPLE}\n{between}\n{SHELTERS}")
    last = 6 + between.count("\n") + 1
    assert names(seen) == ["许秀兰", "王㛃"]
    assert seen.parked == []
    (other,) = told(seen)
    assert other.where.row == first
    assert f"第 {first} 行起是另一张表（到第 {last} 行，表头：名称 地址" in other.text
    assert "分开导入" in other.to_do


def test_a_merged_name_directly_under_the_rows_begins_another_table(look):
    seen = look(merged(f"{PEOPLE}\n| 避灾点情况 | | |\n{SHELTERS}", "A4:D4"))
    assert names(seen) == ["许秀兰", "王㛃"]
    assert [one.where.row for one in told(seen)] == [4]


def test_another_table_with_two_header_rows_is_told(look):
    below = """
    | |
    | 基本情况 | | 联系方式 | |
    | 名称 | 地址 | 责任人 | 电话 |
    | 军营村避灾点 | 村部 | 卢宝珠 | 13800001343 |
    """
    seen = look(PEOPLE + below)
    assert names(seen) == ["许秀兰", "王㛃"]
    assert [one.where.row for one in told(seen)] == [5]


def test_the_lower_table_is_read_when_it_is_the_one_wanted_and_the_upper_one_is_told(look):
    seen = look(f"{PEOPLE}\n| |\n{SHELTERS}", samples.SHELTERS)
    assert names(seen) == ["军营村避灾点", "白交祠避灾点"]
    (other,) = told(seen)
    assert "第 1 行起是另一张表（到第 3 行，表头：姓名 性别 手机）" in other.text


def test_a_table_that_goes_on_after_a_gap_under_the_same_titles_is_read_on(look):
    again = """
    | |
    | 续表 |
    | 姓名 | 手机 | 职务 |
    | 张䶮 | 13800006663 | 网格员 |
    """
    seen = look(PEOPLE + again)
    assert "张䶮" in [row.raw["姓名"] for row in seen.rows]
    assert told(seen) == []


@pytest.mark.parametrize(
    "line",
    [
        "| 张䶮 | 男 | 13800006663 |",
        "| 张䶮 | | |",
        "| 卢宝珠 | 女 | 不详 |",
        "| 数字乡村服务站负责人 | 女 | 村部 |",
    ],
)
def test_a_record_after_a_gap_is_no_other_table(line, look):
    seen = look(f"{PEOPLE}\n| |\n{line}\n| 林银杏 | 女 | 13800006664 |")
    assert [row.number for row in seen.rows] == [2, 3, 5, 6]
    assert told(seen) == []


def test_titles_with_nothing_under_them_are_no_other_table(look):
    seen = look(f"{PEOPLE}\n| |\n| 负责人 | 填表人员 | 填表日期 |")
    assert [row.number for row in seen.parked] == [5]
    assert told(seen) == []
