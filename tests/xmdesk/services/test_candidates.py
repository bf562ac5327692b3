"""A row that may mean several of one name: all of them are shown, and one is picked, or a new one made, or it waits."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import hall, saved, woman
from xmdesk.records.codes import DutyClass, FacilityKind
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import LegalHelper, Person
from xmdesk.services.candidates import facts_of
from xmdesk.services.import_begun import BegunImport, put_back
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.joining import Fate
from xmdesk.services.outcomes import Overtaken
from xmdesk.services.pairing import Choice, Decision, Place, Told
from xmdesk.services.parking import Parking
from xmdesk.services.registers import Registers

PERSONS = ("姓名", "公民身份号码", "手机号码", "住址", "单位及职务")
HELPERS = ("姓名", "手机号码", "证书编号")
FACILITIES = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)")
MOBILE, OTHER, THIRD = "13800008117", "13899990000", "13700000001"
NAME = "林阿土"
ROW = (NAME, "", "", "", "会计")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


@pytest.fixture
def two(store: SqlStore) -> tuple[Person, Person]:
    """Two of one name, set apart by their mobiles."""
    made = [woman(id_no="", mobile=one, address=where) for one, where in ((MOBILE, "东社"), (OTHER, "西社"))]
    return saved(Registers(store), made[0]), saved(Registers(store), made[1])


def preview(
    store: SqlStore, path: Path, *rows: Sequence[str], register: str = "persons", heads: Sequence[str] = PERSONS
) -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((heads, *rows))
    return Importing(store).preview(path, register)


def decided(store: SqlStore, found: ImportPreview, choice: Choice, chosen: str = "", place: int = 0) -> ImportPreview:
    pair = found.pairs[place]
    return Importing(store).decide(found, {pair.place: Decision(pair, choice, chosen=chosen)})


def posts(store: SqlStore) -> dict[str, str]:
    return {one.mobile: one.post for one in store.find(Person, name=NAME)}


def test_a_row_that_waits_is_shown_beside_all_whom_it_may_mean(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, ROW)

    (pair,) = found.pairs

    assert [one.before for one in pair.candidates] == list(two)
    assert (pair.choice, pair.choices, found.counts["parked"]) == (Choice.WAIT, tuple(Choice), 1)
    assert (pair.reason, pair.differing) == ("姓名相同", ("post",))


def test_the_one_who_is_picked_is_updated_and_nobody_else(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, ROW), Choice.UPDATE, two[1].uid)

    result = Importing(store).write(found)

    assert (found.counts["changed"], found.counts["parked"], result.proven) == (1, 0, 1)
    assert (posts(store)[OTHER], posts(store)[MOBILE]) == ("会计", two[0].post)
    assert store.all(ParkedRow) == []


def test_a_new_one_beside_the_others_is_made_when_a_person_says_so(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, ROW), Choice.SEPARATE)

    result = Importing(store).write(found)

    assert (found.counts["new"], result.after - result.before, len(found.pairs)) == (1, 1, 1)
    assert posts(store)[""] == "会计"


def test_a_pick_is_taken_back_with_the_whole_import(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, ROW), Choice.UPDATE, two[1].uid)
    result = Importing(store).write(found)

    back = Importing(store).undo(result.batch)

    assert back.kept == ()
    assert sorted(store.all(Person), key=lambda one: one.uid) == sorted(two, key=lambda one: one.uid)


def test_what_was_picked_may_be_put_aside_again(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, ROW), Choice.UPDATE, two[1].uid)

    again = decided(store, found, Choice.WAIT)

    assert (again.counts["parked"], again.counts["changed"]) == (1, 0)
    assert [one.code for one in again.parked[0].problems] == ["IMPORT-WHICH-PERSON"]


def test_a_row_left_out_is_left_out(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, ROW), Choice.SKIP)

    assert (found.counts["left"], found.counts["parked"]) == (1, 0)


def test_one_whom_an_earlier_row_made_can_be_picked(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, (NAME, "", THIRD, "北社", ""), ROW)
    waits = found.pairs[-1]
    made = next(one for one in waits.candidates if one.earlier)

    found = decided(store, found, Choice.UPDATE, made.mark, place=-1)
    Importing(store).write(found)

    assert (made.mark, facts_of(store, [made])[0][:7]) == ("row 2", "表里第 2 行")
    assert posts(store)[THIRD] == "会计"
    assert (found.counts["new"], found.counts["merged"], store.count(Person)) == (1, 1, 3)


def test_a_helper_is_given_to_the_person_who_is_picked(store: SqlStore, path: Path, two) -> None:
    saved(Registers(store), LegalHelper(person=two[0].uid, certificate_no="c1"))
    found = preview(store, path, (NAME, "", "c9"), register="legal_helpers", heads=HELPERS)
    (pair,) = found.pairs

    Importing(store).write(decided(store, found, Choice.UPDATE, two[1].uid))

    assert [one.is_blank for one in pair.candidates] == [False, True]
    held = {one.person: one.certificate_no for one in store.all(LegalHelper)}
    assert held == {two[0].uid: "c1", two[1].uid: "c9"}
    assert store.count(Person) == 2


def test_a_helper_who_is_a_new_person_is_made_with_that_person(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, (NAME, "", "c9"), register="legal_helpers", heads=HELPERS)

    Importing(store).write(decided(store, found, Choice.SEPARATE))

    (helper,) = store.all(LegalHelper)
    assert helper.person not in {one.uid for one in two}
    assert store.count(Person) == 3


def test_a_number_of_its_own_beside_several_is_shown_beside_them_too(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, (NAME, "", THIRD, "", "会计"))

    (pair,) = found.pairs

    assert (pair.choice, len(pair.candidates), found.counts["new"]) == (Choice.SEPARATE, 2, 1)


def test_two_facilities_of_one_name_and_kind_can_both_be_picked(store: SqlStore, path: Path) -> None:
    halls = [saved(Registers(store), hall(location=one)) for one in ("东社", "西社")]
    kind = FacilityKind(halls[0].kind).label
    found = preview(store, path, (halls[0].name, kind, "", "88"), register="facilities", heads=FACILITIES)
    (pair,) = found.pairs

    Importing(store).write(decided(store, found, Choice.UPDATE, halls[1].uid))

    assert (pair.choice, len(pair.candidates)) == (Choice.UPDATE, 2)
    assert facts_of(store, pair.candidates)[0].startswith("东社")
    assert [str(one.floor_area) for one in store.all(Facility) if one.location == "西社"] == ["88.00"]


def test_two_duties_of_one_object_can_both_be_picked(store: SqlStore, path: Path) -> None:
    duties = [
        saved(Registers(store), MaintenanceDuty(subject="村道", kind=DutyClass.ROAD, year=2026, location=one))
        for one in ("东社", "西社")
    ]
    heads = ("管护对象", "领域/类别", "管护标准")
    found = preview(store, path, ("村道", "农村道路", "路面平整"), register="duties", heads=heads)

    Importing(store).write(decided(store, found, Choice.UPDATE, duties[1].uid))

    held = {one.location: one.standard for one in store.all(MaintenanceDuty)}
    assert held == {"东社": "", "西社": "路面平整"}


def test_what_tells_them_apart_comes_first_and_hides_numbers(store: SqlStore, path: Path, two) -> None:
    saved(Registers(store), LegalHelper(person=two[1].uid))
    (pair,) = preview(store, path, ROW).pairs

    first, second = facts_of(store, pair.candidates)

    assert first.startswith("手机号码 138****8117，东社")
    assert "法律明白人" in second
    assert OTHER not in second


def test_one_of_them_who_is_gone_is_picked_no_more(store: SqlStore, path: Path, two) -> None:
    with store.change("新增人员") as change:
        third = woman(id_no="", mobile=THIRD)
        change.save(third)
    found = decided(store, preview(store, path, ROW), Choice.UPDATE, third.uid)
    store.undo()

    with pytest.raises(Overtaken) as raised:
        Importing(store).write(found)

    assert (raised.value.preview.decisions, raised.value.preview.counts["parked"]) == ({}, 1)


def test_another_one_who_came_meanwhile_is_asked_about(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, ROW), Choice.SEPARATE)
    saved(Registers(store), woman(id_no="", mobile=THIRD))

    with pytest.raises(Overtaken) as raised:
        Importing(store).write(found)

    assert raised.value.preview.counts["parked"] == 1


@pytest.mark.parametrize("choice", [Choice.UPDATE, Choice.SEPARATE, Choice.WAIT])
def test_what_was_picked_is_put_back_from_the_draft(store: SqlStore, path: Path, two, choice: Choice) -> None:
    chosen = two[1].uid if choice is Choice.UPDATE else ""
    before = decided(store, preview(store, path, ROW), choice, chosen)
    told = {place: Told(one.choice, one.kept, one.chosen) for place, one in before.decisions.items()}
    begun = BegunImport(path, before.file.sha256, "persons", before.found.sheet, decisions=told)
    begun = BegunImport.from_content(json.loads(json.dumps(begun.content(), ensure_ascii=False)))

    again = put_back(Importing(store), Importing(store).look(path), begun)

    assert again.preview.counts == before.counts
    assert {place: one.chosen for place, one in again.preview.decisions.items()} == {Place(2): chosen}


@pytest.mark.parametrize("choice", [Choice.UPDATE, Choice.SEPARATE])
def test_a_row_on_the_work_list_is_given_to_the_one_who_is_picked(
    store: SqlStore, path: Path, two, choice: Choice
) -> None:
    Importing(store).write(preview(store, path, ROW))
    (row,) = store.all(ParkedRow)
    pair = Parking(store).meant(row.uid)
    assert pair is not None

    chosen = two[1].uid if choice is Choice.UPDATE else ""
    taken = Parking(store).take_parked(row.uid, {}, Decision(pair, choice, chosen=chosen))

    assert taken.fate is (Fate.CHANGED if choice is Choice.UPDATE else Fate.NEW)
    assert posts(store)[OTHER if choice is Choice.UPDATE else ""] == "会计"
    assert store.all(ParkedRow) == []
    store.undo()
    assert ([one.uid for one in store.all(ParkedRow)], store.count(Person)) == ([row.uid], 2)


def test_a_row_put_aside_by_a_person_waits_until_somebody_decides(store: SqlStore, path: Path) -> None:
    halls = [saved(Registers(store), hall(location=one)) for one in ("东社", "西社")]
    row = (halls[0].name, FacilityKind(halls[0].kind).label, "", "88")
    found = preview(store, path, row, register="facilities", heads=FACILITIES)
    Importing(store).write(decided(store, found, Choice.WAIT))
    (waiting,) = store.all(ParkedRow)

    alone = Parking(store).take_parked(waiting.uid, {})
    pair = Parking(store).meant(waiting.uid)
    assert pair is not None
    taken = Parking(store).take_parked(waiting.uid, {}, Decision(pair, Choice.UPDATE, chosen=halls[0].uid))

    assert [one.code for one in alone.problems] == ["IMPORT-WHICH-RECORD"]
    assert taken.uid == halls[0].uid
    assert store.count(Facility) == 2


def test_a_row_that_waits_for_something_else_means_nobody(store: SqlStore, path: Path) -> None:
    row = ("书屋", FacilityKind.LIBRARY.label, "村口", "许多")
    Importing(store).write(preview(store, path, row, register="facilities", heads=FACILITIES))
    (waiting,) = store.all(ParkedRow)

    assert Parking(store).meant(waiting.uid) is None
