"""Fewer lines for the same trouble: the same field not filled in across many records is one line."""

from collections import Counter
from collections.abc import Sequence

from ui.shared.findings import TONES, Finding, Group, grouped
from xmdesk.records.registers import REGISTERS

MANY = 3


def folded(found: Sequence[Finding]) -> list[Group]:
    """Gather what is missing in three records or more by its field; the rest as ``grouped`` does."""
    counts = Counter(_field(one) for one in found if one.tone == "missing")
    many = {key for key, count in counts.items() if count >= MANY}
    firsts: dict[tuple[str, str], Finding] = {}
    for one in found:
        if one.tone == "missing" and _field(one) in many:
            firsts.setdefault(_field(one), one)
    rest = [one for one in found if one.tone != "missing" or _field(one) not in many]
    lines = [_line(one, counts[key]) for key, one in firsts.items()]
    return sorted([*lines, *grouped(rest)], key=lambda one: TONES.index(one.tone))


def _field(one: Finding) -> tuple[str, str]:
    return one.problem.where.register, one.problem.where.field


def _line(first: Finding, count: int) -> Group:
    where = first.problem.where
    register = REGISTERS[where.register].title if where.register in REGISTERS else "单位信息"
    return Group(first, register, f"{where.label} {count} 处待填")
