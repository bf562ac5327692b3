"""Making any sealed document: payload → canonical bytes → pages → PDF/A-3 with the payload inside → one signature."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xmdesk import clock
from xmdesk.documents.glyphs import undrawable
from xmdesk.errors import Fault, Refused
from xmdesk.files import atomic_write
from xmdesk.problems import Problem
from xmdesk.sealed.canonical import canonical, parse_canonical
from xmdesk.sealed.payload import KIND_WORDS, sha256_hex, short_code
from xmdesk.sealed.schema import check_payload
from xmdesk.sealed.seal import Signer, seal
from xmdesk.sealed.update import SealNote
from xmdesk.services.rendering import parts_of, render
from xmdesk.trust.profiles import DocumentKind


@dataclass(frozen=True)
class SealedDocument:
    """A finished file in memory with the identity of what it says."""

    content: bytes
    payload: bytes
    payload_sha256: str
    short_code: str
    pages: int


class GlyphsMissing(Fault):
    """Sealing stopped because characters could not be printed; ``problems`` names each with its place."""

    exit_code = 1

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("SEAL-GLYPHS", first=problems[0].text)
        self.problems = problems


def seal_document(
    payload: dict[str, Any], signer: Signer, *, signed_at: datetime | None = None, watermark: str = ""
) -> SealedDocument:
    """Lay out, embed and sign a payload; a character no font can print stops it (``PAPER-GLYPH`` family).

    What a receiver would refuse is not sealed in the first place (``SEAL-SCHEMA``, naming the place). Only a practice book
    has a watermark: a receiver finds that such pages are not those of the payload.
    """
    content = canonical(payload)
    try:
        check_payload(parse_canonical(content))
    except Refused as why:
        raise Fault("SEAL-SCHEMA", part=why.facts["part"]) from why
    unprintable = undrawable(parts_of(payload, code=""))
    if unprintable:
        raise GlyphsMissing(unprintable)
    unsigned = render(content, watermark=watermark)
    note = SealNote(reason=KIND_WORDS[DocumentKind(payload["kind"])], location=payload["office"]["name"])
    signed = seal(unsigned, signer=signer, signed_at=signed_at or clock.now(), note=note)
    digest = sha256_hex(content)
    return SealedDocument(signed, content, digest, short_code(digest), page_count(unsigned))


def page_count(pdf: bytes) -> int:
    """How many pages a document of ours has."""
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def write_document(document: SealedDocument, path: Path, *, force: bool = False) -> Path:
    """Write beside the target, sync, read back, rename; an existing file is never overwritten without ``force``."""
    atomic_write(path, document.content, force=force)
    return path
