from typing import Any

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, duty, hall, saved, woman
from xmdesk.problems import Problem
from xmdesk.records.base import Kept
from xmdesk.records.codes import FacilityKind
from xmdesk.records.doings import Training
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services.joining import Fate, Joined, Joiner, joined_or_problem
from xmdesk.services.registers import Registers


def joined(store: SqlStore, register: str, defaults: dict[str, Any] | None = None, **values: Any) -> Joined:
    told = {name.replace("__", "."): one for name, one in values.items()}
    return Joiner(store, register, defaults or {}).join(1, told)


def held(store: SqlStore, record: Kept) -> Kept:
    return saved(Registers(store), record)


def test_a_number_recognises_a_record_whatever_its_name(store: SqlStore) -> None:
    known = saved(Registers(store), hall())
    found = joined(store, "facilities", facility_no=known.facility_no, name="改了名", kind=known.kind)
    assert (found.fate, found.record.uid, found.record.title()) == (Fate.CHANGED, known.uid, "改了名")


def test_without_a_number_name_and_kind_decide(store: SqlStore) -> None:
    known = held(store, hall())
    assert joined(store, "facilities", name=known.title(), kind=FacilityKind.PARTY_CENTRE).fate is Fate.SAME
    assert joined(store, "facilities", name=known.title(), kind=FacilityKind.LIBRARY).fate is Fate.NEW


def test_an_empty_cell_never_wipes(store: SqlStore) -> None:
    known = saved(Registers(store), hall(location="村部"))
    found = joined(store, "facilities", name=known.name, kind=known.kind, location="", hours={}, built_year=None)
    assert (found.fate, found.record) == (Fate.SAME, known)


def test_a_default_fills_a_new_row_and_changes_no_known_one(store: SqlStore) -> None:
    known = saved(Registers(store), duty(location="全村"))
    values = {"kind": known.kind, "subject": known.subject, "location": known.location}
    assert joined(store, "duties", {"year": 2026}, **values).fate is Fate.SAME
    fresh = joined(store, "duties", {"year": 2027}, **values)
    assert (fresh.fate, fresh.record.model_dump()["year"]) == (Fate.NEW, 2027)


def test_two_rows_of_one_sheet_may_mean_the_same_record(store: SqlStore) -> None:
    joiner = Joiner(store, "facilities", {})
    first = joiner.join(1, {"name": "书屋", "kind": FacilityKind.LIBRARY})
    second = joiner.join(2, {"name": "书屋", "kind": FacilityKind.LIBRARY, "location": "村部"})
    assert (first.fate, second.fate, first.record.uid) == (Fate.NEW, Fate.CHANGED, second.record.uid)
    assert (second.earlier, [one.code for one in second.problems]) == (1, ["IMPORT-MERGED"])


def test_a_row_that_says_nothing_new_of_an_earlier_one_is_told(store: SqlStore) -> None:
    joiner = Joiner(store, "facilities", {})
    told = [joiner.join(at, {"name": "路灯", "kind": FacilityKind.LIBRARY, "location": "东社"}) for at in (2, 3)]
    assert [(one.fate, [found.code for found in one.problems]) for one in told] == [
        (Fate.NEW, []),
        (Fate.SAME, ["IMPORT-SAME-AS-ROW"]),
    ]


def test_a_person_in_dotted_columns_is_found_by_the_phone_beside_it(store: SqlStore) -> None:
    person = held(store, woman())
    joiner = Joiner(store, "facilities", {})
    row = {"name": "书屋", "kind": FacilityKind.LIBRARY, "contact.name": "林阿土", "contact_phone": "13800008117"}
    record = joiner.join(1, row).record
    assert isinstance(record, Facility)
    assert (record.contact, joiner.people.touched) == (person.uid, {})


def test_a_reference_is_resolved_by_name_or_number(store: SqlStore) -> None:
    building = saved(Registers(store), hall())
    for told in (building.name, building.facility_no):
        record = joined(store, "facilities", name="图书室", kind=FacilityKind.LIBRARY, parent=told).record
        assert isinstance(record, Facility)
        assert record.parent == building.uid


