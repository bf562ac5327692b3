"""What an import would do, before anything is written: rows that go in or wait, in numbers and in the keys of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xmdesk.documents.sheets import preview as sheets
from xmdesk.problems import Problem
from xmdesk.records.base import Kept
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.completing import Completed
from xmdesk.services.joining import Fate, Joined, Joiner
from xmdesk.services.joining_rows import Parked
from xmdesk.services.pairing import Decision, Pair, Place, decision_about


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do, before anything is written."""

    register: str
    file: sheets.Opened
    found: sheets.Preview
    choices: sheets.Choices
    year: int = 0
    joined: tuple[Joined, ...] = ()
    parked: tuple[Parked, ...] = ()
    problems: tuple[Problem, ...] = ()
    joiner: Joiner | None = None
    decisions: Mapping[Place, Decision] = field(default_factory=dict[Place, Decision])
    seen: int = 0
    """The newest step of the book that it knows of."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return the rows that seem to be there already and say something else, beside what stands there, and after each row whom
        it names of several.

        Those that wait for somebody to say what they mean are among them.
        """
        rows: tuple[Joined | Parked, ...] = (*self.joined, *self.parked)
        found = ((one.pair, *one.named) for one in sorted(rows, key=lambda one: one.number))
        return tuple(pair for pairs in found for pair in pairs if pair is not None)

    def decided(self, pair: Pair) -> Decision | None:
        """What a person decided about one of the pairs."""
        return decision_about(pair, self.decisions)

    @property
    def records(self) -> list[Kept]:
        """Return what would be written, each record once and as its last row leaves it."""
        changing = (one.record for one in self.joined if one.fate in (Fate.NEW, Fate.CHANGED))
        return list({one.uid: one for one in changing}.values())

    @property
    def persons(self) -> list[Person]:
        """Return the persons that rows of another register make or complete."""
        return list(self.joiner.people.touched.values()) if self.joiner else []

    def title_of(self, record: Kept) -> str:
        """What a record of a row is called: a post by the name of the person."""
        uid, people = record.title(), self.joiner.people if self.joiner else None
        person = (people.touched.get(uid) or people.held(uid)) if people else None
        return person.name if person else uid

    @property
    def people(self) -> tuple[int, int, int]:
        """Return how many persons rows of another register make, of how many they fill gaps, and replace what is known."""
        made = len(self.joiner.people.made) if self.joiner else 0
        changed = sum(bool(one.replaced) for one in self._completed)
        return made, len(self.persons) - made - changed, changed

    @property
    def _completed(self) -> list[Completed]:
        """Those of the book of whom rows say more or something else, as they stood and as the last row leaves them."""
        people = self.joiner.people if self.joiner else None
        both = ((people.held(one.uid), one) for one in self.persons) if people else ()
        return [Completed(before, after) for before, after in both if before is not None]

    @property
    def people_counts(self) -> dict[str, int]:
        """How many persons behind rows of another register are new, completed or changed."""
        return dict(zip(("new", "completed", "changed"), self.people, strict=True))

    @property
    def act(self) -> str:
        """What writing is called: a sheet may say nothing new of its register, but something of the people in it."""
        noun, records, persons = REGISTERS[self.register].noun, len(self.records), len(self.persons)
        is_of_people = persons and not records
        return f"导入{noun}：人员名册 {persons} 人" if is_of_people else f"导入{noun} {records} 条"

    @property
    def has_any(self) -> bool:
        """Whether there is anything to write: records, or only what is known of the persons behind them."""
        return bool(self.records or self.persons)

    @property
    def counts(self) -> dict[str, int]:
        """How many records are new or changed, how many rows are merged into an earlier one, the same, parked, skipped."""
        fates = [one.fate for one in self.joined]
        new = {one.record.uid for one in self.joined if one.fate is Fate.NEW}
        changed = {one.uid for one in self.records} - new
        return {
            "new": len(new),
            "changed": len(changed),
            "merged": fates.count(Fate.NEW) + fates.count(Fate.CHANGED) - len(new) - len(changed),
            "same": fates.count(Fate.SAME) - sum(one.is_of_people_only for one in self.joined),
            "left": fates.count(Fate.LEFT),
            "parked": len(self.parked),
            "skipped": len(self.found.skipped),
        }

    def as_json(self, batch: str = "") -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "batch": batch,
            **self.counts,
            "skipped_rows": [{"row": one.number, "text": one.text} for one in self.found.skipped],
            "problems": [one.as_json() for one in self.problems],
            "mapping": self.found.mapping.as_json(),
            "stopped": self.found.stopped,
            "people": self.people_counts,
        }
