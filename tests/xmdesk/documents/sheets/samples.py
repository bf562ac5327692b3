"""Registers and workbooks that the tests of sheets share. All people are invented."""

import io
from functools import partial

from openpyxl import Workbook

from xmdesk.documents.sheets.columns import Column, Compound, Form, Register, both
from xmdesk.records.values.choices import read_choice
from xmdesk.records.values.dates import read_day, read_partial_day, read_year
from xmdesk.records.values.frequency import read_frequency
from xmdesk.records.values.hours import read_hours
from xmdesk.records.values.identity import check_character, read_id
from xmdesk.records.values.numbers import read_count, read_decimal, read_percent
from xmdesk.records.values.phones import read_name_and_phone, read_phone, read_unit_and_phone
from xmdesk.records.values.reading import Read
from xmdesk.records.values.supplies import read_supplies
from xmdesk.records.values.texts import clean_text, read_division_code, read_name


def text(limit=60):
    return partial(clean_text, limit=limit)


def holder(raw):
    return clean_text(raw, 60, none_answers=True)


def decimal(places=2, units=()):
    return lambda raw: read_decimal(raw, places, units=units)


def named_phone(raw):
    found = read_name_and_phone(raw)
    return Read((found.value.name, found.value.phone), found.notes)


def unit_phone(raw):
    found = read_unit_and_phone(raw)
    return Read((found.value.name, found.value.phone), found.notes)


def count_of(*units):
    return lambda raw: read_count(raw, units=units)


POSTS = (("A", "A角", ("A",)), ("B", "B角", ("B",)))

PERSON_COLUMNS = (
    Column("name", "姓名", read_name, required=True),
    Column("sex", "性别", text(4)),
    Column("born_on", "出生日期", read_partial_day, form=Form.DAY),
    Column("id_no", "公民身份号码", read_id, form=Form.PERSON_ID),
    Column("political", "政治面貌", text()),
    Column("education", "文化程度", text()),
    Column("post", "单位及职务", text()),
    Column("mobile", "手机号码", read_phone, form=Form.PHONE),
    Column("remark", "备注", text(500)),
)

PERSONS = Register(
    "persons",
    "人员",
    (
        *PERSON_COLUMNS,
        Column("office", "区划代码", read_division_code, form=Form.CODE, digits=12),
        Column("area", "面积(㎡)", decimal()),
        Column("amount", "金额(元)", decimal(units=("元",)), form=Form.NUMBER),
        Column("joined_on", "日期", read_day, form=Form.DAY),
        Column("rate", "比例", read_percent, form=Form.PERCENT),
    ),
    office_field="office",
)

HELPERS = Register(
    "legal_helpers",
    "法律明白人",
    (
        *PERSON_COLUMNS,
        Column("sources", "来源身份", text()),
        Column("initial_training_on", "初任培训日期", read_partial_day, form=Form.DAY),
        Column("initial_training_hours", "初任培训学时", decimal(1, ("学时",)), form=Form.NUMBER),
        Column("certificate_no", "证书编号", text()),
        Column("status", "状态", text()),
    ),
    sheet_names=("花名册",),
)

OFFICERS = Register(
    "disaster_officers",
    "灾害信息员",
    (
        *PERSON_COLUMNS,
        Column("ab", "A/B角", lambda raw: read_choice(raw, POSTS), choices=("A角", "B角")),
        Column("engagement", "专/兼职", text()),
        Column("trained_on", "最近培训", read_partial_day, form=Form.DAY),
    ),
)

SHELTERS = Register(
    "shelters",
    "避灾点",
    (
        Column("name", "名称", text(80), required=True),
        Column("location", "地址", text(120)),
        Column("host", "产权单位", text()),
        Column("total_area", "总面积(㎡)", decimal(), form=Form.NUMBER),
        Column("effective_area", "有效避难面积(㎡)", decimal(), form=Form.NUMBER),
        Column("capacity", "可容纳人数", count_of("人"), form=Form.WHOLE),
        Column("duty_person", "责任人", read_name),
        Column("duty_phone", "责任人电话", read_phone, form=Form.PHONE),
        Column("supplies", "物资清单", read_supplies),
    ),
)

FACILITIES = Register(
    "facilities",
    "设施",
    (
        Column("name", "设施名称", text(80), required=True),
        Column("kind", "设施类型", text()),
        Column("location", "坐落", text(120)),
        Column("floor_area", "建筑面积(㎡)", decimal(), form=Form.NUMBER, unit="㎡", adds_up=True),
        Column("activity_area", "居民活动面积(㎡)", decimal(), form=Form.NUMBER, unit="㎡", adds_up=True),
        Column("built_year", "建成年份", read_year, form=Form.WHOLE),
        Column("in_use_on", "投用日期", read_partial_day, form=Form.DAY),
        Column("owner", "所有权", holder),
        Column("operator", "经营权", holder),
        Column("manager", "管理权", holder),
        Column("hours", "开放时间", read_hours),
        Column("contact", "负责人", read_name),
        Column("contact_phone", "联系电话", read_phone, form=Form.PHONE),
        Column("remark", "备注", text(500)),
    ),
    (Compound(("contact", "contact_phone"), "负责人及电话", named_phone),),
)

DUTIES = Register(
    "duties",
    "管护责任清单",
    (
        Column("kind", "领域/类别", text()),
        Column("subject", "管护对象", text(80), required=True),
        Column("location", "坐落", text(120)),
        Column("quantity", "数量/规模", decimal(), form=Form.NUMBER, adds_up=True, unit_in="unit"),
        Column("unit", "单位", text()),
        Column("owner", "所有权人", holder),
        Column("operator", "经营权人", holder),
        Column("manager", "管理权人", holder),
        Column("keeper", "管护主体", text()),
        Column("keeper_person", "管护责任人", read_name),
        Column("keeper_phone", "联系电话", read_phone, form=Form.PHONE),
        Column("content", "管护内容", text(300)),
        Column("standard", "管护标准", text(300)),
        Column("frequency", "管护频次", read_frequency),
        Column("funding", "经费来源", text()),
        Column("funding_amount", "年度经费(元)", decimal(2, ("元",)), form=Form.NUMBER),
        Column("overseer", "监管部门", text()),
        Column("hotline", "监督电话", read_phone, form=Form.PHONE),
    ),
    (
        Compound(("content", "standard"), "管护内容和标准", both(text(300))),
        Compound(("overseer", "hotline"), "监督部门及电话", unit_phone),
    ),
    office_field="",
)


def markdown_cells(table: str) -> list[list[str]]:
    """Cells of a Markdown table; rules (|---|) are left out."""
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if not all(set(cell) <= set("-: ") and cell for cell in row)]


def workbook_from_markdown(table: str, *, title="Sheet1") -> Workbook:
    """A workbook whose cells are all text; empty cells are left out."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row, cells in enumerate(markdown_cells(table), start=1):
        for column, cell in enumerate(cells, start=1):
            if cell:
                sheet.cell(row, column, cell).data_type = "s"
    return book


def id_number(serial: int, born="19850607") -> str:
    """An invented number with a right check digit, in an area code that does not exist."""
    body = f"350299{born}{serial:03}"
    return body + check_character(body)


def as_bytes(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
