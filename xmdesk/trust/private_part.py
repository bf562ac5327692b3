"""Text that only the district can read inside a sealed document: full numbers of persons.

HPKE base mode (RFC 9180): DHKEM(P-256), HKDF-SHA256, AES-256-GCM; 81 bytes longer than the plain text. ``context`` binds it
to its document, so that it cannot be moved into another one.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from xmdesk.errors import Refused

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"xmdesk private part v1\x00"


def seal_private(public_key: ec.EllipticCurvePublicKey, plaintext: bytes, *, context: bytes) -> bytes:
    """Encrypt to the district's encryption key; ``context`` is, for example, code and period."""
    return _SUITE.encrypt(plaintext, public_key, _INFO + context)


def open_private(private_key: ec.EllipticCurvePrivateKey, sealed: bytes, *, context: bytes) -> bytes:
    """Decrypt; ``Refused`` if it was altered, meant for another district or taken from another document."""
    try:
        return _SUITE.decrypt(sealed, private_key, _INFO + context)
    except (InvalidTag, ValueError):
        raise Refused("T-PRIVATE-BAD") from None
