"""Invented records with every asked field filled, so that a field which gets lost on its way is missed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import SQLModel

from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import (
    Choice,
    Choices,
    Count,
    CreditCode,
    Day,
    Degrees,
    DivisionCode,
    Frequency,
    Hours,
    Kind,
    Moment,
    Number,
    PartialDay,
    PersonId,
    PersonName,
    Phone,
    Reference,
    References,
    RightHolder,
    SubTable,
    Text,
    Year,
    YesNo,
)
from xmdesk.records.lines import Supply
from xmdesk.records.office import Office
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.records.values.credit_code import credit_check, organisation_check
from xmdesk.records.values.identity import check_character

OFFICE_CODE = "350212105206"
FAMILIES = "陈林黄郑洪叶苏蔡许卢郭吴张李王杨庄曾谢"
GIVEN = "榕桐枫松柏桂兰竹菊荷葵芦苇菱藕"


def document(number: int) -> str:
    """A number of the type of document that the same record has: the choices go round as everywhere."""
    given = (identity(number), identity(number, "810000"), f"E{number:08d}", f"军字第{number:08d}号")
    return given[number % len(given)]


NUMBERS: dict[tuple[type[SQLModel], str], Callable[[int], str]] = {
    (Facility, "facility_no"): lambda number: f"{OFFICE_CODE}{number:04d}",
    (Shelter, "shelter_no"): lambda number: f"{OFFICE_CODE}{number:04d}",
    (MaintenanceDuty, "item_no"): lambda number: f"{OFFICE_CODE}01{number:04d}",
    (Person, "id_no"): document,
    (Person, "born_on"): lambda number: _birth(number).isoformat(),
    (Supply, "item"): lambda number: ("棉被", "应急灯", "方便面")[number % 3],
    (Supply, "unit"): lambda number: ("床", "个", "箱")[number % 3],
    (Supply, "place"): lambda number: ("村部仓库", "祠堂偏房")[number % 2],
}
"""Fields whose value is ruled by more than their kind."""


def filled(record: type[Record], number: int, references: Mapping[str, list[str]] | None = None) -> Any:
    """Return the ``number``-th record of a class with every field filled; choices go through their whole list."""
    uids = references or {}
    return record.model_validate(_values(record, number, uids))


def _values(of: type[SQLModel], number: int, uids: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        name: NUMBERS[of, name](number) if (of, name) in NUMBERS else _value(spec, number, uids)
        for name, spec in fields_of(of).items()
    }


def longest_list(record: type[Record]) -> int:
    """How many records it takes until every choice of a class was used once."""
    kinds = [spec.kind for spec in fields_of(record).values()]
    return max((len(list(kind.codes)) for kind in kinds if isinstance(kind, Choice)), default=3)


def person_name(number: int) -> str:
    """A name of two or three characters that no other number has."""
    return FAMILIES[number % len(FAMILIES)] + GIVEN[number // len(FAMILIES) % len(GIVEN)] + GIVEN[number % len(GIVEN)]


def identity(number: int, area: str = "350299") -> str:
    """A well-formed number of a district that never was (350299)."""
    body = f"{area}{_birth(number):%Y%m%d}{number % 1000:03d}"
    return body + check_character(body + "0")


def mobile(number: int) -> str:
    """A mobile number of the range that is kept for examples."""
    return f"1380000{number:04d}"


def _birth(number: int) -> date:
    return date(1960, 1, 1) + timedelta(days=97 * number)


def _value(spec: FieldSpec, number: int, references: Mapping[str, list[str]]) -> Any:
    if isinstance(spec.kind, Reference):
        held = references.get(spec.kind.to, [])
        return held[number % len(held)] if held else ""
    if isinstance(spec.kind, References):
        return references.get(spec.kind.to, [])[:2]
    if isinstance(spec.kind, SubTable):
        return [_line(spec.kind.line, number + place, references) for place in range(2)]
    return _plain(spec, number)


def _line(line: type[SQLModel], number: int, references: Mapping[str, list[str]]) -> dict[str, Any]:
    return line.model_validate(_values(line, number, references)).as_json()  # type: ignore[attr-defined]  # every line class has it


def _plain(spec: FieldSpec, number: int) -> Any:
    maker = next(make for kind, make in _MAKERS if isinstance(spec.kind, kind))
    return maker(spec, number)


def _text(spec: FieldSpec, number: int) -> str:
    limit = spec.kind.limit if isinstance(spec.kind, Text) else 60
    return f"{spec.label.split('(')[0][: max(limit - 4, 1)]}第{number}"[:limit]


def _codes(spec: FieldSpec, number: int) -> list[Any]:
    assert isinstance(spec.kind, Choice | Choices)
    members = list(spec.kind.codes)
    return [members[number % len(members)], members[(number + 1) % len(members)]]


def _credit(number: int) -> str:
    inner = f"{number:08d}"
    body = f"N2350212{inner}{organisation_check(inner)}"
    return body + credit_check(body + "0")


def _decimal(spec: FieldSpec, number: int) -> Decimal:
    assert isinstance(spec.kind, Number)
    return Decimal(number * 10 + 5).scaleb(-1) if spec.kind.places else Decimal(number)


_WEEK = {str(day): ["08:00-12:00", "14:30-18:30"] for day in range(1, 6)}
_MAKERS: tuple[tuple[type[Kind], Callable[[FieldSpec, int], Any]], ...] = (
    (Choice, lambda spec, number: _codes(spec, number)[0]),
    (Choices, lambda spec, number: [str(one) for one in spec.kind.in_order(_codes(spec, number))]),  # type: ignore[attr-defined]
    (Year, lambda spec, number: 2000 + number % 26),
    (Count, lambda spec, number: number + 1),
    (Degrees, lambda spec, number: Decimal(118 if spec.name == "lng" else 24) + Decimal(number + 1).scaleb(-6)),
    (Number, _decimal),
    (Day, lambda spec, number: date(2026, 1, 1) + timedelta(days=number)),
    (PartialDay, lambda spec, number: ("2025", "2025-03", f"2025-04-{number % 28 + 1:02d}")[number % 3]),
    (Moment, lambda spec, number: f"2026-10-{number % 28 + 1:02d}T09:{number % 60:02d}"),
    (YesNo, lambda spec, number: number % 2 == 0),
    (Hours, lambda spec, number: {**_WEEK, "6": [f"09:{number % 60:02d}-11:30"], "7": []}),
    (Frequency, lambda spec, number: {"unit": "周", "times": number % 7 + 1}),
    (PersonId, lambda spec, number: identity(number)),
    (PersonName, lambda spec, number: person_name(number)),
    (Phone, lambda spec, number: mobile(number)),
    (CreditCode, lambda spec, number: _credit(number)),
    (DivisionCode, lambda spec, number: OFFICE_CODE),
    (RightHolder, lambda spec, number: ("无", "同所有权人", "榕下村集体经济组织")[number % 3]),
    (Text, _text),
)

CLASSES: dict[str, type[Record]] = {
    "persons": Person,
    "facilities": Facility,
    "duties": MaintenanceDuty,
    "inspections": Inspection,
    "disaster_officers": DisasterOfficer,
    "shelters": Shelter,
    "legal_helpers": LegalHelper,
    "trainings": Training,
    "activities": Activity,
}
"""Registers in an order in which what is referred to comes first."""


def full_registers(rows: int = 3) -> dict[str, list[Any]]:
    """Return ``rows`` full records for the office and every register, referring to one another."""
    held: dict[str, list[Any]] = {}
    for name, record in CLASSES.items():
        known = {register: [one.uid for one in some] for register, some in held.items()}
        held[name] = [filled(record, number, known) for number in range(rows)]
    known = {register: [one.uid for one in some] for register, some in held.items()}
    held["office"] = [filled(Office, 0, known)]
    rooms = held["facilities"]
    references = {"parent": rooms[0].uid, "shelter": held["shelters"][0].uid, "duties": known["duties"][:2]}
    held["facilities"] = [
        rooms[0].changed(**(references | {"parent": ""})),
        *(one.changed(**references) for one in rooms[1:]),
    ]
    return held
