"""A row while it is read and when it has been read, and the columns that are read of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from xmdesk.documents.sheets.columns import Column, Form
from xmdesk.documents.sheets.grid import Cell, Sheet
from xmdesk.documents.sheets.mapping import Match
from xmdesk.documents.sheets.places import in_row
from xmdesk.documents.sheets.table_finding import Row
from xmdesk.problems import Problem, Severity
from xmdesk.records.values.reading import Bad, Read

ID_TWICE = "SHEET-ID-TWICE"
"""The code of a row under whose identity number another row has another name."""


class RowState(StrEnum):
    """Whether a row can go in or waits for a person."""

    GOOD = "good"
    PARKED = "parked"


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, what stood there, what was read, and what was found wrong with it."""

    number: int
    raw: Mapping[str, str]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def state(self) -> RowState:
        """A row with an error is parked."""
        errors = any(one.severity is Severity.ERROR for one in self.problems)
        return RowState.PARKED if errors else RowState.GOOD


def distinct(titles: Sequence[str]) -> list[str]:
    """Return titles told apart, so that nothing is lost that stands under two of one name: 备注, 备注（之2）."""
    return [
        f"{one}（之{count}）" if (count := titles[: at + 1].count(one)) > 1 else one for at, one in enumerate(titles)
    ]


@dataclass
class Reading:
    """One row being read."""

    row: Row
    sheet: Sheet
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    problems: list[Problem] = field(default_factory=list[Problem])
    failed: set[str] = field(default_factory=set[str])
    left: dict[str, str] = field(default_factory=dict[str, str])

    def note(self, found: Problem, header: str = "") -> None:
        """Add a finding about this row, or about its cell under a header."""
        self.problems.append(in_row(found, self.row.number, header, sheet=self.sheet))


@dataclass(frozen=True)
class Lane:
    """One mapped column: where its cells are, who reads them, which fields they fill."""

    index: int
    match: Match
    reader: Callable[[Cell], Read[Any] | Bad]
    form: Form
    column: Column | None
    compound: bool
