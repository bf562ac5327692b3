"""Argon2id (RFC 9106) with parameters inside limits, so that a hostile file cannot ask for 64 GB."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from xmdesk.errors import Fault


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int = 1

    def check(self) -> None:
        """Refuse (``Fault``) parameters outside 19–256 MiB, 2–10 passes, 1–4 lanes before anything is computed."""
        if not (19 * 1024 <= self.memory_kib <= 256 * 1024 and 2 <= self.passes <= 10 and 1 <= self.lanes <= 4):
            raise Fault("T-KEYBOX-COST")


DEFAULT_COST = Cost(64 * 1024, 3)
FLOOR_COST = Cost(19 * 1024, 2)


def derive(password: bytes, *, salt: bytes, cost: Cost) -> bytes:
    """Derive 32 bytes; the default cost takes 0.2–0.5 s, the floor 0.1 s on two old cores."""
    cost.check()
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(password)
