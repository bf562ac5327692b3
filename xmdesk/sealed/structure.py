"""What a sealed document may contain, as one table: every key of every dictionary, walked from the trailer.

A key that is not in the table, an object that nothing refers to, a byte between objects, a filter other than Flate, a stream
that inflates beyond its limit: all refused. So scripts, actions, forms, further attachments, optional layers have no place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from zlib_ng import zlib_ng

from xmdesk.sealed.grammar import ROLES, STREAMS, Rule
from xmdesk.sealed.syntax import Name, Numbers, Pdf, Ref, Stream, Value
from xmdesk.sealed.unfit import Unfit, need

LARGEST_STREAM = 16 * 1024 * 1024
LARGEST_TOTAL = 100 * 1024 * 1024
MOST_KEPT = 16 * 1024 * 1024
LARGEST_PAYLOAD = 5 * 1024 * 1024
DEEPEST_WALK = 24
ACTIVE = frozenset(
    {
        "A", "AA", "AcroForm", "Action", "Annots", "GoToE", "GoToR", "ImportData", "JS", "JavaScript", "Launch", "Movie",
        "OpenAction", "Rendition", "RichMedia", "S", "Sound", "SubmitForm", "URI", "XFA",
    }
)  # fmt: skip
"""Keys that would do something; only for the sentence, the table refuses every unknown key anyway."""
_RULES = {role: {key: rule.removeprefix("?") for key, rule in keys.items()} for role, keys in ROLES.items()}
_REQUIRED = {role: {key for key, rule in keys.items() if not rule.startswith("?")} for role, keys in ROLES.items()}


@dataclass
class Inventory:
    """What the walk found: object numbers by role, and the embedded payload's raw Flate bytes."""

    pdf: Pdf
    roles: dict[int, str] = field(default_factory=dict[int, str])
    inflated: int = 0
    kept: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])
    """Plain and packed bytes of streams, as long as these are few."""

    def numbers(self, role: str) -> list[int]:
        """Objects that were reached in this role, in the order of the file."""
        return sorted(number for number, one in self.roles.items() if one == role)

    def packings(self) -> dict[bytes, bytes]:
        """Streams as they lie in the file, by their plain bytes: for drawing the same again."""
        return dict(self.kept)


def survey(pdf: Pdf) -> Inventory:
    """Walk the whole base revision against the table; raises :class:`~xmdesk.sealed.unfit.Unfit`."""
    need("Encrypt" not in pdf.trailer, "R-ENCRYPTED")
    found = Inventory(pdf)
    _Walk(found).check("trailer", pdf.trailer, 0)
    numbers = range(1, len(pdf.offsets))
    need(found.roles.keys() == set(numbers))
    at = pdf.offsets[min(numbers, key=pdf.offsets.__getitem__)]
    need(at == 15)  # right behind the header
    for number in sorted(numbers, key=pdf.offsets.__getitem__):
        need(pdf.offsets[number] == at)
        at = pdf.object(number).end
    need(at == pdf.xref_at)
    need(pages(pdf))
    for number in found.roles:
        _check_stream(found, number)
    return found


def pages(pdf: Pdf) -> list[Ref]:
    """The pages in reading order; our exporter writes them as one level under one node."""
    root = pdf.dictionary(pdf.trailer.get("Root")).get("Pages")
    node = pdf.dictionary(root)
    listed = _list(pdf.value(node.get("Kids")))
    kids = [kid for kid in listed if isinstance(kid, Ref)]
    need(kids and len(set(kids)) == len(listed) == node.get("Count"))
    need(all(pdf.dictionary(kid).get("Parent") == root for kid in kids))
    return kids


def inflate(pdf: Pdf, number: int, *, limit: int = LARGEST_STREAM) -> bytes:
    """Decoded bytes of a stream object, never more than ``limit`` (``R-BOMB``)."""
    found = pdf.object(number)
    raw = pdf.raw(found.stream or Stream(0, 0))
    if "Filter" in pdf.dictionary(found.value):
        return _inflate(raw, limit)
    need(len(raw) <= limit, "R-BOMB")
    return raw


