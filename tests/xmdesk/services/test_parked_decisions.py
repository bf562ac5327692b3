"""A row on the work list that names one of several: it asks, keeps what was decided before, and takes others of the name along."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.namesakes import NAME, SHELTERS, preview_of, two_of_one_name
from tests.xmdesk.services.stories import saved, woman
from xmdesk.jobs import UNWATCHED
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.records.shelter import Shelter
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.joining import Fate
from xmdesk.services.pairing import Choice, Decision, Pair
from xmdesk.services.parked_decisions import kept_with
from xmdesk.services.parking import Parking, TakenIn
from xmdesk.services.registers import Registers

FACILITIES = ("设施名称", "设施类型", "负责人", "建筑面积(㎡)")
LIBRARY, CLINIC = ("书屋", "农家书屋", NAME, "60"), ("卫生室", "卫生室", NAME, "50")
FAULTY = ("书屋", "农家书屋", NAME, "许多")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


@pytest.fixture
def two(store: SqlStore) -> tuple[Person, Person]:
    return two_of_one_name(store)


def preview(
    store: SqlStore, path: Path, *rows: Sequence[str], register: str = "facilities", heads: Sequence[str] = FACILITIES
) -> ImportPreview:
    return preview_of(store, path, heads, rows, register)


def put_aside(store: SqlStore, found: ImportPreview) -> list[ParkedRow]:
    """Write with all names put aside that may be several."""
    wait = {one.place: Decision(one, Choice.WAIT) for one in found.pairs if one.place not in found.decisions}
    Importing(store).write(Importing(store).decide(found, wait))
    return store.all(ParkedRow)


def asked(store: SqlStore, row: ParkedRow) -> Pair:
    pair = Parking(store).meant(row.uid)
    assert pair is not None
    return pair


def taken(store: SqlStore, row: ParkedRow, choice: Choice, chosen: str = "") -> TakenIn:
    return Parking(store).take_parked(row.uid, {}, Decision(asked(store, row), choice, chosen=chosen))


def contacts(store: SqlStore) -> dict[str, str]:
    return {one.name: one.contact for one in store.all(Facility)}


def test_a_row_put_aside_for_a_name_waits_until_somebody_says_who_it_is(store: SqlStore, path: Path, two) -> None:
    (row,) = put_aside(store, preview(store, path, LIBRARY))

    alone = Parking(store).take_parked(row.uid, {})
    pair = asked(store, row)
    done = taken(store, row, Choice.UPDATE, two[1].uid)

    assert [one.code for one in alone.problems] == ["IMPORT-WHICH-NAMED"]
    assert (pair.name, pair.field, len(pair.candidates)) == (NAME, "contact", 2)
    assert (done.fate, contacts(store)) == (Fate.NEW, {"书屋": two[1].uid})
    assert (store.all(ParkedRow), store.count(Person)) == ([], 2)


def test_somebody_new_is_made_when_a_person_says_so_and_all_of_it_is_taken_back(
    store: SqlStore, path: Path, two
) -> None:
    (row,) = put_aside(store, preview(store, path, LIBRARY))

    taken(store, row, Choice.SEPARATE)
    made = store.count(Person)
    store.undo()

    assert made == 3
    assert (store.all(Person), store.all(ParkedRow), store.all(Facility)) == (list(two), [row], [])


def test_a_row_that_waited_for_a_fault_asks_too_once_it_is_mended(store: SqlStore, path: Path, two) -> None:
    Importing(store).write(preview(store, path, FAULTY))
    (row,) = store.all(ParkedRow)

    before = Parking(store).meant(row.uid)
    mended = Parking(store).take_parked(row.uid, {"建筑面积(㎡)": "60"})
    done = taken(store, row, Choice.UPDATE, two[0].uid)

    assert before is None
    assert [one.code for one in mended.problems] == ["IMPORT-WHICH-NAMED"]
    assert (done.fate, contacts(store)) == (Fate.NEW, {"书屋": two[0].uid})


@pytest.mark.parametrize("all_of_it", [False, True])
def test_what_was_decided_in_the_preview_goes_along_with_a_row_that_waits_for_a_fault(
    store: SqlStore, path: Path, two, all_of_it: bool
) -> None:
    found = preview(store, path, LIBRARY, CLINIC)
    pair = found.pairs[0]
    at = pair.everywhere if all_of_it else pair.place
    found = Importing(store).decide(found, {at: Decision(pair, Choice.UPDATE, chosen=two[1].uid)})
    found = Importing(store).reread(found, {(2, "建筑面积(㎡)"): "许多"})
    Importing(store).write(found)
    (row,) = store.all(ParkedRow)

    done = Parking(store).take_parked(row.uid, {"建筑面积(㎡)": "60"})

    assert (done.fate, contacts(store)["书屋"]) == (Fate.NEW, two[1].uid)


def test_who_was_picked_from_another_row_of_the_sheet_is_meant_on_the_work_list_too(
    store: SqlStore, path: Path, two
) -> None:
    found = preview(store, path, CLINIC, ("避难屋", "农家书屋", NAME, "60"))
    new = found.pairs[0]
    found = Importing(store).decide(found, {new.place: Decision(new, Choice.SEPARATE)})
    other = found.pairs[1]
    mark = next(one.mark for one in other.candidates if one.earlier)
    found = Importing(store).decide(found, {other.place: Decision(other, Choice.UPDATE, chosen=mark)})
    record = {"field": "contact", "name": NAME, "choice": "update", "kept": []}
    made = next(iter(found.persons)).uid

    assert kept_with(3, {"负责人": NAME}, found.pairs, found.decisions) == [{**record, "chosen": made}]


def test_of_two_names_in_a_row_the_one_that_was_picked_stands_while_the_other_is_asked_about(
    store: SqlStore, path: Path, two
) -> None:
    (row,) = put_aside(store, preview(store, path, ("避灾点", "村部", NAME, NAME), register="shelters", heads=SHELTERS))

    first = taken(store, row, Choice.UPDATE, two[0].uid)
    (still,) = store.all(ParkedRow)
    pair = asked(store, still)
    taken(store, still, Choice.UPDATE, two[1].uid)

    assert [(one.code, one.where.column) for one in first.problems] == [("IMPORT-WHICH-NAMED", "副责任人")]
    assert pair.field == "deputy_person"
    (shelter,) = store.all(Shelter)
    assert (shelter.duty_person, shelter.deputy_person) == (two[0].uid, two[1].uid)


def test_one_of_two_names_decided_in_the_preview_is_not_asked_about_again(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, ("避灾点", "村部", NAME, NAME), register="shelters", heads=SHELTERS)
    first = found.pairs[0]
    found = Importing(store).decide(found, {first.place: Decision(first, Choice.UPDATE, chosen=two[0].uid)})
    (row,) = put_aside(store, found)

    pair = asked(store, row)
    taken(store, row, Choice.UPDATE, two[1].uid)

    assert pair.field == "deputy_person"
    assert [(one.duty_person, one.deputy_person) for one in store.all(Shelter)] == [(two[0].uid, two[1].uid)]


def test_what_was_decided_does_not_hold_for_another_name_that_was_typed_over(store: SqlStore, path: Path, two) -> None:
    for mobile in ("13700000001", "13700000002"):
        saved(Registers(store), woman(name="黄一", id_no="", mobile=mobile))
    found = preview(store, path, LIBRARY)
    (pair,) = found.pairs
    found = Importing(store).decide(found, {pair.place: Decision(pair, Choice.SEPARATE)})
    Importing(store).write(Importing(store).reread(found, {(2, "建筑面积(㎡)"): "许多"}))
    (row,) = store.all(ParkedRow)

    done = Parking(store).take_parked(row.uid, {"建筑面积(㎡)": "60", "负责人": "黄一"})

    assert [one.code for one in done.problems] == ["IMPORT-WHICH-NAMED"]


def test_one_who_is_gone_by_then_is_asked_about_anew(store: SqlStore, path: Path, two) -> None:
    third = saved(Registers(store), woman(id_no="", mobile="13700000001"))
    found = preview(store, path, LIBRARY)
    (pair,) = found.pairs
    found = Importing(store).decide(found, {pair.place: Decision(pair, Choice.UPDATE, chosen=third.uid)})
    Importing(store).write(Importing(store).reread(found, {(2, "建筑面积(㎡)"): "许多"}))
    with store.change("删除人员") as change:
        change.remove(third)
    (row,) = store.all(ParkedRow)

    done = Parking(store).take_parked(row.uid, {"建筑面积(㎡)": "60"})

    assert [one.code for one in done.problems] == ["IMPORT-WHICH-NAMED"]


@pytest.mark.parametrize("choice", [Choice.UPDATE, Choice.SEPARATE])
def test_all_rows_that_name_the_same_are_taken_in_at_once(store: SqlStore, path: Path, two, choice: Choice) -> None:
    rows = put_aside(store, preview(store, path, LIBRARY, CLINIC))
    decision = Decision(asked(store, rows[0]), choice, chosen=two[1].uid if choice is Choice.UPDATE else "")

    done = Parking(store).take_named({one.uid: {} for one in rows}, decision, UNWATCHED)

    held = contacts(store)
    assert [bool(one.uid) for one in done] == [True, True]
    assert held["书屋"] == held["卫生室"]
    assert (held["书屋"] == two[1].uid, store.count(Person)) == ((True, 2) if choice is Choice.UPDATE else (False, 3))
    assert store.all(ParkedRow) == []

    store.undo()

    assert (store.count(Facility), store.count(ParkedRow), store.count(Person)) == (0, 2, 2)


@pytest.mark.parametrize("choice", [Choice.UPDATE, Choice.SEPARATE])
def test_a_row_that_names_the_same_twice_goes_in_with_one_answer_for_all(
    store: SqlStore, path: Path, two, choice: Choice
) -> None:
    (row,) = put_aside(store, preview(store, path, ("避灾点", "村部", NAME, NAME), register="shelters", heads=SHELTERS))
    decision = Decision(asked(store, row), choice, chosen=two[1].uid if choice is Choice.UPDATE else "")

    Parking(store).take_named({row.uid: {}}, decision, UNWATCHED)

    (shelter,) = store.all(Shelter)
    assert shelter.duty_person == shelter.deputy_person
    assert (shelter.duty_person == two[1].uid, store.count(Person)) == (
        (True, 2) if choice is Choice.UPDATE else (False, 3)
    )
