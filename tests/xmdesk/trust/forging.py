"""Certificates that deviate from the profiles in one point, signed with real keys."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from xmdesk.trust.profiles import Signed


def reissue(
    certificate: x509.Certificate,
    key: Any,
    *,
    subject: x509.Name | None = None,
    issuer: x509.Name | None = None,
    public_key: Any = None,
    life: tuple[datetime, datetime] | None = None,
    extensions: Mapping[x509.ObjectIdentifier, tuple[x509.ExtensionType, bool] | None] | None = None,
    algorithm: hashes.SHA256 | hashes.SHA384 | None = None,
    serial: int | None = None,
) -> x509.Certificate:
    """Copy a certificate with parts changed (an extension set to None is left out) and sign it with a key."""
    start, end = life or (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject or certificate.subject)
        .issuer_name(issuer or certificate.issuer)
        .serial_number(serial or certificate.serial_number)
        .public_key(public_key or certificate.public_key())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    kept: dict[x509.ObjectIdentifier, Any] = {one.oid: (one.value, one.critical) for one in certificate.extensions}
    for value in (kept | dict(extensions or {})).values():
        if value is not None:
            builder = builder.add_extension(value[0], critical=value[1])
    return builder.sign(key, algorithm or hashes.SHA256())


def renamed(certificate: x509.Certificate, **parts: str | None) -> x509.Name:
    """The subject with attributes replaced or, if None, left out: ``code``, ``organization``, ``name``, ``unit``."""
    oids = {
        "code": x509.NameOID.SERIAL_NUMBER,
        "organization": x509.NameOID.ORGANIZATION_IDENTIFIER,
        "name": x509.NameOID.COMMON_NAME,
        "unit": x509.NameOID.ORGANIZATIONAL_UNIT_NAME,
    }
    values = {one.oid: str(one.value) for one in certificate.subject}
    for part, value in parts.items():
        if value is None:
            values.pop(oids[part], None)
        else:
            values[oids[part]] = value
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items()])


def with_a_bit_left_over(make: Callable[[], Signed]) -> tuple[bytes, bytes]:
    """Something signed and the same with its signature one bit shorter: what stands in it stays."""
    made = next(one for one in (make() for _ in range(100)) if not one.signature[-1] & 1)
    der = made.public_bytes(Encoding.DER)
    unused = len(der) - len(made.signature) - 1
    return der, der[:unused] + b"\1" + der[unused + 1 :]


def p384() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())


def shifted(certificate: x509.Certificate, **by: float) -> tuple[datetime, datetime]:
    step = timedelta(**by)
    return certificate.not_valid_before_utc + step, certificate.not_valid_after_utc + step


def wide(text: str) -> str:
    """The text as an input method in full-width mode types it."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)
