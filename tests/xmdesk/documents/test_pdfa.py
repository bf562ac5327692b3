"""The archive form: conforming, complete, the same bytes for the same input; and the rules find what is planted."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.xmdesk.documents import papers
from tests.xmdesk.documents.pdfa_rules import pdfa_findings
from tests.xmdesk.documents.reading import page_texts
from xmdesk.documents.drawing import draw
from xmdesk.documents.pdfa import Attachment, finish

MOMENT = datetime(2027, 1, 4, 9, 32, 5, tzinfo=timezone(timedelta(hours=8)))
DATA = Attachment("return.json", b'{"kind":"submission"}', "上报数据（JSON）")


@cache
def _pages() -> bytes:
    rows = ((papers.RARE_NAMES, papers.LEVEL_THREE, "A角", "138****1234", "2024-03-01"),)
    parts = [papers.cover(), replace(papers.officer_form(0), rows=rows), papers.duty_form(20)]
    return draw(parts, footer=papers.FOOTER, watermark="练习")


def _finished(**changed: Any) -> bytes:
    given = {"title": "上报表 <2026> & 一", "author": "白云村村民委员会", "created": MOMENT, "attachment": DATA}
    return finish(_pages(), **{**given, "layout_version": 1, **changed})


def test_a_finished_document_breaks_no_rule():
    assert pdfa_findings(_finished()) == []
    assert pdfa_findings(_finished(attachment=None, title="", author="")) == []


def test_the_same_input_gives_the_same_bytes_and_other_input_does_not():
    assert _finished() == _finished()
    assert _finished() == _finished(created=MOMENT.astimezone(UTC) + timedelta(microseconds=7))
    others = [_finished(created=MOMENT + timedelta(seconds=1)), _finished(layout_version=2), _finished(title="另一")]
    assert len({_finished(), *others}) == 4


def test_finishing_does_not_change_what_the_pages_say():
    assert page_texts(_finished()) == page_texts(_pages())


def test_the_data_come_out_as_they_went_in():
    with pikepdf.open(BytesIO(_finished())) as document:
        (specification,) = document.Root.AF
        assert str(specification.UF) == str(specification.F) == "return.json"
        assert str(specification.Desc) == "上报数据（JSON）"
        assert specification.AFRelationship == "/Data"
        stream = specification.EF.F
        assert stream.read_bytes() == DATA.content
        assert stream.Subtype == "/application/json"
        assert bytes(stream.Params.CheckSum) == hashlib.md5(DATA.content).digest()


def test_the_file_says_who_when_and_with_what():
    with pikepdf.open(BytesIO(_finished())) as document:
        assert str(document.docinfo.Title) == "上报表 <2026> & 一"
        assert str(document.docinfo.CreationDate) == "D:20270104013205Z"
        assert str(document.docinfo.Creator) == "xmdesk layout 1"
        assert document.Root.Lang == "zh-CN"
        assert document.pdf_version == "1.7"
        assert document.check_pdf_syntax() == []


def test_only_fonts_that_are_embedded_are_listed():
    with pikepdf.open(BytesIO(_finished())) as document:
        listed = {name for page in document.pages for name in page.Resources.Font.keys()}  # noqa: SIM118 - a PDF dictionary
    assert listed == {"/Serif", "/Sans", "/Rare"}


LZW_OF_NOTHING = bytes.fromhex("80400b")
RAW = pikepdf.StreamDecodeLevel.none

Plant = Callable[[Any], None]


def _font(document: Any) -> Any:
    return document.pages[0].Resources.Font.Serif


def _shift_widths(document: Any) -> None:
    _font(document).DescendantFonts[0].DW = 900


def _show_notdef(document: Any) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\nBT /Serif 9 Tf <0000> Tj ET")


def _write_with_unlisted_font(document: Any) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\nBT /Helv 9 Tf <0001> Tj ET")


def _paint_cmyk(document: Any) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n0 0 0 1 k")


def _list_helvetica(document: Any) -> None:
    document.pages[0].Resources.Font.Helv = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )


def _annotate(document: Any) -> None:
    movie = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Movie, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(movie)])


def _run_script(document: Any) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _retitle(document: Any) -> None:
    document.docinfo.Title = pikepdf.String("另一份")


def _redate(document: Any) -> None:
    document.docinfo.ModDate = pikepdf.String("D:20300101000000Z")


def _claim_1b(document: Any) -> None:
    packet = document.Root.Metadata.read_bytes().replace(b"<pdfaid:part>3", b"<pdfaid:part>1")
    document.Root.Metadata.write(packet)


def _grey_profile(document: Any) -> None:
    document.Root.OutputIntents[0].DestOutputProfile.write(b"\0" * 16 + b"GRAY" + b"\0" * 16 + b"acsp")


def _swap_data(document: Any) -> None:
    document.Root.AF[0].EF.F.write(b'{"kind":"other"}')


def _use_lzw(document: Any) -> None:
    document.Root.AF[0].EF.F.write(LZW_OF_NOTHING, filter=pikepdf.Name.LZWDecode)


def _delete(path: str) -> Plant:
    def plant(document: Any) -> None:
        *steps, last = path.split(".")
        owner = document.Root
        for step in steps:
            owner = owner[int(step)] if step.isdigit() else owner["/" + step]
        del owner["/" + last]

    return plant


def _drop_from_font(key: str) -> Plant:
    def plant(document: Any) -> None:
        del _font(document)["/" + key]

    return plant


def _drop_program(document: Any) -> None:
    del _font(document).DescendantFonts[0].FontDescriptor.FontFile2


def _untag(document: Any) -> None:
    _font(document).BaseFont = pikepdf.Name.NotoSerif


def _lose_map(document: Any) -> None:
    _font(document).DescendantFonts[0].CIDToGIDMap = pikepdf.Name.Identity


@pytest.mark.parametrize(
    ("plant", "finding"),
    [
        (_shift_widths, "another width"),
        (_show_notdef, "shows .notdef"),
        (_show_notdef, "no Unicode"),
        (_write_with_unlisted_font, "does not list"),
        (_paint_cmyk, "CMYK"),
        (_list_helvetica, "is not embedded"),
        (_drop_program, "is not embedded"),
        (_untag, "no subset tag"),
        (_lose_map, "no map from characters"),
        (_drop_from_font("ToUnicode"), "no ToUnicode"),
        (_annotate, "annotation /Movie"),
        (_run_script, "forbidden key /OpenAction"),
        (_run_script, "forbidden action /JavaScript"),
        (_retitle, "/Title differs"),
        (_redate, "/ModDate differs"),
        (_claim_1b, "lack <pdfaid:part>3"),
        (_delete("Metadata"), "no metadata"),
        (_delete("OutputIntents"), "not exactly one PDF/A output intent"),
        (_delete("OutputIntents.0.DestOutputProfile"), "has no profile"),
        (_grey_profile, "not an RGB colour profile"),
        (_delete("Lang"), "names no language"),
        (_delete("AF"), "not associated"),
        (_delete("AF.0.UF"), "lacks /UF"),
        (_delete("AF.0.AFRelationship"), "lacks /AFRelationship"),
        (_delete("AF.0.EF"), "holds no file"),
        (_delete("AF.0.EF.F.Subtype"), "no MIME type"),
        (_delete("AF.0.EF.F.Params.ModDate"), "no date of modification"),
        (_swap_data, "size that is noted"),
        (_swap_data, "check sum that is noted"),
        (_use_lzw, "filter /LZWDecode"),
    ],
)
def test_a_planted_defect_is_found(plant: Plant, finding: str):
    target = BytesIO()
    with pikepdf.open(BytesIO(_finished())) as document:
        plant(document)
        document.save(target, fix_metadata_version=False, compress_streams=False, stream_decode_level=RAW)
    assert any(finding in found for found in pdfa_findings(target.getvalue()))


def test_object_streams_and_a_wrong_header_are_found():
    target = BytesIO()
    with pikepdf.open(BytesIO(_finished())) as document:
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False)
    assert "the file has object streams" in pdfa_findings(target.getvalue())
    assert any("header" in found for found in pdfa_findings(_finished().replace(b"%PDF-1.7", b"%PDF-1.4", 1)))
