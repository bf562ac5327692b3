"""Rows of a sheet that speak of another village: a list of the whole township, of which a village takes its own rows only.

Villages are known by the list of divisions; a name that stands there for no office (自然村) says nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from xmdesk.divisions.national import Divisions
from xmdesk.documents.sheets import preview as sheets
from xmdesk.documents.sheets.grid import cell_text
from xmdesk.documents.sheets.places import in_row
from xmdesk.documents.sheets.readings import SheetRow
from xmdesk.documents.sheets.words import bare, plain
from xmdesk.problems import Problem, problem
from xmdesk.records.office import Office
from xmdesk.services.form_mapping import OFFICE_TITLES

OTHER_VILLAGE = "SHEET-OTHER-VILLAGE"
_TOWNSHIP, _DISTRICT = 9, 6
_KIND = re.compile(r"(?:(?:村民|社区居民|居民)?委员会|村委会|(?:社区)?居委会|社区|村)+$")


def without_others(found: sheets.Preview, office: Office) -> sheets.Preview:
    """Return what was read with the rows of other villages put aside; they can be taken in once their village is corrected."""
    at = next(
        (at for at, one in enumerate(found.mapping.matches) if not one.fields and _names_village(one.header.path)), None
    )
    own = _base(office.name)
    if at is None or not own or len(office.code) <= _TOWNSHIP:
        return found
    told = {row.number: cell_text(row.cells[at]).strip() for row in found.table.rows}
    strange = {text for text in told.values() if text and _base(text) not in ("", own)}
    others = _villages(strange, office.code, is_list=own in map(_base, told.values()))
    if not others:
        return found
    header = found.mapping.matches[at].header.text
    rows = tuple(_aside(row, others.get(told.get(row.number, ""), ""), header) for row in found.rows)
    more = [one for row, before in zip(rows, found.rows, strict=True) for one in row.problems[len(before.problems) :]]
    return replace(found, rows=rows, problems=(*found.problems, *more))


def still_of_another(name: str, number: int, header: str, office: Office) -> Problem | None:
    """Return the problem of a row that was of another village where what its cell holds now is another one too."""
    if _base(name) in ("", _base(office.name)):
        return None
    village = _villages({name}, office.code, is_list=True).get(name)
    return in_row(problem(OTHER_VILLAGE, given=village), number, header) if village else None


def _names_village(path: tuple[str, ...]) -> bool:
    return OFFICE_TITLES.get(plain(path[-1]), OFFICE_TITLES.get(bare(path[-1]))) == "@office"


def _base(name: str) -> str:
    """What is left of 榕下村村民委员会, 榕下村 and 榕下 alike."""
    return _KIND.sub("", "".join(name.split()))


def _villages(names: set[str], code: str, *, is_list: bool) -> Mapping[str, str]:
    """Return which of these names are villages of the township, of the whole district where the column lists villages at all."""
    if not names:
        return {}
    divisions = Divisions()
    near = {_base(one.name): one.name for one in divisions.children(code[:_TOWNSHIP])}
    if is_list or any(_base(one) in near for one in names):
        towns = divisions.children(code[:_DISTRICT])
        near = {_base(one.name): one.name for town in towns for one in divisions.children(town.code)} | near
    return {one: near[_base(one)] for one in names if _base(one) in near}


def _aside(row: SheetRow, village: str, header: str) -> SheetRow:
    if not village:
        return row
    return replace(row, problems=(*row.problems, in_row(problem(OTHER_VILLAGE, given=village), row.number, header)))
