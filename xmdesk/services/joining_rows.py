"""All rows of a table, one after the other: those that go in, and those that wait with their reasons."""

from dataclasses import dataclass, replace

from xmdesk.documents.sheets import preview as sheets
from xmdesk.documents.sheets.places import in_row
from xmdesk.documents.sheets.readings import ID_TWICE, SheetRow
from xmdesk.jobs import go_on
from xmdesk.problems import Problem, Severity
from xmdesk.services.joining import Joined, Joiner, joined_or_problem
from xmdesk.services.pairing import Pair


@dataclass(frozen=True)
class Parked:
    """A row that stays outside, with its raw text and every reason."""

    number: int
    raw: dict[str, str]
    problems: tuple[Problem, ...]
    pair: Pair | None = None
    """What it may mean, where it waits for somebody to say which."""
    named: tuple[Pair, ...] = ()
    """Whom it names of several."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What it may mean, and whom it names."""
        return (*([self.pair] if self.pair else []), *self.named)


def join_all(
    joiner: Joiner, found: sheets.Preview
) -> tuple[tuple[Joined, ...], tuple[Parked, ...], tuple[Problem, ...]]:
    """Join the rows of a table one after the other: those that go in, those that wait, and what was noticed."""
    joined: list[Joined] = []
    parked: list[Parked] = []
    more: list[Problem] = []
    for row in found.good:
        go_on()
        outcome = joined_or_problem(lambda row=row: joiner.join(row.number, row.values))
        if isinstance(outcome, Problem):
            trouble = _placed(outcome, row.number, found)
            waits = _as_parked(row, (*row.problems, trouble), joiner.waiting.get(row.number))
            parked.append(replace(waits, named=joiner.named[row.number]))
            more.append(trouble)
        else:
            joined.append(outcome)
    for row in found.parked:
        doubts = _doubts(joiner, row, found)
        parked.append(_as_parked(row, (*row.problems, *doubts)))
        more += doubts
    joined = joiner.settled(joined)
    more += [_placed(one, row.number, found) for row in joined for one in row.problems]
    return tuple(joined), tuple(sorted(parked, key=lambda one: one.number)), tuple(more)


def _doubts(joiner: Joiner, row: SheetRow, found: sheets.Preview) -> tuple[Problem, ...]:
    """What else is wrong with a row that waits: mended where it is faulty, it must not overwrite another of its sheet."""
    told = any(one.code == ID_TWICE for one in row.problems)
    doubt = None if told else joiner.doubt(row.values)
    return (_placed(doubt, row.number, found),) if doubt else ()


def _placed(found: Problem, number: int, preview: sheets.Preview) -> Problem:
    """Put what joining found into its row, and under the header of the field it speaks of."""
    return in_row(found, number, preview.mapping.header_of(found.where.field), sheet=preview.table.sheet)


def _as_parked(row: SheetRow, problems: tuple[Problem, ...], pair: Pair | None = None) -> Parked:
    told = tuple(one for one in problems if one.severity is not Severity.NOTICE)
    return Parked(row.number, dict(row.raw), told, pair)
