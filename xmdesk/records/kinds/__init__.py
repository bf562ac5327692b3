"""Kinds of field, one module per family; each kind is known here by its name."""

from xmdesk.records.kinds.choosing import kind_for
from xmdesk.records.kinds.identifiers import CreditCode, DivisionCode, PersonId, Phone
from xmdesk.records.kinds.kind import Kind
from xmdesk.records.kinds.lists import Choice, Choices, Reference, References, SubTable
from xmdesk.records.kinds.quantities import Count, Degrees, Money, Number, YesNo
from xmdesk.records.kinds.times import Day, Frequency, Hours, Moment, PartialDay, Year
from xmdesk.records.kinds.words import PersonName, RightHolder, Text

__all__ = [
    "Choice",
    "Choices",
    "Count",
    "CreditCode",
    "Day",
    "Degrees",
    "DivisionCode",
    "Frequency",
    "Hours",
    "Kind",
    "Moment",
    "Money",
    "Number",
    "PartialDay",
    "PersonId",
    "PersonName",
    "Phone",
    "Reference",
    "References",
    "RightHolder",
    "SubTable",
    "Text",
    "Year",
    "YesNo",
    "kind_for",
]
