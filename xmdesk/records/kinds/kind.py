"""What a kind of field is: how it is read from typing or a cell, shown, masked, and written as JSON.

Widgets, cell formats, alignment and masking hang on the kind, registered once per kind, so adding a field touches none.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from xmdesk.records.values.reading import Read

ONE_LINE = "^[^\\u0000-\\u001f\\u007f]*$"
LINES = "^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f]*$"
UID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


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

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of the JSON form; ``xmdesk.sealed.schema`` knows the words used here."""
        raise NotImplementedError

    def is_empty(self, value: Any) -> bool:
        """Tell whether nothing was answered; False and 0 are answers."""
        return value is None or value in ("", [], {})


def whole_object(members: dict[str, dict[str, Any]], *, optional: Collection[str] = ()) -> dict[str, Any]:
    """Return the schema of an object that has these members, all of them unless said otherwise, and no other."""
    return {
        "type": "object",
        "properties": members,
        "required": sorted(name for name in members if name not in optional),
        "additionalProperties": False,
    }
