"""A whole invented return in which every field of every register is filled in, and letters about it."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from xmdesk.records.base import FieldSpec, Record, fields_of, new_uid
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
    SubTable,
    Text,
    Year,
    YesNo,
)
from xmdesk.records.office import Office
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.sealed.agreement import COMPANIONS
from xmdesk.sealed.canonical import canonical, parse_canonical
from xmdesk.sealed.payload import OfficeHead, document, row_of, sha256_hex, short_code
from xmdesk.trust.profiles import DocumentKind

VILLAGE = "350212105201"
NAME = "白云村民委员会"
ID_NO = "11010519491231002X"
MOMENT = "2026-11-23T04:00:00Z"
CLASSES: dict[str, type[Record]] = {**COMPANIONS, **{name: one.record for name, one in REGISTERS.items()}}

_PLAIN: list[tuple[type[Kind], Any]] = [
    (PersonName, "林阿土"),
    (PersonId, ID_NO),
    (Phone, "13800008117"),
    (CreditCode, "N2350212MF1234567X"),
    (DivisionCode, VILLAGE),
    (Count, 7),
    (Year, 2020),
    (Day, date(2026, 2, 28)),
    (PartialDay, "2021-01"),
    (Moment, "2026-10-08T09:30"),
    (YesNo, False),
    (Hours, {"1": ["08:00-12:00", "14:00-24:00"], "7": []}),
    (Frequency, {"unit": "周", "times": 2}),
]


def value_for(spec: FieldSpec, uids: dict[str, str]) -> Any:
    """Return a value that a person could have given for this field."""
    kind = spec.kind
    if isinstance(kind, Reference):
        return uids.get(kind.to, "")
    if isinstance(kind, References):
        return [uids[kind.to]] if kind.to in uids else []
    if isinstance(kind, SubTable):
        line = {name: value_for(one, uids) for name, one in fields_of(kind.line).items()}
        return [kind.line.model_validate(line).as_json()]
    return _made(kind)


def _made(kind: Kind) -> Any:
    if isinstance(kind, Degrees):
        return Decimal("118.123456") if kind.axis == "lng" else Decimal("24.654321")
    if isinstance(kind, Number):
        return Decimal(12345) / (10**kind.places)
    if isinstance(kind, Choice):
        return list(kind.codes)[-1]
    if isinstance(kind, Choices):
        return [one.value for one in kind.codes]
    if isinstance(kind, Text):
        return "一行\n又一行" if kind.multiline else "字" * kind.limit
    return next(value for known, value in _PLAIN if isinstance(kind, known))


def filled(name: str, uids: dict[str, str]) -> Record:
    """Return a record of a register with every field filled in."""
    cls = CLASSES[name]
    values = {field: value_for(spec, uids) for field, spec in fields_of(cls).items()}
    return cls.model_validate({"uid": uids[name], **values})


def _explanation(uid: str) -> dict[str, str]:
    told = {"register": "duties", "uid": uid, "field": "keeper", "code": "C-MISSING"}
    return {**told, "text": "由村集体直接管护", "by": "林阿土", "at": MOMENT}


@cache
def _whole() -> dict[str, Any]:
    uids = {name: new_uid() for name in CLASSES}
    records = {name: filled(name, uids) for name in CLASSES}
    office = records["office"]
    assert isinstance(office, Office)
    records["office"] = office.changed(code=VILLAGE, name=NAME)
    payload = document(
        DocumentKind.SUBMISSION,
        OfficeHead(VILLAGE, NAME, str(office.kind)),
        as_of="2026-11-23",
        period="2026Q4",
        version=1,
        replaces="",
        sequence=1,
        previous_sha256="",
        audit_head="0" * 64,
        task_no="",
        registers={name: [row_of(one)] for name, one in records.items()},
        nil=dict.fromkeys(FORMS, False),
        explanations=[_explanation(uids["duties"])],
        changes={
            "added": [{"register": "persons", "uid": uids["persons"]}],
            "changed": [{"register": "duties", "uid": uids["duties"], "fields": ["keeper"]}],
            "removed": [{"register": "shelters", "uid": new_uid(), "title": "旧避灾点"}],
            "unchanged": 8,
        },
        approval={"prepared_by": "林阿土", "reviewed_by": "", "signed_off_by": "陈水木", "phone": "", "at": MOMENT},
        head={"form_no": "", "maker": "", "approval_no": "", "valid_until": ""},
        private="",
    )
    return parse_canonical(canonical(payload))


def whole_return(**changes: Any) -> dict[str, Any]:
    """Return a copy of the return, with members replaced."""
    return deepcopy(_whole()) | changes


def _verdict(kind: DocumentKind, **more: Any) -> dict[str, Any]:
    digest = sha256_hex(canonical(whole_return()))
    return document(
        kind,
        OfficeHead("350212", "同安区民政局"),
        as_of="2026-11-24",
        to={"code": VILLAGE, "name": NAME},
        number="350212-20261124-0001",
        submission_sha256=digest,
        submission_code=short_code(digest),
        period="2026Q4",
        version=1,
        received_at=MOMENT,
        decided_at=MOMENT,
        decided_by="",
        note="",
        crl="",
        crl_number=1,
        **more,
    )


def receipt() -> dict[str, Any]:
    return _verdict(
        DocumentKind.RECEIPT,
        forms=dict.fromkeys(FORMS, "通过"),
        submission=whole_return(),
        audit_head="0" * 64,
    )


def correction_slip() -> dict[str, Any]:
    row = whole_return()["registers"]["duties"][0]
    point = {
        "register": "duties",
        "uid": row["uid"],
        "field": "keeper",
        "reason": "写全称",
        "row_no": 1,
        "title": row["subject"],
        "label": "管护主体",
    }
    return _verdict(DocumentKind.CORRECTION_SLIP, points=[point])


def collection_task() -> dict[str, Any]:
    return document(
        DocumentKind.COLLECTION_TASK,
        OfficeHead("350212", "同安区民政局"),
        as_of="2026-11-23",
        period="2026Q4",
        due_on="2026-12-31",
        forms=["facilities", "duties"],
        task_no="350212-2026Q4-1",
        issued_at=MOMENT,
        marks={"form_no": "表1"},
        indicator_set="",
        roster=[{"code": VILLAGE, "name": NAME}],
        crl="",
        crl_number=1,
    )
