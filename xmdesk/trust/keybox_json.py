"""Reading and writing the key container's JSON, strictly: what is not exactly as written is damaged."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from xmdesk.errors import Fault
from xmdesk.trust.argon import Cost

LARGEST = 64 * 1024
_KINDS = ("password", "recovery")


@dataclass(frozen=True)
class Slot:
    """One way in: ``kind`` password or recovery, ``who`` a uid, and the wrapping key sealed under this way's key."""

    kind: str
    who: str
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


def write_box(version: int, label: str, slots: Sequence[Slot], *, nonce: bytes, sealed: bytes) -> dict[str, object]:
    """Return the JSON object of a container."""
    return {
        "v": version,
        "label": label,
        "slots": [_write_slot(slot) for slot in slots],
        "n": _text(nonce),
        "ct": _text(sealed),
    }


def read_box(text: str, *, version: int, most_slots: int) -> tuple[str, tuple[Slot, ...], bytes, bytes]:
    """Return label, slots, nonce and sealed secret; anything odd is ``T-KEYBOX-DAMAGED`` or ``T-KEYBOX-NEWER``."""
    if len(text) > LARGEST:
        raise Fault("T-KEYBOX-DAMAGED")
    try:
        box = _object(json.loads(text))
        found = box["v"]
        if isinstance(found, int) and found > version:
            raise Fault("T-KEYBOX-NEWER", found=found, known=version)
        slots = _list(box["slots"])
        _need(found == version and set(box) == {"v", "label", "slots", "n", "ct"})
        _need(1 <= len(slots) <= most_slots)
        sealed = _bytes(box["ct"])
        _need(len(sealed) >= 16)
        return _str(box["label"]), tuple(_read_slot(_object(slot)) for slot in slots), _bytes(box["n"], 12), sealed
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Fault("T-KEYBOX-DAMAGED") from None


def _write_slot(slot: Slot) -> dict[str, object]:
    return {
        "kind": slot.kind,
        "who": slot.who,
        "kdf": "argon2id",
        "t": slot.cost.passes,
        "m": slot.cost.memory_kib,
        "p": slot.cost.lanes,
        "salt": _text(slot.salt),
        "n": _text(slot.nonce),
        "ct": _text(slot.sealed),
    }


def _read_slot(slot: Mapping[str, Any]) -> Slot:
    _need(set(slot) == {"kind", "who", "kdf", "t", "m", "p", "salt", "n", "ct"})
    _need(slot["kdf"] == "argon2id" and slot["kind"] in _KINDS)
    cost = Cost(_int(slot["m"]), _int(slot["t"]), _int(slot["p"]))
    cost.check()
    return Slot(
        _str(slot["kind"]),
        _str(slot["who"]),
        cost=cost,
        salt=_bytes(slot["salt"], 16),
        nonce=_bytes(slot["n"], 12),
        sealed=_bytes(slot["ct"], 48),
    )


def _need(holds: object) -> None:
    if not holds:
        raise ValueError


def _object(value: object) -> dict[str, Any]:
    _need(isinstance(value, dict))
    return cast("dict[str, Any]", value)


def _list(value: object) -> list[object]:
    _need(isinstance(value, list))
    return cast("list[object]", value)


def _str(value: object) -> str:
    _need(isinstance(value, str) and len(value) <= 64)
    return cast(str, value)


def _int(value: object) -> int:
    _need(type(value) is int)
    return cast(int, value)


def _bytes(value: object, length: int = 0) -> bytes:
    _need(isinstance(value, str))
    try:
        raw = base64.b64decode(cast(str, value), validate=True)
    except binascii.Error:
        raise ValueError from None
    _need(not length or len(raw) == length)
    return raw


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
