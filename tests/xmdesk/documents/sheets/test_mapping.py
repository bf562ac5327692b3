"""Columns to fields: synonyms, units, compounds, suggestions, mappings kept by fingerprint."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.documents.sheets import samples
from xmdesk.documents.sheets.mapping import How, Matcher, check_headers, fingerprint, map_headers, read_mapping
from xmdesk.documents.sheets.table_finding import Header
from xmdesk.documents.sheets.words import bare, plain, unit_of
from xmdesk.errors import WrongUse


def mapped(register, *titles, saved=None):
    headers = tuple(Header(tuple(title.split("/")), at) for at, title in enumerate(titles))
    return map_headers(headers, register, Matcher(register), saved)


def fields(mapping):
    return [match.fields for match in mapping.matches]


def test_a_column_of_its_own_wins_over_a_compound_that_adds_nothing():
    found = mapped(samples.DUTIES, "管护对象", "管护内容", "管护标准", "管护内容和标准")
    assert fields(found) == [("subject",), ("content",), ("standard",), ()]
    assert found.matches[3].how is How.DUPLICATE


@pytest.mark.parametrize("title", ["负责人(电话)", "负责人、电话", "负责人/联系电话", "负责人和电话", "负责人及电话"])
def test_one_title_for_a_person_and_a_phone_is_a_compound(title):
    headers = (Header(("设施名称",), 0), Header((title,), 1))
    found = map_headers(headers, samples.FACILITIES, Matcher(samples.FACILITIES))
    assert found.matches[1].fields == ("contact", "contact_phone")


@pytest.mark.parametrize(
    "title", ["联系人(手机)", "联系人（手机号）", "联系人及手机号码", "管理人、手机", "联系人(联系方式)"]
)
def test_whoever_the_person_is_called_a_phone_beside_the_title_is_one_in_the_cell(title):
    found = mapped(samples.FACILITIES, "设施名称", title)
    assert fields(found)[1:] == [("contact", "contact_phone")]


def test_a_phone_beside_a_title_that_is_no_person_makes_no_pair():
    found = mapped(samples.FACILITIES, "设施名称", "地址(手机)")
    assert ("contact", "contact_phone") not in fields(found)


def test_a_phone_under_a_person_is_the_phone_alone():
    found = mapped(samples.FACILITIES, "设施名称", "负责人/姓名", "负责人/电话")
    assert fields(found)[1:] == [("contact",), ("contact_phone",)]
    found = mapped(samples.DUTIES, "管护对象", "监督部门/名称", "监督部门/电话")
    assert fields(found)[1:] == [("overseer",), ("hotline",)]


def test_the_better_match_wins_wherever_it_stands():
    found = mapped(samples.SHELTERS, "名称", "面积", "总面积(㎡)", "有效面积")
    assert fields(found) == [("name",), (), ("total_area",), ("effective_area",)]


def test_a_bare_leaf_under_different_groups_is_not_guessed():
    found = mapped(samples.FACILITIES, "设施名称", "警务室/面积", "卫生室/面积")
    assert fields(found)[1:] == [(), ()]


def test_an_amount_in_another_unit_is_not_taken():
    found = mapped(samples.DUTIES, "管护对象", "年度经费(万元)")
    assert [match.how for match in found.matches] == [How.LABEL, How.OTHER_UNIT]


@pytest.mark.parametrize(
    "title", ["建筑面积（平方米）", "建筑面积 / m2", "建筑面积(㎡)", "建筑\n面积", "建筑面积[平米]"]
)
def test_spellings_of_one_unit_are_one_title(title):
    assert fields(mapped(samples.FACILITIES, "设施名称", title.replace(" / m2", "(m2)")))[1] == ("floor_area",)


@pytest.mark.parametrize(
    ("title", "unit"),
    [("经费（万元）", "万元"), ("金额(单位:元)", "元"), ("长度(km)", "公里"), ("姓名(必填)", ""), ("备注", "")],
)
def test_units_are_found_in_brackets_only(title, unit):
    assert unit_of(title) == unit


def test_a_missing_required_column_is_named_with_the_likeliest_header():
    found = mapped(samples.PERSONS, "户主", "手机")
    assert [(one.column.label, one.perhaps) for one in found.missing] == [("姓名", "户主")]


def test_an_unknown_column_is_suggested_a_field_it_resembles():
    found = mapped(samples.FACILITIES, "设施名称", "建筑总面积数")
    assert found.matches[1].how is How.UNKNOWN
    assert found.matches[1].suggested == "floor_area"
    assert 0.5 <= found.matches[1].likeness < 1


def test_the_fingerprint_ignores_spacing_but_not_words():
    one = [Header(("姓名",), 0), Header(("培训", "日期"), 1)]
    same = [Header(("姓 名",), 3), Header(("培训", "日\n期"), 4)]
    other = [Header(("姓名",), 0), Header(("培训", "学时"), 1)]
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)


def test_a_map_by_hand_overrides_what_would_be_found(look):
    saved = read_mapping('{"户主": "name", "姓名": null, "手机": ["mobile"]}', samples.PERSONS)
    seen = look("| 户主 | 姓名 | 手机 |\n| 许秀兰 | 王㛃 | 13800006661 |", saved=saved)
    assert seen.rows[0].values["name"] == "许秀兰"
    assert seen.rows[0].raw["姓名"] == "王㛃"


@pytest.mark.parametrize("text", ["", "[]", "3", "[" * 100_000, '{"columns": []}', '{"姓名": 3}', '{"姓名": [3]}'])
def test_a_map_of_another_shape_is_wrong_use(text):
    with pytest.raises(WrongUse) as caught:
        read_mapping(text, samples.PERSONS)
    assert caught.value.code == "SHEET-MAP-SHAPE"


def test_a_map_with_an_unknown_field_names_it():
    with pytest.raises(WrongUse) as caught:
        read_mapping(json.dumps({"姓名": "nmae"}), samples.PERSONS)
    assert "nmae" in caught.value.happened


def test_a_map_that_names_a_header_the_table_lacks_is_refused_with_those_that_exist(look):
    seen = look(
        "| 户主 | 性 别 | 手机 |\n| 许秀兰 | 女 | 13800006661 |",
        saved=read_mapping('{"户主": "name"}', samples.PERSONS),
    )
    wrong = read_mapping('{"户主": "name", "户 主": "name", "性别": null, "电话号码": "mobile"}', samples.PERSONS)
    with pytest.raises(WrongUse) as caught:
        check_headers(wrong, seen.mapping, seen.sheet)
    assert caught.value.happened.count("“") == 2
    assert f"“{seen.sheet}”" in caught.value.happened
    assert "“电话号码”" in caught.value.happened
    assert "“户主”、“性别”、“手机”" in caught.value.to_do


def test_a_map_that_names_only_headers_of_the_table_is_taken(look):
    seen = look("| 户主 | 性别 |\n| 许秀兰 | 女 |", saved=read_mapping('{"户 主": "name"}', samples.PERSONS))
    check_headers(read_mapping('{"户 主": "name", "性别": null}', samples.PERSONS), seen.mapping, seen.sheet)


def test_a_kept_mapping_may_name_two_columns_for_one_text(look):
    saved = read_mapping('{"columns": {"管护": ["content", "standard"], "对象": "subject"}}', samples.DUTIES)
    seen = look("| 序号 | 对象 | 管护 |\n| 1 | 公厕 | 每日保洁 |", samples.DUTIES, saved=saved)
    assert (seen.rows[0].values["content"], seen.rows[0].values["standard"]) == ("每日保洁", "每日保洁")


def test_a_column_left_out_for_its_unit_is_told_again_the_next_time(look):
    table = "| 管护对象 | 年度经费(万元) | 序号 |\n| 公厕 | 1.2 | 1 |"
    kept = look(table, samples.DUTIES).mapping.as_json()
    assert set(kept["columns"]) == {"管护对象", "序号"}
    again = look(table, samples.DUTIES, saved=read_mapping(json.dumps(kept), samples.DUTIES))
    assert "SHEET-COLUMN-UNIT" in {one.code for one in again.problems}


def test_a_division_code_is_checked_even_where_the_register_does_not_keep_it(look):
    table = "| 设施名称 | 村(社区)代码 |\n| 图书室 | 350212105201 |\n| 卫生室 | 350212105202 |"
    village = look(table, samples.FACILITIES, office_code="350212105201")
    town = look(table, samples.FACILITIES, office_code="350212105")
    assert [row.number for row in village.parked] == [3]
    assert town.parked == []
    assert "SHEET-COLUMN-UNKNOWN" not in {one.code for one in village.problems}


def test_titles_in_traditional_characters_mean_the_same_columns(look):
    seen = look("| 姓名 | 性別 | 證件號碼 | 聯繫電話 | 學歷 | 備註 |\n| 许秀兰 | 女 | | 13800006661 | 本科 | 無 |")
    assert seen.mapping.fields() == {"name", "sex", "id_no", "mobile", "education", "remark"}
    assert look("| 姓名 | 電話 |\n| 许秀兰 | 13800006661 |").rows[0].values["mobile"] == "13800006661"


def test_unknown_columns_keep_their_raw_text(look):
    seen = look("| 姓名 | 血型 |\n| 许秀兰 | AB |")
    assert seen.rows[0].raw["血型"] == "AB"


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_making_titles_comparable_is_idempotent(text):
    assert plain(plain(text)) == plain(text)
    assert bare(bare(text)) == bare(text)


def test_every_synonym_leads_back_to_a_label_of_some_register():
    from xmdesk.documents.sheets.synonyms import synonyms_for

    assert "身份证号码" in synonyms_for("persons", "公民身份号码")
    assert "名称" in synonyms_for("facilities", "设施名称")
    assert "名称" not in synonyms_for("persons", "设施名称")
