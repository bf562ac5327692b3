"""From the registers to a payload: which rows a return holds, what changed, and where it stands in the chain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import chain
from typing import Any, TypeVar

from xmdesk import clock
from xmdesk.jobs import Breaths, in_one_go, parted
from xmdesk.periods import Period
from xmdesk.ports import Condition, Op, Store
from xmdesk.records.base import Kept, Record, fields_of
from xmdesk.records.doings import Activity, Training
from xmdesk.records.duty import DutyList, Inspection, MaintenanceDuty
from xmdesk.records.kinds import Reference, References, SubTable
from xmdesk.records.office import Office
from xmdesk.records.people import Person
from xmdesk.records.registers import FORMS, REGISTERS
from xmdesk.records.submission import (
    CollectionTask,
    Direction,
    Explanation,
    NilAnswer,
    Submission,
    SubmissionState,
)
from xmdesk.records.values.dates import earliest
from xmdesk.sealed.agreement import reference_fields
from xmdesk.sealed.canonical import parse_canonical
from xmdesk.sealed.payload import Chain, Changes, row_of
from xmdesk.sealed.upgrades import upgraded
from xmdesk.services.items_of_years import at_row, same_items
from xmdesk.services.offices import OfficeDesk
from xmdesk.services.slip_answers import without_other_answers

K = TypeVar("K", bound=Kept)
READ_AT_ONCE = 200
REPORTED_WITHIN = 30
"""So many days after the end of a quarter its return may still be made where no task says a day."""
_ANSWERED = frozenset(
    {SubmissionState.SEALED, SubmissionState.SENT, SubmissionState.ACCEPTED, SubmissionState.RECEIVED}
)


@dataclass(frozen=True)
class Approval:
    """Who stands for the return: prepared, reviewed, signed off (in the program, before sealing), and when."""

    prepared_by: str = ""
    reviewed_by: str = ""
    signed_off_by: str = ""
    phone: str = ""
    at: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the JSON object."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Draft:
    """A return as it stands now: rows chosen, nil answers, not yet checked."""

    period: Period
    forms: tuple[str, ...]
    rows: dict[str, list[Record]]
    nil: dict[str, bool]

    @cached_property
    def registers(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows as they would travel, made once."""
        return payload_rows(self.rows)


def draft_of(store: Store, period: Period) -> Draft:
    """Return what the return of a period would hold now."""
    forms = forms_asked(store, period)
    return Draft(period, forms, rows_of(store, period, forms), nil_answers(store, period))


def told_of(store: Store, draft: Draft) -> dict[str, Any]:
    """Return all that a draft would say: rows, nil answers, explanations; not who stands for it, nor when."""
    return {
        "registers": draft.registers,
        "nil": {form: not draft.rows[form] and bool(draft.nil.get(form)) for form in draft.forms},
        "explanations": explanations_of(store, draft.rows, draft.period),
    }


def task_for(store: Store, period: Period) -> CollectionTask | None:
    """Return the newest collection task taken in for a period."""
    found = store.find(CollectionTask, direction=Direction.RECEIVED, period=period.text)
    return max(found, key=lambda one: (one.issued_at, one.uid), default=None)


def known_periods(store: Store) -> set[Period]:
    """Return every period that a task asks for or that was reported."""
    asked = store.find(CollectionTask, direction=Direction.RECEIVED)
    return {Period(one.period) for one in (*asked, *own_submissions(store))}


def awaited_periods(store: Store) -> list[Period]:
    """Return the periods whose task has no standing answer yet, the most urgent first."""
    newest = {one.period: one.state for one in own_submissions(store)}
    asked = {one.period for one in store.find(CollectionTask, direction=Direction.RECEIVED)}
    waiting = [Period(one) for one in asked if newest.get(one) not in _ANSWERED]
    due = {one: getattr(task_for(store, one), "due_on", None) for one in waiting}
    return sorted(waiting, key=lambda one: (due[one] or one.last, one.text))


