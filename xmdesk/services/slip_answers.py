"""Answers to slips among the explanations: how they are told from others, and with which return they travel."""

from collections.abc import Sequence

from xmdesk.periods import Period
from xmdesk.ports import Store
from xmdesk.records.submission import Direction, Explanation, Verdict

ANSWER = "SLIP-"
"""Explanations whose code begins so answer a slip; the number of the slip follows."""


def without_other_answers(store: Store, kept: Sequence[Explanation], period: Period) -> list[Explanation]:
    """Leave out answers to slips of other periods: they were given with the return that the slip was about."""
    slips = store.find(Verdict, direction=Direction.RECEIVED, accepted=False, period=period.text)
    ours = {f"{ANSWER}{one.number}"[:60] for one in slips}
    return [one for one in kept if not one.code.startswith(ANSWER) or one.code in ours]
