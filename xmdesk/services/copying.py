"""Copying a record for the next one that is much like it: what names one person or one thing stays behind."""

from xmdesk.records.base import FieldSpec, Kept, Record, fields_of, new_uid
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import Degrees, PersonId, PersonName, Phone, Reference, References
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.shelter import Shelter
from xmdesk.services.entering import ENDING, GIVEN

_OF_ONE: dict[type[Record], frozenset[str]] = {
    Person: frozenset({"sex", "born_on", "agreed_to_notice", "informed_on", "left_on", "left_reason"}),
    DisasterOfficer: frozenset({"started_on", "ended_on", "ended_reason", "certificate_no", "confirmed_on"}),
    LegalHelper: frozenset({"certificate_no", "left_on", "left_reason", "assessments", "services"}),
    Facility: frozenset({"terminal_no"}),
    Shelter: frozenset({"openings"}),
}
"""What only one person or thing can have said, done or been given, besides what the kind of the field tells."""


def copy_of(record: Kept) -> Kept:
    """Return an unsaved copy that gets a number of its own and is in use."""
    cls = type(record)
    blank = cls()
    left = {name: getattr(blank, name) for name, spec in fields_of(cls).items() if names_one(cls, spec)}
    return record.changed(uid=new_uid(), **left)


def names_one(cls: type[Record], spec: FieldSpec) -> bool:
    """Tell whether a field belongs to one person or thing alone: numbers, a person's phones, photos, the place on earth."""
    if spec.name in (*ENDING, *_OF_ONE.get(cls, ())) or spec.help.startswith(GIVEN):
        return True
    if isinstance(spec.kind, Reference | References):
        return spec.kind.to not in REGISTERS or (spec.kind.to == Person.key and spec.name == cls.title_field)
    return isinstance(spec.kind, PersonId | PersonName | Degrees) or (cls is Person and isinstance(spec.kind, Phone))
