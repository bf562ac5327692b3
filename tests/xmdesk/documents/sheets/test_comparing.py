"""What shows only when the rows of a table are looked at together."""

import pytest

from tests.xmdesk.documents.sheets import samples

OWN = "350212105201"


def codes_of(seen) -> list[list[str]]:
    return [[one.code for one in row.problems] for row in seen.parked]


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ("50212105201", "V-DIVISION-ZERO", "区划代码只有 11 位，可能丢了开头的 0。"),
        ("350212105201001", "V-DIVISION-LENGTH", "区划代码应为 12 位，现为 15 位。"),
        ("35021210", "V-DIVISION-LENGTH", "区划代码应为 12 位，现为 8 位。"),
        ("35O212105201", "V-DIVISION-CHARACTERS", "区划代码含有数字以外的字符。"),
        ("350212106", "SHEET-OTHER-OFFICE", "350212106"),
        ("350212105202", "SHEET-OTHER-OFFICE", "350212105202"),
    ],
)
def test_a_row_with_a_division_code_that_cannot_be_ours_waits(look, given, code, text):
    seen = look(f"| 设施名称 | 区划代码 |\n| 图书室 | {given} |", samples.FACILITIES, office_code=OWN)
    assert codes_of(seen) == [[code]]
    (told,) = seen.parked[0].problems
    assert text in told.text
    assert (told.where.row, told.where.column) == (2, "区划代码")


@pytest.mark.parametrize("given", [OWN, "3502 1210 5201", "350212105", "350212", "350212105201.0", ""])
def test_our_own_code_and_those_above_it_let_a_row_in(look, given):
    seen = look(f"| 设施名称 | 区划代码 |\n| 图书室 | {given} |", samples.FACILITIES, office_code=OWN)
    assert seen.parked == []


def test_the_first_row_of_a_shared_number_names_all_the_others(look):
    number = samples.id_number(113)
    table = f"| 姓名 | 身份证号码 |\n| 许秀兰 | {number} |\n| 王㛃 | {number} |\n| 张䶮 | {number} |"
    seen = look(table)
    (told,) = [one for one in seen.problems if one.code == "SHEET-ID-SHARED"]
    assert (told.where.row, [row.number for row in seen.parked]) == (2, [3, 4])
    assert "与第 3、4 行证件号码相同但姓名不同" in told.text
