"""Kinds of time: years, days, partial days, moments, opening hours, frequencies."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from xmdesk.records.kinds.kind import Kind
from xmdesk.records.values.reading import Read


@dataclass(frozen=True)
class Year(Kind):
    """A calendar year."""

    name: ClassVar[str] = "year"
    width: ClassVar[int] = 4

    def read(self, raw: object) -> Read[int | None]:
        """Read 2022, "2022年"."""
        from xmdesk.records.values.dates import read_year

        return read_year(raw)

    def schema(self) -> dict[str, Any]:
        """A year of four digits."""
        return {"type": ["integer", "null"], "minimum": 1000, "maximum": 2199}


@dataclass(frozen=True)
class Day(Kind):
    """A full calendar day."""

    name: ClassVar[str] = "day"
    width: ClassVar[int] = 6

    def read(self, raw: object) -> Read[date | None]:
        """Read a day as people write it."""
        from xmdesk.records.values.dates import read_day

        return read_day(raw)

    def show(self, value: Any) -> str:
        """Return 2026年1月5日."""
        from xmdesk.records.values.dates import show_day

        return show_day(value) if value else ""

    def to_json(self, value: Any) -> Any:
        """ISO 8601 text."""
        return value.isoformat() if value else None

    def from_json(self, value: Any) -> Any:
        """Return the day."""
        return date.fromisoformat(value) if value else None

    def schema(self) -> dict[str, Any]:
        """A day of the calendar."""
        return {"type": ["string", "null"], "format": "date"}


@dataclass(frozen=True)
class PartialDay(Kind):
    """A day, month or year: ISO 8601 text of the precision that is known ("2021-01")."""

    name: ClassVar[str] = "partial_day"
    width: ClassVar[int] = 6

    def read(self, raw: object) -> Read[str]:
        """Read a day as people write it, keeping the precision they gave."""
        from xmdesk.records.values.dates import read_partial_day

        return read_partial_day(raw)

    def show(self, value: Any) -> str:
        """Return 2021年1月."""
        from xmdesk.records.values.dates import show_partial

        return show_partial(value) if value else ""

    def schema(self) -> dict[str, Any]:
        """A day, month or year of the calendar."""
        return {"type": "string", "format": "partial-date"}


@dataclass(frozen=True)
class Moment(Kind):
    """A moment to the minute in local time: "2026-11-23T14:05" or a bare day."""

    name: ClassVar[str] = "moment"
    width: ClassVar[int] = 8

    def read(self, raw: object) -> Read[str]:
        """Read a day with an optional time of day."""
        from xmdesk.records.values.dates import read_moment

        return read_moment(raw)

    def show(self, value: Any) -> str:
        """Return 2026年11月23日 14:05."""
        from xmdesk.records.values.dates import show_partial

        if not value:
            return ""
        day, _, hour = value.partition("T")
        return f"{show_partial(day)} {hour}".strip()

    def schema(self) -> dict[str, Any]:
        """A day, perhaps with hour and minute."""
        return {"type": "string", "format": "local-moment"}


@dataclass(frozen=True)
class Hours(Kind):
    """Opening hours: weekday "1".."7" to slots "HH:MM-HH:MM"."""

    name: ClassVar[str] = "hours"
    width: ClassVar[int] = 12

    def read(self, raw: object) -> Read[dict[str, list[str]]]:
        """Read 周一至周五 8:00-12:00 14:30-17:30."""
        from xmdesk.records.values.hours import read_hours

        return read_hours(raw)

    def show(self, value: Any) -> str:
        """Return compact Chinese text."""
        from xmdesk.records.values.hours import show_hours

        return show_hours(value) if value else ""

    def schema(self) -> dict[str, Any]:
        """Slots of each weekday."""
        clock = "([01][0-9]|2[0-4]):[0-5][0-9]"
        slots = {"type": "array", "maxItems": 24, "items": {"type": "string", "pattern": f"^{clock}-{clock}$"}}
        return {
            "type": "object",
            "properties": {str(day): slots for day in range(1, 8)},
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class Frequency(Kind):
    """How often: ``{"unit": "周", "times": 2}``."""

    name: ClassVar[str] = "frequency"
    width: ClassVar[int] = 5

    def read(self, raw: object) -> Read[dict[str, Any]]:
        """Read 每周2次."""
        from xmdesk.records.values.frequency import read_frequency

        return read_frequency(raw)

    def show(self, value: Any) -> str:
        """Return 每周2次, 按需."""
        from xmdesk.records.values.frequency import show_frequency

        return show_frequency(value) if value else ""

    def schema(self) -> dict[str, Any]:
        """Nothing, or unit and times."""
        from xmdesk.records.values.frequency import AS_NEEDED, UNITS

        told = {"unit": {"enum": [*UNITS, AS_NEEDED]}, "times": {"type": "integer", "minimum": 0, "maximum": 999}}
        return {
            "anyOf": [
                {"type": "object", "properties": {}, "additionalProperties": False},
                {"type": "object", "properties": told, "required": ["times", "unit"], "additionalProperties": False},
            ]
        }
