"""The district's off-line authority: one root, one level, ECDSA P-256.

It writes every subject itself and never copies one from a request. Its key lies in a key container on two sticks and is
opened for minutes; :class:`Authority` is that open state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from xmdesk.errors import Refused, WrongUse
from xmdesk.trust.building import base_builder, leaf_builder, name_of
from xmdesk.trust.keys import fingerprint_digits, spki
from xmdesk.trust.profiles import (
    MALFORMED,
    Profile,
    ProfileMismatch,
    Subject,
    is_issued_by,
    is_sound_root,
    quietly,
    subject_of,
)
from xmdesk.trust.register import CertificateEntry, entry_of
from xmdesk.trust.requests import SealRequest

ROOT_LIFE = timedelta(days=3652)
RECEIPT_LIFE = timedelta(days=730)
SEAL_LIFE = timedelta(days=761)
LIST_LIFE = timedelta(days=400)
RENEWAL_WINDOW = timedelta(days=90)


@dataclass(frozen=True)
class Authority:
    """The authority with its key open."""

    root: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def create(cls, key: ec.EllipticCurvePrivateKey, *, code: str, name: str, moment: datetime) -> "Authority":
        """Found an authority for a district (6-digit code): self-signed root, ten years, no authorities below it."""
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise WrongUse("T-DISTRICT-CODE")
        subject = Subject(code, f"{name}离线证书中心", 0)
        names = name_of(subject, Profile.ROOT, district=name)
        builder = base_builder(Profile.ROOT, public_key=key.public_key(), moment=moment)
        builder = builder.subject_name(names).issuer_name(names).not_valid_after(moment + ROOT_LIFE)
        return cls(builder.sign(key, hashes.SHA256()), key)

    @classmethod
    def open(cls, root_der: bytes, key: ec.EllipticCurvePrivateKey) -> "Authority":
        """Put a stored root and its opened key together; ``Refused`` if they do not belong together."""
        root = read_certificate(root_der)
        if not is_sound_root(root) or spki(key.public_key()) != _key_of(root):
            raise Refused("T-ROOT-BAD")
        return cls(root, key)

    @property
    def code(self) -> str:
        """The district's 6-digit code."""
        return subject_of(self.root, Profile.ROOT).code

    @property
    def digits(self) -> str:
        """The twenty digits printed on the notice to every village."""
        return root_digits(self.root)

    def receipt_certificate(self, public_key: ec.EllipticCurvePublicKey, *, moment: datetime) -> x509.Certificate:
        """Certify the key that seals receipts, slips, tasks and grants: two years."""
        subject = Subject(self.code, f"{self._district()}回执专用", 0)
        return self._sign_leaf(subject, Profile.RECEIPT, public_key=public_key, moment=moment, life=RECEIPT_LIFE)

    def seal_certificate(self, request: SealRequest, *, name: str, moment: datetime) -> CertificateEntry:
        """Certify a village's or township's key for 25 months; the code must lie in the district.

        ``name`` comes from the district's own roster. Renewal is the same act with a new key.
        """
        if not request.code.startswith(self.code):
            raise Refused("T-REQUEST-ELSEWHERE", office=request.code, district=self.code)
        subject = Subject(request.code, name, request.installation)
        certificate = self._sign_leaf(
            subject, Profile.SEAL, public_key=request.public_key, moment=moment, life=SEAL_LIFE
        )
        return entry_of(certificate, moment)

    def revocation_list(self, entries: Iterable[CertificateEntry], *, number: int, moment: datetime) -> bytes:
        """Sign the list of everything stopped so far (DER); ``number`` must grow by one with every list."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(moment)
            .next_update(moment + LIST_LIFE)
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        for entry in sorted(entries, key=lambda one: one.serial):
            if entry.revoked_at is not None:
                revoked = x509.RevokedCertificateBuilder().serial_number(int(entry.serial, 16))
                builder = builder.add_revoked_certificate(revoked.revocation_date(entry.revoked_at).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _district(self) -> str:
        return str(self.root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value)

    def _sign_leaf(
        self,
        subject: Subject,
        profile: Profile,
        *,
        public_key: ec.EllipticCurvePublicKey,
        moment: datetime,
        life: timedelta,
    ) -> x509.Certificate:
        builder = leaf_builder(subject, profile, public_key=public_key, moment=moment, district=self._district())
        # A distribution point that leads nowhere: validators skip a supplied list for certificates without one.
        point = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(f"http://crl.invalid/{self.code}.crl")], None, None, None
        )
        builder = (
            builder.issuer_name(self.root.subject)
            .not_valid_after(min(moment + life, self.root.not_valid_after_utc))
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        )
        return builder.sign(self.key, hashes.SHA256())


def read_certificate(raw: bytes) -> x509.Certificate:
    """Read a certificate file, DER or PEM; ``Refused`` if it is neither."""
    try:
        with quietly():
            is_text = raw.lstrip().startswith(b"-----BEGIN")
            return x509.load_pem_x509_certificate(raw) if is_text else x509.load_der_x509_certificate(raw)
    except MALFORMED:
        raise Refused("T-CERTIFICATE-BAD") from None


def root_digits(root: x509.Certificate) -> str:
    """The twenty digits of a root's key; ``Refused`` if it is not a district root."""
    key = root.public_key() if is_sound_root(root) else None
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Refused("T-ROOT-BAD")
    return fingerprint_digits(key)


def renewal_is_due(certificate: x509.Certificate, moment: datetime) -> bool:
    """Whether the last 90 days of validity have begun."""
    return moment >= certificate.not_valid_after_utc - RENEWAL_WINDOW


def check_granted(
    certificate: x509.Certificate, *, root: x509.Certificate, public_key: ec.EllipticCurvePublicKey, code: str
) -> Subject:
    """Village side: the granted certificate is for our key and our code and was issued by this root, else ``Refused``."""
    try:
        subject = subject_of(certificate, Profile.SEAL)
    except ProfileMismatch:
        raise Refused("T-CERTIFICATE-BAD") from None
    if not is_sound_root(root) or not is_issued_by(certificate, root):
        raise Refused("T-GRANT-CHAIN")
    if subject.code != code:
        raise Refused("T-GRANT-ELSEWHERE", office=subject.code, own=code)
    if _key_of(certificate) != spki(public_key):
        raise Refused("T-GRANT-KEY")
    return subject


def _key_of(certificate: x509.Certificate) -> bytes:
    key = certificate.public_key()
    return spki(key) if isinstance(key, ec.EllipticCurvePublicKey) else b""
