"""From canonical payload bytes to the unsigned document: the one way pages are drawn, by the sender and by the receiver."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xmdesk.errors import Refused
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.payload import KIND_WORDS, LAYOUT, LAYOUTS, sha256_hex, short_code
from xmdesk.trust.profiles import DocumentKind

ATTACHMENT = "return.json"
TO_COME, PREVIEW = "密封后才有", "预览，短码和摘要密封后才有"


def render(
    content: bytes, payload: dict[str, Any] | None = None, *, watermark: str = "", is_preview: bool = False
) -> bytes:
    """Return the finished, unsigned PDF/A-3 of a payload; the same bytes for the same payload on every machine.

    ``payload`` is the content decoded, where that was done already.
    A layout number this program does not know is refused (``R-LAYOUT``); a character no font holds stops it.
    A watermark makes other pages than those of a sealed document: it is for a practice book only. A preview shows no code
    and no hash: sealing has another moment, encrypts anew, and gives others.
    """
    payload = parse_canonical(content) if payload is None else payload
    if payload.get("layout") not in LAYOUTS:
        raise Refused("R-LAYOUT", found=payload.get("layout"), known=LAYOUT)
    from xmdesk.documents.drawing import draw
    from xmdesk.documents.parts import Footer
    from xmdesk.documents.pdfa import Attachment, finish

    digest = sha256_hex(content)
    code = TO_COME if is_preview else short_code(digest)
    footer = Footer(remark=PREVIEW) if is_preview else Footer(short_code=code, content_sha256=digest)
    pages = draw(parts_of(payload, code=code), footer=footer, watermark=watermark)
    kind = DocumentKind(payload["kind"])
    return finish(
        pages,
        title=f"{payload['office']['name']} {payload.get('period', '')} {KIND_WORDS[kind]} {code}".replace("  ", " "),
        author=payload["office"]["name"],
        created=datetime.fromisoformat(f"{payload['as_of']}T00:00:00+00:00"),
        attachment=Attachment(ATTACHMENT, content, f"{KIND_WORDS[kind]}的数据"),
        layout_version=payload["layout"],
    )


def parts_of(payload: Mapping[str, Any], *, code: str) -> list[Any]:
    """Return the parts to be printed for any kind of sealed document."""
    from xmdesk.documents.letter_pages import letter_parts
    from xmdesk.documents.submission_pages import submission_parts

    if payload["kind"] == DocumentKind.SUBMISSION:
        return list(submission_parts(payload, short_code=code))
    return list(letter_parts(payload, short_code=code))
