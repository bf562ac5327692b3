"""Payload rows back into records, strictly: every value must be exactly what sending it again would give."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from xmdesk.errors import Refused
from xmdesk.records.base import Record, fields_of
from xmdesk.records.people import Person
from xmdesk.sealed.payload import NEVER_SENT, row_of


def record_from_row(cls: type[Record], row: Mapping[str, Any]) -> Record:
    """Return the record a row describes; unknown, missing or ill-typed members are refused (``R-SCHEMA``)."""
    specs = fields_of(cls)
    expected = {"uid", *(name for name in specs if name not in NEVER_SENT)}
    if set(row) != expected:
        raise Refused("R-SCHEMA", part=cls.__name__)
    try:
        values = {name: specs[name].kind.from_json(row[name]) for name in expected if name != "uid"}
        record = cls.model_validate({"uid": row["uid"], **values})
    except (ValidationError, ValueError, TypeError, KeyError, ArithmeticError, AttributeError) as why:
        raise Refused("R-SCHEMA", part=cls.__name__) from why
    again = row_of(record)
    if isinstance(record, Person):
        again["id_no"] = row["id_no"]
    if again != dict(row):
        raise Refused("R-SCHEMA", part=cls.__name__)
    return record
