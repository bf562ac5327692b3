"""A name in a field of a row that several people of the book have: a person says who it is, for one cell or for all of the name."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.namesakes import MOBILE, NAME, OTHER, SHELTERS, preview_of, two_of_one_name
from tests.xmdesk.services.stories import hall, saved, woman
from xmdesk.records.codes import FacilityKind
from xmdesk.records.doings import Training
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.records.shelter import Shelter
from xmdesk.services.candidates import facts_of
from xmdesk.services.import_begun import BegunImport, decided_again, of_everybody, put_back
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.outcomes import Overtaken
from xmdesk.services.pairing import Choice, Decision, Place, Told
from xmdesk.services.registers import Registers

FACILITIES = ("设施名称", "设施类型", "负责人", "联系电话")
DUTIES = ("管护对象", "领域/类别", "管护责任人")
THIRD = "13700000001"
LIBRARY, CLINIC = ("书屋", "农家书屋", NAME, ""), ("卫生室", "卫生室", NAME, "")


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


def decided(
    store: SqlStore, found: ImportPreview, choice: Choice, chosen: str = "", place: int = 0, *, all_of_it: bool = False
) -> ImportPreview:
    pair = found.pairs[place]
    at = pair.everywhere if all_of_it else pair.place
    return Importing(store).decide(found, {at: Decision(pair, choice, chosen=chosen)})


def contacts(store: SqlStore) -> dict[str, str]:
    return {one.name: one.contact for one in store.all(Facility)}


def told(found: ImportPreview) -> list[tuple[int, str]]:
    return [(one.where.row, one.code) for one in found.problems if one.code.startswith("IMPORT-")]


def choices(found: ImportPreview) -> list[tuple[int, str, Choice]]:
    return [(one.number, one.field, one.choice) for one in found.pairs]


def test_who_is_named_may_be_several_and_stands_beside_all_of_them(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, LIBRARY)

    (pair,) = found.pairs

    assert (pair.place, pair.name, pair.reason) == (Place(2, "contact"), NAME, "姓名相同")
    assert [one.before for one in pair.candidates] == list(two)
    assert pair.choices == (Choice.UPDATE, Choice.SEPARATE, Choice.WAIT)
    assert facts_of(store, pair.candidates) == ["书记，手机号码 138****8117", "电工，手机号码 138****0000"]


def test_unless_a_person_says_who_it_is_somebody_new_is_made_and_told_as_ever(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, LIBRARY)

    Importing(store).write(found)

    assert (found.counts["new"], found.counts["parked"], found.people) == (1, 0, (1, 0, 0))
    assert told(found) == [(2, "IMPORT-NAMESAKES")]
    assert store.count(Person) == 3


@pytest.mark.parametrize("mobile", ["", THIRD])
def test_cells_that_nobody_decided_about_mean_one_new_person_and_all_of_them_are_asked_about(
    store: SqlStore, path: Path, two, mobile: str
) -> None:
    found = preview(store, path, *((name, name, NAME, mobile) for name in ("农家书屋", "卫生室", "养老院")))

    assert [(one.choice, [c.before for c in one.candidates]) for one in found.pairs] == [
        (Choice.SEPARATE, list(two))
    ] * len(found.joined)
    assert (len(found.pairs), found.people) == (len(found.joined), (1, 0, 0))


def test_the_one_who_is_picked_is_named_and_nobody_is_made(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY), Choice.UPDATE, two[1].uid)

    result = Importing(store).write(found)

    assert (result.proven, result.people, told(found)) == (1, 0, [])
    assert contacts(store) == {"书屋": two[1].uid}
    assert store.all(Person) == list(two)


def test_a_new_one_is_made_when_a_person_says_so_and_told_no_more(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY), Choice.SEPARATE)

    Importing(store).write(found)

    assert (found.people, told(found), store.count(Person)) == ((1, 0, 0), [], 3)


def test_a_row_whose_name_is_put_aside_waits(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY, CLINIC), Choice.WAIT)

    assert (found.counts["parked"], found.counts["new"]) == (1, 1)
    assert [one.code for one in found.parked[0].problems] == ["IMPORT-WHICH-NAMED"]
    assert found.parked[0].problems[0].where.column == "负责人"
    assert choices(found)[0] == (2, "contact", Choice.WAIT)


def test_a_row_that_waits_for_a_name_leaves_no_trace(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY), Choice.WAIT)

    Importing(store).write(found)

    assert (store.all(Facility), store.all(Person), len(store.all(ParkedRow))) == ([], list(two), 1)


def test_a_pick_is_taken_back_with_the_whole_import(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY), Choice.UPDATE, two[1].uid)
    result = Importing(store).write(found)

    back = Importing(store).undo(result.batch)

    assert (back.kept, store.all(Facility), store.all(Person)) == ((), [], list(two))


def test_what_is_said_of_everybody_of_the_name_holds_for_all_cells(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, LIBRARY, CLINIC)

    found = decided(store, found, Choice.UPDATE, two[1].uid, all_of_it=True)
    Importing(store).write(found)

    assert contacts(store) == {"书屋": two[1].uid, "卫生室": two[1].uid}
    assert store.count(Person) == 2


def test_somebody_new_for_all_cells_of_a_name_is_one_person(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY, CLINIC), Choice.SEPARATE, all_of_it=True)

    Importing(store).write(found)

    held = contacts(store)
    assert held["书屋"] == held["卫生室"] not in {one.uid for one in two}
    assert store.count(Person) == 3


def test_one_cell_may_mean_another_one_than_all_the_others(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY, CLINIC), Choice.UPDATE, two[1].uid, all_of_it=True)

    Importing(store).write(decided(store, found, Choice.UPDATE, two[0].uid, place=1))

    assert contacts(store) == {"书屋": two[1].uid, "卫生室": two[0].uid}


def test_what_is_said_of_everybody_later_holds_for_cells_decided_before(store: SqlStore, path: Path, two) -> None:
    found = decided(store, preview(store, path, LIBRARY, CLINIC), Choice.UPDATE, two[0].uid)

    found = decided(store, found, Choice.UPDATE, two[1].uid, place=1, all_of_it=True)

    assert [one.before for one in found.pairs] == [two[1], two[1]]
    assert list(found.decisions) == [Place(0, NAME)]


def test_two_fields_of_a_row_may_mean_two_people(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, ("避灾点", "村部", NAME, NAME), register="shelters", heads=SHELTERS)
    found = decided(store, found, Choice.UPDATE, two[0].uid)

    found = decided(store, found, Choice.UPDATE, two[1].uid, place=1)
    Importing(store).write(found)

    (shelter,) = store.all(Shelter)
    assert (shelter.duty_person, shelter.deputy_person) == (two[0].uid, two[1].uid)


def test_a_keeper_of_several_is_asked_about_too(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, ("村道", "农村道路", NAME), register="duties", heads=DUTIES)

    Importing(store).write(decided(store, found, Choice.UPDATE, two[1].uid))

    assert [one.keeper_person for one in store.all(MaintenanceDuty)] == [two[1].uid]


def test_of_those_who_took_part_the_one_of_several_is_asked_about(store: SqlStore, path: Path, two) -> None:
    heads = ("开始日期", "主题", "参训人员")
    found = preview(store, path, ("2026-05-18", "灾情报送", f"{NAME}(合格)、黄一"), register="trainings", heads=heads)

    Importing(store).write(decided(store, found, Choice.UPDATE, two[1].uid))

    (training,) = store.all(Training)
    assert told(found) == [(2, "IMPORT-NAMESAKES")]
    assert training.attendees[0] == {"person": two[1].uid, "result": "合格"}


def test_who_took_part_twice_under_one_name_is_asked_about_twice(store: SqlStore, path: Path, two) -> None:
    heads = ("开始日期", "主题", "参训人员")
    found = preview(store, path, ("2026-05-18", "灾情报送", f"{NAME}、{NAME}"), register="trainings", heads=heads)
    found = decided(store, found, Choice.UPDATE, two[0].uid)

    Importing(store).write(decided(store, found, Choice.UPDATE, two[1].uid, place=1))

    assert [one["person"] for one in store.all(Training)[0].attendees] == [two[0].uid, two[1].uid]


def test_a_mobile_of_one_of_them_says_who_it_is(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, ("书屋", "农家书屋", NAME, OTHER))

    Importing(store).write(found)

    assert (found.pairs, told(found), contacts(store)) == ((), [], {"书屋": two[1].uid})


def test_who_stands_there_already_is_not_asked_about(store: SqlStore, path: Path, two) -> None:
    Importing(store).write(decided(store, preview(store, path, LIBRARY), Choice.UPDATE, two[1].uid))

    again = preview(store, path, LIBRARY)

    assert (again.pairs, again.counts["same"]) == ((), 1)


def test_one_of_the_book_with_another_mobile_may_be_meant_and_keeps_it(store: SqlStore, path: Path) -> None:
    known = saved(Registers(store), woman(id_no="", mobile=MOBILE))
    found = preview(store, path, ("书屋", "农家书屋", NAME, OTHER))
    before = choices(found)

    Importing(store).write(decided(store, found, Choice.UPDATE, known.uid))

    assert before == [(2, "contact", Choice.SEPARATE)]
    assert (contacts(store), store.all(Person)) == ({"书屋": known.uid}, [known])
    assert [one.contact_phone for one in store.all(Facility)] == [OTHER]


def test_a_mobile_beside_the_name_completes_the_one_who_is_picked(store: SqlStore, path: Path) -> None:
    for mobile in (MOBILE, ""):
        saved(Registers(store), woman(id_no="", mobile=mobile))
    bare = next(one for one in store.all(Person) if not one.mobile)
    found = preview(store, path, ("书屋", "农家书屋", NAME, OTHER))

    Importing(store).write(decided(store, found, Choice.UPDATE, bare.uid))

    assert sorted(one.mobile for one in store.all(Person)) == [MOBILE, OTHER]


def test_different_mobiles_in_one_sheet_are_different_people_without_a_question(store: SqlStore, path: Path) -> None:
    rows = (("书屋", "农家书屋", NAME, MOBILE), ("卫生室", "卫生室", NAME, OTHER))

    found = preview(store, path, *rows)

    assert (found.pairs, told(found), found.people) == ((), [(3, "IMPORT-NAMESAKES")], (2, 0, 0))


def test_one_whom_an_earlier_row_made_can_be_picked(store: SqlStore, path: Path, two) -> None:
    found = preview(store, path, ("书屋", "农家书屋", NAME, THIRD), CLINIC)
    found = decided(store, found, Choice.SEPARATE)
    made = next(one for one in found.pairs[1].candidates if one.earlier)

    found = decided(store, found, Choice.UPDATE, made.mark, place=1)
    Importing(store).write(found)

    held = contacts(store)
    assert (made.mark, facts_of(store, [made])) == ("row 2 contact", ["表里第 2 行，手机号码 137****0001"])
    assert held["书屋"] == held["卫生室"]
    assert store.count(Person) == 3


def test_a_decision_does_not_hold_for_another_name_in_its_cell(store: SqlStore, path: Path, two) -> None:
    for mobile in (MOBILE, OTHER):
        saved(Registers(store), woman(name="黄一", id_no="", mobile=mobile))
    found = decided(store, preview(store, path, LIBRARY), Choice.SEPARATE)

    found = Importing(store).reread(found, {(2, "负责人"): "黄一"})

    assert told(found) == [(2, "IMPORT-NAMESAKES")]
    assert found.decided(found.pairs[0]) is None


def test_one_who_is_gone_is_picked_no_more(store: SqlStore, path: Path, two) -> None:
    third = woman(id_no="", mobile=THIRD)
    with store.change("新增人员") as change:
        change.save(third)
    found = decided(store, preview(store, path, LIBRARY), Choice.UPDATE, third.uid)
    store.undo()

    with pytest.raises(Overtaken) as raised:
        Importing(store).write(found)

    assert raised.value.preview.decisions == {}
    assert raised.value.moved[0].sentence == "第 2 行 书屋：“负责人”里同名的人和刚才的不一样"


@pytest.mark.parametrize("all_of_it", [False, True])
def test_another_one_who_came_meanwhile_is_asked_about(store: SqlStore, path: Path, two, all_of_it: bool) -> None:
    found = decided(store, preview(store, path, LIBRARY), Choice.SEPARATE, all_of_it=all_of_it)
    saved(Registers(store), woman(id_no="", mobile=THIRD))

    with pytest.raises(Overtaken) as raised:
        Importing(store).write(found)

    assert raised.value.preview.decisions == {}


@pytest.mark.parametrize("choice", [Choice.UPDATE, Choice.SEPARATE, Choice.WAIT])
@pytest.mark.parametrize("all_of_it", [False, True])
def test_what_was_said_of_a_name_is_put_back_from_the_draft(
    store: SqlStore, path: Path, two, choice: Choice, all_of_it: bool
) -> None:
    chosen = two[1].uid if choice is Choice.UPDATE else ""
    before = decided(store, preview(store, path, LIBRARY, CLINIC), choice, chosen, all_of_it=all_of_it)
    begun = BegunImport(path, before.file.sha256, "facilities", before.found.sheet, decisions=as_told(before))
    begun = BegunImport.from_content(json.loads(json.dumps(begun.content(), ensure_ascii=False)))

    again = put_back(Importing(store), Importing(store).look(path), begun)

    assert begun.decisions == as_told(before)
    assert (again.preview.counts, choices(again.preview)) == (before.counts, choices(before))
    assert set(again.preview.decisions) == {Place(0, NAME) if all_of_it else Place(2, "contact")}


def as_told(found: ImportPreview) -> dict[Place, Told]:
    return {place: Told(one.choice, one.kept, one.chosen) for place, one in found.decisions.items()}


def test_what_was_said_of_everybody_holds_in_another_table_of_the_file(
    store: SqlStore, path: Path, tmp_path: Path, two
) -> None:
    first = decided(store, preview(store, path, LIBRARY), Choice.UPDATE, two[1].uid, all_of_it=True)
    second = preview(store, tmp_path / "清单.csv", ("村道", "农村道路", NAME), register="duties", heads=DUTIES)

    second = decided_again(Importing(store), second, of_everybody(as_told(first)))

    assert [(one.choice, one.before) for one in second.pairs] == [(Choice.UPDATE, two[1])]


def test_somebody_of_a_row_of_one_table_is_nobody_in_another() -> None:
    told = {
        Place(0, NAME): Told(Choice.UPDATE, chosen="row 2 contact"),
        Place(2, "contact"): Told(Choice.UPDATE, chosen="1"),
    }

    assert of_everybody(told) == {}


def test_a_row_that_may_be_there_already_and_names_one_of_several_asks_both(store: SqlStore, path: Path, two) -> None:
    halls = [
        saved(Registers(store), hall(name="书屋", kind=FacilityKind.LIBRARY, location=one)) for one in ("东社", "西社")
    ]
    found = preview(store, path, ("书屋", "农家书屋", NAME, ""))

    assert [(one.number, one.field) for one in found.pairs] == [(2, ""), (2, "contact")]
    found = decided(store, found, Choice.UPDATE, halls[1].uid)
    found = decided(store, found, Choice.UPDATE, two[0].uid, place=1)
    Importing(store).write(found)
    assert {one.location: one.contact for one in store.all(Facility)} == {"东社": "", "西社": two[0].uid}


def test_where_a_row_is_put_aside_for_a_name_what_it_may_be_is_still_shown(store: SqlStore, path: Path, two) -> None:
    for place in ("东社", "西社"):
        saved(Registers(store), hall(name="书屋", kind=FacilityKind.LIBRARY, location=place))
    found = decided(store, preview(store, path, LIBRARY), Choice.WAIT, place=1)

    assert [(one.field, one.choice) for one in found.pairs] == [("", Choice.UPDATE), ("contact", Choice.WAIT)]
    assert found.counts["parked"] == 1
