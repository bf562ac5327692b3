"""Reading the plain PDF syntax that our exporter writes, and nothing else.

One classic cross-reference table, no object streams, no comments, no hidden bytes. Everything is bounded: tokens, depth,
numbers. A lenient reader would see more files, but an attacker lives where two lenient readers see different things.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeAlias

from xmdesk.sealed.unfit import Unfit, need

MOST_OBJECTS = 50_000
MOST_TOKENS = 400_000
DEEPEST = 16


class Name(str):
    """A PDF name without its slash."""

    __slots__ = ()


class Ref(int):
    """Reference to an indirect object by number; generations are always 0."""

    __slots__ = ()


class Numbers(bytes):
    """An array of nothing but numbers, as written."""

    __slots__ = ()


Value: TypeAlias = bool | int | float | Name | Ref | Numbers | bytes | list["Value"] | dict[str, "Value"] | None


class Stream(NamedTuple):
    """Where a stream's bytes lie in the file."""

    start: int
    end: int


@dataclass(frozen=True)
class Object:
    """One indirect object: its value, its stream if it has one, and where object and dictionary text lie."""

    value: Value
    stream: Stream | None
    text: tuple[int, int]
    end: int


_TOKEN = re.compile(
    rb"[ \n]*(?:"
    rb"/([^\x00-\x20()<>\[\]{}/%\x7f-\xff]{1,127})"  # 1 name
    rb"|(\d{1,7}) 0 R(?=[ \n\]/>])"  # 2 reference
    rb"|([+-]?(?:\d{1,10}(?:\.\d{0,10})?|\.\d{1,10}))(?=[ \n\]/>\[<(])"  # 3 number
    rb"|(<<)|(>>)"  # 4, 5 dictionary
    rb"|(\[[ \n0-9.+-]*\])"  # 6 numbers
    rb"|(\[)|(\])"  # 7, 8 array
    rb"|<([0-9A-Fa-f]*)>"  # 9 hexadecimal string
    rb"|\(([^()\\]*(?:\\.[^()\\]*)*)\)"  # 10 string
    rb"|(true|false|null)(?=[ \n\]/>])"  # 11
    rb")",
    re.DOTALL,
)
_HEAD = re.compile(rb"(\d{1,7}) 0 obj\n")
_STREAM = re.compile(rb"\nstream\n")
_STREAM_END = re.compile(rb"\n?endstream\nendobj\n")
_OBJECT_END = re.compile(rb"\nendobj\n")
_XREF = re.compile(rb"xref\n0 (\d{1,6})\n0000000000 65535 f \n")
_ENTRIES = re.compile(rb"(?:\d{10} 00000 n \n)*")
_TAIL = re.compile(rb"\nstartxref\n(\d{1,8})\n%%EOF\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_BACKSLASH = re.compile(rb"\\(\d{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
_PLAIN = re.compile(rb"[A-Za-z0-9.+_-]")


@dataclass
class Pdf:
    """A base revision: its bytes, the offset of every object, and the trailer dictionary. Objects are read on demand."""

    data: bytes
    offsets: list[int]
    trailer: dict[str, Value]
    xref_at: int
    _tokens: int = 0
    _read: dict[int, Object] = field(default_factory=dict[int, Object])

    @classmethod
    def of(cls, data: bytes) -> "Pdf":
        """Read header, cross-reference table and trailer; the file must end with exactly one ``%%EOF``."""
        need(re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n", data))
        tail = _TAIL.fullmatch(data, max(0, data.rfind(b"\nstartxref\n")))
        need(tail)
        xref_at = int(tail[1]) if tail else 0
        head = _XREF.match(data, xref_at)
        need(head)
        count = int(head[1]) if head else 0
        need(2 <= count <= MOST_OBJECTS, "R-BOMB")
        start = head.end() if head else 0
        need(_ENTRIES.fullmatch(data, start, start + 20 * (count - 1)))
        offsets = [0, *(int(data[at : at + 10]) for at in range(start, start + 20 * (count - 1), 20))]
        pdf = cls(data, offsets, {}, xref_at)
        pdf._read_trailer(start + 20 * (count - 1), data.rfind(b"\nstartxref\n"))
        return pdf

    def object(self, number: int) -> Object:
        """Read the object with this number."""
        known = self._read.get(number)
        if known is None:
            need(0 < number < len(self.offsets))
            known = self._read[number] = self._object_at(number, self.offsets[number])
        return known

    def value(self, value: Value) -> Value:
        """The value itself, or what a reference points to (once: references to references are refused)."""
        return self.object(value).value if isinstance(value, Ref) else value

    def dictionary(self, value: Value) -> dict[str, Value]:
        """The dictionary that a value is or points to."""
        found = self.value(value)
        if not isinstance(found, dict):
            raise Unfit("R-STRUCTURE")
        return found

    @cached_property
    def digest(self) -> Any:
        """SHA-256 of the whole revision so far (``hashlib``'s object): to be copied and fed what follows."""
        return hashlib.sha256(self.data)

    def raw(self, stream: Stream) -> bytes:
        """Bytes of a stream as they stand in the file."""
        return self.data[stream.start : stream.end]

    def _read_trailer(self, at: int, end: int) -> None:
        need(self.data.startswith(b"trailer <<", at))
        value, stop = self._value(at + 8, 1)
        need(stop == end and isinstance(value, dict))
        self.trailer = self.dictionary(value)
        need(self.trailer.get("Size") == len(self.offsets))

    def _object_at(self, number: int, at: int) -> Object:
        head = _HEAD.match(self.data, at)
        need(head and int(head[1]) == number)
        start = head.end() if head else 0
        value, end = self._value(start, 1)
        need(not isinstance(value, Ref))
        text = (start, end)
        if not _STREAM.match(self.data, end):
            return Object(value, None, text, self._after(_OBJECT_END, end))
        length = value.get("Length") if isinstance(value, dict) else None
        need(type(length) is int and length >= 0)
        first = end + 8
        last = first + (length if isinstance(length, int) else 0)
        return Object(value, Stream(first, last), text, self._after(_STREAM_END, last))

    def _after(self, pattern: re.Pattern[bytes], at: int) -> int:
        match = pattern.match(self.data, at)
        need(match)
        return match.end() if match else 0

    def _value(self, at: int, depth: int) -> tuple[Value, int]:
        return self._valued(_TOKEN.match(self.data, at), depth)

    def _valued(self, match: re.Match[bytes] | None, depth: int) -> tuple[Value, int]:
        self._tokens += 1
        if match is None:
            raise Unfit("R-STRUCTURE")
        if self._tokens > MOST_TOKENS or depth > DEEPEST:
            raise Unfit("R-BOMB")
        group = match.lastindex or 0
        atom = _ATOMS.get(group)
        if atom is not None:
            return atom(match[group]), match.end()
        need(group in (4, 7))
        return (self._dictionary if group == 4 else self._array)(match.end(), depth)

    def _dictionary(self, at: int, depth: int) -> tuple[Value, int]:
        found: dict[str, Value] = {}
        while True:
            match = _TOKEN.match(self.data, at)
            if match is None or match.lastindex not in (1, 5):
                raise Unfit("R-STRUCTURE")
            if match.lastindex == 5:
                return found, match.end()
            key = _name(match[1])
            if key in found:
                raise Unfit("R-STRUCTURE")
            found[key], at = self._value(match.end(), depth + 1)

    def _array(self, at: int, depth: int) -> tuple[Value, int]:
        found: list[Value] = []
        while True:
            match = _TOKEN.match(self.data, at)
            if match is not None and match.lastindex == 8:
                return found, match.end()
            value, at = self._valued(match, depth + 1)
            found.append(value)


@lru_cache(4096)
def _name(raw: bytes) -> Name:
    if b"#" in raw:
        raw = _ESCAPED.sub(_unescaped, raw)
        need(b"\x00" not in raw)
    return Name(raw.decode("latin-1"))


def _unescaped(match: re.Match[bytes]) -> bytes:
    char = bytes([int(match[1], 16)])
    need(not _PLAIN.match(char))  # a letter hidden behind an escape hides a key from a search
    return char


def _number(raw: bytes) -> int | float:
    return float(raw) if b"." in raw else int(raw)


def _hexadecimal(raw: bytes) -> bytes:
    need(len(raw) % 2 == 0)
    return bytes.fromhex(raw.decode("ascii"))


def _string(raw: bytes) -> bytes:
    return _BACKSLASH.sub(_unquoted, raw) if b"\\" in raw else raw


def _unquoted(match: re.Match[bytes]) -> bytes:
    inner = match[1]
    if inner[:1].isdigit():
        return bytes([int(inner, 8) & 255]) if set(inner) <= set(b"01234567") else inner
    return _LETTERS.get(inner, inner)


def _word(raw: bytes) -> bool | None:
    return _WORDS[raw]


def _reference(raw: bytes) -> Ref:
    return Ref(int(raw))


_ATOMS: dict[int, Callable[[bytes], Value]] = {
    1: _name,
    2: _reference,
    3: _number,
    6: Numbers,
    9: _hexadecimal,
    10: _string,
    11: _word,
}
