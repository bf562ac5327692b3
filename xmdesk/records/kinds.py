"""Kinds of field: how each is read from typing or a cell, shown, masked, and written as JSON.

Widgets, cell formats, alignment and masking hang on the kind, registered once per kind, so adding a field touches none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, cast

from xmdesk.records.codes import Code
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


@dataclass(frozen=True)
class Text(Kind):
    """Free text of at most ``limit`` characters."""

    limit: int = 60
    multiline: bool = False
    name: ClassVar[str] = "text"
    width: ClassVar[int] = 12

    def read(self, raw: object) -> Read[str]:
        """Tidy the text (NFC, no invisible characters); too long is ``Bad``."""
        from xmdesk.records.values.texts import clean_text

        return clean_text(raw, self.limit, multiline=self.multiline)


@dataclass(frozen=True)
class RightHolder(Text):
    """Whose right it is; here 无 is an answer (domain.md: "无" / "同所有权人" allowed, blank not)."""

    def read(self, raw: object) -> Read[str]:
        """Keep 无 as typed."""
        if isinstance(raw, str) and raw.strip() == "无":
            return Read("无")
        return super().read(raw)


@dataclass(frozen=True)
class PersonName(Kind):
    """A person's name, any Unicode character."""

    name: ClassVar[str] = "person_name"
    width: ClassVar[int] = 5

    def read(self, raw: object) -> Read[str]:
        """Tidy a name; digits, emoji and bare punctuation are ``Bad``."""
        from xmdesk.records.values.texts import read_name

        return read_name(raw)


@dataclass(frozen=True)
class PersonId(Kind):
    """Citizen identity number (GB 11643-1999) or another document's number, depending on the document type."""

    name: ClassVar[str] = "person_id"
    width: ClassVar[int] = 11
    sensitive: ClassVar[bool] = True

    def read(self, raw: object) -> Read[str]:
        """Read an 18-character number; numbers of other documents are read by the caller with the type at hand."""
        from xmdesk.records.values.identity import read_id

        return read_id(raw)

    def mask(self, value: Any) -> str:
        """First six and last four characters."""
        from xmdesk.records.values.identity import mask_id

        return mask_id(value or "")


@dataclass(frozen=True)
class Phone(Kind):
    """Mobile, landline or hotline number."""

    name: ClassVar[str] = "phone"
    width: ClassVar[int] = 7
    sensitive: ClassVar[bool] = True

    def read(self, raw: object) -> Read[str]:
        """Read the first number of the text."""
        from xmdesk.records.values.phones import read_phone

        return read_phone(raw)

    def mask(self, value: Any) -> str:
        """First three and last four digits."""
        from xmdesk.records.values.phones import mask_phone

        return mask_phone(value or "")


@dataclass(frozen=True)
class CreditCode(Kind):
    """Unified social credit code (GB 32100-2015)."""

    name: ClassVar[str] = "credit_code"
    width: ClassVar[int] = 11

    def read(self, raw: object) -> Read[str]:
        """Read and check 18 characters."""
        from xmdesk.records.values.credit_code import read_credit_code

        return read_credit_code(raw)


@dataclass(frozen=True)
class DivisionCode(Kind):
    """Statistical division code, 12 digits."""

    name: ClassVar[str] = "division"
    width: ClassVar[int] = 8

    def read(self, raw: object) -> Read[str]:
        """Read 12 digits as text."""
        from xmdesk.records.values.texts import read_division_code

        return read_division_code(raw)


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
class Year(Kind):
    """A calendar year."""

    name: ClassVar[str] = "year"
    width: ClassVar[int] = 4

    def read(self, raw: object) -> Read[int | None]:
        """Read 2022, "2022年"."""
        from xmdesk.records.values.dates import read_year

        return read_year(raw)


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
        return "、".join(self.codes(one).label for one in value or [])


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
        return "、".join(self.line.model_validate(one).show() for one in value or [])


@dataclass(frozen=True)
class Reference(Kind):
    """The uid of another record; ``to`` is the name of its register."""

    to: str = "persons"
    name: ClassVar[str] = "reference"
    width: ClassVar[int] = 5

    def read(self, raw: object) -> Read[str]:
        """References are chosen or resolved by name in services; a uid is taken as it stands."""
        return Read(str(raw or ""))


@dataclass(frozen=True)
class References(Kind):
    """Uids of several records."""

    to: str = "persons"
    name: ClassVar[str] = "references"
    width: ClassVar[int] = 10

    def read(self, raw: object) -> Read[list[str]]:
        """Take a list of uids as it stands."""
        return Read([str(one) for one in cast("list[Any]", raw)] if isinstance(raw, list) else [])


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


_BY_NAME: dict[str, Callable[[], Kind]] = {"partial_day": PartialDay, "hours": Hours, "frequency": Frequency}
_BY_TYPE: dict[type, Callable[[], Kind]] = {
    str: Text,
    bool: YesNo,
    int: Count,
    Decimal: Number,
    date: Day,
}


def kind_for(annotation: Any) -> Kind:
    """Return the kind for a name or, where a field names none, for its Python type."""
    if isinstance(annotation, str):
        return _BY_NAME[annotation]()
    if isinstance(annotation, type) and issubclass(annotation, Code):
        return Choice(annotation)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        raise TypeError(f"{annotation} must be a Code")
    return _BY_TYPE[annotation]()
