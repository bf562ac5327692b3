"""What the page of a return looked at, and what that means: what is in the way of sealing, and how far the return has come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ui.returns.stations import Mark
from ui.shared.due import said_day
from ui.shared.findings import WORDS, Finding, tally
from xmdesk import clock
from xmdesk.problems import Severity
from xmdesk.records.submission import SubmissionState

if TYPE_CHECKING:
    from xmdesk.records.office import Office
    from xmdesk.records.submission import CorrectionPoint, Submission
    from xmdesk.services.approving import SignOff
    from xmdesk.services.comparing import Comparison
    from xmdesk.services.drafting import Draft
    from xmdesk.services.submitting import FormState

ACCEPTED, SENT_BACK = SubmissionState.ACCEPTED, SubmissionState.SENT_BACK
DONE = (SubmissionState.SEALED, SubmissionState.SENT, ACCEPTED)


@dataclass(frozen=True)
class Checked:
    """What the checks say of a period."""

    found: list[Finding]
    draft: "Draft"
    forms: "list[FormState]"


@dataclass(frozen=True)
class Looked(Checked):
    """Everything the page shows of a period."""

    changes: "Comparison"
    sign_off: "SignOff | None"
    waiting: Sequence["CorrectionPoint"]
    """Points of slips that this return has to answer first."""
    is_seen: bool
    """Whether the pages of this very content were shown."""


def _errors(found: list[Finding]) -> int:
    return sum(1 for one in found if one.problem.severity is Severity.ERROR)


def without_certificate(certificate: dict[str, Any], due: date | None) -> str:
    """Say that there is nothing to seal with, or not until the return is due.

    Getting a certificate is a way to the district, so it is told first.
    """
    if not certificate:
        return "还没有开通上报证书，密封之前要和区里办一次开通，宜早不宜迟"
    if certificate["other_code"]:
        return f"单位信息里的统计用区划代码和上报证书上的 {certificate['other_code']} 不一样，这样密封的区里不收：填错了就改回来，确实换了代码就重新申请开通"
    if certificate["stopped_on"]:
        return "上报证书已被区里停用，要重新申请才能密封"
    if certificate["expired_on"]:
        return f"上报证书到{said_day(certificate['expired_on'])}已经过期，要重新申请才能密封"
    ends = date.fromisoformat(clock.day_of(certificate["not_after"]))
    if due is not None and ends < due:
        return f"上报证书到{said_day(ends)}就过期，这一期截止是{said_day(due)}，请早些重新申请"
    return ""


def names_of(office: "Office", sent: "Submission | None") -> tuple[str, str]:
    """Who fills in and who answers for the return: as the office says, else as in the version before."""
    before = (sent.prepared_by, sent.signed_off_by) if sent is not None else ("", "")
    return office.prepared_by or before[0], office.signed_off_by or before[1]


def in_the_way(looked: Looked, certificate: dict[str, Any], *, practises: bool) -> list[str]:
    """What keeps this return from being sealed."""
    errors = _errors(looked.found)
    unanswered = sum(1 for one in looked.forms if not one.is_answered and not one.unopened)
    found = [f"还有 {errors} 处必须处理"] if errors else []
    found += [f"{unanswered} 张空表没有回答是不是零报告"] if unanswered else []
    found += [f"退回单还有 {len(looked.waiting)} 条没有答复"] if looked.waiting else []
    if practises:
        return found
    if not certificate:
        return [*found, "还没有开通上报证书"]
    if certificate["other_code"]:
        return [*found, "单位代码和上报证书上的不一样"]
    if certificate["stopped_on"]:
        return [*found, "上报证书已被区里停用"]
    return [*found, "上报证书已经过期"] if certificate["expired_on"] else found


def marks(looked: Looked, sent: "Submission | None") -> list[Mark]:
    """How far the return of a period has come, station by station."""
    ready = sum(1 for one in looked.forms if one.is_answered and not one.errors)
    total = len(looked.forms)
    yes = looked.sign_off is not None and looked.sign_off.holds
    done = sent is not None and sent.state in DONE
    is_out = done and sent is not None and (bool(sent.sent_at) or sent.state is not SubmissionState.SEALED)
    is_paper = done and sent is not None and bool(sent.printed_at)
    passed = sent is not None and sent.state is ACCEPTED  # the district has it: nothing is left to be done here
    asked = len(looked.waiting)
    answer = {ACCEPTED: ("good", "已通过"), SENT_BACK: ("wrong", "已退回")}
    found = [
        Mark("good" if ready == total else "missing", f"{ready} / {total} 张可以上报", is_behind=done),
        _problems_mark(looked.found, is_behind=done),
        Mark("good" if yes or done else "", f"{len(looked.changes.lines)} 处变动"),
        Mark("good" if done else "explained" if yes else "", "已密封" if done else "已同意" if yes else "还没有密封"),
        Mark("good" if is_out else "", "已送出" if is_out else "还没有拷"),
        Mark("good" if is_paper else "", "已打印" if is_paper else "没有记下打印", is_behind=passed),
        Mark(*(answer.get(sent.state, ("", "还没有答复")) if sent else ("", "还没有答复"))),
    ]
    if not asked:
        return found
    # A slip comes first, whichever version lies sealed: nothing else is to be done before it is answered.
    return [*(replace(one, is_behind=True) for one in found[:-1]), Mark("wrong", f"已退回，还有 {asked} 条没有答复")]


def _problems_mark(found: list[Finding], *, is_behind: bool) -> Mark:
    """Errors keep the return from being sealed; what is open besides may be sealed, but better is filled in or explained."""
    counts = tally(found)
    words = "，".join(f"{counts[tone]} {WORDS[tone]}" for tone in ("wrong", "missing", "doubt") if counts[tone])
    tone = "wrong" if counts["wrong"] else "missing" if words else "good"
    return Mark(tone, words or "没有要处理的", is_behind)
