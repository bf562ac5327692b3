from datetime import date
from typing import Any

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import QUARTER, duty, hall, saved, woman
from xmdesk.periods import Period
from xmdesk.records.base import Kept, Record
from xmdesk.records.doings import Training
from xmdesk.records.duty import Inspection
from xmdesk.records.people import Person
from xmdesk.records.registers import FORMS
from xmdesk.records.submission import CollectionTask, Direction, Explanation, Submission, SubmissionState
from xmdesk.services import drafting
from xmdesk.services.registers import Registers


def keep(store: SqlStore, *records: Record) -> None:
    with store.change("登记") as change:
        for one in records:
            change.save(one)


@pytest.mark.parametrize(
    ("record", "belongs"),
    [
        (hall(), True),
        (hall(retired_on="2026-12-31"), False),
        (hall(retired_on="2027"), True),
        (duty(year=2026), True),
        (duty(year=None), True),
        (duty(year=2025), False),
        (Inspection(at="2026-10-01T08:00"), True),
        (Inspection(at="2026-09-30T23:59"), False),
        (Inspection(at=""), True),
        (Training(from_on="2026-01"), True),
        (Training(from_on="2025-12-31"), False),
        (Training(from_on=""), True),
    ],
)
def test_which_records_belong_to_the_return_of_a_quarter(record: Kept, belongs: bool) -> None:
    assert drafting.in_return(record, QUARTER) is belongs


def test_the_persons_of_a_return_are_those_its_rows_name(store: SqlStore) -> None:
    contact, trained, stranger = woman(), woman(name="陈水木", id_no=""), woman(name="路人", id_no="")
    keep(store, contact, trained, stranger, hall(contact))
    keep(store, Training(from_on="2026-11", attendees=[{"person": trained.uid, "result": None}]))
    rows = drafting.rows_of(store, QUARTER, FORMS)
    assert {one.title() for one in rows["persons"]} == {"林阿土", "陈水木"}


def test_only_the_forms_of_the_newest_task_are_asked_for(store: SqlStore) -> None:
    assert drafting.forms_asked(store, QUARTER) == FORMS
    for issued, forms in (("2026-11-01T00:00:00Z", ["shelters"]), ("2026-11-02T00:00:00Z", ["trainings", "duties"])):
        keep(store, CollectionTask(direction=Direction.RECEIVED, period="2026Q4", forms=forms, issued_at=issued))
    assert drafting.forms_asked(store, QUARTER) == ("duties", "trainings")
    assert drafting.forms_asked(store, Period("2026Q3")) == FORMS


def test_what_stays_at_home_is_not_referred_to(store: SqlStore) -> None:
    old, building = duty(year=2025), hall(retired_on="2020")
    room = hall(parent=building.uid, duties=[old.uid])
    training = Training(from_on="2026", attendees=[{"person": "gone", "result": "合格"}])
    rows: dict[str, list[Record]] = {"facilities": [room], "duties": [], "trainings": [training], "persons": []}
    sent = drafting.payload_rows(rows)
    assert (sent["facilities"][0]["parent"], sent["facilities"][0]["duties"]) == ("", [])
    assert sent["trainings"][0]["attendees"] == [{"person": "", "result": "合格"}]


def test_references_inside_a_return_are_kept(store: SqlStore) -> None:
    person, building = woman(), hall()
    rows: dict[str, list[Record]] = {
        "facilities": [building, hall(person, parent=building.uid)],
        "persons": [person],
    }
    room = drafting.payload_rows(rows)["facilities"][1]
    assert (room["parent"], room["contact"]) == (building.uid, person.uid)


def row(uid: str, **values: Any) -> dict[str, Any]:
    return {"uid": uid, "name": f"设施{uid}", **values}


