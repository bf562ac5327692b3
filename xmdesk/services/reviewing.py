"""A person's judgement and its answer: receipt or correction slip at the district, taken in again by the village."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.periods import Period
from xmdesk.ports import Change, StepKind
from xmdesk.problems import Problem, problem
from xmdesk.records.base import fields_of
from xmdesk.records.registers import part_record, part_title
from xmdesk.records.submission import CorrectionPoint, Direction, Submission, SubmissionState, Verdict
from xmdesk.records.values.dates import show_partial
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.payload import OfficeHead, document
from xmdesk.services.drafting import put_out_of_force
from xmdesk.services.holding import ROOT, SEAL_CERTIFICATE, encoded
from xmdesk.services.opening import Opened, open_any, read_document
from xmdesk.services.overruling import needs_reason
from xmdesk.services.sealing import write_document
from xmdesk.services.verdicts import asked, decision, points_of, verdict_of
from xmdesk.services.versions import others_of
from xmdesk.trust.profiles import DocumentKind

if TYPE_CHECKING:
    from xmdesk.documents.register_pages import Lookup
    from xmdesk.services.desk import Desk


GRANT = DocumentKind.ENROLMENT_GRANT
_ASKING = {DocumentKind.CORRECTION_SLIP, SubmissionState.SENT_BACK}
"""A slip about a version that another slip sent back: the two ask together, whichever comes first."""


@dataclass(frozen=True)
class Point:
    """One thing to correct: form, row (by uid), field, and why."""

    register: str
    uid: str
    field: str
    reason: str
    row_no: int = 0
    title: str = ""
    label: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object that travels in a slip."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Taken:
    """What taking in a document did: its kind, whether anything was applied, the points of a slip, and why nothing was.

    ``period`` is the return that the document is about, nothing for a grant.
    """

    kind: str
    applied: bool
    points: tuple[Point, ...] = ()
    remark: Problem | None = None
    period: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "kind": self.kind,
            "applied": self.applied,
            "points": [one.as_json() for one in self.points],
            "problems": [self.remark.as_json()] if self.remark else [],
        }


class Reviewing:
    """Accepting and sending back at the district; receipts, slips and tasks taken in by the village."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    # the district

    def find(self, name: str) -> Submission:
        """Return the received submission named by uid, payload hash (or its beginning) or short code."""
        wanted = name.strip().upper()
        received = self.store.find(Submission, direction=Direction.RECEIVED)
        found = [
            one
            for one in received
            if wanted in (one.uid.upper(), one.short_code)
            or (len(wanted) >= 8 and one.payload_sha256.upper().startswith(wanted))
        ]
        if len(found) != 1:
            raise Fault("REVIEW-NOT-FOUND", name=name[:40])
        return found[0]

    def accept(self, submission: Submission, out: Path, *, by: str = "", note: str = "", force: bool = False) -> Path:
        """Accept and write the receipt; a held submission becomes effective by this, the newest version wins.

        Accepting again with nothing else to say writes the same receipt, under its number.
        """
        given = self._receipt_of(submission, by=by, note=note)
        if given:
            return write_document(self.desk.holding.letter(given), out, force=force)
        with self._deciding(submission, "通过") as (change, one):
            if one.state in (SubmissionState.SENT_BACK, SubmissionState.REPLACED):
                raise WrongUse("REVIEW-DECIDED", state=one.state.label)
            if needs_reason(self.store, one) and not note.strip():
                raise WrongUse("REVIEW-REASON")
            payload = self.payload(one)
            forms = {form: "零报告" if nil else "通过" for form, nil in payload["nil"].items()}
            letter = self._letter(DocumentKind.RECEIPT, one, by=by, note=note)
            letter |= {"forms": forms, "submission": payload, "audit_head": payload["audit_head"]}
            counting = [other for other in others_of(self.store, one) if other.is_effective]
            change.save_many([other.changed(is_effective=False, state=SubmissionState.REPLACED) for other in counting])
            return self._answer(change, one, letter, out=out, force=force)

    def send_back(
        self,
        submission: Submission,
        points: list[Point],
        out: Path,
        *,
        by: str = "",
        note: str = "",
        force: bool = False,
    ) -> Path:
        """Send back with a list of points and write the correction slip."""
        if not points:
            raise WrongUse("REVIEW-NO-POINTS")
        from xmdesk.documents.register_pages import Lookup

        with self._deciding(submission, "退回") as (change, one):
            if one.state is SubmissionState.REPLACED:
                raise WrongUse("REVIEW-DECIDED", state=one.state.label)
            letter = self._letter(DocumentKind.CORRECTION_SLIP, one, by=by, note=note)
            registers = self.payload(one)["registers"]
            lookup = Lookup(registers)
            letter["points"] = [_completed(point, registers, lookup).as_json() for point in points]
            return self._answer(change, one, letter, out=out, force=force)

    def next_number(self) -> str:
        """Return the number that the next receipt or slip will bear."""
        count = len(self.store.find(Verdict, direction=Direction.OWN)) + 1
        return f"{self.desk.office.office().code}-{clock.today():%Y%m%d}-{count:04d}"

    def receipt_number(self, submission: Submission, *, note: str = "") -> str:
        """Return the number that the receipt of a return will bear: that of the one given, where the same is given again."""
        given = self._receipt_of(submission, by="", note=note)
        return given["number"] if given else self.next_number()

    def payload(self, submission: Submission) -> dict[str, Any]:
        """Return what a submission says, from the bytes kept."""
        return parse_canonical(self.store.blob(submission.payload_sha256))

    def content(self, submission: Submission) -> bytes:
        """Return the sealed file as it came in."""
        return self.store.blob(submission.file_sha256)

    def _receipt_of(self, submission: Submission, *, by: str, note: str) -> dict[str, Any]:
        """Return what the receipt of an accepted return says; nothing where there is none, or it would say something else."""
        one = self.store.get(Submission, submission.uid)
        if one is None or one.state is not SubmissionState.ACCEPTED:
            return {}
        told = {"direction": Direction.OWN, "accepted": True, "submission_sha256": one.payload_sha256}
        given = next(iter(self.store.find(Verdict, **told, number=one.receipt_no)), None)
        if given is None or by not in ("", given.given_by) or note not in ("", given.note):
            return {}
        try:
            return parse_canonical(self.store.blob(given.payload_sha256))
        except Fault as trouble:
            if trouble.code != "DB-BLOB-MISSING":  # receipts once left no payload in the book
                raise
            return {}

    def _letter(self, kind: DocumentKind, submission: Submission, *, by: str, note: str) -> dict[str, Any]:
        office = self.desk.office.office()
        return document(
            kind,
            OfficeHead(office.code, office.name),
            as_of=clock.today().isoformat(),
            to={"code": submission.office_code, "name": submission.office_name},
            number=self.next_number(),
            submission_sha256=submission.payload_sha256,
            submission_code=submission.short_code,
            period=submission.period,
            version=submission.version,
            received_at=submission.received_at,
            decided_at=clock.stamp(),
            decided_by=by or office.reviewed_by,
            note=note,
            **self.desk.holding.list_for_letters(),
        )

    @contextmanager
    def _deciding(self, submission: Submission, word: str) -> Generator[tuple[Change, Submission]]:
        """Open the change of an answer, with the return as the book has it now: since it was looked at, another version may
        have come. The answer is written within it, so that none goes out which the book does not hold.
        """
        label = f"{word} {submission.office_code} {Period(submission.period).words}"
        self.desk.holding.freshen_list()
        with self.store.change(label, kind=StepKind.SYSTEM) as change:
            one = self.store.get(Submission, submission.uid)
            if one is None:
                raise Fault("REVIEW-NOT-FOUND", name=submission.short_code)
            yield change, one

    def _answer(self, change: Change, one: Submission, letter: dict[str, Any], *, out: Path, force: bool) -> Path:
        sealed = self.desk.holding.letter(letter)
        path = write_document(sealed, out, force=force)
        accepted = letter["kind"] == DocumentKind.RECEIPT
        verdict = verdict_of(letter, sealed.payload_sha256, direction=Direction.OWN, accepted=accepted)
        decided = {
            "state": SubmissionState.ACCEPTED if accepted else SubmissionState.SENT_BACK,
            "decided_at": letter["decided_at"],
            "decided_by": letter["decided_by"],
            "receipt_no": letter["number"],
        }
        change.save(one.changed(**decided, is_effective=accepted))
        change.save(verdict)
        change.save_many(points_of(verdict, letter))
        change.keep_blob(sealed.payload)
        change.keep_blob(sealed.content)
        return path

    # the village

    def take(self, path: Path, *, root_digits_typed: str = "") -> Taken:
        """Recognise and apply a receipt, slip, task or grant of our district; what is here already is not applied twice.

        The first grant brings the root, which is believed only by its digits typed from paper (``TAKE-GRANT`` without).
        """
        if root_digits_typed:
            self.desk.enrolling.accept(path, root_digits_typed=root_digits_typed)
            return Taken(DocumentKind.ENROLMENT_GRANT, applied=True)
        self._refuse_first_grant(path)
        code = self.desk.office.office().code
        opened = open_any(path, self.desk.holding.trust_store(expected_code=code))
        kind = DocumentKind(opened.found.facts["kind"])
        takers = {
            DocumentKind.ENROLMENT_GRANT: partial(self._take_grant, path),
            DocumentKind.COLLECTION_TASK: self._take_task,
            DocumentKind.RECEIPT: self._take_verdict,
            DocumentKind.CORRECTION_SLIP: self._take_verdict,
        }
        if kind not in takers:
            raise WrongUse("TAKE-KIND")
        taken = replace(takers[kind](opened, kind), period=str(opened.payload.get("period", "")))
        older = taken.applied and self.desk.holding.take_revocations(opened.payload["crl"])
        return replace(taken, remark=problem("TAKE-LIST-OLDER")) if older else taken

    def points(self, *, open_only: bool = False) -> list[CorrectionPoint]:
        """Return the points of slips taken in, as a work list."""
        found = self.store.all(CorrectionPoint)
        return [one for one in found if not (open_only and one.is_done)]

    def _refuse_first_grant(self, path: Path) -> None:
        is_grant = self.desk.holding.root() is None and read_document(path).claimed_payload.get("kind") == GRANT
        if is_grant:
            raise WrongUse("TAKE-GRANT")

    def _take_grant(self, path: Path, opened: Opened, kind: DocumentKind) -> Taken:
        """A later grant comes under the root that was pinned with the first: no digits are needed (trust.md 3.3)."""
        if opened.payload["root"] != encoded(self.desk.holding.kept(ROOT)):
            raise WrongUse("TAKE-GRANT")
        applied = opened.payload["certificate"] != encoded(self.desk.holding.kept(SEAL_CERTIFICATE))
        if applied:
            self.desk.enrolling.apply(opened.payload, path)
        return Taken(kind, applied, remark=None if applied else problem("TAKE-TWICE"))

    def _take_task(self, opened: Opened, kind: DocumentKind) -> Taken:
        applied = self.desk.tasks.take(opened)
        return Taken(kind, applied, remark=None if applied else problem("TAKE-TWICE"))

    def _take_verdict(self, opened: Opened, kind: DocumentKind) -> Taken:
        letter = opened.payload
        points = tuple(Point(**one) for one in letter.get("points", []))
        if self.store.find(Verdict, payload_sha256=opened.sha256):
            return Taken(kind, applied=False, points=points, remark=problem("TAKE-TWICE"))
        found = self.store.find(Submission, direction=Direction.OWN, payload_sha256=letter["submission_sha256"])
        if not found:
            raise _unknown(kind, letter)
        later = self._later(found[0])
        is_older = letter["decided_at"] < found[0].decided_at
        if is_older and (later or {kind, found[0].state} != _ASKING):
            return Taken(
                kind,
                applied=False,
                points=points,
                remark=problem("TAKE-OLDER", day=show_partial(clock.day_of(found[0].decided_at))),
            )
        accepted = kind is DocumentKind.RECEIPT
        verdict = verdict_of(letter, opened.sha256, direction=Direction.RECEIVED, accepted=accepted)
        fresh = {} if is_older else {"state": _state_after(found[0], later, accepted=accepted), **decision(letter)}
        label = f"导入{'回执' if accepted else '退回单'} {letter['number']}"
        with self.store.change(label, kind=StepKind.SYSTEM) as change:
            change.save_many([found[0].changed(**fresh), *put_out_of_force(self.store, found[0])])
            change.save(verdict)
            change.save_many(self._new_points(verdict, letter))
            change.keep_blob(opened.file)
        passed = next((one.version for one in later if one.state is SubmissionState.ACCEPTED), 0)
        remark = problem("TAKE-SETTLED", version=found[0].version, passed=passed) if passed and not accepted else None
        return Taken(kind, applied=True, points=points, remark=remark)

    def _new_points(self, verdict: Verdict, letter: Mapping[str, Any]) -> list[CorrectionPoint]:
        """Return the points that no other slip about the same version brought."""
        others = self.store.find(Verdict, submission_sha256=verdict.submission_sha256)
        slips = {one.uid for one in others}
        known = {asked(one) for one in self.store.all(CorrectionPoint) if one.verdict in slips}
        return [one for one in points_of(verdict, letter) if asked(one) not in known]

    def _later(self, one: Submission) -> list[Submission]:
        """Return the later versions of a return, the newest first."""
        own = self.store.find(Submission, direction=Direction.OWN, period=one.period)
        return sorted((other for other in own if other.version > one.version), key=lambda other: -other.version)


