"""Which kind a field has that names none."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from xmdesk.records.codes import Code
from xmdesk.records.kinds.kind import Kind
from xmdesk.records.kinds.lists import Choice
from xmdesk.records.kinds.quantities import Count, Number, YesNo
from xmdesk.records.kinds.times import Day, Frequency, Hours, PartialDay
from xmdesk.records.kinds.words import Text

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
