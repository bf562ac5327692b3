"""What the program itself keeps: settings of the office, roster, certificates, import batches and parked rows."""

from datetime import date
from typing import Annotated, Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import ALWAYS, Asked, Record
from xmdesk.records.codes import InspectionKind
from xmdesk.records.kinds import Frequency


class OfficeSetting(Record):
    """One setting that belongs to the office and travels with its backup; ``value`` is JSON."""

    title_field: ClassVar[str] = "name"
    key: ClassVar[str] = "settings"

    name: str = ""
    value: Any = None


class RosterOffice(Record):
    """应报名册: an office that owes returns, valid between two days, with its former codes."""

    key: ClassVar[str] = "roster"

    code: str = ""
    name: str = ""
    office_kind: str = ""
    township_code: str = ""
    township: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    contact: str = ""
    phone: str = ""
    former_codes: list[dict[str, str]] = Field(default_factory=list)


class IssuedCertificate(Record):
    """登记簿: one certificate the district issued; this register, not the file, decides who is known."""

    title_field: ClassVar[str] = "code"
    key: ClassVar[str] = "certificates"

    serial: str = ""
    code: str = ""
    name: str = ""
    purpose: str = ""
    installation: int = 1
    fingerprint: str = ""
    status: str = ""
    issued_at: str = ""
    not_after: str = ""
    revoked_at: str = ""
    reason: str = ""
    pem: str = ""


class ImportBatch(Record):
    """One import of a sheet: what it brought and the history step by which it can be taken back."""

    title_field: ClassVar[str] = "file_name"
    key: ClassVar[str] = "import_batches"

    register: str = ""
    file_name: str = ""
    file_sha256: str = ""
    sheet: str = ""
    fingerprint: str = ""
    imported_at: str = ""
    step: int = 0
    counts: dict[str, int] = Field(default_factory=dict)
    undone_at: str = ""


class ParkedRow(Record):
    """待处理: a row that could not go in, with its raw text and the reasons, kept as a work list."""

    title_field: ClassVar[str] = "row_no"
    key: ClassVar[str] = "parked_rows"

    batch: str = ""
    register: str = ""
    sheet: str = ""
    row_no: int = 0
    raw: dict[str, str] = Field(default_factory=dict)
    problems: list[dict[str, Any]] = Field(default_factory=list)
    decided: list[dict[str, Any]] = Field(default_factory=list)


class SavedMapping(Record):
    """Column mapping remembered by the fingerprint of a table's header."""

    title_field: ClassVar[str] = "fingerprint"
    key: ClassVar[str] = "mappings"

    register: str = ""
    fingerprint: str = ""
    mapping: dict[str, Any] = Field(default_factory=dict)
    saved_at: str = ""


class FieldNote(Record):
    """批注: a short note of the office's own on one field of one record. It stays in the book and never travels."""

    title_field: ClassVar[str] = "text"
    key: ClassVar[str] = "field_notes"

    register: str = ""
    record_uid: str = ""
    field: str = ""
    text: str = ""


class Cycle(Record):
    """另设的巡查周期: how often an item is also looked at in looks of one kind. It stays in the book and never travels.

    ``since`` is the day it was set: where there is no look of the kind yet, the first is due one cycle later.
    """

    title_field: ClassVar[str] = "kind"
    key: ClassVar[str] = "cycles"

    duty: str = ""
    kind: Annotated[InspectionKind | None, Asked("类型", need=ALWAYS)] = None
    frequency: Annotated[dict[str, Any], Frequency(), Asked("频次", "如 每周2次、每年1次", ALWAYS)] = Field(
        default_factory=dict
    )
    since: date | None = None
