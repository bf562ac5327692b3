"""Enrolment of an office: its request is carried to the district, the grant is carried back; digits bind both to paper.

:class:`Enrolling` is also the one door by which the faces reach held trust and the district's authority.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from xmdesk import clock
from xmdesk.errors import Refused
from xmdesk.files import check_free
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.sealed.seal import Signer
from xmdesk.services.holding import DISTRICT, PRIVATE_PUBLIC, ROOT, SEAL_CERTIFICATE, decoded, encoded
from xmdesk.services.issuing import Enrolled, Issuing
from xmdesk.services.keyring import SEAL
from xmdesk.services.opening import open_document, read_document
from xmdesk.services.practising import refuse_practice
from xmdesk.services.sealing import seal_document, write_document
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.authority import check_granted, read_certificate, root_digits
from xmdesk.trust.keys import SHORT_DIGITS, digits_match, fingerprint_digits
from xmdesk.trust.profiles import DocumentKind
from xmdesk.trust.register import CertificateEntry
from xmdesk.trust.requests import make_request, self_signed
from xmdesk.trust.revocation import RevocationList, read_list

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


class Enrolling:
    """Keys and certificates of one book, clerk's or district's."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.held = desk.holding
        self.issuing = Issuing(desk, self.held)

    def request(self, out: Path, *, new_key: bool = False, force: bool = False) -> Enrolled:
        """Make this computer's key and write the request to be carried and printed.

        A key that the district has stopped is of no more use: then, or when asked for, a new one takes its place.
        """
        refuse_practice(self.desk)
        check_free(out, force=force)
        office = self.desk.office.office()
        if self.desk.keyring.has(SEAL) and (new_key or self.held.stopped_on()):
            self.held.keep("换新密钥", {SEAL_CERTIFICATE: b""})
            self.desk.keyring.replace(SEAL)
        key = self.desk.keyring.make(SEAL)
        installation = int(self.desk.office.setting("installation_number", 1))
        digits = fingerprint_digits(key.public_key())
        moment = clock.now()
        certificate = self_signed(key, code=office.code, name=office.name, installation=installation, moment=moment)
        payload = document(
            DocumentKind.ENROLMENT_REQUEST,
            OfficeHead(office.code, office.name, str(office.kind or "")),
            as_of=clock.today().isoformat(),
            csr=encoded(make_request(key, code=office.code, installation=installation)),
            fingerprint=digits,
            installation=installation,
        )
        path = write_document(seal_document(payload, Signer(key, certificate)), out, force=force)
        return Enrolled(path=str(path), fingerprint=digits, code=office.code, name=office.name)

    def accept(self, grant: Path, *, root_digits_typed: str) -> Enrolled:
        """Take a grant in: the root's digits were typed from the district's notice (last eight, or all twenty)."""
        payload = read_document(grant).claimed_payload
        trust = self._trust_inside(payload, root_digits_typed)
        return self.apply(open_document(grant, DocumentKind.ENROLMENT_GRANT, trust).payload, grant)

    def apply(self, payload: dict[str, Any], grant: Path) -> Enrolled:
        """Take in a grant that was verified: under the root it brings and whose digits were typed, or the pinned one."""
        root = read_certificate(decoded(payload["root"]))
        certificate = read_certificate(decoded(payload["certificate"]))
        office = self.desk.office.office()
        key = self.desk.keyring.key(SEAL).public_key()
        check_granted(certificate, root=root, public_key=key, code=office.code)
        self.held.keep(
            "导入开通证书",
            {
                ROOT: decoded(payload["root"]),
                SEAL_CERTIFICATE: decoded(payload["certificate"]),
                PRIVATE_PUBLIC: decoded(payload["private_key"]),
            },
        )
        self.held.take_revocations(payload["crl"])
        self.desk.office.set_setting(DISTRICT, payload["office"], label="记录所属区")
        return Enrolled(
            path=str(grant),
            fingerprint=root_digits(root),
            serial=f"{certificate.serial_number:040x}",
            not_after=clock.stamp(certificate.not_valid_after_utc),
            code=office.code,
            name=office.name,
        )

    def _trust_inside(self, payload: dict[str, Any], typed: str) -> TrustStore:
        """Return the trust a grant brings along, believed only because its root's digits were typed from paper."""
        if payload.get("kind") != DocumentKind.ENROLMENT_GRANT:
            raise Refused("DOCUMENT-KIND", wanted="开通证书")
        root = read_certificate(decoded(str(payload.get("root", ""))))
        if not digits_match(typed, root_digits(root), shortest=SHORT_DIGITS):
            raise Refused("T-DIGITS-WRONG")
        crl = read_list(decoded(str(payload.get("crl", ""))), root)
        return TrustStore(root=root, trusted_now=clock.now(), crl=crl, expected_code=self.desk.office.office().code)

    # what is held

    def root(self) -> x509.Certificate | None:
        """Return the district's root certificate as pinned in this book."""
        return self.held.root()

    def root_digits(self) -> str:
        """Return the twenty digits of the root, or nothing."""
        return self.held.root_digits()

    def signer(self) -> Signer:
        """Return the key and certificate with which this office seals its returns."""
        return self.held.signer()

    def receipt_signer(self) -> Signer:
        """Return the key and certificate with which the district seals its letters."""
        return self.held.receipt_signer()

    def certificate_facts(self) -> dict[str, Any]:
        """Return what is shown of this office's certificate."""
        return self.held.certificate_facts()

    def revocations(self) -> RevocationList | None:
        """Return the newest revocation list held here."""
        return self.held.revocations()

    def entries(self) -> list[CertificateEntry]:
        """Return the district's register of certificates."""
        return self.held.entries()

    def trust_store(self, *, expected_code: str | None = None) -> TrustStore:
        """Return trust as it stands in this book."""
        return self.held.trust_store(expected_code=expected_code)

    def district_private_key(self) -> ec.EllipticCurvePublicKey | None:
        """Return the district's encryption key for identity numbers."""
        return self.held.district_private_key()

    # the district

    def init(self) -> Enrolled:
        """Make the district's authority."""
        return self.issuing.init()

    @property
    def is_renewal_due(self) -> bool:
        """Whether the district should renew its own certificate now."""
        return self.issuing.is_renewal_due

    def renew(self) -> Enrolled:
        """Renew the district's own certificate and its list of stopped ones."""
        return self.issuing.renew()

    def grant(self, request: Path, *, fingerprint: str, out: Path, second: str = "", force: bool = False) -> Enrolled:
        """Issue a certificate for a request whose twenty digits were typed from paper; writes the grant."""
        return self.issuing.grant(request, fingerprint=fingerprint, out=out, second=second, force=force)

    def revoke(self, code: str, *, reason: str) -> Enrolled:
        """Stop every certificate of an office at once."""
        return self.issuing.revoke(code, reason=reason)

    def export(self, out: Path, *, force: bool = False) -> dict[str, str]:
        """Write root certificate and revocation list for use by other programs."""
        return self.issuing.export(out, force=force)
