"""Hostile files: sealed with real keys over pages that our exporter would never write, or changed after sealing."""

import hashlib
import re
import zlib
from collections.abc import Callable
from datetime import datetime

from cryptography import x509

from tests.xmdesk.sealed.district_sample import MOMENT, NOTE, district, pages, payload
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.cms import build
from xmdesk.sealed.seal import Signer
from xmdesk.sealed.syntax import Pdf
from xmdesk.sealed.update import RESERVED, SealNote, append

Objects = dict[int, bytes]


def seal_anything(base: bytes, *, signer: Signer | None = None, at: datetime = MOMENT, note: SealNote = NOTE) -> bytes:
    """Seal like ``seal`` but without looking at the pages first: what a rogue program in a village could do."""
    signer = signer or district().village
    prepared = append(Pdf.of(base), signed_at=at, note=note)
    start, end = prepared.gap
    digest = hashlib.sha256(prepared.data[:start] + prepared.data[end:]).digest()
    return fill(prepared.data, prepared.gap, build(signer.certificate, digest=digest, key=signer.key))


def fill(data: bytes, gap: tuple[int, int], der: bytes, *, padding: bytes | None = None) -> bytes:
    contents = der + (padding if padding is not None else bytes(RESERVED - len(der)))
    return data[: gap[0] + 1] + contents.hex().upper().encode() + data[gap[1] - 1 :]


def gap_of(data: bytes) -> tuple[int, int]:
    match = re.search(rb"/Contents <([0-9A-Fa-f]+)> /M ", data)
    assert match
    return match.start(1) - 1, match.end(1) + 1


def contents_of(data: bytes) -> bytes:
    start, end = gap_of(data)
    return bytes.fromhex(data[start + 1 : end - 1].decode())


def objects_of(base: bytes) -> Objects:
    """Texts of all objects, without head and tail, by number."""
    pdf = Pdf.of(base)
    found: Objects = {}
    for number in range(1, len(pdf.offsets)):
        text = base[pdf.offsets[number] : pdf.object(number).end]
        found[number] = text[len(b"%d 0 obj\n" % number) : -len(b"\nendobj\n")]
    return found


def write(objects: Objects, *, trailer: bytes | None = None, gap: bytes = b"", order: list[int] | None = None) -> bytes:
    """Write objects as our exporter writes them; ``gap`` is put between the first two."""
    out = bytearray(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")
    at: dict[int, int] = {}
    for number in order or sorted(objects):
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]) + (gap if len(at) == 1 else b"")
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number in sorted(objects):
        out += b"%010d 00000 n \n" % at[number]
    out += trailer or b"trailer << /Info 2 0 R /Root 1 0 R /Size %d /ID [<00><00>] >>" % (len(objects) + 1)
    return bytes(out + b"\nstartxref\n%d\n%%%%EOF\n" % xref)


def good_objects() -> Objects:
    return objects_of(pages(canonical(payload())))


def find(objects: Objects, text: bytes) -> int:
    """Number of the first object that holds a text."""
    return next(number for number in sorted(objects) if text in objects[number])


def edit(objects: Objects, holding: bytes, old: bytes, new: bytes) -> Objects:
    number = find(objects, holding)
    assert old in objects[number], objects[number]
    return objects | {number: objects[number].replace(old, new, 1)}


def add(objects: Objects, text: bytes) -> tuple[Objects, int]:
    number = max(objects) + 1
    return objects | {number: text}, number


def stream(entries: bytes, content: bytes, *, packed: bool = True) -> bytes:
    raw = zlib.compress(content) if packed else content
    filters = b" /Filter /FlateDecode" if packed else b""
    return b"<< %s /Length %d%s >>\nstream\n%s\nendstream" % (entries, len(raw), filters, raw)


def insider(change: Callable[[Objects], Objects]) -> bytes:
    """A village's own key over changed pages."""
    return seal_anything(write(change(good_objects())))


def with_contents(data: bytes, der: bytes) -> bytes:
    return fill(data, gap_of(data), der)


def strange_signer(certificate: x509.Certificate) -> Signer:
    return Signer(district().village.key, certificate)
