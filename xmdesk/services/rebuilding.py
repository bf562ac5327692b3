"""Rebuilding registers of a book that was lost, from the office's own last return or the receipt for it.

It only adds: what stands in the book already is left as it is. Addresses, pictures and full identity numbers never
travelled, so they cannot come back. The return itself is noted too, so that the next one continues the old sequence.
A receipt holds what the return said, never its sealed file: that comes back only from the file itself. A file does not tell
whether it ever left the computer: the return that it brings is sealed, and no more until it is carried or answered. A return
sealed with a certificate that was stopped or has expired since says nothing about when it was sealed (trust.md 3.5), so a
person has to know it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Refused, WrongUse
from xmdesk.periods import Period
from xmdesk.ports import Change, StepKind
from xmdesk.problems import Problem, Where, problem
from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import DutyList
from xmdesk.records.keeping import FieldNote
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import Direction, Explanation, NilAnswer, Submission, SubmissionState, Verdict
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import sha256_hex, short_code
from xmdesk.sealed.schema import check_payload
from xmdesk.sealed.upgrades import upgraded
from xmdesk.services.comparing import CHANGED, differences
from xmdesk.services.drafting import draft_of, own_submissions
from xmdesk.services.handing import original_name
from xmdesk.services.opening import LIST_STALE, NotAccepted, Opened, open_any, stands_but_for
from xmdesk.services.verdicts import decision, verdict_of
from xmdesk.services.verifying import Verified
from xmdesk.trust.profiles import DocumentKind

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

OVER = {
    "R-REVOKED": ("REBUILD-STOPPED", "停用"),
    "R-EXPIRED": ("REBUILD-EXPIRED", "过期"),
    "H-EXPIRED": ("REBUILD-EXPIRED", "过期"),
}
"""What may have become of the certificate of a return since, how this office is told, and in one word."""
PASSED = (*OVER, LIST_STALE)
"""What a person who knows a return again vouches for: the list of stopped certificates grows old as certificates do."""
FEW = 3
"""So many records that differ are named."""


@dataclass(frozen=True)
class Rebuilt:
    """What came back: rows added by register, rows that stood there already, and what to know: what to fill in, what differs."""

    period: str
    version: int
    added: Mapping[str, int]
    kept: int
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON answer."""
        return {
            "period": self.period,
            "version": self.version,
            "added": dict(self.added),
            "kept": self.kept,
            "problems": [one.as_json() for one in self.problems],
        }


