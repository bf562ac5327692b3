"""Files changed after sealing: whatever is done to them, none is accepted, and each class has its own sentence."""

import io
import random
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.sealed.district_sample import district, good_file, pages, payload
from tests.xmdesk.sealed.hostile import contents_of, fill, gap_of
from xmdesk.sealed import cms
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.result import Verdict
from xmdesk.sealed.update import RESERVED
from xmdesk.sealed.verify import verify

GOOD = good_file()
BASE = pages(canonical(payload()))
STORE = district().store()
START, END = gap_of(GOOD)
DER = contents_of(GOOD)[: cms.length_of(contents_of(GOOD))]


def code_of(data: bytes) -> str:
    result = verify(data, STORE)
    assert result.verdict is Verdict.REFUSE, result
    return result.leading.code


def swap(old: bytes, new: bytes, data: bytes = GOOD) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def saved(**options: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        pdf.save(target, **options)  # pyright: ignore[reportArgumentType]
    return target.getvalue()


def updated(*objects: bytes, trailer: bytes = b"") -> bytes:
    """An incremental update with objects, as a viewer appends it."""
    out = bytearray(GOOD)
    last = int(re.findall(rb"startxref\n(\d+)", GOOD)[-1])
    at: list[int] = []
    for text in objects:
        at.append(len(out))
        out += text
    xref = len(out)
    out += b"xref\n"
    for place, text in zip(at, objects, strict=True):
        out += b"%d 1\n%010d 00000 n \n" % (int(text.split(b" ", 1)[0]), place)
    out += b"trailer << /Size 99 /Root 1 0 R /Prev %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (last, trailer, xref)
    return bytes(out)


def test_the_file_that_is_attacked_is_itself_accepted() -> None:
    assert verify(GOOD, STORE).verdict is Verdict.ACCEPT


def test_nothing_at_all_is_named() -> None:
    assert code_of(b"") == "R-EMPTY"


@pytest.mark.parametrize("data", [b"x", b"\xff\xd8\xff\xe0JFIF", b"PK\x03\x04", bytes(4000), b"%PD", b"<html>"])
def test_what_is_no_pdf_is_named(data: bytes) -> None:
    assert code_of(data) == "R-NOT-PDF"


@pytest.mark.parametrize("junk", [b"\n", b"\xef\xbb\xbf", b"junk" * 100])
def test_junk_before_the_header_is_named(junk: bytes) -> None:
    assert code_of(junk + GOOD) == "R-HEADER"


def test_a_file_over_twenty_megabytes_is_named() -> None:
    assert code_of(GOOD + b"\n" * (20 * 1024 * 1024)) == "R-SIZE"


@pytest.mark.parametrize("kept", [20, 300, 1000, len(GOOD) // 2, len(GOOD) - 7])
def test_a_truncated_file_is_named(kept: int) -> None:
    assert code_of(GOOD[:kept]) in {"R-TRUNCATED", "R-APPENDED"}
    assert code_of(GOOD[: len(GOOD) // 2]) == "R-TRUNCATED"


def test_a_file_that_lost_only_its_last_line_end_is_cut_not_added_to() -> None:
    assert code_of(GOOD[:-1]) == "R-TRUNCATED"


def test_a_file_without_signature_is_named() -> None:
    assert code_of(BASE) == "R-UNSIGNED"


@pytest.mark.parametrize("end", [b"%%EOF", b"%%EOF\r\n", b"%%EOF\n\n"])
def test_a_file_of_another_program_is_unsigned_however_it_ends(end: bytes) -> None:
    assert code_of(BASE.removesuffix(b"%%EOF\n") + end) == "R-UNSIGNED"


@pytest.mark.parametrize("kind", ["JavaScript", "Launch"])
def test_a_file_saved_again_with_a_script_or_a_launch_is_named(kind: str) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), JS="app.alert(1)", F="cmd.exe")
        pdf.save(target)
    assert code_of(target.getvalue()) == "R-ACTIVE"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        {"linearize": True},
        {"qdf": True},
        {"deterministic_id": True},
        {"force_version": "1.7"},
    ],
)
def test_a_file_saved_again_by_another_program_is_named(options: dict[str, object]) -> None:
    assert code_of(saved(**options)) == "R-RESAVED"


@pytest.mark.parametrize("end", [b"%%EOF", b"%%EOF\r\n", b"%%EOF\n\n"])
def test_a_file_saved_again_is_named_however_it_ends(end: bytes) -> None:
    assert code_of(saved().rstrip().removesuffix(b"%%EOF") + end) == "R-RESAVED"


def test_a_file_saved_again_by_a_browsers_viewer_is_named() -> None:
    target = io.BytesIO()
    pypdfium2.PdfDocument(GOOD).save(target)
    assert code_of(target.getvalue()) == "R-RESAVED"


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_a_file_that_was_copied_as_if_it_were_text_is_altered(end: bytes) -> None:
    assert code_of(GOOD.replace(b"\n", end)) == "R-ALTERED"


def test_a_file_saved_again_into_packed_objects_shows_no_signature_at_all() -> None:
    assert code_of(saved(object_stream_mode=pikepdf.ObjectStreamMode.generate)) in {"R-UNSIGNED", "R-RESAVED"}


def test_an_encrypted_file_is_named() -> None:
    assert code_of(saved(encryption=pikepdf.Encryption(owner="a", user="b"))) == "R-ENCRYPTED"


@pytest.mark.parametrize(
    "tail",
    [
        b"\n",
        b" ",
        b"\x00",
        b" " * 2000,
        b"\x00" * 4096,
        b"junk" * 1000,
        b"%%EOF\n",
        b"junk",
        b"\n%%EOF\n",
        b"1 0 obj\n<< >>\nendobj\n%%EOF\n",
    ],
)
def test_appended_bytes_are_named(tail: bytes) -> None:
    assert code_of(GOOD + tail) == "R-APPENDED"


@pytest.mark.parametrize(
    "objects",
    [
        (),
        (b"2 0 obj\n<< /Title (other) >>\nendobj\n",),
        (b"9 0 obj\n<< /Length 2 >>\nstream\nq\nendstream\nendobj\n",),
        (b"30 0 obj\n<< /Type /Annot /Subtype /FreeText /Contents (120) >>\nendobj\n",),
        (b"1 0 obj\n<< /Type /Catalog /Pages 5 0 R /OpenAction << /S /JavaScript /JS (app.alert) >> >>\nendobj\n",),
        (b"31 0 obj\n<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> /M (D:20261123090000Z) >>\nendobj\n",),
    ],
)
def test_an_incremental_update_is_named(objects: tuple[bytes, ...]) -> None:
    """Metadata only, empty, replaced contents (ISA), annotation (EAA), script, second signature (SSA)."""
    assert code_of(updated(*objects)) == "R-APPENDED"


BYTE_RANGE = re.search(rb"/ByteRange \[[^\]]*\] *", GOOD)
assert BYTE_RANGE
RANGE = BYTE_RANGE[0]


@pytest.mark.parametrize(
    "text",
    [
        b"", b"/ByteRange []", b"/ByteRange null", b"/ByteRange [0 0 0 0]", b"/ByteRange [0 -1 5 -1]",
        b"/ByteRange [ 0 %d %d %d ]" % (START, END, len(GOOD) - END), b"/ByteRange [0 9 9 9]", b"/byteRange [0 1 2 3]",
        b"/ByteRange [0 %d %d %d 0 0]" % (START, END, len(GOOD) - END), b"/ByteRange [9 %d %d %d]" % (START - 9, END, 5),
        b"/ByteRange [0 %d %d %d]" % (START, END, len(GOOD) - END - 1), b"/ByteRange [0 99999999999 1 1]",
    ],
)  # fmt: skip
def test_a_forged_byte_range_is_refused(text: bytes) -> None:
    """Universal signature forgery: missing, null, odd, partial ranges, in place and with the length kept."""
    assert code_of(swap(RANGE, text)) in {"R-ALTERED", "R-STRUCTURE", "R-UNSIGNED"}
    assert code_of(swap(RANGE, text[: len(RANGE)].ljust(len(RANGE)))) in {"R-ALTERED", "R-STRUCTURE", "R-UNSIGNED"}


@pytest.mark.parametrize(
    ("contents", "codes"),
    [
        (b"<>", {"R-STRUCTURE", "R-RESAVED"}), (b"null", {"R-STRUCTURE"}), (b"", {"R-STRUCTURE"}), (b"<00>", {"R-CMS", "R-STRUCTURE", "R-GAP"}),
        (b"<0>", {"R-STRUCTURE"}), (b"()", {"R-STRUCTURE"}), (b"9 0 R", {"R-STRUCTURE"}),
        (b"<" + b"0" * 2 * RESERVED + b">", {"R-CMS"}), (b"<" + b"F" * 2 * RESERVED + b">", {"R-CMS"}),
    ],
)  # fmt: skip
def test_forged_contents_are_refused(contents: bytes, codes: set[str]) -> None:
    assert code_of(GOOD[:START] + contents + GOOD[END:]) in codes


def test_bytes_in_the_padding_are_named() -> None:
    for padding in (b"\x01", bytes(5) + b"hidden", bytes(RESERVED - len(DER) - 1) + b"\x01"):
        assert code_of(fill(GOOD, (START, END), DER, padding=padding.ljust(RESERVED - len(DER), b"\x00"))) == "R-GAP"


def test_a_longer_or_shorter_reserved_area_is_refused() -> None:
    assert code_of(fill(GOOD, (START, END), DER, padding=bytes(RESERVED))) in {"R-ALTERED", "R-STRUCTURE"}
    assert code_of(fill(GOOD, (START, END), DER, padding=b"")) in {"R-ALTERED", "R-STRUCTURE"}


def test_objects_slipped_into_a_widened_gap_are_refused() -> None:
    """Signature wrapping: the second range is moved and foreign objects stand between."""
    inside = b"9 0 obj\n<< /Length 0 >>\nendobj\n"
    assert code_of(GOOD[:END] + inside + GOOD[END:]) in {"R-ALTERED", "R-STRUCTURE"}
    assert code_of(GOOD[: START + 1] + inside.hex().upper().encode() + GOOD[START + 1 :]) in {
        "R-CMS",
        "R-ALTERED",
        "R-STRUCTURE",
    }


@pytest.mark.parametrize(
    "change", [bytes.lower, lambda digits: digits[:40].lower() + digits[40:], lambda digits: digits[:-1] + b" "]
)
def test_another_spelling_of_the_signature_is_refused(change: Callable[[bytes], bytes]) -> None:
    bent = GOOD[: START + 1] + change(GOOD[START + 1 : END - 1]) + GOOD[END - 1 :]
    assert code_of(bent) in {"R-STRUCTURE", "R-ALTERED"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/P 1 >>", b"/P 2 >>"), (b"/P 1 >>", b"/P 3 >>"), (b"/DocMDP >>", b"/DocMDP2>>"), (b"/Perms", b"/Perm_"),
        (b"/Reference", b"/Referenc_"), (b"/SigFlags 3", b"/SigFlags 0"), (b"/T (Seal)", b"/T (Seat)"),
        (b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"), (b"/F 132", b"/F 000"), (b"/Rect [ 0 0 0 0 ]", b"/Rect [ 0 0 9 9 ]"),
        (b"(D:20261123", b"(D:20261122"), (b"/Reason <FEFF", b"/Reason <FEFE"), (b"/Filter /Adobe", b"/Filter /Adobf"),
    ],
)  # fmt: skip
def test_every_part_of_the_signature_dictionary_counts(old: bytes, new: bytes) -> None:
    if old not in GOOD:
        old, new = old.replace(b" >>", b""), new.replace(b" >>", b"").replace(b">>", b"")
    at = GOOD.index(old, len(BASE))
    assert code_of(GOOD[:at] + new + GOOD[at + len(old) :]) in {"R-ALTERED", "R-STRUCTURE"}


def test_the_signature_of_one_file_does_not_fit_another() -> None:
    from tests.xmdesk.sealed.district_sample import sealed_by

    other = sealed_by(district().village, payload(version=2))
    assert code_of(fill(other, gap_of(other), DER)) == "R-ALTERED"


def test_three_hundred_changed_bytes_are_all_refused_as_altered_or_odd() -> None:
    chance = random.Random(20261123)
    codes = set()
    for _ in range(300):
        bent = bytearray(GOOD)
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
        codes.add(code_of(bytes(bent)))
    assert "R-ALTERED" in codes
    assert codes <= {
        "R-ALTERED",
        "R-STRUCTURE",
        "R-CMS",
        "R-GAP",
        "R-WEAK",
        "R-NOT-PDF",
        "R-APPENDED",
        "R-HEADER",
        "R-RESAVED",
        "R-TRUNCATED",
    }


def test_damage_to_the_signed_bytes_is_called_alteration() -> None:
    for place in range(20, len(BASE), 97):
        bent = bytearray(GOOD)
        bent[place] ^= 0x08
        assert code_of(bytes(bent)) == "R-ALTERED"


def test_cut_swapped_and_doubled_blocks_are_refused() -> None:
    chance = random.Random(7)
    for _ in range(100):
        left, right = sorted((chance.randrange(len(GOOD)), chance.randrange(len(GOOD))))
        for bent in (GOOD[:left] + GOOD[right:], GOOD[:right] + GOOD[left:], GOOD[right:] + GOOD[:left]):
            if bent != GOOD:
                code_of(bent)


@given(st.binary(max_size=600))
@settings(max_examples=150)
def test_arbitrary_bytes_are_refused_without_complaint(data: bytes) -> None:
    code_of(data)
    code_of(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n" + data + b"\nstartxref\n15\n%%EOF\n")


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=40))
@settings(max_examples=250)
def test_replacing_any_stretch_by_anything_is_refused(place: int, length: int, new: bytes) -> None:
    bent = GOOD[:place] + new + GOOD[place + length :]
    if bent != GOOD:
        code_of(bent)


@given(
    st.integers(1, 99_999),
    st.sampled_from([rb"\d+ 0 R", rb"\d{10} 00000 n", rb"/Length \d+", rb"/Size \d+", rb"/Prev \d+"]),
    st.data(),
)
@settings(max_examples=150)
def test_moved_references_lengths_and_offsets_are_refused(number: int, pattern: bytes, data: st.DataObject) -> None:
    found = list(re.finditer(pattern, GOOD))
    match = data.draw(st.sampled_from(found))
    new = re.sub(rb"\d+", b"%d" % number, match[0], count=1)
    if new != match[0]:
        code_of(GOOD[: match.start()] + new + GOOD[match.end() :])
