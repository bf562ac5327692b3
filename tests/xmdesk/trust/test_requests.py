import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xmdesk.trust.forging import p384, with_a_bit_left_over
from xmdesk.errors import Refused
from xmdesk.trust.keys import fingerprint_digits, new_key
from xmdesk.trust.requests import make_request, read_request

VILLAGE = "350212105201"


def odd_request(key: object, *urns: str) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    if urns:
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(urn) for urn in urns])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("code", [VILLAGE, "350212105"])
def test_a_request_says_which_key_for_which_office_and_computer(code: str) -> None:
    key = new_key()
    request = read_request(make_request(key, code=code, installation=2))
    assert (request.code, request.installation) == (code, 2)
    assert request.digits == fingerprint_digits(key.public_key())


@pytest.mark.parametrize(
    "urns",
    [
        (),
        ("urn:xzqh:350212:request:1",),
        ("urn:xzqh:350212105201:seal:1",),
        ("urn:xzqh:350212105201:request:0",),
        ("urn:xzqh:350212105201:request:1", "urn:xzqh:350212105202:request:1"),
        ("http://example.invalid",),
    ],
)
def test_a_request_for_anything_else_is_refused(urns: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        read_request(odd_request(new_key(), *urns))
    assert refused.value.code == "T-REQUEST-BAD"


def test_a_request_with_another_kind_of_key_is_refused() -> None:
    for key in (p384(), rsa.generate_private_key(65537, 2048)):
        with pytest.raises(Refused):
            read_request(odd_request(key, f"urn:xzqh:{VILLAGE}:request:1"))


def test_a_request_whose_own_signature_is_wrong_is_refused() -> None:
    der = bytearray(make_request(new_key(), code=VILLAGE, installation=1))
    der[-1] ^= 1
    with pytest.raises(Refused):
        read_request(bytes(der))


def test_an_oversized_request_is_refused_unread() -> None:
    with pytest.raises(Refused):
        read_request(b"\x30" * 9000)


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_arbitrary_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(Refused):
        read_request(raw)


def test_a_signature_with_a_bit_left_over_is_refused() -> None:
    key = new_key()
    plain, longer = with_a_bit_left_over(
        lambda: x509.load_der_x509_csr(make_request(key, code=VILLAGE, installation=1))
    )
    assert read_request(plain).code == VILLAGE
    with pytest.raises(Refused):
        read_request(longer)


@given(st.integers(0, 280), st.integers(1, 255))
@settings(max_examples=150)
def test_a_changed_request_is_refused(place: int, by: int) -> None:
    der = bytearray(REQUEST)
    der[place % len(der)] ^= by
    with pytest.raises(Refused):
        read_request(bytes(der))


REQUEST = make_request(new_key(), code=VILLAGE, installation=1)
