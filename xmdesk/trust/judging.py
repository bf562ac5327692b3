"""What a certificate that sealed a document is worth here and now.

Order and sentences follow the verification policy: profile, chain, division code, register, revocation, validity.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from xmdesk.clock import BEIJING
from xmdesk.problems import Problem, problem
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.profiles import (
    SIGNED_BY,
    DocumentKind,
    Profile,
    ProfileMismatch,
    Subject,
    is_issued_by,
    subject_of,
)
from xmdesk.trust.register import CertificateEntry, EntryStatus, fingerprint_of

TOWNSHIP_DIGITS = 9
GRACE_DAYS = 60
"""A registered certificate that ran out at most so long ago waits for a person: the stick came late."""


@dataclass(frozen=True)
class SignerFacts:
    """What was found out about the signer, separately, and the findings that follow."""

    subject: Subject | None
    """None if the certificate is not of the profile that may seal this kind of document."""
    known: bool
    """Issued by the district's root and, where there is a register, in use there."""
    revoked: bool
    expired: bool
    findings: tuple[Problem, ...]


def judge(certificate: x509.Certificate, kind: DocumentKind, store: TrustStore | None) -> SignerFacts:
    """Judge the signer of a document; ``store`` None means that this computer has no district root yet."""
    profile = SIGNED_BY[kind]
    try:
        subject = _subject_for(certificate, kind)
    except ProfileMismatch:
        return SignerFacts(None, known=False, revoked=False, expired=False, findings=(problem("R-PROFILE"),))
    if profile is Profile.REQUEST:
        findings = tuple(_judge_request(certificate, subject, store))
        return SignerFacts(subject, known=False, revoked=False, expired=False, findings=findings)
    if store is None:
        return SignerFacts(subject, known=False, revoked=False, expired=False, findings=(problem("H-ROOT"),))
    return _judge_issued(certificate, subject, profile, store=store)


def _subject_for(certificate: x509.Certificate, kind: DocumentKind) -> Subject:
    subject = subject_of(certificate, SIGNED_BY[kind])
    if kind is DocumentKind.FORWARDING_SLIP and len(subject.code) != TOWNSHIP_DIGITS:
        raise ProfileMismatch
    return subject


def _judge_request(certificate: x509.Certificate, subject: Subject, store: TrustStore | None) -> Iterator[Problem]:
    if not is_issued_by(certificate, certificate):
        yield problem("R-CHAIN")
    elif store is not None and not subject.code.startswith(store.allowed_prefix):
        yield problem("R-CODE", office=subject.code, district=store.allowed_prefix)
    else:
        yield problem("N-REQUEST", office=subject.code)


def _judge_issued(
    certificate: x509.Certificate, subject: Subject, profile: Profile, *, store: TrustStore
) -> SignerFacts:
    findings = list(_judge_chain(certificate, subject, profile, store=store))
    is_ours = not findings
    entry = _entry(certificate, subject, profile, store=store)
    known = is_ours and (entry is not None or store.register is None or profile is not Profile.SEAL)
    if is_ours and not known:
        findings.append(problem("R-UNKNOWN", office=subject.code))
    stopped = _stopped(certificate, entry, store)
    if stopped is not None:
        findings.append(stopped)
    findings += _judge_list(store) if is_ours else []
    moment = store.trusted_now
    findings += _judge_validity(certificate, moment, is_known=known)
    return SignerFacts(
        subject,
        known=known,
        revoked=stopped is not None,
        expired=moment > certificate.not_valid_after_utc,
        findings=tuple(findings),
    )


def _judge_chain(
    certificate: x509.Certificate, subject: Subject, profile: Profile, *, store: TrustStore
) -> Iterator[Problem]:
    prefix = store.allowed_prefix
    if not is_issued_by(certificate, store.root):
        yield problem("R-CHAIN")
    elif not subject.code.startswith(prefix) or (profile is Profile.RECEIPT) != (subject.code == prefix):
        yield problem("R-CODE", office=subject.code, district=prefix)


def _entry(
    certificate: x509.Certificate, subject: Subject, profile: Profile, *, store: TrustStore
) -> CertificateEntry | None:
    if store.register is None or profile is not Profile.SEAL:
        return None
    entry = store.register.get(fingerprint_of(certificate))
    return entry if entry is not None and entry.code == subject.code else None


def _stopped(certificate: x509.Certificate, entry: CertificateEntry | None, store: TrustStore) -> Problem | None:
    if entry is not None and entry.status is EntryStatus.STOPPED:
        return problem("R-REVOKED", day=_day(entry.revoked_at), reason=entry.reason or "未注明原因")
    if store.crl is not None and certificate.serial_number in store.crl.stopped:
        return problem("R-REVOKED", day=_day(store.crl.stopped[certificate.serial_number]), reason="见停用名单")
    return None


def _judge_list(store: TrustStore) -> list[Problem]:
    if store.crl is None:
        return [problem("H-LIST-MISSING")] if store.register is None else []
    if store.crl.is_stale(store.trusted_now):
        return [problem("H-LIST-STALE", day=_day(store.crl.next_update))]
    return []


def _judge_validity(certificate: x509.Certificate, moment: datetime, *, is_known: bool) -> list[Problem]:
    if moment < certificate.not_valid_before_utc:
        return [problem("H-CLOCK", day=_day(moment), start=_day(certificate.not_valid_before_utc))]
    late = (moment - certificate.not_valid_after_utc).days
    if moment <= certificate.not_valid_after_utc:
        return []
    return [problem("H-EXPIRED" if is_known and late < GRACE_DAYS else "R-EXPIRED", days=late + 1)]


def _day(moment: datetime | None) -> str:
    return moment.astimezone(BEIJING).date().isoformat() if moment else "日期不明"