class _Walk:
    def __init__(self, found: Inventory) -> None:
        self._found = found
        self._pdf = found.pdf

    def check(self, rule: Rule, value: Value, depth: int) -> None:
        """Compare a value with a rule of the table."""
        need(depth <= DEEPEST_WALK, "R-BOMB")
        if rule == "file":
            rule = "text" if isinstance(value, bytes) else "filespec"
        if rule in ROLES:
            self._role(rule, value, depth)
        elif rule.startswith("["):
            self._array(rule[1:-1], value, depth)
        elif rule.startswith("{"):
            need(isinstance(value, dict))
            for one in self._pdf.dictionary(value).values():
                self.check(rule[1:-1], one, depth + 1)
        elif "|" in rule:
            wanted, other = rule.split("|", 1)
            self.check(other if isinstance(value, list) else wanted, value, depth)
        else:
            need(_plain(rule)(value))

    def _array(self, rule: Rule, value: Value, depth: int) -> None:
        for one in _list(value):
            self.check(rule, one, depth + 1)

    def _own(self, role: str, ref: Ref) -> Value:
        need(self._found.roles.setdefault(ref, role) == role)
        return self._pdf.object(ref).value

    def _role(self, role: str, value: Value, depth: int) -> None:
        if isinstance(value, Ref):
            if value in self._found.roles:
                need(self._found.roles[value] == role)
                return
            value = self._own(role, value)
        else:
            need(role not in STREAMS)
        keys = _RULES[role]
        entries = self._pdf.dictionary(value)
        need(_REQUIRED[role] <= entries.keys())
        for key, one in entries.items():
            rule = keys.get(key)
            if rule is None:
                raise Unfit("R-ACTIVE" if key in ACTIVE else "R-STRUCTURE")
            if rule in _SIMPLE:
                need(_SIMPLE[rule](one))
            else:
                self.check(rule, one, depth + 1)


def _is_width(value: Value) -> bool:
    return type(value) is int or isinstance(value, Numbers)


def _is_widths(value: Value) -> bool:
    return isinstance(value, Numbers) or (isinstance(value, list) and all(map(_is_width, value)))


_SIMPLE: dict[Rule, Callable[[Value], bool]] = {
    "int": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "numbers": lambda value: isinstance(value, Numbers),
    "text": lambda value: isinstance(value, bytes) and not isinstance(value, Numbers),
    "widths": _is_widths,
    "parent": lambda value: isinstance(value, Ref),
    "bool": lambda value: isinstance(value, bool),
    "name": lambda value: isinstance(value, Name),
}


@cache
def _plain(rule: Rule) -> Callable[[Value], bool]:
    """Return the test of a plain type, or of being one of these names."""
    if not rule.startswith("="):
        return _SIMPLE[rule]
    names = frozenset(rule[1:].split(","))
    return lambda value: isinstance(value, Name) and value in names


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise Unfit("R-STRUCTURE")
    return value


def _check_stream(found: Inventory, number: int) -> None:
    role = found.roles[number]
    has_stream = found.pdf.object(number).stream is not None
    need(has_stream == (role in STREAMS))
    if has_stream:
        limit = LARGEST_PAYLOAD if role == "payload" else LARGEST_STREAM
        plain = inflate(found.pdf, number, limit=limit)
        found.inflated += len(plain)
        need(found.inflated <= LARGEST_TOTAL, "R-BOMB")
        _note_packing(found, number, plain)


def _note_packing(found: Inventory, number: int, plain: bytes) -> None:
    one = found.pdf.object(number)
    if one.stream and found.inflated <= MOST_KEPT and "Filter" in found.pdf.dictionary(one.value):
        found.kept.append((plain, found.pdf.raw(one.stream)))


_BROKEN = cast("type[Exception]", zlib_ng.error)  # its stubs call the class an instance


def _inflate(raw: bytes, limit: int) -> bytes:
    unpacking: Any = cast("Any", zlib_ng).decompressobj()
    try:
        plain: bytes = unpacking.decompress(raw, limit + 1)
    except _BROKEN:
        raise Unfit("R-STRUCTURE") from None
    need(len(plain) <= limit, "R-BOMB")
    need(unpacking.eof and not unpacking.unused_data)
    return plain
