"""Reads a roster from rows of text (one mapping of heading to cell per row), and gives it back as such rows."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xmdesk.divisions.codes import unpadded
from xmdesk.divisions.roster import FormerCode, OfficeKind, Roster, RosterEntry, kind_by_code
from xmdesk.problems import Problem, Where, problem

HEADINGS = {
    "uid": ("单位标识",),
    "code": ("区划代码", "统计用区划代码", "行政区划代码"),
    "name": ("单位名称", "名称"),
    "office_kind": ("单位类型",),
    "valid_from": ("启用日期", "生效日期"),
    "valid_to": ("停用日期", "失效日期"),
    "contact": ("联系人",),
    "phone": ("联系电话", "办公电话"),
    "former_codes": ("原区划代码",),
}
"""Field to accepted headings, the one we write first."""

NEEDED = ("code", "name")
DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?: 00:00:00)?", re.ASCII)
FORMER = re.compile(r"(\d{9}(?:\d{3})?)(?:[（(](.*?)(?:至|~|～)(.*?)[)）])?", re.ASCII)
OFFICE = uuid.UUID("6f1f4c9e-5d0b-5c57-9d35-2f6f1b6f35a1")
"""Name space of identities given to offices that come without one: the same code and name give the same identity."""


@dataclass(frozen=True)
class RosterReading:
    """A roster as far as it could be read, and what could not."""

    roster: Roster
    problems: list[Problem]


def read_roster(rows: Iterable[Mapping[str, str]], *, first_row: int = 2) -> RosterReading:
    """Read rows; empty ones are passed over. ``first_row`` is the sheet's number of the first of them.

    Doubled and blank codes are not looked for here: see :meth:`Roster.problems`.
    """
    entries: list[RosterEntry] = []
    problems: list[Problem] = []
    missing: dict[str, None] = {}
    for number, row in enumerate(rows, first_row):
        missing |= dict.fromkeys(label for label in map(_heading, NEEDED) if not _present(row, label))
        cells = {name: _cell(row, headings) for name, headings in HEADINGS.items()}
        if any(cells.values()):
            reader = _RowReader(cells, number)
            entries.append(reader.entry())
            problems += reader.problems
    lost = [problem("roster_column_missing", Where(register="roster", label=label), label=label) for label in missing]
    return RosterReading(Roster(entries), lost + problems)


def roster_rows(roster: Roster) -> list[dict[str, str]]:
    """The roster as rows that :func:`read_roster` understands."""
    return [_row(entry) for entry in roster.entries]


class _RowReader:
    """Reads one row and remembers what was wrong with it."""

    def __init__(self, cells: dict[str, str], number: int) -> None:
        self._cells = cells
        self._number = number
        self._name = cells["name"] or cells["code"]
        self.problems: list[Problem] = []

    def entry(self) -> RosterEntry:
        """The office in the row; what cannot be read stays empty."""
        cells, code = self._cells, _code(self._cells["code"])
        return RosterEntry(
            uid=cells["uid"] or str(uuid.uuid5(OFFICE, f"{code}|{cells['name']}")),
            code=code,
            name=cells["name"],
            office_kind=self._kind(code),
            valid_from=self._day("valid_from", cells["valid_from"]),
            valid_to=self._day("valid_to", cells["valid_to"]),
            contact=cells["contact"],
            phone=cells["phone"],
            former_codes=self._former(),
            row=self._number,
        )

    def _kind(self, code: str) -> OfficeKind | None:
        text = self._cells["office_kind"]
        if text in list(OfficeKind):
            return OfficeKind(text)
        if text:
            self._note("roster_kind_unknown", "office_kind", value=text)
            return None
        return kind_by_code(code)

    def _day(self, field: str, text: str) -> date | None:
        if not text:
            return None
        found = DAY.fullmatch(text)
        try:
            return date(*map(int, found.groups())) if found else self._bad_day(field, text)
        except ValueError:
            return self._bad_day(field, text)

    def _bad_day(self, field: str, text: str) -> None:
        self._note("roster_date_malformed", field, value=text, label=_heading(field))

    def _former(self) -> tuple[FormerCode, ...]:
        found: list[FormerCode] = []
        for piece in re.split(r"[;；\n]", self._cells["former_codes"]):
            text = piece.strip()
            read = FORMER.fullmatch(text)
            if read:
                days = [self._day("former_codes", (day or "").strip()) for day in read.groups()[1:]]
                found.append(FormerCode(_code(read[1]), *days))
            elif text:
                self._note("roster_former_malformed", "former_codes", value=text)
        return tuple(found)

    def _note(self, code: str, field: str, **facts: str) -> None:
        where = Where(register="roster", field=field, label=_heading(field), title=self._name, row=self._number)
        self.problems.append(problem(code, where, name=self._name, **facts))


def _row(entry: RosterEntry) -> dict[str, str]:
    former = "；".join(f"{one.code}({_text(one.valid_from)}至{_text(one.valid_to)})" for one in entry.former_codes)
    cells = {
        "uid": entry.uid,
        "code": entry.code,
        "name": entry.name,
        "office_kind": entry.office_kind or "",
        "valid_from": _text(entry.valid_from),
        "valid_to": _text(entry.valid_to),
        "contact": entry.contact,
        "phone": entry.phone,
        "former_codes": former,
    }
    return {_heading(name): str(text) for name, text in cells.items()}


def _heading(field: str) -> str:
    return HEADINGS[field][0]


def _present(row: Mapping[str, str], label: str) -> bool:
    headings = next(many for many in HEADINGS.values() if many[0] == label)
    return any(heading in row for heading in headings)


def _cell(row: Mapping[str, str], headings: tuple[str, ...]) -> str:
    return next((row[heading].strip() for heading in headings if row.get(heading, "").strip()), "")


def _code(text: str) -> str:
    """Code without the spaces people put between groups, and without padding below village level."""
    plain = re.sub(r"\s", "", text)
    return unpadded(plain) if plain.isdecimal() else plain


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
