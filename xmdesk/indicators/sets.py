"""Indicator sets: thresholds, clauses and dates are data, never code (domain.md: the plan's horizon has ended)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xmdesk.errors import WrongUse
from xmdesk.files import read_bytes, shown_name
from xmdesk.indicators.catalogue import METRICS
from xmdesk.indicators.offices import Given
from xmdesk.paths import resource
from xmdesk.records.base import fields_of
from xmdesk.records.codes import ActivityKind, FacilityKind, HonourKind
from xmdesk.records.facility import Facility
from xmdesk.records.kinds import YesNo
from xmdesk.records.office import Office
from xmdesk.records.people import LegalHelper
from xmdesk.snapshot import SCOPES

_LARGEST = 1024 * 1024
SHIPPED = "plan-14th-five-year.toml"
COMPARISONS = (">=", "<=")
STRENGTHS = ("hard", "soft", "quality")
_KINDS = frozenset(one.value for codes in (FacilityKind, ActivityKind, HonourKind) for one in codes)
_YES_NO = frozenset(
    name
    for record in (Facility, Office, LegalHelper)
    for name, spec in fields_of(record).items()
    if isinstance(spec.kind, YesNo)
)


@dataclass(frozen=True)
class Target:
    """A dated threshold for some districts (six digits each): what holds from that day on."""

    on: date
    threshold: Decimal
    districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One target of the plan.

    ``strength``: hard is judged; soft (力争, 鼓励, 探索) and quality are printed as 参考. ``wide`` targets are judged
    over many offices only; of a single office they are informative.
    """

    id: str
    clause: str
    title: str
    metric: str
    unit: str
    strength: str
    given: Given
    threshold: Decimal | None = None
    comparison: str = ">="
    deadline: str = ""
    wide: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    targets: tuple[Target, ...] = ()

    def threshold_on(self, day: date, district: str) -> Decimal | None:
        """Return what holds on a day: the newest dated target of the district, else the plain threshold."""
        due = [one for one in self.targets if one.on <= day and (not one.districts or district in one.districts)]
        return max(due, key=lambda one: one.on).threshold if due else self.threshold

    def holds_on(self, day: date) -> bool:
        """Tell whether the indicator is in force."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class IndicatorSet:
    """A dated set; after ``valid_to`` its targets are still compared, and every result says so."""

    id: str
    title: str
    source: str
    valid_from: date
    valid_to: date
    indicators: tuple[Indicator, ...]


def read_set(path: Path | None = None) -> IndicatorSet:
    """Read a set from a TOML file, or the shipped one; anything unfit is ``WrongUse`` and names the place."""
    place = path or resource("indicators", SHIPPED)
    try:
        content = tomllib.loads(read_bytes(place, _LARGEST).decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as why:
        raise WrongUse("INDICATOR-SET", part=shown_name(place)) from why
    try:
        return IndicatorSet(
            id=str(content["id"]),
            title=str(content["title"]),
            source=str(content["source"]),
            valid_from=_day(content["valid_from"]),
            valid_to=_day(content["valid_to"]),
            indicators=tuple(_indicator(one) for one in content["indicator"]),
        )
    except (KeyError, TypeError, ArithmeticError) as why:
        raise WrongUse("INDICATOR-SET", part=shown_name(place)) from why


def _indicator(entry: dict[str, Any]) -> Indicator:
    name = str(entry["id"])
    try:
        found = _read(entry)
    except (KeyError, TypeError, ArithmeticError) as why:
        raise WrongUse("INDICATOR-SET", part=name) from why
    given = found.given
    fits = (
        found.metric in METRICS,
        found.comparison in COMPARISONS,
        found.strength in STRENGTHS,
        given.scope in SCOPES,
        set(given.kinds) <= _KINDS,
        not given.field or given.field in _YES_NO,
    )
    if not all(fits):
        raise WrongUse("INDICATOR-SET", part=name)
    return found


def _read(entry: dict[str, Any]) -> Indicator:
    given = Given(
        scope=str(entry["scope"]),
        kinds=tuple(str(one) for one in entry.get("kinds", ())),
        field=str(entry.get("field", "")),
        least=int(entry.get("least", 1)),
        each=bool(entry.get("each", False)),
        dated=bool(entry.get("dated", False)),
    )
    return Indicator(
        id=str(entry["id"]),
        clause=str(entry["clause"]),
        title=str(entry["title"]),
        metric=str(entry["metric"]),
        unit=str(entry["unit"]),
        strength=str(entry["strength"]),
        given=given,
        threshold=Decimal(entry["threshold"]) if "threshold" in entry else None,
        comparison=str(entry.get("comparison", ">=")),
        deadline=str(entry.get("deadline", "")),
        wide=bool(entry.get("wide", False)),
        valid_from=_day(entry["valid_from"]) if "valid_from" in entry else None,
        valid_to=_day(entry["valid_to"]) if "valid_to" in entry else None,
        targets=tuple(_target(one) for one in entry.get("target", ())),
    )


def _target(entry: dict[str, Any]) -> Target:
    return Target(_day(entry["on"]), Decimal(entry["threshold"]), tuple(str(one) for one in entry.get("districts", ())))


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a day is wanted")
    return value