def next_period(store: Store, day: date) -> Period:
    """Return the period whose return is due next: the most urgent one asked for, else the quarter of a day.

    In the month after its end a quarter that was not reported is still due: what happened in it is known only then. An office
    that never reported begins with the present one.
    """
    awaited = next(iter(awaited_periods(store)), None)
    if awaited is not None:
        return awaited
    present = Period.containing(day)
    over = Period.containing(present.first - timedelta(days=1))
    is_late = day > present.first + timedelta(days=REPORTED_WITHIN)
    newest = {} if is_late else {one.period: one.state for one in own_submissions(store)}
    return over if newest and newest.get(over.text) not in _ANSWERED else present


def forms_asked(store: Store, period: Period) -> tuple[str, ...]:
    """Return the forms a return must answer: those of the task, else all."""
    task = task_for(store, period)
    return tuple(form for form in FORMS if form in task.forms) if task and task.forms else FORMS


def in_return(record: Kept, period: Period) -> bool:
    """Tell whether a record belongs into the return of a period.

    Standing registers: everything not retired. Duty list: the list of the year. Inspections: of the period.
    Trainings and activities: of the calendar year up to the cut-off (A1-14 counts by calendar year).
    """
    if record.retired_on and earliest(record.retired_on) <= period.last:
        return False
    if isinstance(record, MaintenanceDuty):
        return record.year in (period.year, None)
    if isinstance(record, Inspection):
        return not record.at or period.first <= earliest(record.at[:10]) <= period.last
    if isinstance(record, Training | Activity):
        return not record.from_on or earliest(record.from_on).year == period.year
    return True


def rows_of(store: Store, period: Period, forms: Sequence[str]) -> dict[str, list[Record]]:
    """Return the records of a return by register: asked forms, the persons they name, the office, the duty list."""
    return in_one_go(rows_breathing(store, period, forms))


def rows_breathing(store: Store, period: Period, forms: Sequence[str]) -> Breaths[dict[str, list[Record]]]:
    """As :func:`rows_of`, with a pause every few hundred records."""
    chosen: dict[str, list[Record]] = {}
    for form in forms:
        record = REGISTERS[form].record
        found = yield from read_breathing(store, record, store.uids(record))
        chosen[form] = []
        for part in parted(found):
            chosen[form] += [one for one in part if in_return(one, period)]
            yield
    _put_looks_right(store, chosen, period)
    offices: list[Record] = list(store.all(Office))
    named: set[str] = set()
    for records in (*chosen.values(), offices):
        for part in parted(records):
            named.update(uid for one in part for uid in _persons_named(one))
            yield
    everyone = yield from read_breathing(store, Person, sorted(named))
    return {
        "office": offices,
        **chosen,
        "persons": list(everyone),
        "duty_lists": [one for one in store.all(DutyList) if one.year == period.year],
    }


def _put_looks_right(store: Store, chosen: dict[str, list[Record]], period: Period) -> None:
    """Let looks that name the row of another year's list name that of this one, as books of older programs hold them."""
    strays = duties_elsewhere(store, chosen.get(Inspection.key, ()), period)
    rows = same_items(store, strays, period.year) if strays else {}
    if rows:
        chosen[Inspection.key] = [at_row(one, rows) for one in chosen[Inspection.key]]


def duties_elsewhere(store: Store, looks: Sequence[Record], period: Period) -> dict[str, int]:
    """Return the items of other years' lists that are named in these looks, with the year (by uid)."""
    named = sorted({one.duty for one in looks if isinstance(one, Inspection) and one.duty})
    return {one.uid: one.year for one in store.many(MaintenanceDuty, named) if one.year not in (period.year, None)}


def read_breathing(store: Store, record: type[K], uids: Sequence[str]) -> Breaths[list[K]]:
    """Return the records for these uids, with a pause every few hundred."""
    found: list[K] = []
    for start in range(0, len(uids), READ_AT_ONCE):
        found += store.many(record, uids[start : start + READ_AT_ONCE])
        yield
    return found


