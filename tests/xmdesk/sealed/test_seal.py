import hashlib
from datetime import timedelta

import pytest

from tests.xmdesk.sealed.district_sample import MOMENT, NOTE, district, pages, payload
from tests.xmdesk.sealed.hostile import edit, gap_of, good_objects, write
from xmdesk.errors import Refused, WrongUse
from xmdesk.sealed import cms
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.container import open_unverified
from xmdesk.sealed.seal import Signer, seal
from xmdesk.sealed.update import LONGEST_NOTE, SealNote, split
from xmdesk.trust.keys import new_key

RAW = canonical(payload())
BASE = pages(RAW)
SIGNER = district().village


def test_sealing_leaves_the_pages_untouched_and_adds_one_revision() -> None:
    sealed = seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE)
    assert sealed.startswith(BASE)
    assert sealed.count(b"startxref") == 2
    assert sealed.count(b"/Type /Sig ") == 1
    assert len(sealed) - len(BASE) < 8000


def test_the_parts_of_a_sealed_file_read_back() -> None:
    parts = split(seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE))
    assert parts.base == BASE
    assert parts.signed_at == MOMENT
    assert parts.note == NOTE


def test_the_signature_covers_every_byte_except_its_own_place() -> None:
    sealed = seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE)
    start, end = gap_of(sealed)
    assert b"/ByteRange [0 %d %d %d]" % (start, end, len(sealed) - end) in sealed
    signature = cms.read(split(sealed).contents[: cms.length_of(split(sealed).contents)])
    assert signature.digest == hashlib.sha256(sealed[:start] + sealed[end:]).digest()


def test_the_payload_can_be_looked_at_before_anything_is_believed() -> None:
    assert open_unverified(seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE)) == RAW


def test_two_seals_over_the_same_pages_differ_only_in_the_signature() -> None:
    one, two = (seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE) for _ in range(2))
    start, end = gap_of(one)
    assert one != two
    assert one[:start] == two[:start]
    assert one[end:] == two[end:]


def test_moments_are_kept_to_the_second_and_rare_characters_in_notes_survive() -> None:
    note = SealNote("上报 𬱟", "", "")
    at = MOMENT + timedelta(seconds=59)
    parts = split(seal(BASE, signer=SIGNER, signed_at=at, note=note))
    assert (parts.signed_at, parts.note) == (at, note)


def test_key_and_certificate_must_be_a_pair() -> None:
    with pytest.raises(WrongUse) as refused:
        seal(BASE, signer=Signer(new_key(), SIGNER.certificate), signed_at=MOMENT, note=NOTE)
    assert refused.value.code == "S-KEY"


@pytest.mark.parametrize(
    "base",
    [
        b"",
        b"%PDF-1.7\n",
        BASE[:-1],
        BASE + b"\n",
        write(edit(good_objects(), b"/Catalog", b"/Pages", b"/OpenAction 3 0 R /Pages")),
        write(edit(good_objects(), b"/Catalog", b"/Pages", b"/AcroForm << >> /Pages")),
        write(edit(good_objects(), b"/Filespec", b"/F (return.json)", b"/F (data.json)")),
    ],
)  # fmt: skip
def test_pages_that_no_receiver_would_take_are_not_sealed(base: bytes) -> None:
    with pytest.raises(Refused) as refused:
        seal(base, signer=SIGNER, signed_at=MOMENT, note=NOTE)
    assert refused.value.code == "S-SHAPE"


def test_a_sealed_document_is_not_sealed_again() -> None:
    sealed = seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE)
    with pytest.raises(Refused):
        seal(sealed, signer=SIGNER, signed_at=MOMENT, note=NOTE)


def test_a_note_is_short() -> None:
    with pytest.raises(Refused):
        seal(BASE, signer=SIGNER, signed_at=MOMENT, note=SealNote("长" * (LONGEST_NOTE + 1)))


def test_a_failing_key_is_noticed_before_the_file_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hardware fault while signing would give a file that nobody can verify; build is made to sign another digest."""
    true_build = cms.build

    def faulty(certificate: object, *, digest: bytes, key: object) -> bytes:
        return true_build(certificate, digest=digest[::-1], key=key)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr("xmdesk.sealed.seal.build", faulty)
    with pytest.raises(Refused) as refused:
        seal(BASE, signer=SIGNER, signed_at=MOMENT, note=NOTE)
    assert refused.value.facts["cause"] == "R-ALTERED"


def test_looking_at_what_is_no_sealed_document_stops() -> None:
    with pytest.raises(Refused) as refused:
        open_unverified(BASE)
    assert refused.value.code == "R-UNSIGNED"
