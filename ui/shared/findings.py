"""What the checks found, as a person should see it: an error, not filled in yet, a warning, explained, or a notice.

An error (错误) keeps the return from being sealed. A warning may stand with a reason; one that only says that something
is not filled in yet is called so (待填), every other 提醒. Counts by these words are the same everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from xmdesk.problems import Problem, Severity
from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import DutyList
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.records.submission import Explanation

MISSING = frozenset({"C-EMPTY", "C-MISSING"})
OFFICE = "单位信息"
ELSEWHERE = {DutyList.key: "滚动管理"}
"""Where problems stand that are of no register."""
CELLS = {"C-SHELTER-EXPIRED": "expires"}
"""Of problems in one line of a list: what is asked there and wrong."""
TONES: tuple[str, ...] = ("wrong", "missing", "doubt", "explained", "note")
FINE, EMPTY = "填好了，没有发现问题", "还没有填写"
WORDS = {"wrong": "处错误", "missing": "项待填", "doubt": "处提醒", "explained": "处已说明", "note": "处提示"}


@dataclass(frozen=True)
class Finding:
    """One problem and, for a warning, the reason somebody gave."""

    problem: Problem
    reason: str = ""

    @property
    def tone(self) -> str:
        """Colour meaning: wrong, missing, doubt, explained, or a mere note."""
        if self.problem.severity is Severity.ERROR:
            return "wrong"
        if self.reason:
            return "explained"
        if self.problem.severity is Severity.NOTICE:
            return "note"
        return "missing" if self.is_gap else "doubt"

    @property
    def is_gap(self) -> bool:
        """Whether nothing is wrong but that something is not filled in."""
        return self.problem.code in MISSING

    @property
    def is_open(self) -> bool:
        """Whether something remains to be done."""
        return self.tone not in ("explained", "note")

    @property
    def can_be_explained(self) -> bool:
        """Only warnings may stand with a reason."""
        return self.problem.severity is Severity.WARNING


@dataclass(frozen=True)
class Group:
    """What is missing in one record, or one other finding; ``first`` is where to go."""

    first: Finding
    place: str
    words: str

    @property
    def tone(self) -> str:
        """Colour meaning."""
        return self.first.tone


class Explaining(Protocol):
    """The part of the checking service that knows reasons."""

    def explained(self, found: Iterable[Problem]) -> "list[tuple[Problem, Explanation | None]]":
        """Pair problems with explanations."""
        ...


def findings(checking: Explaining, problems: Sequence[Problem]) -> list[Finding]:
    """Return the problems with their reasons, the most pressing first."""
    found = [Finding(one, why.text if why else "") for one, why in checking.explained(problems)]
    return sorted(found, key=lambda one: TONES.index(one.tone))


def nothing_found(record: Record) -> str:
    """Return what to say where the checks found nothing: of a person without a post they ask nothing, however little is there."""
    specs, blank = fields_of(type(record)), type(record)()
    filled = [name for name in specs if getattr(record, name) != getattr(blank, name)]
    if filled == [record.title_field]:
        return f"只填了{specs[record.title_field].label}，别的还没填"
    return FINE if filled else EMPTY


def tally(found: Iterable[Finding]) -> dict[str, int]:
    """How many of each tone."""
    counts = dict.fromkeys(TONES, 0)
    for one in found:
        counts[one.tone] += 1
    return counts


def grouped(found: Iterable[Finding]) -> list[Group]:
    """Gather what is missing by record, so that one line stands for one form to fill in; the rest stays single."""
    single: list[Group] = []
    missing: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        where = one.problem.where
        if one.tone == "missing":
            missing.setdefault((where.register, where.uid), []).append(one)
        elif one.is_open:
            single.append(Group(one, place_of(one.problem), one.problem.text))
    gathered = [Group(many[0], place_of(many[0].problem), missing_words(many)) for many in missing.values()]
    return sorted([*single, *gathered], key=lambda one: TONES.index(one.tone))


def place_of(problem: Problem) -> str:
    """Where a problem is: 公共服务设施台账 · 军营村卫生室."""
    if problem.where.register not in REGISTERS:
        return ELSEWHERE.get(problem.where.register, OFFICE)
    register, title = REGISTERS[problem.where.register].title, problem.where.title
    return f"{register} · {title}" if title and title != register else register


def destination(problem: Problem) -> tuple[str, str, str]:
    """Return place, uid and field for the window to go to; of a list perhaps a cell."""
    where = problem.where
    cell = f"/{problem.facts['number']}/{CELLS[problem.code]}" if problem.code in CELLS else ""
    if where.register == DutyList.key:
        return place_for(where.register), where.uid or str(problem.facts.get("year", "")), ""
    return (
        (where.register, where.uid, where.field + cell) if where.register in REGISTERS else ("office", "", where.field)
    )


def place_for(register: str) -> str:
    """Return the place where a part of a return is worked on; a list is noticed and finalised where it is rolled forward."""
    return "rolling" if register == DutyList.key else register or "returns"


def missing_words(many: Sequence[Finding]) -> str:
    """Say how many things are not filled in, and which."""
    names = "、".join(one.problem.where.label for one in many)
    return f"{len(many)} 项待填：{names}"
