"""A whole import taken back, brought back, and taken back again; the persons it made are told before, after and at undo."""

from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import saved
from tests.xmdesk.services.test_importing import GOOD, facilities
from xmdesk.errors import WrongUse
from xmdesk.jobs import Silent
from xmdesk.ports import Why
from xmdesk.records.duty import DutyList
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.referring import UID, targets_of
from xmdesk.records.registers import RECORDS
from xmdesk.services.field_notes import FieldNotes
from xmdesk.services.importing import Importing
from xmdesk.services.parking import Parking
from xmdesk.services.registers import Registers
from xmdesk.services.taking_back import taking_back

CLINIC = ("军营村卫生室", "卫生室", "村部", "80", "叶美澄", "13800008118")
SQUARE = ("军营村广场", "健身设施", "村口", "300", "", "")


@pytest.fixture
def importing(store: SqlStore) -> Importing:
    return Importing(store)


def test_an_import_brought_back_by_redo_can_be_taken_back_whole_again(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, SQUARE), "facilities")).batch
    importing.undo(batch)
    (gone,) = importing.batches()

    store.redo()
    (again,) = importing.batches()
    back = store.count(Facility)
    result = importing.undo(batch)

    assert gone.undone_at
    assert (again.undone_at, back) == ("", 2)
    assert (result.removed - result.people_removed, store.count(Facility)) == (2, 0)
    assert importing.batches()[0].undone_at
    with pytest.raises(WrongUse) as why:
        importing.undo(batch)
    assert why.value.code == "IMPORT-UNDONE"


def test_an_import_taken_back_by_ctrl_z_after_it_was_redone_counts_as_taken_back(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, SQUARE), "facilities")).batch
    importing.undo(batch)
    store.redo()

    store.undo()

    assert store.count(Facility) == 0
    assert importing.batches()[0].undone_at


def test_persons_that_rows_make_or_complete_are_counted_before_writing_and_at_undo(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    saved(Registers(store), Person(name="林阿土"))
    preview = importing.preview(facilities(tmp_path, GOOD, CLINIC, SQUARE), "facilities")

    batch = importing.write(preview).batch
    made = store.count(Person)
    result = importing.undo(batch)

    assert preview.people == (1, 1, 0)
    assert made == 2
    assert (result.removed, result.people_removed, result.people_restored) == (4, 1, 1)
    assert [(one.name, one.mobile) for one in store.all(Person)] == [("林阿土", "")]


def test_what_undo_kept_is_named(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, SQUARE), "facilities")).batch
    (changed,) = store.find(Facility, name=SQUARE[0])
    saved(Registers(store), changed.changed(location="村尾"))

    (kept,) = importing.undo(batch).stays
    assert (kept.why, kept.count, kept.named) == (Why.CHANGED, 1, ("军营村广场",))


def dangling(store: SqlStore) -> list[tuple[str, str, object]]:
    """Everything that any record of the book names and that is not there."""
    held = {one.key: store.all(one) for one in RECORDS}  # type: ignore[attr-defined]  # every record has a key
    there = {(key, UID, one.uid) for key, records in held.items() for one in records}
    there |= {("duty_lists", "year", one.year) for one in store.all(DutyList)}
    named = {
        target for records in held.values() for one in records for target in targets_of(type(one), one.model_dump())
    }
    return sorted(named - there, key=str)


def test_a_person_whom_later_work_names_stays_when_the_import_is_taken_back(
    importing: Importing, store: SqlStore, tmp_path: Path
) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, CLINIC, SQUARE), "facilities")).batch
    (person,) = store.find(Person, name="叶美澄")
    saved(Registers(store), DisasterOfficer(person=person.uid))

    would = taking_back(store, batch)
    result = importing.undo(batch)

    assert would.stays == result.stays
    (kept,) = result.stays
    assert (kept.why, kept.count, kept.users, kept.named) == (Why.USED, 1, ("灾害信息员",), ("叶美澄",))
    assert (store.count(Facility), [one.name for one in store.all(Person)]) == (0, ["叶美澄"])
    assert dangling(store) == []


