"""The parts of an xlsx file, inflated under count: zip bombs, doubled or escaping names, macros and DTDs are refused."""

import codecs
import io
import re
import zipfile
import zlib

from xmdesk.documents.sheets import limits
from xmdesk.errors import Refused

Parts = dict[str, bytes]

_XML_NAMES = (".xml", ".rels", ".vml")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_CHUNK = 64 * 1024


def open_parts(data: bytes) -> Parts:
    """Inflate every part (names in lower case, ``/`` between), all XML as UTF-8 without DTD; raises ``Refused``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            _check_names(archive.infolist())
            _check_is_workbook(entries)
            return _inflate_all(archive, entries)
    except zipfile.BadZipFile:
        raise Refused("X-CUT") from None
    except (zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise Refused("X-ZIP") from None


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.PARTS:
        raise Refused("X-PARTS", limit=limits.PARTS)
    seen: set[str] = set()
    for entry in entries:
        name = _plain_name(entry.filename)
        if name.startswith("/") or ":" in name or ".." in name.split("/") or entry.orig_filename != entry.filename:
            raise Refused("X-NAME")
        if name in seen:
            raise Refused("X-DUP")
        seen.add(name)
        if entry.flag_bits & 0x1:
            raise Refused("X-PASSWORD")


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _check_is_workbook(entries: list[zipfile.ZipInfo]) -> None:
    names = {_plain_name(one.filename) for one in entries}
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Refused("X-MACRO")
    if "[content_types].xml" in names and "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise Refused("X-DOC")
    seems = _what_zip(names)
    raise Refused("X-KIND", seems=seems) if seems else Refused("X-ARCHIVE")


def _what_zip(names: set[str]) -> str:
    marks = (
        ("xl/workbook.bin", "xlsb 表格"),
        ("ppt/presentation.xml", "演示文稿"),
        ("content.xml", "ods 表格"),
        ("index/document.iwa", "Numbers 表格"),
        ("index.zip", "Numbers 表格"),
    )
    return next((words for mark, words in marks if mark in names), "")


def _inflate_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Parts:
    parts: Parts = {}
    total = 0
    for entry in entries:
        name = _plain_name(entry.filename)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("X-ZIP")
        content = _inflate(archive, entry, limits.TOTAL_BYTES - total)
        total += len(content)
        parts[name] = _safe_xml(content) if name.endswith(_XML_NAMES) else content
    if b"macroEnabled" in parts["[content_types].xml"]:
        raise Refused("X-MACRO")
    return parts


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    found = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            found += chunk
            if len(found) > limits.RATIO_ABOVE and len(found) > limits.RATIO * max(entry.compress_size, 1):
                raise Refused("X-BOMB")
            if len(found) > min(limits.PART_BYTES, room):
                promised = entry.file_size > limits.RATIO * max(entry.compress_size, 1)
                raise Refused("X-BOMB") if promised else Refused("X-BIG")
    return bytes(found)


def _safe_xml(content: bytes) -> bytes:
    text = _as_utf8(content)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused("X-DTD")
    return text


def _as_utf8(content: bytes) -> bytes:
    """Rewrite UTF-16 as UTF-8, so that every later search sees the same characters as the XML reader."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\x00", b"\x00<")):
        encoding = (
            "utf-16" if content[:1] in (b"\xff", b"\xfe") else "utf-16-le" if content[:1] == b"<" else "utf-16-be"
        )
        try:
            content = content.decode(encoding).encode("utf-8")
        except UnicodeError:
            raise Refused("X-XML") from None
        return _DECLARATION.sub(b'<?xml version="1.0" encoding="UTF-8"?>', content, count=1)
    declared = _DECLARATION.match(content.removeprefix(codecs.BOM_UTF8))
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Refused("X-XML")
    return content.removeprefix(codecs.BOM_UTF8)


def pack(parts: Parts) -> io.BytesIO:
    """Return a fresh, stored zip of these parts: the reader sees exactly what was checked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    packed.seek(0)
    return packed
