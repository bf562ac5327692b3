"""Insiders: a village's own key over pages that our exporter would never write. None is accepted."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.sealed import hostile
from tests.xmdesk.sealed.district_sample import district, payload
from tests.xmdesk.sealed.hostile import Objects, add, edit, find, good_objects, insider, seal_anything, stream, write
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.result import Verdict
from xmdesk.sealed.structure import LARGEST_STREAM, LARGEST_TOTAL
from xmdesk.sealed.unfit import Unfit
from xmdesk.sealed.verify import verify

STORE = district().store()
RAW = canonical(payload())


def code_of(data: bytes) -> str:
    result = verify(data, STORE)
    assert result.verdict is Verdict.REFUSE, result
    return result.leading.code


def code_for(change: Callable[[Objects], Objects]) -> str:
    """Code of the refusal; some pages are so odd that not even a rogue program could append our signature to them."""
    try:
        data = insider(change)
    except Unfit as unfit:
        return unfit.code
    return code_of(data)


def catalog(new: bytes) -> Callable[[Objects], Objects]:
    return lambda objects: edit(objects, b"/Catalog", b"<< ", b"<< " + new + b" ")


def page(new: bytes) -> Callable[[Objects], Objects]:
    return lambda objects: edit(objects, b"/Type /Page ", b"<< ", b"<< " + new + b" ")


def test_the_rewritten_file_itself_is_accepted_so_the_changes_are_what_is_refused() -> None:
    assert verify(insider(lambda objects: objects), STORE).verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    "change",
    [
        catalog(b"/OpenAction << /S /JavaScript /JS (app.alert) >>"),
        catalog(b"/OpenAction << /S /Launch /F (calc.exe) >>"),
        catalog(b"/AA << /WC << /S /JavaScript /JS (1) >> >>"),
        catalog(b"/URI << /Base (http://example.invalid) >>"),
        page(b"/AA << /O << /S /URI /URI (http://example.invalid) >> >>"),
        lambda objects: edit(objects, b"/EmbeddedFiles", b"<< /EmbeddedFiles", b"<< /JavaScript << >> /EmbeddedFiles"),
        lambda objects: edit(objects, b"/Producer", b"<< ", b"<< /A << /S /Launch >> "),
    ],
)
def test_scripts_and_actions_are_named(change: Callable[[Objects], Objects]) -> None:
    assert code_of(insider(change)) == "R-ACTIVE"


@pytest.mark.parametrize("new", [b"/Annots [ << /Subtype /Link >> ]", b"/Annots [ ]"])
def test_annotations_on_a_later_page_are_named(new: bytes) -> None:
    def change(objects: Objects) -> Objects:
        numbers = [number for number in objects if b"/Type /Page " in objects[number]]
        return objects | {numbers[-1]: objects[numbers[-1]].replace(b"<< ", b"<< " + new + b" ", 1)}

    assert code_of(insider(change)) == "R-ACTIVE"


@pytest.mark.parametrize(
    "change",
    [
        catalog(b"/OCProperties << >>"),
        catalog(b"/Collection << >>"),
        catalog(b"/Outlines 1 0 R"),
        catalog(b"/PageMode /FullScreen"),
        catalog(b"/Extensions << >>"),
        catalog(b"/#4fpenAction << >>"),
        catalog(b"/Lang 5"),
        catalog(b"/Version (2.0)"),
        catalog(b"/MarkInfo [ ]"),
        catalog(b"/ViewerPreferences << /HideToolbar true >>"),
        page(b"/Group << /S /Transparency >>"),
        page(b"/Rotate true"),
        page(b"/Metadata 1 0 R"),
        page(b"/Thumb 1 0 R"),
        page(b"/B [ ]"),
        page(b"/CropBox [ (a) ]"),
        lambda objects: edit(objects, b"/Type /Page ", b"/Type /Page ", b"/Type /Template "),
        lambda objects: edit(objects, b"/Type /Page ", b"/Resources <<", b"/Resources << /XObject << /A 1 0 R >>"),
        lambda objects: edit(objects, b"/Type /Page ", b"/Resources <<", b"/Resources << /Font << /A << /Type /Font /Subtype /Type3 >> >>"),
        lambda objects: edit(objects, b"/Type /Page ", b"/Resources <<", b"/Resources << /ExtGState << /A << /BM /Multiply >> >>"),
        lambda objects: edit(objects, b"/Type /Pages", b"/Count 2", b"/Count 3"),
        lambda objects: edit(objects, b"/Type /Pages", b"/Kids [ ", b"/Kids [ 1 0 R "),
        lambda objects: edit(objects, b"/Type /Pages", b"/Kids [ ", b"/Kids [ << /Type /Page >> "),
        lambda objects: edit(objects, b"/Type /Pages", b"/Kids [ ", b"/Kids 1 /K [ "),
        lambda objects: edit(objects, b"/Type /Filespec", b"/Type /Filespec", b"/Type /Filespec /FS /URL"),
        lambda objects: edit(objects, b"/Producer", b"<< ", b"<< /Custom (x) "),
        lambda objects: edit(objects, b"/Type /Page ", b"/Parent ", b"/Paren "),
        lambda objects: add(objects, b"<< /Type /Page >>")[0],
        lambda objects: add(objects, b"null")[0],
        lambda objects: add(objects, b"1 0 R")[0],
    ],
)  # fmt: skip
def test_whatever_is_not_in_the_table_is_refused(change: Callable[[Objects], Objects]) -> None:
    assert code_for(change) in {"R-STRUCTURE", "R-ATTACHMENT"}


def test_the_same_page_twice_is_refused() -> None:
    objects = good_objects()
    kid = find(objects, b"/Type /Page ")

    def change(objects: Objects) -> Objects:
        return edit(objects, b"/Type /Pages", b"/Kids [ ", b"/Kids [ %d 0 R " % kid)

    assert code_for(change) == "R-STRUCTURE"
    assert code_for(lambda objects: edit(change(objects), b"/Type /Pages", b"/Count 2", b"/Count 3")) == "R-STRUCTURE"


def test_a_page_that_names_another_parent_is_refused() -> None:
    objects = good_objects()
    node = find(objects, b"/Type /Pages")

    def change(objects: Objects) -> Objects:
        return edit(objects, b"/Type /Page ", b"/Parent %d 0 R" % node, b"/Parent 1 0 R")

    assert code_for(change) == "R-STRUCTURE"


def deep_tree(objects: Objects) -> Objects:
    node = find(objects, b"/Type /Pages")
    kids = objects[node].split(b"/Kids ")[1].split(b"]")[0] + b"]"
    for _ in range(30):
        objects, number = add(objects, b"<< /Type /Pages /Count 2 /Kids %s >>" % kids)
        kids = b"[ %d 0 R ]" % number
    return objects | {node: b"<< /Type /Pages /Count 2 /Kids %s >>" % kids}


def test_a_page_tree_of_several_levels_is_refused() -> None:
    assert code_for(deep_tree) == "R-STRUCTURE"


def second_file(objects: Objects, name: bytes) -> Objects:
    payload_at, spec_at = find(objects, b"/EmbeddedFile "), find(objects, b"/Type /Filespec")
    objects, payload_two = add(objects, objects[payload_at])
    text = (
        objects[spec_at]
        .replace(b"%d 0 R" % payload_at, b"%d 0 R" % payload_two)
        .replace(b"(return.json)", b"(%s)" % name)
    )
    objects, spec_two = add(objects, text)
    return edit(objects, b"/Names [", b"/Names [", b"/Names [ (%s) %d 0 R" % (name, spec_two))


@pytest.mark.parametrize("name", [b"return.json", b"other.json", b"a.exe"])
def test_a_second_attachment_is_named(name: bytes) -> None:
    assert code_of(insider(lambda objects: second_file(objects, name))) == "R-ATTACHMENT"


@pytest.mark.parametrize(
    "change",
    [
        lambda objects: edit(objects, b"/Names [", b"(return.json)", b"(Return.json)"),
        lambda objects: edit(objects, b"/Type /Filespec", b"/F (return.json)", b"/F (..\\\\return.json)"),
        lambda objects: edit(objects, b"/Type /Filespec", b"/UF (return.json)", b"/UF <feff0061>"),
        lambda objects: edit(objects, b"/Names [", b"/Names [", b"/Names [ ] /Limits ["),
        lambda objects: edit(objects, b"/Catalog", b"/AF [ 3 0 R ]", b"/AF [ 3 0 R 3 0 R ]"),
        lambda objects: edit(objects, b"/Catalog", b"/AF [ 3 0 R ]", b"/AF [ ]"),
    ],
)
def test_a_misnamed_or_missing_attachment_is_refused(change: Callable[[Objects], Objects]) -> None:
    assert code_of(insider(change)) in {"R-ATTACHMENT", "R-STRUCTURE"}


def test_a_payload_in_another_wrapping_of_its_name_is_the_same_payload() -> None:
    def change(objects: Objects) -> Objects:
        wide = b"<feff" + "return.json".encode("utf-16-be").hex().encode() + b">"
        return edit(objects, b"/Type /Filespec", b"/UF (return.json)", b"/UF " + wide)

    assert verify(insider(change), STORE).verdict is Verdict.ACCEPT


def with_payload(text: bytes) -> Callable[[Objects], Objects]:
    return lambda objects: objects | {find(objects, b"/EmbeddedFile "): text}


ENTRIES = b"/Type /EmbeddedFile /Subtype /application#2fjson /Params << /Size 1 >>"


def test_the_payload_entries_above_are_those_of_a_good_file() -> None:
    assert verify(insider(with_payload(stream(ENTRIES, RAW))), STORE).verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (stream(ENTRIES, b" " * (5 * 1024 * 1024 + 1)), "R-BOMB"),
        (stream(ENTRIES, bytes(40 * 1024 * 1024)), "R-BOMB"),
        (stream(ENTRIES, RAW, packed=False), "R-STRUCTURE"),
        (stream(ENTRIES, RAW).replace(b"/FlateDecode", b"[ /FlateDecode /FlateDecode ]"), "R-STRUCTURE"),
        (stream(ENTRIES, RAW).replace(b"/FlateDecode", b"/LZWDecode"), "R-STRUCTURE"),
        (stream(ENTRIES, RAW).replace(b"/FlateDecode", b"/FlateDecode /DecodeParms << /Predictor 12 >>"), "R-STRUCTURE"),
        (stream(ENTRIES, RAW).replace(b"/FlateDecode", b"/FlateDecode /F (other.bin)"), "R-STRUCTURE"),
        (stream(ENTRIES, RAW).replace(b"application#2fjson", b"text#2fplain"), "R-STRUCTURE"),
        (stream(ENTRIES, b"").replace(b"\nstream\n", b"\nstream\nx"), "R-STRUCTURE"),
        (b"<< " + ENTRIES + b" /Length 3 /Filter /FlateDecode >>\nstream\nabc\nendstream", "R-STRUCTURE"),
        (b"<< " + ENTRIES + b" /Length -3 /Filter /FlateDecode >>\nstream\nabc\nendstream", "R-STRUCTURE"),
        (b"<< " + ENTRIES + b" /Length 1 0 R /Filter /FlateDecode >>\nstream\nabc\nendstream", "R-STRUCTURE"),
        (b"<< " + ENTRIES + b" /Length 0 /Filter /FlateDecode >>", "R-STRUCTURE"),
        (b"[ 1 2 ]", "R-STRUCTURE"),
    ],
)  # fmt: skip
def test_a_bomb_or_an_odd_stream_in_place_of_the_payload_is_refused(text: bytes, code: str) -> None:
    assert code_of(insider(with_payload(text))) == code


def test_trailing_bytes_inside_a_stream_are_refused() -> None:
    good = stream(ENTRIES, RAW)
    head, rest = good.split(b"\nstream\n", 1)
    raw = rest.removesuffix(b"\nendstream") + b"hidden"
    length = head[head.index(b"/Length") : head.index(b" /Filter")]
    text = head.replace(length, b"/Length %d" % len(raw)) + b"\nstream\n" + raw + b"\nendstream"
    assert code_of(insider(with_payload(text))) == "R-STRUCTURE"


def contents(*texts: bytes) -> Callable[[Objects], Objects]:
    def change(objects: Objects) -> Objects:
        numbers = []
        for text in texts:
            objects, number = add(objects, text)
            numbers.append(b"%d 0 R" % number)
        at = find(objects, b"/Type /Page ")
        old = objects[at].split(b"/Contents ")[1].split(b" /", 1)[0]
        return edit(objects, b"/Type /Page ", b"/Contents " + old, b"/Contents [ %s %s ]" % (old, b" ".join(numbers)))

    return change


def test_a_list_of_contents_is_allowed() -> None:
    assert verify(insider(contents(stream(b"", b"q Q"))), STORE).verdict is Verdict.ACCEPT


def test_bombs_in_page_contents_are_named_singly_and_in_sum() -> None:
    assert code_of(insider(contents(stream(b"", bytes(LARGEST_STREAM + 1))))) == "R-BOMB"
    packed = stream(b"", bytes(LARGEST_STREAM))
    assert code_of(insider(contents(*[packed] * (LARGEST_TOTAL // LARGEST_STREAM + 1)))) == "R-BOMB"
    assert code_of(insider(contents(stream(b"", bytes(LARGEST_STREAM + 1), packed=False)))) == "R-BOMB"


def nested(text: bytes) -> Callable[[Objects], Objects]:
    return catalog(b"/Lang " + text)


@pytest.mark.parametrize("text", [b"[ (a) " * 40 + b"]" * 40, b"<< /A " * 40 + b"1 " + b">>" * 40])
def test_deep_nesting_is_named(text: bytes) -> None:
    assert code_for(nested(text)) == "R-BOMB"


def test_endless_tokens_are_named() -> None:
    assert code_for(nested(b"[ (a) " + b"true " * 400_001 + b"]")) == "R-BOMB"


@pytest.mark.parametrize(
    "text",
    [
        b"(a", b"<0", b"<012>", b"<zz>", b"[ (a)", b"<< /A 1", b"]", b">>", b"<< 1 2 >>", b"<< /A 1 /A 2 >>", b"% comment\n(a)",
        b"1 1 R", b"12345678 0 R", b"12345678901", b"tru", b"/A#41", b"/A#00", b"+-1", b"(a) (b)", b"{ }", b"99 0 R", b"0 0 R",
    ],
)  # fmt: skip
def test_odd_syntax_is_refused(text: bytes) -> None:
    assert code_for(nested(text)) == "R-STRUCTURE"


@pytest.mark.parametrize("text", [rb"(zh\(CN\)\\\n\061\9\q)", b"<7a68>", b"()"])
def test_odd_but_sound_strings_are_read(text: bytes) -> None:
    assert verify(insider(nested(text)), STORE).verdict is Verdict.ACCEPT


def test_a_form_drawing_is_allowed_but_may_not_hold_another() -> None:
    entries = b"/Type /XObject /Subtype /Form /BBox [ 0 0 1 1 ] /Resources << >>"

    def change(objects: Objects, inner: bytes = b"") -> Objects:
        objects, number = add(objects, stream(entries.replace(b"<< >>", b"<< %s >>" % inner), b"q Q"))
        return edit(objects, b"/Type /Page ", b"/Resources <<", b"/Resources << /XObject << /QR %d 0 R >>" % number)

    assert verify(insider(change), STORE).verdict is Verdict.ACCEPT
    assert code_of(insider(lambda objects: change(objects, b"/XObject << /A 1 0 R >>"))) == "R-STRUCTURE"


def test_a_drawing_given_in_place_of_a_reference_is_refused() -> None:
    def change(objects: Objects) -> Objects:
        return edit(
            objects, b"/Type /Page ", b"/Resources <<", b"/Resources << /XObject << /QR << /Type /XObject >> >>"
        )

    assert code_of(insider(change)) == "R-STRUCTURE"


def test_an_object_may_play_one_part_only() -> None:
    objects = good_objects()
    content = find(objects, b"<< /Length")

    def change(objects: Objects) -> Objects:
        return catalog(b"/Metadata %d 0 R" % content)(objects)

    assert code_of(insider(change)) == "R-STRUCTURE"


def test_bytes_between_objects_are_refused() -> None:
    for gap in (b"\n", b"% hidden\n", b"5 0 obj\n<< >>\nendobj\n"):
        assert code_of(seal_anything(write(good_objects(), gap=gap))) == "R-STRUCTURE"


def test_objects_in_another_order_are_as_good() -> None:
    order = sorted(good_objects(), reverse=True)
    assert verify(seal_anything(write(good_objects(), order=order)), STORE).verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    "trailer",
    [
        b"trailer << /Info 2 0 R /Root 1 0 R /Size 99 /ID [<00><00>] >>",
        b"trailer << /Info 2 0 R /Root 1 0 R /ID [<00><00>] >>",
        b"trailer << /Info 2 0 R /Size 11 /ID [<00><00>] >>",
        b"trailer << /Info 2 0 R /Root (1) /Size 11 /ID [<00><00>] >>",
        b"trailer << /Info 2 0 R /Root 1 0 R /Size 11 >>",
        b"trailer << /Info 2 0 R /Root 1 0 R /Size 11 /ID [<00>] >>",
        b"trailer [ ]",
        b"trailer << /Root 1 0 R /Size 11 /ID [<00><00>] >> << >>",
        b"trailer << /Root 2 0 R /Size 11 /ID [<00><00>] >>",
    ],
)
def test_an_odd_trailer_is_refused(trailer: bytes) -> None:
    with pytest.raises(Unfit, match="R-STRUCTURE"):
        seal_anything(write(good_objects(), trailer=trailer))


@pytest.mark.parametrize(
    ("trailer", "code"),
    [
        (b"trailer << /Info 2 0 R /Root 1 0 R /Size 11 /ID [<00><00>] /Encrypt 3 0 R >>", "R-ENCRYPTED"),
        (b"trailer << /Info 2 0 R /Root 1 0 R /Size 11 /ID [<00><00>] /Prev 15 >>", "R-STRUCTURE"),
        (b"trailer << /Info 2 0 R /Root 1 0 R /Size 11 /ID [<00><00>] /XRefStm 15 >>", "R-STRUCTURE"),
        (b"trailer << /Root 1 0 R /Size 11 /ID [<00><00>] >>", "R-STRUCTURE"),
    ],
)
def test_more_in_the_trailer_than_allowed_is_refused(trailer: bytes, code: str) -> None:
    assert len(good_objects()) == 10
    assert code_of(seal_anything(write(good_objects(), trailer=trailer))) == code


def test_an_offset_into_another_object_is_refused() -> None:
    base = write(good_objects())
    entries = base.rindex(b"xref\n0 ")
    first, second = entries + 30, entries + 50
    offsets = base[first : first + 10], base[second : second + 10]
    bent = base.replace(offsets[0] + b" 00000", offsets[1] + b" 00000", 1)
    with pytest.raises(Unfit, match="R-STRUCTURE"):
        seal_anything(bent)


def test_a_million_announced_objects_are_named() -> None:
    base = write(good_objects()).replace(b"xref\n0 11\n", b"xref\n0 999999\n")
    with pytest.raises(Unfit, match="R-BOMB"):
        seal_anything(base)


def test_a_file_of_another_pdf_version_is_refused() -> None:
    with pytest.raises(Unfit, match="R-STRUCTURE"):
        seal_anything(write(good_objects()).replace(b"%PDF-1.7", b"%PDF-1.4"))


def test_taking_apart_and_writing_gives_the_same_objects() -> None:
    assert hostile.objects_of(write(good_objects())) == good_objects()


@given(st.integers(0, 10_000), st.integers(0, 12), st.binary(max_size=12))
@settings(max_examples=200)
def test_any_change_by_an_insider_gets_an_answer_and_never_another_look(place: int, length: int, new: bytes) -> None:
    base = write(good_objects())
    place %= len(base)
    try:
        data = seal_anything(base[:place] + new + base[place + length :])
    except Unfit:
        return
    result = verify(data, STORE, render=lambda raw, payload: write(good_objects()))
    if result.verdict is Verdict.ACCEPT:
        assert result.pages_match_data
        assert result.payload == payload()
