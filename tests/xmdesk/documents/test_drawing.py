"""Whole documents, read back with another program: complete, numbered, tied to their file, the same everywhere."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.xmdesk.documents import papers
from tests.xmdesk.documents.reading import character_boxes, drawing_digest, page_texts, squeezed
from xmdesk.documents import drawing
from xmdesk.documents.drawing import draw
from xmdesk.documents.parts import CoverPage, Footer, Section, TextPage

WHOLE = [papers.cover(), papers.duty_form(60), papers.officer_form(0, nil=True), papers.explanations()]
GOLDEN = "14327360024046bb178caa61400a26befb4956c0a47fc0e1b5a6cf39e8482f25"
"""Digest of operators and fonts of ``WHOLE``. When it moves, old files can no longer be drawn again and compared: raise
``LAYOUT_VERSION`` and keep the old layout, unless nothing has been released yet."""


def test_every_page_says_which_page_of_how_many_it_is():
    texts = page_texts(draw(WHOLE, footer=papers.FOOTER))
    for number, text in enumerate(texts, start=1):
        assert squeezed(f"第 {number} 页 共 {len(texts)} 页") in squeezed(text)


def test_every_page_carries_short_code_and_whole_digest():
    for text in page_texts(draw(WHOLE, footer=papers.FOOTER)):
        assert papers.FOOTER.short_code in text
        assert papers.DIGEST in squeezed(text)


def test_the_cover_names_the_page_on_which_each_form_begins():
    texts = page_texts(draw(WHOLE, footer=papers.FOOTER))
    begins = next(number for number, text in enumerate(texts, 1) if "灾害信息员花名册" in text and number > 1)
    line = next(line for line in texts[0].splitlines() if "灾害信息员花名册" in line)
    after = texts[0][texts[0].index(line) :].split()
    assert str(begins) in after[:6]


def test_nothing_is_written_outside_the_margins_of_a_page():
    for page in character_boxes(draw(WHOLE, footer=papers.FOOTER)):
        landscape = max(box[2] for _, box in page) > 560
        width, height = (842, 595) if landscape else (596, 842)
        assert min(box[0] for _, box in page) > 45
        assert max(box[2] for _, box in page) < width - 45
        assert min(box[1] for _, box in page) > 20
        assert max(box[3] for _, box in page) < height - 45


def test_rare_names_can_be_found_and_copied_from_the_pages():
    rows = ((papers.RARE_NAMES, "350213********001X", "A角", papers.LEVEL_THREE, "2024-03-01"),)
    text = squeezed(page_texts(draw([replace(papers.officer_form(0), rows=rows)], footer=papers.FOOTER))[0])
    assert papers.RARE_NAMES in text
    assert papers.LEVEL_THREE in text


def test_a_character_of_no_font_is_printed_as_a_mark_and_never_left_blank():
    rows = (("陈☑明", "", "", "", ""),)
    text = page_texts(draw([replace(papers.officer_form(0), rows=rows)], footer=papers.FOOTER))[0]
    assert "陈〓明" in text


def test_the_same_parts_give_the_same_bytes_in_another_process():
    here = draw(WHOLE, footer=papers.FOOTER)
    script = (
        "import sys; from tests.xmdesk.documents import papers; from xmdesk.documents.drawing import draw\n"
        "parts = [papers.cover(), papers.duty_form(60), papers.officer_form(0, nil=True), papers.explanations()]\n"
        "sys.stdout.buffer.write(draw(parts, footer=papers.FOOTER))\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        cwd=Path(drawing.__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LC_ALL": "C"},
    ).stdout
    assert there == here


def test_what_was_drawn_before_does_not_show_in_what_is_drawn_next():
    first = draw(WHOLE, footer=papers.FOOTER)
    draw([papers.duty_form(3)], footer=Footer(), watermark="练习")
    assert draw(WHOLE, footer=papers.FOOTER) == first


def test_the_layout_has_not_moved_without_a_new_version():
    assert drawing.LAYOUT_VERSION == 1
    assert drawing_digest(draw(WHOLE, footer=papers.FOOTER)) == GOLDEN


def test_a_changed_cell_changes_the_pages():
    form = papers.duty_form(5)
    changed = replace(form, rows=(*form.rows[:4], (*form.rows[4][:-1], "2,452.01")))
    assert drawing_digest(draw([form], footer=papers.FOOTER)) != drawing_digest(draw([changed], footer=papers.FOOTER))


def test_without_code_and_digest_only_the_page_number_is_printed():
    text = page_texts(draw([papers.officer_form(1)], footer=Footer(remark="公示版")))[0]
    assert "短码" not in text
    assert "SHA-256" not in text
    assert "公示版" in text
    assert squeezed("第 1 页 共 1 页") in squeezed(text)


def test_a_practice_book_is_marked_on_every_page_under_the_text():
    pdf = draw(WHOLE, footer=papers.FOOTER, watermark="练习")
    assert all("练习" in squeezed(text) for text in page_texts(pdf))
    assert all(page[0][0] == "练" for page in character_boxes(pdf))


def test_no_parts_give_no_pages_but_a_letter_alone_is_a_document():
    letter = CoverPage(
        "登记证书发放单", code_label="区级指纹", code="3814 2207", paragraphs=("请核对指纹。",), sentences=()
    )
    text = page_texts(draw([letter], footer=Footer()))[0]
    assert "3814 2207" in text
    assert "请核对指纹" in text


def test_long_text_goes_on_over_pages_and_a_heading_never_ends_one():
    sections = tuple(Section(f"{number}、白云村", (papers.LONG_TEXT,) * 3) for number in range(12))
    texts = page_texts(draw([TextPage("出错说明", sections=sections)], footer=papers.FOOTER))
    assert len(texts) > 3
    whole = squeezed("".join(texts))
    assert whole.count("每日清扫路面") == 12 * 3 * 7
    for text in texts:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        place = next(number for number, line in enumerate(lines) if "短码" in line)
        assert not lines[place - 1].endswith("白云村")


@pytest.mark.parametrize("count", [0, 1, 2, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 60])
def test_signatures_are_never_alone_on_a_page(count: int):
    """GB/T 9704 and the customs of statistical forms: no page with nothing but signatures."""
    texts = page_texts(draw([papers.duty_form(count)], footer=papers.FOOTER))
    signed = [text for text in texts if "报出日期" in text]
    assert len(signed) == 1
    assert signed[0] == texts[-1]
    assert "村集体" in signed[0] or count == 0


def test_notes_longer_than_a_page_and_a_form_with_a_stamp_stay_on_the_pages():
    notes = tuple(f"第{number}条说明：{papers.LONG_TEXT}" for number in range(1, 40))
    form = replace(papers.officer_form(3), notes=notes, stamp="（单位公章）")
    pdf = draw([form], footer=papers.FOOTER)
    assert "".join(page_texts(pdf)).count("涵") == 39 * 7
    assert all(box[1] > 20 for page in character_boxes(pdf) for _, box in page)
    assert "（单位公章）" in page_texts(pdf)[-1]


def test_a_cover_with_many_forms_and_long_facts_goes_on_and_is_signed_at_its_end():
    lines = tuple(
        replace(line, title=f"{line.title}之{number}") for number in range(4) for line in papers.cover().contents
    )
    part = replace(papers.cover(), contents=lines, facts=(("说明", papers.LONG_TEXT), *papers.cover().facts))
    texts = page_texts(draw([part], footer=papers.FOOTER))
    assert len(texts) == 2
    assert "（单位公章）" in texts[1]
    assert "（单位公章）" not in texts[0]
    assert "单位负责人" in texts[1]
