"""Headers, bodies and what is not a record, in the shapes that villages make."""

import pytest

from tests.xmdesk.documents.sheets import samples
from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.lines import LineKind
from xmdesk.documents.sheets.table_finding import find_table


def merged(table, *ranges):
    book = samples.workbook_from_markdown(table)
    for one in ranges:
        book.worksheets[0].merge_cells(one)
    return book


def headers(seen):
    return [one.header.text for one in seen.mapping.matches]


def names(seen):
    return [row.values["name"] for row in seen.rows]


def test_three_header_rows_with_merged_groups_become_paths(look):
    seen = look(
        merged(
            """
            | 军营村人员名册 | | | | |
            | 序号 | 基本情况 | | 联系方式 | |
            | | 姓名 | 证件 | 移动 | |
            | | | 身份证号码 | 手机 | 其他 |
            | 1 | 许秀兰 | | 13800006661 | |
            """,
            "A1:E1", "A2:A4", "B2:C2", "D2:E2", "B3:B4", "D3:E3",
        )
    )  # fmt: skip
    assert headers(seen) == [
        "序号",
        "基本情况/姓名",
        "基本情况/证件/身份证号码",
        "联系方式/移动/手机",
        "联系方式/移动/其他",
    ]
    assert seen.rows[0].values["mobile"] == "13800006661"


def test_group_titles_over_blank_cells_count_without_merging(look):
    seen = look(
        """
        | 序号 | 姓名 | 培训 | | 备注 |
        | | | 日期 | 学时 | |
        | 1 | 许秀兰 | 2025年11月 | 8学时 | |
        """,
        samples.HELPERS,
    )
    assert headers(seen) == ["序号", "姓名", "培训/日期", "培训/学时", "备注"]
    assert seen.rows[0].values["initial_training_on"] == "2025-11"


def test_a_group_row_over_a_flat_header_is_not_needed(look):
    seen = look(
        merged(
            """
            | 基本情况 | | 联系 | |
            | 姓名 | 性别 | 手机 | 备注 |
            | 许秀兰 | 女 | 13800006661 | |
            """,
            "A1:B1", "C1:D1",
        )
    )  # fmt: skip
    assert names(seen) == ["许秀兰"]
    assert {"name", "sex", "mobile"} <= seen.mapping.fields()


def test_line_breaks_spaces_and_brackets_in_headers_do_not_matter(look):
    seen = look("| 姓  名 | 身份证\n号码 |\n".replace("\n号", " 号") + "| 许秀兰 | |")
    assert seen.mapping.fields() == {"name", "id_no"}


def test_a_header_further_down_is_found_when_it_can_be_recognised(look):
    above = "\n".join(f"| 说明第{n}条，请认真填写 | |" for n in range(20))
    seen = look(f"{above}\n| 序号 | 姓名 | 性别 | 手机 |\n| 1 | 许秀兰 | 女 | 13800006661 |")
    assert names(seen) == ["许秀兰"]


def test_the_wanted_table_of_two_under_one_another_is_read(look):
    table = """
    | 序号 | 姓名 | 性别 | 手机 |
    | 1 | 许秀兰 | 女 | 13800006661 |
    | 2 | 王㛃 | 女 | 13800006662 |
    | |
    | 序号 | 名称 | 地址 | 可容纳人数 | 责任人 | 电话 |
    | 1 | 军营村避灾点 | 村部 | 125 | 卢宝珠 | 13800001343 |
    """
    people, shelters = look(table), look(table, samples.SHELTERS)
    assert names(people) == ["许秀兰", "王㛃"]
    assert "SHEET-OTHER-TABLE" in {one.code for one in people.problems}
    assert names(shelters) == ["军营村避灾点"]
    assert "SHEET-OTHER-TABLE" in {one.code for one in shelters.problems}


def test_two_columns_of_tables_side_by_side_are_read_one_after_the_other(look):
    seen = look(
        """
        | 序号 | 姓名 | 手机 | 序号 | 姓名 | 手机 |
        | 1 | 许秀兰 | 13800006661 | 3 | 张䶮 | 13800006663 |
        | 2 | 王㛃 | 13800006662 | | | |
        """
    )
    assert names(seen) == ["许秀兰", "王㛃", "张䶮"]
    assert "SHEET-BLOCKS" in {one.code for one in seen.problems}


def test_subtotals_in_the_middle_do_not_end_the_table(look):
    seen = look(
        """
        | 序号 | 设施名称 | 面积(㎡) |
        | 1 | 党群服务中心 | 100 |
        | 小计 | | 100 |
        | 2 | 图书室 | 20 |
        | 合　计 | | 120 |
        """,
        samples.FACILITIES,
    )
    assert names(seen) == ["党群服务中心", "图书室"]
    assert [one.kind for one in seen.skipped] == [LineKind.TOTAL, LineKind.TOTAL]


