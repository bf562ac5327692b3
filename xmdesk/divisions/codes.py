"""Division codes: 2+2+2 digits (GB/T 2260), 3 for the township (GB/T 10114), 3 for the village or community.

Codes are kept without padding (350212 and not 350212000000): the length tells the level.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

LENGTHS = (2, 4, 6, 9, 12)
SHAPE = re.compile(r"[1-9][0-9](?:[0-9]{2}){0,2}|[1-9][0-9]{8}(?:[0-9]{3})?", re.ASCII)


class Level(IntEnum):
    """How far down the tree: 1 province to 5 village."""

    PROVINCE = 1
    CITY = 2
    DISTRICT = 3
    TOWNSHIP = 4
    VILLAGE = 5

    @property
    def digits(self) -> int:
        """Length of an unpadded code of this level."""
        return LENGTHS[self - 1]


@dataclass(frozen=True)
class Division:
    """区划: one entry of the tree; ``code`` is unpadded."""

    code: str
    name: str
    level: Level

    @property
    def township_kind(self) -> str:
        """What digits 7–9 say (GB/T 10114): 街道, 镇, 乡 or 类似乡级; empty above township level."""
        return _band(self.code[6:9], ((99, "街道"), (199, "镇"), (399, "乡"), (599, "类似乡级")))

    @property
    def office_kind(self) -> str:
        """What digits 10–12 say: 居委会, 村委会 or their likes; empty above village level."""
        return _band(self.code[9:12], ((199, "居委会"), (399, "村委会"), (499, "类似居委会"), (599, "类似村委会")))


def is_code_shape(text: str) -> bool:
    """Whether a text is shaped like an unpadded code: 2, 4, 6, 9 or 12 ASCII digits, the first not 0."""
    return SHAPE.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """Level of an unpadded code; a length that no level has is our bug (``ValueError``)."""
    return Level(LENGTHS.index(len(code)) + 1)


def parent_of(code: str) -> str:
    """Code one level up; empty for a province."""
    place = LENGTHS.index(len(code))
    return code[: LENGTHS[place - 1]] if place else ""


def ancestry(code: str) -> list[str]:
    """Codes from the province down to the code itself."""
    return [code[:digits] for digits in LENGTHS if digits <= len(code)]


def padded(code: str) -> str:
    """Code as statistics print it, zeros added to 12 digits."""
    return code.ljust(12, "0")


def unpadded(code: str) -> str:
    """Code without the zeros that pad it to 12 digits, cut back to the length of its level."""
    for digits in LENGTHS:
        if len(code) in (12, digits) and not code[digits:].strip("0"):
            return code[:digits]
    return code


def _band(digits: str, bands: tuple[tuple[int, str], ...]) -> str:
    if not digits:
        return ""
    return next((name for last, name in bands if 0 < int(digits) <= last), "")
