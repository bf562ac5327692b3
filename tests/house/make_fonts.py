"""Make the shipped fonts: ``python tests/house/make_fonts.py serif SOURCE.ttf`` writes ``resources/fonts/serif.ttf.xz``.

Not a test. Drops layout tables and hints (the program draws horizontal text glyph by glyph), scales to 1000 units per
em (a reader compares the widths of a PDF with those of the font), compresses, and notes size, SHA-256 and the covered
code points in ``resources/fonts/fonts.json``. Needs fontTools and about two minutes for the largest font.
"""

import hashlib
import json
import lzma
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.ttProgram import Program

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "fonts"
DROPPED = [
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "fpgm",
    "prep",
    "cvt",
    "gasp",
    "VORG",
    "vhea",
    "vmtx",
    "STAT",
    "DSIG",
    "kern",
    "meta",
    "hdmx",
    "VDMX",
    "LTSH",
]


def scaled(source: Path) -> bytes:
    """Return the font without layout tables and hints, 1000 units per em."""
    font: Any = cast("Any", TTFont(source))  # fontTools names its tables only at run time
    for tag in [tag for tag in font.keys() if tag.strip() in DROPPED]:  # noqa: SIM118 - a TTFont is no dictionary
        del font[tag]
    if font["head"].unitsPerEm != 1000:
        scale_upem(font, 1000)
    for glyph in font["glyf"].glyphs.values():
        glyph.expand(font["glyf"])
        if hasattr(glyph, "program"):
            glyph.program = Program()
            glyph.program.fromBytecode(b"")
    made = BytesIO()
    font.save(made, reorderTables=True)
    return made.getvalue()


def covered(data: bytes) -> list[int]:
    """Return the code points that the font draws (or leaves blank on purpose: the spaces), sorted."""
    return sorted(TTFont(BytesIO(data), lazy=True).getBestCmap() or {})


def as_ranges(points: list[int]) -> str:
    """Write code points as ``20-7E A0 …`` in hexadecimal."""
    runs: list[list[int]] = []
    for point in points:
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return " ".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in runs)


def note(name: str, data: bytes) -> None:
    """Write one font's entry into the list of shipped fonts."""
    path = SHIPPED / "fonts.json"
    entries = json.loads(path.read_text("utf-8")) if path.exists() else {}
    entries[name] = {
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "covered": as_ranges(covered(data)),
    }
    path.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    """Make one font from its source, or only note one that is already packed."""
    name = sys.argv[1]
    packed = SHIPPED / f"{name}.ttf.xz"
    if len(sys.argv) > 2:
        packed.write_bytes(lzma.compress(scaled(Path(sys.argv[2])), preset=9 | lzma.PRESET_EXTREME))
    note(name, lzma.decompress(packed.read_bytes()))


if __name__ == "__main__":
    main()
