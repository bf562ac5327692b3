"""What could not be printed is named with its place, whichever page it stands on."""

from dataclasses import replace

from tests.xmdesk.documents import papers
from xmdesk.documents.glyphs import undrawable
from xmdesk.documents.parts import Section


def test_documents_with_rare_but_standard_characters_have_no_finding():
    rows = ((papers.RARE_NAMES, papers.LEVEL_THREE, "", "", ""),)
    form = replace(papers.officer_form(0), rows=rows)
    assert undrawable([papers.cover(), form, papers.duty_form(50), papers.explanations()]) == []


def test_the_form_the_row_and_the_column_are_named_and_so_is_the_character():
    rows = (("林亚明", "", "", "", ""), ("陈☑明\u200b", "", "", "", ""))
    (found,) = undrawable([replace(papers.officer_form(0), rows=rows)])
    assert (found.code, found.where.row, found.where.label) == ("PAPER-GLYPHS", 2, "姓名")
    assert "灾害信息员花名册·第2行·姓名" in found.text
    assert "☑（U+2611）、U+200B" in found.text


def test_every_kind_of_text_is_looked_at():
    form = papers.duty_form(1)
    bad = "\U0010fffd"
    assert form.signature is not None
    parts = [
        replace(form, office=bad),
        replace(form, notes=(bad,)),
        replace(form, totals=(bad, *form.totals[1:])),
        replace(form, columns=(replace(form.columns[0], heads=(bad,)), *form.columns[1:])),
        replace(papers.officer_form(0), signature=replace(papers.SIGNATURE, head=bad)),
        replace(papers.cover(), facts=(("审定", bad),)),
        replace(papers.cover(), paragraphs=(bad,)),
        replace(papers.cover(), contents=(replace(papers.cover().contents[0], title=bad),)),
        replace(papers.cover(), signature=replace(papers.SIGNATURE, prepared_by=bad)),
        replace(papers.explanations(), sections=(Section("一", (bad,)),)),
        replace(papers.explanations(), title=bad),
    ]
    assert [len(undrawable([part])) for part in parts] == [1] * len(parts)
