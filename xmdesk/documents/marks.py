"""The furniture of a page: head marks, signature lines, stamp box, footer with code and digest, watermark."""

from functools import lru_cache
from typing import Any

from xmdesk.documents.flow import Flow
from xmdesk.documents.fonts import SANS, SERIF, Font
from xmdesk.documents.paper import HAIRLINE, MM, Box, Page, Paper
from xmdesk.documents.parts import Footer, HeadMarks, Signatories, Signature

INTERNAL = "内部工作用表"
QR = "QR"

STAMP_SIDE = 38 * MM
_LABEL = Font(SERIF, 9.5)
_SMALL = Font(SERIF, 8.5)
_FIELD_LEAST = 23 * MM
_LINE = 8.4 * MM
_BETWEEN = 11.0
_FAINT = 0.42


def mark_lines(marks: HeadMarks) -> list[tuple[str, str]]:
    """Return the (label, value) lines that stand at the top right of a form."""
    lines = [("表　　号：", marks.form_no), ("制定机关：", marks.maker)]
    if marks.approval_no:
        lines += [("文　　号：", marks.approval_no), ("有效期至：", marks.valid_until)]
    else:
        lines.append((INTERNAL, ""))
    return [(label, value) for label, value in lines if value or label == INTERNAL]


def draw_marks(page: Page, right: float, top: float, marks: HeadMarks) -> tuple[float, float]:
    """Write the head marks with their right edge at ``right``; return their width and height."""
    lines = mark_lines(marks)
    width = max(_SMALL.width(label + value) for label, value in lines)
    y = top - _SMALL.size
    for label, value in lines:
        page.text(right - width, y, label + value, _SMALL)
        y -= _SMALL.size * 1.4
    return width, len(lines) * _SMALL.size * 1.4


def _per_line(signature: Signature | Signatories, width: float) -> int:
    """Return how many signature fields stand side by side: as many as leave room to write."""
    fields = signature.fields()
    widest = max(_LABEL.width(label + "：") + max(_LABEL.width(value) + 4, _FIELD_LEAST) for label, value in fields)
    return min(len(fields), max(1, int((width + _BETWEEN) / (widest + _BETWEEN))))


def signature_height(signature: Signature | Signatories, width: float) -> float:
    """Return the height of the signature lines in points."""
    return -(-len(signature.fields()) // _per_line(signature, width)) * _LINE


def draw_signature(page: Page, box: Box, signature: Signature | Signatories) -> None:
    """Write the signature lines into a box, in columns of equal width."""
    count = _per_line(signature, box.width)
    pitch = (box.width + _BETWEEN) / count
    for place, (label, value) in enumerate(signature.fields()):
        left = box.left + place % count * pitch
        y = box.top - (place // count + 1) * _LINE + 6
        page.text(left, y, label + "：", _LABEL)
        start, end = left + _LABEL.width(label + "："), left + pitch - _BETWEEN
        page.text_centred((start + end) / 2, y, value, _LABEL)
        page.lines([(start, y - 3, end, y - 3)], HAIRLINE)


def draw_stamp(page: Page, left: float, top: float, text: str) -> None:
    """Draw the place for the official stamp: a dotted square with light words, never a picture of a stamp."""
    page.shade(_FAINT)
    page.frame(Box(left, top - STAMP_SIDE, STAMP_SIDE, STAMP_SIDE), 0.5, "1 2")
    page.text_centred(left + STAMP_SIDE / 2, top - STAMP_SIDE / 2 - 3, text, _LABEL)
    page.shade(0)


def keep_qr(paper: Paper, footer: Footer) -> None:
    """Draw the QR code of the document once; pages show it with :func:`show_qr`."""
    if footer.content_sha256:
        paper.picture(QR, _qr_operators(qr_text(footer)))


def show_qr(page: Page, left: float, bottom: float, side: float) -> None:
    """Show the document's QR code as a square of ``side`` points."""
    page.pictures.append((QR, Box(left, bottom, side, side)))


def qr_text(footer: Footer) -> str:
    """Return what the QR code says: form of the text, short code, SHA-256 of the content, in its compact alphabet."""
    return f"XMDESK1/{footer.short_code}/{footer.content_sha256}".upper()


def digest_groups(digest: str) -> str:
    """Cut a digest into groups of eight that an eye can compare."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def draw_footer(flow: Flow, page: Page, footer: Footer, number: tuple[int, int]) -> None:
    """Write short code, page ``number`` (n, m), digest and QR code into the bottom margin."""
    left, right, top = flow.left, flow.right, 21.5 * MM
    place = f"第 {number[0]} 页　共 {number[1]} 页"
    if footer.content_sha256:
        side = 14 * MM
        show_qr(page, right - side, top - side, side)
        right -= side + 4 * MM
        page.shade(0.25)
        page.text(left, top - 27, "内容摘要 SHA-256", Font(SERIF, 6.5))
        page.text(left + 60, top - 27, digest_groups(footer.content_sha256), Font(SERIF, 6.5))
        page.shade(0)
    if footer.short_code:
        page.text(left, top - 14, "短码", _SMALL)
        page.text(left + 22, top - 14, footer.short_code, Font(SANS, 10))
    page.shade(_FAINT)
    page.lines([(left, top, right, top)], HAIRLINE)
    page.shade(0)
    if footer.content_sha256:
        page.text_right(right, top - 14, place, _SMALL)
    else:
        page.text_centred((left + right) / 2, top - 14, place, _SMALL)
    page.text_right(right, top - 27, footer.remark, Font(SERIF, 7.5))


def draw_watermark(page: Page, text: str) -> None:
    """Write light slanted words across the page; called first, so that everything else lies over it."""
    size = min(110.0, 0.8 * page.width / max(1, len(text)))
    page.shade(0.88)
    page.slanted(page.width / 2, page.height / 2, text, Font(SANS, size))
    page.shade(0)


@lru_cache(maxsize=8)
def _qr_operators(text: str) -> str:
    """Draw a QR code (ISO/IEC 18004, level M) into one square point: a rectangle for each run of dark modules."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    # Any mask is readable (7.8.1); a fixed one saves trying all eight.
    code.makeImpl(False, 2)  # noqa: FBT003 - ReportLab's signature
    count: int = code.moduleCount
    parts = [f"{1 / count:.6f} 0 0 {-1 / count:.6f} 0 1 cm 0 g"]
    for row in range(count):
        column = 0
        while column < count:
            start = column
            while column < count and code.isDark(row, column):
                column += 1
            if column > start:
                parts.append(f"{start} {row} {column - start} 1 re")
            column += 1
    return " ".join([*parts, "f"])
