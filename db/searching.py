"""What a list can be searched by, and how it is sorted: characters, whole readings and first letters of Chinese text."""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, func

from xmdesk import pinyin
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.codes import Code
from xmdesk.records.kinds import Choice, PartialDay, PersonName, Reference, Text

LONGEST_SPOKEN: Final = 80
OTHER_READINGS: Final = 4
HAN: Final = re.compile(r"[㐀-鿿𠀀-𲎯]")
LETTERS: Final = re.compile(r"[a-z]")
DIGITS: Final = re.compile(r"([0-9]+)")


class Searched:
    """Which fields of a record class are searched, decided once."""

    def __init__(self, record: type[Record]) -> None:
        self._plain: list[str] = []
        self._spoken: list[tuple[str, bool]] = []
        for spec in fields_of(record).values():
            self._sort_in(spec, record.model_fields[spec.name].annotation)

    def text(self, record: Record) -> str:
        """The text of a record that queries are looked up in: folded values, then readings, one a line."""
        values = record.__dict__
        lines = [_folded(values[name]) for name in self._plain if values[name]]
        for name, person in self._spoken:
            value = values[name]
            if value:
                lines.append(_spoken(value, person))
        return "\n".join(lines)

    def _sort_in(self, spec: FieldSpec, annotation: object) -> None:
        kind = spec.kind
        if annotation is not str or isinstance(kind, Reference | PartialDay):
            return
        if isinstance(kind, PersonName):
            self._spoken.append((spec.name, True))
        elif isinstance(kind, Text) and kind.limit <= LONGEST_SPOKEN and not kind.multiline:
            self._spoken.append((spec.name, False))
        else:
            self._plain.append(spec.name)


_made: dict[str, Searched] = {}


def searched(record: type[Record]) -> Searched:
    """The searched fields of a record class."""
    name = record.__name__
    if name not in _made:
        _made[name] = Searched(record)
    return _made[name]


def conditions(column: ColumnElement[str], query: str) -> list[ColumnElement[bool]]:
    """What SQLite can decide: every word stands in the searched text; of mixed words (军y) only the characters."""
    found: list[ColumnElement[bool]] = []
    for word in pinyin.words(query):
        parts = HAN.findall(word) if is_mixed(word) else [word]
        found += [func.instr(column, part) > 0 for part in parts]
    return found


def answers(text: str, words: Sequence[str]) -> bool:
    """Whether every mixed word stands in one line of a searched text; lines of readings are passed over."""
    lines = [line for line in text.split("\n") if HAN.search(line)]
    return all(any(pinyin.matches(word, line) for line in lines if _shares(word, line)) for word in words)


def _shares(word: str, line: str) -> bool:
    return all(char in line for char in HAN.findall(word))


def mixed_words(query: str) -> list[str]:
    """Words of characters and letters together, which need :func:`answers`."""
    return [word for word in pinyin.words(query) if is_mixed(word)]


def is_mixed(word: str) -> bool:
    """Whether a word has both Chinese characters and letters."""
    return bool(HAN.search(word) and LETTERS.search(word))


@lru_cache(maxsize=1 << 15)
def _folded(text: str) -> str:
    return " ".join(pinyin.words(text))


@lru_cache(maxsize=1 << 15)
def _spoken(text: str, person: bool) -> str:  # noqa: FBT001  # a cache takes positional arguments only
    """The text, its readings and its initials, with the other readings of characters that have several."""
    folded = _folded(text)
    if not HAN.search(folded):
        return folded
    all_readings = [_readings(char) for char in folded]
    usual = [readings[0] for readings in all_readings]
    ways = [pinyin.spoken(folded, person=True), usual] if person else [usual]
    ways += [_with(usual, at, other) for at, readings in enumerate(all_readings) for other in readings[1:]]
    kept = ways[: OTHER_READINGS + 2]
    texts = ["".join(way) for way in kept] + ["".join([sound[:1] for sound in way]) for way in kept]
    return "\n".join(dict.fromkeys([folded, *texts]))


@cache
def _readings(char: str) -> tuple[str, ...]:
    return pinyin.readings(char)


def _with(sounds: Sequence[str], at: int, other: str) -> list[str]:
    return [*sounds[:at], other, *sounds[at + 1 :]]


def sort_key(spec: FieldSpec | None) -> Callable[[Any], Any]:
    """How stored values of a field compare: codes in the order of their list, text by reading, numbers by size."""
    if spec is not None and isinstance(spec.kind, Choice):
        places = {one.value: at for at, one in enumerate(_members(spec.kind.codes))}
        return lambda value: places.get(value, len(places))
    return lambda value: spoken_key(value) if isinstance(value, str) else value


def _members(codes: type[Code]) -> list[Code]:
    return list(codes)


def spoken_key(text: str) -> str:
    """A text that compares as people expect: numbers inside by size (2组 before 10组), characters by reading."""
    parts = DIGITS.split(text) if any(map(str.isdigit, text)) else [text]
    return "".join(_number_key(part) if part.isdigit() else "".join(map(_char_key, part)) for part in parts)


def _number_key(digits: str) -> str:
    plain = digits.lstrip("0")
    return f"0{len(plain):03d}{plain}"


@cache
def _char_key(char: str) -> str:
    reading = char.lower() if char.isascii() else _readings(char)[0]
    return f"1{reading} {char}"
