"""Real sealed documents for tests: a small district with its authority, offices, pages and payloads."""

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from reportlab import rl_config
from reportlab.pdfgen import canvas

from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.seal import Signer, seal
from xmdesk.sealed.update import SealNote
from xmdesk.trust.anchors import TrustStore
from xmdesk.trust.authority import Authority
from xmdesk.trust.keys import new_key
from xmdesk.trust.register import CertificateEntry, by_fingerprint
from xmdesk.trust.requests import make_request, read_request, self_signed
from xmdesk.trust.revocation import read_list

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DISTRICT = "350212"
VILLAGE = "350212105201"
OTHER_VILLAGE = "350212105202"
NOTE = SealNote("上报", "同安区", "区乡村振兴服务中心")


@dataclass(frozen=True)
class District:
    """An authority, its receipt signer, one village's signer and the register."""

    authority: Authority
    receipts: Signer
    village: Signer
    register: tuple[CertificateEntry, ...]

    def store(self, **changes: Any) -> TrustStore:
        plain = TrustStore(
            self.authority.root, trusted_now=MOMENT, crl=self.crl(), register=by_fingerprint(self.register)
        )
        return replace(plain, **changes)

    def crl(self, *, number: int = 1, moment: datetime = MOMENT):
        return read_list(
            self.authority.revocation_list(self.register, number=number, moment=moment), self.authority.root
        )


def found(code: str = DISTRICT, village: str = VILLAGE, moment: datetime = MOMENT) -> District:
    """Found a district with one enrolled village."""
    authority = Authority.create(new_key(), code=code, name="同安区", moment=moment)
    receipt_key = new_key()
    receipts = Signer(receipt_key, authority.receipt_certificate(receipt_key.public_key(), moment=moment))
    signer, entry = enrol(authority, village, moment=moment)
    return District(authority, receipts, signer, (entry,))


def enrol(authority: Authority, code: str, moment: datetime = MOMENT) -> tuple[Signer, CertificateEntry]:
    key = new_key()
    request = read_request(make_request(key, code=code, installation=1))
    entry = authority.seal_certificate(request, name="五显镇军村社区", moment=moment)
    return Signer(key, x509.load_pem_x509_certificate(entry.pem.encode())), entry


def applicant(code: str = VILLAGE) -> Signer:
    key: ec.EllipticCurvePrivateKey = new_key()
    return Signer(key, self_signed(key, code=code, name="军村", installation=1, moment=MOMENT))


def payload(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "schema": 1,
        "layout": 1,
        "kind": "submission",
        "office": {"code": VILLAGE, "name": "五显镇军村社区", "kind": "village"},
        "period": "2026Q4",
        "version": 1,
        "registers": {"facilities": [{"name": "健身广场"}]},
    }
    return plain | changes


def pages(raw: bytes, *, count: int = 2, drawing: int = 0) -> bytes:
    """Draw plain pages without text and embed a payload, in the shape that the exporter gives."""
    rl_config.invariant = 1
    rl_config.useA85 = 0
    target = io.BytesIO()
    paper = canvas.Canvas(target)
    for page in range(count):
        paper.rect(72, 72 + page + drawing, 300, 300)
        paper.showPage()
    paper.save()
    return _finish(target.getvalue(), raw)


def _finish(plain: bytes, raw: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        for page in pdf.pages:
            page.obj.Resources = pikepdf.Dictionary()
            del page.obj["/Trans"]
        attached = pikepdf.AttachedFileSpec(
            pdf, raw, filename="return.json", mime_type="application/json", relationship=pikepdf.Name.Data
        )
        pdf.attachments["return.json"] = attached
        pdf.Root.AF = pikepdf.Array([pdf.Root.Names.EmbeddedFiles.Names[1]])
        if "/Outlines" in pdf.Root:
            del pdf.Root["/Outlines"]
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
            force_version="1.7",
            compress_streams=True,
        )
    return target.getvalue()


def sealed_by(signer: Signer, content: dict[str, Any] | bytes, *, at: datetime = MOMENT, **drawing: int) -> bytes:
    raw = content if isinstance(content, bytes) else canonical(content)
    return seal(pages(raw, **drawing), signer=signer, signed_at=at, note=NOTE)


def draw(raw: bytes, payload: dict[str, Any]) -> bytes:
    return pages(raw)


@cache
def district() -> District:
    return found()


@cache
def good_file() -> bytes:
    return sealed_by(district().village, payload())
