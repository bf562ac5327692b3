"""What accepting a return would overrule: an acceptance, a newer version that counts, a lock. That wants a written reason (trust.md TM8)."""

from xmdesk.ports import Store
from xmdesk.records.submission import Submission, SubmissionState
from xmdesk.services.placing import NEEDS_REASON
from xmdesk.services.versions import others_of

OPEN = (SubmissionState.RECEIVED, SubmissionState.HELD)
"""States about which nothing was decided."""


def overruled(store: Store, one: Submission) -> Submission | None:
    """Return the version that accepting this one would put out of force: an accepted one first, else a newer one that counts."""
    counting = [other for other in others_of(store, one) if other.is_effective]
    accepted = [other for other in counting if other.state is SubmissionState.ACCEPTED]
    newer = [other for other in counting if other.version > one.version]
    return next(iter([*accepted, *newer]), None)


def needs_reason(store: Store, one: Submission) -> bool:
    """Tell whether accepting overrules something, by what stands now and by what was remarked when the return came."""
    if one.state not in OPEN:
        return False
    remarks = {remark["code"] for remark in one.facts.get("remarks", [])}
    return bool(remarks & NEEDS_REASON) or overruled(store, one) is not None
