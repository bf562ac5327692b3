"""Registers as sheets: one column per asked field, persons unfolded, compound columns as villages keep them."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from xmdesk.documents.sheets.columns import Column, Compound, Form, Register, both
from xmdesk.documents.sheets.day_ranges import from_to
from xmdesk.documents.sheets.limits import CELL_CHARACTERS
from xmdesk.records.base import FieldSpec, Need, fields_of
from xmdesk.records.kinds import (
    Choice,
    Count,
    Day,
    Degrees,
    Kind,
    Money,
    Number,
    PartialDay,
    PersonId,
    PersonName,
    Phone,
    Reference,
    References,
    SubTable,
    Text,
    Year,
)
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.coordinates import read_point
from xmdesk.records.values.dates import read_partial_day
from xmdesk.records.values.phones import read_name_and_phone, read_phone_or_mask, read_unit_and_phone
from xmdesk.records.values.reading import Read
from xmdesk.records.values.texts import NAME_LIMIT, clean_text
from xmdesk.services.told_values import READERS, TELLERS

PERSON_FIELDS = (
    "name",
    "sex",
    "born_on",
    "document_kind",
    "id_no",
    "ethnic",
    "political",
    "education",
    "post",
    "mobile",
    "other_phone",
)
"""What a roster of posts says about the person behind each post."""

NOT_ON_SHEETS = frozenset({"photo", "sign_photo", "notice_photo", "photos", "proofs"})

MASKED = re.compile(r"[^*\s]{0,6}\*{4,}[^*\s]{0,6}")

_TITLE_LIMIT = 80

MUST_HAVE = {
    "facilities": ("name", "kind"),
    "duties": ("subject",),
    "inspections": ("duty", "at"),
    "persons": ("name",),
    "disaster_officers": ("person.name",),
    "shelters": ("name",),
    "legal_helpers": ("person.name",),
    "trainings": ("theme",),
    "activities": ("theme",),
}
"""Columns without which a table is not this register."""

_FORMS: tuple[tuple[type[Kind], Form], ...] = (
    (PersonId, Form.PERSON_ID),
    (Phone, Form.PHONE),
    (Count, Form.WHOLE),
    (Year, Form.WHOLE),
    (Number, Form.NUMBER),
    (Day, Form.DAY),
    (PartialDay, Form.PARTIAL_DAY),
)


@cache
def sheet_register(name: str) -> Register:
    """Return how a register looks on a sheet."""
    register = REGISTERS[name]
    columns = tuple(
        column
        for spec in fields_of(register.record).values()
        if spec.name not in NOT_ON_SHEETS
        for column in _columns(name, spec)
    )
    return Register(
        name=name,
        title=register.title,
        columns=columns,
        compounds=_COMPOUNDS.get(name, ()),
        sheet_names=(register.title, register.noun),
        leftover_field="remark",
    )


def _columns(register: str, spec: FieldSpec) -> Iterator[Column]:
    kind = spec.kind
    if isinstance(kind, Reference):
        yield from _reference_columns(register, spec, kind)
    elif isinstance(kind, References):
        return
    elif isinstance(kind, SubTable):
        if kind.reader is not None or spec.name == "attendees":
            yield _column(register, spec, reader=_lines_reader(kind), field=spec.name)
    else:
        yield _column(register, spec, reader=_reader(kind), field=spec.name)


def _reference_columns(register: str, spec: FieldSpec, kind: Reference) -> Iterator[Column]:
    if spec.name == "person":
        people = fields_of(Person)
        for name in PERSON_FIELDS:
            yield _column(register, people[name], reader=_reader(people[name].kind), field=f"person.{name}")
    elif kind.to == "persons":
        yield _column(register, spec, reader=fields_of(Person)["name"].kind.read, field=f"{spec.name}.name")
    elif kind.to in REGISTERS:
        yield _column(register, spec, reader=_title_reader, field=spec.name)


def _title_reader(raw: object) -> Read[str]:
    return clean_text(raw, _TITLE_LIMIT, multiline=False)


def _lines_reader(kind: SubTable) -> Callable[[object], Read[Any]]:
    return kind.read if kind.reader is not None else _title_reader_long


def _title_reader_long(raw: object) -> Read[str]:
    return clean_text(raw, CELL_CHARACTERS, multiline=False)


def _reader(kind: Kind) -> Callable[[object], Read[Any]]:
    """Numbers with their middle hidden, as our own exports write them, pass: joining finds out whose they are."""
    if isinstance(kind, PersonId):
        return _id_or_mask(kind)
    return read_phone_or_mask if isinstance(kind, Phone) else kind.read


def _id_or_mask(kind: PersonId) -> Callable[[object], Read[str]]:
    def reader(raw: object) -> Read[str]:
        text = raw.strip().upper() if isinstance(raw, str) else ""
        return Read(text) if MASKED.fullmatch(text) else kind.read(raw)

    return reader


def _column(register: str, spec: FieldSpec, *, reader: Callable[[object], Read[Any]], field: str) -> Column:
    kind = spec.kind
    is_reference = isinstance(kind, Reference | SubTable)
    around = READERS.get(spec.name)
    return Column(
        field=field,
        label=spec.label,
        reader=around(reader) if around else reader,
        required=field in MUST_HAVE.get(register, ()),
        form=Form.TEXT if is_reference else _form(kind),
        writer=_plain if is_reference else _writer(kind),
        choices=tuple(one.label for one in kind.codes) if isinstance(kind, Choice) else (),
        unit=kind.unit if isinstance(kind, Number | Money) else "",
        places=kind.places if isinstance(kind, Number) else 0,
        teller=TELLERS.get((register, field)),
        adds_up=isinstance(kind, Count | Number) and not isinstance(kind, Degrees),
        limit=_limit(kind),
        unit_in="unit" if spec.name == "quantity" else "",
        help=spec.help + ("（必填）" if spec.need is Need.ALWAYS else ""),
    )


def _limit(kind: Kind) -> int:
    """How many characters a column takes: as many as its field, or the title of what it refers to."""
    if isinstance(kind, Text):
        return kind.limit
    if isinstance(kind, Reference):
        return NAME_LIMIT if kind.to == "persons" else _TITLE_LIMIT
    return NAME_LIMIT if isinstance(kind, PersonName) else CELL_CHARACTERS


def _form(kind: Kind) -> Form:
    return next((form for cls, form in _FORMS if isinstance(kind, cls)), Form.TEXT)


def _plain(value: Any) -> object:
    return value


def _writer(kind: Kind) -> Callable[[Any], object]:
    if isinstance(kind, Count | Year | Number | Day):
        return _plain
    return kind.show


_COMPOUNDS: dict[str, tuple[Compound, ...]] = {
    "facilities": (
        Compound(("contact.name", "contact_phone"), "负责人及电话", read_name_and_phone, ("负责人及联系电话",)),
        Compound(("lng", "lat"), "经纬度", read_point),
    ),
    "duties": (
        Compound(
            ("content", "standard"),
            "管护内容和标准",
            both(fields_of(REGISTERS["duties"].record)["content"].kind.read),
            ("管护内容及标准", "管护内容与标准"),
        ),
        Compound(("overseer", "hotline"), "监管部门及电话", read_unit_and_phone, ("监督部门及电话", "监管单位及电话")),
        Compound(("keeper_person.name", "keeper_phone"), "管护责任人及电话", read_name_and_phone, ("责任人及电话",)),
    ),
    "trainings": (Compound(("from_on", "to_on"), "起止日期", from_to(read_partial_day), ("培训时间", "培训日期")),),
    "activities": (Compound(("from_on", "to_on"), "起止日期", from_to(read_partial_day), ("活动时间", "活动日期")),),
    "shelters": (
        Compound(("duty_person.name", "duty_phone"), "责任人及电话", read_name_and_phone, ("负责人及电话",)),
        Compound(("lng", "lat"), "经纬度", read_point),
    ),
}
