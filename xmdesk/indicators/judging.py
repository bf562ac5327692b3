"""From a number to a verdict. 力争/鼓励 rows are printed 参考, never 未达标; nothing divided by nothing is 不可计算."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xmdesk.indicators.catalogue import METRICS
from xmdesk.indicators.offices import Metric, Offices, Row
from xmdesk.indicators.sets import Indicator, IndicatorSet

MET = "达标"
NOT_MET = "未达标"
FOR_REFERENCE = "参考"
NOT_COMPUTABLE = "不可计算"

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class IndicatorResult:
    """What one indicator says: value beside threshold, the verdict, and the rows behind the value.

    ``value`` is exact; it is rounded to two decimals only when shown. ``expected`` is 应报, ``reported`` 实报.
    """

    id: str
    clause: str
    title: str
    scope: str
    strength: str
    value: Decimal | None
    threshold: Decimal | None
    comparison: str
    unit: str
    verdict: str
    numerator: Decimal
    denominator: Decimal
    expected: int
    reported: int
    deadline: str
    note: str
    rows: tuple[Row, ...]

    @property
    def shown(self) -> str:
        """The value as a person reads it: 66.67%, or what stands in its place."""
        return NOT_COMPUTABLE if self.value is None else f"{_plain(self.value)}{self.unit}"

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object; numbers are rounded to two decimals."""
        numbers = {name: _number(getattr(self, name)) for name in ("value", "threshold", "numerator", "denominator")}
        return {**self.__dict__, **numbers, "shown": self.shown, "rows": [one.as_json() for one in self.rows]}


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return f"{_rounded(value):f}".rstrip("0").rstrip(".")


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    near = _rounded(value)
    return int(near) if near == near.to_integral_value() else float(near)


def evaluate(chosen: IndicatorSet, offices: Offices, *, day: date, district: str) -> list[IndicatorResult]:
    """Return the results of all indicators in force on a day, in the order of the set."""
    return [_result(one, chosen, offices, day, district) for one in chosen.indicators if one.holds_on(day)]


def _result(
    indicator: Indicator, chosen: IndicatorSet, offices: Offices, /, day: date, district: str
) -> IndicatorResult:
    found = METRICS[indicator.metric](offices, indicator.given)
    threshold = indicator.threshold_on(day, district)
    expected = offices.count(indicator.given.scope)
    is_judged = indicator.strength == "hard" and not (indicator.wide and expected <= 1)
    return IndicatorResult(
        id=indicator.id,
        clause=indicator.clause,
        title=indicator.title,
        scope=indicator.given.scope,
        strength=indicator.strength,
        value=found.value,
        threshold=threshold,
        comparison=indicator.comparison,
        unit=indicator.unit,
        verdict=_verdict(found, threshold, comparison=indicator.comparison, is_judged=is_judged),
        numerator=found.numerator,
        denominator=found.denominator,
        expected=expected,
        reported=len(offices.of(indicator.given.scope)),
        deadline=indicator.deadline,
        note=_note(chosen, day),
        rows=found.rows,
    )


def _verdict(found: Metric, threshold: Decimal | None, *, comparison: str, is_judged: bool) -> str:
    if found.value is None:
        return NOT_COMPUTABLE
    if threshold is None or not is_judged:
        return FOR_REFERENCE
    met = found.value >= threshold if comparison == ">=" else found.value <= threshold
    return MET if met else NOT_MET


def _note(chosen: IndicatorSet, day: date) -> str:
    if day > chosen.valid_to:
        return f"《{chosen.title}》的规划期到{chosen.valid_to.year}年底为止，这里仍按原目标比较。"
    return ""
