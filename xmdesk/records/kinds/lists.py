"""Kinds that hold members of closed lists, lines of a sub-table, or references to other records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from xmdesk.records.codes import Code
from xmdesk.records.kinds.kind import UID, Kind, whole_object
from xmdesk.records.values.reading import Read

MOST_LINES = 2000
"""Lines of a sub-table, or uids, that one field may hold when it travels."""


@dataclass(frozen=True)
class Choice(Kind):
    """One member of a closed list."""

    codes: type[Code] = Code
    name: ClassVar[str] = "choice"
    width: ClassVar[int] = 6

    def read(self, raw: object) -> Read[Code | None]:
        """Match value, label or synonym."""
        from xmdesk.records.values.choices import read_choice

        found = read_choice(raw, self.codes.table())
        return Read(self.codes(found.value) if found.value else None, found.notes)

    def show(self, value: Any) -> str:
        """Return the label."""
        return self.codes(value).label if value else ""

    def to_json(self, value: Any) -> Any:
        """Return the stored value."""
        return str(value) if value else None

    def from_json(self, value: Any) -> Any:
        """Return the member."""
        return self.codes(value) if value else None

    def schema(self) -> dict[str, Any]:
        """One value of the list, or null."""
        return {"enum": [*(one.value for one in self.codes), None]}


@dataclass(frozen=True)
class Choices(Kind):
    """Several members of a closed list, kept in the order of the list."""

    codes: type[Code] = Code
    name: ClassVar[str] = "choices"
    width: ClassVar[int] = 8

    def read(self, raw: object) -> Read[list[str]]:
        """Split and match each part."""
        from xmdesk.records.values.choices import read_choices

        found = read_choices(raw, self.codes.table())
        return Read(self.in_order(found.value), found.notes)

    def in_order(self, values: Sequence[str]) -> list[str]:
        """Return the distinct values in the order of the list."""
        return [one.value for one in self.codes if one.value in set(values)]

    def show(self, value: Any) -> str:
        """Return the labels joined by 、."""
        return "、".join(self.codes(one).label for one in cast("list[Any]", value or []))

    def schema(self) -> dict[str, Any]:
        """Distinct values of the list."""
        return {"type": "array", "items": {"enum": [one.value for one in self.codes]}, "uniqueItems": True}


@dataclass(frozen=True)
class SubTable(Kind):
    """A short list of lines belonging to the record; JSON objects of the given line class."""

    line: Any = None
    reader: Callable[[object], Read[list[dict[str, Any]]]] | None = None
    name: ClassVar[str] = "sub_table"
    width: ClassVar[int] = 14

    def read(self, raw: object) -> Read[list[dict[str, Any]]]:
        """Read lines from a list or, where a reader is known, from text."""
        from xmdesk.records.values.reading import Bad

        if raw in (None, ""):
            return Read([])
        if isinstance(raw, list):
            return Read([self.line.model_validate(one).as_json() for one in cast("list[Any]", raw)])
        if self.reader is None:
            raise Bad("V-LINES")
        return self.reader(raw)

    def show(self, value: Any) -> str:
        """Return the lines joined by 、."""
        return "、".join(self.line.model_validate(one).show() for one in cast("list[Any]", value or []))

    def to_json(self, value: Any) -> Any:
        """Return the lines with every member of the line class."""
        return [self.line.model_validate(one).as_json() for one in cast("list[Any]", value or [])]

    def schema(self) -> dict[str, Any]:
        """Objects with exactly the members of the line class."""
        from xmdesk.records.base import fields_of

        members = {name: spec.kind.schema() for name, spec in fields_of(self.line).items()}
        return {"type": "array", "maxItems": MOST_LINES, "items": whole_object(members)}


@dataclass(frozen=True)
class Reference(Kind):
    """The uid of another record; ``to`` is the name of its register."""

    to: str = "persons"
    name: ClassVar[str] = "reference"
    width: ClassVar[int] = 5

    def read(self, raw: object) -> Read[str]:
        """References are chosen or resolved by name in services; a uid is taken as it stands."""
        return Read(str(raw or ""))

    def schema(self) -> dict[str, Any]:
        """A uid, or nothing."""
        return {"type": "string", "pattern": f"^(|{UID})$"}


@dataclass(frozen=True)
class References(Kind):
    """Uids of several records."""

    to: str = "persons"
    name: ClassVar[str] = "references"
    width: ClassVar[int] = 10

    def read(self, raw: object) -> Read[list[str]]:
        """Take a list of uids as it stands."""
        return Read([str(one) for one in cast("list[Any]", raw)] if isinstance(raw, list) else [])

    def schema(self) -> dict[str, Any]:
        """Uids."""
        return {"type": "array", "maxItems": MOST_LINES, "items": {"type": "string", "pattern": f"^{UID}$"}}
