from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.sealed.district_sample import MOMENT, District, district, found
from tests.xmdesk.trust.forging import p384, reissue, with_a_bit_left_over
from xmdesk.errors import Refused
from xmdesk.trust.keys import new_key
from xmdesk.trust.register import revoke
from xmdesk.trust.revocation import read_list

TONGAN: District = district()
ROOT = TONGAN.authority.root
RAW = TONGAN.authority.revocation_list(TONGAN.register, number=7, moment=MOMENT)


def odd_list(key: object, **parts: object) -> bytes:
    issuer = parts.get("issuer", ROOT.subject)
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer)  # pyright: ignore[reportArgumentType]
    builder = builder.last_update(MOMENT).next_update(MOMENT + timedelta(days=1))
    if parts.get("number", True):
        builder = builder.add_extension(x509.CRLNumber(1), critical=bool(parts.get("critical")))
    return builder.sign(key, parts.get("algorithm", hashes.SHA256())).public_bytes(Encoding.DER)  # pyright: ignore[reportArgumentType]


def code_of(raw: bytes, **given: int) -> str:
    with pytest.raises(Refused) as refused:
        read_list(raw, ROOT, **given)
    return refused.value.code


def test_a_list_names_what_was_stopped_and_how_long_it_counts() -> None:
    entry = TONGAN.register[0]
    stopped = revoke(TONGAN.register, fingerprint=entry.fingerprint, reason="密钥遗失", moment=MOMENT)
    read = read_list(TONGAN.authority.revocation_list(stopped, number=8, moment=MOMENT), ROOT)
    assert read.number == 8
    assert read.stopped == {int(entry.serial, 16): MOMENT}
    assert read.next_update == MOMENT + timedelta(days=400)
    assert not read.is_stale(MOMENT + timedelta(days=400))
    assert read.is_stale(MOMENT + timedelta(days=401))


def test_an_empty_list_is_a_list() -> None:
    assert read_list(RAW, ROOT).stopped == {}


def test_a_list_is_read_from_pem_too() -> None:
    pem = x509.load_der_x509_crl(RAW).public_bytes(Encoding.PEM)
    assert read_list(pem, ROOT) == read_list(RAW, ROOT)


def test_an_older_list_than_already_seen_is_refused() -> None:
    assert read_list(RAW, ROOT, lowest_number=7).number == 7
    assert code_of(RAW, lowest_number=8) == "T-CRL-OLDER"


def test_a_list_of_another_authority_with_the_same_name_is_refused() -> None:
    other = found()
    assert code_of(other.authority.revocation_list((), number=9, moment=MOMENT)) == "T-CRL-BAD"


def test_lists_of_another_shape_are_refused() -> None:
    key = TONGAN.authority.key
    assert code_of(odd_list(key, number=False)) == "T-CRL-BAD"
    assert code_of(odd_list(key, critical=True)) == "T-CRL-BAD"
    assert code_of(odd_list(key, algorithm=hashes.SHA384())) == "T-CRL-BAD"
    assert code_of(odd_list(key, issuer=x509.Name([]))) == "T-CRL-BAD"
    assert code_of(odd_list(new_key())) == "T-CRL-BAD"
    assert code_of(b"\x30" * (4 * 1024 * 1024 + 1)) == "T-CRL-BAD"


def test_a_root_with_another_kind_of_key_vouches_for_no_list() -> None:
    key = p384()
    root = reissue(ROOT, key, public_key=key.public_key())
    assert read_list(odd_list(key), root).number == 1
    with pytest.raises(Refused):
        read_list(RAW, root)


def test_a_signature_with_a_bit_left_over_is_refused() -> None:
    plain, longer = with_a_bit_left_over(lambda: x509.load_der_x509_crl(odd_list(TONGAN.authority.key)))
    assert read_list(plain, ROOT).number == 1
    assert code_of(longer) == "T-CRL-BAD"


@given(st.integers(0, 400), st.integers(1, 255))
@settings(max_examples=150)
def test_a_changed_list_is_refused(place: int, by: int) -> None:
    raw = bytearray(RAW)
    raw[place % len(raw)] ^= by
    assert code_of(bytes(raw)) == "T-CRL-BAD"


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_arbitrary_bytes_are_refused(raw: bytes) -> None:
    assert code_of(raw) == "T-CRL-BAD"
