"""Reading the district's revocation list (CRL, RFC 5280 section 5) that rides on every receipt, task and grant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from xmdesk.errors import Refused
from xmdesk.trust.profiles import MALFORMED, is_written_strictly, quietly

LARGEST = 4 * 1024 * 1024
WORN_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class RevocationList:
    """A list whose signature by the root has been checked."""

    number: int
    issued_at: datetime
    next_update: datetime
    stopped: Mapping[int, datetime]
    """Serial numbers and the moment each was stopped."""

    def is_stale(self, moment: datetime) -> bool:
        """Whether the next list should have come already."""
        return moment > self.next_update

    def is_worn(self, moment: datetime) -> bool:
        """Whether the district should sign it anew, though nothing was added: whoever gets it is to have it for long."""
        return moment >= self.issued_at + WORN_AFTER


def read_list(raw: bytes, root: x509.Certificate, *, lowest_number: int = 0) -> RevocationList:
    """Read a list, DER or PEM.

    ``Refused``: not a list or signed by somebody else (``T-CRL-BAD``), or older than the highest number seen on this
    computer (``T-CRL-OLDER``; without that, an old list would bring a stopped seal back to life).
    """
    if len(raw) > LARGEST:
        raise Refused("T-CRL-BAD")
    try:
        with quietly():
            read = _read(raw, root)
    except MALFORMED:
        raise Refused("T-CRL-BAD") from None
    if read.number < lowest_number:
        raise Refused("T-CRL-OLDER", found=read.number, known=lowest_number)
    return read


def _read(raw: bytes, root: x509.Certificate) -> RevocationList:
    is_text = raw.lstrip().startswith(b"-----BEGIN")
    crl = x509.load_pem_x509_crl(raw) if is_text else x509.load_der_x509_crl(raw)
    key = root.public_key()
    algorithm = crl.signature_hash_algorithm
    if not isinstance(key, ec.EllipticCurvePublicKey) or algorithm is None or algorithm.name != "sha256":
        raise ValueError
    if crl.issuer != root.subject or not crl.is_signature_valid(key) or crl.next_update_utc is None:
        raise ValueError
    if not is_written_strictly(crl) or any(extension.critical for extension in crl.extensions):
        raise ValueError
    number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    stopped = {entry.serial_number: entry.revocation_date_utc for entry in crl}
    return RevocationList(number, crl.last_update_utc, crl.next_update_utc, stopped)