def test_a_reference_to_nothing_is_told_and_left_empty(store: SqlStore) -> None:
    found = joined(store, "facilities", name="书屋", kind=FacilityKind.LIBRARY, shelter="没有这个")
    assert isinstance(found.record, Facility)
    assert (found.record.shelter, [one.code for one in found.problems]) == ("", ["IMPORT-NOT-FOUND"])


def test_an_inspection_of_nothing_waits(store: SqlStore) -> None:
    joiner = Joiner(store, "inspections", {})
    values = {"duty": "没有这条", "at": "2026-11-02", "inspector": "林阿土"}
    outcome = joined_or_problem(lambda: joiner.join(1, values))
    assert isinstance(outcome, Problem)
    assert outcome.code == "IMPORT-NO-SUBJECT"


def test_two_things_of_one_name_in_a_sheet_stay_two(store: SqlStore) -> None:
    joiner = Joiner(store, "facilities", {})
    paths = [{"name": "健身路径", "kind": FacilityKind.FITNESS, "location": place} for place in ("东社", "西社")]
    assert [joiner.join(at, values).fate for at, values in enumerate(paths)] == [Fate.NEW, Fate.NEW]


def test_one_number_for_two_things_of_a_sheet_waits(store: SqlStore) -> None:
    joiner = Joiner(store, "facilities", {})
    number = "350212105206010001"
    joiner.join(1, {"facility_no": number, "name": "甲", "kind": FacilityKind.FITNESS})
    outcome = joined_or_problem(
        lambda: joiner.join(2, {"facility_no": number, "name": "乙", "kind": FacilityKind.FITNESS})
    )
    assert isinstance(outcome, Problem)
    assert outcome.code == "IMPORT-SAME-NUMBER"


def test_a_row_that_waits_leaves_no_trace_of_its_people(store: SqlStore) -> None:
    known = held(store, woman(id_no="", mobile=""))
    joiner = Joiner(store, "facilities", {})
    row = {"facility_no": "1", "kind": FacilityKind.FITNESS}
    joiner.join(1, {**row, "name": "甲"})
    for name, phone in (("陈水木", ""), ("林阿土", "13800008117")):
        told = {**row, "name": "乙", "contact.name": name, "contact_phone": phone}
        assert isinstance(joined_or_problem(lambda told=told: joiner.join(2, told)), Problem)
    assert joiner.people.touched == {}
    assert (joiner.people.find(name="陈水木"), joiner.people.find(name="林阿土")) == (None, known)


def test_attendees_become_persons_known_or_new(store: SqlStore) -> None:
    person = held(store, woman())
    joiner = Joiner(store, "trainings", {})
    record = joiner.join(1, {"from_on": "2026-11-02", "theme": "防汛", "attendees": "林阿土,陈水木"}).record
    assert isinstance(record, Training)
    (other,) = joiner.people.touched
    assert [one["person"] for one in record.attendees] == [person.uid, other]


def test_persons_are_joined_by_their_identity_number(store: SqlStore) -> None:
    known = saved(Registers(store), woman())
    found = joined(store, "persons", name="林阿土", id_no=ID_NO, post="村委")
    assert isinstance(found.record, Person)
    assert (found.fate, found.record.uid, found.record.post) == (Fate.CHANGED, known.uid, "村委")
    assert joined(store, "persons", name="林阿土", id_no=ID_NO).fate is Fate.SAME
    assert joined(store, "persons", name="新人").fate is Fate.NEW


@pytest.mark.parametrize("values", [{"quantity": "许多"}, {"year": {"a": 1}}])
def test_values_that_make_no_record_become_a_problem(store: SqlStore, values: dict[str, Any]) -> None:
    joiner = Joiner(store, "duties", {})
    outcome = joined_or_problem(lambda: joiner.join(1, {"subject": "灯", **values}))
    assert isinstance(outcome, Problem)
    assert outcome.code == "IMPORT-RECORD"
    assert store.all(MaintenanceDuty) == []