def rows_near(store: Store, record: Record, period: Period) -> dict[str, list[Record]]:
    """Return the few rows that the rules of one record look at, by register as in :func:`rows_of`."""
    named: dict[str, set[str]] = {form: set() for form in (*FORMS, "persons")}
    for name, spec in fields_of(type(record)).items():
        value = getattr(record, name)
        if isinstance(spec.kind, Reference | References) and spec.kind.to in named:
            named[spec.kind.to].update([value] if isinstance(value, str) else value)
    near: dict[str, list[Record]] = {
        form: [one for one in store.many(REGISTERS[form].record, sorted(named[form])) if in_return(one, period)]
        for form in FORMS
    }
    if isinstance(record, Person):
        for register, field in _naming_persons():
            naming = store.find(REGISTERS[register].record, **{field: record.uid})
            known = {one.uid for one in near[register]}
            near[register].extend(one for one in naming if one.uid not in known and in_return(one, period))
    offices: list[Record] = list(store.all(Office))
    people = named["persons"].union(_persons_named(record))
    if any(record.uid in _persons_named(one) for one in chain(offices, *near.values())):
        people.add(record.uid)
    return {
        "office": offices,
        **near,
        "persons": list(store.many(Person, sorted(people))),
        "duty_lists": [one for one in store.all(DutyList) if one.year == period.year],
    }


def is_listed(store: Store, person: str, period: Period) -> bool:
    """Tell whether a list inside a record of the return (参训人员) names a person; reads no more than the lists."""
    for form in FORMS:
        record = REGISTERS[form].record
        for name, to, inner in reference_fields(record):
            if inner and to == Person.key:
                naming = store.where(record, [Condition(name, Op.CONTAINS, person)])
                if any(in_return(one, period) for one in store.many(record, naming)):
                    return True
    return False


def _naming_persons() -> Iterator[tuple[str, str]]:
    """Register and field of every reference to a person."""
    for form in FORMS:
        for name, spec in fields_of(REGISTERS[form].record).items():
            if isinstance(spec.kind, Reference) and spec.kind.to == "persons":
                yield form, name


def _persons_named(record: Record) -> Iterable[str]:
    kind: Any = type(record)
    persons, tables = _person_fields(kind)
    for name in persons:
        if value := getattr(record, name):
            yield value
    for name in tables:
        yield from (line["person"] for line in getattr(record, name) if line.get("person"))


@cache
def _person_fields(record: Any) -> tuple[list[str], list[str]]:
    """The fields that name a person, and those with lines that may."""
    kinds = {name: spec.kind for name, spec in fields_of(record).items()}
    persons = [name for name, kind in kinds.items() if isinstance(kind, Reference) and kind.to == "persons"]
    return persons, [name for name, kind in kinds.items() if isinstance(kind, SubTable)]


def nil_answers(store: Store, period: Period) -> dict[str, bool]:
    """Return the nil answers given for a period, by form."""
    return {one.form: one.is_nil for one in store.find(NilAnswer, period=period.text)}


def explanations_of(store: Store, rows: dict[str, list[Record]], period: Period) -> list[dict[str, str]]:
    """Return the explanations that concern rows of this return, in stable order."""
    present = {one.uid for records in rows.values() for one in records} | {""}
    chosen = [one for one in without_other_answers(store, store.all(Explanation), period) if one.record in present]
    return [
        {
            "register": one.register,
            "uid": one.record,
            "field": one.field,
            "code": one.code,
            "text": one.text,
            "by": one.by,
            "at": one.at,
        }
        for one in sorted(chosen, key=lambda one: (one.register, one.record, one.field, one.code))
    ]


def own_submissions(store: Store) -> list[Submission]:
    """Return this office's sealed submissions in order of sequence; of two at one place the one that stands comes last."""
    found = store.find(Submission, direction=Direction.OWN)
    return sorted((one for one in found if one.payload_sha256), key=place_of)


