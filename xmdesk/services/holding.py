"""Trust as one book holds it: pinned root, own certificates, revocation list, the district's register and keys."""

import base64
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from xmdesk import clock
from xmdesk.errors import Fault, Refused
from xmdesk.ports import StepKind
from xmdesk.records.keeping import IssuedCertificate
from xmdesk.records.values.dates import show_day
from xmdesk.sealed.seal import Signer
from xmdesk.services.keyring import AUTHORITY, RECEIPT, SEAL
from xmdesk.services.sealing import SealedDocument, seal_document
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.authority import Authority, read_certificate, root_digits
from xmdesk.trust.profiles import Profile, ProfileMismatch, subject_of
from xmdesk.trust.register import CertificateEntry, EntryStatus, by_fingerprint
from xmdesk.trust.revocation import RevocationList, read_list

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ROOT = "root"
RECEIPT_CERTIFICATE = "receipt_certificate"
SEAL_CERTIFICATE = "seal_certificate"
REVOCATIONS = "revocation_list"
DISTRICT = "district"
PRIVATE_PUBLIC = "district_private_key"


class Holding:
    """What this book trusts and with what it signs."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def root(self) -> x509.Certificate | None:
        """Return the district's root certificate as pinned in this book."""
        held = self.kept(ROOT)
        return read_certificate(held) if held else None

    def root_digits(self) -> str:
        """Return the twenty digits of the root, or nothing."""
        root = self.root()
        return root_digits(root) if root else ""

    def signer(self) -> Signer:
        """Return the key and certificate with which this office seals its returns."""
        held = self.kept(SEAL_CERTIFICATE)
        if not held:
            raise Fault("NOT-ENROLLED")
        certificate = read_certificate(held)
        if not certificate.not_valid_before_utc <= self.desk.time.signing_moment() <= certificate.not_valid_after_utc:
            raise Fault(
                "CERTIFICATE-NOT-VALID",
                until=show_day(certificate.not_valid_after_utc.astimezone(clock.BEIJING).date()),
            )
        if certified := self._other_code():
            own = self.desk.office.office().code
            raise Fault("CERTIFICATE-OTHER-CODE", own=own or "空的", certified=certified)
        stopped = self.stopped_on()
        if stopped:
            raise Refused("CERTIFICATE-STOPPED", day=stopped)
        return Signer(self.desk.keyring.key(SEAL), certificate)

    def stopped_on(self) -> str:
        """Return the day on which the district stopped this office's certificate, as the list held here says; or nothing.

        What was stopped seals nothing more from the moment the list is here (trust.md 7, G14).
        """
        crl, held = self.revocations(), self.kept(SEAL_CERTIFICATE)
        stopped = crl.stopped.get(read_certificate(held).serial_number) if crl and held else None
        return clock.day_of(clock.stamp(stopped)) if stopped else ""

    @property
    def gives_letters(self) -> bool:
        """Whether this book seals letters of the district: tasks, receipts, slips."""
        return bool(self.kept(RECEIPT_CERTIFICATE))

    def certified_code(self) -> str:
        """Return the code for which this office's certificate speaks, or nothing without one."""
        held = self.kept(SEAL_CERTIFICATE)
        return _code_of(read_certificate(held)) if held else ""

    def _other_code(self) -> str:
        """Return the certificate's code where it is not the one the office has now, or nothing."""
        certified = self.certified_code()
        return certified if certified != self.desk.office.office().code else ""

    def receipt_signer(self) -> Signer:
        """Return the key and certificate with which the district seals its letters; no office takes one under a certificate
        that is over.
        """
        held = self.kept(RECEIPT_CERTIFICATE)
        if not held:
            raise Fault("NO-AUTHORITY")
        certificate = read_certificate(held)
        if over := self._expired_on(certificate):
            raise Fault("DISTRICT-CERTIFICATE-OVER", day=show_day(date.fromisoformat(over)))
        return Signer(self.desk.keyring.key(RECEIPT), certificate)

    def letter(self, payload: dict[str, Any]) -> SealedDocument:
        """Seal a letter of the district; ``Fault`` while the clock is in doubt, for its time is the one that counts."""
        return seal_document(payload, self.receipt_signer(), signed_at=self.desk.time.signing_moment())

    def certificate_facts(self) -> dict[str, Any]:
        """Return what is shown of this office's certificate: serial, last day, whether it is over or another code's, root digits, list number."""
        held = self.kept(SEAL_CERTIFICATE) or self.kept(RECEIPT_CERTIFICATE)
        if not held:
            return {}
        certificate = read_certificate(held)
        crl = self.revocations()
        return {
            "serial": f"{certificate.serial_number:040x}",
            "not_after": clock.stamp(certificate.not_valid_after_utc),
            "stopped_on": self.stopped_on(),
            "expired_on": self._expired_on(certificate),
            "other_code": self._other_code(),
            "root_digits": self.root_digits(),
            "crl_number": crl.number if crl else 0,
            "crl_issued_at": clock.stamp(crl.issued_at) if crl else "",
        }

    def _expired_on(self, certificate: x509.Certificate) -> str:
        """Return the last day of a certificate that is over, as the trusted time says; or nothing."""
        ended = certificate.not_valid_after_utc
        return clock.day_of(clock.stamp(ended)) if ended < self.desk.time.trusted().moment else ""

    def revocations(self) -> RevocationList | None:
        """Return the newest revocation list held here."""
        root, held = self.root(), self.kept(REVOCATIONS)
        return read_list(held, root) if root and held else None

    def freshen_list(self) -> None:
        """Sign the district's list anew when it is old, though nothing was added: offices take no letter by one that is over.

        A step of its own, so before any change that a letter is written in.
        """
        current = self.revocations()
        if current is not None and self.desk.keyring.has(AUTHORITY) and current.is_worn(clock.now()):
            moment = self.desk.time.signing_moment()
            fresh = self.authority().revocation_list(self.entries(), number=current.number + 1, moment=moment)
            self.keep("停用名单重新签名", {REVOCATIONS: fresh})

    def list_for_letters(self) -> dict[str, Any]:
        """Return the list of stopped certificates as every letter carries it: base64 and number, members of a payload."""
        current = self.revocations()
        return {"crl": encoded(self.kept(REVOCATIONS)), "crl_number": current.number if current else 0}

    def entries(self) -> list[CertificateEntry]:
        """Return the district's register of certificates."""
        return [_entry(one) for one in self.store.all(IssuedCertificate)]

    def trust_store(self, *, expected_code: str | None = None) -> TrustStore:
        """Return trust as it stands in this book; the district's register decides there, chain and list elsewhere."""
        root = self.root()
        if root is None:
            raise Fault("NO-ROOT")
        has_register, trusted = self.desk.keyring.has(AUTHORITY), self.desk.time.trusted()
        return TrustStore(
            root=root,
            trusted_now=trusted.moment,
            odd_clock=f"{clock.now().astimezone(clock.BEIJING):%Y-%m-%d %H:%M}" if trusted.oddity else "",
            clock_is_slow=trusted.oddity == "T-CLOCK-SLOW",
            crl=self.revocations(),
            register=by_fingerprint(self.entries()) if has_register else None,
            expected_code=expected_code,
        )

    def district_private_key(self) -> ec.EllipticCurvePublicKey | None:
        """Return the district's encryption key for identity numbers, as it came with the grant."""
        held = self.kept(PRIVATE_PUBLIC)
        key = load_der_public_key(held) if held else None
        return key if isinstance(key, ec.EllipticCurvePublicKey) else None

    def authority(self) -> Authority:
        """Return the district's authority; a village's book has none."""
        root = self.kept(ROOT)
        if not root or not self.desk.keyring.has(AUTHORITY):
            raise Fault("NO-AUTHORITY")
        return Authority.open(root, self.desk.keyring.key(AUTHORITY))

    def take_revocations(self, text: str) -> bool:
        """Keep the list that travels in a letter, base64; tells whether it is older than ours, which then stays.

        Sticks come in any order: a letter written before our list is no reason to refuse what else it says.
        """
        root, current = self.root(), self.revocations()
        if root is not None and text:
            fresh = read_list(decoded(text), root)
            if current is None or fresh.number > current.number:
                self.keep("更新停用名单", {REVOCATIONS: decoded(text)})
            return current is not None and fresh.number < current.number
        return False

    def kept(self, name: str) -> bytes:
        """Return a certificate or list kept under a name, DER; empty when there is none."""
        return decoded(str(self.desk.office.setting(name, "")))

    def keep(self, label: str, values: dict[str, bytes]) -> None:
        """Keep certificates or lists under their names, in one step of history."""
        with self.store.change(label, kind=StepKind.SYSTEM) as change:
            for name, value in values.items():
                change.save(self.desk.office.setting_record(name, encoded(value)))


def encoded(content: bytes) -> str:
    """Return base64, as bytes travel inside a payload."""
    return base64.b64encode(content).decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64 text; anything else is refused (``R-SCHEMA``)."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("R-SCHEMA", part="base64") from None


def _code_of(certificate: x509.Certificate) -> str:
    """The code for which a certificate speaks; one that no district of ours issued speaks for none."""
    try:
        return subject_of(certificate, Profile.SEAL).code
    except ProfileMismatch:
        return ""


def _entry(one: IssuedCertificate) -> CertificateEntry:
    return CertificateEntry(
        serial=one.serial,
        code=one.code,
        name=one.name,
        installation=one.installation,
        fingerprint=one.fingerprint,
        status=EntryStatus(one.status),
        issued_at=datetime.fromisoformat(one.issued_at),
        not_after=datetime.fromisoformat(one.not_after),
        revoked_at=datetime.fromisoformat(one.revoked_at) if one.revoked_at else None,
        reason=one.reason,
        pem=one.pem,
    )
