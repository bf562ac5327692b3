"""Asking for a certificate: the village makes the key, a PKCS#10 request and a self-signed certificate to seal with."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from xmdesk.errors import Refused
from xmdesk.trust.building import leaf_builder, name_of
from xmdesk.trust.keys import fingerprint_digits, is_p256
from xmdesk.trust.profiles import MALFORMED, Profile, Subject, is_written_strictly, quietly

LARGEST = 8 * 1024
REQUEST_LIFE = timedelta(days=90)
_URN = re.compile(r"urn:xzqh:(\d{9}|\d{12}):request:([1-9]\d{0,2})")


@dataclass(frozen=True)
class SealRequest:
    """A request whose own signature has been checked; nothing in it is believed except the key."""

    public_key: ec.EllipticCurvePublicKey
    code: str
    installation: int

    @property
    def digits(self) -> str:
        """The twenty digits that the paper form shows too."""
        return fingerprint_digits(self.public_key)


def make_request(key: ec.EllipticCurvePrivateKey, *, code: str, installation: int) -> bytes:
    """PKCS#10 DER (RFC 2986) for a village's or township's new key."""
    urn = f"urn:xzqh:{code}:request:{installation}"
    builder = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, code)]))
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(urn)]), critical=False)
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def read_request(der: bytes) -> SealRequest:
    """Read a request; ``Refused`` unless it is a P-256 request signed by its own key for a 9- or 12-digit code."""
    try:
        with quietly():
            return _read(der)
    except MALFORMED:
        raise Refused("T-REQUEST-BAD") from None


def self_signed(
    key: ec.EllipticCurvePrivateKey, *, code: str, name: str, installation: int, moment: datetime
) -> x509.Certificate:
    """Certificate with which an enrolment request is sealed: it proves possession of the key and nothing else."""
    subject = Subject(code, name, installation)
    builder = leaf_builder(subject, Profile.REQUEST, public_key=key.public_key(), moment=moment)
    issuer = name_of(subject, Profile.REQUEST, district="")
    builder = builder.not_valid_after(moment + REQUEST_LIFE).issuer_name(issuer)
    return builder.sign(key, hashes.SHA256())


def _read(der: bytes) -> SealRequest:
    if len(der) > LARGEST:
        raise ValueError
    request = x509.load_der_x509_csr(der)
    key = request.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not is_p256(key) or not request.is_signature_valid:
        raise ValueError
    if not is_written_strictly(request):
        raise ValueError
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    match = _URN.fullmatch(uris[0]) if len(uris) == 1 else None
    if match is None:
        raise ValueError
    return SealRequest(key, match[1], int(match[2]))
