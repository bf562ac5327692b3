"""The signature object (CMS, RFC 5652; PAdES baseline B-B, ETSI EN 319 142-1): one exact shape, built and compared.

Reading takes out the three parts that vary (certificate, digest, signature), builds the object anew from them and demands
the same bytes. So nothing unsigned can be changed or hidden in it: no further certificates, lists or attributes.
"""

import hashlib
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding

from xmdesk.sealed.unfit import Unfit, need
from xmdesk.trust.keys import is_p256
from xmdesk.trust.profiles import MALFORMED, quietly

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910022f")
_SHA256 = bytes.fromhex("300b0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_ONE = b"\x02\x01\x01"


class Signature(NamedTuple):
    """What a signature object says."""

    certificate: x509.Certificate
    digest: bytes
    """SHA-256 of the signed bytes of the file, as claimed."""
    value: bytes
    """ECDSA signature over the signed attributes, DER, low s."""


def build(certificate: x509.Certificate, *, digest: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Sign a digest: DER of the complete signature object holding only the signer's certificate."""
    attributes = _attributes(certificate.public_bytes(Encoding.DER), digest)
    value = _low(key.sign(_tlv(0x31, attributes), ec.ECDSA(hashes.SHA256())))
    return _assemble(certificate, digest, value)


def read(der: bytes) -> Signature:
    """Read a signature object of exactly our shape; ``R-WEAK`` for other algorithms, ``R-CMS`` for another shape."""
    try:
        with quietly():
            signature = _take(der)
            rebuilt = _assemble(*signature)
    except (IndexError, *MALFORMED):
        raise Unfit("R-CMS") from None
    need(rebuilt == der, "R-CMS")
    return signature


def is_authentic(signature: Signature) -> bool:
    """Whether the certificate's key signed these attributes."""
    certificate = signature.certificate
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    attributes = _tlv(0x31, _attributes(certificate.public_bytes(Encoding.DER), signature.digest))
    try:
        key.verify(signature.value, attributes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def length_of(der: bytes) -> int:
    """Length of the one DER object at the start; what follows is padding."""
    try:
        return _span(der, 0)[2]
    except (ValueError, IndexError):
        raise Unfit("R-CMS") from None


def _attributes(certificate_der: bytes, digest: bytes) -> bytes:
    certificate_hash = _tlv(0x04, hashlib.sha256(certificate_der).digest())
    named = _tlv(0x30, _tlv(0x30, _tlv(0x30, certificate_hash)))
    found = (
        _tlv(0x30, _CONTENT_TYPE + _tlv(0x31, _DATA)),
        _tlv(0x30, _MESSAGE_DIGEST + _tlv(0x31, _tlv(0x04, digest))),
        _tlv(0x30, _SIGNING_CERTIFICATE + _tlv(0x31, named)),
    )
    return b"".join(sorted(found))


def _assemble(certificate: x509.Certificate, digest: bytes, value: bytes) -> bytes:
    der = certificate.public_bytes(Encoding.DER)
    issuer = certificate.issuer.public_bytes() + _integer(certificate.serial_number)
    signer = b"".join(
        (
            _ONE,
            _tlv(0x30, issuer),
            _SHA256,
            _tlv(0xA0, _attributes(der, digest)),
            _ECDSA_SHA256,
            _tlv(0x04, value),
        )
    )
    signed = b"".join((_ONE, _tlv(0x31, _SHA256), _tlv(0x30, _DATA), _tlv(0xA0, der), _tlv(0x31, _tlv(0x30, signer))))
    return _tlv(0x30, _SIGNED_DATA + _tlv(0xA0, _tlv(0x30, signed)))


def _take(der: bytes) -> Signature:
    outer = _children(der, 0)
    signed = _children(der, _children(der, outer[1])[0])
    signer = _children(der, _children(der, signed[4])[0])
    need(_whole(der, signed[1]) == _tlv(0x31, _SHA256) and _whole(der, signer[2]) == _SHA256, "R-WEAK")
    need(_whole(der, signer[4]) == _ECDSA_SHA256, "R-WEAK")
    certificate = x509.load_der_x509_certificate(_inner(der, signed[3]))
    need(is_p256(certificate.public_key()), "R-WEAK")
    digest_attribute = _children(der, _children(der, signer[3])[1])
    digest = _inner(der, _children(der, digest_attribute[1])[0])
    value = _inner(der, signer[5])
    need(len(digest) == 32 and _low(value) == value, "R-CMS")
    return Signature(certificate, digest, value)


def _low(value: bytes) -> bytes:
    """Of the two valid forms of one ECDSA signature the one with the smaller s, in DER."""
    r, s = utils.decode_dss_signature(value)
    return utils.encode_dss_signature(r, min(s, _ORDER - s))


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 128 | len(length))) + length + content


def _integer(number: int) -> bytes:
    return _tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _span(der: bytes, at: int) -> tuple[int, int, int]:
    """Start, start of content and end of the object at a place."""
    size = der[at + 1]
    content = at + 2
    if size & 128:
        count = size & 127
        if not 1 <= count <= 3:
            raise ValueError
        size = int.from_bytes(der[content : content + count], "big")
        content += count
    if content + size > len(der):
        raise ValueError
    return at, content, content + size


def _children(der: bytes, at: int) -> list[int]:
    _, place, end = _span(der, at)
    found: list[int] = []
    while place < end:
        found.append(place)
        place = _span(der, place)[2]
    if place != end or len(found) > 16:
        raise ValueError
    return found


def _whole(der: bytes, at: int) -> bytes:
    start, _, end = _span(der, at)
    return der[start:end]


def _inner(der: bytes, at: int) -> bytes:
    _, content, end = _span(der, at)
    return der[content:end]
