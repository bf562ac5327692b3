"""trust.md §6.3, tables BA and BB: each row of the catalogue is one case here with the code that a person is shown."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.xmdesk.documents.sheets import hostile, samples
from xmdesk.documents.sheets.text_writing import write_csv
from xmdesk.documents.sheets.writing import SheetOut, write_xlsx
from xmdesk.errors import Fault, Refused, WrongUse
from xmdesk.files import read_bytes

A, B, C = (samples.id_number(serial) for serial in (113, 226, 339))
ROWS = f"| 许秀兰 | {A} | 13800006661 |\n| 王㛃 | {B} | 13800003405 |\n| 张䶮 | {C} | 13800005375 |"
HEAD = "| 姓名 | 身份证号码 | 手机 |\n"
NAMES = ["许秀兰", "王㛃", "张䶮"]


@dataclass
class Case:
    """What is given, the codes that must be told, and how many rows go in and wait."""

    given: object
    codes: tuple[str, ...] = ()
    good: int = 3
    parked: int = 0
    name: str = "表.xlsx"
    choices: dict = field(default_factory=dict)
    register: object = samples.PERSONS


def book(table: str, change=None) -> Workbook:
    made = samples.workbook_from_markdown(table)
    if change is not None:
        change(made.worksheets[0])
    return made


def cell(place: str, value, number_format: str = ""):
    """Put a typed value into a cell of the workbook."""

    def change(sheet):
        sheet[place] = value
        if number_format:
            sheet[place].number_format = number_format

    return change


def person(header: str, value, number_format: str = "") -> Workbook:
    """One person with one more column."""
    return book(f"| 姓名 | {header} |\n| 许秀兰 |  |", cell("B2", value, number_format))


def csv(text: str, encoding: str = "utf-8", mark: bytes = b"") -> bytes:
    return mark + text.encode(encoding)


def merged_rows(sheet):
    sheet["D1"] = "职务"
    sheet["D2"] = "网格员"
    sheet.merge_cells("D2:D3")
    sheet["D4"] = "村主任"


def grouped_header(sheet):
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    sheet.merge_cells("C1:D1")


def hidden(sheet):
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True


def with_sheets(*, same: bool) -> Workbook:
    made = book(HEAD + ROWS)
    made.worksheets[0].title = "2026年"
    other = made.create_sheet("2025年")
    for row in made.worksheets[0].iter_rows(values_only=True) if same else [("村名", "户数"), ("军营村", 120)]:
        other.append(row)
    made.active = 1
    return made


def template_of_last_year() -> bytes:
    columns = tuple(one for one in samples.PERSONS.columns if one.field in ("name", "id_no", "mobile"))
    sheet = SheetOut("人员", columns, [("许秀兰", A, "13800006661")], register="persons", version="0")
    return write_xlsx([sheet])


GROUPED = f"| 姓名 | 身份证号 | 联系方式 | |\n| | | 手机 | 其他 |\n| 许秀兰 | {A} | 13800006661 | x |"
PLAIN_CSV = "姓名,身份证号码,手机\r\n" + "\r\n".join(
    f"{name},{number},1380000000{at}" for at, (name, number) in enumerate(zip(NAMES, (A, B, C), strict=True))
)

READ = {
    "BA1 merged data cells": Case(book(HEAD + ROWS, merged_rows), ("SHEET-MERGED",)),
    "BA2 merged header of two rows": Case(book(GROUPED, grouped_header), ("SHEET-HEADER-FOUND",), good=1),
    "BA3 formula with a result": Case(
        hostile.zipped(
            hostile.parts(
                hostile.sheet_xml(
                    hostile.HEADER.replace("备注", "金额(元)")
                    + '<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c><c r="B2"><f>1+1</f><v>3200</v></c></row>'
                )
            )
        ),
        ("SHEET-FORMULA",),
        good=1,
    ),
    "BA4 formula without a result": Case(person("金额(元)", "=1+1"), ("SHEET-FORMULA-EMPTY",), good=0, parked=1),
    "BA5 error value": Case(
        hostile.zipped(
            hostile.parts(
                hostile.sheet_xml(
                    hostile.HEADER.replace("备注", "面积(㎡)")
                    + '<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c><c r="B2" t="e"><v>#REF!</v></c></row>'
                )
            )
        ),
        ("SHEET-ERROR-VALUE",),
        good=0,
        parked=1,
    ),
    "BA6 date as text": Case(person("日期", "2026年1月5日"), good=1),
    "BA6 date without a year": Case(person("日期", "1月5号"), ("V-DATE-NO-YEAR",), good=0, parked=1),
    "BA7 day number": Case(person("日期", 45231), ("V-DATE-SERIAL",), good=1),
    "BA8 ambiguous date": Case(person("日期", "03/04/2026"), ("V-DATE-AMBIGUOUS",), good=0, parked=1),
    "BA9 day that does not exist": Case(person("日期", "2026-02-30"), ("V-DATE-DAY",), good=0, parked=1),
    "BA10 identity number as a number": Case(
        person("身份证号码", 350299198506071100), ("SHEET-ID-NUMBER",), good=0, parked=1
    ),
    "BA10 identity number in powers of ten": Case(
        person("身份证号码", "3.50299E+17"), ("SHEET-ID-NUMBER",), good=0, parked=1
    ),
    "BA11 code that lost its zero": Case(person("区划代码", "50212105201"), ("SHEET-LEADING-ZERO",), good=0, parked=1),
    "BA12 blank formatted rows": Case(hostile.empty_rows(5_000), ("SHEET-CUT",), good=1),
    "BA13 hidden rows and columns": Case(
        book(HEAD + ROWS, hidden), ("SHEET-HIDDEN-ROWS", "SHEET-HIDDEN-COLUMNS"), good=3
    ),
    "BA13 hidden rows left out": Case(
        book(HEAD + ROWS, hidden), ("SHEET-HIDDEN-ROWS",), good=2, choices={"skip_hidden": True}
    ),
    "BA14 the fitting sheet of several": Case(with_sheets(same=False), ("SHEET-OTHER-SHEETS",)),
    "BA14 a sheet chosen by a person": Case(
        with_sheets(same=True), ("SHEET-OTHER-SHEETS",), choices={"sheet": "2025年"}
    ),
    "BA15 totals and notes": Case(
        HEAD + ROWS + "\n| 合计 | | 3人 |\n| 注：以身份证为准 | | |\n| 填表人： | 审核人： | |",
        ("SHEET-SKIP-TOTAL", "SHEET-SKIP-NOTE"),
    ),
    "BA16 repeated header": Case(
        HEAD + ROWS + "\n| 姓名 | 身份证号码 | 手机 |\n| 林阿土 | | 13800009999 |", ("SHEET-SKIP-HEADER",), good=4
    ),
    "BA17 title lines": Case("| 军营村人员名册 |\n| 2026年度 |\n| |\n" + HEAD + ROWS, ("SHEET-HEADER-FOUND",)),
    "BA18 missing required column": Case((HEAD + ROWS).replace("姓名", "户主"), ("SHEET-COLUMN-MISSING",), good=0),
    "BA18 unknown column": Case("| 姓名 | 血型 |\n| 许秀兰 | A |", ("SHEET-COLUMN-UNKNOWN",), good=1),
    "BA18 duplicate column": Case(
        "| 姓名 | 手机 | 手机 |\n| 许秀兰 | 13800006661 | 13800006662 |", ("SHEET-COLUMN-DUPLICATE",), good=1
    ),
    "BA27 very long cell": Case(person("备注", "长" * 30_000), ("SHEET-LONG-CELL",), good=0, parked=1),
    "BA28 line break in a name": Case(person("备注", "甲\n乙\t丙"), good=1),
    "BA29 dash means nothing": Case(person("手机", "—"), ("V-EMPTY-MARK",), good=1),
    "BA29 ditto": Case(person("职务", "同上"), ("V-DITTO",), good=0, parked=1),
    "BA30 thousands": Case(person("金额(元)", "1 200元"), good=1),
    "BA30 number in words": Case(person("金额(元)", "1.2万"), ("V-NUMBER-WORDS",), good=0, parked=1),
    "BA31 too large a number": Case(person("金额(元)", "1e309"), ("V-NUMBER-BIG",), good=0, parked=1),
    "BA32 mixed percentages": Case(
        book(
            "| 姓名 | 比例 |\n| 许秀兰 | |\n| 王㛃 | |", lambda sheet: (cell("B2", 0.35)(sheet), cell("B3", 35)(sheet))
        ),
        ("SHEET-PERCENT-MIXED",),
        good=2,
    ),
    "BA33 the same row again": Case(HEAD + ROWS + "\n" + ROWS.splitlines()[0], ("SHEET-SAME-ROW",), parked=1),
    "BA34 template of last year": Case(template_of_last_year(), ("SHEET-TEMPLATE-OLD",), good=1),
    "BA35 another village's code": Case(
        "| 姓名 | 区划代码 |\n| 许秀兰 | 350212105201 |\n| 王㛃 | 350212105202 |",
        ("SHEET-OTHER-OFFICE",),
        good=1,
        parked=1,
        choices={"office_code": "350212105201"},
    ),
    "BB1 GB18030 without a mark": Case(csv(PLAIN_CSV, "gb18030"), ("SHEET-ENCODING",), name="表.csv"),
    "BB2 GB18030 with a mark": Case(csv(PLAIN_CSV, "gb18030", bytes.fromhex("84319533")), name="表.csv"),
    "BB3 UTF-8": Case(csv(PLAIN_CSV), name="表.csv"),
    "BB3 UTF-8 with a mark": Case(csv(PLAIN_CSV, "utf-8-sig"), name="表.csv"),
    "BB3 UTF-16": Case(csv(PLAIN_CSV, "utf-16"), name="表.csv"),
    "BB3 UTF-16 without a mark": Case(csv(PLAIN_CSV, "utf-16-le"), name="表.csv"),
    "BB4 two encodings": Case(
        csv(PLAIN_CSV, "gb18030") + csv("\r\n林阿土,,13800001111"), ("SHEET-GARBLED",), parked=1, name="表.csv"
    ),
    "BB5 tabs": Case(csv(PLAIN_CSV.replace(",", "\t")), ("SHEET-SEPARATOR",), name="表.txt"),
    "BB5 semicolons": Case(csv(PLAIN_CSV.replace(",", ";")), ("SHEET-SEPARATOR",), name="表.csv"),
    "BB5 Chinese commas": Case(csv(PLAIN_CSV.replace(",", "，")), ("SHEET-SEPARATOR",), name="表.csv"),
    "BB7 ragged rows": Case(
        csv(PLAIN_CSV + "\r\n林阿土,\r\n陈美玉,,13800001112,多,余"), ("SHEET-RAGGED",), parked=2, name="表.csv"
    ),
    "BB10 mixed line ends": Case(
        csv(PLAIN_CSV.replace("\r\n", "\n", 1).replace("\r\n", "\u2028", 1).replace("\r\n", "\r", 1)), name="表.csv"
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_file_of_the_catalogue_is_read_as_the_catalogue_says(name, look):
    case = READ[name]
    seen = look(case.given, case.register, name=case.name, **case.choices)
    told = {one.code for one in seen.problems}
    assert set(case.codes) <= told, told
    assert (len(seen.good), len(seen.parked)) == (case.good, case.parked), told
    for one in seen.problems:
        assert one.where.file == case.name
        assert one.to_do


REFUSED = {
    "BA19 web page renamed": (b"<html><body><table><tr><td>1</td></tr></table>", "旧.xls", "X-HTML"),
    "BA19 web page with a declaration": (b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', "旧.xls", "X-HTML"),
    "BA20 real old xls": (hostile.old_xls(), "旧.xls", "X-XLS"),
    "BA20 bare BIFF": (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x01" * 200, "旧.xls", "X-XLS"),
    "BA21 et": (hostile.old_xls(), "表.et", "X-XLS"),
    "BA21 ods": (
        hostile.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "表.xlsx",
        "X-KIND",
    ),
    "BA21 numbers": (hostile.zipped({"Index/Document.iwa": b"x"}), "表.xlsx", "X-KIND"),
    "BA21 Word": (hostile.zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "表.xlsx", "X-DOC"),
    "BA21 text named xlsx": (PLAIN_CSV.encode(), "表.xlsx", "X-KIND"),
    "BA21 PDF named xlsx": (b"%PDF-1.7 ...", "表.xlsx", "X-KIND"),
    "BA21 photo named csv": (b"\xff\xd8\xff\xe0 JFIF", "表.csv", "X-KIND"),
    "BA22 password": (hostile.encrypted_ole(), "表.xlsx", "X-PASSWORD"),
    "BA23 macro": (hostile.with_part("xl/vbaProject.bin"), "表.xlsm", "X-MACRO"),
    "BA23 macro by content type": (
        hostile.zipped(
            {
                **hostile.parts(hostile.sheet_xml("")),
                "[Content_Types].xml": '<Types x="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
            }
        ),
        "表.xlsx",
        "X-MACRO",
    ),
    "BA24 truncated": (hostile.workbook("")[:-100], "表.xlsx", "X-CUT"),
    "BA24 nothing": (b"", "表.xlsx", "X-EMPTY"),
    "BA25 bomb": (hostile.bomb(2), "表.xlsx", "X-BOMB"),
    "BA25 doctype": (hostile.workbook("", before="<!DOCTYPE x>"), "表.xlsx", "X-DTD"),
    "BA25 traversal": (hostile.with_part("../x"), "表.xlsx", "X-NAME"),
    "BA25 duplicate part": (hostile.with_part("xl/workbook.xml"), "表.xlsx", "X-DUP"),
    "BA26 60,000 rows": ("姓名\n" + "\n".join(f"张{n}" for n in range(60_000)), "表.csv", "X-ROWS"),
    "BB6 unbalanced quote": (PLAIN_CSV + '\n"林阿土,,\n' + "陈美玉,,\n" * 300, "表.csv", "X-QUOTE"),
    "BB6 unbalanced quote near the end": (PLAIN_CSV + '\n"林阿土,,\n陈美玉,,', "表.csv", "X-QUOTE"),
    "BB8 NUL bytes": (PLAIN_CSV.replace("许", "\0"), "表.csv", "X-BINARY"),
    "BB9 too large": (b"a,b\n" * 3_000_000, "表.csv", "X-SIZE"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_the_catalogue_is_refused_with_its_code(name, look):
    data, file, code = REFUSED[name]
    with pytest.raises(Refused) as caught:
        look(data.encode() if isinstance(data, str) else data, name=file)
    assert caught.value.code == code
    assert caught.value.to_do


def test_ba14_several_sheets_alike_make_the_person_choose(look):
    with pytest.raises(WrongUse) as caught:
        look(with_sheets(same=True))
    assert caught.value.code == "SHEET-CHOOSE"
    assert "2025年" in caught.value.happened


def test_ba14_a_sheet_that_is_not_there_names_those_that_are(look):
    with pytest.raises(WrongUse) as caught:
        look(with_sheets(same=True), sheet="2024年")
    assert caught.value.code == "SHEET-UNKNOWN"
    assert "2026年" in caught.value.happened


def test_ba7_a_day_number_follows_the_epoch_of_its_workbook(look):
    rows = hostile.HEADER.replace("备注", "日期")
    rows += '<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c><c r="B2"><v>{}</v></c></row>'
    usual = look(hostile.zipped(hostile.parts(hostile.sheet_xml(rows.format(45231)))))
    mac = look(hostile.zipped(hostile.parts(hostile.sheet_xml(rows.format(45231 - 1462)), flags=' date1904="1"')))
    assert usual.rows[0].values["joined_on"] == mac.rows[0].values["joined_on"] == dt.date(2023, 11, 1)


def test_ba11_a_landline_that_lost_its_zero_gets_it_back_with_a_warning(look):
    seen = look(person("电话", 5927022222))
    assert seen.rows[0].values["mobile"].startswith("0592")
    assert len(seen.good) == 1


def test_ba18_the_missing_column_comes_with_the_header_that_may_be_meant(look):
    seen = look((HEAD + ROWS).replace("姓名", "户主"))
    [told] = [one for one in seen.problems if one.code == "SHEET-COLUMN-MISSING"]
    assert "户主" in told.text
    assert seen.stopped
    assert seen.rows == ()


def test_ba3_the_shown_result_of_a_formula_is_taken(look):
    seen = look(READ["BA3 formula with a result"].given)
    assert seen.rows[0].values["amount"] == Decimal(3200)
    assert any("3,200" in one.text for one in seen.problems)


def test_ba28_a_line_break_in_a_name_is_taken_out(look):
    made = book("| 姓名 | 备注 |\n| 许 | x |", cell("A2", "许秀\n兰"))
    assert look(made).rows[0].values["name"] in ("许秀兰", "许秀 兰")


def test_ba36_a_file_held_open_elsewhere_is_told(tmp_path, child):
    from xmdesk.documents.sheets.preview import open_file

    path = tmp_path / "表.xlsx"
    path.write_bytes(samples.as_bytes(book(HEAD + ROWS)))
    (tmp_path / "~$表.xlsx").write_bytes(b"")
    assert [one.code for one in open_file(path, run=child.run).problems] == ["SHEET-OPEN-ELSEWHERE"]


def test_bb9_a_large_file_is_not_even_read(tmp_path):
    path = tmp_path / "表.csv"
    with path.open("wb") as stream:
        stream.truncate(500 * 1024 * 1024)
    with pytest.raises(Fault) as caught:
        read_bytes(path, 10 * 1024 * 1024)
    assert caught.value.code == "FILE-TOO-LARGE"


def test_messages_never_show_a_whole_number_of_a_person(look):
    made = book(HEAD + ROWS, cell("B2", 350299198506071100))
    made.worksheets[0]["B3"] = A[:-1] + ("0" if A[-1] != "0" else "1")
    made.worksheets[0]["C4"] = "1380000666"
    made.worksheets[0]["A1"].comment = Comment("x", "y")
    made.worksheets[0].append(["单位负责人：许秀兰", "填表人：王㛃", "联系电话：13800006661"])
    seen = look(made)
    words = "".join(one.text + one.to_do for one in seen.problems)
    assert len(seen.parked) == 3
    assert "13800006661" not in words
    assert "1380000666" not in words
    assert A[:17] not in words


def test_our_own_csv_is_read_back_with_every_sign_in_front(look):
    columns = tuple(one for one in samples.PERSONS.columns if one.field in ("name", "remark"))
    signs = ["=1+1", "+1", "-1", "@x", "'quoted", "＝1", "普通"]
    data = write_csv(SheetOut("人员", columns, [("许秀兰", sign) for sign in signs]))
    assert b"\r\n\xe8\xae\xb8\xe7\xa7\x80\xe5\x85\xb0,=" not in data
    assert [row.values["remark"] for row in look(data, name="表.csv").rows] == signs
