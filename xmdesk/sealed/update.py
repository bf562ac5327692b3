"""The second revision of a sealed document: exactly one certifying signature, written as one fixed text.

It adds an invisible signature field to the first page and the catalog, DocMDP P=1 (no change allowed; ISO 32000-2 12.8.2.2),
sub-filter ETSI.CAdES.detached. Verification writes the same text again from its few variable parts and compares every byte,
so appended, moved or padded bytes cannot pass. Template 1; older templates stay readable for ever.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from xmdesk.sealed.structure import pages
from xmdesk.sealed.syntax import Pdf, Ref, Value
from xmdesk.sealed.unfit import Unfit, need

RESERVED = 3072
"""Bytes kept for the signature object; it takes about 1,200. A fixed size: the DER length of ECDSA varies."""
LARGEST = 20 * 1024 * 1024
LONGEST_NOTE = 120
_END = b"%%EOF\n"
_HEAD = b" 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite"
_TIME = "%Y%m%d%H%M%S"
_VARIABLE = re.compile(
    rb" /Contents <([0-9A-F]+)> /M \(D:(\d{14})Z\)"
    rb" /Reason <FEFF((?:[0-9A-F]{4})*)> /Location <FEFF((?:[0-9A-F]{4})*)> /ContactInfo <FEFF((?:[0-9A-F]{4})*)>\n"
)


@dataclass(frozen=True)
class SealNote:
    """Short texts shown by PDF viewers beside the signature; nothing personal."""

    reason: str = ""
    location: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Sealed:
    """A file taken apart: the revision before the signature, and the variable parts of the second one."""

    base: bytes
    pdf: Pdf
    contents: bytes
    """The reserved area, decoded: the signature object and zeros."""
    gap: tuple[int, int]
    """Where the reserved area stands in the file, angle brackets included."""
    signed_at: datetime
    note: SealNote


@dataclass(frozen=True)
class Prepared:
    """A complete file with an empty reserved area."""

    data: bytes
    gap: tuple[int, int]


def append(pdf: Pdf, *, signed_at: datetime, note: SealNote, contents: bytes = bytes(RESERVED)) -> Prepared:
    """Write the second revision behind a base revision."""
    start = len(pdf.data)
    root, page = _number(pdf.trailer.get("Root")), int(pages(pdf)[0])
    field = len(pdf.offsets)
    parts = [
        _extended(
            pdf, root, f"/AcroForm << /Fields [ {field} 0 R ] /SigFlags 3 >> /Perms << /DocMDP {field + 1} 0 R >>"
        ),
        _extended(pdf, page, f"/Annots [ {field} 0 R ]"),
        f"{field} 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [ 0 0 0 0 ]"
        f" /P {page} 0 R /V {field + 1} 0 R >>\nendobj\n".encode("ascii"),
    ]
    signature_at = start + sum(map(len, parts))
    head, tail = _signature(field + 1, contents, signed_at=signed_at, note=note)
    gap_start = signature_at + len(head) + _RANGE_WIDTH + len(b" /Contents ")
    gap = (gap_start, gap_start + 2 * len(contents) + 2)
    offsets = {root: start, page: start + len(parts[0]), field: start + len(parts[0]) + len(parts[1])}
    xref_at = signature_at + len(head) + _RANGE_WIDTH + len(tail)
    closing = _closing(pdf, offsets | {field + 1: signature_at}, xref_at)
    byte_range = f"[0 {gap[0]} {gap[1]} {xref_at + len(closing) - gap[1]}]".ljust(_RANGE_WIDTH).encode("ascii")
    return Prepared(b"".join((pdf.data, *parts, head, byte_range, tail, closing)), gap)


def split(data: bytes) -> Sealed:
    """Take a sealed file apart; every refusal has its own sentence (``R-EMPTY`` … ``R-STRUCTURE``)."""
    _preflight(data)
    cut = data.find(_END) + len(_END)
    match = _VARIABLE.search(data, cut)
    if match is None:
        raise Unfit(_why_unsealed(data))
    pdf = Pdf.of(data[:cut])
    sealed = _parts(pdf, match)
    rebuilt = append(pdf, signed_at=sealed.signed_at, note=sealed.note, contents=sealed.contents)
    if rebuilt.data != data:
        raise Unfit(_why_different(data, rebuilt.data))
    return sealed


def find_contents(data: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """The last thing in a file that looks like our reserved area, decoded, and where it stands."""
    match = _LOOSE.search(data, max(0, data.rfind(b"/Contents <")))
    if match is None or len(match[1]) % 2:
        return None
    return bytes.fromhex(match[1].decode("ascii")), (match.start(1) - 1, match.end(1) + 1)


_RANGE_WIDTH = 36
_PADDING = b" \t\r\n\x00"
_ACTIVE = re.compile(rb"/S\s*/(?:JavaScript|Launch)\b|/XFA\s*[\[\d]")
_LOOSE = re.compile(rb"/Contents <([0-9A-Fa-f]+)>")


def _preflight(data: bytes) -> None:
    need(data, "R-EMPTY")
    need(len(data) <= LARGEST, "R-SIZE")
    if not data.startswith(b"%PDF-"):
        raise Unfit("R-HEADER" if b"%PDF-" in data[:1024] else "R-NOT-PDF")


def _why_different(data: bytes, whole: bytes) -> str:
    """Our two revisions are in it: something follows them, the last bytes are missing, or bytes within are others."""
    if data.startswith(whole):
        return "R-APPENDED"
    return "R-TRUNCATED" if whole.startswith(data) else "R-STRUCTURE"


def _why_unsealed(data: bytes) -> str:
    if _END[:-1] not in data[-1024:] and not data.rstrip(_PADDING).endswith(_END[:-1]):
        return "R-TRUNCATED"
    if any(_HEAD.replace(b"\n", end) in data for end in (b"\r\n", b"\r")):  # copied as if it were text
        return "R-ALTERED"
    if b"/Encrypt" in data:
        return "R-ENCRYPTED"
    if _ACTIVE.search(data):
        return "R-ACTIVE"
    if b"/ByteRange" not in data:
        return "R-UNSIGNED"
    return "R-STRUCTURE" if _HEAD in data else "R-RESAVED"


def _parts(pdf: Pdf, match: re.Match[bytes]) -> Sealed:
    try:
        signed_at = datetime.strptime(match[2].decode("ascii"), _TIME).replace(tzinfo=UTC)
        contents = bytes.fromhex(match[1].decode("ascii"))
        note = SealNote(*(bytes.fromhex(one.decode("ascii")).decode("utf-16-be") for one in match.group(3, 4, 5)))
    except ValueError:
        raise Unfit("R-STRUCTURE") from None
    return Sealed(pdf.data, pdf, contents, (match.start(1) - 1, match.end(1) + 1), signed_at, note)


def _signature(number: int, contents: bytes, *, signed_at: datetime, note: SealNote) -> tuple[bytes, bytes]:
    head = b"%d%s /SubFilter /ETSI.CAdES.detached /ByteRange " % (number, _HEAD)
    tail = (
        f" /Contents <{contents.hex().upper()}> /M (D:{signed_at.astimezone(UTC).strftime(_TIME)}Z)"
        f" /Reason {_text(note.reason)} /Location {_text(note.location)} /ContactInfo {_text(note.contact)}\n"
        "/Reference [ << /Type /SigRef /TransformMethod /DocMDP"
        " /TransformParams << /Type /TransformParams /V /1.2 /P 1 >> >> ] >>\nendobj\n"
    )
    return head, tail.encode("ascii")


def _text(text: str) -> str:
    need(len(text) <= LONGEST_NOTE)
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _extended(pdf: Pdf, number: int, addition: str) -> bytes:
    found = pdf.object(number)
    entries = pdf.dictionary(found.value)
    need(found.stream is None and not entries.keys() & {"AcroForm", "Perms", "Annots"}, "R-ACTIVE")
    start, end = found.text
    return b"%d 0 obj\n%s%s >>\nendobj\n" % (number, pdf.data[start : end - 2], addition.encode("ascii"))


def _closing(pdf: Pdf, offsets: dict[int, int], xref_at: int) -> bytes:
    lines = ["xref\n", *(f"{number} 1\n{offsets[number]:010d} 00000 n \n" for number in sorted(offsets))]
    first = pdf.trailer.get("ID")
    need(isinstance(first, list) and len(first) == 2 and isinstance(first[0], bytes))
    known = first[0] if isinstance(first, list) and isinstance(first[0], bytes) else b""
    changed = pdf.digest.digest()[:16]
    info = pdf.trailer.get("Info")
    about = f" /Info {int(info)} 0 R" if isinstance(info, Ref) else ""
    lines.append(
        f"trailer << /Size {len(pdf.offsets) + 2} /Root {_number(pdf.trailer.get('Root'))} 0 R{about}"
        f" /ID [<{known.hex()}><{changed.hex()}>] /Prev {pdf.xref_at} >>\nstartxref\n{xref_at}\n%%EOF\n"
    )
    return "".join(lines).encode("ascii")


def _number(value: Value) -> int:
    if not isinstance(value, Ref):
        raise Unfit("R-STRUCTURE")
    return int(value)
