"""The national list as one read-only file, ``resources/divisions/divisions_2023.bin``, made by
``tests/house/make_divisions.py``.

Layout, little-endian: 8 bytes of magic, length of the header (4 bytes), header (JSON: edition, alphabet, endings,
place of each section), sections. Names are runs of 16-bit symbols in the order of the codes: symbol ``FIRST + n`` is
the n-th sign of the alphabet, a symbol below 32 ends the name and stands for one of the usual endings (村委会 …).
Levels 1–4 have a section of codes, of starts (symbol offsets) and of names; villages have names alone, and for each
township where they start and by how much each last-three-digits number grows over the one before.
"""

import json
import sys
from array import array
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from xmdesk.divisions.codes import Division, Level
from xmdesk.errors import Fault

MAGIC = b"XMDIVS01"
FIRST = 0x100
LONG_STEP = 0
"""In the steps of village numbers: add 255 and read on."""


class Header(NamedTuple):
    """What stands before the sections; ``body`` is the offset of the first one in the file."""

    alphabet: str
    endings: tuple[str, ...]
    sections: dict[str, tuple[int, int]]
    body: int


class Table:
    """Reads sections when they are first needed; single entries are read without loading the village names."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._arrays: dict[str, array[int]] = {}
        self._texts: dict[str, str] = {}

    @cached_property
    def header(self) -> Header:
        """The header; a missing, short or foreign file is a :class:`Fault`."""
        try:
            with self._path.open("rb") as file:
                opening = file.read(12)
                size = int.from_bytes(opening[8:], "little")
                if opening[:8] != MAGIC:
                    raise Fault("divisions_unreadable")
                found = json.loads(file.read(size))
        except (OSError, ValueError) as trouble:
            raise Fault("divisions_unreadable") from trouble
        sections = {name: (place[0], place[1]) for name, place in found["sections"].items()}
        return Header(found["alphabet"], tuple(found["endings"]), sections, 12 + size)

    @cached_property
    def signs(self) -> dict[int, str]:
        """Symbol to the sign or ending it stands for, for ``str.translate``."""
        signs = {FIRST + place: sign for place, sign in enumerate(self.header.alphabet)}
        return signs | {1 + place: ending + "\n" for place, ending in enumerate(self.header.endings)}

    def codes(self, level: Level) -> "array[int]":
        """Codes of a level above the villages, ascending."""
        return self._numbers(f"codes{level.digits}")

    def starts(self, level: Level) -> "array[int]":
        """Where each name of that level starts, one more at the end; for villages: where each township's names start."""
        return self._numbers(f"starts{level.digits}")

    def text(self, level: Level) -> str:
        """All symbols of a level; kept once read."""
        name = f"names{level.digits}"
        if name not in self._texts:
            self._texts[name] = self._read(name).decode("utf-16-le")
        return self._texts[name]

    def names(self, level: Level, first: int, last: int) -> list[str]:
        """The names between two symbol offsets."""
        name = f"names{level.digits}"
        kept = self._texts.get(name)
        symbols = kept[first:last] if kept else self._read(name, first * 2, last * 2).decode("utf-16-le")
        return symbols.translate(self.signs).split("\n")[:-1]

    def divisions(self, level: Level, places: range) -> list[Division]:
        """The entries at neighbouring places of a level above the villages."""
        starts, codes = self.starts(level), self.codes(level)
        names = self.names(level, starts[places.start], starts[places.stop])
        return [Division(str(codes[place]), name, level) for place, name in zip(places, names, strict=True)]

    def division(self, level: Level, place: int) -> Division:
        """The entry at one place of a level above the villages."""
        return self.divisions(level, range(place, place + 1))[0]

    def villages(self, township: int) -> list[Division]:
        """All villages of the township at a place of its level."""
        starts = self.starts(Level.VILLAGE)
        names = self.names(Level.VILLAGE, starts[township], starts[township + 1])
        code = self.codes(Level.TOWNSHIP)[township]
        numbers = self._village_numbers(township)
        return [
            Division(f"{code}{number:03}", name, Level.VILLAGE) for number, name in zip(numbers, names, strict=True)
        ]

    def _village_numbers(self, township: int) -> list[int]:
        places = self._numbers("step_starts")
        steps = self._read("steps", places[township], places[township + 1])
        sums = accumulate(255 if step == LONG_STEP else step for step in steps)
        return [number - 1 for number, step in zip(sums, steps, strict=True) if step != LONG_STEP]

    def _numbers(self, name: str) -> "array[int]":
        if name not in self._arrays:
            numbers = array("I", self._read(name))
            if sys.byteorder == "big":
                numbers.byteswap()
            self._arrays[name] = numbers
        return self._arrays[name]

    def _read(self, name: str, first: int = 0, last: int | None = None) -> bytes:
        offset, size = self.header.sections[name]
        wanted = (size if last is None else last) - first
        try:
            with self._path.open("rb") as file:
                file.seek(self.header.body + offset + first)
                found = file.read(wanted)
        except OSError as trouble:
            raise Fault("divisions_unreadable") from trouble
        if len(found) != wanted:
            raise Fault("divisions_unreadable")
        return found
