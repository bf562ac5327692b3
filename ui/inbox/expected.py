"""The lines of the list of expected returns: each office with its newest return and every version that waits for a person."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.shared.due import table_time
from ui.shared.plain_table import Line
from ui.shared.verdicts import STATES
from xmdesk.periods import Period
from xmdesk.records.submission import Submission, SubmissionState

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

ICONS = ("good", "wrong", "missing", "explained", "note")
STRANGER = "不在应报名册"
HELD = "待核"


def expected(desk: "Desk", period: Period) -> list[Line]:
    """Return one line per office that owes a return, per office that sent one unasked, and per further version that waits."""
    from xmdesk.services.consolidating import state_of

    grid = desk.consolidating.grid(period)
    waiting: dict[str, list[Submission]] = {}
    for one in desk.inbox.submissions(period):
        if one.state is SubmissionState.HELD:
            waiting.setdefault(one.office_code, []).append(one)
    offices = [(one.code, one.name, one.township, one.state, one.submission) for one in grid.lines]
    offices += [(one.office_code, one.office_name, STRANGER, state_of(one), one) for one in grid.strangers]
    lines: list[Line] = []
    for code, name, township, state, front in offices:
        lines.append(_line(name, township, state, front))
        others = [one for one in waiting.get(code, ()) if front is None or one.uid != front.uid]
        lines += [_line(name, township, HELD, one) for one in others]
    return lines


def tally(lines: Sequence[Line]) -> dict[str, int]:
    """Return how many are in each state; those who owe nothing count only where a person is waited for."""
    counted = [one.cells[0] for one in lines if one.cells[2] != STRANGER or one.cells[0] == HELD]
    return {state: counted.count(state) for state in STATES if state in counted}


def _line(name: str, township: str, state: str, found: Submission | None) -> Line:
    tone = STATES.get(state, "")
    version = str(found.version) if found is not None else ""
    at = table_time(found.received_at) if found is not None else ""
    cells = (state, name, township, version, at)
    return Line(found.uid if found is not None else "", cells, tone=tone, icon=tone if tone in ICONS else "")
