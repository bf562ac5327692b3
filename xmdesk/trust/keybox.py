"""The key container: one secret (signing key or database key) that any of several slots opens.

Format (JSON, version 1): ``{v, label, slots: [{kind, who, kdf, t, m, p, salt, n, ct}], n, ct}``, bytes in base64. A random
256-bit wrapping key seals the secret with AES-256-GCM; each slot seals the wrapping key under Argon2id of a password.
PKCS#8 and PKCS#12 are not used: their password protection stays at 2,048 rounds whatever one asks for.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xmdesk.errors import Fault, WrongUse
from xmdesk.trust.argon import DEFAULT_COST, Cost, derive
from xmdesk.trust.keybox_json import Slot, read_box, write_box
from xmdesk.trust.passwords import check_password, normalised
from xmdesk.trust.recovery_code import new_code, read_code

VERSION = 1
MOST_SLOTS = 16
SlotKind = Literal["password", "recovery"]


@dataclass(frozen=True)
class Keybox:
    """A closed container; every change gives a new one, the caller stores it.

    ``label`` is the division code of the office; it is bound into every seal, so a box cannot be passed off as another's.
    """

    label: str
    slots: tuple[Slot, ...]
    nonce: bytes
    sealed: bytes

    @classmethod
    def create(cls, label: str, *, secret: bytes, password: str, who: str = "", cost: Cost = DEFAULT_COST) -> "Keybox":
        """Lock a secret under one password; ``who`` is a uid that tells slots apart, never a name."""
        check_password(password)
        wrapping = secrets.token_bytes(32)
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(wrapping).encrypt(nonce, secret, _bound(VERSION, label))
        box = cls(label, (), nonce, sealed)
        return _grown(box, wrapping, _fresh("password", who, cost=cost), text=normalised(password))

    def open(self, password: str, *, who: str | None = None) -> bytes:
        """Return the secret, or refuse (``Fault``) a wrong password; ``who`` saves trying everybody's slot."""
        return self._secret(self._opened(password, who)[0])

    def open_with_recovery(self, code: str) -> bytes:
        """Return the secret by the printed recovery code; a typing slip is told apart from a wrong code."""
        return self._secret(self._wrapping_by_code(code))

    def add_slot(self, password: str, *, new_password: str, who: str, cost: Cost = DEFAULT_COST) -> "Keybox":
        """Let another person in: opened by an existing password, a slot is added for the new one."""
        check_password(new_password)
        self._refuse_taken(who)
        return _grown(self, self._wrapping(password), _fresh("password", who, cost=cost), text=normalised(new_password))

    def add_recovery(self, password: str, *, cost: Cost = DEFAULT_COST) -> tuple["Keybox", str]:
        """Make (or replace) the recovery slot and return the code to print; it is shown once and kept nowhere."""
        wrapping = self._wrapping(password)
        code = new_code()
        kept = replace(self, slots=tuple(slot for slot in self.slots if slot.kind != "recovery"))
        return _grown(kept, wrapping, _fresh("recovery", "", cost=cost), text=read_code(code)), code

    def change_password(self, password: str, *, new_password: str, cost: Cost = DEFAULT_COST) -> "Keybox":
        """Replace the slot that the old password opens."""
        check_password(new_password)
        wrapping, slot = self._opened(password)
        others = replace(self, slots=tuple(one for one in self.slots if one is not slot))
        return _grown(others, wrapping, _fresh("password", slot.who, cost=cost), text=normalised(new_password))

    def reset_password(self, code: str, *, new_password: str, who: str = "", cost: Cost = DEFAULT_COST) -> "Keybox":
        """Set a forgotten password anew by the recovery code; the slot of ``who`` is replaced."""
        check_password(new_password)
        wrapping = self._wrapping_by_code(code)
        others = replace(self, slots=tuple(one for one in self.slots if (one.kind, one.who) != ("password", who)))
        return _grown(others, wrapping, _fresh("password", who, cost=cost), text=normalised(new_password))

    def remove_slot(self, who: str) -> "Keybox":
        """Take a person's slot out; the last password slot stays, or nobody could open the box by password."""
        left = tuple(slot for slot in self.slots if (slot.kind, slot.who) != ("password", who))
        if len(left) == len(self.slots):
            raise WrongUse("T-SLOT-UNKNOWN")
        if all(slot.kind != "password" for slot in left):
            raise WrongUse("T-SLOT-LAST")
        return replace(self, slots=left)

    def to_json(self) -> str:
        """Text of the container file."""
        return json.dumps(write_box(VERSION, self.label, self.slots, nonce=self.nonce, sealed=self.sealed))

    @classmethod
    def from_json(cls, text: str) -> "Keybox":
        """Read a container file; damage and unreasonable cost parameters are refused before any computing."""
        label, slots, nonce, sealed = read_box(text, version=VERSION, most_slots=MOST_SLOTS)
        return cls(label, slots, nonce, sealed)

    def _wrapping(self, password: str) -> bytes:
        return self._opened(password)[0]

    def _wrapping_by_code(self, code: str) -> bytes:
        text = read_code(code)
        return self._try_slots(text, lambda slot: slot.kind == "recovery", "T-RECOVERY-WRONG")[0]

    def _opened(self, password: str, who: str | None = None) -> tuple[bytes, Slot]:
        def is_wanted(slot: Slot) -> bool:
            return slot.kind == "password" and who in (None, slot.who)

        return self._try_slots(normalised(password), is_wanted, "T-PASSWORD-WRONG")

    def _try_slots(self, text: str, wanted: Callable[[Slot], bool], code: str) -> tuple[bytes, Slot]:
        for slot in filter(wanted, self.slots):
            try:
                return AESGCM(_key(text, slot)).decrypt(slot.nonce, slot.sealed, _slot_bound(self.label, slot)), slot
            except InvalidTag:
                continue
        raise Fault(code)

    def _secret(self, wrapping: bytes) -> bytes:
        try:
            return AESGCM(wrapping).decrypt(self.nonce, self.sealed, _bound(VERSION, self.label))
        except InvalidTag:
            raise Fault("T-KEYBOX-DAMAGED") from None

    def _refuse_taken(self, who: str) -> None:
        if any((slot.kind, slot.who) == ("password", who) for slot in self.slots):
            raise WrongUse("T-SLOT-TAKEN")


def _fresh(kind: SlotKind, who: str, *, cost: Cost) -> Slot:
    return Slot(kind, who, cost=cost, salt=secrets.token_bytes(16), nonce=secrets.token_bytes(12), sealed=b"")


def _grown(box: Keybox, wrapping: bytes, slot: Slot, *, text: str) -> Keybox:
    if len(box.slots) >= MOST_SLOTS:
        raise WrongUse("T-SLOT-FULL", most=MOST_SLOTS)
    sealed = AESGCM(_key(text, slot)).encrypt(slot.nonce, wrapping, _slot_bound(box.label, slot))
    return replace(box, slots=(*box.slots, replace(slot, sealed=sealed)))


def _key(text: str, slot: Slot) -> bytes:
    return derive(text.encode("utf-8", "surrogatepass"), salt=slot.salt, cost=slot.cost)


def _bound(*parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _slot_bound(label: str, slot: Slot) -> bytes:
    cost = slot.cost
    return _bound(VERSION, label, slot.kind, slot.who, "argon2id", cost.passes, cost.memory_kib, cost.lanes)
