"""Checking a return before it is sealed, one record beside its form, and explaining what may stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from xmdesk import clock
from xmdesk.checks.everything import check_aside, check_breathing, check_record
from xmdesk.checks.person import twice_aside
from xmdesk.errors import WrongUse
from xmdesk.jobs import Breaths, in_one_go, let_go, parted
from xmdesk.periods import Period
from xmdesk.ports import Store
from xmdesk.problems import Problem, Severity, Where, count, problem
from xmdesk.records.base import Record
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.submission import Explanation
from xmdesk.records.values.dates import earliest
from xmdesk.services import drafting
from xmdesk.services.items_of_years import left_behind, looks_at_their_year
from xmdesk.services.offices import OfficeDesk
from xmdesk.snapshot import Parameters, Snapshot

LARGE = 5_000

MOST_ASIDE = 100_000
"""Persons of a register in which those without a post are still looked at; no village has so many."""


@dataclass(frozen=True)
class Counts:
    """How many findings there are; ``explained`` of the warnings carry an explanation."""

    errors: int
    warnings: int
    notices: int
    explained: int


class Checking:
    """Runs the checks over the very rows that the return would hold."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._seen: tuple[object, Snapshot] | None = None
        self._was_large = False

    def all(self, period: Period) -> list[Problem]:
        """Return every problem that sealing the return of this period would show."""
        return in_one_go(self.all_breathing(period))

    def all_breathing(self, period: Period) -> Breaths[list[Problem]]:
        """As :meth:`all`, with pauses; whoever looks at it in slices begins anew when the book changes meanwhile."""
        forms = drafting.forms_asked(self.store, period)
        snapshot = yield from self._snapshot_breathing(period, forms)
        found = yield from check_breathing(snapshot)
        aside = yield from self._aside_breathing(snapshot)
        return [*found, *aside, *self._unopened(period, forms), *self._parked(forms)]

    def _aside_breathing(self, snapshot: Snapshot) -> Breaths[list[Problem]]:
        """Persons whom nothing in the return names do not travel: what is wrong with them is told all the same."""
        uids = self.store.uids(Person) if self.store.count(Person) <= MOST_ASIDE else ()
        found: list[Problem] = []
        numbers: dict[str, list[str]] = {}
        for start in range(0, len(uids), drafting.READ_AT_ONCE):
            aside = [uid for uid in uids[start : start + drafting.READ_AT_ONCE] if uid not in snapshot.persons]
            people = [one for one in self.store.many(Person, aside) if not one.retired_on]
            found += yield from check_aside(people, snapshot)
            for one in people:
                numbers.setdefault(one.id_no, []).append(one.uid)
            yield
        twice = yield from self._twice_breathing(numbers, snapshot)
        return [*found, *twice]

    def _twice_breathing(self, numbers: dict[str, list[str]], snapshot: Snapshot) -> Breaths[list[Problem]]:
        """One number belongs to one person, whether the return names that person or not; ``numbers`` of those aside."""
        listed = list(snapshot.persons.values())
        for part in parted(listed):
            for one in part:
                if one.id_no in numbers:
                    numbers[one.id_no].append(one.uid)
            yield
        often = [uids for number, uids in numbers.items() if number and len(uids) > 1]
        found: list[Problem] = []
        for part in parted(often):
            for uids in part:
                found += twice_aside(self.store.many(Person, uids), snapshot)
            yield
        return found

    @property
    def is_large(self) -> bool:
        """Whether looking at everything takes so long that it is not done while somebody types."""
        self._was_large = self._was_large or sum(self.store.count(REGISTERS[form].record) for form in FORMS) > LARGE
        return self._was_large

    def of_record(self, record: Record) -> list[Problem]:
        """Return the problems of one record as it stands in its form, saved or not.

        In a large book the record is seen with its neighbours only; what it repeats shows in :meth:`all`, but for
        identity numbers, which an index finds.
        """
        period = _period_of(record)
        record = looks_at_their_year(self.store, [record])[0] if isinstance(record, Inspection) else record
        snapshot = self.near(record, period) if self.is_large else self.snapshot(period, FORMS)
        if elsewhere := drafting.duties_elsewhere(self.store, [record], period):
            snapshot = replace(snapshot, elsewhere={**snapshot.elsewhere, **elsewhere})
        found = check_record(record, self._beside_twins(record, snapshot))
        blocks = any(one.severity is Severity.ERROR for one in found)
        return [one.as_warning() for one in found] if blocks and self._is_aside(record, snapshot) else found

    def _beside_twins(self, record: Record, snapshot: Snapshot) -> Snapshot:
        """Put those who have the same identity number beside a person, whether the return names them or not."""
        if not isinstance(record, Person) or not record.id_no:
            return snapshot
        same = self.store.find(Person, id_no=record.id_no)
        for one in same:
            if one.uid not in snapshot.persons and one.uid != record.uid and not one.retired_on:
                snapshot = snapshot.with_record(one)
        return snapshot

    def _is_aside(self, record: Record, snapshot: Snapshot) -> bool:
        """Tell whether a record does not travel: a person whom nothing in the return names."""
        if not isinstance(record, Person) or record.uid in snapshot.persons:
            return False
        return not (self.is_large and drafting.is_listed(self.store, record.uid, snapshot.period))

    def near(self, record: Record, period: Period) -> Snapshot:
        """Return what the rules of one record look at: what it refers to, and for a person who refers to them."""
        rows = drafting.rows_near(self.store, record, period)
        before = accepted_rows(self.store)
        return Snapshot(rows, clock.today(), period, parameters=parameters(self.store), before=before)

    def snapshot(self, period: Period, forms: Sequence[str]) -> Snapshot:
        """Return what the checks look at; kept until the book changes, since a form asks after every keystroke."""
        return in_one_go(self._snapshot_breathing(period, forms))

    def _snapshot_breathing(self, period: Period, forms: Sequence[str]) -> Breaths[Snapshot]:
        state = self._state(period, forms)
        if self._seen is not None and self._seen[0] == state:
            return self._seen[1]
        yield from self.let_go()
        rows = yield from drafting.rows_breathing(self.store, period, forms)
        before = accepted_rows(self.store)
        elsewhere = drafting.duties_elsewhere(self.store, rows.get(Inspection.key, ()), period)
        known = parameters(self.store)
        fresh = Snapshot(rows, clock.today(), period, parameters=known, before=before, elsewhere=elsewhere)
        if self._state(period, forms) == state:
            self._seen = (state, fresh)
        return fresh

    def let_go(self) -> Breaths[None]:
        """Forget what was looked at last, with pauses: so many records at once would be felt."""
        if self._seen is not None:
            held = [one for records in self._seen[1].rows.values() for one in records]
            self._seen = None
            yield from let_go(held)

    def _state(self, period: Period, forms: Sequence[str]) -> object:
        return self.store.audit_head(), period, tuple(forms), clock.today()

    def explain(self, found: Problem, text: str, by: str = "") -> None:
        """Keep why a warning may stand; an empty text takes the explanation back. Errors cannot be explained."""
        self.explain_many([found], text, by)

    def explain_many(self, found: Sequence[Problem], text: str, by: str = "") -> None:
        """Keep one explanation for several warnings as one step."""
        if any(one.severity is Severity.ERROR for one in found):
            raise WrongUse("CHECK-NOT-EXPLAINABLE")
        known = self._explanations()
        each = {_key(one): one for one in found}
        label = "写明原因" if text else "收回原因"
        with self.store.change(f"{label} {len(each)} 条" if len(each) > 1 else label) as change:
            for key, one in each.items():
                old = known.get(key)
                if text:
                    fresh = {"text": text, "by": by, "at": clock.stamp()}
                    change.save((old or _explanation_of(one)).changed(**fresh))
                elif old:
                    change.remove(old)

    def explained(self, found: Iterable[Problem]) -> list[tuple[Problem, Explanation | None]]:
        """Pair every problem with its explanation."""
        known = self._explanations()
        return [(one, known.get(_key(one))) for one in found]

    def counts(self, found: Sequence[Problem]) -> Counts:
        """Count findings by severity, and how many warnings are explained."""
        return Counts(
            errors=count(found, Severity.ERROR),
            warnings=count(found, Severity.WARNING),
            notices=count(found, Severity.NOTICE),
            explained=sum(1 for one, why in self.explained(found) if why and one.severity is Severity.WARNING),
        )

    def _explanations(self) -> dict[tuple[str, str, str, str], Explanation]:
        return {(one.register, one.record, one.field, one.code): one for one in self.store.all(Explanation)}

    def _unopened(self, period: Period, forms: Sequence[str]) -> list[Problem]:
        """A list that was not opened holds nothing yet: that is no nil answer while last year's items are looked after."""
        waiting = left_behind(self.store, period.year) if MaintenanceDuty.key in forms else 0
        if not waiting:
            return []
        where = Where(register=DutyList.key, title=f"{period.year}年度")
        return [problem("C-LIST-UNOPENED", where, year=period.year, before=period.year - 1, number=waiting)]

    def _parked(self, forms: Sequence[str]) -> list[Problem]:
        """Rows of imported sheets that still wait outside are named once per register."""
        waiting = [one.register for one in self.store.all(ParkedRow)]
        return [
            problem(
                "C-PARKED",
                Where(register=form, title=REGISTERS[form].title),
                title=REGISTERS[form].title,
                number=waiting.count(form),
            )
            for form in forms
            if form in waiting
        ]