@pytest.mark.parametrize(
    "line",
    [
        "| 合计（元） | | 1200 |",
        "| 合计(元)： | | 1200 |",
        "| 小计： | 3处 | 1,200㎡ |",
        "| 合计金额（万元）： | / | 12 |",
        "| 合计：12.5万元 | | |",
        "| 全村合计/㎡ | | 120 |",
    ],
)
def test_a_total_with_its_unit_or_a_colon_is_no_record(line, look):
    seen = look(f"| 设施名称 | 坐落 | 面积(㎡) |\n| 图书室 | 村部 | 20 |\n{line}", samples.FACILITIES)
    assert names(seen) == ["图书室"]
    assert [one.kind for one in seen.skipped] == [LineKind.TOTAL]


@pytest.mark.parametrize(
    "line",
    [
        "| 注：面积以不动产登记为准 | | |",
        "| 备注：1.本表一式三份；2.逐级上报 | | |",
        "| 填表说明：此表由村委会填写 | | |",
        "| 单位负责人： | 填表人： | 联系电话： |",
        "| 单位负责人（签字）：        填表人：          2026年10月8日 | | |",
        "| 审核人：王㛃 | | 填报日期：2026.10.8 |",
        "| ※ 仅供内部使用，请勿外传 | | |",
        "| 第 1 页 | | 共 3 页 |",
    ],
)
def test_notes_and_signatures_are_not_records(line, look):
    seen = look(f"| 设施名称 | 坐落 | 备注 |\n| 图书室 | 村部 | |\n{line}", samples.FACILITIES)
    assert names(seen) == ["图书室"]
    assert [one.number for one in seen.skipped] == [3]


@pytest.mark.parametrize(
    "name", ["合计路文化广场", "附近村民活动场地和停车场", "总计生协会活动室", "说明白话评理室", "注册志愿者之家"]
)
def test_a_record_that_merely_begins_like_a_total_or_note_is_read(name, look):
    seen = look(f"| 设施名称 | 坐落 | 备注 |\n| {name} | 村部 | 无 |", samples.FACILITIES)
    assert names(seen) == [name]


def test_group_titles_and_unfilled_numbers_are_listed(look):
    seen = look(
        """
        | 序号 | 管护对象 | 坐落 | 数量 |
        | 一、农村道路 | | | |
        | 1 | 通村主干道 | 军营 | 3.6 |
        | 2 | | | |
        """,
        samples.DUTIES,
    )
    assert [row.values["subject"] for row in seen.rows] == ["通村主干道"]
    assert [one.kind for one in seen.skipped] == [LineKind.GROUP, LineKind.UNFILLED]


def test_blank_rows_between_records_are_passed_over(look):
    assert names(look("| 姓名 | 性别 |\n| 许秀兰 | 女 |\n| | |\n| | |\n| 王㛃 | 女 |")) == ["许秀兰", "王㛃"]


def test_row_numbers_are_those_that_the_sheet_shows(look):
    seen = look("| 名册 |\n| |\n| 姓名 | 性别 |\n| 许秀兰 | 女 |\n| | |\n| 王㛃 | 女 |")
    assert [row.number for row in seen.rows] == [4, 6]


def test_merged_cells_across_columns_are_told(look):
    seen = look(merged("| 姓名 | 职务 | 住址 |\n| 许秀兰 | 网格员 | |\n| 王㛃 | 村主任 | 村部 |", "B2:C2"))
    assert "SHEET-MERGED-SIDEWAYS" in {one.code for one in seen.problems}


def test_a_sheet_without_any_header_has_no_table():
    assert find_table(Sheet("空", []), lambda path: path) is None
    assert find_table(Sheet("一格", [["只有一句话"]]), lambda path: None) is None


def test_a_line_that_numbers_the_columns_is_not_a_record(look):
    seen = look("| 序号 | 姓名 | 性别 | 手机 |\n| 甲 | 乙 | 1 | 2 |\n| 1 | 许秀兰 | 女 | 13800006661 |")
    assert names(seen) == ["许秀兰"]


def test_a_line_of_units_belongs_to_the_header(look):
    table = "| 管护对象 | 数量 | 年度经费 |\n| | | （{}） |\n| 公厕 | 2 | 1200 |"
    right, wrong = (look(table.format(unit), samples.DUTIES) for unit in ("元", "万元"))
    assert [row.values["funding_amount"] for row in right.rows] == [1200]
    assert "funding_amount" not in wrong.rows[0].values
    assert "SHEET-COLUMN-UNIT" in {one.code for one in wrong.problems}


