"""Answers to slips among the explanations: how they are told from others, with which return they travel, what is settled."""

from collections.abc import Sequence

from xmdesk.periods import Period
from xmdesk.ports import Store
from xmdesk.records.submission import Direction, Explanation, Submission, SubmissionState, Verdict

ANSWER = "SLIP-"
"""Explanations whose code begins so answer a slip; the number of the slip follows."""


def without_other_answers(store: Store, kept: Sequence[Explanation], period: Period) -> list[Explanation]:
    """Leave out answers to slips of other periods: they were given with the return that the slip was about."""
    slips = store.find(Verdict, direction=Direction.RECEIVED, accepted=False, period=period.text)
    ours = {answer_code(one) for one in slips}
    return [one for one in kept if not one.code.startswith(ANSWER) or one.code in ours]


def answer_code(slip: Verdict) -> str:
    """Return the code of the explanations that answer a slip."""
    return f"{ANSWER}{slip.number}"[:60]


def settled_slips(store: Store) -> list[Verdict]:
    """Return the slips about a version older than one the district accepted: nothing in them asks for anything."""
    accepted: dict[str, int] = {}
    for one in store.find(Submission, direction=Direction.OWN, state=SubmissionState.ACCEPTED):
        accepted[one.period] = max(one.version, accepted.get(one.period, 0))
    slips = store.find(Verdict, direction=Direction.RECEIVED, accepted=False)
    return [one for one in slips if one.version < accepted.get(one.period, 0)]