def parameters(store: Store) -> Parameters:
    """Return the thresholds the district set for this book, ours where it set none."""
    chosen = OfficeDesk(store).setting("parameters", {})
    return Parameters.chosen(cast("dict[str, Any]", chosen) if isinstance(chosen, dict) else {})


def accepted_rows(store: Store) -> dict[str, dict[str, Any]]:
    """Return the rows of the last accepted return by uid, as they travelled."""
    return {row["uid"]: row for rows in drafting.accepted_registers(store).values() for row in rows}


def _key(one: Problem) -> tuple[str, str, str, str]:
    return one.where.register, one.where.uid, one.where.field, one.code


def _explanation_of(one: Problem) -> Explanation:
    register, uid, field, code = _key(one)
    return Explanation(register=register, record=uid, field=field, code=code)


def _period_of(record: Record) -> Period:
    """The period in whose return a record stands, so that what it refers to is in view."""
    today = clock.today()
    if isinstance(record, MaintenanceDuty | DutyList) and record.year and record.year != today.year:
        return Period(str(record.year))
    day: date = today
    if isinstance(record, Inspection) and record.at:
        day = earliest(record.at[:10])
    elif isinstance(record, Training | Activity) and record.from_on:
        day = earliest(record.from_on)
    return Period.containing(day)
