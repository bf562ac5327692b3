"""Amounts that jumped since the last accepted return: most often 元 and 万元 were mixed up (BG7)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xmdesk.checks.about import About
from xmdesk.problems import Problem
from xmdesk.records.base import Record, fields_of
from xmdesk.records.kinds import Number

_JUMP = 1000


def check_jumps(about: About[Any]) -> Iterator[Problem]:
    """Compare every amount and size with what was accepted last; a thousandfold change deserves a look."""
    record: Record = about.record
    before = about.snapshot.before.get(record.uid)
    if before is None:
        return
    for name, spec in fields_of(type(record)).items():
        if isinstance(spec.kind, Number):
            old, new = Decimal(before.get(name) or 0), Decimal(getattr(record, name) or 0)
            if old and new and max(old, new) >= _JUMP * min(old, new):
                yield about.problem("C-JUMP", name, old=spec.kind.show(old), new=spec.kind.show(new))
