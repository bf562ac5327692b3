"""What a form asks of the people whom a record names: 负责人身份证号 beside 负责人."""

from collections.abc import Iterator, Mapping

from xmdesk.documents.sheets.mapping import Matcher
from xmdesk.documents.sheets.words import plain
from xmdesk.records.base import fields_of
from xmdesk.records.kinds import Reference
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.sheet_columns import PERSON_FIELDS

_NAME = "name"
_ROSTER = "persons"


def people_fields(register: str) -> list[tuple[str, str]]:
    """Return (field, label) of what is known of the people a record names; a roster of posts says its person's own already."""
    asked = fields_of(Person)
    return [
        (f"{spec.name}.{name}", f"{spec.label}：{asked[name].label}")
        for spec in fields_of(REGISTERS[register].record).values()
        if isinstance(spec.kind, Reference) and spec.kind.to == _ROSTER and spec.name != "person"
        for name in PERSON_FIELDS
        if name != _NAME
    ]


def fields_of_named(register: str, path: tuple[str, ...], known: Mapping[str, Matcher]) -> tuple[str, ...]:
    """Return the field of a person that a title asks for after whose it is: 负责人身份证号, 负责人的职务, 负责人/性别."""
    offered = {name for name, _ in people_fields(register)}
    for whose, what in _cut(path):
        named, asked = known[register].fields_for((whose,)), known[_ROSTER].fields_for((what,))
        if len(named) == len(asked) == 1:
            found = f"{named[0].removesuffix(f'.{_NAME}')}.{asked[0]}"
            if found in offered:
                return (found,)
    return ()


def _cut(path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Whose and what, as a title may mean them: the titles one above the other first, then the longest 'whose'."""
    *above, last = path
    if above:
        yield above[-1], last
    text = plain(last)
    for at in range(len(text) - 1, 0, -1):
        yield text[:at].removesuffix("的"), text[at:]
