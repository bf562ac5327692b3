"""Longitude and latitude in decimal degrees, six places (about 0.1 m), CGCS2000; China lies in 73–136 E, 3–54 N."""

import re
from decimal import Decimal
from typing import NamedTuple

from xmdesk.records.values.cells import is_finite, is_number, narrow, open_cell, quote
from xmdesk.records.values.reading import Bad, Note, Read

RANGES = {"lng": (Decimal(73), Decimal(136)), "lat": (Decimal(3), Decimal(54))}
_OTHER = {"lng": "lat", "lat": "lng"}
_AXIS = re.compile(r"^(?:东经|北纬|经度|纬度|[EN])[:：]?|(?:度|°|[EN])$")
_PLAIN = re.compile(r"\d{1,3}(?:\.\d{1,15})?", re.ASCII)
_DEGREES_MINUTES = re.compile(r"\d+\s*[°度º]\s*\d+|['\u2032’″\"分秒]")


class Point(NamedTuple):
    """A place; either both members are known or both are ``None``."""

    lng: Decimal | None
    lat: Decimal | None


def read_degrees(raw: object, axis: str) -> Read[Decimal | None]:
    """Read one coordinate (axis ``lng`` or ``lat``); a value that fits the other axis is kept with a warning.

    :func:`settle` puts such a pair right once both are known.
    """
    value, notes = _degrees(raw)
    if value is None or _within(value, axis):
        return Read(value, notes)
    if value == 0:
        raise Bad("V-DEGREES-ZERO")
    if _within(value, _OTHER[axis]):
        return Read(value, (*notes, Note("V-DEGREES-SWAPPED")))
    raise Bad("V-DEGREES-RANGE")


def read_point(raw: object) -> Read[Point]:
    """Read a combined column 经纬度: "118.123456, 24.654321" in either order."""
    cell = open_cell(raw)
    if not cell.text:
        return Read(Point(None, None), cell.notes())
    text = narrow(cell.text)
    if _DEGREES_MINUTES.search(text):
        raise Bad("V-DEGREES-MINUTES")
    parts = [part for part in re.split(r"[,，、;；/\s]+", text) if part]
    if len(parts) != 2:
        raise Bad("V-DEGREES-PAIR")
    lng, lat = read_degrees(parts[0], "lng"), read_degrees(parts[1], "lat")
    return settle(lng.value, lat.value)


def settle(lng: Decimal | None, lat: Decimal | None) -> Read[Point]:
    """Swap a pair that was filled in the wrong way round, with a warning; half a pair or 0,0 is refused."""
    if lng is None and lat is None:
        return Read(Point(None, None))
    if lng is None or lat is None:
        raise Bad("V-DEGREES-HALF")
    if _within(lng, "lng") and _within(lat, "lat"):
        return Read(Point(lng, lat))
    if _within(lat, "lng") and _within(lng, "lat"):
        return Read(Point(lat, lng), (Note("V-DEGREES-SWAPPED"),))
    raise Bad("V-DEGREES-ZERO") if lng == 0 or lat == 0 else Bad("V-DEGREES-RANGE")


def _within(value: Decimal, axis: str) -> bool:
    low, high = RANGES[axis]
    return low <= value <= high


def _degrees(raw: object) -> tuple[Decimal | None, tuple[Note, ...]]:
    if isinstance(raw, int | float | Decimal) and not is_finite(raw):
        raise Bad("V-DEGREES-RANGE")
    cell = open_cell(raw)
    text = narrow(cell.text).strip()
    if not text:
        return None, cell.notes()
    if _DEGREES_MINUTES.search(text):
        raise Bad("V-DEGREES-MINUTES")
    plain = _AXIS.sub("", text).strip()
    if is_number(raw) and re.fullmatch(r"-.*", plain):
        raise Bad("V-DEGREES-RANGE")
    if not _PLAIN.fullmatch(plain):
        raise Bad("V-DEGREES", text=quote(cell.text))
    return Decimal(plain).quantize(Decimal("0.000001")), cell.notes() if plain == cell.text else (Note("V-TIDIED"),)
