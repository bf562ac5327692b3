"""Rows that seem to be there already: recognised with a reason, decided by a person, proven after writing."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, hall, saved, woman
from xmdesk.errors import Fault
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ImportBatch
from xmdesk.records.people import Person
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.joining import Fate
from xmdesk.services.pairing import Choice, Decision, sides
from xmdesk.services.registers import Registers

PERSONS = ("姓名", "公民身份号码", "手机号码", "住址", "单位及职务")
FACILITIES = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)", "负责人", "联系电话")


def preview(store: SqlStore, path: Path, register: str, *rows: Sequence[str]) -> ImportPreview:
    heads = PERSONS if register == "persons" else FACILITIES
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((heads, *rows))
    return Importing(store).preview(path, register)


def decided(store: SqlStore, found: ImportPreview, choice: Choice, *kept: str, place: int = 0) -> ImportPreview:
    pair = found.pairs[place]
    return Importing(store).decide(found, {pair.place: Decision(pair, choice, frozenset(kept))})


@pytest.fixture
def known(store: SqlStore) -> Person:
    return saved(Registers(store), woman(address="军营村12号", post="村委会委员"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


def test_one_identity_number_is_surely_one_person(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", ID_NO, "13800008117", "军营村13号", ""))

    (pair,) = found.pairs

    assert (pair.is_sure, pair.reason, pair.differing) == (True, "公民身份号码相同", ("address",))
    assert pair.choices == (Choice.UPDATE, Choice.SKIP)
    assert found.counts["changed"] == 1


def test_one_name_and_phone_with_another_number_may_be_one_person(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", "350212198803071228", "13800008117", "", ""))

    (pair,) = found.pairs

    assert (pair.is_sure, pair.reason, pair.choice) == (False, "姓名、手机号码相同", Choice.SEPARATE)
    assert found.counts["new"] == 1


def test_one_name_alone_makes_no_pair(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", "350212198803071228", "13900001234", "西山", ""))

    assert found.pairs == ()
    assert found.counts["new"] == 1


def test_what_agrees_whole_needs_no_look(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", ID_NO, "13800008117", "军营村12号", "村委会委员"))

    assert found.pairs == ()
    assert found.counts["same"] == 1


def test_a_kept_field_stays_and_the_others_come_in(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", ID_NO, "13800008117", "军营村13号", "村委会主任"))

    Importing(store).write(decided(store, found, Choice.UPDATE, "address"))

    (after,) = store.all(Person)
    assert (after.uid, after.address, after.post) == (known.uid, "军营村12号", "村委会主任")


def test_all_fields_kept_change_nothing(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", ID_NO, "13800008117", "军营村13号", "村委会主任"))

    again = decided(store, found, Choice.UPDATE, "address", "post")

    assert again.counts["same"] == 1
    assert len(again.pairs) == 1


def test_a_lookalike_becomes_the_record_when_a_person_says_so(store: SqlStore, path: Path, known: Person) -> None:
    other = "350212198803071228"
    found = preview(store, path, "persons", ("林阿土", other, "13800008117", "", ""))

    Importing(store).write(decided(store, found, Choice.UPDATE))

    (after,) = store.all(Person)
    assert (after.uid, after.id_no) == (known.uid, other)


def test_a_row_recognised_by_its_name_can_be_a_second_record(store: SqlStore, path: Path) -> None:
    old = saved(Registers(store), hall(location="村部"))
    found = preview(store, path, "facilities", (old.name, "党群服务中心", "新村部", "", "", ""))

    Importing(store).write(decided(store, found, Choice.SEPARATE))

    assert found.counts["changed"] == 1
    assert sorted(one.location for one in store.all(Facility)) == ["新村部", "村部"]


def test_a_row_left_out_writes_nothing_not_even_its_contact(store: SqlStore, path: Path) -> None:
    old = saved(Registers(store), hall(location="村部"))
    row = (old.name, "党群服务中心", "新村部", "", "新来的人", "13800009999")
    found = preview(store, path, "facilities", row, ("军营村书屋", "农家书屋", "村部", "60", "", ""))

    result = Importing(store).write(decided(store, found, Choice.SKIP))

    assert result.preview.counts["left"] == 1
    assert (store.all(Person), store.count(Facility)) == ([], 2)
    assert store.get(Facility, old.uid) == old


def test_two_rows_of_a_sheet_that_are_one_thing_are_a_pair(store: SqlStore, path: Path) -> None:
    rows = [("军营村书屋", "农家书屋", "村部", "60", "", ""), ("军营村书屋", "农家书屋", "村部", "66", "", "")]
    found = preview(store, path, "facilities", *rows)

    (pair,) = found.pairs
    again = decided(store, found, Choice.UPDATE)
    Importing(store).write(again)

    assert (pair.earlier, pair.choice, pair.differing) == (2, Choice.SEPARATE, ("floor_area",))
    assert found.counts["new"] == 2
    assert [str(one.floor_area) for one in store.all(Facility)] == ["66.00"]


def test_two_things_that_rightly_share_a_name_are_no_pair(store: SqlStore, path: Path) -> None:
    rows = [("健身路径", "健身设施", place, "", "", "") for place in ("东社", "西社")]
    found = preview(store, path, "facilities", *rows)

    assert found.pairs == ()


def test_decisions_hold_when_the_table_is_read_again(store: SqlStore, path: Path, known: Person) -> None:
    found = preview(store, path, "persons", ("林阿土", ID_NO, "13800008117", "军营村13号", ""))

    again = Importing(store).reread(decided(store, found, Choice.SKIP), {(2, "单位及职务"): "村委会主任"})

    assert [one.fate for one in again.joined] == [Fate.LEFT]


def test_both_sides_are_shown_as_people_read_them(store: SqlStore, path: Path) -> None:
    old = saved(Registers(store), hall(location="村部"))
    found = preview(store, path, "facilities", (old.name, "党群服务中心", "新村部", "", "林阿土", "13800008117"))
    people = {one.uid: one for one in found.persons}

    lines = {one.name: one for one in sides(store, found.pairs[0], people)}

    assert (lines["location"].old, lines["location"].new, lines["location"].differs) == ("村部", "新村部", True)
    assert (lines["contact"].old, lines["contact"].new) == ("", "林阿土")
    assert not lines["name"].differs
    assert next(iter(lines)) in found.pairs[0].differing


def test_what_was_written_is_read_back_and_counted(store: SqlStore, path: Path) -> None:
    saved(Registers(store), hall())
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "林阿土", "13800008117"))

    result = Importing(store).write(found)

    assert (result.before, result.after, result.proven) == (1, 2, 1)


def test_a_book_that_keeps_something_else_takes_the_import_back(store: SqlStore, path: Path) -> None:
    with store.connections.writing() as connection:
        spoil = "BEGIN UPDATE facilities SET location = '别处' WHERE uid = NEW.uid; END"
        connection.execute(sa.text(f"CREATE TRIGGER spoil AFTER INSERT ON facilities {spoil}"))
    found = preview(store, path, "facilities", ("军营村书屋", "农家书屋", "村部", "60", "林阿土", "13800008117"))

    with pytest.raises(Fault) as caught:
        Importing(store).write(found)

    assert caught.value.code == "IMPORT-NOT-PROVEN"
    assert (store.all(Facility), store.all(Person), store.all(ImportBatch)) == ([], [], [])
