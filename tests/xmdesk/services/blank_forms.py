"""Blank forms as a district sends them, made with openpyxl: merged headers, styled empty rows, totals, notes, print set-up."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
RED = PatternFill("solid", start_color="FFFFE0E0")


def form_of(path: Path, *lines: list[Any], merged: str = "") -> Path:
    """A sheet of these lines; ``merged``: its merged cells, separated by spaces."""
    book = Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    for place in merged.split():
        sheet.merge_cells(place)
    book.save(path)
    return path


def officers_form(path: Path) -> Path:
    """Three header rows, five styled rows, a total, two notes; one label beside all empty rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "信息员"
    sheet.append(["附件2"])
    sheet.append(["2026年灾害信息员基本情况表"])
    sheet.merge_cells("A2:L2")
    sheet["A2"].font = Font(name="方正小标宋简体", size=18)
    _header(sheet)
    for row in range(6, 11):
        sheet.row_dimensions[row].height = 31.5
        for column in range(1, 13):
            cell = sheet.cell(row, column)
            cell.border, cell.font = BOX, Font(name="仿宋_GB2312", size=12)
            cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.cell(row, 6).fill = RED
    sheet.merge_cells("B6:B10")
    sheet["A11"], sheet["L11"] = "合计", "=COUNTA(C6:C10)"
    sheet["A12"] = "注：身份证号码须为18位,本表由村(社区)填报。"
    sheet.merge_cells("A12:L12")
    sheet.row_dimensions[12].height = 44
    sheet["A13"], sheet["G13"] = "填表人：", "单位负责人：(盖章)"
    _set_up(sheet)
    book.create_sheet("填表说明").append(["=信息员!L11", "请如实填写"])
    book.save(path)
    return path


def _header(sheet: Worksheet) -> None:
    rows = (
        ("序号", "所属村(社区)", "基本情况", None, None, None, None, None, "任职情况", None, None, "备注"),
        (
            None,
            None,
            "姓名",
            "性别",
            "出生年月",
            "身份证号码",
            "联系方式",
            None,
            "A/B角",
            "任职日期\n(yyyy-mm-dd)",
            None,
            None,
        ),
        (None, None, None, None, None, None, "手机", "其他电话", None, None, "是否长期在本地居住", None),
    )
    for row, titles in enumerate(rows, 3):
        for column, title in enumerate(titles, 1):
            cell = sheet.cell(row, column, title)
            cell.font, cell.border, cell.alignment = Font(bold=True), BOX, Alignment(wrap_text=True)
    for ranges in (
        "A3:A5", "B3:B5", "C3:H3", "I3:K3", "L3:L5", "C4:C5", "D4:D5", "E4:E5", "F4:F5", "G4:H4", "I4:I5", "J4:J5",
    ):  # fmt: skip
        sheet.merge_cells(ranges)
    sheet["K4"] = "是否长期在本地居住"
    sheet["K5"] = None
    sheet.merge_cells("K4:K5")


def _set_up(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEFGHIJKL", (5, 12, 9, 6, 10, 22, 14, 14, 6, 14, 10, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.print_area = "A1:L13"
    sheet.print_title_rows = "3:5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.freeze_panes = "A6"
    listed = DataValidation(type="list", formula1='"√,×"')
    listed.add("K6:K10")
    sheet.add_data_validation(listed)
    sheet.conditional_formatting.add("F6:F10", CellIsRule(operator="equal", formula=['""'], fill=RED))
    sheet["F4"].comment = Comment("文本格式", "区应急局")


def simple_form(path: Path, *titles: str, rows: int = 3, note: str = "", **cells: str) -> Path:
    """One header row and bordered empty rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(titles))
    for row in range(1, rows + 2):
        for column in range(1, len(titles) + 1):
            sheet.cell(row, column).border = BOX
    if note:
        sheet.cell(rows + 2, 1, note)
    for place, value in cells.items():
        sheet[place] = value
    book.save(path)
    return path
