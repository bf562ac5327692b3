"""What an office owes and sends: tasks, nil answers, explanations, submissions, and the district's words about them."""

from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field

from xmdesk.records.base import Record
from xmdesk.records.codes import Code

SEALED_FOLDER = "上报件"
"""In the folder of a book: where the files of its own returns lie."""
AGREED_AT = "agreed_at"
"""Among the facts of an own return: when the office head agreed to it in the program; a script may seal without."""


class SubmissionState(Code):
    """Life of a submission. DRAFT → SEALED → SENT → ACCEPTED | SENT_BACK → (a new one) REPLACED; HELD waits for a person."""

    DRAFT = "草稿"
    SEALED = "已密封"
    SENT = "已送出"
    RECEIVED = "已收到"
    HELD = "待核"
    ACCEPTED = "已通过"
    SENT_BACK = "已退回"
    REPLACED = "已被更正"


class Direction(Code):
    """Whether we made a document or somebody gave it to us."""

    OWN = "own", "本单位"
    RECEIVED = "received", "收到"


class CollectionTask(Record):
    """采集任务: period, deadline, forms and indicator set that the district asks for."""

    title_field: ClassVar[str] = "period"
    key: ClassVar[str] = "tasks"

    direction: Direction = Direction.OWN
    period: str = ""
    due_on: date | None = None
    forms: list[str] = Field(default_factory=list)
    indicator_set: str = ""
    task_no: str = ""
    issued_at: str = ""
    issuer_code: str = ""
    issuer_name: str = ""
    office_codes: list[str] = Field(default_factory=list)
    payload_sha256: str = ""


class NilAnswer(Record):
    """零报告: an explicit answer that a form has nothing to report in a period."""

    title_field: ClassVar[str] = "form"
    key: ClassVar[str] = "nil_answers"

    period: str = ""
    form: str = ""
    is_nil: bool = True
    answered_by: str = ""
    answered_at: str = ""


class Explanation(Record):
    """出错说明: why a warning may stand; travels inside the signed data."""

    title_field: ClassVar[str] = "code"
    key: ClassVar[str] = "explanations"

    register: str = ""
    record: str = ""
    field: str = ""
    code: str = ""
    text: str = ""
    by: str = ""
    at: str = ""


class Submission(Record):
    """上报件: one sealed file that answers a return; a correction is a new one that names what it replaces."""

    title_field: ClassVar[str] = "short_code"
    key: ClassVar[str] = "submissions"

    direction: Direction = Direction.OWN
    office_code: str = ""
    office_name: str = ""
    office_kind: str = ""
    period: str = ""
    version: int = 1
    replaces: str = ""
    sequence: int = 0
    previous_sha256: str = ""
    payload_sha256: str = ""
    short_code: str = ""
    schema_version: int = 1
    state: SubmissionState = SubmissionState.DRAFT
    is_effective: bool = False
    in_conflict: bool = False
    pages: int = 0
    row_counts: dict[str, int] = Field(default_factory=dict)
    nil: dict[str, bool] = Field(default_factory=dict)
    prepared_by: str = ""
    signed_off_by: str = ""
    sealed_at: str = ""
    received_at: str = ""
    decided_at: str = ""
    decided_by: str = ""
    receipt_no: str = ""
    verdict: str = ""
    verdict_code: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    file_name: str = ""
    file_sha256: str = ""
    sent_at: str = ""
    sent_to: str = ""
    printed_at: str = ""

    @property
    def form_rows(self) -> int:
        """Rows in the forms of the return, as the cover lists them; the people and places they name are none of them."""
        return sum(self.row_counts.get(form, 0) for form in self.nil)


class ReceivedFile(Record):
    """Every attempt to receive a file, with what came of it; refused originals stay in quarantine under their hash."""

    title_field: ClassVar[str] = "file_name"
    key: ClassVar[str] = "received_files"

    file_name: str = ""
    file_sha256: str = ""
    size: int = 0
    received_at: str = ""
    verdict: str = ""
    code: str = ""
    text: str = ""
    to_do: str = ""
    kind: str = ""
    office_code: str = ""
    period: str = ""
    payload_sha256: str = ""
    quarantined: bool = False


class Verdict(Record):
    """回执 or 退回单, given or taken: what the district says about one submission."""

    title_field: ClassVar[str] = "number"
    key: ClassVar[str] = "verdicts"

    direction: Direction = Direction.OWN
    number: str = ""
    accepted: bool = True
    submission_sha256: str = ""
    office_code: str = ""
    period: str = ""
    version: int = 1
    given_at: str = ""
    given_by: str = ""
    note: str = ""
    payload_sha256: str = ""


class CorrectionPoint(Record):
    """One line of a correction slip: which form, row and field, why, and the clerk's answer."""

    title_field: ClassVar[str] = "reason"
    key: ClassVar[str] = "correction_points"

    verdict: str = ""
    register: str = ""
    record: str = ""
    record_title: str = ""
    row_no: int = 0
    field: str = ""
    label: str = ""
    reason: str = ""
    answer: str = ""
    is_done: bool = False
