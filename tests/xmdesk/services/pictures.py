"""Pictures of every sort, whole, unusual, broken and lying, made on the spot."""

import struct
import zlib
from io import BytesIO

from PIL import ExifTags, Image

LEFT, RIGHT = (200, 30, 30), (30, 30, 200)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def two_halves(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """Red at the left, blue at the right, so that turning shows."""
    picture = Image.new("RGB", size, LEFT)
    picture.paste(RIGHT, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def jpeg(picture: Image.Image, exif: Image.Exif | None = None, **values: object) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", **({"exif": exif} if exif is not None else {}), **values)
    return target.getvalue()


def png(picture: Image.Image, **values: object) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG", **values)
    return target.getvalue()


def place(lat: tuple[object, ...], lng: tuple[object, ...], sides: str = "NE") -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: sides[0], 2: lat, 3: sides[1], 4: lng})
    return exif


def taken_at(moment: str) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = moment
    return exif


def pixel(picture: Image.Image, across: float, down: float = 0.5) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(found, tuple)
    return found


def is_near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 30 for one, other in zip(found, wanted, strict=True))


def other(form: str) -> bytes:
    target = BytesIO()
    two_halves((32, 32)).save(target, form)
    return target.getvalue()


def garbled(content: bytes) -> bytes:
    return content[:40] + b"\xff" * 60 + content[100:]


def lying_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def sixteen_bit() -> bytes:
    left, right = Image.new("I;16", (50, 80), 51400), Image.new("I;16", (50, 80), 7710)
    whole = Image.new("I;16", (100, 80))
    whole.paste(left, (0, 0))
    whole.paste(right, (50, 0))
    return png(whole)


def black_and_white() -> bytes:
    picture = Image.new("1", (100, 80), 0)
    picture.paste(1, (0, 0, 50, 80))
    return png(picture)


def animated() -> bytes:
    return png(two_halves((64, 48)), save_all=True, append_images=[Image.new("RGB", (64, 48), "black")])


def see_through() -> bytes:
    picture = Image.new("RGBA", (100, 80), (0, 0, 0, 0))
    picture.paste((*LEFT, 255), (0, 0, 50, 80))
    return png(picture)
