"""The return: what it will hold, nil answers, and sealing. Draft → CheckedSubmission → SealedDocument, in that order."""

import base64
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xmdesk import clock
from xmdesk.errors import Fault, WrongUse
from xmdesk.files import remove_file, shown_name, shown_path
from xmdesk.periods import Period
from xmdesk.ports import StepKind
from xmdesk.problems import Problem, Severity, count
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.submission import AGREED_AT, SEALED_FOLDER, Direction, NilAnswer, Submission, SubmissionState
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import OfficeHead, document, short_code
from xmdesk.services import drafting
from xmdesk.services.approving import Approving, SignOff
from xmdesk.services.correcting import Correcting
from xmdesk.services.drafting import Approval, Draft
from xmdesk.services.practising import is_practice, practice_signer, watermark
from xmdesk.services.sealing import SealedDocument, seal_document, write_document
from xmdesk.services.unrecorded import set_aside
from xmdesk.trust.profiles import DocumentKind

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


def sealed_folder(desk: "Desk") -> Path:
    """Return where a book lays its sealed returns; what the district gets is copied from there."""
    return desk.folder / SEALED_FOLDER


class OpenErrors(Fault):
    """Sealing was refused because errors are open; ``problems`` lists everything found."""

    exit_code = 1

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("SEAL-OPEN-ERRORS", errors=count(problems, Severity.ERROR))
        self.problems = problems


class Unanswered(Fault):
    """Sealing was refused: empty forms without a nil answer, open points of a slip, or no yes of the office head."""

    exit_code = 1


@dataclass(frozen=True)
class FormState:
    """One form of the return: how many rows, whether nil was answered (None: not yet), and its findings.

    ``unopened`` is the year of the list that has to be opened first, 0 for none.
    """

    name: str
    title: str
    count: int
    nil: bool | None
    errors: int
    warnings: int
    unopened: int = 0

    @property
    def is_answered(self) -> bool:
        """A form with rows is answered; an empty one needs an explicit nil answer, which a list must be opened for."""
        return self.count > 0 or (self.nil is True and not self.unopened)


@dataclass(frozen=True)
class CheckedSubmission:
    """A draft without open errors, frozen into a payload. Only :meth:`Submitting.checked` makes one."""

    draft: Draft
    payload: dict[str, Any]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Sealed:
    """A sealed submission on disk; ``is_agreed``: the office head had agreed to it in the window.

    ``set_aside`` are files of the same version that were never recorded and lie in a folder of their own now.
    """

    path: Path
    submission: Submission
    is_agreed: bool
    set_aside: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "path": shown_path(self.path),
            "short_code": self.submission.short_code,
            "payload_sha256": self.submission.payload_sha256,
            "pages": self.submission.pages,
            "version": self.submission.version,
            "replaces": self.submission.replaces,
            "set_aside": list(self.set_aside),
        }


