"""Parts of certificates shared by the authority and by requests."""

import secrets
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from xmdesk.trust.profiles import Profile, Subject, extended_usage_of, urn_of, usage_of

LONGEST_NAME = 64
"""RFC 5280 appendix A: 64 characters; cryptography counts bytes of the common name."""
BACKDATED = timedelta(days=7)
"""Certificates begin a week early: office clocks drift, a day was not enough."""


def name_of(subject: Subject, profile: Profile, *, district: str) -> x509.Name:
    """Distinguished name: country, district, code, name; seals repeat the code as organizationIdentifier.

    The common name holds 64 bytes, some twenty Chinese characters; a longer name stands whole in organizationalUnitName.
    """
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")]
    if district:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, district[:LONGEST_NAME]))
    parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, subject.code))
    if profile is Profile.SEAL:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, subject.code))
    full = (subject.name or subject.code)[:LONGEST_NAME]
    short = full.encode("utf-8")[:LONGEST_NAME].decode("utf-8", "ignore")
    if short != full:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, full))
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, short))
    return x509.Name(parts)


def base_builder(
    profile: Profile, *, public_key: ec.EllipticCurvePublicKey, moment: datetime
) -> x509.CertificateBuilder:
    """Serial of 159 random bits, back-dated start, critical constraints and usage."""
    is_root = profile is Profile.ROOT
    return (
        x509.CertificateBuilder()
        .serial_number(secrets.randbits(158) + 1)
        .public_key(public_key)
        .not_valid_before(moment - BACKDATED)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage_of(profile), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def leaf_builder(
    subject: Subject,
    profile: Profile,
    *,
    public_key: ec.EllipticCurvePublicKey,
    moment: datetime,
    district: str = "",
) -> x509.CertificateBuilder:
    """A certificate that seals documents, still without issuer and end of validity."""
    urn = x509.UniformResourceIdentifier(urn_of(subject, profile))
    return (
        base_builder(profile, public_key=public_key, moment=moment)
        .subject_name(name_of(subject, profile, district=district))
        .add_extension(extended_usage_of(profile), critical=False)
        .add_extension(x509.SubjectAlternativeName([urn]), critical=False)
    )
