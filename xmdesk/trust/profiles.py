"""Certificate profiles: what each kind of certificate must look like, and which may seal which kind of document.

Own object identifiers stand under ``2.25.<UUID>`` (X.667), which needs no registration.
"""

import re
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID, SignatureAlgorithmOID

from xmdesk.trust.keys import is_p256

Signed = x509.Certificate | x509.CertificateRevocationList | x509.CertificateSigningRequest

_OWN_ARC = f"2.25.{UUID('5d0c1f6e-7b1b-4f0e-9a53-6f2f6a7f3c11').int}"
RECEIPT_USE = x509.ObjectIdentifier(f"{_OWN_ARC}.1")
REQUEST_USE = x509.ObjectIdentifier(f"{_OWN_ARC}.2")
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
_URN = re.compile(r"urn:xzqh:(\d{6,12}):(receipt|seal|request)(?::(\d{1,3}))?")


class Profile(StrEnum):
    """What a certificate is for."""

    ROOT = "root"
    RECEIPT = "receipt"
    SEAL = "seal"
    REQUEST = "request"


class DocumentKind(StrEnum):
    """Kinds of sealed document; the value stands in the payload as ``kind``."""

    ENROLMENT_REQUEST = "enrolment_request"
    ENROLMENT_GRANT = "enrolment_grant"
    COLLECTION_TASK = "collection_task"
    SUBMISSION = "submission"
    FORWARDING_SLIP = "forwarding_slip"
    RECEIPT = "receipt"
    CORRECTION_SLIP = "correction_slip"


SIGNED_BY: dict[DocumentKind, Profile] = {
    DocumentKind.ENROLMENT_REQUEST: Profile.REQUEST,
    DocumentKind.ENROLMENT_GRANT: Profile.RECEIPT,
    DocumentKind.COLLECTION_TASK: Profile.RECEIPT,
    DocumentKind.SUBMISSION: Profile.SEAL,
    DocumentKind.FORWARDING_SLIP: Profile.SEAL,
    DocumentKind.RECEIPT: Profile.RECEIPT,
    DocumentKind.CORRECTION_SLIP: Profile.RECEIPT,
}
_USE = {Profile.RECEIPT: RECEIPT_USE, Profile.SEAL: DOCUMENT_SIGNING, Profile.REQUEST: REQUEST_USE}


@dataclass(frozen=True)
class Subject:
    """Who a certificate speaks for; the authority wrote it, the request never decides it."""

    code: str
    """Division code: 6 digits district, 9 township, 12 village."""
    name: str
    """Common name, Chinese."""
    installation: int
    """Number of the computer within the office, 0 where it does not apply."""


MALFORMED = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What cryptography raises, often lazily, about malformed or unknown parts of foreign certificates, requests and lists."""


@contextmanager
def quietly() -> Generator[None]:
    """Keep cryptography's warnings about odd foreign names and numbers off the terminal: the profile decides."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class ProfileMismatch(Exception):
    """A certificate is not exactly as its profile demands."""


def subject_of(certificate: x509.Certificate, profile: Profile) -> Subject:
    """Return the subject after comparing the whole certificate with its profile; raises :class:`ProfileMismatch`."""
    try:
        with quietly():
            _check_common(certificate)
            _check_extensions(certificate.extensions, profile)
            return _subject(certificate, profile)
    except MALFORMED as bad:
        raise ProfileMismatch from bad


def is_sound_root(certificate: x509.Certificate) -> bool:
    """Whether this is a district root as :mod:`~xmdesk.trust.authority` makes them, signed by itself."""
    try:
        subject_of(certificate, Profile.ROOT)
    except ProfileMismatch:
        return False
    return is_issued_by(certificate, certificate)


