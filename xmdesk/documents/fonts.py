"""The three typefaces of the program: where their files are, which characters they draw, how wide these are.

Serif is the body, Sans (bold) the heads, Rare stands in for characters that both lack (GB 18030-2022 level 3) and is
loaded only when a text needs it. They are shipped packed and unpacked once into the user's cache.
"""

import hashlib
import json
import lzma
import os
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from xmdesk.errors import Fault
from xmdesk.paths import resource, user_cache

SERIF = "Serif"
SANS = "Sans"
RARE = "Rare"

UNDRAWABLE = "〓"
"""Printed where no font holds the character (geta mark, as printers do): never an empty box."""

_CHAINS: Mapping[str, tuple[str, ...]] = {SERIF: (SERIF, SANS, RARE), SANS: (SANS, SERIF, RARE)}
_LAST_POINT = 0x110000
_loading = threading.Lock()


@dataclass(frozen=True)
class Font:
    """A typeface (``SERIF`` or ``SANS``) at a size in points."""

    face: str
    size: float

    def width(self, text: str) -> float:
        """Return the width of one line of text in points."""
        return units(text, self.face) * self.size / 1000


@dataclass(frozen=True)
class _Shipped:
    """What ``resources/fonts/fonts.json`` says about one font."""

    name: str
    size: int
    sha256: str
    covered: bytes
    """One byte per code point up to the last covered one; 1 where the font has a glyph."""


def missing(text: str) -> list[str]:
    """Return the characters that no font draws, each once, in order; a line break is no character.

    The single truth about "would be blank on paper": sealing refuses these, printing shows ``〓`` in their place.
    """
    return [character for character in dict.fromkeys(text) if character != "\n" and not _holder(character, SERIF)]


def units(text: str, face: str) -> int:
    """Return the width of one line in thousandths of the font size, with stand-ins for characters the face lacks."""
    return sum(map(_advances(face).__getitem__, text))


@lru_cache(maxsize=65536)
def runs(text: str, face: str) -> tuple[tuple[str, str], ...]:
    """Cut a line into (typeface, characters): each character in the first font of the chain that draws it."""
    found: list[tuple[str, str]] = []
    for character in text:
        holder = _holder(character, face)
        drawn = character if holder else UNDRAWABLE
        holder = holder or face
        if found and found[-1][0] == holder:
            found[-1] = (holder, found[-1][1] + drawn)
        else:
            found.append((holder, drawn))
    return tuple(found)


@cache
def outlines(face: str) -> Any:
    """Return ReportLab's reader of a font file: ``charToGlyph``, ``charWidths``, ``makeSubset``.

    Raises ``Fault("PAPER-FONT")`` when the shipped file is damaged. The reader keeps a file position: one user at a time.
    """
    from xmdesk.documents.outline_reading import read_outlines

    with _loading:
        return read_outlines(_unpacked(_shipped()[face]))


def _holder(character: str, face: str) -> str:
    """Name the first font of the chain that draws the character; empty when none does."""
    point = ord(character)
    for name in _CHAINS[face]:
        covered = _shipped()[name].covered
        if point < len(covered) and covered[point]:
            return name
    return ""


class _Advances(dict[str, int]):
    """Advance width of each character met so far, in thousandths of the font size."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, character: str) -> int:
        holder = _holder(character, self.face)
        widths = outlines(holder or self.face).charWidths
        advance = round(widths[ord(character if holder else UNDRAWABLE)])
        self[character] = advance
        return advance


@cache
def _advances(face: str) -> _Advances:
    return _Advances(face)


@cache
def _shipped() -> dict[str, _Shipped]:
    entries: dict[str, Any] = json.loads(resource("fonts", "fonts.json").read_text("utf-8"))
    return {
        name.capitalize(): _Shipped(name, entry["bytes"], entry["sha256"], _covered(entry["covered"]))
        for name, entry in entries.items()
    }


def _covered(ranges: str) -> bytes:
    table = bytearray(_LAST_POINT)
    last = 0
    for part in ranges.split(" "):
        first, _, end = part.partition("-")
        last = int(end or first, 16)
        table[int(first, 16) : last + 1] = b"\1" * (last + 1 - int(first, 16))
    return bytes(table[: last + 1])


def _unpacked(font: _Shipped) -> bytes:
    """Return the font's bytes, from the cache when they are whole there, else from the shipped archive."""
    kept = user_cache() / "fonts" / f"{font.name}-{font.sha256[:16]}.ttf"
    with suppress(OSError):
        data = kept.read_bytes()
        if hashlib.sha256(data).hexdigest() == font.sha256:
            return data
    try:
        data = lzma.decompress(resource("fonts", f"{font.name}.ttf.xz").read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise Fault("PAPER-FONT", file=f"{font.name}.ttf.xz") from error
    if hashlib.sha256(data).hexdigest() != font.sha256:
        raise Fault("PAPER-FONT", file=f"{font.name}.ttf.xz")
    # A full or read-only disk costs a second at each start, not the work: the bytes are in memory already.
    with suppress(OSError):
        _keep(kept, data)
    return data


def _keep(path: Path, data: bytes) -> None:
    """Write beside the target and rename, so that several processes may unpack at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