def test_changes_name_what_was_added_changed_and_removed() -> None:
    old = {"facilities": [row("a", area="1"), row("b", area="1"), row("c", area="1")]}
    new = {"facilities": [row("a", area="1"), row("b", area="2"), row("d", area="1")]}
    found = drafting.changes_between(old, new)
    assert found.added == [{"register": "facilities", "uid": "d"}]
    assert found.changed == [{"register": "facilities", "uid": "b", "fields": ["area"]}]
    assert found.removed == [{"register": "facilities", "uid": "c", "title": "设施c"}]
    assert found.unchanged == 1


def test_a_register_that_is_new_in_the_return_is_all_added() -> None:
    assert drafting.changes_between({}, {"duties": [row("a")]}).added == [{"register": "duties", "uid": "a"}]


def sealed(sequence: int, **values: Any) -> Submission:
    plain = {"period": "2026Q4", "payload_sha256": f"{sequence:064x}", "sequence": sequence, "version": 1}
    return Submission.model_validate(plain | values)


def test_the_chain_goes_on_over_periods_and_the_version_within_one(store: SqlStore) -> None:
    assert drafting.chain_for(store, QUARTER).sequence == 1
    keep(store, sealed(1), sealed(2, version=2), sealed(3, period="2026Q3"))
    chain = drafting.chain_for(store, QUARTER)
    assert (chain.version, chain.sequence) == (3, 4)
    assert (chain.replaces, chain.previous_sha256) == (f"{2:064x}", f"{3:064x}")
    assert chain.audit_head == store.audit_head()[1]


def test_the_newest_accepted_return_is_what_changes_are_counted_from(store: SqlStore) -> None:
    assert drafting.last_accepted(store) is None
    assert drafting.accepted_registers(store) == {}
    keep(store, sealed(1, state=SubmissionState.ACCEPTED), sealed(2, state=SubmissionState.SENT_BACK))
    assert (drafting.last_accepted(store) or sealed(9)).sequence == 1


def test_only_explanations_of_rows_in_the_return_travel(store: SqlStore) -> None:
    one = saved(Registers(store), hall())
    keep(store, Explanation(register="facilities", record=one.uid, code="C-MISSING", text="无"))
    keep(store, Explanation(register="facilities", record="elsewhere", code="C-MISSING", text="无"))
    told = drafting.explanations_of(store, {"facilities": [one]}, QUARTER)
    assert [entry["uid"] for entry in told] == [one.uid]


@pytest.mark.usefixtures("clock")
def test_the_data_stand_for_the_end_of_the_period_or_for_today() -> None:
    assert drafting.cut_off(QUARTER) == "2026-11-23"
    assert drafting.cut_off(Period("2026Q3")) == "2026-09-30"


def test_a_person_is_not_a_form() -> None:
    assert Person.key not in FORMS


@pytest.mark.parametrize(
    ("day", "state", "wanted"),
    [
        (date(2027, 1, 4), None, "2026Q4"),
        (date(2027, 1, 31), SubmissionState.SENT_BACK, "2026Q4"),
        (date(2027, 1, 4), SubmissionState.SENT, "2027Q1"),
        (date(2027, 2, 1), None, "2027Q1"),
        (date(2026, 12, 31), None, "2026Q4"),
    ],
)
def test_a_quarter_that_was_not_reported_is_still_due_in_the_month_after_it(
    store: SqlStore, day: date, state: SubmissionState | None, wanted: str
) -> None:
    own: dict[str, Any] = {"direction": Direction.OWN, "payload_sha256": "0" * 64, "office_code": "350212105206"}
    keep(store, Submission(period="2026Q3", sequence=1, state=SubmissionState.ACCEPTED, **own))
    if state is not None:
        keep(store, Submission(period="2026Q4", sequence=2, state=state, **own))

    assert drafting.next_period(store, day).text == wanted


def test_an_office_that_never_reported_begins_with_the_present_quarter(store: SqlStore) -> None:
    assert drafting.next_period(store, date(2027, 1, 4)).text == "2027Q1"
