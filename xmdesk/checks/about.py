"""One record under examination: where a problem about it is, and what the record's fields are."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from xmdesk.problems import Problem, Where, problem
from xmdesk.records.base import FieldSpec, Record, fields_of
from xmdesk.records.duty import Inspection
from xmdesk.records.values.dates import show_partial
from xmdesk.snapshot import REGISTER_OF, Snapshot

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Survey = Generator[Problem | None, None, T]
"""What is found across many records, one after the other; ``None`` is a pause in which a window can breathe."""


@dataclass(frozen=True)
class About(Generic[R]):
    """A record with the snapshot it stands in."""

    record: R
    snapshot: Snapshot

    @cached_property
    def title(self) -> str:
        """Short words for the record; an inspection is known by its object and day."""
        if isinstance(self.record, Inspection):
            seen = self.snapshot.known.get("duties", {}).get(self.record.duty)
            day = show_partial(self.record.at[:10]) if self.record.at else ""
            return f"{seen.title() if seen else ''} {day}".strip()
        return self.snapshot.title_of(self.record)

    def spec(self, field: str) -> FieldSpec:
        """Return the field's note."""
        return fields_of(type(self.record))[field]

    def problem(self, code: str, field: str = "", **facts: Any) -> Problem:
        """Make a problem about a field of this record, or about the record as a whole."""
        label = self.spec(field).label if field else ""
        where = Where(REGISTER_OF[type(self.record)], self.record.uid, field, label, self.title)
        return problem(code, where, label=label, **facts)
