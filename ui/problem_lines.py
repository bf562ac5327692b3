"""The lines of the problems panel: what the checks found and what the office noted, sorted and sifted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ui.places import REGISTER_PLACES
from ui.shared.findings import ELSEWHERE, OFFICE, TONES, Explaining, Finding, destination
from ui.shared.plain_table import Line
from ui.shared.search_line import answers
from xmdesk.jobs import Breaths, let_go, parted
from xmdesk.problems import Problem
from xmdesk.records.duty import DutyList
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.services.field_notes import NotedField

EVERYTHING = ""
AT_ONCE = 500
SORTS = {"error": "错误", "missing": "待填", "warning": "提醒", "explained": "已说明", "notice": "提示", "own": "批注"}
MEANINGS = {
    EVERYTHING: "各种都看",
    "error": "改好才能密封上报",
    "missing": "补填，或者写明原因",
    "warning": "改正，或者写明原因",
    "explained": "已经写明原因的，不用再处理",
    "notice": "供参考，不用处理",
    "own": "本单位自己写的批注，不随上报件送出",
}
PLACES = {"office": OFFICE, "rolling": ELSEWHERE[DutyList.key], **dict(REGISTER_PLACES)}
OPEN = ("error", "missing", "warning")
ALWAYS_OFFERED = (EVERYTHING, *OPEN)
_SORT_OF = {"wrong": "error", "missing": "missing", "doubt": "warning", "explained": "explained", "note": "notice"}
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
        """What stays the same when the book is looked through again; a line that was explained is another."""
        return "|".join((self.sort, *self.target, self.finding.problem.code if self.finding else "", self.label))


class Lines:
    """All lines, the most pressing first, then in the order of the registers.

    There may be as many as a large register has gaps: lines are put in words only when they are shown.
    """

    def __init__(self) -> None:
        self._found: defaultdict[_Kind, list[Finding]] = defaultdict(list)
        self._notes: defaultdict[_Kind, list[Item]] = defaultdict(list)
        self._whole: defaultdict[str, list[Finding]] = defaultdict(list)

    @classmethod
    def breathing(cls, checking: Explaining, problems: Sequence[Problem]) -> "Breaths[Lines]":
        """Sort problems in, with pauses."""
        made = cls()
        for part in parted(problems):
            for problem, why in checking.explained(part):
                one = Finding(problem, why.text if why else "")
                place, uid, _ = destination(problem)
                made._found[_kind(_sort_of(one), place, one.tone)].append(one)
                if one.is_open and not uid:
                    made._whole[place].append(one)
            yield
        return made

    def let_go(self) -> Breaths[None]:
        """Forget everything, with pauses: so many objects at once would be felt."""
        self._whole.clear()
        for some in self._found.values():
            yield from let_go(some)

    def note(self, notes: "Sequence[NotedField]") -> None:
        """Put these notes among the lines instead of those before."""
        self._notes.clear()
        for one in map(_of_note, notes):
            self._notes[_kind(one.sort, one.target[0], one.tone)].append(one)

    def count(self, sort: str = EVERYTHING, place: str = EVERYTHING) -> int:
        """How many lines of a sort in a place; each may be everything."""
        return sum(len(some) for _, some in self._chosen(sort, place))

    def troubles(self) -> dict[str, tuple[int, int]]:
        """How many errors, and how many gaps and warnings without a reason, stand in each place with any."""
        counted = {place: [self.count(sort, place) for sort in OPEN] for place in PLACES}
        return {
            place: (errors, gaps + warnings)
            for place, (errors, gaps, warnings) in counted.items()
            if errors or gaps or warnings
        }

    def of_whole(self, place: str) -> list[Line]:
        """Return what is open about a register as a whole: no record shows it, though it is counted."""
        found = [_of_finding(one) for one in self._whole[place]] if place in self._whole else []
        return [problem_line(one) for one in sorted(found, key=lambda one: _RANKS[one.sort])]

    def sifted(self, *, sort: str, place: str, search: str, most: int) -> "Breaths[list[Item]]":
        """Return the lines of a sort in a place that answer a search, no more than so many and one; with pauses."""
        found: list[Item] = []
        every = (one for _, some in self._chosen(sort, place) for one in some)
        for number, one in enumerate(every):
            item = _of_finding(one) if isinstance(one, Finding) else one
            if not search or answers(search, item.place, item.label, item.text):
                found.append(item)
            if len(found) > most:
                break
            if number % AT_ONCE == AT_ONCE - 1:
                yield
        return found

    def _chosen(self, sort: str, place: str) -> "list[tuple[_Kind, list[Finding] | list[Item]]]":
        every = sorted([*self._found.items(), *self._notes.items()], key=lambda one: one[0])
        return [
            (kind, some)
            for kind, some in every
            if sort in (EVERYTHING, kind.sort) and place in (EVERYTHING, kind.place)
        ]


class _Kind(NamedTuple):
    """Lines that stand together; sorted as they are listed."""

    rank: int
    order: int
    tone: int
    sort: str
    place: str


def _kind(sort: str, place: str, tone: str) -> _Kind:
    return _Kind(_RANKS[sort], _ORDER.get(place, 0), TONES.index(tone) if tone in TONES else 0, sort, place)


def place_lines(lines: Lines, sort: str) -> list[Line]:
    """Return a line for everything and one for each place with anything in it, with how many of a sort are there."""
    there = [_place_line(place, title, lines, sort) for place, title in PLACES.items() if lines.count(place=place)]
    return [_place_line(EVERYTHING, "全部", lines, sort), *there]


def split_count(counted: Mapping[str, int]) -> str:
    """How many lines are to be worked on, as they are counted beside the pages, and how many stand there besides: 144+3."""
    wanted, others = _split(counted)
    return f"{wanted}+{others}" if others else str(wanted or "")


def split_words(counted: Mapping[str, int]) -> str:
    """The same in words."""
    wanted, others = _split(counted)
    also = f"，另有已说明的、提示和批注 {others} 处" if others else ""
    return f"要处理的 {wanted} 处{also}"


def _split(counted: Mapping[str, int]) -> tuple[int, int]:
    wanted = sum(counted[sort] for sort in OPEN)
    return wanted, sum(counted[sort] for sort in SORTS) - wanted


def place_to_stay(before: Sequence[Item], row: int, now: Sequence[Item]) -> int:
    """Return where the cursor stands when a list was made anew: at its line, else at the next that is still there."""
    places = {one.key: place for place, one in enumerate(now)}
    row = max(row, 0)
    after = (places[one.key] for one in before[row:] if one.key in places)
    last = (places[one.key] for one in reversed(before[:row]) if one.key in places)
    return next(after, next(last, min(row, len(now) - 1)))


def problem_line(one: Item) -> Line:
    """Return an item as a line of a table: where, which field, what is wrong, and what to do."""
    reason = f"（已说明：{one.finding.reason}）" if one.finding and one.finding.reason else ""
    text = f"{one.text}{reason}"
    return Line(
        one.key,
        (one.place, one.label, text, one.to_do),
        tone=one.tone,
        icon=one.icon,
        tip=f"{one.place} {one.label}\n{text}{one.to_do}",
    )


def _place_line(place: str, title: str, lines: Lines, sort: str) -> Line:
    counted = {one: lines.count(one, place) for one in SORTS}
    shown = (counted[sort] or "") if sort else split_count(counted)
    tip = f"{title}：" + "，".join(f"{SORTS[one]} {count}" for one, count in counted.items() if count)
    return Line(place, (title, str(shown)), tone="wrong" if place and counted["error"] else "", tip=tip)


def _sort_of(one: Finding) -> str:
    return _SORT_OF[one.tone]


def _of_finding(one: Finding) -> Item:
    return Item(
        _sort_of(one),
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
        return ELSEWHERE.get(register, OFFICE)
    return f"{known.noun} · {title or '未命名'}" if is_one else known.title
