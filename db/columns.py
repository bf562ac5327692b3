"""How each Python type of a record lies in SQLite and in history.

SQLite: text as TEXT; yes/no and whole numbers as INTEGER; decimals as INTEGER times 10^places, so that they sort; days as
ISO 8601 TEXT; codes by value; lists and objects as canonical JSON TEXT. History: one canonical JSON object per record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import msgspec
from pydantic.fields import FieldInfo
from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from xmdesk.records.codes import Code
from xmdesk.records.kinds import Number

Convert = Callable[[Any], Any]

PLACES_WITHOUT_KIND = 6
_EMPTIES: Final[dict[Any, Any]] = {list: [], dict: {}}
_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()


def canonical(value: object) -> str:
    """JSON text with sorted keys and no spaces: equal values give equal texts."""
    return _encoder.encode(value).decode()


def from_canonical(text: str) -> Any:
    """The value of a JSON text."""
    return _decoder.decode(text)


def decimal_text(value: Decimal) -> str:
    """Canonical text of a decimal ("3.6", "12000"), as the payload writes it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Scaled:
    """Exact decimals as whole numbers: 3.60 with two places lies as 360."""

    places: int

    def store(self, value: Decimal) -> int:
        """Whole number to store; more decimals than ``places`` are our bug (``ValueError``), never rounded away."""
        scaled = value.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"more than {self.places} decimals")
        return int(scaled)

    def load(self, stored: int) -> Decimal:
        """The decimal."""
        return Decimal(stored).scaleb(-self.places)

    def load_text(self, stored: int) -> str:
        """Canonical text of the decimal."""
        return decimal_text(self.load(stored))


@dataclass(frozen=True)
class Lie:
    """How one field lies: column type, and what to do with values that are not None on the way in and out.

    ``store`` and ``load`` translate to and from SQLite, ``note`` a record's value and ``note_stored`` a stored value
    to what history's JSON holds. None means: as it is.
    """

    type: TypeEngine[Any]
    nullable: bool
    store: Convert | None = None
    load: Convert | None = None
    note: Convert | None = None
    note_stored: Convert | None = None
    empty: Any = None
    """The value for "nothing answered" besides None, which history leaves out; None where there is no such value."""
    empty_stored: str | None = None


class _Stored(TypeDecorator[Any]):
    """Base of the column types whose two directions are plain functions."""

    cache_ok = True
    store: Convert
    load: Convert

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Translate on the way in."""
        return None if value is None else self.store(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Translate on the way out."""
        return None if value is None else self.load(value)


class ExactDecimal(_Stored):
    """Column of decimals with fixed places."""

    impl = Integer

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places
        self.store, self.load = Scaled(places).store, Scaled(places).load


class IsoDay(_Stored):
    """Column of days."""

    impl = Text
    store = staticmethod(date.isoformat)
    load = staticmethod(date.fromisoformat)


class CodeValue(_Stored):
    """Column of a closed list, by value."""

    impl = Text

    def __init__(self, codes: type[Code]) -> None:
        super().__init__()
        self.codes = codes
        self.store, self.load = str.__str__, codes


class CanonicalJson(_Stored):
    """Column of lists and objects."""

    impl = Text
    store = staticmethod(canonical)
    load = staticmethod(from_canonical)


def lie_of(info: FieldInfo) -> Lie:
    """Decide how a field lies from its Python type and its kind; an unknown type is our bug (``TypeError``)."""
    plain = _without_none(info.annotation)
    nullable = plain is not info.annotation
    origin = get_origin(plain)
    if plain is Any or origin in (list, dict):
        empty: Any = _EMPTIES.get(origin)
        stored = None if plain is Any else canonical(empty)
        nullable = nullable or plain is Any
        return Lie(CanonicalJson(), nullable, canonical, from_canonical, None, _raw, empty, stored)
    if isinstance(plain, type) and issubclass(plain, Code):
        return Lie(CodeValue(plain), nullable, str.__str__)
    if plain is Decimal:
        return _lie_of_decimal(info, nullable=nullable)
    return _lie_of_simple(plain, nullable=nullable)


def _raw(text: str) -> msgspec.Raw:
    """JSON text inside other JSON, as it stands."""
    return msgspec.Raw(text.encode())


def _lie_of_decimal(info: FieldInfo, *, nullable: bool) -> Lie:
    kind = next((one for one in info.metadata if isinstance(one, Number)), None)
    scaled = Scaled(kind.places if kind else PLACES_WITHOUT_KIND)
    return Lie(ExactDecimal(scaled.places), nullable, scaled.store, scaled.load, decimal_text, scaled.load_text)


def _lie_of_simple(plain: Any, *, nullable: bool) -> Lie:
    if plain is bool:
        return Lie(Integer(), nullable, int, bool, None, bool)
    if plain is date:
        return Lie(IsoDay(), nullable, date.isoformat)
    if plain is int:
        return Lie(Integer(), nullable)
    if plain is str:
        return Lie(Text(), nullable, empty="", empty_stored="")
    raise TypeError(f"no column for {plain}")


def _without_none(annotation: Any) -> Any:
    inner = [one for one in get_args(annotation) if one is not NoneType]
    return inner[0] if get_origin(annotation) in (Union, UnionType) and len(inner) == 1 else annotation
