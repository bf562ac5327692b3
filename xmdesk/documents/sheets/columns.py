"""How a register is described to the sheet reader and writer: columns, what stands in them, and compound columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xmdesk.documents.sheets.limits import CELL_CHARACTERS
from xmdesk.records.values.reading import Read

Reader = Callable[[object], Read[Any]]
Writer = Callable[[Any], object]


class Form(StrEnum):
    """How cells of a column are written, and which checks look at the column as a whole when it is read."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    PERSON_ID = "person_id"
    PHONE = "phone"
    CODE = "code"


TEXT_FORMS = frozenset({Form.TEXT, Form.PARTIAL_DAY, Form.PERSON_ID, Form.PHONE, Form.CODE})


def as_it_is(value: Any) -> object:
    """Write a value as it is stored."""
    return value


@dataclass(frozen=True)
class Around:
    """What a row says beside a column's own cell: values read, texts as they stand (by field), the title of its group."""

    values: Mapping[str, Any]
    texts: Mapping[str, str]
    group: str = ""


@dataclass(frozen=True)
class Told:
    """A value that the rest of the row gives away, as shown to people, and by which words.

    ``firm``: it is stated, not guessed; a different value in the column's own cell contradicts it.
    """

    value: Any
    shown: str
    source: str
    firm: bool = False


Teller = Callable[[Around], Told | None]


@dataclass(frozen=True)
class Column:
    """One field on a sheet.

    ``required``: a table without this column is not this register, and a row that leaves it empty is parked.
    ``header``: titles above one another on our own workbooks ("培训", "日期"); the label alone when empty.
    ``teller``: how the rest of the row may give the value away where the cell is empty or the column missing.
    ``unit``: 元, 万元, ㎡ …; a header that names another unit is not matched. ``digits``: length of a code.
    ``adds_up``: a total of its figures makes sense; ``unit_in``: the field in which each row names a unit of its own.
    ``limit``: how many characters the field takes.
    """

    field: str
    label: str
    reader: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False
    form: Form = Form.TEXT
    writer: Writer = as_it_is
    header: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unit: str = ""
    digits: int = 0
    places: int = 2
    width: int = 0
    help: str = ""
    teller: Teller | None = None
    adds_up: bool = False
    unit_in: str = ""
    limit: int = CELL_CHARACTERS

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from top to bottom."""
        return self.header or (self.label,)


@dataclass(frozen=True)
class Compound:
    """One column of a village's sheet that holds several fields; ``reader`` returns a tuple in their order."""

    fields: tuple[str, ...]
    label: str
    reader: Reader
    synonyms: tuple[str, ...] = ()
    form: Form = Form.TEXT
    unit: str = ""


@dataclass(frozen=True)
class Register:
    """What one register looks like on a sheet. ``office_field`` holds a division code that must be the office's;
    ``leftover_field`` takes the text of a choice that no list knows, so that its row can go in.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    compounds: tuple[Compound, ...] = ()
    sheet_names: tuple[str, ...] = ()
    version: str = "1"
    office_field: str = ""
    leftover_field: str = ""

    def column(self, field: str) -> Column:
        """Return the column of a field."""
        return next(one for one in self.columns if one.field == field)


def both(reader: Reader, count: int = 2) -> Reader:
    """Read one text into several fields alike (管护内容和标准)."""

    def read(raw: object) -> Read[tuple[Any, ...]]:
        found = reader(raw)
        return Read((found.value,) * count, found.notes)

    return read
