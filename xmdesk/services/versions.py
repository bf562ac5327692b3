"""The versions of one return that a district has received: which stand beside one, which stands in the place of one that was replaced."""

from xmdesk.ports import Store
from xmdesk.records.submission import Direction, Submission, SubmissionState


def others_of(store: Store, one: Submission) -> list[Submission]:
    """Return the other versions of the same return, the oldest first."""
    same = store.find(Submission, direction=Direction.RECEIVED, office_code=one.office_code, period=one.period)
    return sorted(
        (other for other in same if other.uid != one.uid), key=lambda other: (other.version, other.received_at)
    )


def successor_of(store: Store, one: Submission) -> Submission | None:
    """Return the version that stands in the place of one that was replaced; None for one that was not."""
    if one.state is not SubmissionState.REPLACED:
        return None
    standing = [other for other in others_of(store, one) if other.state is not SubmissionState.REPLACED]
    return max(standing, key=_weight, default=None)


def _weight(one: Submission) -> tuple[bool, bool, int]:
    return one.is_effective, one.state is not SubmissionState.HELD, one.version
