"""应报名册: the offices a district expects returns from, with its own names and codes and the history of the codes.

An office keeps its ``uid`` when its code changes (村改居, a street divided); names alone never identify it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from xmdesk.divisions.codes import Division, is_code_shape, parent_of
from xmdesk.problems import Problem, Where, problem


class OfficeKind(StrEnum):
    """单位类型: what sort of office it is; the code alone does not always tell."""

    VILLAGE = "行政村"
    COMMUNITY = "城市社区"
    CONVERTED = "村改居社区"
    SIMILAR = "类似村居单位"


_KINDS = {
    "0": OfficeKind.COMMUNITY,
    "1": OfficeKind.COMMUNITY,
    "2": OfficeKind.VILLAGE,
    "3": OfficeKind.VILLAGE,
    "4": OfficeKind.SIMILAR,
    "5": OfficeKind.SIMILAR,
}


def kind_by_code(code: str) -> OfficeKind | None:
    """What the tenth digit of a village's code says (统计用区划代码编制规则); a converted village it cannot tell."""
    return _KINDS.get(code[9:10])


@dataclass(frozen=True)
class FormerCode:
    """A code an office had; both days included, None where not known."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the office had this code on a day."""
        return _between(self.valid_from, on, self.valid_to)


@dataclass(frozen=True)
class RosterEntry:
    """One office: ``uid`` for ever, ``code`` as it is now (or was last), ``row`` of the sheet it was read from."""

    uid: str
    code: str
    name: str
    office_kind: OfficeKind | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    contact: str = ""
    phone: str = ""
    former_codes: tuple[FormerCode, ...] = ()
    row: int = field(default=0, compare=False)

    @property
    def code_since(self) -> date | None:
        """First day of the present code: the day after the last former code ended, else when the office began."""
        ends = [former.valid_to for former in self.former_codes if former.valid_to]
        return max(ends) + timedelta(days=1) if ends else self.valid_from

    def exists(self, on: date) -> bool:
        """Whether the office exists on a day."""
        return _between(self.valid_from, on, self.valid_to)

    def has_code(self, code: str, on: date) -> bool:
        """Whether the office goes by this code on a day."""
        return any(one.code == code and one.holds(on) for one in self.codes())

    def code_on(self, on: date) -> str:
        """The code the office goes by on a day; empty if none."""
        return next((one.code for one in self.codes() if one.holds(on)), "")

    def codes(self) -> Iterator[FormerCode]:
        """Every code it has had, the present one last."""
        yield from self.former_codes
        if self.code:
            yield FormerCode(self.code, self.code_since, self.valid_to)


class Known(Protocol):
    """Whatever can say whether a code is in the national list."""

    def get(self, code: str) -> Division | None:
        """The entry with this code, or None."""
        ...


class Roster:
    """应报名册: all entries, in the order given."""

    def __init__(self, entries: Iterable[RosterEntry] = ()) -> None:
        self.entries = tuple(entries)
        self._by_code: defaultdict[str, list[RosterEntry]] = defaultdict(list)
        for entry in self.entries:
            for code in dict.fromkeys(one.code for one in entry.codes()):
                self._by_code[code].append(entry)

    def current(self, on: date) -> list[RosterEntry]:
        """The offices that exist on a day."""
        return [entry for entry in self.entries if entry.exists(on)]

    def by_uid(self, uid: str) -> RosterEntry | None:
        """The office with this identity."""
        return next((entry for entry in self.entries if entry.uid == uid), None)

    def by_code(self, code: str, on: date) -> RosterEntry | None:
        """The office that went by this code on a day; failing that, the one office that ever had it."""
        ever = self._by_code.get(code, [])
        then = [entry for entry in ever if entry.has_code(code, on)]
        if then:
            return then[0]
        return ever[0] if len(ever) == 1 else None

    def knows(self, code: str) -> bool:
        """Whether any office has or had this code."""
        return code in self._by_code

    def problems(self, divisions: Known) -> list[Problem]:
        """Blank, malformed and doubled codes, doubled names and identities, unknown parents, reversed dates."""
        found = [one for entry in self.entries for one in self._of_entry(entry, divisions)]
        return [*found, *self._codes_twice(), *self._names_twice(divisions), *self._uids_twice()]

    def _of_entry(self, entry: RosterEntry, divisions: Known) -> Iterator[Problem]:
        if not entry.name:
            yield _about(entry, "roster_name_blank", "单位名称", digits=entry.code)
        if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
            yield _about(entry, "roster_dates_reversed", "停用日期", name=entry.name)
        if not entry.code:
            yield _about(entry, "roster_code_blank", "区划代码", name=entry.name)
        for former in entry.codes():
            if not (is_code_shape(former.code) and len(former.code) in (9, 12)):
                yield _about(entry, "roster_code_malformed", "区划代码", name=entry.name, digits=former.code)
        if is_code_shape(entry.code) and len(entry.code) in (9, 12):
            parent = parent_of(entry.code)
            if divisions.get(parent) is None and not self.knows(parent):
                facts = {"name": entry.name, "digits": entry.code, "parent": parent}
                yield _about(entry, "roster_parent_unknown", "区划代码", **facts)

    def _codes_twice(self) -> Iterator[Problem]:
        for code, entries in self._by_code.items():
            others = {id(one): [other for other in entries if other is not one] for one in entries}
            clashing = [one for one in entries if any(_clash(one, other, code) for other in others[id(one)])]
            names = "、".join(entry.name for entry in clashing)
            for entry in clashing:
                yield _about(entry, "roster_code_twice", "区划代码", digits=code, names=names)

    def _names_twice(self, divisions: Known) -> Iterator[Problem]:
        grouped: defaultdict[tuple[str, str], list[RosterEntry]] = defaultdict(list)
        for entry in self.entries:
            if entry.name and len(entry.code) == 12:
                grouped[entry.code[:9], entry.name].append(entry)
        for (parent, name), entries in grouped.items():
            alive = [one for one in entries if any(_overlap(one, other) for other in entries if other is not one)]
            township = divisions.get(parent)
            for entry in alive:
                facts = {"name": name, "count": len(alive), "township": township.name if township else parent}
                yield _about(entry, "roster_name_twice", "单位名称", **facts)

    def _uids_twice(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for entry in self.entries:
            if entry.uid in seen:
                yield _about(entry, "roster_uid_twice", "单位标识", name=entry.name)
            seen.add(entry.uid)


def _about(entry: RosterEntry, code: str, label: str, **facts: object) -> Problem:
    where = Where(register="roster", uid=entry.uid, label=label, title=entry.name, row=entry.row)
    return problem(code, where, **facts)


def _clash(one: RosterEntry, other: RosterEntry, code: str) -> bool:
    """Whether two offices have the same code on the same day."""
    return any(
        _spans_meet(mine.valid_from, mine.valid_to, theirs.valid_from, theirs.valid_to)
        for mine in one.codes()
        for theirs in other.codes()
        if mine.code == theirs.code == code
    )


def _overlap(one: RosterEntry, other: RosterEntry) -> bool:
    return _spans_meet(one.valid_from, one.valid_to, other.valid_from, other.valid_to)


def _spans_meet(first: date | None, last: date | None, from_: date | None, to: date | None) -> bool:
    return (first or date.min) <= (to or date.max) and (from_ or date.min) <= (last or date.max)


def _between(first: date | None, on: date, last: date | None) -> bool:
    return (first or date.min) <= on <= (last or date.max)
