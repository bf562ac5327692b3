"""Signing keys (ECDSA P-256) and the twenty digits by which people compare them over paper or telephone."""

import hashlib
import hmac
import unicodedata

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from xmdesk.errors import Fault

DIGITS = 20
SHORT_DIGITS = 8


def new_key() -> ec.EllipticCurvePrivateKey:
    """Make a P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def key_to_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Unencrypted PKCS#8 DER, only ever to be put into a :class:`~xmdesk.trust.keybox.Keybox`."""
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key_from_bytes(der: bytes) -> ec.EllipticCurvePrivateKey:
    """Read what :func:`key_to_bytes` wrote; anything else is a damaged container."""
    try:
        key = serialization.load_der_private_key(der, password=None)
    except (ValueError, TypeError):
        raise Fault("T-KEYBOX-DAMAGED") from None
    if not is_p256(key):
        raise Fault("T-KEYBOX-DAMAGED")
    return key  # pyright: ignore[reportReturnType]  # is_p256 has just narrowed it


def is_p256(key: object) -> bool:
    """Whether this private or public key is on the curve that the profiles demand."""
    curve = getattr(key, "curve", None)
    return isinstance(curve, ec.SECP256R1)


def spki(public_key: ec.EllipticCurvePublicKey) -> bytes:
    """SubjectPublicKeyInfo DER (RFC 5280 4.1.2.7)."""
    return public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint_digits(public_key: ec.EllipticCurvePublicKey) -> str:
    """Twenty decimal digits (66 bits) of the key's SHA-256, five groups of four."""
    number = int.from_bytes(hashlib.sha256(spki(public_key)).digest(), "big") % 10**DIGITS
    digits = f"{number:0{DIGITS}d}"
    return " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))


def digits_match(typed: str, digits: str, *, shortest: int = DIGITS) -> bool:
    """Whether somebody typed these digits: all twenty, or where ``shortest`` is 8 also just the last eight.

    Spaces, hyphens and full-width digits do not matter; the comparison takes constant time.
    """
    plain = unicodedata.normalize("NFKC", typed)
    told = "".join(char for char in plain if char not in " -\u3000\t").encode("utf-8", "surrogatepass")
    whole = digits.replace(" ", "").encode("ascii")
    if len(told) == SHORT_DIGITS and shortest == SHORT_DIGITS:
        whole = whole[-SHORT_DIGITS:]
    return hmac.compare_digest(told, whole)
