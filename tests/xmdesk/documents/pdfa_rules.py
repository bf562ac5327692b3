"""Our own examination of a finished file against the rules of PDF/A-3u that our pages could break.

Not a validator for foreign files: veraPDF judges at acceptance, this runs in the tests. Each rule
is a function that yields one English sentence per finding; clause numbers are those of ISO 19005-3:2012.
"""

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

_FORBIDDEN_KEYS = frozenset(
    [
        "/AA",
        "/OpenAction",
        "/JS",
        "/XFA",
        "/NeedAppearances",
        "/Alternates",
        "/OPI",
        "/PresSteps",
        "/Encrypt",
        "/FFilter",
        "/Ref",
        "/PS",
        "/TR",
        "/HTP",
    ]
)
_ACTIONS = frozenset(
    [
        "/Launch",
        "/Sound",
        "/Movie",
        "/ResetForm",
        "/ImportData",
        "/JavaScript",
        "/Hide",
        "/SetOCGState",
        "/Rendition",
        "/Trans",
        "/GoTo3DView",
    ]
)
_FILTERS = frozenset(["/FlateDecode", "/DCTDecode"])
_XMP_OF = {
    "/Title": r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>",
    "/Author": r"<dc:creator>.*?<rdf:li[^>]*>(.*?)</rdf:li>",
    "/Creator": r"<xmp:CreatorTool>(.*?)</xmp:CreatorTool>",
    "/Producer": r"<pdf:Producer>(.*?)</pdf:Producer>",
}


