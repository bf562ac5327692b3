"""How the return stands: days left where one is due, else whether the newest is sealed, handed over or answered."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ui.shared.due import day_words, left
from xmdesk.periods import Period
from xmdesk.records.submission import Direction, Submission, SubmissionState
from xmdesk.services.drafting import awaited_periods, own_submissions, task_for

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

STATES: dict[SubmissionState | None, tuple[str, str, str]] = {
    SubmissionState.SEALED: ("已密封", "还没有送出，请拷到 U 盘送区里", "missing"),
    SubmissionState.SENT: ("已送出", "等区里答复", ""),
    SubmissionState.ACCEPTED: ("已通过", "区里已收下", "good"),
    SubmissionState.SENT_BACK: ("被退回", "照退回单改好，再报一版", "wrong"),
}


@dataclass(frozen=True)
class DueFigure:
    """What the card says, and the period it speaks of."""

    figure: str
    words: str
    tone: str
    period: Period


def due_figure(desk: "Desk", period: Period, today: date) -> DueFigure:
    """Say of the return that is due next how long there is; where none is asked for, how the newest stands."""
    awaited = awaited_periods(desk.store)
    newest = {one.period: one for one in own_submissions(desk.store)}
    if not awaited:
        return _standing(desk, period, list(newest.values()))
    task = task_for(desk.store, period)
    due = task.due_on if task else None
    more = f"；另有 {len(awaited) - 1} 期" if len(awaited) > 1 else ""
    kept = [one for one in newest.values() if one.state is SubmissionState.SEALED]
    more += f"；{_words(kept[-1])}密封好了，还没有送出" if kept else ""
    if due is None:
        return DueFigure("待上报", f"{period.words}，没有写截止日{more}", "", period)
    figure, tone = left(due, today)
    return DueFigure(figure, f"{period.words}，截止 {day_words(due, today)}{more}", tone, period)


def _standing(desk: "Desk", period: Period, newest: list[Submission]) -> DueFigure:
    """Nothing is asked for: what is not handed over comes first, then what waits for an answer, then this quarter."""
    open_ = [one for one in newest if one.state is not SubmissionState.ACCEPTED and one.state in STATES]
    here = [one for one in newest if one.period == period.text and one.state in STATES]
    sealed = [one for one in open_ if one.state is SubmissionState.SEALED]
    chosen = next((found[-1] for found in (sealed, open_, here) if found), None)
    if chosen is None:
        asked = any(one.direction is Direction.RECEIVED for one in desk.tasks.issued())
        words = "收到的任务都已密封上报" if asked else "区里还没有下发任务"
        return DueFigure(period.words[5:], words, "", period)
    figure, words, tone = STATES[chosen.state]
    others = sum(1 for one in open_ if one is not chosen)
    more = f"；另有 {others} 期没有办完" if others else ""
    return DueFigure(figure, f"{_words(chosen)}，{words}{more}", tone, Period.parse(chosen.period))


def _words(one: Submission) -> str:
    return Period.parse(one.period).words
