"""A register fills any blank form sent from above, and nothing of the form is lost."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from openpyxl import load_workbook

from db.store import open_memory
from tests.xmdesk.services.blank_forms import BOX, officers_form, simple_form
from xmdesk.documents.sheets.cell_words import CellFormat
from xmdesk.errors import Fault, WrongUse
from xmdesk.records.codes import Engagement, KeeperKind, Post, Sex
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.keeping import SavedMapping
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.values.identity import check_character
from xmdesk.services.filling import MOST_RECORDS, Filling
from xmdesk.services.form_mapping import allowed_formats, form_fields, read_form_map
from xmdesk.services.importing import Importing

NAMES = [
    "赵一",
    "钱二",
    "孙三",
    "李四",
    "周五",
    "吴六",
    "郑七",
    "王八",
    "冯九",
    "陈十",
    "褚一",
    "卫二",
    "蒋三",
    "沈四",
    "韩五",
    "杨六",
    "朱七",
    "秦八",
]


def identity(number: int) -> str:
    body = f"350212196{number % 10}0105{number:03d}"
    return body + check_character(body + "0")


@pytest.fixture
def store():
    made = open_memory()
    with made.change("x") as change:
        change.save(Office(code="350212105206", name="榕下村村民委员会", township="莲花镇", district="同安区"))
    yield made
    made.close()


@pytest.fixture
def filling(store):
    return Filling(store)


@pytest.fixture
def officers(store):
    people = [
        Person(name=name, id_no=identity(at), sex=Sex.MALE, born_on="1962-01-05", mobile=f"1380592{at:04d}")
        for at, name in enumerate(NAMES)
    ]
    records = [
        DisasterOfficer(
            person=one.uid,
            post=Post.FIRST if at == 0 else Post.DEPUTY,
            engagement=Engagement.PART_TIME,
            started_on="2023-05-06" if at else "2023-05",
            lives_here=at % 2 == 0,
            remark="=1+1" if at == 0 else "",
        )
        for at, one in enumerate(people)
    ]
    with store.change("x") as change:
        change.save_many(people)
        change.save_many(records)
    return records


def uids(records):
    return [one.uid for one in records]


def read(path) -> Any:
    """The workbook's sheet, untyped: openpyxl's stubs allow for chart sheets everywhere."""
    return load_workbook(path).worksheets[0]


def filled(filling, path, register, records, out, **more):
    blank = filling.look(path)
    done = filling.fill(blank, filling.propose(blank, register), uids(records), out, **more)
    return done, cast(Any, load_workbook(done.path))


def test_a_form_is_looked_at_before_anything_is_written(filling, tmp_path) -> None:
    blank = filling.look(officers_form(tmp_path / "表.xlsx"))

    assert blank.sheet == "信息员"
    assert blank.headers == (
        "序号", "所属村(社区)", "基本情况/姓名", "基本情况/性别", "基本情况/出生年月", "基本情况/身份证号码",
        "基本情况/联系方式/手机", "基本情况/联系方式/其他电话", "任职情况/A/B角", "任职情况/任职日期(yyyy-mm-dd)",
        "任职情况/是否长期在本地居住", "备注",
    )  # fmt: skip
    assert (blank.area.first, blank.area.last, blank.rows_free) == (6, 10, 5)
    assert blank.others == ("填表说明",)


def test_what_a_draft_tells_of_columns_is_put_into_the_map_where_it_still_fits(filling, tmp_path) -> None:
    proposed = filling.propose(filling.look(officers_form(tmp_path / "表.xlsx")), "disaster_officers")
    usual = str(allowed_formats("disaster_officers", ["person.mobile"])[0])
    told = {
        "备注": {"fields": ["person.mobile"], "format": usual},
        "序号": {"fields": ["no_such_field"], "format": "text"},
        "基本情况/姓名": {"fields": ["person.name"], "format": str(CellFormat.AGE)},
        "没有这一列": {"fields": ["remark"], "format": "text"},
    }

    again = {one.header: one for one in proposed.with_told(told).columns}

    before = {one.header: one for one in proposed.columns}
    assert again.pop("备注").fields == ("person.mobile",)
    before.pop("备注")
    assert again == before


def test_columns_are_proposed_with_the_writing_that_the_form_asks_for(filling, tmp_path) -> None:
    blank = filling.look(officers_form(tmp_path / "表.xlsx"))

    columns = filling.propose(blank, "disaster_officers").columns

    assert [(one.field, str(one.format)) for one in columns] == [
        ("@no", "number"),
        ("@office", "text"),
        ("person.name", "text"),
        ("person.sex", "label"),
        ("person.born_on", "2026.01"),
        ("person.id_no", "full"),
        ("person.mobile", "full"),
        ("person.other_phone", "full"),
        ("post", "label"),
        ("started_on", "2026-01-05"),
        ("lives_here", "√/×"),
        ("remark", "text"),
    ]
    assert all(one.why for one in columns)


def test_eighteen_rows_fill_a_form_with_five_and_everything_else_moves_down(filling, officers, tmp_path) -> None:
    done, book = filled(
        filling, officers_form(tmp_path / "表.xlsx"), "disaster_officers", officers, tmp_path / "报.xlsx",
        unmasked=True, reason="区应急局年度核对",
    )  # fmt: skip
    sheet = book["信息员"]

    assert (done.rows, done.masked) == (18, ())
    assert [sheet.cell(row, 3).value for row in range(6, 24)] == NAMES
    assert [sheet.cell(row, 1).value for row in range(6, 24)] == list(range(1, 19))
    assert sheet["F23"].value == identity(17)
    assert [sheet[f"{letter}7"].value for letter in "DEGIJK"] == [
        "男",
        "1962.01",
        "13805920001",
        "B角",
        "2023-05-06",
        "×",
    ]
    assert sheet["J6"].value == "2023-05"
    assert sheet["A24"].value == "合计"
    assert sheet["L24"].value == "=COUNTA(C6:C23)"
    assert book["填表说明"]["A1"].value == "=信息员!L24"
    assert str(sheet["A25"].value).startswith("注：")
    assert sheet["G26"].value == "单位负责人：(盖章)"


def test_the_form_keeps_its_looks(filling, officers, tmp_path) -> None:
    _, book = filled(filling, officers_form(tmp_path / "表.xlsx"), "disaster_officers", officers, tmp_path / "报.xlsx")
    sheet = book["信息员"]

    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A2:L2", "C3:H3", "B6:B23", "A25:L25"} <= merged
    assert len(merged) == 16
    assert sheet["A2"].font.name == "方正小标宋简体"
    assert all(sheet.row_dimensions[row].height == 31.5 for row in range(6, 24))
    assert sheet.row_dimensions[25].height == 44
    for row in (6, 10, 11, 23):
        assert sheet.cell(row, 3).border == BOX
        assert (sheet.cell(row, 3).font.name, sheet.cell(row, 3).font.size) == ("仿宋_GB2312", 12)
        assert sheet.cell(row, 6).fill.start_color.rgb == "FFFFE0E0"
    assert sheet.column_dimensions["F"].width == 22
    assert (sheet.print_area, sheet.print_title_rows) == ("'信息员'!$A$1:$L$26", "$3:$5")
    assert (sheet.page_setup.orientation, sheet.freeze_panes) == ("landscape", "A6")
    assert str(sheet.data_validations.dataValidation[0].sqref) == "K6:K23"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["F6:F23"]
    assert sheet["F4"].comment.text == "文本格式"


def test_text_stays_text_whatever_it_begins_with(filling, officers, tmp_path) -> None:
    _, book = filled(
        filling, officers_form(tmp_path / "表.xlsx"), "disaster_officers", officers[:2], tmp_path / "报.xlsx"
    )
    sheet = book["信息员"]

    assert (sheet["L6"].value, sheet["L6"].data_type) == ("=1+1", "s")
    assert sheet["L6"].number_format == sheet["G6"].number_format == sheet["F6"].number_format == "@"
    assert sheet["B6"].value == "榕下村村民委员会"
    assert sheet["C8"].value is None


def test_what_was_filled_in_is_read_by_our_own_import(filling, officers, store, tmp_path) -> None:
    filled(
        filling, officers_form(tmp_path / "表.xlsx"), "disaster_officers", officers, tmp_path / "报.xlsx",
        unmasked=True, reason="核对",
    )  # fmt: skip

    preview = Importing(store).preview(tmp_path / "报.xlsx", "disaster_officers", sheet="信息员")

    assert preview.parked == ()
    assert preview.counts["new"] == 0
    assert preview.counts["same"] + preview.counts["changed"] == 18
    assert [one.values["person.id_no"] for one in preview.found.good] == [identity(at) for at in range(18)]


def test_whole_identity_numbers_need_a_reason_and_are_noted(filling, officers, store, tmp_path) -> None:
    blank = filling.look(officers_form(tmp_path / "表.xlsx"))
    form_map = filling.propose(blank, "disaster_officers")

    with pytest.raises(WrongUse) as trouble:
        filling.fill(blank, form_map, uids(officers), tmp_path / "报.xlsx", unmasked=True, reason=" ")
    assert trouble.value.code == "EXPORT-REASON"
    assert not (tmp_path / "报.xlsx").exists()

    masked = filling.fill(blank, form_map, uids(officers), tmp_path / "遮.xlsx")
    assert masked.masked == ("基本情况/身份证号码",)
    assert read(masked.path)["F6"].value == f"350212********{identity(0)[-4:]}"
    assert not any("完整号码" in one.label for one in store.steps())

    filling.fill(blank, form_map, uids(officers), tmp_path / "全.xlsx", unmasked=True, reason="区应急局核对")
    assert store.steps(limit=1)[0].label == "填表含完整号码：灾害信息员名册18行，区应急局核对"


def test_the_next_form_of_the_kind_is_one_step(filling, officers, store, tmp_path) -> None:
    blank = filling.look(officers_form(tmp_path / "一.xlsx"))
    chosen = filling.propose(blank, "disaster_officers").with_column("基本情况/出生年月", ("person.born_on",))
    filling.fill(blank, chosen, uids(officers), tmp_path / "报.xlsx")

    again = filling.propose(filling.look(officers_form(tmp_path / "二.xlsx")), "disaster_officers")

    assert again.kept
    assert again.columns[4].format == "2026年1月5日"
    assert {one.why for one in again.columns} == {"上次这样填"}
    assert [one.register for one in store.all(SavedMapping)] == ["form:disaster_officers"]
    filling.fill(blank, again, uids(officers), tmp_path / "又.xlsx")
    assert len(store.all(SavedMapping)) == 1


def test_unit_and_joined_columns_and_lists_are_written_as_the_form_wants(filling, store, tmp_path) -> None:
    person = Person(name="蔡美玉", mobile="13800008117")
    duty = MaintenanceDuty(
        year=2026,
        subject="村口公厕",
        keeper_person=person.uid,
        keeper_phone="13800008117",
        keeper_kind=KeeperKind("县级部门"),
        funding_amount=Decimal(12500),
        content="每日保洁",
        standard="无异味",
        contract_from=date(2026, 1, 5),
        confirmed=True,
        frequency={"unit": "周", "times": 2},
    )
    with store.change("x") as change:
        change.save(person)
        change.save(duty)
    path = simple_form(
        tmp_path / "表.xlsx", "序号", "管护对象", "管护责任人及电话", "年度经费(万元)", "管护内容和标准", "协议起", "本年已确认(打√)",
        "管护频次", "管护主体类别代码", "天气", note="填表人：",
    )  # fmt: skip

    done, book = filled(filling, path, "duties", [duty], tmp_path / "报.xlsx")

    cells = [cell.value for cell in book.worksheets[0][2]]
    assert cells[:8] == [1, "村口公厕", "蔡美玉 13800008117", 1.25, "每日保洁\n无异味", "2026年1月5日", "√", "每周2次"]
    assert book.worksheets[0]["A5"].value == "填表人："
    assert "天气" in done.empty


def test_a_form_that_ends_with_its_header_gets_plain_rows(filling, officers, tmp_path) -> None:
    path = simple_form(tmp_path / "表.xlsx", "姓名", "手机号码", rows=0, note="注：填写后盖章报送区应急管理局。")

    _, book = filled(filling, path, "disaster_officers", officers[:3], tmp_path / "报.xlsx")

    sheet = book.worksheets[0]
    assert [sheet.cell(row, 1).value for row in range(2, 5)] == NAMES[:3]
    assert sheet["A4"].border == BOX
    assert str(sheet["A5"].value).startswith("注：")


def test_rows_after_an_example_and_rows_of_other_villages_are_left_alone(filling, officers, tmp_path) -> None:
    path = simple_form(
        tmp_path / "表.xlsx",
        "村(社区)",
        "姓名",
        "任职日期",
        A2="例：某某村",
        B2="张三",
        C2="2020.3.1",
        A3="邻村",
        B3="许十",
    )

    blank = filling.look(path)
    done = filling.fill(blank, filling.propose(blank, "disaster_officers"), uids(officers[1:4]), tmp_path / "报.xlsx")

    sheet = read(done.path)
    assert [sheet.cell(row, 2).value for row in range(2, 7)] == ["张三", "许十", *NAMES[1:4]]
    assert sheet["C4"].value == "2023.5.6"


def test_two_blocks_side_by_side_are_filled_one_after_the_other(filling, officers, tmp_path) -> None:
    path = simple_form(tmp_path / "表.xlsx", "姓名", "手机号码", "姓名", "手机号码", rows=2)

    blank = filling.look(path)
    assert blank.rows_free == 4
    _, book = filled(filling, path, "disaster_officers", officers[:5], tmp_path / "报.xlsx")

    sheet = book.worksheets[0]
    assert [sheet.cell(row, 1).value for row in range(2, 5)] == NAMES[:3]
    assert [sheet.cell(row, 3).value for row in range(2, 5)] == [*NAMES[3:5], None]


def test_a_map_told_by_hand_is_obeyed_and_a_wrong_one_refused(filling, officers, tmp_path) -> None:
    blank = filling.look(officers_form(tmp_path / "表.xlsx"))

    def told_by(text):
        return read_form_map(text, blank, "disaster_officers")

    told = told_by('{"基本情况/姓名": "person.name", "备注": {"fields": ["person.mobile"], "format": "masked"}}')
    done = filling.fill(blank, told, uids(officers[:1]), tmp_path / "报.xlsx")
    sheet = read(done.path)
    assert (sheet["C6"].value, sheet["L6"].value, sheet["D6"].value) == (NAMES[0], "138****0000", None)

    for text, code in (
        ("[", "FORM-MAP-SHAPE"),
        ("[" * 100_000, "FORM-MAP-SHAPE"),
        ("[1]", "FORM-MAP-SHAPE"),
        ('{"备注": {"fields": [1]}}', "FORM-MAP-SHAPE"),
        ('{"备注": "nothing"}', "FORM-MAP-FIELD"),
        ('{"备注": "person.nothing"}', "FORM-MAP-FIELD"),
        ('{"备注": {"fields": "remark", "format": "full"}}', "FORM-MAP-FORMAT"),
        ('{"别的": "remark"}', "FORM-MAP-OTHER"),
    ):
        with pytest.raises(WrongUse) as trouble:
            told_by(text)
        assert trouble.value.code == code


def test_acts_that_make_no_sense_are_refused_before_writing(filling, officers, tmp_path) -> None:
    blank = filling.look(officers_form(tmp_path / "表.xlsx"))
    form_map = filling.propose(blank, "disaster_officers")
    nothing = read_form_map('{"序号": "@no"}', blank, "disaster_officers")
    out = tmp_path / "报.xlsx"

    for wrong, rows, path, code in (
        (form_map, [], out, "FORM-NO-ROWS"),
        (nothing, uids(officers), out, "FORM-NO-FIELD"),
        (form_map, ["x"] * (MOST_RECORDS + 1), out, "FORM-MANY"),
        (form_map, uids(officers), tmp_path / "报.csv", "FORM-OUT"),
    ):
        with pytest.raises(WrongUse) as trouble:
            filling.fill(blank, wrong, rows, path)
        assert trouble.value.code == code

    with pytest.raises(Fault) as taken:
        filling.fill(blank, form_map, uids(officers), tmp_path / "表.xlsx")
    assert taken.value.code == "FILE-EXISTS"


def test_every_field_that_is_offered_can_be_written(filling) -> None:
    for register in ("persons", "disaster_officers", "facilities", "duties", "shelters", "trainings"):
        for name, label in form_fields(register):
            assert allowed_formats(register, [name]), label
