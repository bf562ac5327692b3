"""Whether the pages show what the payload says: our own drawing of the payload against the base revision.

Equal bytes settle it. Otherwise (another zlib, another date) what each page shows is compared: page boxes, decoded
contents, resources, font programs.
"""

import hashlib

from xmdesk.sealed.structure import inflate, pages
from xmdesk.sealed.syntax import Pdf, Ref, Value

_UNSEEN = frozenset({"Parent", "Length", "Filter"})


def first_difference(shown: Pdf, drawn: bytes) -> int:
    """0 if both show the same, else the number of the first page (1-based) that differs or is missing on one side."""
    if shown.data == drawn:
        return 0
    ours = _looks(Pdf.of(drawn))
    theirs = _looks(shown)
    for page, (left, right) in enumerate(zip(ours, theirs, strict=False), start=1):
        if left != right:
            return page
    return 0 if len(ours) == len(theirs) else min(len(ours), len(theirs)) + 1


def _looks(pdf: Pdf) -> list[bytes]:
    seen: dict[int, bytes] = {}
    return [_look_of_object(pdf, number, seen) for number in pages(pdf)]


def _look_of_object(pdf: Pdf, number: int, seen: dict[int, bytes]) -> bytes:
    """Digest of an object with everything it refers to; numbering, order of keys and packing do not matter."""
    known = seen.get(number)
    if known is None:
        found = pdf.object(number)
        look = _look(pdf, found.value, seen)
        stream = hashlib.sha256(inflate(pdf, number)).digest() if found.stream else b""
        known = seen[number] = hashlib.sha256(look + stream).digest()
    return known


def _look(pdf: Pdf, value: Value, seen: dict[int, bytes]) -> bytes:
    if isinstance(value, Ref):
        return b"o" + _look_of_object(pdf, value, seen)
    if isinstance(value, dict):
        entries = sorted((key, _look(pdf, one, seen)) for key, one in value.items() if key not in _UNSEEN)
        return b"d" + b"".join(hashlib.sha256(key.encode()).digest() + look for key, look in entries) + b"e"
    if isinstance(value, list):
        return b"a" + b"".join(_look(pdf, one, seen) for one in value) + b"e"
    return b"v" + hashlib.sha256(f"{type(value).__name__} {value!r}".encode()).digest()
