"""Canonical JSON (RFC 8785) for payloads: one content has exactly one sequence of bytes.

Our subset: objects with ASCII keys, strings in NFC, integers within ±(2^53 − 1), true, false, null, arrays. No floats: amounts
travel as text. For this subset msgspec's sorted encoding equals RFC 8785 (a test compares it with the rfc8785 package).
"""

import unicodedata
from collections.abc import Mapping
from itertools import chain
from typing import Any, cast

import msgspec

from xmdesk.sealed.unfit import Unfit

LARGEST = 5 * 1024 * 1024
DEEPEST = 32
MOST_CONTAINERS = 300_000
"""Opening brackets, those inside texts included: millions of empty objects would cost 60 times their size."""
_WHOLE = 2**53 - 1
_ENCODER = msgspec.json.Encoder(order="sorted")
_FOLDED = bytes.maketrans(b"123456789:[", b"000000000,,")
_CONTAINERS = frozenset({dict, list})
_LONG_NUMBER = b"," + b"0" * 16
"""May be a whole number beyond the limit, or a text that looks like one: then every value is looked at."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """Encode a payload; texts are put into NFC, anything outside the subset raises :class:`~xmdesk.sealed.unfit.Unfit`."""
    try:
        raw = _ENCODER.encode(_tidied(content, 1))
    except (UnicodeEncodeError, OverflowError):
        raise Unfit("R-JSON") from None
    _check_size(raw)
    return raw


def encoded_again(content: Mapping[str, Any]) -> bytes:
    """Encode what :func:`parse_canonical` returned, or a part of it: known to be tidy, so it is not walked once more."""
    return _ENCODER.encode(content)


def parse_canonical(raw: bytes, *, walks: bool = True) -> dict[str, Any]:
    """Decode a payload; refuses everything whose own encoding would differ by a single byte.

    Without ``walks`` depth and keys are left to a schema that the caller will hold the payload to.

    That one comparison catches duplicate keys, spaces, odd escapes, unsorted keys, NaN; texts must be in NFC already.
    """
    _check_size(raw)
    try:
        content = _DECODER.decode(raw)
        again = _ENCODER.encode(content)
        is_normal = unicodedata.is_normalized("NFC", raw.decode("utf-8"))
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError):
        raise Unfit("R-JSON") from None
    if not isinstance(content, dict):
        raise Unfit("R-JSON")
    if again != raw or not is_normal:
        raise Unfit("R-JSON-FORM")
    found = cast("dict[str, Any]", content)
    if _LONG_NUMBER in raw.translate(_FOLDED, b"-"):
        _tidied(found, 1)
    if walks:
        _check_containers(found)
    return found


def _check_size(raw: bytes) -> None:
    if len(raw) > LARGEST or raw.count(b"{") + raw.count(b"[") > MOST_CONTAINERS:
        raise Unfit("R-JSON-SIZE")


def _check_containers(content: dict[str, Any]) -> None:
    """Depth and keys; strings and numbers are left alone, which makes this ten times faster than a full walk."""
    level: list[Any] = [content]
    for _ in range(DEEPEST):
        objects: list[dict[str, Any]] = [one for one in level if type(one) is dict]
        arrays: list[list[Any]] = [one for one in level if type(one) is list]
        if not "".join(chain.from_iterable(objects)).isascii():
            raise Unfit("R-JSON")
        values = chain(*(one.values() for one in objects), *arrays)
        level = [one for one in values if type(one) in _CONTAINERS]
        if not level:
            return
    raise Unfit("R-JSON")


def _refuse_float(text: str) -> object:
    raise Unfit("R-JSON")


def _tidied(value: object, depth: int) -> object:
    if depth > DEEPEST:
        raise Unfit("R-JSON")
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_key(key): _tidied(one, depth + 1) for key, one in cast("Mapping[object, object]", value).items()}
    if isinstance(value, (list, tuple)):
        return [_tidied(one, depth + 1) for one in cast("list[object]", value)]
    if value is None or isinstance(value, bool) or (type(value) is int and -_WHOLE <= value <= _WHOLE):
        return value
    raise Unfit("R-JSON")


def _key(key: object) -> str:
    if type(key) is not str or not key.isascii():
        raise Unfit("R-JSON")
    return key


_DECODER = msgspec.json.Decoder(float_hook=_refuse_float)
