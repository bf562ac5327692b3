"""The schema of what travels, one file per kind of document, frozen under a number in ``resources/schemas``.

Written from the record classes when the number moves (``python -m xmdesk.sealed.schema DIR``); read at run time, so that
a payload answers to the frozen schema of its number and not to the classes of the day.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from xmdesk.errors import Refused
from xmdesk.paths import resource
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds.kind import LINES, ONE_LINE, UID, whole_object
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.sealed.agreement import COMPANIONS, disagreement
from xmdesk.sealed.conforming import Conforms, compiled
from xmdesk.sealed.payload import NEVER_SENT, SCHEMA
from xmdesk.trust.profiles import DocumentKind

MOST_ROWS = 20_000
"""Rows of one register: twenty times the largest village we know of; more is an attack on memory or paper."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHA256 = "[0-9a-f]{64}"
_MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_PERIOD = "20[0-9]{2}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?"
_CODE = "([0-9]{6}|[0-9]{9}|[0-9]{12})"

Part = dict[str, Any]


def words(limit: int) -> Part:
    """One line of text."""
    return {"type": "string", "maxLength": limit, "pattern": ONE_LINE}


def shaped(pattern: str) -> Part:
    """Text of exactly this pattern."""
    return {"type": "string", "pattern": f"^{pattern}$"}


def number(low: int, high: int) -> Part:
    """A whole number between two limits."""
    return {"type": "integer", "minimum": low, "maximum": high}


def several(item: Part, most: int) -> Part:
    """A list of at most so many items."""
    return {"type": "array", "maxItems": most, "items": item}


_BASE64: Part = {"type": "string", "maxLength": 2_000_000, "format": "base64"}
_NOTE: Part = {"type": "string", "maxLength": 2000, "pattern": LINES}
_DAY: Part = {"type": "string", "format": "date"}
_STAMP = shaped(_MOMENT)
_ROW_UID = shaped(f"(|{UID})")
_PLACE: Part = {"register": {"enum": ["", "office", "duty_lists", *REGISTERS]}, "uid": _ROW_UID}
_ADDRESSEE = whole_object({"code": shaped(_CODE), "name": words(100)})


def row_schema(record: type[Record]) -> Part:
    """Return the schema of a payload row: the uid and every asked field that may leave the office."""
    sent = {name: spec.kind.schema() for name, spec in fields_of(record).items() if name not in NEVER_SENT}
    return whole_object({"uid": shaped(UID), **sent})


def _headed(kind: DocumentKind, members: Part) -> Part:
    heading: Part = {
        "schema": {"const": SCHEMA},
        "layout": number(1, 1000),
        "kind": {"const": str(kind)},
        "office": whole_object({"code": shaped(_CODE), "name": words(100), "kind": words(10)}),
        "generator": words(60),
        "as_of": _DAY,
    }
    return {"$schema": _DIALECT, "$id": file_name(kind), **whole_object({**heading, **members})}


def _submission() -> Part:
    records = {**COMPANIONS, **{name: one.record for name, one in REGISTERS.items()}}
    registers = {name: several(row_schema(record), MOST_ROWS) for name, record in records.items()}
    approval = ("prepared_by", "reviewed_by", "signed_off_by")
    return {
        "period": shaped(_PERIOD),
        "version": number(1, 10_000),
        "replaces": shaped(f"(|{_SHA256})"),
        "sequence": number(1, 1_000_000),
        "previous_sha256": shaped(f"(|{_SHA256})"),
        "audit_head": shaped(_SHA256),
        "task_no": words(60),
        "registers": whole_object(registers, optional=FORMS),
        "nil": whole_object({form: {"type": "boolean"} for form in FORMS}, optional=FORMS),
        "explanations": several(_explanation(), MOST_ROWS),
        "changes": _changes(),
        "approval": whole_object({**dict.fromkeys(approval, words(60)), "phone": words(40), "at": _STAMP}),
        "head": whole_object(dict.fromkeys(("form_no", "maker", "approval_no", "valid_until"), words(120))),
        "private": _BASE64,
    }


def _explanation() -> Part:
    return whole_object(
        {**_PLACE, "field": words(60), "code": words(60), "text": _NOTE, "by": words(60), "at": shaped(f"(|{_MOMENT})")}
    )


def _changes() -> Part:
    return whole_object(
        {
            "added": several(whole_object(_PLACE), MOST_ROWS),
            "changed": several(whole_object({**_PLACE, "fields": several(words(60), 200)}), MOST_ROWS),
            "removed": several(whole_object({**_PLACE, "title": words(300)}), MOST_ROWS),
            "unchanged": number(0, 1_000_000),
        }
    )


def _verdict(more: Part) -> Part:
    return {
        "to": _ADDRESSEE,
        "number": words(60),
        "submission_sha256": shaped(_SHA256),
        "submission_code": shaped("[0-9A-Z]{4}-[0-9A-Z]{4}"),
        "period": shaped(_PERIOD),
        "version": number(1, 10_000),
        "received_at": shaped(f"(|{_MOMENT})"),
        "decided_at": _STAMP,
        "decided_by": words(60),
        "note": _NOTE,
        **_revocations(),
        **more,
    }


