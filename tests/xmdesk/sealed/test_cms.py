import pytest
from asn1crypto import cms as reference
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.sealed.district_sample import district
from tests.xmdesk.trust.forging import p384, reissue
from xmdesk.sealed import cms
from xmdesk.sealed.unfit import Unfit

VILLAGE = district().village
DIGEST = b"\x11" * 32
DER = cms.build(VILLAGE.certificate, digest=DIGEST, key=VILLAGE.key)


def code_of(der: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        cms.read(der)
    return unfit.value.code


def is_taken(der: bytes) -> bool:
    try:
        return cms.is_authentic(cms.read(der))
    except Unfit:
        return False


def test_a_signature_object_reads_back() -> None:
    signature = cms.read(DER)
    assert signature.certificate == VILLAGE.certificate
    assert signature.digest == DIGEST
    assert cms.is_authentic(signature)
    assert cms.length_of(DER + bytes(50)) == len(DER)


def test_another_reader_finds_the_same_parts_and_only_one_certificate() -> None:
    signed = reference.ContentInfo.load(DER, strict=True)["content"]
    assert len(signed["certificates"]) == 1
    assert signed["crls"].native is None
    (signer,) = signed["signer_infos"]
    assert signer["unsigned_attrs"].native is None
    kinds = {attribute["type"].dotted for attribute in signer["signed_attrs"]}
    assert kinds == {"1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"}
    assert signer["sid"].chosen["serial_number"].native == VILLAGE.certificate.serial_number
    assert reference.ContentInfo.load(DER).dump(force=True) == DER


@pytest.mark.parametrize("place", range(0, len(DER), 7))
def test_every_changed_byte_is_refused(place: int) -> None:
    for by in (1, 0x20, 0x80):
        bent = bytearray(DER)
        bent[place] ^= by
        assert not is_taken(bytes(bent))


def test_every_single_byte_set_to_its_neighbour_is_refused() -> None:
    taken = []
    for place in range(len(DER)):
        bent = bytearray(DER)
        bent[place] = (bent[place] + 1) & 255
        if is_taken(bytes(bent)):
            taken.append(place)
    assert taken == []


def test_the_twin_signature_with_the_other_s_is_refused() -> None:
    signature = cms.read(DER)
    r, s = utils.decode_dss_signature(signature.value)
    twin = utils.encode_dss_signature(r, cms._ORDER - s)
    assert cms.is_authentic(signature._replace(value=twin))
    assert code_of(cms._assemble(signature.certificate, DIGEST, twin)) == "R-CMS"


def test_signing_always_gives_the_low_form() -> None:
    for _ in range(20):
        value = cms.read(cms.build(VILLAGE.certificate, digest=DIGEST, key=VILLAGE.key)).value
        assert utils.decode_dss_signature(value)[1] <= cms._ORDER // 2


def test_other_algorithms_are_named_as_such() -> None:
    sha1 = bytes.fromhex("300906052b0e03021a0500").ljust(13, b"\x00")
    sha384 = bytes.fromhex("300b0609608648016503040202")
    sha512 = bytes.fromhex("300b0609608648016503040203")
    ecdsa384 = bytes.fromhex("300a06082a8648ce3d040303")
    assert code_of(DER.replace(cms._SHA256, sha384)) == "R-WEAK"
    assert code_of(DER.replace(cms._SHA256, sha512, 1)) == "R-WEAK"
    head, tail = DER[:-100], DER[-100:]
    assert code_of(head + tail.replace(cms._ECDSA_SHA256, ecdsa384)) == "R-WEAK"
    assert code_of(DER.replace(cms._SHA256, sha1)) in ("R-WEAK", "R-CMS")


def test_a_key_on_another_curve_is_weak_even_if_the_district_certified_it() -> None:
    key = p384()
    certificate = reissue(VILLAGE.certificate, district().authority.key, public_key=key.public_key())
    value = utils.encode_dss_signature(5, 7)
    assert code_of(cms._assemble(certificate, DIGEST, value)) == "R-WEAK"


def test_a_signature_by_another_key_is_not_authentic() -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    assert not is_taken(cms.build(VILLAGE.certificate, digest=DIGEST, key=stranger))


def test_a_certificate_without_a_curve_signs_nothing() -> None:
    class Odd:
        def public_key(self) -> object:
            return object()

    assert not cms.is_authentic(cms.Signature(Odd(), DIGEST, b""))  # pyright: ignore[reportArgumentType]


def tlv(tag: int, content: bytes) -> bytes:
    return cms._tlv(tag, content)


def rebuilt(**changes: bytes) -> bytes:
    """The same object with something slipped in, still signed correctly."""
    certificate = VILLAGE.certificate.public_bytes(Encoding.DER)
    attributes = cms._attributes(certificate, DIGEST)
    value = cms._low(VILLAGE.key.sign(tlv(0x31, attributes), ec.ECDSA(hashes.SHA256())))
    name = VILLAGE.certificate.issuer.public_bytes() + cms._integer(VILLAGE.certificate.serial_number)
    signer = cms._ONE + tlv(0x30, name) + cms._SHA256 + tlv(0xA0, attributes) + cms._ECDSA_SHA256 + tlv(0x04, value)
    signer += changes.get("unsigned", b"")
    certificates = tlv(0xA0, certificate + changes.get("certificate", b""))
    body = cms._ONE + tlv(0x31, cms._SHA256) + tlv(0x30, cms._DATA) + certificates + changes.get("lists", b"")
    body += tlv(0x31, tlv(0x30, signer) + changes.get("signer", b""))
    return tlv(0x30, cms._SIGNED_DATA + tlv(0xA0, tlv(0x30, body))) + changes.get("after", b"")


def test_the_slipping_in_itself_is_sound() -> None:
    assert is_taken(rebuilt())


@pytest.mark.parametrize(
    "changes",
    [
        {"unsigned": tlv(0xA1, b"")},
        {"unsigned": tlv(0xA1, tlv(0x30, cms._DATA + tlv(0x31, b"")))},
        {"certificate": VILLAGE.certificate.public_bytes(Encoding.DER)},
        {"certificate": district().authority.root.public_bytes(Encoding.DER)},
        {"lists": tlv(0xA1, b"")},
        {"signer": tlv(0x30, b"")},
        {"after": b"\x00"},
    ],
)
def test_anything_slipped_in_is_refused(changes: dict[str, bytes]) -> None:
    assert code_of(rebuilt(**changes)) == "R-CMS"


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30",
        b"\x30\x80",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x00",
        b"\x30\x03\x02\x01",
        b"\x30\x06" + b"\x30\x00" * 3,
        tlv(0x30, b"\x05\x00" * 40),
    ],
)
def test_what_is_no_signature_object_is_refused(der: bytes) -> None:
    assert code_of(der) == "R-CMS"


@pytest.mark.parametrize("der", [b"", b"\x30", b"\x30\x81", b"\x30\x80", b"\x30\x05\x00"])
def test_what_has_no_length_is_refused(der: bytes) -> None:
    with pytest.raises(Unfit):
        cms.length_of(der)


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_arbitrary_bytes_are_refused(der: bytes) -> None:
    assert not is_taken(der)
