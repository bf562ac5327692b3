"""Packing streams (zlib, RFC 1950), and knowing how another file packed the same bytes.

A receiver who draws a file again needs the file's own packed bytes and not the work of packing: outlines of fonts are two
thirds of it. A known packing is one that was unpacked to exactly these bytes, so equal files still show equal contents.
"""

import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_known: ContextVar[Mapping[bytes, bytes] | None] = ContextVar("known packings", default=None)


def packed(content: bytes, level: int = 6) -> bytes:
    """Return the bytes packed: as the other file has them if it has, else compressed at this level."""
    known = _known.get()
    found = known.get(content) if known else None
    return zlib.compress(content, level) if found is None else found


@contextmanager
def knowing(packings: Mapping[bytes, bytes]) -> Generator[None]:
    """Use the packings of another file (from plain to packed bytes) within this block."""
    token = _known.set(packings)
    try:
        yield
    finally:
        _known.reset(token)
