"""The district's side of trust: its offline authority, grants for offices, revocation, and what others may have."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from xmdesk import clock
from xmdesk.divisions import Divisions
from xmdesk.errors import Fault, Refused, WrongUse
from xmdesk.files import atomic_write, check_free, make_folder, shown_path
from xmdesk.ports import StepKind
from xmdesk.records.keeping import IssuedCertificate, RosterOffice
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.services.holding import PRIVATE_PUBLIC, RECEIPT_CERTIFICATE, REVOCATIONS, ROOT, Holding, decoded, encoded
from xmdesk.services.keyring import AUTHORITY, PRIVATE, RECEIPT
from xmdesk.services.opening import open_document
from xmdesk.services.sealing import write_document
from xmdesk.trust.authority import Authority, read_certificate, renewal_is_due, root_digits
from xmdesk.trust.keys import digits_match, spki
from xmdesk.trust.profiles import DocumentKind
from xmdesk.trust.register import CertificateEntry, granted_before, register, revoke_office, weigh_key
from xmdesk.trust.requests import read_request

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

SERIAL_DIGITS = 40
"""Serial numbers have 160 bits at most (RFC 5280 4.1.2.2) and are shown whole, so that two of them can be compared."""


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
        return {**self.__dict__, "path": shown_path(self.path)}


class Issuing:
    """Makes the authority and decides which office may sign."""

    def __init__(self, desk: "Desk", held: Holding) -> None:
        self.desk = desk
        self.store = desk.store
        self.held = held

    def init(self) -> Enrolled:
        """Make the district's authority: root, receipt key, encryption key, first (empty) revocation list."""
        self.desk.office.need_reviewer()
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
        self.held.keep(
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

    def grant(self, request: Path, *, fingerprint: str, out: Path, second: str = "", force: bool = False) -> Enrolled:
        """Issue a certificate for a request whose twenty digits were typed from paper; writes the grant.

        ``second`` names the person who agrees to a second seal of the same office; without one it is ``Refused``.
        """
        authority = self.held.authority()
        payload = open_document(request, DocumentKind.ENROLMENT_REQUEST, None).payload
        asked = read_request(decoded(payload["csr"]))
        if payload["office"]["code"] != asked.code:
            raise Refused("T-REQUEST-MISMATCH")
        if not digits_match(fingerprint, asked.digits):
            raise Refused("T-DIGITS-WRONG")
        name = self.own_name_for(asked.code)
        moment = clock.now()
        entries, key = self.held.entries(), spki(asked.public_key)
        weigh_key(entries, code=asked.code, key=key, moment=moment, has_second=bool(second.strip()))
        before = granted_before(entries, code=asked.code, key=key, moment=moment)
        entry = before or authority.seal_certificate(asked, name=name, moment=moment)
        if before is None:
            register(entries, entry, moment=moment)
        path = self._write_grant(authority, entry, out=out, force=force)
        agreed = f"（{second.strip()[:20]} 同意发第二枚）" if second.strip() else ""
        with self.store.change(f"签发证书 {asked.code}{agreed}", kind=StepKind.SYSTEM) as change:
            if before is None:
                change.save(_issued(entry, uid=None))
        return Enrolled(
            path=str(path),
            fingerprint=asked.digits,
            serial=entry.serial.zfill(SERIAL_DIGITS),
            not_after=clock.stamp(entry.not_after),
            code=asked.code,
            name=name,
        )

    def revoke(self, code: str, *, reason: str) -> Enrolled:
        """Stop every certificate of an office at once; the new revocation list travels with the next letters."""
        authority = self.held.authority()
        moment = clock.now()
        known = {one.fingerprint: one for one in self.store.all(IssuedCertificate)}
        entries = revoke_office(self.held.entries(), code=code, reason=reason, moment=moment)
        current = self.held.revocations()
        number = (current.number if current else 0) + 1
        crl = authority.revocation_list(entries, number=number, moment=moment)
        with self.store.change(f"停用证书 {code}", kind=StepKind.SYSTEM) as change:
            for entry in entries:
                change.save(_issued(entry, uid=known[entry.fingerprint].uid))
            change.save(self.desk.office.setting_record(REVOCATIONS, encoded(crl)))
        stopped = [one for one in entries if one.code == code]
        return Enrolled(serial=stopped[-1].serial.zfill(SERIAL_DIGITS), code=code, name=stopped[-1].name)

    @property
    def is_renewal_due(self) -> bool:
        """Whether the district's own certificate is in its last 90 days (or over) and its root outlasts it, or its list of
        stopped certificates is over.
        """
        if not self.desk.keyring.has(AUTHORITY):  # a village's book: asked at every opening, so before anything is read
            return False
        held, root, moment = self.held.kept(RECEIPT_CERTIFICATE), self.held.root(), self.desk.time.trusted().moment
        if not held or root is None:
            return False
        certificate, current = read_certificate(held), self.held.revocations()
        if current is not None and current.is_stale(moment):
            return True
        lasts = root.not_valid_after_utc > max(certificate.not_valid_after_utc, moment)
        return lasts and renewal_is_due(certificate, moment)

    def renew(self) -> Enrolled:
        """Certify the district's own key for two more years (trust.md 3.2), and sign a list that is old anew.

        The key stays, so that no moment is left in which key and certificate do not belong together. Letters sealed from now
        on carry the new certificate; no office has to do anything.
        """
        authority, moment = self.held.authority(), self.desk.time.signing_moment()
        receipt = authority.receipt_certificate(self.desk.keyring.key(RECEIPT).public_key(), moment=moment)
        self.held.keep("换发区级证书", {RECEIPT_CERTIFICATE: receipt.public_bytes(Encoding.DER)})
        self.held.freshen_list()
        return Enrolled(
            serial=f"{receipt.serial_number:040x}",
            not_after=clock.stamp(receipt.not_valid_after_utc),
            code=authority.code,
            name=self.desk.office.office().name,
        )

    def export(self, out: Path, *, force: bool = False) -> dict[str, str]:
        """Write root certificate (PEM .cer) and revocation list (.crl, DER) for use by other programs."""
        root, crl = self.held.root(), self.held.kept(REVOCATIONS)
        if root is None:
            raise Fault("NO-ROOT")
        make_folder(out)
        name = self.desk.office.office().code[:6]
        root_path, crl_path = out / f"区根证书_{name}.cer", out / f"停用名单_{name}.crl"
        for target in (root_path, crl_path):
            check_free(target, force=force)
        atomic_write(root_path, root.public_bytes(Encoding.PEM), force=force)
        atomic_write(crl_path, crl, force=force)
        return {
            "path": str(out),
            "root": str(root_path),
            "crl": str(crl_path),
            "fingerprint": root_digits(root),
            "serial": f"{root.serial_number:040x}",
            "not_after": clock.stamp(root.not_valid_after_utc),
        }

    def own_name_for(self, code: str) -> str:
        """Return the district's own name for an office, from its roster or the national list; never the applicant's."""
        found = self.store.find(RosterOffice, code=code)
        if found:
            return found[0].name
        division = Divisions().get(code)
        if division is None:
            raise Refused("GRANT-NOT-ON-ROSTER", office=code)
        return division.name

    def _write_grant(self, authority: Authority, entry: CertificateEntry, *, out: Path, force: bool) -> Path:
        self.held.freshen_list()
        certificate = x509.load_pem_x509_certificate(entry.pem.encode())
        office = self.desk.office.office()
        payload = document(
            DocumentKind.ENROLMENT_GRANT,
            OfficeHead(office.code, office.name),
            as_of=clock.today().isoformat(),
            to={"code": entry.code, "name": entry.name},
            certificate=encoded(certificate.public_bytes(Encoding.DER)),
            root=encoded(authority.root.public_bytes(Encoding.DER)),
            root_digits=authority.digits,
            serial=entry.serial.zfill(SERIAL_DIGITS),
            not_after=clock.stamp(entry.not_after),
            **self.held.list_for_letters(),
            private_key=encoded(self.held.kept(PRIVATE_PUBLIC)),
        )
        return write_document(self.held.letter(payload), out, force=force)


def _issued(entry: CertificateEntry, *, uid: str | None) -> IssuedCertificate:
    values: dict[str, Any] = {
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
