"""Longitude and latitude in decimal degrees, six places (about 0.1 m), CGCS2000; China lies in 73–136 E, 3–54 N.

Degrees, minutes and seconds (24°28′47″N, 118度5分20.5秒, 24 28 47) are converted.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from xmdesk.records.values.cells import is_finite, is_number, narrow, open_cell, quote
from xmdesk.records.values.reading import Bad, Note, Read

RANGES = {"lng": (Decimal(73), Decimal(136)), "lat": (Decimal(3), Decimal(54))}
_OTHER = {"lng": "lat", "lat": "lng"}
_LETTERS = {"lng": "E", "lat": "N"}
_WORDS = {"东经": "E", "经度": "E", "北纬": "N", "纬度": "N", "西经": "W", "南纬": "S"}
_SIGNS = str.maketrans(
    {**dict.fromkeys("度º˚", "°"), **dict.fromkeys("分′’‘\u00b4", "'"), **dict.fromkeys("秒″”“", '"')}
)
_NUMBER = r"\d{1,15}(?:\.\d{1,15})?"
_MARKED = rf"\d{{1,3}}\s*°\s*{_NUMBER}\s*'?(?:\s*{_NUMBER}\s*\"?)?"
_SPACED = rf"\d{{1,3}}\s+\d{{1,2}}\s+{_NUMBER}"
_BODY = rf"(?:{_MARKED}|{_SPACED}|{_NUMBER}\s*°?)"
_ONE = rf"(?:[ENWS]+\s*{_BODY}|{_BODY}\s*[ENWS]*)"
_PAIR = re.compile(rf"({_ONE})(?:\s*[,，、;；/]\s*|\s+|(?<=[ENWS]))({_ONE})", re.ASCII)
_SIDED = re.compile(r"([ENWS]*)\s*(.*?)\s*([ENWS]*)", re.DOTALL)
_SIXTIETHS = re.compile(
    rf"(\d{{1,3}})(?:\s*°\s*|\s+(?=\d+\s+\d))({_NUMBER})\s*'?(?:\s*({_NUMBER})\s*\"?)?",
    re.ASCII,
)
_PLAIN = re.compile(r"(\d{1,3}(?:\.\d{1,15})?)\s*°?", re.ASCII)
_STEP = Decimal("0.000001")


class Point(NamedTuple):
    """A place; either both members are known or both are ``None``."""

    lng: Decimal | None
    lat: Decimal | None


def read_degrees(raw: object, axis: str) -> Read[Decimal | None]:
    """Read one coordinate (axis ``lng`` or ``lat``); a value that fits the other axis is kept with a warning.

    :func:`settle` puts such a pair right once both are known. A letter or word that names the other axis is refused.
    """
    value, notes = _degrees(raw, axis)
    if value is None or is_within(value, axis):
        return Read(value, notes)
    if value == 0:
        raise Bad("V-DEGREES-ZERO")
    if is_within(value, _OTHER[axis]):
        return Read(value, (*notes, Note("V-DEGREES-SWAPPED")))
    raise Bad("V-DEGREES-RANGE")


def read_point(raw: object) -> Read[Point]:
    """Read a combined column 经纬度: "118.123456, 24.654321" in either order."""
    cell = open_cell(raw)
    if not cell.text:
        return Read(Point(None, None), cell.notes())
    pair = _PAIR.fullmatch(_spelled(cell.text))
    if pair is None or bool(re.fullmatch(_SPACED, pair[1])) != bool(re.fullmatch(_SPACED, pair[2])):
        raise Bad("V-DEGREES-PAIR")
    first, second = pair.groups()
    if "N" in first or "E" in second:
        first, second = second, first
    lng, lat = read_degrees(first, "lng"), read_degrees(second, "lat")
    settled = settle(lng.value, lat.value)
    told = (note for note in (*lng.notes, *lat.notes) if note.code == "V-DEGREES-CONVERTED")
    return Read(settled.value, (*told, *settled.notes))


def settle(lng: Decimal | None, lat: Decimal | None) -> Read[Point]:
    """Swap a pair that was filled in the wrong way round, with a warning; half a pair or 0,0 is refused."""
    if lng is None and lat is None:
        return Read(Point(None, None))
    if lng is None or lat is None:
        raise Bad("V-DEGREES-HALF")
    if is_within(lng, "lng") and is_within(lat, "lat"):
        return Read(Point(lng, lat))
    if is_within(lat, "lng") and is_within(lng, "lat"):
        return Read(Point(lat, lng), (Note("V-DEGREES-SWAPPED"),))
    raise Bad("V-DEGREES-ZERO") if lng == 0 or lat == 0 else Bad("V-DEGREES-RANGE")


def is_within(value: Decimal, axis: str) -> bool:
    """Tell whether a value can be the longitude or latitude of a place in China."""
    low, high = RANGES[axis]
    return low <= value <= high


def _degrees(raw: object, axis: str) -> tuple[Decimal | None, tuple[Note, ...]]:
    if isinstance(raw, int | float | Decimal) and not is_finite(raw):
        raise Bad("V-DEGREES-RANGE")
    cell = open_cell(raw)
    if not cell.text:
        return None, cell.notes()
    text = _spelled(cell.text)
    if is_number(raw) and text.startswith("-"):
        raise Bad("V-DEGREES-RANGE")
    sided = _SIDED.fullmatch(text)
    before, body, after = sided.groups() if sided else ("", text, "")
    found, plain = _SIXTIETHS.fullmatch(body), _PLAIN.fullmatch(body)
    if not found and not plain:
        raise Bad("V-DEGREES", text=quote(cell.text))
    if {*before, *after} - {_LETTERS[axis]}:
        raise Bad("V-DEGREES-AXIS", text=quote(cell.text), axis="经度" if axis == "lng" else "纬度")
    if plain:
        notes = cell.notes() if plain[1] == cell.text else (Note("V-TIDIED"),)
        return Decimal(plain[1]).quantize(_STEP), notes
    assert found is not None  # noqa: S101 - one of the two
    value = _converted(found, cell.text)
    return value, (Note("V-DEGREES-CONVERTED", {"degrees": f"{value}"}),)


def _spelled(text: str) -> str:
    """Write words, signs and letters of a coordinate in one way: E118°5'20"."""
    for word, letter in _WORDS.items():
        text = text.replace(word, letter)
    short = " ".join(narrow(text).upper().translate(_SIGNS).replace("''", '"').split())
    return re.sub(r"(?<=[ENWS]) ?:", "", short).strip()


def _converted(found: re.Match[str], text: str) -> Decimal:
    """Return degrees of degrees, minutes and seconds; only the last of them may have decimals."""
    degrees, minutes, seconds = found.groups()
    if seconds and "." in minutes:
        raise Bad("V-DEGREES", text=quote(text))
    if Decimal(minutes) >= 60 or Decimal(seconds or 0) >= 60:
        raise Bad("V-DEGREES-MINUTES")
    whole = Decimal(degrees) * 3600 + Decimal(minutes) * 60 + Decimal(seconds or 0)
    return (whole / 3600).quantize(_STEP)