def is_issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Whether the root's name and key stand behind the certificate's signature."""
    try:
        certificate.verify_directly_issued_by(root)
    except (InvalidSignature, *MALFORMED):
        return False
    return True


def is_written_strictly(signed: Signed) -> bool:
    """Whether the signature is whole octets (X.690, 11.2.1): with bits left over, one thing could be written in several ways."""
    return signed.public_bytes(Encoding.DER).endswith(b"\0" + signed.signature)


def usage_of(profile: Profile) -> x509.KeyUsage:
    """Key usage (critical): the root signs certificates and lists, everybody else seals documents."""
    is_root = profile is Profile.ROOT
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )


def extended_usage_of(profile: Profile) -> x509.ExtendedKeyUsage:
    """Extended key usage; only for certificates that seal documents.

    Viewers built on NSS ask for emailProtection and older Acrobat does not know RFC 9336, so issued ones carry both.
    """
    uses = [_USE[profile]] if profile is Profile.REQUEST else [_USE[profile], ExtendedKeyUsageOID.EMAIL_PROTECTION]
    return x509.ExtendedKeyUsage(uses)


def urn_of(subject: Subject, profile: Profile) -> str:
    """Alternative name, for example ``urn:xzqh:350212105201:seal:1``."""
    tail = "" if profile is Profile.RECEIPT else f":{subject.installation}"
    return f"urn:xzqh:{subject.code}:{profile}{tail}"


def _check_common(certificate: x509.Certificate) -> None:
    algorithm = certificate.signature_hash_algorithm
    _need(certificate.version is x509.Version.v3)
    _need(is_written_strictly(certificate))
    _need(algorithm is not None and algorithm.name == "sha256")
    _need(certificate.signature_algorithm_oid == SignatureAlgorithmOID.ECDSA_WITH_SHA256)
    _need(is_p256(certificate.public_key()))
    _need(0 < certificate.serial_number < 2**159)


def _check_extensions(extensions: x509.Extensions, profile: Profile) -> None:
    is_root = profile is Profile.ROOT
    constraints = extensions.get_extension_for_class(x509.BasicConstraints)
    usage = extensions.get_extension_for_class(x509.KeyUsage)
    _need(
        constraints.critical
        and constraints.value == x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None)
    )
    _need(usage.critical and usage.value == usage_of(profile))
    allowed = _ALLOWED[profile]
    _need({one.oid for one in extensions} == allowed)
    _need(all(one.critical == (one.oid in _CRITICAL) for one in extensions))
    if not is_root:
        _need(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value == extended_usage_of(profile))


def _subject(certificate: x509.Certificate, profile: Profile) -> Subject:
    code = _only(certificate, NameOID.SERIAL_NUMBER)
    _need(_CODE.fullmatch(code))
    if profile is Profile.ROOT:
        _need(len(code) == 6)
        return Subject(code, _name(certificate), 0)
    if profile is Profile.SEAL:
        _need(_only(certificate, NameOID.ORGANIZATION_IDENTIFIER) == code)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    _need(len(names) == 1 and len(uris) == 1)
    match = _URN.fullmatch(uris[0])
    _need(match is not None and match[1] == code and match[2] == profile)
    subject = Subject(code, _name(certificate), int(match[3] or 0) if match else 0)
    _need(uris[0] == urn_of(subject, profile))
    return subject


def _name(certificate: x509.Certificate) -> str:
    """The whole name: in organizationalUnitName if the common name was too small for it."""
    short = _only(certificate, NameOID.COMMON_NAME)
    if not certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME):
        return short
    full = _only(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME)
    _need(full.startswith(short))
    return full


def _only(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    _need(len(found) == 1 and isinstance(found[0].value, str))
    return str(found[0].value)


def _need(holds: object) -> None:
    if not holds:
        raise ProfileMismatch


_CRITICAL = {ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE}
_BASE = _CRITICAL | {ExtensionOID.SUBJECT_KEY_IDENTIFIER}
_LEAF = _BASE | {ExtensionOID.EXTENDED_KEY_USAGE, ExtensionOID.SUBJECT_ALTERNATIVE_NAME}
_ISSUED = _LEAF | {ExtensionOID.AUTHORITY_KEY_IDENTIFIER, ExtensionOID.CRL_DISTRIBUTION_POINTS}
_ALLOWED: dict[Profile, set[x509.ObjectIdentifier]] = {
    Profile.ROOT: _BASE,
    Profile.RECEIPT: _ISSUED,
    Profile.SEAL: _ISSUED,
    Profile.REQUEST: _LEAF,
}