def _state_after(one: Submission, later: Sequence[Submission], *, accepted: bool) -> SubmissionState:
    """What an answer makes of a version: one that was corrected already stays so, unless it is the one that counts."""
    is_passed = any(other.state is SubmissionState.ACCEPTED for other in later)
    if one.state is SubmissionState.REPLACED and (is_passed or not accepted):
        return SubmissionState.REPLACED
    return SubmissionState.ACCEPTED if accepted else SubmissionState.SENT_BACK


def _unknown(kind: DocumentKind, letter: Mapping[str, Any]) -> Fault:
    """What to do about an answer to a return that is not here: a receipt holds the return, a slip only says what is wrong."""
    if kind is DocumentKind.RECEIPT:
        return Fault("TAKE-UNKNOWN-RETURN", code=letter["submission_code"])
    period = Period.parse(letter["period"]).words
    return Fault("TAKE-UNKNOWN-SENT-BACK", code=letter["submission_code"], period=period, version=letter["version"])


def _completed(point: Point, registers: Mapping[str, Sequence[Mapping[str, Any]]], lookup: "Lookup") -> Point:
    """Fill in uid from row number (or the other way round), title and label; an unknown row or field is ``WrongUse``."""
    if not point.register:
        return point
    rows = registers.get(point.register, [])
    index = next((place for place, row in enumerate(rows, 1) if row["uid"] == point.uid), point.row_no)
    if (point.uid or point.row_no) and not (1 <= index <= len(rows) and point.uid in ("", rows[index - 1]["uid"])):
        raise WrongUse("REVIEW-POINTS-ROW", register=part_title(point.register))
    specs = fields_of(part_record(point.register))
    if point.field and point.field not in specs:
        raise WrongUse("REVIEW-POINTS-FIELD", field=point.field[:30])
    row: Mapping[str, Any] = rows[index - 1] if index else {}
    label = specs[point.field].label if point.field else ""
    title = row_title(row, lookup)
    return replace(point, uid=str(row.get("uid", "")), row_no=index, title=title, label=label)


def row_title(row: Mapping[str, Any], lookup: "Lookup") -> str:
    """Return the short words for a row of a payload: its name, what it is about, or the person it names."""
    own = str(row.get("name") or row.get("subject") or row.get("theme") or "")
    return own or lookup.title("persons", row.get("person") or "")
