"""The office head's yes to a return: who, when, to which content, under which names. What changes afterwards lets it lapse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from xmdesk import __version__, clock
from xmdesk.errors import WrongUse
from xmdesk.ports import StepKind, Store
from xmdesk.problems import Problem, Severity
from xmdesk.records.keeping import OfficeSetting
from xmdesk.records.people import Person
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import LAYOUT, sha256_hex
from xmdesk.services import drafting
from xmdesk.services.checking import Checking
from xmdesk.services.drafting import Approval, Draft
from xmdesk.services.offices import OfficeDesk


class Lapse(StrEnum):
    """What changed since a yes was given, so that it holds no more; the one a person should be told first stands first."""

    ROWS = "rows"
    ANSWER = "accepted"
    PLACE = "chain"
    TASK = "task_no"
    MARKS = "head"
    PROGRAM = "program"
    CLOCK = "clock"
    PERIOD = "period"
    FINDINGS = "findings"


@dataclass(frozen=True)
class SignOff:
    """A yes as it was given; ``lapse`` tells why the pages are no longer those that were looked at, None while they are.

    ``prepared_by`` stood on those pages as who fills in, ``as_of`` as the day the data stand for.
    """

    by: str
    at: str
    as_of: str
    prepared_by: str = ""
    lapse: Lapse | None = None

    @property
    def holds(self) -> bool:
        """Whether what would be sealed is what was looked at."""
        return self.lapse is None

    def is_for(self, *, prepared_by: str, signed_off_by: str) -> bool:
        """Tell whether the yes is one for pages with this content and these names."""
        return self.holds and (self.prepared_by, self.by) == (prepared_by, signed_off_by)


class Approving:
    """Keeps one yes per period; ``checking`` is the book's own, which remembers what it looked at."""

    def __init__(self, store: Store, checking: Checking | None = None) -> None:
        self.store = store
        self._office = OfficeDesk(store)
        self._checking = checking or Checking(store)

    def approve(self, draft: Draft, by: str, *, prepared_by: str = "") -> SignOff:
        """Note that the office head looked at this content and agrees; without a name it is ``WrongUse``.

        Who fills in is, as in :meth:`approval`, whom the office names where nobody is given.
        """
        if not by.strip():
            raise WrongUse("APPROVE-NAME")
        asked = self.approval(prepared_by=prepared_by.strip(), signed_off_by=by.strip())
        yes = SignOff(asked.signed_off_by, asked.at, drafting.cut_off(draft.period), asked.prepared_by)
        label = f"负责人同意上报{draft.period.words}"
        seen = {**self._parts(draft), Lapse.FINDINGS.value: _findings(self._checking.all(draft.period))}
        kept = {"by": yes.by, "prepared_by": yes.prepared_by, "at": yes.at, "as_of": yes.as_of, "seen": seen}
        self._office.set_setting(_name(draft), kept, label=label, kind=StepKind.EDIT)
        return yes

    def approval(self, *, prepared_by: str = "", signed_off_by: str = "") -> Approval:
        """Return who stands for a return: as given, else as the office's settings say, approved now."""
        office = self._office.office()
        return Approval(
            prepared_by=prepared_by or office.prepared_by,
            reviewed_by=office.reviewed_by,
            signed_off_by=signed_off_by or office.signed_off_by,
            phone=office.phone,
            at=clock.stamp(),
        )

    def withdraw(self, draft: Draft) -> None:
        """Take the yes back."""
        with self.store.change(f"收回负责人的同意 {draft.period.words}") as change:
            change.save(self.spent(draft))

    def spent(self, draft: Draft) -> OfficeSetting:
        """Return what to save when a yes is used up: it holds for one sealing."""
        return self._office.setting_record(_name(draft), {})

    def standing(self, draft: Draft, found: Iterable[Problem] | None = None) -> SignOff | None:
        """Return the yes given for a period, or None; ``found`` is what the checks say of it now, where that is known."""
        given: dict[str, Any] = self._office.setting(_name(draft), {})
        if not given:
            return None
        lapse = self._lapse(draft, given, found)
        return SignOff(given["by"], given["at"], given.get("as_of", ""), given.get("prepared_by", ""), lapse)

    def agreed(self, draft: Draft, approval: Approval) -> SignOff | None:
        """Return the yes that stands for this very content under the names of an approval, or None."""
        found = self.standing(draft)
        names = {"prepared_by": approval.prepared_by, "signed_off_by": approval.signed_off_by}
        return found if found is not None and found.is_for(**names) else None

    def content(self, draft: Draft, as_of: str = "") -> str:
        """Return the hash of all that the pages would say, names and the moment of the yes apart; today where no day is given."""
        return _hash({**self._parts(draft), "as_of": as_of or drafting.cut_off(draft.period)})

    def _lapse(self, draft: Draft, given: dict[str, Any], found: Iterable[Problem] | None) -> Lapse | None:
        """Why a yes holds no more, or None.

        A yes of an earlier day of the period holds: what is sealed then stands for that day, as the pages said.
        """
        seen = given.get("seen", {})
        changed = next((part for part, told in self._parts(draft).items() if told != seen.get(part)), None)
        today, day = clock.today(), date.fromisoformat(clock.day_of(given["at"]))
        if changed is not None:
            return Lapse(changed)
        if today == day:
            return None
        if today < day:
            return Lapse.CLOCK
        if drafting.cut_off(draft.period) != given["as_of"] and today > draft.period.last:
            return Lapse.PERIOD
        now = _findings(self._checking.all(draft.period) if found is None else found)
        return None if now == seen[Lapse.FINDINGS.value] else Lapse.FINDINGS

    def _parts(self, draft: Draft) -> dict[str, str]:
        """Return hashes of all that goes into the payload beside the names, the moment and the day.

        What changed since the return accepted last follows from that return and the rows.
        """
        store = self.store
        chain, task = drafting.chain_for(store, draft.period), drafting.task_for(store, draft.period)
        accepted = drafting.last_accepted(store)
        numbers = {one.uid: one.id_no for one in draft.rows["persons"] if isinstance(one, Person)}
        told: dict[Lapse, Any] = {
            Lapse.ROWS: {**drafting.told_of(store, draft), "numbers": numbers},
            Lapse.ANSWER: accepted.payload_sha256 if accepted else "",
            Lapse.PLACE: [chain.version, chain.replaces, chain.sequence, chain.previous_sha256],
            Lapse.TASK: task.task_no if task else "",
            Lapse.MARKS: drafting.head_marks(self._office),
            Lapse.PROGRAM: [__version__, LAYOUT],
        }
        return {part.value: _hash(one) for part, one in told.items()}


def _findings(found: Iterable[Problem]) -> str:
    """The hash of what may keep from sealing or asks for a reason: some of it depends on the day."""
    asked = [one for one in found if one.severity is not Severity.NOTICE]
    return _hash(sorted([one.code, one.where.register, one.where.uid, one.where.field] for one in asked))


def _hash(told: Any) -> str:
    return sha256_hex(canonical({"told": told}))


def _name(draft: Draft) -> str:
    return f"sign_off_{draft.period.text}"