def _revocations() -> Part:
    return {"crl": _BASE64, "crl_number": number(0, 10**9)}


def _receipt() -> Part:
    answers = {form: {"enum": ["零报告", "通过"]} for form in FORMS}
    return _verdict(
        {
            "forms": whole_object(answers, optional=FORMS),
            "submission": {"$ref": file_name(DocumentKind.SUBMISSION)},
            "audit_head": shaped(_SHA256),
        }
    )


def _correction_slip() -> Part:
    texts = {"field": words(60), "reason": _NOTE, "title": words(300), "label": words(60)}
    return _verdict({"points": several(whole_object({**_PLACE, **texts, "row_no": number(0, MOST_ROWS)}), 2000)})


def _collection_task() -> Part:
    return {
        "period": shaped(_PERIOD),
        "due_on": _DAY,
        "forms": {**several({"enum": list(FORMS)}, len(FORMS)), "uniqueItems": True},
        "task_no": words(60),
        "issued_at": _STAMP,
        "marks": {
            "type": "object",
            "maxProperties": 20,
            "propertyNames": shaped("[a-z_]{1,30}"),
            "additionalProperties": words(120),
        },
        "indicator_set": words(120),
        "roster": several(_ADDRESSEE, MOST_ROWS),
        **_revocations(),
    }


def _enrolment_request() -> Part:
    return {"csr": _BASE64, "fingerprint": shaped("[0-9]{4}( [0-9]{4}){4}"), "installation": number(1, 999)}


def _enrolment_grant() -> Part:
    return {
        "to": _ADDRESSEE,
        "certificate": _BASE64,
        "root": _BASE64,
        "root_digits": shaped("[0-9]{4}( [0-9]{4}){4}"),
        "serial": shaped("[0-9a-f]{1,40}"),
        "not_after": _STAMP,
        "private_key": _BASE64,
        **_revocations(),
    }


_MEMBERS = {
    DocumentKind.SUBMISSION: _submission,
    DocumentKind.RECEIPT: _receipt,
    DocumentKind.CORRECTION_SLIP: _correction_slip,
    DocumentKind.COLLECTION_TASK: _collection_task,
    DocumentKind.ENROLMENT_REQUEST: _enrolment_request,
    DocumentKind.ENROLMENT_GRANT: _enrolment_grant,
}
SCHEMA_KINDS = tuple(_MEMBERS)
"""Kinds that have a schema; a document of any other kind is refused."""


def file_name(kind: DocumentKind, schema: int = SCHEMA) -> str:
    """Return the name of the frozen file of a kind, which is also its ``$id``."""
    return f"{kind}-v{schema}.json"


def written(kind: DocumentKind) -> str:
    """Return the text of the schema as the classes of today give it."""
    return json.dumps(_headed(kind, _MEMBERS[kind]()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def frozen(name: str) -> Part:
    """Return a frozen schema by its file name."""
    return json.loads(resource("schemas", name).read_text("utf-8"))


@cache
def _conforms(kind: DocumentKind) -> Conforms:
    return compiled(frozen(file_name(kind)), frozen)


def check_payload(payload: dict[str, Any]) -> None:
    """Refuse (``R-SCHEMA``, naming the part) a payload of the newest schema that is not exactly as agreed.

    First the frozen schema, then what no schema can say: uids, references, nil answers, the chain.
    """
    kind = payload.get("kind")
    if not isinstance(kind, str) or kind not in SCHEMA_KINDS:
        raise Refused("R-SCHEMA", part="文件种类")
    path = _conforms(DocumentKind(kind))(payload)
    if path is None:
        path = disagreement(payload)
    if path is not None:
        raise Refused("R-SCHEMA", part=told(path))


_TOLD = {
    "office": "单位",
    "as_of": "数据截止日",
    "period": "报告期",
    "registers": "台账",
    "nil": "零报告",
    "explanations": "出错说明",
    "changes": "变动情况",
    "approval": "填表人和负责人",
    "head": "表头标识",
    "points": "退回意见",
    "submission": "所附上报表",
    "roster": "应报名册",
    "duty_lists": "清单年度",
}


def told(path: str) -> str:
    """Return a path as a person reads it: 台账·公共服务设施台账·第3行·坐落."""
    parts, record, unit = list[str](), None, "行"
    for one in filter(None, path.split("/")):
        if one in REGISTERS or one in COMPANIONS:
            record = COMPANIONS.get(one) or REGISTERS[one].record
            parts.append(REGISTERS[one].title if one in REGISTERS else _TOLD[one])
        elif one.isdigit():
            parts.append(f"第{one}{unit}")
        elif record is not None and one in fields_of(record):
            parts.append(fields_of(record)[one].label)
            unit = "项"
        elif one in _TOLD:
            parts.append(_TOLD[one])
    return "·".join(parts) or "文件头"


def freeze(folder: Path) -> list[Path]:
    """Write the schema of every kind under today's number into a folder."""
    paths = [folder / file_name(kind) for kind in SCHEMA_KINDS]
    for kind, path in zip(SCHEMA_KINDS, paths, strict=True):
        path.write_text(written(kind), "utf-8")
    return paths


if __name__ == "__main__":
    freeze(Path(sys.argv[1]))