class Submitting:
    """What a clerk does with the return of a period."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def forms(self, period: Period, problems: list[Problem] | None = None) -> list[FormState]:
        """Return the state of every form asked for."""
        return self.forms_of(self.draft(period), self.desk.checking.all(period) if problems is None else problems)

    def forms_of(self, draft: Draft, found: list[Problem]) -> list[FormState]:
        """Return the state of every form of a draft with these findings."""
        unopened = any(one.code == "C-LIST-UNOPENED" for one in found)
        return [
            FormState(
                name=form,
                title=REGISTERS[form].title,
                count=len(draft.rows[form]),
                nil=draft.nil.get(form),
                errors=count((one for one in found if one.where.register == form), Severity.ERROR),
                warnings=count((one for one in found if one.where.register == form), Severity.WARNING),
                unopened=draft.period.year if unopened and form == MaintenanceDuty.key else 0,
            )
            for form in draft.forms
        ]

    def answer_nil(self, period: Period, forms: list[str], *, is_nil: bool, by: str = "") -> None:
        """Record an explicit answer that these forms have (or after all have not) nothing to report."""
        which = _titles(forms) if len(forms) == 1 else f"{len(forms)} 张表"
        with self.store.change(f"{'零报告' if is_nil else '取消零报告'}：{which}") as change:
            for form in forms:
                change.save(self._answer(period, form, is_nil=is_nil, by=by))

    def _answer(self, period: Period, form: str, *, is_nil: bool, by: str) -> NilAnswer:
        known = self.store.find(NilAnswer, period=period.text, form=form)
        answer = known[0] if known else NilAnswer(period=period.text, form=form)
        return answer.changed(is_nil=is_nil, answered_by=by, answered_at=clock.stamp())

    def draft(self, period: Period) -> Draft:
        """Return what the return would hold now."""
        return drafting.draft_of(self.store, period)

    def checked(self, draft: Draft, approval: Approval, yes: SignOff | None = None) -> CheckedSubmission:
        """Freeze a draft as of the day of a yes; raises :class:`OpenErrors` or, for empty forms without an answer, :class:`Unanswered`."""
        problems = self.desk.checking.all(draft.period)
        if count(problems, Severity.ERROR):
            raise OpenErrors(problems)
        unanswered = [form for form in draft.forms if not draft.rows[form] and not draft.nil.get(form)]
        if unanswered:
            raise Unanswered("SEAL-UNANSWERED", forms=_titles(unanswered))
        return CheckedSubmission(draft, self._payload(draft, approval, yes), tuple(problems))

    def preview(self, draft: Draft, approval: Approval | None = None) -> bytes:
        """Return the pages that sealing would draw now, errors or not, but for code and hash (PDF bytes, unsigned)."""
        from xmdesk.services.rendering import render

        approval = approval or self.approval()
        yes = self._agreed(draft, approval)
        # nobody has agreed before the yes
        content = canonical(self._payload(draft, replace(approval, at=""), yes))
        return render(content, watermark=watermark(self.desk), is_preview=True)

    def as_of(self, draft: Draft, approval: Approval) -> str:
        """Return the day for which the data would stand: that of a yes that stands, else today or the end of the period (ISO)."""
        yes = self._agreed(draft, approval)
        return yes.as_of if yes else drafting.cut_off(draft.period)

    def approval(self, *, prepared_by: str = "", signed_off_by: str = "") -> Approval:
        """Return who stands for the return: as given, else as the office's settings say, approved now."""
        return Approving(self.store).approval(prepared_by=prepared_by, signed_off_by=signed_off_by)

    def seal(
        self,
        draft: Draft,
        out: Path,
        *,
        nil: Sequence[str] = (),
        prepared_by: str = "",
        signed_off_by: str = "",
        force: bool = False,
        leaves_points: bool = False,
        only_agreed: bool = False,
    ) -> Sealed:
        """Check, freeze, lay out, embed, sign, write, and record the submission: both are done, or neither.

        ``nil`` answers for forms that hold nothing; these answers are recorded with the submission or not at all.
        Open points of a slip are ``Unanswered``, unless ``leaves_points``; with ``only_agreed`` so is a return that the
        office head did not agree to as it is, under the very names. A yes that stands gives its moment and its day.
        """
        waiting = Correcting(self.store).unanswered(draft.period)
        if waiting and not leaves_points:
            raise Unanswered("SEAL-OPEN-POINTS", number=len(waiting))
        _refuse_nil(draft, nil)
        fresh = [form for form in nil if not draft.nil.get(form)]
        draft = replace(draft, nil={**draft.nil, **dict.fromkeys(fresh, True)})
        signer = practice_signer(self.desk) if is_practice(self.desk) else self.desk.holding.signer()
        approval = self.approval(prepared_by=prepared_by, signed_off_by=signed_off_by)
        yes = self._agreed(draft, approval)
        if yes is None and only_agreed:
            raise Unanswered("SEAL-NOT-AGREED")
        ready = self.checked(draft, approval, yes)
        moment, mark = self.desk.time.signing_moment(), watermark(self.desk)
        sealed = seal_document(ready.payload, signer, signed_at=moment, watermark=mark)
        start = f"{mark}{_name_of(ready.payload)}_"
        aside = set_aside(sealed_folder(self.desk), start, drafting.own_submissions(self.store))
        path = write_document(sealed, out / f"{start}{sealed.payload_sha256[:8]}.pdf", force=force)
        with ExitStack() as unrecorded:
            unrecorded.callback(remove_file, path)
            submission = self._record(ready, sealed, path, fresh, agreed_at=yes.at if yes else "")
            unrecorded.pop_all()
        return Sealed(path, submission, is_agreed=yes is not None, set_aside=aside)

    def _agreed(self, draft: Draft, approval: Approval) -> SignOff | None:
        return Approving(self.store, self.desk.checking).agreed(draft, approval)

    def _payload(self, draft: Draft, approval: Approval, yes: SignOff | None) -> dict[str, Any]:
        office = self.desk.office.office()
        chain = drafting.chain_for(self.store, draft.period)
        task = drafting.task_for(self.store, draft.period)
        return document(
            DocumentKind.SUBMISSION,
            OfficeHead(office.code, office.name, str(office.kind or "")),
            as_of=yes.as_of if yes else drafting.cut_off(draft.period),
            period=draft.period.text,
            version=chain.version,
            replaces=chain.replaces,
            sequence=chain.sequence,
            previous_sha256=chain.previous_sha256,
            audit_head=chain.audit_head,
            task_no=task.task_no if task else "",
            **drafting.told_of(self.store, draft),
            changes=self._changes(draft.registers),
            approval=(replace(approval, at=yes.at) if yes else approval).as_json(),
            head=drafting.head_marks(self.desk.office),
            private=self._private(draft),
        )

    def _changes(self, registers: dict[str, Any]) -> dict[str, Any]:
        return drafting.changes_between(drafting.accepted_registers(self.store), registers).as_json()

    def _private(self, draft: Draft) -> str:
        """Return full identity numbers sealed to the district (HPKE, base64), or nothing when it gave no key."""
        public = self.desk.holding.district_private_key()
        numbers = {one.uid: one.id_no for one in draft.rows["persons"] if isinstance(one, Person) and one.id_no}
        if public is None or not numbers:
            return ""
        from xmdesk.trust.private_part import seal_private

        context = f"{self.desk.office.office().code}/{draft.period.text}".encode()
        return base64.b64encode(seal_private(public, canonical(numbers), context=context)).decode()

    def _record(
        self, ready: CheckedSubmission, sealed: SealedDocument, path: Path, nil: Sequence[str], *, agreed_at: str
    ) -> Submission:
        payload = ready.payload
        replaced = self.store.find(Submission, payload_sha256=payload["replaces"]) if payload["replaces"] else []
        submission = Submission(
            direction=Direction.OWN,
            office_code=payload["office"]["code"],
            office_name=payload["office"]["name"],
            office_kind=payload["office"]["kind"],
            period=payload["period"],
            version=payload["version"],
            replaces=payload["replaces"],
            sequence=payload["sequence"],
            previous_sha256=payload["previous_sha256"],
            payload_sha256=sealed.payload_sha256,
            short_code=short_code(sealed.payload_sha256),
            schema_version=payload["schema"],
            state=SubmissionState.SEALED,
            pages=sealed.pages,
            row_counts={name: len(rows) for name, rows in payload["registers"].items()},
            nil=payload["nil"],
            prepared_by=payload["approval"]["prepared_by"],
            signed_off_by=payload["approval"]["signed_off_by"],
            sealed_at=clock.stamp(),
            file_name=shown_name(path),
            facts={AGREED_AT: agreed_at} if agreed_at else {},
        )
        with self.store.change(f"密封上报 {Period(payload['period']).words}", kind=StepKind.SEAL) as change:
            change.keep_blob(sealed.payload)
            submission = submission.changed(file_sha256=change.keep_blob(sealed.content))
            for form in nil:
                change.save(self._answer(ready.draft.period, form, is_nil=True, by=submission.prepared_by))
            for old in replaced:
                change.save(old.changed(state=SubmissionState.REPLACED))
            change.save(submission)
            change.save(Approving(self.store).spent(ready.draft))
        return submission


def _name_of(payload: dict[str, Any]) -> str:
    return f"上报_{payload['office']['code']}_{payload['period']}_第{payload['version']}版"


def _refuse_nil(draft: Draft, nil: Sequence[str]) -> None:
    """Refuse a nil answer for what is no form of this return, or for a form that holds something."""
    for form in nil:
        if form not in draft.forms:
            raise WrongUse("SEAL-NIL-UNKNOWN", form=form, forms="、".join(draft.forms))
        if draft.rows[form]:
            raise WrongUse("SEAL-NIL-FILLED", form=REGISTERS[form].title, number=len(draft.rows[form]))


def _titles(forms: Sequence[str]) -> str:
    return "、".join(REGISTERS[form].title for form in forms)
