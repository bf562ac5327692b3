"""The district's inbox: every file is copied in, verified in a child, and imported in one transaction or quarantined.

Idempotent and free of order: identity is the payload's hash; the highest version is effective; the same version with other
content is a conflict that waits for a person.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, Refused
from xmdesk.files import shown_name
from xmdesk.jobs import Cancelled, Progress, Silent
from xmdesk.periods import Period
from xmdesk.ports import ReceivedRow, StepKind
from xmdesk.problems import Problem, problem
from xmdesk.records.submission import Direction, ReceivedFile, Submission, SubmissionState
from xmdesk.records.values.dates import show_partial
from xmdesk.sealed.canonical import encoded_again
from xmdesk.sealed.payload import sha256_hex, short_code
from xmdesk.services import placing, quarantine
from xmdesk.services.brought import Brought, ReadingAhead
from xmdesk.services.gathering import Gathered, gathered
from xmdesk.services.opening import NotAccepted
from xmdesk.services.placing import Arrival, Expected
from xmdesk.services.practising import PRACTICE_CODE
from xmdesk.services.verifying import Verified, packed
from xmdesk.trust.profiles import DocumentKind

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


@dataclass(frozen=True)
class Received:
    """What became of one file."""

    file: str
    verdict: str
    code: str
    text: str
    to_do: str
    office: str = ""
    office_name: str = ""
    period: str = ""
    version: int = 0
    rows: int = 0
    submission: str = ""
    problems: tuple[Problem, ...] = ()
    """Everything remarked, where more than one sentence has to be said."""

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract, with the words."""
        return {**self.__dict__, "problems": [one.as_json() for one in self.problems]}

    @property
    def further(self) -> tuple[Problem, ...]:
        """What was remarked beside the sentence that leads."""
        return tuple(one for one in self.problems if one.code != self.code)


class StoppedHalfway(Cancelled):
    """The person asked to stop: what was received stays, and so many files were not looked at."""

    def __init__(self, results: list[Received], left: int) -> None:
        super().__init__()
        self.results = results
        self.left = left