class Rebuilding:
    """Brings registers back from a sealed document of this very office."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def rebuild(self, path: Path, *, knows_it: bool = False) -> Rebuilt:
        """Verify a return or receipt of this office and add what it holds; anything else is refused.

        ``knows_it``: a person says that a return sealed with a certificate stopped or expired since is the one that was
        sent (``REBUILD-STOPPED`` or ``REBUILD-EXPIRED`` without).
        """
        opened, sealed = self._open(path, knows_it=knows_it)
        payload = upgraded(sealed)
        fresh, kept = self._missing(payload["registers"])
        with self.store.change(f"由上报件找回台账 {Period.parse(payload['period']).words}") as change:
            self._save_office(change, payload, sha256_hex(canonical(sealed)))
            for records in fresh.values():
                change.save_many(records)
            change.save_many(self._answers(payload))
        told = self._note(opened, sealed)
        if "crl" in opened.payload:  # a receipt brings the district's list, a return has none
            self.desk.holding.take_revocations(opened.payload["crl"])
        added = {name: len(records) for name, records in fresh.items() if records}
        over = _over(opened.found)
        known = [problem("REBUILD-KNOWN", how=OVER[over.code][1])] if knows_it and over is not None else []
        problems = (*known, *self._differing(payload, kept), *_to_fill(fresh.get("persons", [])), *told)
        return Rebuilt(payload["period"], payload["version"], added, len(kept), problems)

    def lacking(self, path: Path) -> int:
        """Count the records of a return or receipt of this office that the book does not hold."""
        _, sealed = self._open(path)
        fresh, _ = self._missing(upgraded(sealed)["registers"])
        return sum(map(len, fresh.values()))

    def _open(self, path: Path, *, knows_it: bool = False) -> tuple[Opened, dict[str, Any]]:
        """Return the document that was brought and the return it is or holds.

        A return that is noted here already, by the district's receipt or by our own sealing, needs nobody to know it again.
        """
        code = self.desk.office.office().code
        trust = self.desk.holding.trust_store(expected_code=code)
        try:
            opened = open_any(path, trust)
        except NotAccepted as refused:
            found, over = refused.found, _over(refused.found)
            if over is None or not stands_but_for(found, PASSED) or found.facts["kind"] != DocumentKind.SUBMISSION:
                raise
            if not knows_it and not self._own(payload_sha256=found.facts["payload_sha256"]):
                raise Refused(OVER[over.code][0], what=over.text) from None
            opened = open_any(path, trust, despite=PASSED)
        return opened, _submission_in(opened)

    def _missing(self, registers: Mapping[str, Any]) -> tuple[dict[str, list[Record]], set[str]]:
        """Return the records that are not here by register, and the uids of those that are."""
        classes: dict[str, type[Record]] = {name: one.record for name, one in REGISTERS.items()}
        classes["duty_lists"] = DutyList
        fresh: dict[str, list[Record]] = {}
        kept: set[str] = set()
        for name, record in classes.items():
            here = set(self.store.uids(record))
            rows = registers.get(name, [])
            fresh[name] = [_record(record, row) for row in rows if row["uid"] not in here]
            kept |= here.intersection(row["uid"] for row in rows)
        return fresh, kept

    def _save_office(self, change: Change, payload: Mapping[str, Any], digest: str) -> None:
        """Fill in our own office; where it takes the uid it was sent with, what was noted on it goes with it."""
        own = self.desk.office.office()
        office = self._office(payload["registers"].get("office", []), digest)
        change.save(office)
        if office.uid == own.uid:
            return
        change.remove(own)
        told = {(one["field"], one["code"]) for one in payload["explanations"] if one["uid"] == office.uid}
        for one in self.store.all(Explanation):
            if one.record == own.uid and (one.field, one.code) in told:
                change.remove(one)
            elif one.record == own.uid:
                change.save(one.changed(record=office.uid))
        change.save_many([one.changed(record_uid=office.uid) for one in self.store.find(FieldNote, record_uid=own.uid)])

    def _office(self, rows: list[dict[str, Any]], digest: str) -> Office:
        """Return our own office with its empty fields filled in.

        A book that has sealed nothing yet takes the uid of the lost one: it is the same office, and no other joined it.
        The return that is being brought back may be noted from before: its rows were undone, the note was not.
        """
        office = self.desk.office.office()
        specs = fields_of(Office)
        known = _record(Office, rows[0]) if rows else office
        empty = [name for name, spec in specs.items() if spec.kind.is_empty(getattr(office, name))]
        has_sealed = any(one.payload_sha256 != digest for one in own_submissions(self.store))
        uid = office.uid if has_sealed else known.uid
        return office.changed(uid=uid, **{name: getattr(known, name) for name in empty})

    def _answers(self, payload: Mapping[str, Any]) -> list[Record]:
        """Return the nil answers and explanations that this book does not hold."""
        answered = {one.form for one in self.store.find(NilAnswer, period=payload["period"])}
        nil = [
            NilAnswer(period=payload["period"], form=form, answered_at=clock.stamp())
            for form, is_nil in payload["nil"].items()
            if is_nil and form not in answered
        ]
        held = {(one.record, one.field, one.code) for one in self.store.all(Explanation)}
        told = [
            Explanation(
                register=one["register"],
                record=one["uid"],
                field=one["field"],
                code=one["code"],
                text=one["text"],
                by=one["by"],
                at=one["at"],
            )
            for one in payload["explanations"]
            if (one["uid"], one["field"], one["code"]) not in held
        ]
        return [*nil, *told]

    def _differing(self, payload: Mapping[str, Any], kept: set[str]) -> list[Problem]:
        """Name what stood here already and says something else; work done since the return is not overwritten.

        A number that is missing here is none of it: it never travelled whole, and was asked for when the person came back.
        """
        draft = draft_of(self.store, Period.parse(payload["period"]))
        empty = {one.uid for one in self.store.many(Person, sorted(kept)) if not one.id_no}
        rows = [{**one, "id_no": ""} if one["uid"] in empty else one for one in payload["registers"].get("persons", [])]
        lines, _ = differences(self.store, {**payload["registers"], "persons": rows}, draft)
        words = [one.words for one in lines if one.what == CHANGED and one.uid in kept]
        few = "；".join(words[:FEW]) + ("……" if len(words) > FEW else "")
        return [problem("REBUILD-DIFFERS", count=len(words), few=few)] if words else []

    def _note(self, opened: Opened, sealed: dict[str, Any]) -> list[Problem]:
        """Note the return, so that the next one names it as the one before; tells whether its sealed file is here.

        A receipt is kept as what it is, the district's answer: its file never stands for that of the return.
        """
        content = canonical(sealed)
        digest = sha256_hex(content)
        is_receipt = opened.payload["kind"] == DocumentKind.RECEIPT
        known = next(iter(self._own(payload_sha256=digest)), None)
        if known is not None and (is_receipt or known.file_sha256):
            return [] if known.file_sha256 else [problem("REBUILD-NO-FILE")]
        submission = known or self._found(sealed, digest)
        verdict = _verdict(opened) if is_receipt else None
        older = self._own(payload_sha256=sealed["replaces"]) if verdict is not None and sealed["replaces"] else []
        if verdict is not None:
            submission = submission.changed(state=SubmissionState.ACCEPTED, **decision(opened.payload))
        if any(one.state is not SubmissionState.SEALED for one in self._own(replaces=digest)):
            submission = submission.changed(state=SubmissionState.REPLACED)
        with self.store.change("补记找回的上报件", kind=StepKind.SYSTEM) as change:
            change.keep_blob(content)
            file_sha256 = change.keep_blob(opened.file)
            change.save_many([one.changed(state=SubmissionState.REPLACED) for one in older])
            if verdict is None:
                submission = submission.changed(file_sha256=file_sha256)
            elif not self.store.find(Verdict, payload_sha256=verdict.payload_sha256):
                change.save(verdict)
            change.save(submission)
        if is_receipt:
            return [problem("REBUILD-NO-FILE")]
        is_unsent = submission.state is SubmissionState.SEALED
        told = problem("REBUILD-UNSENT", version=submission.version) if is_unsent else None
        return [problem("REBUILD-FILE")] if known is not None else [told] if told else []

    def _found(self, sealed: Mapping[str, Any], digest: str) -> Submission:
        """Return the return of a file as sealed; beside one of the same or a later version that stands, it is out of force."""
        one = _submission(sealed, digest)
        others = self._own(period=one.period)
        is_over = any(other.version >= one.version and other.payload_sha256 != digest for other in others)
        return one.changed(state=SubmissionState.REPLACED) if is_over else one

    def _own(self, **equal: Any) -> list[Submission]:
        return self.store.find(Submission, direction=Direction.OWN, **equal)


def _over(found: Verified) -> Problem | None:
    """Return what became of the certificate since, the gravest first; or nothing."""
    said = {one.code: one for one in found.problems}
    return next((said[code] for code in OVER if code in said), None)


def _submission(sealed: Mapping[str, Any], digest: str) -> Submission:
    """Return our own return as far as it tells about itself."""
    approval = sealed["approval"]
    one = Submission(
        direction=Direction.OWN,
        office_code=sealed["office"]["code"],
        office_name=sealed["office"]["name"],
        office_kind=sealed["office"]["kind"],
        period=sealed["period"],
        version=sealed["version"],
        replaces=sealed["replaces"],
        sequence=sealed["sequence"],
        previous_sha256=sealed["previous_sha256"],
        payload_sha256=digest,
        short_code=short_code(digest),
        schema_version=sealed["schema"],
        state=SubmissionState.SEALED,
        row_counts={name: len(rows) for name, rows in sealed["registers"].items()},
        nil=sealed["nil"],
        prepared_by=approval["prepared_by"],
        signed_off_by=approval["signed_off_by"],
        sealed_at=approval["at"],
    )
    return one.changed(file_name=original_name(one))


def _verdict(opened: Opened) -> Verdict:
    return verdict_of(opened.payload, opened.sha256, direction=Direction.RECEIVED, accepted=True)


def _submission_in(opened: Opened) -> dict[str, Any]:
    kind = opened.payload["kind"]
    if kind == DocumentKind.SUBMISSION:
        return opened.payload
    if kind != DocumentKind.RECEIPT:
        raise WrongUse("REBUILD-KIND")
    sealed: dict[str, Any] = opened.payload["submission"]
    check_payload(upgraded(sealed))
    if sha256_hex(canonical(sealed)) != opened.payload["submission_sha256"]:
        raise Refused("R-SCHEMA", part="回执所附上报件")
    return sealed


def _record(record: type[Record], row: Mapping[str, Any]) -> Any:
    """Return a record from its payload row; a number that travelled with its middle hidden is left empty."""
    specs = fields_of(record)
    values = {name: specs[name].kind.from_json(value) for name, value in row.items() if name in specs}
    if record is Person and "*" in str(values.get("id_no", "")):
        values["id_no"] = ""
    return record.model_validate({"uid": row["uid"], **values})


def _to_fill(persons: list[Record]) -> list[Problem]:
    where = Where(register="persons", title=REGISTERS["persons"].title)
    return [problem("REBUILD-NUMBERS", where, count=len(persons))] if persons else []
