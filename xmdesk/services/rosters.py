"""The district's own roster of offices: brought in from a sheet, looked over, written out again.

What the roster says wins over the national list: names, codes, validity; former codes keep their history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xmdesk import clock
from xmdesk.divisions import Divisions, FormerCode, Roster, RosteredDivisions, RosterEntry
from xmdesk.divisions import OfficeKind as RosterKind
from xmdesk.divisions.reading import HEADINGS, read_roster, roster_rows
from xmdesk.documents.sheets import preview as sheets
from xmdesk.documents.sheets.columns import Column, Form, Register
from xmdesk.documents.sheets.writing import SheetOut, write_xlsx
from xmdesk.files import atomic_write
from xmdesk.ports import StepKind
from xmdesk.problems import Problem, Severity, count
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.values.reading import Read

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk


@dataclass(frozen=True)
class RosterImport:
    """What bringing a roster in did, or would do: offices new, changed, the same, ended, and what was found wrong."""

    new: int
    changed: int
    same: int
    ended: int
    problems: tuple[Problem, ...]
    written: bool


class Rosters:
    """Keeps the roster of a reviewer's book."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.store = desk.store

    def roster(self) -> Roster:
        """Return the roster as it stands."""
        return Roster([_entry(one) for one in self.store.all(RosterOffice)])

    def offices(self) -> list[RosterOffice]:
        """Return every office of the roster by code, those that have ended too."""
        return sorted(self.store.all(RosterOffice), key=lambda one: (one.code, one.valid_from or date.min))

    def problems(self) -> list[Problem]:
        """Return doubled, blank and malformed codes, unknown parents, doubled names."""
        return self.roster().problems(Divisions())

    def divisions(self, on: date | None = None) -> RosteredDivisions:
        """Return the divisions as this district names them on a day."""
        return RosteredDivisions(Divisions(), self.roster(), on or clock.today())

    def bring_in(self, path: Path, *, dry_run: bool = False) -> RosterImport:
        """Read a roster sheet; offices it no longer lists end today. A sheet with errors changes nothing."""
        reading = read_roster(_rows(path))
        found = [*reading.problems, *reading.roster.problems(Divisions())]
        known = {one.uid: one for one in self.store.all(RosterOffice)}
        by_code = {one.code: one for one in known.values()}
        fresh = [
            self._record(entry, known.get(entry.uid) or by_code.get(entry.code)) for entry in reading.roster.entries
        ]
        listed = {one.uid for one in fresh}
        today = clock.today()
        ended = [
            one for one in known.values() if one.uid not in listed and (one.valid_to is None or one.valid_to > today)
        ]
        changed = [one for one in fresh if one.uid in known and known[one.uid] != one]
        new = [one for one in fresh if one.uid not in known]
        write = not dry_run and not count(found, Severity.ERROR)
        if write:
            with self.store.change(f"导入应报名册 {len(fresh)} 个单位", kind=StepKind.IMPORT) as change:
                change.save_many([*new, *changed, *(one.changed(valid_to=today) for one in ended)])
        return RosterImport(
            new=len(new),
            changed=len(changed),
            same=len(fresh) - len(new) - len(changed),
            ended=len(ended),
            problems=tuple(found),
            written=write,
        )

    def write(self, out: Path, *, force: bool = False) -> int:
        """Write the roster as a workbook that can be corrected and brought in again."""
        rows = roster_rows(self.roster())
        titles = [headings[0] for headings in HEADINGS.values()]
        lines = [[row[title] for title in titles] for row in rows]
        sheet = SheetOut("应报名册", tuple(_column(title) for title in titles), lines, title="应报名册")
        atomic_write(out, write_xlsx([sheet]), force=force)
        return len(rows)

    def _record(self, entry: RosterEntry, known: RosterOffice | None) -> RosterOffice:
        divisions = Divisions()
        township = divisions.get(entry.code[:9])
        values = {
            "code": entry.code,
            "name": entry.name,
            "office_kind": str(entry.office_kind or ""),
            "township_code": entry.code[:9],
            "township": township.name if township else "",
            "valid_from": entry.valid_from,
            "valid_to": entry.valid_to,
            "contact": entry.contact,
            "phone": entry.phone,
            "former_codes": [_former(one) for one in entry.former_codes],
        }
        return known.changed(**values) if known else RosterOffice.model_validate({"uid": entry.uid, **values})


def _rows(path: Path) -> list[dict[str, str]]:
    found = sheets.preview(sheets.open_file(path), _REGISTER)
    return [dict(row.raw) for row in found.rows]


def _text(raw: object) -> Read[str]:
    return Read("" if raw is None else str(raw))


def _column(title: str) -> Column:
    synonyms = next((headings for headings in HEADINGS.values() if headings[0] == title), ())
    return Column(title, title, _text, synonyms=tuple(synonyms), form=Form.TEXT)


_REGISTER = Register(
    name="roster",
    title="应报名册",
    columns=tuple(_column(headings[0]) for headings in HEADINGS.values()),
    sheet_names=("应报名册", "名册"),
)


def _entry(one: RosterOffice) -> RosterEntry:
    return RosterEntry(
        uid=one.uid,
        code=one.code,
        name=one.name,
        office_kind=RosterKind(one.office_kind) if one.office_kind else None,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        contact=one.contact,
        phone=one.phone,
        former_codes=tuple(_former_code(former) for former in one.former_codes),
    )


def _former(one: FormerCode) -> dict[str, str]:
    return {
        "code": one.code,
        "from": one.valid_from.isoformat() if one.valid_from else "",
        "to": one.valid_to.isoformat() if one.valid_to else "",
    }


def _former_code(held: dict[str, str]) -> FormerCode:
    days: Sequence[date | None] = [
        date.fromisoformat(held[name]) if held.get(name) else None for name in ("from", "to")
    ]
    return FormerCode(held["code"], *days)
