"""Checking over a real book: the ledgers villages keep today, explanations, and records as they stand in their form."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from db.store import SqlStore, open_memory
from tests.xmdesk.checks.samples import ACTIVITY, DUTY, HALL, LIST, MAN, OFFICE, TRAINING, TROUBLE, WOMAN, codes
from xmdesk.errors import WrongUse
from xmdesk.periods import Period
from xmdesk.problems import Problem, Severity
from xmdesk.records.base import Record
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.records.registers import FORMS
from xmdesk.records.submission import CollectionTask, Direction, Explanation, Submission, SubmissionState
from xmdesk.sealed.canonical import canonical
from xmdesk.services import checking as checking_module
from xmdesk.services.checking import Checking, Counts, accepted_rows
from xmdesk.services.importing import Importing
from xmdesk.services.offices import OfficeDesk

LEDGERS = Path(__file__).parents[2] / "data" / "ledgers"
QUARTER = Period("2026Q4")

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def store() -> Iterator[SqlStore]:
    made = open_memory()
    yield made
    made.close()


@pytest.fixture
def checking(store: SqlStore) -> Checking:
    keep(store, OFFICE, WOMAN, HALL)
    return Checking(store)


def keep(store: SqlStore, *records: Record) -> None:
    with store.change("登记") as change:
        for one in records:
            change.save(one)


def test_in_a_large_book_a_record_is_checked_beside_its_neighbours(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, OFFICE, WOMAN, MAN, HALL, DUTY, LIST, TRAINING, ACTIVITY, TROUBLE)
    records = [WOMAN, MAN.changed(mobile=""), HALL.changed(name=""), DUTY, LIST, TRAINING, ACTIVITY, TROUBLE, OFFICE]
    small = [Checking(store).of_record(one) for one in records]
    monkeypatch.setattr(checking_module, "LARGE", -1)
    large = Checking(store)
    twin = HALL.changed(uid="new", name="另一处")

    assert [large.of_record(one) for one in records] == small
    assert any(small)
    assert codes(large.of_record(twin)) == set()


def test_last_years_ledgers_can_be_sealed_after_import(store: SqlStore) -> None:
    keep(store, OFFICE, WOMAN)
    importing = Importing(store)
    for name, register in (
        ("设施台账", "facilities"),
        ("管护责任清单", "duties"),
        ("灾害信息员和避灾点", "disaster_officers"),
        ("灾害信息员和避灾点", "shelters"),
        ("法律明白人花名册", "legal_helpers"),
    ):
        importing.write(importing.preview(LEDGERS / f"{name}.xlsx", register))
    checking = Checking(store)
    found = checking.all(QUARTER)
    counted = checking.counts(found)

    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert (counted.errors, counted.explained) == (0, 0)
    assert counted.warnings > 10
    assert {one.where.register for one in found if one.code == "C-PARKED"} == {"duties"}


def test_only_the_forms_of_the_task_are_checked(store: SqlStore, checking: Checking) -> None:
    task = CollectionTask(direction=Direction.RECEIVED, period="2026Q4", forms=["inspections"])
    keep(store, task, ParkedRow(register="duties", row_no=3))

    assert checking.all(QUARTER) == []
    assert "C-PARKED" in {one.code for one in checking.all(Period("2026Q3"))}


WRONG = {
    "sex": (MAN.changed(sex="2"), "C-PERSON-SEX"),
    "birth": (MAN.changed(born_on="1980-02-01"), "C-PERSON-BIRTH"),
    "document": (MAN.changed(id_no="E12345670"), "V-ID-OTHER-DOCUMENT"),
}


@pytest.mark.parametrize(("person", "code"), WRONG.values(), ids=WRONG)
def test_a_person_in_no_post_who_contradicts_the_number_is_told_and_blocks_nothing(
    store: SqlStore, checking: Checking, person: Person, code: str
) -> None:
    assert "m" not in checking.snapshot(QUARTER, FORMS).persons
    keep(store, person)

    for found in (checking.all(QUARTER), checking.of_record(person)):
        told = [(one.code, one.severity, one.where.register) for one in found if one.where.uid == "m"]
        assert told == [(code, Severity.WARNING, "persons")]


@pytest.mark.parametrize("person", [one for one, _ in WRONG.values()], ids=WRONG)
def test_a_person_in_no_post_is_told_of_alike_in_the_form_and_the_list_of_a_large_book(
    store: SqlStore, checking: Checking, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    monkeypatch.setattr(checking_module, "LARGE", -1)
    keep(store, person, HALL.changed(uid="old", contact=person.uid, retired_on="2025-12-31"))
    large = Checking(store)
    listed = [one for one in large.all(QUARTER) if one.where.uid == person.uid]

    assert large.is_large
    assert large.of_record(person) == listed
    assert [one.severity for one in listed] == [Severity.WARNING]


NAMING: dict[str, Record] = {
    "a facility": HALL.changed(uid="n", name="另一处", facility_no="", contact="m"),
    "the office": OFFICE.changed(director="m"),
    "a list inside a training": TRAINING.changed(uid="n", attendees=[{"person": "m", "result": "合格"}]),
}


@pytest.mark.parametrize("naming", NAMING.values(), ids=NAMING)
def test_a_person_whom_the_return_names_blocks_in_the_form_of_a_large_book_too(
    store: SqlStore, checking: Checking, monkeypatch: pytest.MonkeyPatch, naming: Record
) -> None:
    wrong = MAN.changed(sex="2")
    keep(store, wrong, naming)
    monkeypatch.setattr(checking_module, "LARGE", -1)
    large = Checking(store)

    for found in (large.all(QUARTER), large.of_record(wrong)):
        told = [(one.code, one.severity) for one in found if one.where.uid == "m" and one.where.field == "sex"]
        assert told == [("C-PERSON-SEX", Severity.ERROR)]


TWINS: dict[str, tuple[Record, ...]] = {
    "nobody names them": (),
    "the return names one": (HALL.changed(contact=WOMAN.uid),),
    "the return names both": (HALL.changed(contact=WOMAN.uid), OFFICE.changed(director="twin")),
}


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("name", ["林阿花", WOMAN.name], ids=["another name", "the same name"])
@pytest.mark.parametrize("naming", TWINS.values(), ids=TWINS)
def test_two_persons_with_one_number_are_both_named_once(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, naming: tuple[Record, ...], name: str, large: bool
) -> None:
    twin = WOMAN.changed(uid="twin", name=name)
    keep(store, OFFICE, WOMAN, twin, MAN, *naming)
    if large:
        monkeypatch.setattr(checking_module, "LARGE", -1)
    checking = Checking(store)
    code = "C-PERSON-TWICE" if name == WOMAN.name else "C-PERSON-SAME-ID"

    def twice(found: list[Problem]) -> list[str]:
        return sorted(one.where.uid for one in found if one.code == code and one.where.field == "id_no")

    assert twice(checking.all(QUARTER)) == sorted([WOMAN.uid, "twin"])
    assert [twice(checking.of_record(one)) for one in (WOMAN, twin, MAN)] == [[WOMAN.uid], ["twin"], []]


def test_a_number_may_stand_again_where_the_other_was_retired(store: SqlStore, checking: Checking) -> None:
    keep(store, WOMAN.changed(uid="twin", retired_on="2026-01-01"))

    assert not {one.code for one in checking.all(QUARTER)} & {"C-PERSON-TWICE", "C-PERSON-SAME-ID"}
    assert not {one.code for one in checking.of_record(WOMAN)} & {"C-PERSON-TWICE", "C-PERSON-SAME-ID"}


def test_a_training_of_another_year_puts_nobody_into_the_return(
    store: SqlStore, checking: Checking, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = MAN.changed(sex="2")
    keep(store, wrong, TRAINING.changed(uid="n", from_on="2025-03", attendees=[{"person": "m", "result": "合格"}]))
    monkeypatch.setattr(checking_module, "LARGE", -1)

    assert [one.severity for one in Checking(store).of_record(wrong)] == [Severity.WARNING]


def test_a_person_in_a_post_who_contradicts_the_number_blocks(store: SqlStore, checking: Checking) -> None:
    keep(store, WOMAN.changed(sex="1"), HALL.changed(contact=WOMAN.uid))

    told = [(one.code, one.severity) for one in checking.all(QUARTER) if one.where.uid == WOMAN.uid]

    assert told == [("C-PERSON-SEX", Severity.ERROR)]


def test_a_person_in_no_post_who_has_left_the_register_is_not_told_of(store: SqlStore, checking: Checking) -> None:
    before = checking.all(QUARTER)
    keep(store, MAN.changed(sex="2", retired_on="2026-01-01"))

    assert checking.all(QUARTER) == before


def test_a_record_is_checked_as_it_stands_in_its_form(checking: Checking) -> None:
    assert checking.of_record(HALL) == []
    assert codes(checking.of_record(HALL.changed(name="", ended_on="2017"))) == {
        ("C-EMPTY", "name"),
        ("C-ORDER", "ended_on"),
        ("C-FACILITY-ENDED", "condition"),
    }
    assert codes(checking.of_record(HALL.changed(uid="new", name="另一处"))) == {("C-TWICE", "facility_no")}


def test_a_saved_change_is_seen_by_the_next_check(store: SqlStore, checking: Checking) -> None:
    before = checking.of_record(HALL)
    keep(store, HALL.changed(uid="same"))

    assert before == []
    assert {one.code for one in checking.of_record(HALL)} == {"C-TWICE", "C-SAME"}


@pytest.mark.parametrize(
    ("record", "around"),
    [
        (DUTY.changed(year=2024, confirmed_on=date(2024, 1, 5)), [WOMAN]),
        (LIST.changed(year=2024), []),
        (TROUBLE.changed(at="2026-03-02", due_on=date(2026, 3, 9)), [DUTY]),
        (TRAINING.changed(from_on="2025-04"), []),
        (ACTIVITY.changed(from_on="2024", to_on=""), []),
        (DUTY, []),
    ],
    ids=["a duty of 2024", "a list of 2024", "a spring inspection", "a training", "an activity", "a duty of this year"],
)
def test_a_record_of_another_time_is_checked_in_its_own_period(
    store: SqlStore, checking: Checking, record: Record, around: list[Record]
) -> None:
    keep(store, *around, record)

    assert checking.of_record(record) == []


def test_an_explanation_stays_with_its_warning_and_can_be_taken_back(store: SqlStore, checking: Checking) -> None:
    warning = checking.of_record(HALL.changed(has_sign=False))[0]
    checking.explain(warning, "标识正在制作", "林阿土")
    checking.explain(warning, "标识已送制作", "林阿土")
    kept = checking.explained([warning])[0][1]

    assert kept is not None
    assert kept.changed(uid="").model_dump() == {
        "uid": "",
        "register": "facilities",
        "record": HALL.uid,
        "field": "has_sign",
        "code": "C-FACILITY-SIGN",
        "text": "标识已送制作",
        "by": "林阿土",
        "at": "2026-11-23T04:00:00Z",
    }
    assert checking.counts([warning]) == Counts(errors=0, warnings=1, notices=0, explained=1)

    checking.explain(warning, "")
    checking.explain(warning, "")

    assert store.count(Explanation) == 0
    assert checking.explained([warning]) == [(warning, None)]


def test_several_warnings_are_explained_in_one_step(store: SqlStore, checking: Checking) -> None:
    found = [one for one in checking.all(QUARTER) if one.severity is Severity.WARNING]
    step = store.steps(limit=1)[0].number
    checking.explain_many(found, "撤并中", "林阿土")

    assert store.steps(limit=1)[0].number == step + 1
    assert store.steps(limit=1)[0].label == f"写明原因 {len(found)} 条"
    assert store.count(Explanation) == len(found) > 3
    assert checking.counts(checking.all(QUARTER)).explained == len(found)


def test_a_warning_given_twice_is_explained_once(store: SqlStore, checking: Checking) -> None:
    warning = next(one for one in checking.all(QUARTER) if one.severity is Severity.WARNING)

    checking.explain_many([warning, warning], "标识已送制作")

    assert store.count(Explanation) == 1
    assert store.steps(limit=1)[0].label == "写明原因"


def test_an_error_cannot_be_explained_away(store: SqlStore, checking: Checking) -> None:
    error = checking.of_record(HALL.changed(name=""))[0]

    with pytest.raises(WrongUse) as refused:
        checking.explain(error, "没有名称")

    assert refused.value.code == "CHECK-NOT-EXPLAINABLE"
    assert store.count(Explanation) == 0


def test_the_districts_thresholds_hold_for_the_book(store: SqlStore, checking: Checking) -> None:
    OfficeDesk(store).set_setting("parameters", {"helpers_wanted": 0})
    without = {one.code for one in checking.all(QUARTER)}
    OfficeDesk(store).set_setting("parameters", "damaged")
    ours = {one.code for one in checking.all(QUARTER)}

    assert ours - without == {"C-TARGET-HELPERS"}


def test_amounts_are_compared_with_the_last_accepted_return(store: SqlStore, checking: Checking) -> None:
    row = {"uid": HALL.uid, "floor_area": "60000000"}
    with store.change("已通过的上报") as change:
        digest = change.keep_blob(canonical({"schema": 1, "registers": {"facilities": [row]}}))
        change.save(Submission(payload_sha256=digest, state=SubmissionState.ACCEPTED, period="2026Q3", sequence=1))

    assert accepted_rows(store) == {HALL.uid: row}
    assert codes(checking.of_record(HALL)) == {("C-JUMP", "floor_area")}


def test_full_numbers_never_stand_in_a_finding(store: SqlStore, checking: Checking, clock: datetime) -> None:
    wrong = MAN.changed(id_no="360426199101010072", mobile="138000081171", other_phone="0592701234567890")
    keep(store, wrong, HALL.changed(contact="m", floor_area=Decimal(-5)))
    said = "".join(str(one.as_json()) for one in (*checking.of_record(wrong), *checking.all(QUARTER)))

    assert "C-NEGATIVE" in said
    assert "V-ID-CHECK" in said
    assert not any(number in said for number in ("36042619910101", "13800008117", "059270123456"))