def place_of(one: Submission) -> tuple[int, int, bool]:
    """Return what submissions are put in order by."""
    return one.sequence, one.version, one.state is not SubmissionState.REPLACED


def put_out_of_force(store: Store, one: Submission) -> list[Submission]:
    """Return the version before one that left the computer, as it is then; an accepted one counts until the answer.

    Sealing has done so already; a version that came back from its file was only noted.
    """
    found = store.find(Submission, direction=Direction.OWN, payload_sha256=one.replaces) if one.replaces else []
    standing = [older for older in found if older.state not in (SubmissionState.ACCEPTED, SubmissionState.REPLACED)]
    return [older.changed(state=SubmissionState.REPLACED) for older in standing]


def chain_for(store: Store, period: Period) -> Chain:
    """Return the place of the next submission: version within the period, sequence and hash of the one before."""
    before = own_submissions(store)
    same = [one for one in before if one.period == period.text]
    newest = max(same, key=lambda one: (one.version, place_of(one)), default=None)
    return Chain(
        version=newest.version + 1 if newest else 1,
        replaces=newest.payload_sha256 if newest else "",
        sequence=before[-1].sequence + 1 if before else 1,
        previous_sha256=before[-1].payload_sha256 if before else "",
        audit_head=store.audit_head()[1],
    )


def last_accepted(store: Store) -> Submission | None:
    """Return the newest submission the district accepted."""
    accepted = [one for one in own_submissions(store) if one.state is SubmissionState.ACCEPTED]
    return accepted[-1] if accepted else None


def accepted_registers(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return the register rows of the newest accepted submission in today's schema; none before the first."""
    accepted = last_accepted(store)
    return upgraded(parse_canonical(store.blob(accepted.payload_sha256)))["registers"] if accepted else {}


def changes_between(old: dict[str, list[dict[str, Any]]], new: dict[str, list[dict[str, Any]]]) -> Changes:
    """Compare two sets of register rows by uid; fields that differ are named."""
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    removed: list[dict[str, Any]] = []
    unchanged = 0
    for register in sorted(set(old) | set(new)):
        before = {row["uid"]: row for row in old.get(register, [])}
        after = {row["uid"]: row for row in new.get(register, [])}
        for uid, row in after.items():
            if uid not in before:
                added.append({"register": register, "uid": uid})
                continue
            fields = sorted(name for name in row if row[name] != before[uid].get(name))
            if fields:
                changed.append({"register": register, "uid": uid, "fields": fields})
            else:
                unchanged += 1
        removed += [
            {"register": register, "uid": uid, "title": _title(before[uid])} for uid in before if uid not in after
        ]
    return Changes(added, changed, removed, unchanged)


def _title(row: dict[str, Any]) -> str:
    return str(row.get("name") or row.get("subject") or row.get("theme") or "")


def payload_rows(rows: dict[str, list[Record]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows as they travel; a reference to something that stays at home is left out."""
    uids = {register: {one.uid for one in records} for register, records in rows.items()}
    return {register: [_self_contained(one, uids) for one in records] for register, records in rows.items()}


def _self_contained(record: Record, uids: Mapping[str, set[str]]) -> dict[str, Any]:
    row = row_of(record)
    for name, to, inner in reference_fields(type(record)):
        known, value = uids.get(to, set[str]()), row[name]
        if inner:
            row[name] = [line if line[inner] in known else {**line, inner: ""} for line in value]
        elif isinstance(value, str):
            row[name] = value if value in known else ""
        else:
            row[name] = [one for one in value if one in known]
    return row


def head_marks(office: OfficeDesk) -> dict[str, str]:
    """Return what is printed at the head of every form: its number, who made and approved it, until when."""
    marks = office.setting("form_marks", {})
    return {name: str(marks.get(name, "")) for name in ("form_no", "maker", "approval_no", "valid_until")}


def cut_off(period: Period) -> str:
    """Return the day the data stand for: the end of the period, or today when it is still running (ISO)."""
    return min(period.last, clock.today()).isoformat()
