"""The version with which a district compares a return: what became of each row since, and what stood there before."""

from typing import TYPE_CHECKING, Any

from xmdesk.documents.register_pages import Lookup
from xmdesk.periods import Period
from xmdesk.records.submission import Direction, Submission, SubmissionState
from xmdesk.sealed.upgrades import upgraded
from xmdesk.services.comparing import ADDED, CHANGED
from xmdesk.services.drafting import changes_between

if TYPE_CHECKING:
    from xmdesk.services.reviewing import Reviewing

Registers = dict[str, list[dict[str, Any]]]


class Former:
    """One version and the rows of the next: ``gone`` are the rows, by form, that the next one does not have any more."""

    def __init__(self, words: str, before: Registers, now: Registers) -> None:
        self.words = words
        self.lookup = Lookup(before, whole_phones=False)
        changes = changes_between(before, now)
        self._added = {(one["register"], one["uid"]) for one in changes.added}
        self._changed = {(one["register"], one["uid"]): tuple(one["fields"]) for one in changes.changed}
        self.gone: Registers = {}
        for one in changes.removed:
            self.gone.setdefault(one["register"], []).append(dict(self.row(one["register"], one["uid"])))

    def row(self, register: str, uid: str) -> Any:
        """Return a row as it was; an empty one where there was none."""
        return self.lookup.row(register, uid)

    def what(self, register: str, uid: str) -> str:
        """Say what became of a row of the next version: added, changed, or nothing."""
        return ADDED if (register, uid) in self._added else CHANGED if (register, uid) in self._changed else ""

    def changed(self, register: str, uid: str) -> tuple[str, ...]:
        """Return the fields of a row that differ."""
        return self._changed.get((register, uid), ())


def former_of(reviewing: "Reviewing", submission: Submission, now: Registers) -> Former | None:
    """Compare with the version that a return replaces, else with what the office had accepted of an earlier period.

    None for the first return of an office, and where the version that was replaced never came here.
    """
    received = reviewing.store.find(Submission, direction=Direction.RECEIVED, office_code=submission.office_code)
    if submission.replaces:
        replaced = [one for one in received if one.payload_sha256 == submission.replaces]
    else:
        replaced = sorted((one for one in received if _is_before(one, submission)), key=lambda one: one.sequence)
    if not replaced:
        return None
    one = replaced[-1]
    words = f"第 {one.version} 版" if submission.replaces else Period.parse(one.period).words
    return Former(words, upgraded(reviewing.payload(one))["registers"], now)


def _is_before(one: Submission, submission: Submission) -> bool:
    is_older = one.sequence < submission.sequence and one.period != submission.period
    return is_older and one.state is SubmissionState.ACCEPTED
