"""Rows are put into a form and everything else still means what it meant."""

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from xmdesk.documents.sheets.growing import Growth, grow, moved_formula, moved_reference

FIVE = Growth(last=9, count=3, model=5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("D5", "D5"),
        ("$D$9", "$D$9"),
        ("D10", "D13"),
        ("D5:D9", "D5:D12"),
        ("D5:D8", "D5:D8"),
        ("$A$1:$L$13", "$A$1:$L$16"),
        ("10:12", "13:15"),
        ("D:D", "D:D"),
        ("Total2026", "Total2026"),
        ("Table1[经费]", "Table1[经费]"),
        ("XFD1048576", "XFD1048576"),
    ],
)
def test_references_follow_their_cells(before: str, after: str) -> None:
    assert moved_reference(before, FIVE) == after


def test_only_references_to_the_grown_sheet_move() -> None:
    def moved(text, at="表"):
        return moved_formula(text, "表", FIVE, at=at)

    assert moved("=SUM(D5:D9)+IF(A10=\"D10\",说明!D10,'表'!D10)") == "=SUM(D5:D12)+IF(A13=\"D10\",说明!D10,'表'!D13)"
    assert moved("=SUM(D5:D9)", at="说明") == "=SUM(D5:D9)"
    assert moved("=表!D10", at="说明") == "=表!D13"


def test_rows_made_after_the_header_do_not_stretch_what_ends_with_the_header() -> None:
    plain = Growth(last=3, count=4, model=3, stretch=False)

    assert moved_reference("A1:C3", plain) == "A1:C3"
    assert plain.merge(2, 3) == (2, 3)
    assert plain.merge(4, 5) == (8, 9)


def test_everything_that_hangs_on_rows_moves_with_them() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in range(1, 13):
        sheet.cell(row, 1, row)
    sheet["B5"] = "=A5*2"
    sheet["C10"] = ArrayFormula("C10", "=SUM(A5:A9*2)")
    sheet.row_breaks.append(Break(id=9))
    sheet.row_breaks.append(Break(id=11))
    sheet.add_table(Table(displayName="清单", ref="A4:B9"))
    sheet.auto_filter.ref = "A4:B9"
    book.defined_names["合计行"] = DefinedName("合计行", attr_text="Sheet!$A$10")

    grow(sheet, FIVE)

    assert [sheet.cell(row, 1).value for row in (9, 10, 12, 13, 15)] == [9, None, None, 10, 12]
    assert [sheet.cell(row, 2).value for row in (5, 10, 12)] == ["=A5*2", "=A10*2", "=A12*2"]
    assert (sheet["C13"].value.ref, sheet["C13"].value.text) == ("C13", "=SUM(A5:A12*2)")
    assert [one.id for one in sheet.row_breaks.brk] == [9, 14]
    assert sheet.tables["清单"].ref == sheet.auto_filter.ref == "A4:B12"
    assert book.defined_names["合计行"].attr_text == "Sheet!$A$13"


def test_records_of_two_rows_repeat_their_merges_and_a_label_beside_them_grows() -> None:
    book = Workbook()
    sheet: Any = book.active
    for ranges in ("A3:A6", "B3:B4", "B5:B6", "C3:D3", "A7:D7"):
        sheet.merge_cells(ranges)

    grow(sheet, Growth(last=6, count=4, model=3, height=2))

    assert {str(one) for one in sheet.merged_cells.ranges} == {
        "A3:A10", "B3:B4", "B5:B6", "B7:B8", "B9:B10", "C3:D3", "C7:D7", "C9:D9", "A11:D11",
    }  # fmt: skip
