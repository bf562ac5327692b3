"""What a kind of field is: how it is read from typing or a cell, shown, masked, and written as JSON.

Widgets, cell formats, alignment and masking hang on the kind, registered once per kind, so adding a field touches none.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from xmdesk.records.values.reading import Read


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. ``name`` picks widget and cell format; ``width`` is a column width in Chinese characters."""

    name: ClassVar[str] = "text"
    align: ClassVar[str] = "left"
    width: ClassVar[int] = 8
    sensitive: ClassVar[bool] = False

    def read(self, raw: object) -> Read[Any]:
        """Turn what was typed, pasted or kept in a cell into the stored value; raises ``Bad``."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return the value as a person reads it on screen and paper (full, unmasked)."""
        return "" if value is None else str(value)

    def mask(self, value: Any) -> str:
        """Return the value as it may be seen by anybody."""
        return self.show(value)

    def to_json(self, value: Any) -> Any:
        """Return the value as canonical JSON holds it: strings, integers, booleans, null, lists, objects."""
        return value

    def from_json(self, value: Any) -> Any:
        """Return the stored value from its JSON form."""
        return value

    def is_empty(self, value: Any) -> bool:
        """Tell whether nothing was answered; False and 0 are answers."""
        return value is None or value in ("", [], {})
