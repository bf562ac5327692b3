"""Fonts inside a PDF: one Type 0 font per typeface, holding only the characters that the document shows.

ReportLab's own way (simple fonts of at most 256 glyphs) changes font inside almost every Chinese word and writes wrong
ToUnicode entries above U+FFFF (ReportLab 5.1, ``ttfonts.makeToUnicodeCMap``), so that rare names could not be searched
or copied. ISO 32000-1 9.7.4 (CIDFontType2), 9.10.3 (ToUnicode); ISO 19005-3 6.2.11.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from xmdesk.documents.fonts import outlines
from xmdesk.packing import packed

_FULL_WIDTH = 1000
_OUTLINES_LEVEL = 2
"""Outlines hardly get smaller with more effort: level 6 takes 2.3 ms longer a return and saves 3 %."""
_BEYOND = 0x10000
"""The first code point that takes two UTF-16 units."""
_BLOCK = 100
"""Most entries in one ``bfchar`` block (Adobe technical note 5014)."""


class EmbeddedFont:
    """Numbers the characters of one typeface as they are shown; written at the end as ReportLab asks for it."""

    def __init__(self, face: str) -> None:
        self.face = face
        self._numbers = _Numbers()

    def shown(self, text: str) -> str:
        """Return the hexadecimal string that shows the text, two bytes a character."""
        return "".join(map(self._numbers.__getitem__, text))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the name ReportLab calls on every delayed font
        """Write font, descendant, descriptor, widths and ToUnicode into a ReportLab document."""
        from reportlab.pdfbase import pdfdoc

        points = [ord(character) for character in self._numbers]
        name = self._name()
        descendant = self._descendant(doc, points, name)
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(pdfdoc.PDFDictionary(descendant))]),
            "ToUnicode": _stream(doc, "".join(_to_unicode(points)).encode("ascii"), {}),
        }
        doc.idToObject["BasicFonts"].dict[self.face] = doc.Reference(pdfdoc.PDFDictionary(font))

    def _name(self) -> str:
        digest = hashlib.sha256("".join(self._numbers).encode()).digest()
        tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        return f"/{tag}+{outlines(self.face).name.decode('ascii')}"

    def _descendant(self, doc: Any, points: list[int], name: str) -> dict[str, Any]:
        from reportlab.pdfbase import pdfdoc

        widths = outlines(self.face).charWidths
        return {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
            ),
            "DW": _FULL_WIDTH,
            "W": f"[{' '.join(_odd_widths([round(widths[point]) for point in points]))}]",
            "CIDToGIDMap": _stream(doc, _glyph_numbers(self.face, points), {}),
            "FontDescriptor": doc.Reference(pdfdoc.PDFDictionary(self._descriptor(doc, points, name))),
        }

    def _descriptor(self, doc: Any, points: list[int], name: str) -> dict[str, Any]:
        from reportlab.pdfbase import pdfdoc

        face = outlines(self.face)
        program: bytes = face.makeSubset(points)
        return {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray(face.bbox),
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.capHeight,
            "ItalicAngle": 0,
            "StemV": face.stemV,
            "FontFile2": _stream(doc, program, {"Length1": len(program)}, level=_OUTLINES_LEVEL),
        }


class _Numbers(dict[str, str]):
    """Character to character number (CID) in four hexadecimal digits, given out from 1 in order of first use."""

    def __missing__(self, character: str) -> str:
        number = f"{len(self) + 1:04X}"
        self[character] = number
        return number


def _glyph_numbers(face: str, points: list[int]) -> bytes:
    """Return the CIDToGIDMap: characters may share a glyph, and ``makeSubset`` keeps each glyph once, in this order."""
    glyph_of = outlines(face).charToGlyph
    kept = {0: 0}
    for point in points:
        kept.setdefault(glyph_of[point], len(kept))
    return b"\0\0" + b"".join(kept[glyph_of[point]].to_bytes(2, "big") for point in points)


def _odd_widths(widths: list[int]) -> Iterator[str]:
    """List the widths that differ from a full square as ``first [w w …]`` runs."""
    run: list[int] = []
    for number, width in enumerate([*widths, _FULL_WIDTH], start=1):
        if width != _FULL_WIDTH:
            run.append(width)
        elif run:
            yield f"{number - len(run)} [{' '.join(map(str, run))}]"
            run = []


def _to_unicode(points: list[int]) -> Iterator[str]:
    yield "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    yield "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    yield "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    for start in range(0, len(points), _BLOCK):
        block = points[start : start + _BLOCK]
        yield f"{len(block)} beginbfchar\n"
        for number, point in enumerate(block, start=start + 1):
            code = f"{point:04X}" if point < _BEYOND else chr(point).encode("utf-16-be").hex().upper()
            yield f"<{number:04X}> <{code}>\n"
        yield "endbfchar\n"
    yield "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class Flate:
    """A ReportLab filter that compresses at a given level."""

    pdfname = "FlateDecode"

    def __init__(self, level: int) -> None:
        self._level = level

    def encode(self, content: bytes | str) -> bytes:
        """Compress; page contents come as text."""
        return packed(content.encode("ascii") if isinstance(content, str) else content, self._level)


def _stream(doc: Any, content: bytes, entries: dict[str, int], *, level: int = 6) -> Any:
    from reportlab.pdfbase import pdfdoc

    stream = pdfdoc.PDFStream(content=content)
    for key, value in entries.items():
        stream.dictionary[key] = value
    stream.filters = [Flate(level)]
    return doc.Reference(stream)
