"""The district's register of issued certificates: the allow-list that decides acceptance.

Pure functions over frozen entries; whoever calls stores them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from xmdesk.clock import BEIJING
from xmdesk.errors import Refused, WrongUse
from xmdesk.records.values.dates import show_day
from xmdesk.trust.profiles import Profile, subject_of

RENEWED_FROM = timedelta(days=90)
"""So long before its end a seal is renewed (trust.md 3.2)."""

MOST_ACTIVE = 2
"""Seals in use at the same time per office: two computers."""


class EntryStatus(StrEnum):
    """Whether a certificate counts."""

    ACTIVE = "在用"
    STOPPED = "停用"


@dataclass(frozen=True)
class CertificateEntry:
    """One issued certificate."""

    serial: str
    """Serial number, lower-case hexadecimal."""
    code: str
    name: str
    installation: int
    fingerprint: str
    """SHA-256 of the certificate, lower-case hexadecimal."""
    status: EntryStatus
    issued_at: datetime
    not_after: datetime
    revoked_at: datetime | None
    reason: str
    pem: str


def entry_of(certificate: x509.Certificate, moment: datetime, *, profile: Profile = Profile.SEAL) -> CertificateEntry:
    """Entry of a certificate issued at a moment; the receipt certificate has one too, so that it can be stopped."""
    subject = subject_of(certificate, profile)
    return CertificateEntry(
        serial=f"{certificate.serial_number:x}",
        code=subject.code,
        name=subject.name,
        installation=subject.installation,
        fingerprint=fingerprint_of(certificate),
        status=EntryStatus.ACTIVE,
        issued_at=moment,
        not_after=certificate.not_valid_after_utc,
        revoked_at=None,
        reason="",
        pem=certificate.public_bytes(Encoding.PEM).decode("ascii"),
    )


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the whole certificate, lower-case hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def by_fingerprint(entries: Iterable[CertificateEntry]) -> Mapping[str, CertificateEntry]:
    """Register as verification looks it up."""
    return {entry.fingerprint: entry for entry in entries}


def active(entries: Iterable[CertificateEntry], *, code: str, moment: datetime) -> list[CertificateEntry]:
    """Seals of an office that count now, newest first."""
    found = [
        entry
        for entry in entries
        if entry.code == code and entry.status is EntryStatus.ACTIVE and moment <= entry.not_after
    ]
    return sorted(found, key=lambda entry: (entry.issued_at, entry.serial), reverse=True)


def register(
    entries: Sequence[CertificateEntry], new: CertificateEntry, *, moment: datetime
) -> tuple[CertificateEntry, ...]:
    """Add an entry; ``Refused`` if the office already has two seals in use, or serial or fingerprint stand there."""
    if any(entry.serial == new.serial or entry.fingerprint == new.fingerprint for entry in entries):
        raise Refused("T-REGISTER-TWICE")
    if len(active(entries, code=new.code, moment=moment)) >= MOST_ACTIVE:
        raise Refused("T-REGISTER-FULL", office=new.code, most=MOST_ACTIVE)
    return (*entries, new)


def granted_before(
    entries: Iterable[CertificateEntry], *, code: str, key: bytes, moment: datetime
) -> CertificateEntry | None:
    """Return the seal in use that an office has for this very key, unless it is so near its end that it is renewed.

    ``key`` is SubjectPublicKeyInfo DER. A request that comes again (the grant was lost) is answered with the same seal.
    """
    found = [one for one in active(entries, code=code, moment=moment) if key_of(one) == key]
    return found[0] if found and found[0].not_after - moment > RENEWED_FROM else None


def weigh_key(
    entries: Iterable[CertificateEntry], *, code: str, key: bytes, moment: datetime, has_second: bool
) -> None:
    """``Refused`` for a key that was stopped (``T-KEY-STOPPED``), whoever asks; and for a second seal of an office to
    which only one person agrees (``T-SECOND-SEAL``; trust.md TM12, TM18).
    """
    held = list(entries)
    stopped = next((one for one in held if one.status is EntryStatus.STOPPED and key_of(one) == key), None)
    if stopped is not None:
        raise Refused("T-KEY-STOPPED", reason=stopped.reason or "未注明原因")
    others = [one for one in active(held, code=code, moment=moment) if key_of(one) != key]
    if others and not has_second:
        raise Refused("T-SECOND-SEAL", office=code, day=show_day(others[0].issued_at.astimezone(BEIJING).date()))


def key_of(entry: CertificateEntry) -> bytes:
    """Return the public key that an entry certifies, SubjectPublicKeyInfo DER."""
    key = x509.load_pem_x509_certificate(entry.pem.encode("ascii")).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def revoke(
    entries: Sequence[CertificateEntry], *, fingerprint: str, reason: str, moment: datetime
) -> tuple[CertificateEntry, ...]:
    """Stop one certificate, at once and for good; the reason is shown wherever it turns up again."""
    if not reason.strip():
        raise WrongUse("T-REVOKE-REASON")
    if not any(entry.fingerprint == fingerprint for entry in entries):
        raise WrongUse("T-REVOKE-UNKNOWN")
    return tuple(
        replace(entry, status=EntryStatus.STOPPED, revoked_at=moment, reason=reason)
        if entry.fingerprint == fingerprint and entry.revoked_at is None
        else entry
        for entry in entries
    )


def revoke_office(
    entries: Sequence[CertificateEntry], *, code: str, reason: str, moment: datetime
) -> tuple[CertificateEntry, ...]:
    """Stop every seal of an office that is in use."""
    found = [entry.fingerprint for entry in active(entries, code=code, moment=moment)]
    if not found:
        raise WrongUse("T-REVOKE-UNKNOWN")
    stopped = tuple(entries)
    for fingerprint in found:
        stopped = revoke(stopped, fingerprint=fingerprint, reason=reason, moment=moment)
    return stopped
