"""Coordinates of a record: within China, not the wrong way round, not half a pair."""

from collections.abc import Iterator
from typing import Any

from xmdesk.checks.about import About
from xmdesk.problems import Problem
from xmdesk.records.values.coordinates import is_within, settle
from xmdesk.records.values.reading import Bad


def check_place(about: About[Any]) -> Iterator[Problem]:
    """Check ``lng`` and ``lat`` together (CGCS2000, 73 to 136 E, 3 to 54 N); what is said stands at the half that is wrong."""
    record = about.record
    if record.lng is None and record.lat is None:
        return
    field = "lat" if record.lat is None or (record.lng is not None and is_within(record.lng, "lng")) else "lng"
    try:
        found = settle(record.lng, record.lat)
    except Bad as why:
        yield about.problem(why.code, field, **why.facts)
        return
    for note in found.notes:
        yield about.problem(note.code, field, **note.facts)
