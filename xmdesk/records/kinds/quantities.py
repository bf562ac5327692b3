"""Kinds of quantities: counts, exact decimals, money, degrees, yes or no."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from xmdesk.records.kinds.kind import Kind
from xmdesk.records.values.reading import Read


@dataclass(frozen=True)
class Count(Kind):
    """A whole number of things, 0 or more; ``units`` are tails tolerated when typed."""

    units: tuple[str, ...] = ()
    name: ClassVar[str] = "count"
    align: ClassVar[str] = "right"
    width: ClassVar[int] = 4

    def read(self, raw: object) -> Read[int | None]:
        """Read an integer."""
        from xmdesk.records.values.numbers import read_count

        return read_count(raw, units=self.units)

    def schema(self) -> dict[str, Any]:
        """A whole number, not negative."""
        return {"type": ["integer", "null"], "minimum": 0, "maximum": 10**12}


@dataclass(frozen=True)
class Number(Kind):
    """An exact decimal with ``places`` decimals in ``unit``; JSON holds it as text."""

    places: int = 2
    unit: str = ""
    units: tuple[str, ...] = ()
    name: ClassVar[str] = "number"
    align: ClassVar[str] = "right"
    width: ClassVar[int] = 5

    def read(self, raw: object) -> Read[Decimal | None]:
        """Read a decimal exactly."""
        from xmdesk.records.values.numbers import read_decimal

        return read_decimal(raw, self.places, units=(*self.units, *((self.unit,) if self.unit else ())))

    def show(self, value: Any) -> str:
        """Return the number without needless zeros."""
        if value is None:
            return ""
        text = f"{Decimal(value):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def to_json(self, value: Any) -> Any:
        """Return canonical decimal text ("3.6", "12000")."""
        return None if value is None else self.show(value)

    def from_json(self, value: Any) -> Any:
        """Return the decimal."""
        return None if value is None else Decimal(value)

    def schema(self) -> dict[str, Any]:
        """Canonical decimal text, not negative, with at most ``places`` decimals and no needless zero."""
        return {
            "type": ["string", "null"],
            "pattern": f"^(0|[1-9][0-9]{{0,11}})([.][0-9]{{0,{self.places - 1}}}[1-9])?$",
        }


@dataclass(frozen=True)
class Money(Number):
    """An amount; ``unit`` is 元 or 万元."""

    unit: str = "元"
    name: ClassVar[str] = "money"


@dataclass(frozen=True)
class Degrees(Number):
    """Longitude or latitude in decimal degrees (CGCS2000)."""

    places: int = 6
    axis: str = "lng"
    name: ClassVar[str] = "degrees"

    def read(self, raw: object) -> Read[Decimal | None]:
        """Read and range-check one coordinate."""
        from xmdesk.records.values.coordinates import read_degrees

        return read_degrees(raw, self.axis)


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes, no, or not yet answered."""

    name: ClassVar[str] = "yes_no"
    align: ClassVar[str] = "center"
    width: ClassVar[int] = 3

    def read(self, raw: object) -> Read[bool | None]:
        """Read 是/否, 有/无, √/×."""
        from xmdesk.records.values.numbers import read_yes_no

        return read_yes_no(raw)

    def show(self, value: Any) -> str:
        """Return 是, 否 or nothing."""
        return {True: "是", False: "否"}.get(value, "")

    def schema(self) -> dict[str, Any]:
        """True, false, or not answered."""
        return {"type": ["boolean", "null"]}
