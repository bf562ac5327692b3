"""The lines of the problems panel: what the checks found and what the office noted, sorted and sifted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.places import REGISTER_PLACES
from ui.shared.findings import Finding, destination
from ui.shared.plain_table import Line
from ui.shared.search_line import answers
from xmdesk.problems import Severity
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.field_notes import NotedField

EVERYTHING = ""
SORTS = {"error": "错误", "warning": "提醒", "explained": "已说明", "notice": "提示", "own": "批注"}
MEANINGS = {
    EVERYTHING: "各种都看",
    "error": "改好才能密封上报",
    "warning": "补上、改正，或者写明原因",
    "explained": "已经写明原因的提醒",
    "notice": "供参考，不用处理",
    "own": "本单位自己写的批注，不随上报件送出",
}
PLACES = {"office": "单位信息", **dict(REGISTER_PLACES)}
_RANKS = {name: rank for rank, name in enumerate(SORTS)}
_ORDER = {name: rank for rank, name in enumerate(PLACES)}


@dataclass(frozen=True)
class Item:
    """One line. ``target`` is place, uid and field to go to; ``finding`` is None for a note."""

    sort: str
    target: tuple[str, str, str]
    place: str
    label: str
    text: str
    to_do: str
    icon: str
    tone: str
    finding: Finding | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """What stays the same when the book is looked through again."""
        return "|".join((*self.target, self.finding.problem.code if self.finding else "", self.label))


def items(found: Sequence[Finding], notes: "Sequence[NotedField]") -> list[Item]:
    """Return all lines, the most pressing first, then in the order of the registers."""
    made = [*map(_of_finding, found), *map(_of_note, notes)]
    return sorted(made, key=lambda one: (_RANKS[one.sort], _ORDER.get(one.target[0], 0)))


def sifted(lines: Sequence[Item], *, sort: str, place: str, search: str) -> list[Item]:
    """Return the lines of one sort in one place (each may be everything) that answer a search."""
    return [
        one
        for one in lines
        if sort in (EVERYTHING, one.sort)
        and place in (EVERYTHING, one.target[0])
        and (not search or answers(search, one.place, one.label, one.text))
    ]


def counts_by_sort(lines: Sequence[Item]) -> dict[str, int]:
    """How many lines of each sort."""
    counted = Counter(one.sort for one in lines)
    return {sort: counted[sort] for sort in SORTS}


def place_lines(lines: Sequence[Item]) -> list[Line]:
    """Return a line for everything and one for each place with anything in it: errors and open warnings."""
    there = [place for place in PLACES if any(one.target[0] == place for one in lines)]
    return [_place_line(EVERYTHING, "全部", lines)] + [
        _place_line(place, PLACES[place], [one for one in lines if one.target[0] == place]) for place in there
    ]


def problem_line(one: Item) -> Line:
    """Return an item as a line of a table."""
    reason = f"（已说明：{one.finding.reason}）" if one.finding and one.finding.reason else ""
    text = f"{one.text}{reason}"
    return Line(
        one.key,
        (one.place, one.label, text),
        tone=one.tone,
        icon=one.icon,
        tip=f"{one.place} {one.label}\n{text}{one.to_do}",
    )


def _place_line(place: str, title: str, lines: Sequence[Item]) -> Line:
    counted = counts_by_sort(lines)
    told = tuple(str(counted[sort] or "") for sort in ("error", "warning"))
    tip = f"{title}：" + "，".join(f"{SORTS[sort]} {count}" for sort, count in counted.items() if count)
    return Line(place, (title, *told), tip=tip)


def _of_finding(one: Finding) -> Item:
    severity = one.problem.severity
    sort = "error" if severity is Severity.ERROR else "notice" if severity is Severity.NOTICE else "warning"
    return Item(
        "explained" if one.reason and sort == "warning" else sort,
        destination(one.problem),
        _words(one.problem.where.register, one.problem.where.title, is_one=bool(one.problem.where.uid)),
        one.problem.where.label,
        one.problem.text,
        one.problem.to_do,
        one.tone,
        one.tone,
        one,
    )


def _of_note(one: "NotedField") -> Item:
    target = (one.register, one.uid, one.field)
    return Item(
        "own",
        target,
        _words(one.register, one.title, is_one=True),
        one.label,
        one.text,
        "核实以后可以去掉批注。",
        "own",
        "accent",
    )


def _words(register: str, title: str, *, is_one: bool) -> str:
    """Which record in few words: 设施 · 农家书屋; a problem of a whole register names the register."""
    known = REGISTERS.get(register)
    if known is None:
        return PLACES["office"]
    return f"{known.noun} · {title or '未命名'}" if is_one else known.title