def pdfa_findings(pdf: bytes) -> list[str]:
    """Return every rule of PDF/A-3u that the file breaks, as far as these rules reach; empty when none."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        found = [*_file(pdf, document), *_metadata(document), *_output_intent(document), *_attachments(document)]
        for thing in _all_objects(document):
            found.extend(_forbidden(thing))
        fonts: dict[tuple[int, int], _FontFacts] = {}
        for page in document.pages:
            found.extend(_page(page, fonts))
        for facts in fonts.values():
            found.extend(facts.findings)
    return list(dict.fromkeys(found))


def _file(pdf: bytes, document: Any) -> Iterator[str]:
    """6.1.2 header, 6.1.3 trailer."""
    if not re.match(rb"%PDF-1\.7\r?\n%[\x80-\xff]{4}", pdf):
        yield "6.1.2: the header is not %PDF-1.7 with a comment of four high bytes"
    if "/ID" not in document.trailer:
        yield "6.1.3: the trailer has no ID"
    if "/Encrypt" in document.trailer:
        yield "6.1.3: the file is encrypted"
    if "/Lang" not in document.Root:
        yield "the catalog names no language"


def _metadata(document: Any) -> Iterator[str]:
    """6.6.2 and 6.6.4: an XMP packet that identifies PDF/A-3u and equals the Info dictionary."""
    metadata = document.Root.get("/Metadata")
    if metadata is None:
        yield "6.6.2: there is no metadata stream"
        return
    packet = bytes(metadata.read_bytes()).decode("utf-8", "replace")
    for part in ("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>U</pdfaid:conformance>"):
        if part not in packet:
            yield f"6.6.4: the metadata lack {part}"
    info = document.trailer.get("/Info", {})
    for key, pattern in _XMP_OF.items():
        written = re.search(pattern, packet, re.DOTALL)
        if key in info and (written is None or _plain(written.group(1)) != str(info[key])):
            yield f"6.6.3: {key} differs between Info and metadata"
    for key, element in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        written = re.search(f"<xmp:{element}>(.*?)</xmp:{element}>", packet)
        if key in info and (
            written is None or re.sub(r"\D", "", written.group(1)) != re.sub(r"\D", "", str(info[key]))
        ):
            yield f"6.6.3: {key} differs between Info and metadata"


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _output_intent(document: Any) -> Iterator[str]:
    """6.2.3: one PDF/A output intent with an RGB profile."""
    intents: list[Any] = [one for one in document.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3: there is not exactly one PDF/A output intent"
        return
    if "/DestOutputProfile" not in intents[0]:
        yield "6.2.3: the output intent has no profile"
        return
    profile = intents[0].DestOutputProfile
    content = profile.read_bytes()
    if content[36:40] != b"acsp" or content[16:20] != b"RGB " or profile.get("/N") != 3:
        yield "6.2.3: the output profile is not an RGB colour profile"


def _attachments(document: Any) -> Iterator[str]:
    """6.8: embedded files are described, typed and associated."""
    names = document.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    files = [names[place] for place in range(1, len(names), 2)]
    associated = [one.objgen for one in document.Root.get("/AF", [])]
    for one in files:
        if one.objgen not in associated:
            yield "6.8: an embedded file is not associated with the document (/AF)"
        for key in ("/F", "/UF", "/AFRelationship", "/Desc"):
            if key not in one:
                yield f"6.8: a file specification lacks {key}"
        stream = one.get("/EF", {}).get("/F")
        if stream is None:
            yield "6.8: a file specification holds no file"
        else:
            yield from _embedded(stream)


def _embedded(stream: Any) -> Iterator[str]:
    if not re.fullmatch(r"/[\w.+-]+/[\w.+-]+", str(stream.get("/Subtype", ""))):
        yield "6.8: an embedded file has no MIME type"
    content, parameters = stream.read_bytes(), stream.get("/Params", {})
    if "/ModDate" not in parameters:
        yield "6.8: an embedded file has no date of modification"
    if parameters.get("/Size") != len(content):
        yield "an embedded file does not have the size that is noted"
    if bytes(parameters.get("/CheckSum", b"")) != hashlib.md5(content, usedforsecurity=False).digest():
        yield "an embedded file does not have the check sum that is noted"


def _all_objects(document: Any) -> Iterator[Any]:
    """Walk every dictionary, direct ones too (``pikepdf`` lists only the indirect ones)."""
    import pikepdf

    waiting: list[Any] = [*document.objects, document.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            inner: list[Any] = list(thing)
        elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            yield thing
            inner = [value for _, value in thing.items()]
        else:
            continue
        waiting.extend(one for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect)


def _forbidden(thing: Any) -> Iterator[str]:
    """6.1.7 streams, 6.2 colours and pictures, 6.3 annotations, 6.5 actions."""
    for key in _FORBIDDEN_KEYS.intersection(thing.keys()):
        yield f"forbidden key {key}"
    if str(thing.get("/S", "")) in _ACTIONS:
        yield f"6.5.1: forbidden action {thing.S}"
    if thing.get("/Type") == "/Annot" and thing.get("/Subtype") not in ("/Widget", "/Link"):
        yield f"6.3.1: annotation {thing.get('/Subtype')}"
    if thing.get("/Interpolate") is True:
        yield "6.2.8: an image is to be interpolated"
    if thing.get("/Type") == "/ObjStm":
        yield "the file has object streams"
    for name in set(_names(thing.get("/Filter"))) - _FILTERS:
        yield f"6.1.7: filter {name}"
    if "/DeviceCMYK" in _names(thing.get("/ColorSpace")):
        yield "6.2.4: CMYK colours under an RGB output intent"


def _names(value: Any) -> list[str]:
    """Return a name, or the names of a list, as text."""
    import pikepdf

    if isinstance(value, pikepdf.Array):
        return [str(one) for one in value]
    return [str(value)] if isinstance(value, pikepdf.Name) else []


def _page(page: Any, fonts: dict[tuple[int, int], "_FontFacts"]) -> Iterator[str]:
    """6.2.11: fonts that are written with are there, embedded, and draw every character."""
    import pikepdf

    listed = page.get("/Resources", {}).get("/Font", {})
    for font in listed.values():
        _facts(font, fonts)
    current: _FontFacts | None = None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            current = _facts(listed[str(operands[0])], fonts) if str(operands[0]) in listed else None
            if current is None:
                yield f"6.2.2: the page writes with font {operands[0]}, which it does not list"
        elif name in ("k", "K"):
            yield "6.2.4: CMYK colours under an RGB output intent"
        elif name == "Tj" and current is not None:
            yield from current.shows(bytes(operands[0]))


def _facts(font: Any, fonts: dict[tuple[int, int], "_FontFacts"]) -> "_FontFacts":
    return fonts.setdefault(font.objgen, _FontFacts(font))


class _FontFacts:
    """One Type 0 font of the file, with what is wrong with it."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "?"))
        self.findings: list[str] = []
        self._glyphs: list[int] = []
        self._readable = frozenset[int]()
        descendant: Any = next(iter(font.get("/DescendantFonts", [])), {})
        program = descendant.get("/FontDescriptor", {}).get("/FontFile2")
        if program is None:
            self.findings.append(f"6.2.11.4: font {self.name} is not embedded")
            return
        if "/ToUnicode" in font:
            self._readable = _readable(font.ToUnicode.read_bytes())
        else:
            self.findings.append(f"6.2.11.7: font {self.name} has no ToUnicode")
        if not re.match(r"/[A-Z]{6}\+", self.name):
            self.findings.append(f"6.2.11.4: font {self.name} has no subset tag")
        self._read(descendant, program.read_bytes())

    def shows(self, codes: bytes) -> Iterator[str]:
        """Yield what is wrong with the characters of one string."""
        for place in range(0, len(codes), 2):
            number = int.from_bytes(codes[place : place + 2], "big")
            if self._glyphs and (number >= len(self._glyphs) or not self._glyphs[number]):
                yield f"6.2.11.8: font {self.name} shows .notdef for character {number}"
            if self._readable and number not in self._readable:
                yield f"6.2.11.7: font {self.name} gives no Unicode for character {number}"

    def _read(self, descendant: Any, program: bytes) -> None:
        """Compare the widths of the PDF with those of the font program (6.2.11.5)."""
        import pikepdf
        from fontTools.ttLib import TTFont

        mapping = descendant.get("/CIDToGIDMap")
        if not isinstance(mapping, pikepdf.Stream):
            self.findings.append(f"6.2.11.3: font {self.name} has no map from characters to glyphs")
            return
        table = mapping.read_bytes()
        self._glyphs = [int.from_bytes(table[place : place + 2], "big") for place in range(0, len(table), 2)]
        embedded: Any = TTFont(BytesIO(program), lazy=True)
        widths, order = embedded["hmtx"].metrics, embedded.getGlyphOrder()
        scale = 1000 / embedded["head"].unitsPerEm
        noted = _noted_widths(descendant)
        default = int(descendant.get("/DW", 1000))
        for number, glyph in enumerate(self._glyphs):
            if glyph and abs(widths[order[glyph]][0] * scale - noted.get(number, default)) > 1:
                self.findings.append(f"6.2.11.5: font {self.name} has another width for character {number}")


def _noted_widths(descendant: Any) -> dict[int, int]:
    """Read the /W array, of which we write only the ``first [w w …]`` form."""
    listed = list(descendant.get("/W", []))
    found: dict[int, int] = {}
    for place in range(0, len(listed) - 1, 2):
        for offset, width in enumerate(listed[place + 1]):
            found[int(listed[place]) + offset] = int(width)
    return found


def _readable(to_unicode: bytes) -> frozenset[int]:
    blocks = re.findall(rb"beginbfchar\n(.*?)endbfchar", to_unicode, re.DOTALL)
    return frozenset(
        int(code, 16) for block in blocks for code in re.findall(rb"<([0-9A-F]{4})> <[0-9A-F]{4,}>", block)
    )
