"""A whole import taken back, brought back, and taken back again; the persons it made are told before, after and at undo."""

from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import saved
from tests.xmdesk.services.test_importing import GOOD, facilities
from xmdesk.errors import WrongUse
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services.importing import Importing
from xmdesk.services.registers import Registers

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

    assert preview.people == (1, 1)
    assert made == 2
    assert (result.removed, result.people_removed, result.people_restored) == (4, 1, 1)
    assert [(one.name, one.mobile) for one in store.all(Person)] == [("林阿土", "")]


def test_what_undo_kept_is_named(importing: Importing, store: SqlStore, tmp_path: Path) -> None:
    batch = importing.write(importing.preview(facilities(tmp_path, GOOD, SQUARE), "facilities")).batch
    (changed,) = store.find(Facility, name=SQUARE[0])
    saved(Registers(store), changed.changed(location="村尾"))

    assert importing.undo(batch).named == ("军营村广场",)
