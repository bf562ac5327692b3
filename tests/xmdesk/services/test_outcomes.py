"""An import is written as it was shown, into the book as it is: what was changed since the preview is kept, or told first."""

from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import hall, saved, woman
from tests.xmdesk.services.test_pairing import decided, preview
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ImportBatch
from xmdesk.records.people import Person
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.outcomes import Overtaken
from xmdesk.services.pairing import Choice
from xmdesk.services.registers import Registers

READING, OTHER = FacilityKind.LIBRARY, FacilityKind.PARTY_CENTRE
ROW = ("林阿土", "", "13800008117", "", "村委会主任")


@pytest.fixture
def known(store: SqlStore) -> Person:
    return saved(Registers(store), woman(post="村委会委员"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


def refused(store: SqlStore, found: ImportPreview) -> Overtaken:
    with pytest.raises(Overtaken) as caught:
        Importing(store).write(found)
    return caught.value


def told(error: Overtaken) -> list[str]:
    return [one.sentence for one in error.moved]


def test_what_the_sheet_does_not_speak_of_is_kept_as_it_is_now(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ROW)
    saved(Registers(store), known.changed(address="军营村12号"))

    result = Importing(store).write(found)

    (person,) = store.all(Person)
    assert (person.address, person.post, result.proven) == ("军营村12号", "村委会主任", 1)


def test_one_who_was_retired_meanwhile_is_shown_first_and_stays_retired(
    store: SqlStore, path: Path, known: Person
) -> None:
    found = preview(store, path, "persons", ROW)
    saved(Registers(store), known.changed(retired_on="2026-11-20", retired_reason="离任"))

    error = refused(store, found)
    before = store.all(ImportBatch)
    Importing(store).write(error.preview)

    (person,) = store.all(Person)
    assert told(error) == ["第 2 行 林阿土：这一条已经停用"]
    assert before == []
    assert (person.retired_on, person.retired_reason, person.post) == ("2026-11-20", "离任", "村委会主任")


def test_a_row_that_was_added_by_hand_meanwhile_is_not_written_twice(store: SqlStore, path: Path) -> None:
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "", ""))
    saved(Registers(store), hall(name="军营村书屋", kind=READING, location="村部"))

    error = refused(store, found)
    Importing(store).write(error.preview)

    assert found.counts["new"] == 1
    assert told(error) == ["第 2 行 军营村书屋：台账里已经有了这一条"]
    assert [one.name for one in store.all(Facility)] == ["军营村书屋"]


def test_a_lookalike_that_was_added_meanwhile_is_shown_before_a_twin_is_made(store: SqlStore, path: Path) -> None:
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "", ""))
    saved(Registers(store), hall(name="军营村书屋", kind=OTHER, location="村部"))

    error = refused(store, found)
    Importing(store).write(error.preview)

    assert told(error) == ["第 2 行 军营村书屋：台账里有一条像是它"]
    assert len(store.all(Facility)) == 2


def test_a_value_that_the_sheet_speaks_of_and_that_was_changed_meanwhile_is_shown_first(
    store: SqlStore, path: Path, known: Person
) -> None:
    found = preview(store, path, "persons", ROW)
    saved(Registers(store), known.changed(post="书记"))

    error = refused(store, found)

    assert told(error) == ["第 2 行 林阿土：“单位及职务”改过了"]
    assert store.all(Person)[0].post == "书记"
    assert error.preview.pairs[0].before == store.all(Person)[0]


def test_a_row_that_said_the_same_does_not_overwrite_what_was_changed_since(
    store: SqlStore, path: Path, known: Person
) -> None:
    found = preview(store, path, "persons", (*ROW[:4], "村委会委员"), ("黄一", "", "", "", ""))
    saved(Registers(store), known.changed(post="书记"))

    assert found.counts["same"] == 1
    assert told(refused(store, found)) == ["第 2 行 林阿土：“单位及职务”改过了"]


def test_a_record_that_is_gone_is_told(store: SqlStore, path: Path) -> None:
    with store.change("新增设施") as change:
        change.save(hall(name="军营村书屋", kind=READING))
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "", ""))
    store.undo()

    assert told(refused(store, found)) == ["第 2 行 军营村书屋：和台账里原来的那一条对不上了"]


def test_decisions_are_kept_when_it_is_shown_again(store: SqlStore, path: Path, known: Person) -> None:
    rows = (ROW, ("黄一", "", "", "", "会计"))
    found = decided(store, preview(store, path, "persons", *rows), Choice.UPDATE, "post")
    saved(Registers(store), Person(name="黄一"))

    error = refused(store, found)
    Importing(store).write(error.preview)

    assert told(error) == ["第 3 行 黄一：台账里已经有了这一条"]
    assert {one.name: one.post for one in store.all(Person)} == {"林阿土": "村委会委员", "黄一": "会计"}


def test_a_row_left_out_for_a_record_that_is_gone_is_asked_about_anew(store: SqlStore, path: Path) -> None:
    with store.change("新增设施") as change:
        change.save(hall(name="军营村书屋", kind=READING))
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "", ""))
    found = decided(store, found, Choice.SKIP)
    store.undo()

    error = refused(store, found)

    assert told(error) == ["第 2 行 军营村书屋：和台账里原来的那一条对不上了"]
    assert error.preview.counts["new"] == 1


def test_a_choice_that_fits_no_more_is_taken_off(store: SqlStore, path: Path) -> None:
    registers = Registers(store)
    twin = saved(registers, hall(name="军营村书屋", kind=OTHER, location="村部"))
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "", ""))
    found = decided(store, found, Choice.UPDATE)
    saved(registers, hall(name="军营村书屋", kind=READING, location="村部"))

    error = refused(store, found)
    Importing(store).write(error.preview)

    assert error.preview.decisions == {}
    assert {one.kind: str(one.floor_area or "") for one in store.all(Facility)}[READING] == "60.00"
    assert store.get(Facility, twin.uid) == twin


def test_a_person_behind_a_row_who_was_changed_meanwhile_is_told(store: SqlStore, path: Path) -> None:
    person = saved(Registers(store), Person(name="林阿土"))
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "林阿土", "13800008117"))
    saved(Registers(store), person.changed(mobile="13800008118"))

    error = refused(store, found)

    assert found.people == (0, 1, 0)
    assert told(error)
    assert store.all(Facility) == []


def test_new_rows_and_new_persons_are_the_same_when_the_book_moved_elsewhere(store: SqlStore, path: Path) -> None:
    rows = [("军营村书屋", "农家书屋", "村部", "60", "林阿土", "13800008117"), ("村广场", "?", "", "", "", "")]
    found = preview(store, path, "facilities", *rows)
    saved(Registers(store), Person(name="黄一"))

    result = Importing(store).write(found)

    assert result.preview.counts == found.counts
    assert {one.name for one in store.all(Person)} == {"林阿土", "黄一"}