class Inbox:
    """Receives what villages bring."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def receive(
        self,
        paths: Sequence[Path] | Gathered,
        progress: Progress | None = None,
        *,
        compare: bool = True,
        processes: int = 0,
    ) -> list[Received]:
        """Receive files and folders; each file is imported by itself, so stopping (``StoppedHalfway``) leaves whole files in
        or out.
        """
        watch = progress or Silent()
        brought = paths if isinstance(paths, Gathered) else gathered(paths)
        files = brought.files
        results = [_told(path, problem("INBOX-SUSPICIOUS")) for path in brought.odd]
        trust, expected = packed(self.desk.holding.trust_store()), Expected.of(self.desk)
        reading = ReadingAhead(trust, compare, workers=processes or min(cpu_count() or 1, 4))
        try:
            with reading.of(files) as arriving:
                watch.step(0, len(files), "正在准备核验…")
                for done, one in enumerate(arriving, 1):
                    results.append(self._take(one, expected))
                    watch.step(done, len(files), f"正在核验第 {done} 份，共 {len(files)} 份…")
        except Cancelled:
            left = len(brought.odd) + len(files) - len(results)
            if left:
                raise StoppedHalfway(results, left) from None
        self.desk.quarantined.thin()
        return results

    def submissions(self, period: Period | None = None) -> list[Submission]:
        """Return received submissions, newest first."""
        found = self.store.find(Submission, direction=Direction.RECEIVED, **({"period": period.text} if period else {}))
        return sorted(found, key=lambda one: (one.received_at, one.uid), reverse=True)

    def effective(self, period: Period) -> list[Submission]:
        """Return the submission that counts for each office of a period."""
        return self.store.find(Submission, direction=Direction.RECEIVED, period=period.text, is_effective=True)

    def rows_of(self, submission: Submission) -> Iterable[ReceivedRow]:
        """Return the stored rows of a submission."""
        return self.store.received([submission.uid])

    def _take(self, one: Brought, expected: Expected) -> Received:
        if one.found is None:
            trouble = one.trouble
            if trouble is not None and trouble.code == "FILE-TOO-LARGE":
                return self._refuse_large(one.path)
            return Received(
                file=shown_name(one.path),
                verdict="refuse",
                code=trouble.code if trouble else "X-CHILD",
                text=trouble.happened if trouble else "",
                to_do=trouble.to_do if trouble else "",
            )
        try:
            return self.take_in(one, one.found, expected)
        except Refused as trouble:
            return self._refuse(one, trouble)

    def _refuse_large(self, path: Path) -> Received:
        """Keep a file that is too large to be a return without reading it; what cannot be kept is told as such."""
        remark = problem("R-SIZE")
        try:
            record = quarantine.keep(self.desk.folder, path, remark)
        except Fault as trouble:
            if trouble.code == "FILE-TOO-LARGE":
                return _told(path, problem("INBOX-NOT-KEPT", limit=quarantine.LARGEST // 1024 // 1024))
            return _told(path, problem("INBOX-NOT-COPIED", why=trouble.happened))
        with self.store.change("隔离文件", kind=StepKind.SYSTEM) as change:
            change.save(record)
        return _told(path, remark)

    def _refuse(self, one: Brought, trouble: Refused) -> Received:
        facts = one.found.facts if one.found else {}
        record = ReceivedFile(
            file_name=shown_name(one.path),
            file_sha256=sha256_hex(one.data),
            size=len(one.data),
            received_at=clock.stamp(),
            verdict="refuse",
            code=trouble.code,
            text=trouble.happened,
            to_do=trouble.to_do,
            kind=str(facts.get("kind", "")),
            period=str(facts.get("period", "")),
            payload_sha256=str(facts.get("payload_sha256") or ""),
            quarantined=True,
        )
        with self.store.change("隔离文件", kind=StepKind.SYSTEM) as change:
            change.keep_blob(one.data)
            change.save(record)
        office = str(facts.get("signer", "")).partition(" ")[0]
        told = (record.file_name, "refuse", record.code, record.text, record.to_do)
        return Received(*told, office=office, period=record.period)

    def take_in(self, one: Brought, found: Verified, expected: Expected | None = None) -> Received:
        """Import a verified file in one transaction; raises ``Refused`` when it may not come in."""
        if found.verdict == "refuse":
            copies = self.store.find(Submission, direction=Direction.RECEIVED, file_sha256=sha256_hex(one.data))
            if copies:  # its certificate may have been stopped since
                return self._duplicate(one, copies[0])
        if found.verdict == "refuse" and str(found.facts.get("signer", "")).startswith(PRACTICE_CODE):
            raise Refused("INBOX-PRACTICE")
        if found.verdict == "refuse":
            raise NotAccepted(found)
        if found.facts["kind"] != DocumentKind.SUBMISSION:
            raise Refused("INBOX-KIND")
        payload, digest = found.payload, str(found.facts["payload_sha256"])
        known = self.store.find(Submission, direction=Direction.RECEIVED, payload_sha256=digest)
        if known and not _is_redeemed(known[0], found):
            return self._duplicate(one, known[0])
        office = self.store.find(Submission, direction=Direction.RECEIVED, office_code=payload["office"]["code"])
        others = [other for other in office if other.payload_sha256 != digest]
        same = [other for other in others if other.period == payload["period"]]
        arrival = Arrival(payload, shown_name(one.path), str(found.facts.get("signed_at_claimed", "")))
        expected = expected or Expected.of(self.desk)
        remarks = [*found.problems, *placing.remarks(arrival, others, expected)]
        leading = _worst(remarks)
        held = leading is not None and leading.severity == "warning"
        fresh = self._submission(one, found, remarks).changed(received_at=clock.stamp(expected.moment))
        if known:
            fresh = known[0].changed(facts=fresh.facts, file_name=fresh.file_name, file_sha256=fresh.file_sha256)
        submission = fresh.changed(
            state=SubmissionState.HELD if held else SubmissionState.RECEIVED,
            verdict="hold" if held else "notice" if leading else "accept",
            verdict_code=leading.code if leading else found.code,
            in_conflict=any(remark.code == "INBOX-CONFLICT" for remark in remarks),
        )
        self._write(one, submission, same, content=found.content, rows=[] if known else self._rows(found, submission))
        told = remarks or [problem("INBOX-ACCEPTED")]
        return _about(one, submission, told, rows=sum(submission.row_counts.values()))

    def _duplicate(self, one: Brought, known: Submission) -> Received:
        remark = problem(
            "INBOX-DUPLICATE", day=show_partial(clock.day_of(known.received_at)), number=known.receipt_no or "未开"
        )
        return _about(one, known.changed(verdict="duplicate"), [remark], rows=sum(known.row_counts.values()))

    def _submission(self, one: Brought, found: Verified, remarks: list[Problem]) -> Submission:
        payload = found.payload
        digest = str(found.facts["payload_sha256"])
        return Submission(
            direction=Direction.RECEIVED,
            office_code=payload["office"]["code"],
            office_name=payload["office"]["name"],
            office_kind=payload["office"]["kind"],
            period=payload["period"],
            version=payload["version"],
            replaces=payload["replaces"],
            sequence=payload["sequence"],
            previous_sha256=payload["previous_sha256"],
            payload_sha256=digest,
            short_code=short_code(digest),
            schema_version=payload["schema"],
            row_counts={name: len(rows) for name, rows in payload["registers"].items()},
            nil=payload["nil"],
            prepared_by=payload["approval"]["prepared_by"],
            signed_off_by=payload["approval"]["signed_off_by"],
            sealed_at=payload["approval"]["at"],
            facts={**found.facts, "remarks": [remark.as_json() for remark in remarks]},
            file_name=shown_name(one.path),
            file_sha256=sha256_hex(one.data),
        )

    def _write(
        self,
        one: Brought,
        submission: Submission,
        same: list[Submission],
        *,
        content: bytes,
        rows: Iterable[ReceivedRow],
    ) -> None:
        label = f"接收 {submission.office_code} {submission.period} 第{submission.version}版"
        kept = list(rows)
        with self.store.change(label, kind=StepKind.SYSTEM) as change:
            change.keep_blob(content)
            change.keep_blob(one.data)
            newest = max((other.version for other in same if other.state is not SubmissionState.HELD), default=0)
            effective = submission.state is SubmissionState.RECEIVED and submission.version > newest
            if effective:
                for other in same:
                    if other.is_effective:
                        change.save(other.changed(is_effective=False, state=SubmissionState.REPLACED))
            replaced = submission.state is SubmissionState.RECEIVED and not effective
            state = SubmissionState.REPLACED if replaced else submission.state
            change.save(submission.changed(is_effective=effective, state=state))
            change.put_received(kept)
            quarantine.release(self.store, change, submission.file_sha256)
            change.save(
                ReceivedFile(
                    file_name=shown_name(one.path),
                    file_sha256=submission.file_sha256,
                    size=len(one.data),
                    received_at=submission.received_at,
                    verdict=submission.verdict,
                    code=submission.verdict_code,
                    kind=str(DocumentKind.SUBMISSION),
                    office_code=submission.office_code,
                    period=submission.period,
                    payload_sha256=submission.payload_sha256,
                )
            )

    def _rows(self, found: Verified, submission: Submission) -> Iterable[ReceivedRow]:
        numbers = self._identity_numbers(found.payload)
        for register, rows in found.payload["registers"].items():
            for row in rows:
                told = {**row, "id_no": numbers[row["uid"]]} if register == "persons" and row["uid"] in numbers else row
                yield ReceivedRow(
                    submission.uid, submission.office_code, register, row["uid"], encoded_again(told).decode()
                )

    def _identity_numbers(self, payload: dict[str, Any]) -> dict[str, str]:
        """Open the part that only the district can read: full identity numbers by person."""
        from xmdesk.services.keyring import PRIVATE
        from xmdesk.trust.private_part import open_private

        if not payload["private"] or not self.desk.keyring.has(PRIVATE):
            return {}
        context = f"{payload['office']['code']}/{payload['period']}".encode()
        sealed = base64.b64decode(payload["private"])
        plain = open_private(self.desk.keyring.key(PRIVATE), sealed, context=context)
        return _numbers(plain, {row["uid"]: row["id_no"] for row in payload["registers"]["persons"]})


def _is_redeemed(known: Submission, found: Verified) -> bool:
    """Tell whether a return that only its file held back has now come in a file with nothing against it.

    Without this a file with lying pages that arrives first would keep the true one out for ever.
    """
    remarks = known.facts.get("remarks", [])
    causes = {one["code"] for one in remarks if one["severity"] == "warning"}
    held_by_file = known.state is SubmissionState.HELD and not any(code.startswith("INBOX-") for code in causes)
    return held_by_file and found.verdict in ("accept", "notice")


def _numbers(plain: bytes, masked: dict[str, str]) -> dict[str, str]:
    """Read the numbers; each must be the one that its row shows masked. Nobody has looked at this part before."""
    from xmdesk.records.values.identity import mask_id
    from xmdesk.sealed.canonical import parse_canonical
    from xmdesk.sealed.unfit import Unfit

    try:
        told = parse_canonical(plain)
    except Unfit:
        raise Refused("R-SCHEMA", part="公民身份号码") from None
    for uid, number in told.items():
        if not isinstance(number, str) or masked.get(uid) != mask_id(number):
            raise Refused("R-SCHEMA", part="公民身份号码")
    return told


def _worst(remarks: Sequence[Problem]) -> Problem | None:
    order = ("error", "warning", "notice")
    ranked = sorted(remarks, key=lambda one: order.index(one.severity))
    return ranked[0] if ranked else None


def _told(path: Path, remark: Problem) -> Received:
    return Received(shown_name(path), "refuse", remark.code, remark.text, remark.to_do)


def _about(one: Brought, submission: Submission, remarks: Sequence[Problem], *, rows: int) -> Received:
    """Tell of a return that came in; the worst remark speaks, the others stand behind it."""
    remark = _worst(remarks) or remarks[0]
    return Received(
        file=shown_name(one.path),
        verdict=submission.verdict,
        code=remark.code,
        text=remark.text,
        to_do=remark.to_do,
        office=submission.office_code,
        office_name=submission.office_name,
        period=submission.period,
        version=submission.version,
        rows=rows,
        submission=submission.uid,
        problems=tuple(remarks),
    )
