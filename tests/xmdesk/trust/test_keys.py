import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from xmdesk.errors import Fault
from xmdesk.trust.keys import digits_match, fingerprint_digits, is_p256, key_from_bytes, key_to_bytes, new_key

DIGITS = "0123 4567 8901 2345 6789"


def test_a_key_survives_writing_and_reading() -> None:
    key = new_key()
    assert key_from_bytes(key_to_bytes(key)).private_numbers() == key.private_numbers()


@pytest.mark.parametrize("der", [b"", b"x", b"0" * 100])
def test_what_is_no_key_is_a_damaged_container(der: bytes) -> None:
    with pytest.raises(Fault):
        key_from_bytes(der)


def test_a_key_on_another_curve_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP384R1())
    der = other.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(Fault):
        key_from_bytes(der)


def test_only_p256_keys_count() -> None:
    assert is_p256(new_key())
    assert is_p256(new_key().public_key())
    assert not is_p256(ed25519.Ed25519PrivateKey.generate())
    assert not is_p256(rsa.generate_private_key(65537, 2048))


def test_the_fingerprint_is_twenty_digits_in_five_groups_and_belongs_to_the_key() -> None:
    key = new_key()
    digits = fingerprint_digits(key.public_key())
    assert [len(group) for group in digits.split(" ")] == [4] * 5
    assert digits.replace(" ", "").isdigit()
    assert digits == fingerprint_digits(key_from_bytes(key_to_bytes(key)).public_key())
    assert digits != fingerprint_digits(new_key().public_key())


@pytest.mark.parametrize(
    "typed", ["01234567890123456789", DIGITS, "0123-4567-8901-2345-6789", "０１２３４５６７８９０１２３４５６７８９"]
)
def test_twenty_digits_match_however_they_are_grouped(typed: str) -> None:
    assert digits_match(typed, DIGITS)


@pytest.mark.parametrize("typed", ["", "23456789", "01234567890123456780", "012345678901234567890", "一二三", "\ud800"])
def test_other_digits_do_not_match(typed: str) -> None:
    assert not digits_match(typed, DIGITS)


def test_the_last_eight_digits_are_enough_where_that_is_asked_for() -> None:
    assert digits_match("2345 6789", DIGITS, shortest=8)
    assert digits_match(DIGITS, DIGITS, shortest=8)
    assert not digits_match("2345 6788", DIGITS, shortest=8)
    assert not digits_match("345 6789", DIGITS, shortest=8)