def test_what_a_changed_record_refers_to_stays_with_it(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, CLINIC, SQUARE), "facilities")).batch
    (clinic,) = store.find(Facility, name=CLINIC[0])
    saved(Registers(store), clinic.changed(location="村尾"))
    FieldNotes(store).write("facilities", store.find(Facility, name=SQUARE[0])[0].uid, "location", "待核实")

    result = importing.undo(batch)

    assert {one.name for one in store.all(Facility)} == {CLINIC[0], SQUARE[0]}
    assert [(one.why, one.count, set(one.users)) for one in result.stays] == [
        (Why.CHANGED, 1, set()),
        (Why.USED, 2, {"设施", "批注"}),
    ]
    assert dangling(store) == []


def test_an_import_of_which_all_stays_is_not_taken_back(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, SQUARE), "facilities")).batch
    (square,) = store.all(Facility)
    saved(Registers(store), square.changed(location="村尾"))

    with pytest.raises(WrongUse) as why:
        importing.undo(batch)

    assert why.value.code == "IMPORT-ALL-KEPT"
    assert not importing.batches()[0].undone_at


VAGUE = ("军营村粮仓", "农家书屋", "村尾", "许多", "叶美澄", "13800008118")
UNREAD = ("军营村戏台", "健身设施", "村口", "不少", "", "")
AREA = "建筑面积(㎡)"


@pytest.fixture
def entered(importing: Importing, store: SqlStore, tmp_path: Path) -> str:
    """An import of one row and two put aside: one is corrected twice and taken in, the other corrected and left."""
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, VAGUE, UNREAD), "facilities")).batch
    parking = Parking(store)
    first, second = (one.uid for one in parking.waiting())
    parking.take_parked(first, {AREA: "大"})
    parking.take_parked(first, {AREA: "35"})
    parking.take_parked(second, {AREA: "也大"})
    return batch


def test_rows_taken_in_later_go_with_their_import_as_was_told(
    importing: Importing, store: SqlStore, entered: str
) -> None:
    before = store.count(Facility), store.count(Person)
    would = taking_back(store, entered)
    untouched = store.count(Facility), store.count(Person), len(Parking(store).waiting()), store.undoable()

    result = importing.undo(entered)

    assert before == untouched[:2] == (2, 2)
    assert untouched[2] == 1
    assert would == result
    assert (result.removed, result.people_removed, result.entered, result.steps) == (4, 2, 1, 4)
    assert (store.count(Facility), store.count(Person), Parking(store).waiting()) == (0, 0, [])
    assert dangling(store) == []


def test_rows_taken_in_later_come_back_one_by_one_after_their_import(
    importing: Importing, store: SqlStore, entered: str
) -> None:
    waiting = Parking(store).waiting()
    importing.undo(entered)

    store.redo()
    alone = store.count(Facility), len(Parking(store).waiting()), importing.batches()[0].undone_at
    for _ in range(3):
        store.redo()

    assert alone == (1, 2, "")
    assert (store.count(Facility), Parking(store).waiting()) == (2, waiting)
    assert store.redoable() is None
    assert importing.undo(entered).removed == 4


def test_a_row_taken_in_later_and_changed_since_stays_and_is_named(
    importing: Importing, store: SqlStore, entered: str
) -> None:
    (known,) = store.find(Facility, name=VAGUE[0])
    saved(Registers(store), known.changed(location="村头"))
    would = taking_back(store, entered)

    result = importing.undo(entered)

    assert would == result
    assert [(one.why, one.named) for one in result.stays] == [(Why.CHANGED, (VAGUE[0],)), (Why.USED, ("叶美澄",))]
    assert [one.name for one in store.all(Facility)] == [VAGUE[0]]
    assert dangling(store) == []


def test_rows_of_another_import_taken_in_together_stay(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, VAGUE), "facilities")).batch
    importing.write(importing.preview(facilities(tmp_path, CLINIC, (*UNREAD[:3], "许多", "", "")), "facilities"))
    Parking(store).take_alike({one.uid: {AREA: "35"} for one in Parking(store).waiting()}, Silent())

    result = importing.undo(batch)

    assert {one.name for one in store.all(Facility)} == {CLINIC[0], UNREAD[0]}
    assert result.entered == 1


def test_a_row_taken_in_and_put_back_by_undo_goes_with_its_import(
    importing: Importing, store: SqlStore, entered: str
) -> None:
    store.undo()
    store.undo()

    result = importing.undo(entered)

    assert (result.removed, result.entered) == (2, 0)
    assert Parking(store).waiting() == []
