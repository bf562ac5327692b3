"""What a list can be searched by, and how it is sorted: characters, whole readings and first letters of Chinese text."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, islice
from typing import Any, Final

from xmdesk import pinyin
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.codes import Code
from xmdesk.records.kinds import Choice, PartialDay, PersonName, Reference, Text

LONGEST_SPOKEN: Final = 120
LONG: Final = 80
WAYS: Final = {"person": 12, "name": 6, "long": 1}
"""So many ways of reading a person's name, the name of anything else, or a text that may be long."""
HAN: Final = re.compile(r"[㐀-鿿𠀀-𲎯]")
LETTERS: Final = re.compile(r"[a-z]")
DIGITS: Final = re.compile(r"([0-9]+)")


class Searched:
    """Which fields of a record class are searched, decided once."""

    def __init__(self, record: type[Record]) -> None:
        self._plain: list[str] = []
        self._spoken: list[tuple[str, str]] = []
        for spec in fields_of(record).values():
            self._sort_in(spec, record.model_fields[spec.name].annotation)

    def text(self, record: Record) -> str:
        """The text of a record that queries are looked up in: folded values, then readings, one a line."""
        values = record.__dict__
        lines = [_folded(values[name]) for name in self._plain if values[name]]
        for name, sort in self._spoken:
            value = values[name]
            if value:
                lines.append(_spoken(value, sort))
        return "\n".join(lines)

    def _sort_in(self, spec: FieldSpec, annotation: object) -> None:
        kind = spec.kind
        if annotation is not str or isinstance(kind, Reference | PartialDay):
            return
        if isinstance(kind, PersonName):
            self._spoken.append((spec.name, "person"))
        elif isinstance(kind, Text) and kind.limit <= LONGEST_SPOKEN and not kind.multiline:
            self._spoken.append((spec.name, "long" if kind.limit > LONG else "name"))
        else:
            self._plain.append(spec.name)


_made: dict[str, Searched] = {}


def searched(record: type[Record]) -> Searched:
    """The searched fields of a record class."""
    name = record.__name__
    if name not in _made:
        _made[name] = Searched(record)
    return _made[name]


def parts_of(word: str) -> list[str]:
    """What must stand in a searched text wherever a word is found; of mixed words (军y) only the characters."""
    return HAN.findall(word) if is_mixed(word) else [word]


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


def spoken_text(text: str, *, person: bool) -> str:
    """The text of a name, its readings and its initials, one a line."""
    return _spoken(text, "person" if person else "name")


@lru_cache(maxsize=1 << 15)
def _spoken(text: str, sort: str) -> str:
    """The text, its readings and its initials, with the other readings of characters that have several."""
    folded = _folded(text)
    if not HAN.search(folded):
        return folded
    *_, said = whole = pinyin.undotted(folded)
    ways = list(islice(_ways(said, person=sort == "person"), WAYS[sort]))
    texts = ["".join(way) for way in ways] + ["".join([sound[:1] for sound in way]) for way in ways]
    return "\n".join(dict.fromkeys([*whole, *texts]))


def _ways(text: str, *, person: bool) -> Iterator[list[str]]:
    """The ways in which a text may be read: the usual one, then those with one character read otherwise, with two, and so on."""
    usual = pinyin.spoken(text, person=person)
    others = [(at, sound) for at, char in enumerate(text) for sound in _readings(char) if sound != usual[at]]
    for count in range(len({at for at, _ in others}) + 1):
        for chosen in combinations(others, count):
            if len(dict(chosen)) == count:
                yield _with(usual, chosen)


@cache
def _readings(char: str) -> tuple[str, ...]:
    return pinyin.readings(char)


def _with(sounds: Sequence[str], others: Sequence[tuple[int, str]]) -> list[str]:
    read = list(sounds)
    for at, sound in others:
        read[at] = sound
    return read


def sort_key(spec: FieldSpec | None) -> Callable[[Any], Any]:
    """How stored values of a field compare: codes in the order of their list, text by reading, numbers by size."""
    if spec is not None and isinstance(spec.kind, Choice):
        places = {one.value: at for at, one in enumerate(_members(spec.kind.codes))}
        return lambda value: places.get(value, len(places))
    is_person = spec is not None and isinstance(spec.kind, PersonName)
    return lambda value: spoken_key(value, person=is_person) if isinstance(value, str) else value


def _members(codes: type[Code]) -> list[Code]:
    return list(codes)


def spoken_key(text: str, *, person: bool = False) -> str:
    """A text that compares as people expect: numbers inside by size (2组 before 10组), characters by reading, surnames as such."""
    length, opening = _surname(text[:2]) if person else (0, "")
    rest = text[length:]
    parts = DIGITS.split(rest) if any(map(str.isdigit, rest)) else [rest]
    return opening + "".join(_number_key(part) if part.isdigit() else "".join(map(_char_key, part)) for part in parts)


@lru_cache(maxsize=1 << 12)
def _surname(text: str) -> tuple[int, str]:
    """How many characters open a name that are read otherwise than usual, and as what :func:`_char_key` would put them."""
    read = pinyin.spoken(text, person=True)
    length = max((at + 1 for at, sound in enumerate(read) if sound != _readings(text[at])[0]), default=0)
    return length, "".join(f"1{sound} {char}" for sound, char in zip(read[:length], text, strict=False))


def _number_key(digits: str) -> str:
    plain = digits.lstrip("0")
    return f"0{len(plain):03d}{plain}"


@cache
def _char_key(char: str) -> str:
    reading = char.lower() if char.isascii() else _readings(char)[0]
    return f"1{reading} {char}"
