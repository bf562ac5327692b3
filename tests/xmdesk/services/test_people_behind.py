"""What a roster of posts says of the people who hold them already: written, counted, proven and taken back with the import."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, saved
from xmdesk.records.codes import Post
from xmdesk.records.keeping import ImportBatch
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.services.importing import Importing, ImportPreview
from xmdesk.services.registers import Registers

OFFICERS = ("姓名", "公民身份号码", "手机号码", "单位及职务", "A/B角")
MOBILE = "13800008117"


def preview(store: SqlStore, path: Path, *rows: Sequence[str], heads: Sequence[str] = OFFICERS) -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((heads, *rows))
    return Importing(store).preview(path, "disaster_officers")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


@pytest.fixture
def officer(store: SqlStore) -> Person:
    """Who holds the post already, and of whom little is known."""
    registers = Registers(store)
    person = saved(registers, Person(name="林阿土"))
    saved(registers, DisasterOfficer(person=person.uid, post=Post.FIRST))
    return person


def test_a_roster_that_only_completes_people_is_written_and_proven(
    store: SqlStore, path: Path, officer: Person
) -> None:
    found = preview(store, path, ("林阿土", ID_NO, MOBILE, "", "A"))

    result = Importing(store).write(found)

    (person,) = store.all(Person)
    assert (found.records, found.has_any, found.people) == ([], True, (0, 1))
    assert (found.counts["same"], found.counts["changed"], found.joined[0].is_of_people_only) == (0, 0, True)
    assert (person.uid, person.id_no, person.mobile) == (officer.uid, ID_NO, MOBILE)
    assert (result.proven, result.people, result.before, result.after) == (0, 1, 1, 1)


def test_it_is_a_batch_with_a_name_that_is_taken_back_whole(store: SqlStore, path: Path, officer: Person) -> None:
    importing = Importing(store)
    result = importing.write(preview(store, path, ("林阿土", ID_NO, MOBILE, "", "A")))
    (batch,) = store.all(ImportBatch)
    steps = [one.label for one in store.steps(limit=5)]

    back = importing.undo(result.batch)

    assert batch.counts["people_completed"] == 1
    assert "导入灾害信息员：人员名册 1 人" in steps
    assert (back.restored, back.people_restored) == (1, 1)
    assert store.all(Person) == [officer]


def test_a_roster_that_says_nothing_new_of_anybody_has_nothing_to_write(
    store: SqlStore, path: Path, officer: Person
) -> None:
    found = preview(store, path, ("林阿土", "", "", "", "A"))

    assert (found.has_any, found.counts["same"], found.people) == (False, 1, (0, 0))


def test_the_people_are_counted_in_the_answer_of_the_command_line(store: SqlStore, path: Path, officer: Person) -> None:
    found = preview(store, path, ("林阿土", ID_NO, MOBILE, "", "A"), ("黄一", "", "", "", "B"))

    assert found.as_json()["people"] == {"new": 1, "completed": 1}
