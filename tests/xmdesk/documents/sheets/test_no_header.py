"""Tables without a heading row: where they begin, how columns are called, what is evidently a record and no header."""

from datetime import date

import pytest

from tests.xmdesk.documents.sheets import samples
from xmdesk.documents.sheets.mapping import How
from xmdesk.documents.sheets.no_header import NO_HEADER, is_data

PEOPLE = """
| 1 | 许秀兰 | 11010519491231002X | 13800006661 | 女 |
| 2 | 黄一平 | 110105194912310046 | 13899990000 | 男 |
"""


def columns(seen):
    return {one.header.text: (one.how, one.fields) for one in seen.mapping.matches}


def test_the_first_row_is_a_record_and_columns_are_called_by_their_place(look):
    seen = look(PEOPLE, header_row=NO_HEADER)

    assert [row.number for row in seen.rows] == [1, 2]
    assert [row.values["name"] for row in seen.rows] == ["许秀兰", "黄一平"]
    assert list(seen.rows[0].raw) == ["第1列(A)", "第2列(B)", "第3列(C)", "第4列(D)", "第5列(E)"]
    assert [one.code for one in seen.problems if one.where.row == 1] == ["SHEET-NO-HEADER"]


def test_columns_are_guessed_by_what_stands_in_them(look):
    found = columns(look(PEOPLE, header_row=NO_HEADER))

    assert found["第1列(A)"] == (How.IGNORED, ())
    assert found["第2列(B)"] == (How.CONTENT, ("name",))
    assert found["第3列(C)"] == (How.CONTENT, ("id_no",))
    assert found["第4列(D)"] == (How.CONTENT, ("mobile",))


def test_a_line_above_is_the_title_of_the_table(look):
    book = samples.workbook_from_markdown(
        """
        | 军营村人员名册 | | |
        | 许秀兰 | 13800006661 | 女 |
        | 黄一平 | 13899990000 | 男 |
        """
    )
    book.worksheets[0].merge_cells("A1:C1")

    seen = look(book, header_row=NO_HEADER)

    assert (seen.table.titles, [row.number for row in seen.rows]) == (("军营村人员名册",), [2, 3])


def test_the_fingerprint_is_of_what_columns_hold_and_never_of_a_table_with_titles(look):
    named = look("| 第1列(A) | 第2列(B) |\n| 许秀兰 | 13800006661 |").mapping.fingerprint
    first = look("| 许秀兰 | 13800006661 |", header_row=NO_HEADER).mapping.fingerprint
    again = look("| 黄一平 | 13899990000 |", header_row=NO_HEADER).mapping.fingerprint
    other = look("| 13800006661 | 许秀兰 |", header_row=NO_HEADER).mapping.fingerprint

    assert first == again
    assert len({named, first, other}) == 3


def test_a_cell_typed_over_changes_no_guess(look):
    plain = look(PEOPLE, header_row=NO_HEADER)

    typed = look(PEOPLE, header_row=NO_HEADER, corrections={(1, "第4列(D)"): "没有", (2, "第4列(D)"): "没有"})

    assert columns(typed) == columns(plain)
    assert typed.mapping.fingerprint == plain.mapping.fingerprint


@pytest.mark.parametrize(
    ("cells", "known", "is_record"),
    [
        (("许秀兰", "11010519491231002X"), 0, True),
        (("许秀兰", "138****6661"), 1, True),
        (("姓名", "电话", "13800006661"), 2, False),
        (("许秀兰", date(2026, 3, 1)), 0, True),
        (("许秀兰", "1988年3月7日"), 0, True),
        (("姓名", "2025年", "2026年"), 0, False),
        (("甲", "乙", 1, 2), 0, False),
        (("村名", "户数"), 0, False),
        (("许秀兰", "是"), 0, False),
    ],
)
def test_numbers_of_people_days_and_words_of_lists_stand_in_no_header(cells, known, is_record):
    assert is_data(cells, known, samples.PERSONS) is is_record
