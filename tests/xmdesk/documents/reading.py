"""Reading finished pages back: their text, where it stands, and their drawing operators."""

import hashlib
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of every page as another program (PDFium) extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Return a text without any white space."""
    return "".join(text.split())


def character_boxes(pdf: bytes) -> list[list[tuple[str, tuple[float, float, float, float]]]]:
    """Return for every page each visible character with its box (left, bottom, right, top) in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_boxes(page.get_textpage()) for page in document]
    finally:
        document.close()


def _boxes(text: Any) -> list[tuple[str, tuple[float, float, float, float]]]:
    found = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]
    return [(character, box) for character, box in found if character.strip()]


def drawing_digest(pdf: bytes) -> str:
    """Digest what is drawn, free of how it was compressed: page operators and font programs in order."""
    digest = hashlib.sha256()
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            digest.update(page.Contents.read_bytes())
            for name in sorted(page.Resources.Font.keys()):
                descendant: Any = page.Resources.Font[name].DescendantFonts[0]
                digest.update(descendant.FontDescriptor.FontFile2.read_bytes())
    return digest.hexdigest()
