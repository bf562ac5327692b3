"""Sealing: the finished pages with their embedded payload become a document that cannot change unnoticed.

PAdES baseline B-B, ECDSA P-256 with SHA-256, certification signature with DocMDP P=1 over the whole file. The time is what
this computer's clock shows; only the district's receipt proves when.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from xmdesk.errors import Refused, WrongUse
from xmdesk.sealed.cms import build, is_authentic, read
from xmdesk.sealed.container import payload_of
from xmdesk.sealed.structure import survey
from xmdesk.sealed.syntax import Pdf
from xmdesk.sealed.unfit import Unfit
from xmdesk.sealed.update import RESERVED, SealNote, append, split
from xmdesk.trust.keys import spki

SealedDocument = NewType("SealedDocument", bytes)
"""Bytes of a sealed document; only :func:`seal` makes one."""


@dataclass(frozen=True)
class Signer:
    """The opened key of an office and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def seal(unsigned: bytes, *, signer: Signer, signed_at: datetime, note: SealNote) -> SealedDocument:
    """Seal a finished PDF/A-3 with its one attachment.

    The result has been read back. ``WrongUse`` if key and certificate do not belong together; ``Refused`` (``S-SHAPE``) if
    the pages are not as our own exporter writes them, because no receiver would take them.
    """
    _check_pair(signer)
    try:
        pdf = Pdf.of(unsigned)
        payload_of(survey(pdf))
        prepared = append(pdf, signed_at=signed_at, note=note)
        start, end = prepared.gap
        digest = hashlib.sha256(prepared.data[:start] + prepared.data[end:]).digest()
        contents = build(signer.certificate, digest=digest, key=signer.key).ljust(RESERVED, b"\x00")
        sealed = prepared.data[: start + 1] + contents.hex().upper().encode("ascii") + prepared.data[end - 1 :]
        _read_back(sealed, digest)
    except Unfit as unfit:
        raise Refused("S-SHAPE", cause=unfit.code) from None
    return SealedDocument(sealed)


def _check_pair(signer: Signer) -> None:
    key = signer.certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or spki(key) != spki(signer.key.public_key()):
        raise WrongUse("S-KEY")


def _read_back(sealed: bytes, digest: bytes) -> None:
    from xmdesk.sealed.cms import length_of

    parts = split(sealed)
    signature = read(parts.contents[: length_of(parts.contents)])
    if signature.digest != digest or not is_authentic(signature):
        raise Unfit("R-ALTERED")
