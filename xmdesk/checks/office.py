"""The office: numbers that fit each other, committees, police and grids that the plan asks for."""

from collections import Counter
from collections.abc import Iterator

from xmdesk.checks.about import About
from xmdesk.checks.days import check_past
from xmdesk.checks.fields import check_fields
from xmdesk.checks.places import check_place
from xmdesk.problems import Problem
from xmdesk.records.codes import OfficeKind
from xmdesk.records.office import Office
from xmdesk.records.values.texts import UPPER_LENGTHS
from xmdesk.snapshot import in_scope

_NOT_MORE: tuple[tuple[str, str], ...] = (
    ("aged_0_14", "residents"),
    ("aged_65_up", "residents"),
    ("disabled", "residents"),
    ("smart_compound_count", "compound_count"),
)
"""The first number cannot exceed the second."""

_COMMITTEES: tuple[tuple[str, str, str, str], ...] = (
    ("VC", "has_health_committee", "health_committee_on", "C-OFFICE-HEALTH-COMMITTEE"),
    ("C", "has_property_committee", "property_committee_on", "C-OFFICE-PROPERTY-COMMITTEE"),
)
_POLICE: tuple[tuple[str, str, int, str], ...] = (
    ("C", "police_count", 1, "C-OFFICE-POLICE"),
    ("C", "auxiliary_count", 2, "C-OFFICE-AUXILIARY"),
    ("V", "police_assistant_count", 1, "C-OFFICE-ASSISTANT"),
)
"""3-2-(三)-1: 一区一警两辅 in towns, 一村一警务助理 in the country. Unanswered is not short."""

_UPPER_CODES: dict[OfficeKind | None, int] = {OfficeKind.TOWNSHIP: 9, OfficeKind.DISTRICT: 6}
_FAR = 1000
_ORGANISATIONS = 2


def check_office(about: About[Office]) -> Iterator[Problem]:
    """Check the office's own data."""
    yield from check_fields(about)
    yield from _code(about)
    yield from check_place(about)
    yield from check_past(about, "health_committee_on", "property_committee_on")
    yield from _numbers(about)
    yield from _organs(about)
    yield from _grids(about)
    yield from _urban_villages(about)
    yield from _honours(about)
    if in_scope(about.record.kind, "C") and about.record.community_worker_count is None:
        yield about.problem("C-MISSING", "community_worker_count")


def _code(about: About[Office]) -> Iterator[Problem]:
    """Only a township or a district may be named by the shorter codes."""
    one = about.record
    if len(one.code) in UPPER_LENGTHS and len(one.code) != _UPPER_CODES.get(one.kind):
        yield about.problem("V-DIVISION-LENGTH", "code", length=len(one.code))


def _numbers(about: About[Office]) -> Iterator[Problem]:
    one = about.record
    for part, whole in _NOT_MORE:
        less, more = getattr(one, part), getattr(one, whole)
        if less is not None and more is not None and less > more:
            yield about.problem("C-OFFICE-MORE", part, less=less, more=more, whole=about.spec(whole).label)
    ages = (one.aged_0_14 or 0) + (one.aged_65_up or 0)
    if one.residents is not None and max(one.aged_0_14 or 0, one.aged_65_up or 0) <= one.residents < ages:
        yield about.problem("C-OFFICE-AGES", "aged_65_up", total=ages, residents=one.residents)
    if one.residents is not None and one.households and one.residents < one.households:
        yield about.problem("C-OFFICE-HOUSEHOLDS", "residents", residents=one.residents, households=one.households)


def _organs(about: About[Office]) -> Iterator[Problem]:
    one = about.record
    for scope, has, since, code in _COMMITTEES:
        if getattr(one, has) is False and getattr(one, since):
            yield about.problem("C-OFFICE-COMMITTEE-DATE", since)
        if getattr(one, has) is False and in_scope(one.kind, scope):
            yield about.problem(code, has)
    for scope, field, wanted, code in _POLICE:
        number = getattr(one, field)
        if in_scope(one.kind, scope) and number is not None and number < wanted:
            yield about.problem(code, field, number=number)


def _grids(about: About[Office]) -> Iterator[Problem]:
    """3-6-(一): at least one full-time worker in each grid."""
    grids = about.record.grids
    for number, grid in enumerate(grids, 1):
        if grid.get("full_time_count") == 0:
            yield about.problem("C-OFFICE-GRID", "grids", number=number)
    if any(times > 1 for name, times in Counter(grid.get("name") for grid in grids).items() if name):
        yield about.problem("C-OFFICE-GRID-TWICE", "grids")


def _urban_villages(about: About[Office]) -> Iterator[Problem]:
    """3-2-(三)-3: two organisations in each; a far one may have a sub-station (a soft rule)."""
    for number, one in enumerate(about.record.urban_villages, 1):
        organisations, distance = one.get("organisations"), one.get("distance")
        if organisations is not None and organisations < _ORGANISATIONS:
            yield about.problem("C-OFFICE-ORGANISATIONS", "urban_villages", number=number)
        if distance is not None and distance >= _FAR:
            yield about.problem("C-OFFICE-FAR", "urban_villages", number=number)


def _honours(about: About[Office]) -> Iterator[Problem]:
    for number, honour in enumerate(about.record.honours, 1):
        year, review = honour.get("year"), honour.get("review_year")
        if year and year > about.snapshot.today.year:
            yield about.problem("C-LINE-FUTURE", "honours", number=number)
        if year and review and review < year:
            yield about.problem("C-LINE-ORDER", "honours", number=number)
