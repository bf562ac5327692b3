"""trust.md §6.1: every hostile file is refused with its code, or read within bounds; measured in the capped child."""

import random

import pytest

from tests.xmdesk.documents.sheets import hostile, samples
from xmdesk.errors import Refused

REFUSED = {
    "zip bomb": (lambda: hostile.bomb(160), "X-BOMB"),
    "header that lies about the size": (hostile.lying_header, "X-CUT"),
    "part above 40 MB": (lambda: hostile.styled_empties(1_700_000), "X-BIG"),
    "100,000 deep tags": (lambda: hostile.deep_tags(100_000), "X-XML"),
    "200,000 deep tags": (lambda: hostile.deep_tags(200_000), "X-BOMB"),
    "external entity": (
        lambda: hostile.workbook("", before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "X-DTD",
    ),
    "billion laughs": (lambda: hostile.workbook("", before=hostile.laughs()), "X-DTD"),
    "doctype in UTF-16": (
        lambda: hostile.zipped(hostile.parts(hostile.sheet_xml("", before="<!DOCTYPE x>").encode("utf-16"))),
        "X-DTD",
    ),
    "doctype in UTF-16 without a mark": (
        lambda: hostile.zipped(hostile.parts(hostile.sheet_xml("", before="<!DOCTYPE x>").encode("utf-16-le"))),
        "X-DTD",
    ),
    "unusual encoding of the XML": (
        lambda: hostile.zipped(hostile.parts(b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>')),
        "X-XML",
    ),
    "the same part twice": (lambda: hostile.with_part("xl/worksheets/sheet1.xml"), "X-DUP"),
    "the same part twice in other letters": (lambda: hostile.with_part("XL/Worksheets/Sheet1.XML"), "X-DUP"),
    "part outside the file": (lambda: hostile.with_part("../../evil.xml"), "X-NAME"),
    "absolute part": (lambda: hostile.with_part("/etc/passwd"), "X-NAME"),
    "part with a drive": (lambda: hostile.with_part("c:evil.xml"), "X-NAME"),
    "part outside by backslash": (lambda: hostile.with_part("..\\evil.xml"), "X-NAME"),
    "2,000 parts": (lambda: hostile.zipped([(f"x{n}", b"") for n in range(2_000)]), "X-PARTS"),
    "macro": (lambda: hostile.with_part("xl/vbaProject.bin"), "X-MACRO"),
    "truncated": (lambda: hostile.workbook("")[:-200], "X-CUT"),
    "cut in half": (lambda: hostile.workbook("")[:700], "X-CUT"),
    "broken inside": (hostile.broken_stream, "X-ZIP"),
    "encrypted zip entries": (hostile.encrypted_zip, "X-PASSWORD"),
    "encrypted office file": (hostile.encrypted_ole, "X-PASSWORD"),
    "broken XML": (lambda: hostile.zipped(hostile.parts("<worksheet><sheetData>")), "X-XML"),
    "cells that lie about their row": (lambda: hostile.workbook('<row r="3"><c r="A9"><v>1</v></c></row>'), "X-XML"),
    "random bytes": (lambda: hostile.noise(5000), "X-BINARY"),
    "random zip": (lambda: b"PK\x03\x04" + hostile.noise(5000), "X-CUT"),
    "nothing": (lambda: b"", "X-EMPTY"),
    "only zeros, as a pulled stick leaves": (lambda: b"\0" * 9000, "X-EMPTY"),
    "60,000 rows": (lambda: hostile.filled_rows(60_000), "X-ROWS"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_workbook_is_refused_with_its_code(name, child):
    make, code = REFUSED[name]
    with pytest.raises(Refused) as caught:
        child.run("read_workbook", make(), name="表")
    assert caught.value.code == code


def test_the_child_still_lives_after_the_whole_corpus(child):
    for make, code in REFUSED.values():
        if code not in ("X-BOMB", "X-BIG", "X-ROWS"):
            with pytest.raises(Refused):
                child.run("read_workbook", make(), name="表")
    assert len(child.run("read_workbook", hostile.workbook(""), name="表")[0]["rows"]) == 2


@pytest.mark.parametrize("megabytes", [2, 160])
def test_a_bomb_is_refused_by_what_it_says_before_it_is_opened(megabytes, child):
    data = hostile.bomb(megabytes)
    child.run("read_workbook", hostile.workbook(""), name="表")
    with pytest.raises(Refused) as caught:
        child.run("read_workbook", data, name="表")
    assert caught.value.code != "X-CHILD"


def test_a_cell_at_the_last_place_is_left_out_and_the_rest_is_read(look):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    seen = look(hostile.workbook(far))
    assert [row.values["name"] for row in seen.rows] == ["许秀兰"]
    assert "SHEET-CUT" in {one.code for one in seen.problems}


def test_cells_right_of_the_hundredth_column_are_left_out_and_told(look):
    seen = look(hostile.workbook('<row r="3"><c r="A3"><v>5</v></c><c r="XFD3"><v>1</v></c><c r="B3"/></row>'))
    assert len(seen.rows) == 2
    assert "SHEET-WIDE" in {one.code for one in seen.problems}


def test_far_apart_cells_that_would_make_a_huge_table_are_read_within_bounds(look):
    seen = look(
        hostile.workbook('<row r="3"><c r="ZZ3"><v>1</v></c></row><row r="49000"><c r="A49000"><v>1</v></c></row>')
    )
    assert len(seen.rows) == 1


def test_a_million_empty_rows_are_read_until_the_blank_ones(look):
    seen = look(hostile.empty_rows(250_000))
    assert [row.number for row in seen.rows] == [2]


def test_numbers_of_a_hundred_thousand_digits_park_their_row(look):
    digits = "9" * 100_000
    seen = look(
        hostile.zipped(
            hostile.parts(
                hostile.sheet_xml(
                    hostile.HEADER.replace("备注", "金额(元)")
                    + f'<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c><c r="B2"><v>{digits}</v></c></row>'
                )
            )
        )
    )
    assert [row.number for row in seen.parked] == [2]


@pytest.mark.parametrize("prefix", ["x:", ""])
def test_prefixed_names_are_seen_by_the_scan(prefix, look):
    rows = '<row r="3" hidden="1"><c r="A3" t="e"><v>#REF!</v></c></row>'
    xml = hostile.sheet_xml(hostile.HEADER + hostile.PERSON + rows)
    if prefix:
        xml = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    seen = look(hostile.zipped(hostile.parts(xml)))
    assert {"SHEET-ERROR-VALUE", "SHEET-HIDDEN-ROWS"} <= {one.code for one in seen.problems}


@pytest.mark.parametrize("formula", ["", "<f>1/0</f>"])
def test_an_error_cell_is_told_as_it_shows(formula, look):
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>许秀兰</t></is></c><c r="B2" t="e">{}<v>#DIV/0!</v></c></row>'
    seen = look(hostile.zipped(hostile.parts(hostile.sheet_xml(hostile.HEADER + row.format(formula)))))
    assert [one.text for one in seen.problems] == ["第 2 行“备注”：显示为错误值 #DIV/0!。"]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_gives_a_refusal_or_rows_and_nothing_else(seed, child):
    draw = random.Random(seed)
    data = bytearray(samples.as_bytes(samples.workbook_from_markdown("| 姓名 | 备注 |\n| 许秀兰 | 无 |")))
    for _ in range(draw.randrange(1, 12)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    outcome = "read"
    try:
        child.run("read_workbook", bytes(data), name="表.xlsx")
    except Refused as refused:
        outcome = refused.code
    assert outcome == "read" or outcome.startswith("X-")
