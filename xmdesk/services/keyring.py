"""Private keys of a book: one keybox file each beside the database.

They open by a secret of 256 bits that stands in the encrypted book: whoever opens the book, by password or by recovery
code, has its keys; a key file alone is worth nothing.
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from xmdesk.errors import Fault
from xmdesk.files import atomic_write
from xmdesk.trust.argon import DEFAULT_COST, Cost
from xmdesk.trust.keybox import Keybox
from xmdesk.trust.keys import key_from_bytes, key_to_bytes, new_key

SEAL = "seal"
AUTHORITY = "authority"
RECEIPT = "receipt"
PRIVATE = "private"


class Keyring:
    """Opens and keeps keys; an opened key stays in memory until the book is closed."""

    def __init__(self, folder: Path, *, label: str, password: str, cost: Cost = DEFAULT_COST) -> None:
        self._folder = folder
        self._label = label
        self._password = password
        self._cost = cost
        self._open: dict[str, ec.EllipticCurvePrivateKey] = {}

    def has(self, name: str) -> bool:
        """Tell whether a key of that name exists."""
        return self._path(name).exists()

    def key(self, name: str) -> ec.EllipticCurvePrivateKey:
        """Return a key; raises ``Fault`` (KEY-MISSING) when it was never made."""
        if name not in self._open:
            if not self.has(name):
                raise Fault("KEY-MISSING")
            box = Keybox.from_json(self._path(name).read_text("utf-8"))
            self._open[name] = key_from_bytes(box.open(self._password))
        return self._open[name]

    def make(self, name: str) -> ec.EllipticCurvePrivateKey:
        """Return the key of that name, made now if there is none."""
        return self.key(name) if self.has(name) else self.replace(name)

    def replace(self, name: str) -> ec.EllipticCurvePrivateKey:
        """Return a new key of that name; the one before is gone for good."""
        key = new_key()
        box = Keybox.create(self._label, secret=key_to_bytes(key), password=self._password, cost=self._cost)
        atomic_write(self._path(name), box.to_json().encode(), force=True)
        self._path(name).chmod(0o600)
        self._open[name] = key
        return key

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.keybox"
