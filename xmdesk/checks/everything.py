"""All checks together: every record by the rules of its class, then what only shows across records."""

from collections.abc import Callable, Iterator
from typing import Any

from xmdesk.checks.about import About
from xmdesk.checks.fields import check_fields
from xmdesk.problems import Problem
from xmdesk.records.base import Record
from xmdesk.snapshot import REGISTER_OF, Snapshot

Rule = Callable[[About[Any]], Iterator[Problem]]
Survey = Callable[[Snapshot], Iterator[Problem]]

RULES: dict[type[Record], Rule] = {}
SURVEYS: dict[str, Survey] = {}


def check(snapshot: Snapshot) -> list[Problem]:
    """Return everything found: record by record, then across the records of each register."""
    found: list[Problem] = []
    for register, records in snapshot.rows.items():
        for record in records:
            found += RULES.get(type(record), check_fields)(About(record, snapshot))
        found += SURVEYS[register](snapshot) if register in SURVEYS else ()
    return found


def check_record(record: Record, snapshot: Snapshot) -> list[Problem]:
    """Return what is found about one record as if it were saved, for showing beside its form."""
    fresh = snapshot.with_record(record)
    found = list(RULES.get(type(record), check_fields)(About(record, fresh)))
    survey = SURVEYS.get(REGISTER_OF[type(record)])
    return found + [one for one in (survey(fresh) if survey else ()) if one.where.uid == record.uid]
