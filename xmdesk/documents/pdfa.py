"""The archive form of a document: PDF/A-3u with the data attached, the same bytes for the same input.

ISO 19005-3:2012 (PDF/A-3), level U: every character can be found and copied. Signing comes after; a file finished
twice or saved again by another program is no longer the one that was signed.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from xmdesk.packing import packed
from xmdesk.paths import resource

PRODUCER = "xmdesk"


@dataclass(frozen=True)
class Attachment:
    """The embedded file: its name, bytes, a description for people and its relationship (ISO 19005-3 annex E)."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"
    mime: str = "application/json"


def finish(
    pdf: bytes, *, title: str, author: str, created: datetime, attachment: Attachment | None, layout_version: int
) -> bytes:
    """Turn drawn pages into PDF/A-3u; ``created`` is a moment with a time zone, written to the second in UTC."""
    import pikepdf

    moment = created.astimezone(UTC).replace(microsecond=0)
    with pikepdf.open(BytesIO(pdf)) as document:
        _drop_leftovers(document)
        root: Any = document.Root
        root.Lang = pikepdf.String("zh-CN")
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        for unwanted in ("/Outlines", "/PageMode", "/OpenAction", "/PageLabels"):
            if unwanted in root:
                del root[unwanted]
        root.OutputIntents = pikepdf.Array([_output_intent(document)])
        if attachment:
            _attach(document, attachment, moment)
        _describe(document, _Facts(title, author, f"{PRODUCER} layout {layout_version}", moment))
        target = BytesIO()
        # Every stream is compressed already; asked to compress, QPDF would inflate and deflate all of them again.
        document.save(
            target,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return target.getvalue()


@dataclass(frozen=True)
class _Facts:
    """What the file says about itself, once in the Info dictionary and once, equal, in the XMP packet."""

    title: str
    author: str
    tool: str
    moment: datetime


def _drop_leftovers(document: Any) -> None:
    """Remove what ReportLab writes out of habit: page transitions, listed fonts without a font program."""
    import pikepdf

    shared: dict[bytes, Any] = {}
    for page in document.pages:
        for habit in ("/Trans", "/Rotate"):
            if habit in page:
                del page[habit]
        if "/Resources" in page:
            page.Resources = _shared_resources(document, page.Resources, shared)
    for stream in document.objects:
        if isinstance(stream, pikepdf.Stream):
            _simplify(stream)


def _shared_resources(document: Any, resources: Any, shared: dict[bytes, Any]) -> Any:
    """Return equal resources as one object: a receiver reads them once and not on every page."""
    import pikepdf

    key = resources.unparse()
    if key not in shared:
        fonts = resources.get("/Font", {})
        resources.Font = pikepdf.Dictionary(
            {name: font for name, font in fonts.items() if "/DescendantFonts" in font or "/FontDescriptor" in font}
        )
        shared[key] = document.make_indirect(resources)
    return shared[key]


def _simplify(stream: Any) -> None:
    """Write a list of one filter as that filter; pictures are drawn without type and list no fonts."""
    import pikepdf

    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        stream.Filter = filters[0]
    if stream.get("/Subtype") == pikepdf.Name.Form and "/Font" in stream.Resources:
        del stream.Resources["/Font"]


def _output_intent(document: Any) -> Any:
    import pikepdf

    profile = _flate(document, resource("color", "sRGB.icc").read_bytes(), {"/N": 3})
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
            Info=pikepdf.String("sRGB IEC61966-2.1"),
            DestOutputProfile=profile,
        )
    )


def _attach(document: Any, attachment: Attachment, moment: datetime) -> None:
    """Embed the file, listed once by name and once as associated with the document."""
    import pikepdf

    content = attachment.content
    parameters = pikepdf.Dictionary(
        Size=len(content),
        CheckSum=pikepdf.String(hashlib.md5(content, usedforsecurity=False).digest()),
        CreationDate=pikepdf.String(_pdf_date(moment)),
        ModDate=pikepdf.String(_pdf_date(moment)),
    )
    entries = {
        "/Type": pikepdf.Name.EmbeddedFile,
        "/Subtype": pikepdf.Name("/" + attachment.mime),
        "/Params": parameters,
    }
    stream = _flate(document, content, entries)
    specification = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=pikepdf.String(attachment.name),
            UF=pikepdf.String(attachment.name),
            Desc=pikepdf.String(attachment.description),
            AFRelationship=pikepdf.Name("/" + attachment.relationship),
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )
    names = pikepdf.Array([pikepdf.String(attachment.name), specification])
    document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))
    document.Root.AF = pikepdf.Array([specification])


def _describe(document: Any, facts: _Facts) -> None:
    import pikepdf

    info = pikepdf.Dictionary(
        Title=pikepdf.String(facts.title),
        Author=pikepdf.String(facts.author),
        Creator=pikepdf.String(facts.tool),
        Producer=pikepdf.String(PRODUCER),
        CreationDate=pikepdf.String(_pdf_date(facts.moment)),
        ModDate=pikepdf.String(_pdf_date(facts.moment)),
    )
    document.trailer.Info = document.make_indirect(info)
    metadata = pikepdf.Stream(document, _packet(facts).encode())
    metadata.Type = pikepdf.Name.Metadata
    metadata.Subtype = pikepdf.Name.XML
    document.Root.Metadata = metadata


def _packet(facts: _Facts) -> str:
    """Write the XMP packet (ISO 16684-1) with the PDF/A identification of ISO 19005-3 6.6.4."""
    moment = facts.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    title, author, tool = (escape(text) for text in (facts.title, facts.author, facts.tool))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _flate(document: Any, content: bytes, entries: dict[str, Any]) -> Any:
    """Make a compressed stream; compressed here, so that the bytes do not depend on another library's build."""
    import pikepdf

    stream = pikepdf.Stream(document, packed(content))
    stream.Filter = pikepdf.Name.FlateDecode
    for key, value in entries.items():
        stream[key] = value
    return stream


def _pdf_date(moment: datetime) -> str:
    return moment.strftime("D:%Y%m%d%H%M%SZ")
