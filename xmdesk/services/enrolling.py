"""Who may sign: the district's offline authority, enrolment of an office by request and grant, revocation.

Requests and grants are sealed documents; the digits that bind them to paper are typed by a person on each side.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key

from xmdesk import clock
from xmdesk.errors import Fault, Refused, WrongUse
from xmdesk.files import atomic_write
from xmdesk.ports import StepKind
from xmdesk.records.keeping import IssuedCertificate, RosterOffice
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.sealed.seal import Signer
from xmdesk.services.keyring import AUTHORITY, PRIVATE, RECEIPT, SEAL
from xmdesk.services.opening import open_document, read_document
from xmdesk.services.sealing import seal_document, write_document
from xmdesk.trust.anchors import TrustStore, trusted_moment
from xmdesk.trust.authority import Authority, check_granted, read_certificate, root_digits
from xmdesk.trust.keys import SHORT_DIGITS, digits_match, fingerprint_digits, is_p256, spki
from xmdesk.trust.profiles import DocumentKind
from xmdesk.trust.register import CertificateEntry, EntryStatus, by_fingerprint, register, revoke_office
from xmdesk.trust.requests import make_request, read_request, self_signed
from xmdesk.trust.revocation import RevocationList, read_list

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ROOT = "root"
RECEIPT_CERTIFICATE = "receipt_certificate"
SEAL_CERTIFICATE = "seal_certificate"
REVOCATIONS = "revocation_list"
DISTRICT = "district"
PRIVATE_PUBLIC = "district_private_key"


@dataclass(frozen=True)
class Enrolled:
    """What a step of enrolment tells: path of the file if one was written, digits to type, serial, last day."""

    path: str = ""
    fingerprint: str = ""
    serial: str = ""
    not_after: str = ""
    code: str = ""
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return dict(self.__dict__)


class Enrolling:
    """Keys and certificates of one book, clerk's or district's."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    # what is known here

    def root(self) -> x509.Certificate | None:
        """Return the district's root certificate as pinned in this book."""
        held = self._bytes(ROOT)
        return read_certificate(held) if held else None

    def root_digits(self) -> str:
        """Return the twenty digits of the root, or nothing."""
        root = self.root()
        return root_digits(root) if root else ""

    def signer(self) -> Signer:
        """Return the key and certificate with which this office seals its returns."""
        held = self._bytes(SEAL_CERTIFICATE)
        if not held:
            raise Fault("NOT-ENROLLED")
        certificate = read_certificate(held)
        if not certificate.not_valid_before_utc <= clock.now() <= certificate.not_valid_after_utc:
            raise Fault("CERTIFICATE-NOT-VALID", until=f"{certificate.not_valid_after_utc:%Y-%m-%d}")
        return Signer(self.desk.keyring.key(SEAL), certificate)

    def receipt_signer(self) -> Signer:
        """Return the key and certificate with which the district seals its letters."""
        held = self._bytes(RECEIPT_CERTIFICATE)
        if not held:
            raise Fault("NO-AUTHORITY")
        return Signer(self.desk.keyring.key(RECEIPT), read_certificate(held))

    def certificate_facts(self) -> dict[str, Any]:
        """Return what is shown of this office's certificate: serial, last day, root digits, list number."""
        held = self._bytes(SEAL_CERTIFICATE) or self._bytes(RECEIPT_CERTIFICATE)
        if not held:
            return {}
        certificate = read_certificate(held)
        crl = self.revocations()
        return {
            "serial": f"{certificate.serial_number:040x}",
            "not_after": clock.stamp(certificate.not_valid_after_utc),
            "root_digits": self.root_digits(),
            "crl_number": crl.number if crl else 0,
            "crl_issued_at": clock.stamp(crl.issued_at) if crl else "",
        }

    def revocations(self) -> RevocationList | None:
        """Return the newest revocation list held here."""
        root, held = self.root(), self._bytes(REVOCATIONS)
        return read_list(held, root) if root and held else None

    def entries(self) -> list[CertificateEntry]:
        """Return the district's register of certificates."""
        return [_entry(one) for one in self.store.all(IssuedCertificate)]

    def trust_store(self, *, expected_code: str | None = None) -> TrustStore:
        """Return trust as it stands in this book; the district's register decides there, chain and list elsewhere."""
        root = self.root()
        if root is None:
            raise Fault("NO-ROOT")
        moment = trusted_moment(clock.now(), floor=self._floor())
        has_register = self.desk.keyring.has(AUTHORITY)
        return TrustStore(
            root=root,
            trusted_now=moment.moment,
            crl=self.revocations(),
            register=by_fingerprint(self.entries()) if has_register else None,
            expected_code=expected_code,
        )

    def district_private_key(self) -> ec.EllipticCurvePublicKey | None:
        """Return the district's encryption key for identity numbers, as it came with the grant."""
        held = self._bytes(PRIVATE_PUBLIC)
        key = load_der_public_key(held) if held else None
        return key if isinstance(key, ec.EllipticCurvePublicKey) else None

    # the district

    def init(self) -> Enrolled:
        """Make the district's authority: root, receipt key, encryption key, first (empty) revocation list."""
        office = self.desk.office.office()
        if self.desk.keyring.has(AUTHORITY):
            raise WrongUse("AUTHORITY-EXISTS")
        district = office.code[:6]
        authority = Authority.create(
            self.desk.keyring.make(AUTHORITY), code=district, name=office.name, moment=clock.now()
        )
        receipt = authority.receipt_certificate(self.desk.keyring.make(RECEIPT).public_key(), moment=clock.now())
        private = spki(self.desk.keyring.make(PRIVATE).public_key())
        crl = authority.revocation_list([], number=1, moment=clock.now())
        self._keep(
            "建立区级签发机构",
            {
                ROOT: authority.root.public_bytes(Encoding.DER),
                RECEIPT_CERTIFICATE: receipt.public_bytes(Encoding.DER),
                REVOCATIONS: crl,
                PRIVATE_PUBLIC: private,
            },
        )
        return Enrolled(
            fingerprint=authority.digits,
            serial=f"{authority.root.serial_number:040x}",
            not_after=clock.stamp(authority.root.not_valid_after_utc),
            code=district,
            name=office.name,
        )

    def grant(self, request: Path, *, fingerprint: str, out: Path, force: bool = False) -> Enrolled:
        """Issue a certificate for a request whose twenty digits were typed from paper; writes the grant."""
        authority = self._authority()
        payload = open_document(request, DocumentKind.ENROLMENT_REQUEST, None).payload
        asked = read_request(_decoded(payload["csr"]))
        if payload["office"]["code"] != asked.code:
            raise Refused("T-REQUEST-MISMATCH")
        if not digits_match(fingerprint, asked.digits):
            raise Refused("T-DIGITS-WRONG")
        name = self._roster_name(asked.code) or payload["office"]["name"]
        moment = clock.now()
        entry = authority.seal_certificate(asked, name=name, moment=moment)
        register(self.entries(), entry, moment=moment)
        path = self._write_grant(authority, entry, out=out, force=force)
        with self.store.change(f"签发证书 {asked.code}", kind=StepKind.SYSTEM) as change:
            change.save(_issued(entry, uid=None))
        return Enrolled(
            path=str(path),
            fingerprint=asked.digits,
            serial=entry.serial,
            not_after=clock.stamp(entry.not_after),
            code=asked.code,
            name=name,
        )

    def revoke(self, code: str, *, reason: str) -> Enrolled:
        """Stop every certificate of an office at once; the new revocation list travels with the next letters."""
        authority = self._authority()
        moment = clock.now()
        known = {one.fingerprint: one for one in self.store.all(IssuedCertificate)}
        entries = revoke_office(self.entries(), code=code, reason=reason, moment=moment)
        current = self.revocations()
        number = (current.number if current else 0) + 1
        crl = authority.revocation_list(entries, number=number, moment=moment)
        with self.store.change(f"停用证书 {code}", kind=StepKind.SYSTEM) as change:
            for entry in entries:
                change.save(_issued(entry, uid=known[entry.fingerprint].uid))
            change.save(self.desk.office.setting_record(REVOCATIONS, _encoded(crl)))
        stopped = [one for one in entries if one.code == code]
        return Enrolled(serial=stopped[-1].serial, code=code, name=stopped[-1].name)

    def export(self, out: Path, *, force: bool = False) -> dict[str, str]:
        """Write root certificate (PEM .cer) and revocation list (.crl, DER) for use by other programs."""
        root, crl = self.root(), self._bytes(REVOCATIONS)
        if root is None:
            raise Fault("NO-ROOT")
        out.mkdir(parents=True, exist_ok=True)
        name = self.desk.office.office().code[:6]
        root_path = atomic_write(out / f"区根证书_{name}.cer", root.public_bytes(Encoding.PEM), force=force)
        crl_path = atomic_write(out / f"停用名单_{name}.crl", crl, force=force)
        return {"root": str(root_path), "crl": str(crl_path), "fingerprint": root_digits(root)}

    # the village or township

    def request(self, out: Path, *, force: bool = False) -> Enrolled:
        """Make this computer's key and write the request to be carried and printed."""
        office = self.desk.office.office()
        key = self.desk.keyring.make(SEAL)
        installation = int(self.desk.office.setting("installation_number", 1))
        digits = fingerprint_digits(key.public_key())
        moment = clock.now()
        certificate = self_signed(key, code=office.code, name=office.name, installation=installation, moment=moment)
        payload = document(
            DocumentKind.ENROLMENT_REQUEST,
            OfficeHead(office.code, office.name, str(office.kind or "")),
            as_of=clock.today().isoformat(),
            csr=_encoded(make_request(key, code=office.code, installation=installation)),
            fingerprint=digits,
            installation=installation,
        )
        path = write_document(seal_document(payload, Signer(key, certificate)), out, force=force)
        return Enrolled(path=str(path), fingerprint=digits, code=office.code, name=office.name)

    def accept(self, grant: Path, *, root_digits_typed: str) -> Enrolled:
        """Take a grant in: the root's digits were typed from the district's notice (last eight, or all twenty)."""
        payload = read_document(grant).claimed_payload
        trust = self._trust_inside(payload, root_digits_typed)
        payload = open_document(grant, DocumentKind.ENROLMENT_GRANT, trust).payload
        root = read_certificate(_decoded(payload["root"]))
        certificate = read_certificate(_decoded(payload["certificate"]))
        office = self.desk.office.office()
        key = self.desk.keyring.key(SEAL).public_key()
        check_granted(certificate, root=root, public_key=key, code=office.code)
        self._keep(
            "导入开通证书",
            {
                ROOT: _decoded(payload["root"]),
                SEAL_CERTIFICATE: _decoded(payload["certificate"]),
                PRIVATE_PUBLIC: _decoded(payload["private_key"]),
            },
        )
        self.take_revocations(_decoded(payload["crl"]))
        self.desk.office.set_setting(DISTRICT, payload["office"], label="记录所属区")
        return Enrolled(
            path=str(grant),
            fingerprint=root_digits(root),
            serial=f"{certificate.serial_number:040x}",
            not_after=clock.stamp(certificate.not_valid_after_utc),
            code=office.code,
            name=office.name,
        )

    def take_revocations(self, crl: bytes) -> None:
        """Keep a revocation list that came with a letter; an older one than ours is refused (rollback)."""
        root, current = self.root(), self.revocations()
        if root is None:
            raise Fault("NO-ROOT")
        fresh = read_list(crl, root, lowest_number=current.number if current else 0)
        if current is None or fresh.number > current.number:
            self._keep("更新停用名单", {REVOCATIONS: crl})

    def take_encoded_revocations(self, text: str) -> None:
        """Keep the list that travels in a letter; a letter that was written before our list is no reason to refuse it."""
        root, current = self.root(), self.revocations()
        if root is not None and text:
            fresh = read_list(_decoded(text), root)
            if current is None or fresh.number > current.number:
                self._keep("更新停用名单", {REVOCATIONS: _decoded(text)})

    # inside

    def _trust_inside(self, payload: dict[str, Any], typed: str) -> TrustStore:
        """Return the trust a grant brings along, believed only because its root's digits were typed from paper."""
        if payload.get("kind") != DocumentKind.ENROLMENT_GRANT:
            raise Refused("DOCUMENT-KIND", wanted="开通证书")
        root = read_certificate(_decoded(str(payload.get("root", ""))))
        if not digits_match(typed, root_digits(root), shortest=SHORT_DIGITS):
            raise Refused("T-DIGITS-WRONG")
        crl = read_list(_decoded(str(payload.get("crl", ""))), root)
        return TrustStore(root=root, trusted_now=clock.now(), crl=crl, expected_code=self.desk.office.office().code)

    def _write_grant(self, authority: Authority, entry: CertificateEntry, *, out: Path, force: bool) -> Path:
        crl = self.revocations()
        certificate = x509.load_pem_x509_certificate(entry.pem.encode())
        office = self.desk.office.office()
        payload = document(
            DocumentKind.ENROLMENT_GRANT,
            OfficeHead(office.code, office.name),
            as_of=clock.today().isoformat(),
            to={"code": entry.code, "name": entry.name},
            certificate=_encoded(certificate.public_bytes(Encoding.DER)),
            root=_encoded(authority.root.public_bytes(Encoding.DER)),
            root_digits=authority.digits,
            serial=entry.serial,
            not_after=clock.stamp(entry.not_after),
            crl=_encoded(self._bytes(REVOCATIONS)),
            crl_number=crl.number if crl else 0,
            private_key=_encoded(self._bytes(PRIVATE_PUBLIC)),
        )
        return write_document(seal_document(payload, self.receipt_signer()), out, force=force)

    def _authority(self) -> Authority:
        root = self._bytes(ROOT)
        if not root or not self.desk.keyring.has(AUTHORITY):
            raise Fault("NO-AUTHORITY")
        return Authority.open(root, self.desk.keyring.key(AUTHORITY))

    def _roster_name(self, code: str) -> str:
        found = self.store.find(RosterOffice, code=code)
        return found[0].name if found else ""

    def _floor(self) -> datetime:
        crl = self.revocations()
        return crl.issued_at if crl else clock.BUILT

    def _bytes(self, name: str) -> bytes:
        return _decoded(str(self.desk.office.setting(name, "")))

    def _keep(self, label: str, values: dict[str, bytes]) -> None:
        with self.store.change(label, kind=StepKind.SYSTEM) as change:
            for name, value in values.items():
                change.save(self.desk.office.setting_record(name, _encoded(value)))


def usable_public_key(der: bytes) -> ec.EllipticCurvePublicKey | None:
    """Return a P-256 public key from SubjectPublicKeyInfo bytes, or None."""
    key = load_der_public_key(der) if der else None
    return key if isinstance(key, ec.EllipticCurvePublicKey) and is_p256(key) else None


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("R-SCHEMA", part="base64") from None


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


def _issued(entry: CertificateEntry, *, uid: str | None) -> IssuedCertificate:
    values = {
        "serial": entry.serial,
        "code": entry.code,
        "name": entry.name,
        "purpose": "seal",
        "installation": entry.installation,
        "fingerprint": entry.fingerprint,
        "status": str(entry.status),
        "issued_at": clock.stamp(entry.issued_at),
        "not_after": clock.stamp(entry.not_after),
        "revoked_at": clock.stamp(entry.revoked_at) if entry.revoked_at else "",
        "reason": entry.reason,
        "pem": entry.pem,
    }
    return IssuedCertificate(uid=uid, **values) if uid else IssuedCertificate(**values)
