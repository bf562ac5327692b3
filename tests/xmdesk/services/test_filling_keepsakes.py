"""Pictures, two-coloured titles and forms of unusual build outlive being filled."""

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image

from db.store import open_memory
from tests.xmdesk.services.blank_forms import BOX
from xmdesk.records.people import Person
from xmdesk.services.filling import Filling

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAMES = ("林银杏", "叶美澄", "郑建新", "洪淑真")


@pytest.fixture
def filling():
    store = open_memory()
    with store.change("x") as change:
        change.save_many([Person(name=name, mobile=f"1380592000{at}") for at, name in enumerate(NAMES)])
    yield Filling(store)
    store.close()


def filled(filling: Filling, book: Workbook, path: Path) -> Any:
    book.save(path)
    blank = filling.look(path)
    uids = filling.store.uids(Person)
    done = filling.fill(blank, filling.propose(blank, "persons"), uids, path.with_name("报.xlsx"))
    return load_workbook(done.path, rich_text=True).worksheets[0]


def test_pictures_and_two_coloured_titles_stay(filling, tmp_path) -> None:
    book = Workbook()
    sheet: Any = book.active
    red: Any = "FFFF0000"
    sheet["A1"] = CellRichText("人员表", TextBlock(InlineFont(color=red), "(必填)"))
    sheet.merge_cells("A1:C1")
    for column, title in enumerate(("序号", "姓名", "手机号码"), 1):
        sheet.cell(2, column, title)
        sheet.cell(3, column).border = BOX
    sheet["A4"] = "注：由村(社区)填写并盖章。"
    sheet.add_image(Image(io.BytesIO(DOT)), "B4")

    after = filled(filling, book, tmp_path / "表.xlsx")

    title: Any = after["A1"].value
    assert [str(one) for one in title] == ["人员表", "(必填)"]
    assert title[1].font.color.rgb == "FFFF0000"
    assert [after.cell(row, 2).value for row in range(3, 7)] == list(NAMES)
    assert [(one.anchor._from.row, one.anchor._from.col) for one in after._images] == [(6, 1)]


def test_a_form_with_two_lines_for_each_record_is_filled_line_by_pair(filling, tmp_path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["姓名", "手机号码"])
    for row in (2, 4):
        for column in (1, 2):
            sheet.cell(row, column).border = sheet.cell(row + 1, column).border = BOX
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)

    after = filled(filling, book, tmp_path / "表.xlsx")

    assert [after.cell(row, 1).value for row in range(2, 10)] == [
        NAMES[0],
        None,
        NAMES[1],
        None,
        NAMES[2],
        None,
        NAMES[3],
        None,
    ]
    assert "A8:A9" in {str(one) for one in after.merged_cells.ranges}


def test_cells_merged_over_several_records_are_parted_where_the_records_differ(filling, tmp_path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["姓名", "手机号码", "备注"])
    for row in range(2, 6):
        for column in (1, 2, 3):
            sheet.cell(row, column).border = BOX
    sheet.merge_cells("B3:B5")

    after = filled(filling, book, tmp_path / "表.xlsx")

    assert [after.cell(row, 2).value for row in range(2, 6)] == [f"1380592000{at}" for at in range(4)]
    assert after["B4"].border == BOX


def test_a_formula_in_the_row_is_continued(filling, tmp_path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["姓名", "手机号码", "位数"])
    for column in (1, 2, 3):
        sheet.cell(2, column).border = BOX
    sheet["C2"] = "=LEN(B2)"

    after = filled(filling, book, tmp_path / "表.xlsx")

    assert [after.cell(row, 3).value for row in range(2, 6)] == [f"=LEN(B{row})" for row in range(2, 6)]


def test_what_cannot_be_kept_is_said_before_filling(filling, tmp_path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["姓名", "手机号码"])
    book.save(tmp_path / "表.xlsx")
    with zipfile.ZipFile(tmp_path / "表.xlsx", "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<xdr:wsDr xmlns:xdr='x'><xdr:sp></xdr:sp></xdr:wsDr>")
        archive.writestr("xl/ctrlProps/ctrlProp1.xml", "<a/>")

    blank = filling.look(tmp_path / "表.xlsx")

    assert [one.code for one in blank.problems] == ["FORM-LOSES"]
    assert "文本框和图形、按钮等控件" in blank.problems[0].text
