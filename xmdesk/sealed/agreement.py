"""What a schema cannot say of a payload: its members agree with each other.

A place is told as a path, parted by ``/``, of which the first part that disagrees is returned.
"""

from collections.abc import Iterator
from typing import Any

from xmdesk.records.base import Record
from xmdesk.records.duty import DutyList
from xmdesk.records.office import Office
from xmdesk.records.referring import asked_references
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.sealed.payload import NEVER_SENT, sha256_hex, short_code
from xmdesk.trust.profiles import DocumentKind

COMPANIONS: dict[str, type[Record]] = {"office": Office, "duty_lists": DutyList}
"""Rows that travel with a return beside its registers."""

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def disagreement(payload: dict[str, Any]) -> str | None:
    """Return the first place of a payload (its shape already checked) that contradicts another, or None."""
    kind = payload["kind"]
    if kind == DocumentKind.SUBMISSION:
        return next(_in_submission(payload), None)
    if kind == DocumentKind.RECEIPT:
        return next(_in_receipt(payload), None)
    if kind == DocumentKind.CORRECTION_SLIP:
        return None if _is_named(payload) else "submission"
    return None


def _in_receipt(letter: dict[str, Any]) -> Iterator[str]:
    from xmdesk.sealed.canonical import canonical

    submission = letter["submission"]
    if not _is_named(letter) or sha256_hex(canonical(submission)) != letter["submission_sha256"]:
        yield "submission"
    if [submission[one] for one in ("period", "version")] != [letter[one] for one in ("period", "version")]:
        yield "submission/period"
    if submission["office"]["code"] != letter["to"]["code"] or letter["forms"].keys() != submission["nil"].keys():
        yield "submission/office"
    yield from (f"submission/{one}" for one in _in_submission(submission))


def _is_named(letter: dict[str, Any]) -> bool:
    return letter["submission_code"] == short_code(letter["submission_sha256"])


def _in_submission(payload: dict[str, Any]) -> Iterator[str]:
    registers: Rows = payload["registers"]
    yield from _chain(payload)
    yield from _office(payload["office"], registers["office"])
    yield from _nil(payload["nil"], registers)
    uids: dict[str, set[str]] = {}
    for name, rows in registers.items():
        uids[name] = {row["uid"] for row in rows}
        if len(uids[name]) < len(rows):
            yield f"registers/{name}"
    yield from _references(registers, uids)
    yield from _about_rows("explanations", payload["explanations"], uids)
    yield from _about_rows("changes", payload["changes"]["added"], uids)
    yield from _about_rows("changes", payload["changes"]["changed"], uids)


def _chain(payload: dict[str, Any]) -> Iterator[str]:
    """The first version replaces nothing and the first document follows nothing, and only these (trust.md 5.6)."""
    if (payload["version"] == 1) != (payload["replaces"] == ""):
        yield "version"
    if (payload["sequence"] == 1) != (payload["previous_sha256"] == "") or payload["sequence"] < payload["version"]:
        yield "sequence"


def _office(head: dict[str, str], rows: list[Row]) -> Iterator[str]:
    if len(rows) != 1 or (rows[0]["code"], rows[0]["name"], rows[0]["kind"] or "") != (
        head["code"],
        head["name"],
        head["kind"],
    ):
        yield "office"


def _nil(nil: dict[str, bool], registers: Rows) -> Iterator[str]:
    """Every form that was asked has rows or an explicit nil answer, never both."""
    if nil.keys() != registers.keys() & set(FORMS):
        yield "nil"
    yield from (f"nil/{form}" for form, is_nil in nil.items() if is_nil == bool(registers.get(form)))


def _references(registers: Rows, uids: dict[str, set[str]]) -> Iterator[str]:
    for name, rows in registers.items():
        plan = reference_fields(COMPANIONS.get(name) or REGISTERS[name].record)
        for place, row in enumerate(rows, 1):
            for field, to, inner in plan:
                known = uids.get(to, set())
                if not known.issuperset(named(row[field], inner)):
                    yield f"registers/{name}/{place}/{field}"


def named(value: Any, inner: str) -> list[str]:
    """Return the uids that a reference, a list of them, or the lines of a sub-table (by their ``inner`` field) name."""
    if inner:
        return [line[inner] for line in value if line[inner]]
    if isinstance(value, str):
        return [value] if value else []
    return value


_plans: dict[type[Record], list[tuple[str, str, str]]] = {}


def reference_fields(record: type[Record]) -> list[tuple[str, str, str]]:
    """Return the fields that travel and name other records: field, register, and the field of a line if inside one."""
    if record not in _plans:
        named = asked_references(record)
        _plans[record] = [(one.field, one.to, one.inner) for one in named if one.field not in NEVER_SENT]
    return _plans[record]


def _about_rows(member: str, entries: list[Row], uids: dict[str, set[str]]) -> Iterator[str]:
    for place, one in enumerate(entries, 1):
        if one["uid"] and one["uid"] not in uids.get(one["register"], set()):
            yield f"{member}/{place}"
