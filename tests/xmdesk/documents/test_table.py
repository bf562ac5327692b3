"""Tables over many pages: every row once, heads on every page, tall rows cut, equal neighbours merged."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.xmdesk.documents import papers
from tests.xmdesk.documents.reading import character_boxes, page_texts, squeezed
from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import Align, Column, RegisterForm


def _register(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], **more: Any) -> bytes:
    return draw([RegisterForm("试表", columns, rows, **more)], footer=papers.FOOTER)


def test_every_row_is_printed_once_and_in_order():
    whole = squeezed("".join(page_texts(draw([papers.duty_form(300)], footer=papers.FOOTER))))
    numbers = re.findall(r"(?:村主干道|蓄水池|太阳能路灯|垃圾分类屋)(\d+)号", whole)
    assert numbers == [str(number) for number in range(1, 301)]


def test_the_heads_stand_on_every_page():
    texts = page_texts(draw([papers.duty_form(120)], footer=papers.FOOTER))
    assert len(texts) > 4
    for text in texts:
        assert "所有权人" in text
        assert "管护内容和标准" in squeezed(text)


def test_a_row_taller_than_a_page_goes_on_over_pages_without_losing_a_character():
    story = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥" * 160
    pdf = _register(
        (Column(("名称",)), Column(("内容",))), (("一", "短"), ("二", story), ("三", "短")), landscape=False
    )
    pages = [[(character, box) for character, box in page if character in story[:22]] for page in character_boxes(pdf)]
    assert len(pages) > 1
    assert "".join(character for page in pages for character, _ in page) == story
    assert all(box[1] > 72 and box[3] < 790 for page in pages for _, box in page)


def test_a_tall_row_does_not_leave_the_first_page_empty():
    rows = (("甲", "路面保洁并清理边沟，" * 160), ("乙", "短"))
    texts = page_texts(_register((Column(("名称",)), Column(("内容",))), rows, landscape=True))
    assert "路面保洁" in texts[0]


@pytest.mark.parametrize("length", [900, 1100, 1200, 1300, 1400, 1500])
def test_a_single_tall_row_keeps_some_lines_with_the_signatures(length: int):
    form = RegisterForm(
        "试表",
        (Column(("名称",)), Column(("内容",))),
        (("甲", "护" * length),),
        signature=papers.SIGNATURE,
        landscape=True,
    )
    texts = page_texts(draw([form], footer=papers.FOOTER))
    assert "护护护" in texts[-1]
    assert sum(text.count("护") for text in texts) == length


def test_equal_neighbours_of_a_merged_column_are_written_once_a_page():
    rows = tuple(("村内道路" if number < 5 else "农村供水", f"第{number}号") for number in range(8))
    columns = (Column(("领域",), merged=True), Column(("对象",)))
    text = page_texts(_register(columns, rows))[0]
    assert text.count("村内道路") == 1
    assert text.count("农村供水") == 1
    plain = page_texts(_register((Column(("领域",)), Column(("对象",))), rows))[0]
    assert plain.count("村内道路") == 5


def test_an_inner_merged_column_does_not_reach_over_the_border_of_the_outer_one():
    rows = (("东", "甲"), ("东", "甲"), ("西", "甲"))
    columns = (Column(("组",), merged=True), Column(("类",), merged=True))
    assert page_texts(_register(columns, rows, numbered=False))[0].count("甲") == 2


def test_numbers_end_at_one_edge_and_names_stand_in_the_middle():
    columns = (Column(("名称",)), Column(("人数",), Align.RIGHT), Column(("角色",), Align.CENTRE))
    rows = (("一", "7", "甲甲"), ("二", "1234", "乙"))
    boxes = character_boxes(_register(columns, rows))[0]
    edge = {character: box for character, box in boxes if character in "7甲乙" and 600 < box[1] < 740}
    four = max((box for character, box in boxes if character == "4" and 600 < box[1] < 740), key=lambda box: box[2])
    assert edge["7"][2] == pytest.approx(four[2], abs=1)
    middle = [box for character, box in boxes if character == "甲"]
    assert (min(middle)[0] + max(middle)[2]) / 2 == pytest.approx((edge["乙"][0] + edge["乙"][2]) / 2, abs=1)


def test_a_nil_return_an_empty_register_and_a_blank_form_look_different():
    nil, empty = papers.officer_form(0, nil=True), papers.officer_form(0)
    blank = replace(empty, blank_rows=12)
    texts = [page_texts(draw([form], footer=papers.FOOTER))[0] for form in (nil, empty, blank)]
    assert "零报告" in squeezed(texts[0])
    assert "（无记录）" in texts[1]
    assert "零报告" not in squeezed(texts[1])
    assert "（无记录）" not in texts[2]
    assert re.search(r"\b12\b", texts[2])


def test_wide_registers_lie_and_narrow_ones_stand_unless_told():
    wide, narrow = papers.duty_form(5), papers.officer_form(5)

    def lies(form: RegisterForm) -> bool:
        return max(box[2] for _, box in character_boxes(draw([form], footer=papers.FOOTER))[0]) > 600

    assert lies(wide)
    assert not lies(narrow)
    assert lies(replace(narrow, landscape=True))
    assert not lies(replace(wide, landscape=False))


def test_totals_stand_in_the_last_row_beside_their_label():
    text = page_texts(draw([papers.duty_form(3)], footer=papers.FOOTER))[0]
    assert text.index("合计") > text.index("太阳能路灯3号")
    assert "1,234,567.00" in text


def test_head_marks_name_an_internal_form_when_there_is_no_approval_number():
    approved, internal = (
        page_texts(draw([form], footer=papers.FOOTER))[0] for form in (papers.duty_form(1), papers.officer_form(1))
    )
    assert "厦统函〔2026〕18号" in approved
    assert "内部工作用表" not in approved
    assert "内部工作用表" in internal
    assert "有效期至" not in internal


def test_a_long_title_and_a_long_office_name_are_folded_and_not_cut():
    title, office = "农村公共基础设施管护责任清单汇总表" * 4, "白云村股份经济合作社联合社" * 5
    form = replace(papers.officer_form(1), title=title, office=office)
    text = squeezed(page_texts(draw([form], footer=papers.FOOTER))[0])
    assert title in text
    assert office in text
