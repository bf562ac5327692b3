"""What is checked before any reader touches a file: its true kind and size, and whether anything in it is a trap."""

from enum import StrEnum

from xmdesk.documents.sheets import limits
from xmdesk.errors import Refused

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_RTF = b"{\\rtf"
_OF_WORDS = "WordDocument"
"""What the stream of a document of text in the old format is called."""
_TEXT_NAMES = (".doc", ".dot", ".wps", ".wpt")
_OTHERS = (
    (b"%PDF", "PDF 文档"),
    (b"\xff\xd8\xff", "照片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3", "数据库"),
)
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style", b"mime-version:")
_TEXT_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 28, 29, 30, 31})


class FileKind(StrEnum):
    """What the first bytes say the file is, whatever its name says."""

    WORKBOOK = "xlsx"
    TEXT = "csv"


def file_kind(data: bytes, name: str = "") -> FileKind:
    """Tell a workbook from a text table by content; anything else is ``Refused`` with advice (trust.md BA19–BA24)."""
    if not data.strip(b"\x00"):
        raise Refused("X-EMPTY")
    if len(data) > limits.FILE_BYTES:
        raise Refused("X-SIZE", limit=limits.FILE_BYTES // 1024 // 1024)
    if data.startswith(b"PK"):
        return FileKind.WORKBOOK
    if data.startswith(_RTF):
        raise Refused("X-DOC")
    _refuse_old_formats(data, name)
    _refuse_pages(data)
    _refuse_others(data)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".et")):
        raise Refused("X-KIND", seems="文本")
    return FileKind.TEXT


def _refuse_old_formats(data: bytes, name: str) -> None:
    if data.startswith(OLE):
        encrypted = any(word.encode("utf-16-le") in data for word in ("EncryptedPackage", "EncryptionInfo"))
        if encrypted:
            raise Refused("X-PASSWORD")
        is_text = _OF_WORDS.encode("utf-16-le") in data or name.lower().endswith(_TEXT_NAMES)
        raise Refused("X-DOC" if is_text else "X-XLS")
    if data.startswith(_BIFF):
        raise Refused("X-XLS")


def _refuse_pages(data: bytes) -> None:
    head = _head_text(data).lstrip().lower()
    if head.startswith(_PAGES) or (head.startswith((b"<", b"<?xml")) and any(mark in head for mark in _PAGES)):
        raise Refused("X-HTML")
    if head.startswith(b"<?xml"):
        raise Refused("X-KIND", seems="XML 文件")


def _head_text(data: bytes) -> bytes:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def _refuse_others(data: bytes) -> None:
    for magic, seems in _OTHERS:
        if data.startswith(magic):
            raise Refused("X-ARCHIVE") if seems.endswith("压缩包") else Refused("X-KIND", seems=seems)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(data):
        return
    if data.translate(None, _TEXT_CONTROLS) != data:
        raise Refused("X-BINARY")


def looks_like_utf16(data: bytes) -> bool:
    """Guess UTF-16 LE without a mark: nearly no NUL in even places, many in odd ones."""
    sample = data[: 4096 - len(data[:4096]) % 2]
    even, odd = sample[0::2], sample[1::2]
    return len(data) % 2 == 0 and bool(odd) and not even.count(0) and odd.count(0) * 4 > len(odd)
