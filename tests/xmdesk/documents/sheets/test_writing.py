"""Sheets out: what is written is text, dates and numbers as meant, never a formula, and reads back equal."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.documents.sheets import samples
from xmdesk.documents.sheets.columns import Column, Form, Register
from xmdesk.documents.sheets.mapping import How
from xmdesk.documents.sheets.parked import write_parked
from xmdesk.documents.sheets.preview import Choices, open_bytes, preview
from xmdesk.documents.sheets.text_writing import write_csv
from xmdesk.documents.sheets.writing import SheetOut, shown_width, tab_name, write_xlsx
from xmdesk.records.values.choices import read_choice
from xmdesk.records.values.dates import read_day, read_partial_day
from xmdesk.records.values.identity import read_id
from xmdesk.records.values.numbers import read_count, read_decimal, read_yes_no
from xmdesk.records.values.phones import read_phone
from xmdesk.records.values.texts import clean_text, read_name

CONDITION = (("1", "正常", ()), ("2", "维修中", ()), ("3", "停用", ()))
LABELS = {value: label for value, label, _ in CONDITION}

COLUMNS = (
    Column("name", "姓名", read_name, required=True),
    Column("id_no", "公民身份号码", read_id, form=Form.PERSON_ID),
    Column("mobile", "手机号码", read_phone, form=Form.PHONE),
    Column("born_on", "出生日期", read_partial_day),
    Column("joined_on", "入职日期", read_day, form=Form.DAY),
    Column("staff", "人数", read_count, form=Form.WHOLE),
    Column("area", "建筑面积(㎡)", lambda raw: read_decimal(raw, 2), form=Form.NUMBER, header=("面积", "建筑面积(㎡)")),
    Column(
        "inner", "活动面积(㎡)", lambda raw: read_decimal(raw, 2), form=Form.NUMBER, header=("面积", "活动面积(㎡)")
    ),
    Column("open", "开放", read_yes_no, choices=("是", "否")),
    Column(
        "condition",
        "状态",
        lambda raw: read_choice(raw, CONDITION),
        choices=tuple(LABELS.values()),
        writer=lambda value: LABELS.get(value, ""),
        help="按实际情况选",
    ),
    Column("remark", "备注", lambda raw: clean_text(raw, 500, multiline=True)),
)
REGISTER = Register("made_up", "样表", COLUMNS)
FIELDS = [column.field for column in COLUMNS]

ROWS = [
    ("许秀兰", samples.id_number(11), "13800006661", "1985-06", dt.date(2020, 1, 5), 0, Decimal("1280.50"), None, True, "1", "=1+1"),
    ("王㛃", "", "0592-7018000", "1972", None, 12, Decimal("0.10"), Decimal(3), False, "3", "@x\n第二行"),
    ("𠮷䶮", "", "", "", None, None, None, None, None, "", "-无"),
]  # fmt: skip


def sheet(**more):
    return SheetOut("样表", COLUMNS, ROWS, register="made_up", **more)


def values(seen):
    return [tuple(row.values[name] for name in FIELDS) for row in seen.rows]


@pytest.mark.parametrize("title", ["", "军营村样表（2026年度）"])
def test_what_is_exported_comes_back_equal(title, child):
    seen = preview(open_bytes(write_xlsx([sheet(title=title)]), "样表.xlsx", run=child.run), REGISTER)
    assert values(seen) == ROWS
    assert seen.parked == []
    assert {one.how for one in seen.mapping.matches} == {How.TEMPLATE}


def test_what_is_exported_as_csv_comes_back_equal(child):
    seen = preview(open_bytes(write_csv(sheet()), "样表.csv", run=child.run), REGISTER)
    expected = [(*row[:-1], row[-1]) for row in ROWS]
    assert values(seen) == expected


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp"]), max_size=30
)


@given(st.lists(st.tuples(TEXTS, st.decimals(-9999, 9999, places=2)), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_text_and_number_survive_the_round_trip(child, rows):
    from xmdesk.documents.sheets.readings import RowState

    columns = (
        Column("at", "编号", lambda raw: clean_text(raw, 10), required=True),
        Column("text", "文字", lambda raw: clean_text(raw, 60)),
        Column("number", "数目", lambda raw: read_decimal(raw, 2), form=Form.NUMBER),
    )
    register = Register("round", "往返", columns)
    given_rows = [
        (f"甲{at}", columns[1].reader(text).value if _readable(columns[1], text) else "", abs(number))
        for at, (text, number) in enumerate(rows)
    ]
    data = write_xlsx([SheetOut("往返", columns, given_rows, register="round")])
    seen = preview(open_bytes(data, "往返.xlsx", run=child.run), register, Choices())
    assert [tuple(row.values[name] for name in ("at", "text", "number")) for row in seen.rows] == given_rows
    assert all(row.state is RowState.GOOD for row in seen.rows)


def _readable(column, text):
    from xmdesk.records.values.reading import Bad

    try:
        return bool(column.reader(text))
    except Bad:
        return False


def test_no_cell_of_an_export_is_a_formula():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet(title="=cmd|' /C calc'!A1", notes=("=1+1",))])))
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book["样表"]["A1"].value.startswith("=cmd")


def test_people_numbers_and_codes_stay_text_for_wps():
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet()])))["样表"]
    assert page["B3"].number_format == "@"
    assert isinstance(page["B3"].value, str)
    assert page["E3"].is_date
    assert page["G3"].value == 1280.5


def test_group_titles_are_merged_and_frozen_with_lists_to_choose_from():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet(title="样表", blank=True)])))
    page = book["样表"]
    ranges = {str(one) for one in page.merged_cells.ranges}
    assert {"G2:H2", "A2:A3", "A1:K1"} <= ranges
    assert page.freeze_panes == "A4"
    assert len(page.data_validations.dataValidation) == 2
    assert book["_代码"].sheet_state == "hidden"
    assert book["_xmdesk"].sheet_state == "veryHidden"
    assert [row[0].value for row in book["_代码"].iter_rows(min_col=2, max_col=2)] == ["正常", "维修中", "停用"]


def test_a_blank_template_reads_back_as_no_rows(child):
    data = write_xlsx([SheetOut("样表", COLUMNS, (), title="样表", register="made_up", blank=True)])
    seen = preview(open_bytes(data, "样表.xlsx", run=child.run), REGISTER)
    assert seen.rows == ()
    assert not seen.stopped


def test_a_template_with_moved_and_added_columns_still_maps(child):
    book = openpyxl.load_workbook(
        io.BytesIO(write_xlsx([SheetOut("样表", COLUMNS[:3], [ROWS[0][:3]], register="made_up")]))
    )
    page = book["样表"]
    page.insert_cols(1)
    page["A1"] = "村民小组"
    target = io.BytesIO()
    book.save(target)
    seen = preview(open_bytes(target.getvalue(), "样表.xlsx", run=child.run), REGISTER)
    assert seen.rows[0].values["name"] == "许秀兰"
    assert seen.rows[0].raw["村民小组"] == ""


def test_columns_are_wide_enough_for_chinese():
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet()])))["样表"]
    assert page.column_dimensions["B"].width >= 18
    assert shown_width("军营村a") == 7


@pytest.mark.parametrize("name", ["a/b:c", "'引号'", "长" * 40, "", "[1]?*"])
def test_any_name_becomes_a_name_for_a_tab(name):
    made = tab_name(name)
    assert 0 < len(made) <= 31
    assert not set(made) & set("[]:*?/\\")


def test_parked_rows_go_out_with_their_reason_and_come_back_mended(look):
    seen = look("| 姓名 | 身份证号码 | 血型 |\n| 许秀兰 | 350299 | AB |\n| 王㛃 | | O |")
    data = write_parked(seen.parked, title="待处理")
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in page[2]] == ["原因", "原表行号", "姓名", "身份证号码", "血型"]
    assert "身份证号码" in page["A3"].value
    assert page["E3"].value == "AB"
    again = look(data)
    assert [row.raw["姓名"] for row in again.rows] == ["许秀兰"]
