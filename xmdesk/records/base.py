"""What a record is: plain typed classes with a note (`Asked`) on every field a person is asked for.

Tables in ``db`` inherit these classes; forms, sheets, pages, payload and checks read :func:`fields_of`.
"""

import secrets
import time
import types
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Annotated, Any, ClassVar, Self, Union, get_args, get_origin

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from xmdesk.records.kinds import Kind, Text, kind_for

# A field named "register" (contracts) hides ABCMeta.register, which nobody calls on a record; pydantic warns of it.
warnings.filterwarnings("ignore", 'Field name "register" in', UserWarning)


class Need(StrEnum):
    """How much a field is needed: always, before sending (may be explained instead), or not."""

    ALWAYS = "always"
    TO_SEND = "to_send"
    NO = "no"


@dataclass(frozen=True)
class Asked:
    """Note on a field: the label on forms and sheets, one help line, and whether it must be filled in."""

    label: str
    help: str = ""
    need: Need = Need.NO


ALWAYS = Need.ALWAYS
TO_SEND = Need.TO_SEND


@dataclass(frozen=True)
class FieldSpec:
    """One asked field of a record class, as every surface sees it; ``asked_in`` is the class whose note it is."""

    name: str
    label: str
    help: str
    need: Need
    kind: Kind
    asked_in: str = ""


class _Sequence:
    """Order within a millisecond: records made one after the other sort in that order (RFC 9562 §6.2, method 1)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = (0, 0)

    def next(self, milliseconds: int) -> tuple[int, int]:
        """Return a (millisecond, 12-bit counter) pair greater than every one before."""
        with self._lock:
            moment, counter = self._last
            if milliseconds > moment:
                self._last = (milliseconds, secrets.randbits(10))
            elif counter < 0xFFF:
                self._last = (moment, counter + 1)
            else:
                self._last = (moment + 1, 0)
            return self._last


_sequence = _Sequence()


def new_uid() -> str:
    """Return a UUIDv7 (RFC 9562 §5.7) in its usual 36-character form; sorts by order of making within a program run."""
    milliseconds, counter = _sequence.next(time.time_ns() // 1_000_000)
    number = (milliseconds & (1 << 48) - 1) << 80 | 7 << 76 | counter << 64 | 2 << 62 | secrets.randbits(62)
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Record(SQLModel):
    """Something an office keeps. Storable when half empty; whether it may be sent is the checks' business."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)  # type: ignore[assignment]  # SQLModel narrows it

    title_field: ClassVar[str] = "name"

    uid: str = Field(default_factory=new_uid, max_length=36)

    def title(self) -> str:
        """Short words by which a person recognises this record."""
        return str(getattr(self, self.title_field, "") or "")

    def changed(self, **values: Any) -> Self:
        """Return a validated copy with some values replaced."""
        return type(self).model_validate({**self.model_dump(), **values})


class Kept(Record):
    """A record in one of the office's registers: it ends with a reason, it is not deleted."""

    retired_on: Annotated[str, kind_for("partial_day"), Asked("停用日期", "不再使用或离任的日期；停用后不再上报")] = ""
    retired_reason: Annotated[str, Text(60), Asked("停用原因")] = ""
    remark: Annotated[str, Text(500, multiline=True), Asked("备注")] = ""


def _plain(annotation: Any) -> Any:
    """Strip ``| None`` from an annotation."""
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        return inner[0] if len(inner) == 1 else annotation
    return annotation


_known: dict[Any, Mapping[str, FieldSpec]] = {}


def fields_of(record: type[SQLModel]) -> Mapping[str, FieldSpec]:
    """Return the asked fields of a record class in the order of declaration (own fields before inherited notes)."""
    if record not in _known:
        _known[record] = _read_fields(record)
    return _known[record]


def _asked_in(record: type[SQLModel], name: str) -> str:
    """Return the name of the first class that asks for a field: the tables inherit it."""
    first = [cls for cls in record.__mro__ if issubclass(cls, SQLModel) and name in cls.model_fields]
    return first[-1].__name__


def _read_fields(record: type[SQLModel]) -> Mapping[str, FieldSpec]:
    found: dict[str, FieldSpec] = {}
    for name, info in record.model_fields.items():
        asked = next((one for one in info.metadata if isinstance(one, Asked)), None)
        if asked is None:
            continue
        kind = next((one for one in info.metadata if isinstance(one, Kind)), None)
        of_kind = kind or kind_for(_plain(info.annotation))
        found[name] = FieldSpec(name, asked.label, asked.help, asked.need, of_kind, _asked_in(record, name))
    last = {name: found.pop(name) for name in Kept.model_fields if name in found}
    return {**found, **last}
