"""What accepting a return would overrule: an acceptance, a newer version that counts, a lock. That wants a written reason (trust.md TM8)."""

from xmdesk.ports import Store
from xmdesk.records.submission import Direction, Submission, SubmissionState
from xmdesk.services.placing import NEEDS_REASON


def overruled(store: Store, one: Submission) -> Submission | None:
    """Return the version that accepting this one would put out of force: an accepted one first, else a newer one that counts."""
    others = store.find(Submission, direction=Direction.RECEIVED, office_code=one.office_code, period=one.period)
    counting = [other for other in others if other.uid != one.uid and other.is_effective]
    accepted = [other for other in counting if other.state is SubmissionState.ACCEPTED]
    newer = [other for other in counting if other.version > one.version]
    return next(iter([*accepted, *newer]), None)


def needs_reason(store: Store, one: Submission) -> bool:
    """Tell whether accepting overrules something, by what stands now and by what was remarked when the return came."""
    remarks = {remark["code"] for remark in one.facts.get("remarks", [])}
    is_held_by_rule = one.state is SubmissionState.HELD and bool(remarks & NEEDS_REASON)
    return is_held_by_rule or (one.state is not SubmissionState.ACCEPTED and overruled(store, one) is not None)
