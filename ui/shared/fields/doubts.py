"""What reading a typed value took for granted or left out, for the person who typed it."""

from collections.abc import Iterable

from xmdesk.problems import Severity, problem
from xmdesk.records.values.reading import Note


def doubts_of(notes: Iterable[Note]) -> str:
    """Return what deserves a look, in words; what was merely tidied needs none."""
    found = (problem(one.code, **one.facts) for one in notes)
    return "".join(f"{one.text}{one.to_do}" for one in found if one.severity is Severity.WARNING)