def test_columns_without_a_title_are_told_and_keep_their_text(look):
    seen = look("| 姓名 | 性别 | |\n| 许秀兰 | 女 | 已搬走 |")
    assert seen.rows[0].raw["（第3列，无表头）"] == "已搬走"
    assert "SHEET-COLUMN-UNKNOWN" in {one.code for one in seen.problems}


def test_a_table_that_starts_further_right_is_read(look):
    seen = look("| | | 名册 | |\n| | | 姓名 | 性别 |\n| | | 许秀兰 | 女 |")
    assert names(seen) == ["许秀兰"]


@pytest.mark.parametrize(
    ("shape", "stored"),
    [
        ('yyyy"年"m"月"', "2025-11"),
        ("yyyy-mm", "2025-11"),
        ("yyyy-mm-dd", "2025-11-01"),
        ('[$-804]yyyy"年"m"月"d"日"', "2025-11-01"),
    ],
)
def test_a_date_cell_says_no_more_than_it_shows(shape, stored, look):
    import datetime as dt

    book = samples.workbook_from_markdown("| 姓名 | 出生年月 |\n| 许秀兰 | |")
    book.worksheets[0]["B2"] = dt.date(2025, 11, 1)
    book.worksheets[0]["B2"].number_format = shape
    assert look(book).rows[0].values["born_on"] == stored


@pytest.mark.parametrize(("number", "stored"), [(57, "2025-11"), (31, "2025-11-01"), (14, "2025-11-01")])
def test_built_in_chinese_date_formats_are_dates(number, stored, look):
    from tests.xmdesk.documents.sheets import hostile

    rows = hostile.HEADER.replace("备注", "出生年月")
    rows += '<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c><c r="B2" s="1"><v>45962</v></c></row>'
    styles = f'<styleSheet xmlns="{hostile.MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    parts = hostile.parts(hostile.sheet_xml(rows))
    parts["xl/styles.xml"] = styles
    relation = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", relation)
    seen = look(hostile.zipped(parts))
    assert seen.rows[0].values["born_on"] == stored
    assert "V-DATE-SERIAL" not in {one.code for one in seen.problems}


def test_two_people_in_one_row_become_two_rows(look):
    seen = look(
        merged(
            """
            | 序号 | 村别 | A角 | | B角 | |
            | | | 姓名 | 手机 | 姓名 | 手机 |
            | 1 | 军营村 | 许秀兰 | 13800006661 | 王㛃 | 13800006662 |
            | 2 | 白交祠村 | 张䶮 | 13800006663 | | |
            """,
            "A1:A2", "B1:B2", "C1:D1", "E1:F1",
        ),
        samples.OFFICERS,
    )  # fmt: skip
    assert [(row.number, row.values["name"], row.values["ab"]) for row in seen.good] == [
        (3, "许秀兰", "A"),
        (3, "王㛃", "B"),
        (4, "张䶮", "A"),
    ]
    assert seen.rows[1].raw["村别"] == "军营村"


def test_a_group_title_gives_its_name_to_the_columns_under_it(look):
    seen = look(
        merged(
            """
            | 序号 | 设施名称 | 管护责任人 | | 监督单位 | |
            | | | 姓名 | 联系电话 | 名称 | 电话 |
            | 1 | 公厕 | 许秀兰 | 13800006661 | 镇建设办 | 0592-7022222 |
            """,
            "A1:A2", "B1:B2", "C1:D1", "E1:F1",
        ),
        samples.DUTIES,
    )  # fmt: skip
    values = seen.rows[0].values
    assert (values["keeper_person"], values["overseer"]) == ("许秀兰", "镇建设办")
    assert values["hotline"].startswith("0592")


def test_a_title_over_most_columns_is_not_taken_for_a_group(look):
    seen = look(
        merged(
            """
            | 附件1：同安区管护责任清单 | | | | | |
            | 序号 | 管护对象 | 坐落 | 管护主体 | 管护经费 | |
            | | | | | 来源 | 金额（元） |
            | 1 | 公厕 | 军营 | 村委会 | 村集体 | 12000 |
            """,
            "A1:D1", "E2:F2",
        ),
        samples.DUTIES,
    )  # fmt: skip
    assert headers(seen) == ["序号", "管护对象", "坐落", "管护主体", "管护经费/来源", "管护经费/金额（元）"]
    assert (seen.rows[0].values["funding"], seen.rows[0].values["funding_amount"]) == ("村集体", 12000)


def test_a_header_begins_where_a_person_saw_it() -> None:
    sheet = Sheet("表", [["姓名", "电话"], ["姓名", "住址"], ["郑小满", "村部"]])

    assert [find_table(sheet, lambda path: path, row).first_row for row in (1, 2)] == [0, 1]  # type: ignore[union-attr]  # both are headers
    assert find_table(sheet, lambda path: path, 9) is None
