"""One photo from a phone made small and harmless; runs in the capped child only (trust.md §6.1, BD1–BD12).

What comes out is drawn anew from the pixels: no EXIF, no place, no comment, no second file behind the picture.
"""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from math import isfinite
from typing import Any

from PIL import ExifTags, Image, ImageOps

from xmdesk.errors import Refused

MILLIONS = 40
"""Largest picture in millions of pixels, by its header, before anything is decoded."""

_STEPS = ((1600, 85), (1600, 75), (1600, 65), (1600, 55), (1280, 55), (1280, 40))
"""Longest edge in pixels and JPEG quality, tried until the file is small enough."""

_BYTES = 300_000
_KNOWN = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
)
_FOREIGN = (
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (8, b"WEBP", "WebP"),
)
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif")
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)
"""What Pillow raises on files that are cut off or lie."""

Image.MAX_IMAGE_PIXELS = None  # the size is refused below with a sentence of ours, before decoding


def shrink(data: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``content`` (JPEG), ``lng`` and ``lat`` (degrees, WGS 84, or None) and ``taken`` (ISO day or "")."""
    name = str(options.get("name", ""))
    kind = _kind(data, name)
    try:
        with Image.open(BytesIO(data), formats=[kind]) as opened:
            _check_size(opened, name)
            told = _told(opened)
            content = _encoded(_upright(opened))
    except _DAMAGE:
        raise Refused("PHOTO-BROKEN", name=name) from None
    return {"content": content, **told}


def _kind(data: bytes, name: str) -> str:
    """Tell what a file is by its first bytes; its name says nothing."""
    for magic, kind in _KNOWN:
        if data.startswith(magic):
            return kind
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise Refused("PHOTO-HEIC", name=name)
    for place, magic, foreign in _FOREIGN:
        if data[place : place + len(magic)] == magic:
            raise Refused("PHOTO-FORMAT", name=name, format=foreign)
    raise Refused("PHOTO-NOT", name=name)


def _check_size(opened: Image.Image, name: str) -> None:
    millions = opened.width * opened.height / 1_000_000
    if millions > MILLIONS:
        raise Refused("PHOTO-SIZE", name=name, millions=round(millions), limit=MILLIONS)


def _upright(opened: Image.Image) -> Image.Image:
    """Return the first picture as plain RGB, turned as the camera was held; what is transparent becomes white."""
    largest = _STEPS[0][0]
    opened.draft("RGB", (largest, largest))
    opened.load()
    picture = _eight_bits(opened)
    picture.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    turned = _turned(picture)
    plain = Image.new("RGB", turned.size, "white")
    if "transparency" in turned.info or turned.mode in ("RGBA", "LA", "PA"):
        seen = turned.convert("RGBA")
        plain.paste(seen, mask=seen.getchannel("A"))
    else:
        plain.paste(turned.convert("RGB"))
    return plain


def _eight_bits(opened: Image.Image) -> Image.Image:
    """Pillow cuts off sixteen-bit greys instead of scaling them; palettes cannot be shrunk well."""
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda level: level / 256).convert("L")
    return opened.convert("RGBA") if opened.mode in ("P", "PA") else opened.copy()


def _turned(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except _DAMAGE:
        return picture


def _encoded(picture: Image.Image) -> bytes:
    content = b""
    for edge, quality in _STEPS:
        small = picture.copy()
        small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        target = BytesIO()
        small.save(target, "JPEG", quality=quality, optimize=True)
        content = target.getvalue()
        if len(content) <= _BYTES:
            break
    return content


def _told(opened: Image.Image) -> dict[str, Any]:
    """Read place and day from the EXIF data; broken EXIF data says nothing and is no reason to refuse a photo."""
    try:
        exif = opened.getexif()
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    except _DAMAGE:
        return {"lng": None, "lat": None, "taken": ""}
    lat = _degrees(place, ExifTags.GPS.GPSLatitude, negative="S")
    lng = _degrees(place, ExifTags.GPS.GPSLongitude, negative="W")
    both = lat is not None and lng is not None and abs(lat) <= 90 and abs(lng) <= 180 and (lat, lng) != (0, 0)
    return {"lng": lng if both else None, "lat": lat if both else None, "taken": _day(taken)}


def _degrees(place: Mapping[int, Any], tag: int, *, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(one) for one in place[tag])
    except _DAMAGE:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    side = str(place.get(tag - 1, "")).strip("\0 ")
    return round(-value if side == negative else value, 6) if isfinite(value) else None


def _day(taken: object) -> str:
    """``2026:11:05 09:30:00`` → ``2026-11-05``; anything else says nothing."""
    day = str(taken or "")[:10].replace(":", "-")
    digits = day.replace("-", "")
    return day if len(day) == 10 and len(digits) == 8 and digits.isascii() and digits.isdigit() else ""
