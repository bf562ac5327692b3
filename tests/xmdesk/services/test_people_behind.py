"""What a roster of posts says of the people who hold them already: written, counted, proven and taken back with the import."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, saved, woman
from xmdesk.records.codes import Post, Sex
from xmdesk.records.keeping import ImportBatch
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.outcomes import Overtaken
from xmdesk.services.pairing import Choice, Decision, sides
from xmdesk.services.registers import Registers
from xmdesk.services.remarks import remarks_on

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
    assert (found.records, found.has_any, found.people) == ([], True, (0, 1, 0))
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

    assert (found.has_any, found.counts["same"], found.people) == (False, 1, (0, 0, 0))


def test_the_people_are_counted_in_the_answer_of_the_command_line(store: SqlStore, path: Path, officer: Person) -> None:
    found = preview(store, path, ("林阿土", ID_NO, MOBILE, "", "A"), ("黄一", "", "", "", "B"))

    assert found.as_json()["people"] == {"new": 1, "completed": 1, "changed": 0}


HELPERS = ("姓名", "公民身份号码", "手机号码", "单位及职务", "出生日期", "状态")
ROW = ("林阿土", ID_NO, "13911118888", "文书", "1949年12月", "在册")
NAMED = ("林阿土", "", "", "会计", "", "在册")


def helpers(store: SqlStore, path: Path, *rows: Sequence[str]) -> ImportPreview:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((HELPERS, *rows))
    return Importing(store).preview(path, "legal_helpers")


def decided(store: SqlStore, found: ImportPreview, choice: Choice, *kept: str) -> ImportPreview:
    (pair,) = found.pairs
    return Importing(store).decide(found, {pair.place: Decision(pair, choice, frozenset(kept))})


@pytest.fixture
def director(store: SqlStore) -> Person:
    """Somebody of whom more is known, who is no helper."""
    return saved(
        Registers(store), woman(mobile=MOBILE, post="村委会主任", born_on="1949-12-31", sex=Sex.FEMALE, address="")
    )


def warned(found: ImportPreview) -> list[str]:
    return [one.text for one in found.problems if one.code == "IMPORT-PERSON-CHANGED"]


def test_what_another_register_replaces_of_a_person_is_told_old_and_new(
    store: SqlStore, path: Path, director: Person
) -> None:
    found = helpers(store, path, ROW)

    (pair,) = found.pairs
    assert (found.people, found.counts["new"]) == ((0, 0, 1), 1)
    assert (pair.replaced, pair.is_sure, pair.reason) == (("person.post", "person.mobile"), True, "公民身份号码相同")
    assert "单位及职务 村委会主任 → 文书，手机号码 138****8117 → 139****8888" in warned(found)[0]
    assert MOBILE not in "".join(one.text for one in found.problems)


def test_a_day_that_is_known_more_precisely_stays(store: SqlStore, path: Path, director: Person) -> None:
    Importing(store).write(helpers(store, path, ROW))

    assert [one.born_on for one in store.all(Person)] == ["1949-12-31"]


def test_what_is_kept_of_the_person_stays_and_the_post_goes_in(store: SqlStore, path: Path, director: Person) -> None:
    found = decided(store, helpers(store, path, ROW), Choice.UPDATE, "person.post", "person.mobile")

    Importing(store).write(found)

    (pair,) = found.pairs
    assert (found.people, pair.keeps_person, warned(found)) == ((0, 0, 0), True, [])
    assert store.all(Person) == [director]
    assert [one.person for one in store.all(LegalHelper)] == [director.uid]


def test_one_field_is_kept_and_another_one_replaced(store: SqlStore, path: Path, director: Person) -> None:
    Importing(store).write(decided(store, helpers(store, path, ROW), Choice.UPDATE, "person.post"))

    assert [(one.post, one.mobile) for one in store.all(Person)] == [("村委会主任", "13911118888")]


def test_what_was_replaced_comes_back_with_the_batch(store: SqlStore, path: Path, director: Person) -> None:
    result = Importing(store).write(helpers(store, path, ROW))

    back = Importing(store).undo(result.batch)

    assert (back.removed, back.people_restored) == (1, 1)
    assert store.all(Person) == [director]


def test_one_who_is_known_by_the_name_alone_may_be_another(store: SqlStore, path: Path, director: Person) -> None:
    found = helpers(store, path, NAMED)

    Importing(store).write(decided(store, found, Choice.SEPARATE))

    (pair,) = found.pairs
    assert (pair.is_sure, pair.choice, pair.reason) == (False, Choice.UPDATE, "姓名相同")
    assert sorted(one.post for one in store.all(Person)) == ["会计", "村委会主任"]
    assert [one.person == director.uid for one in store.all(LegalHelper)] == [False]


def test_a_row_put_aside_writes_nothing_of_the_person(store: SqlStore, path: Path, director: Person) -> None:
    found = decided(store, helpers(store, path, NAMED), Choice.WAIT)

    Importing(store).write(found)

    assert (found.counts["parked"], store.all(Person), store.count(LegalHelper)) == (1, [director], 0)


def test_another_mobile_under_a_known_name_is_put_beside_the_person(
    store: SqlStore, path: Path, director: Person
) -> None:
    found = helpers(store, path, ("林阿土", "", "13911118888", "", "", "在册"))

    Importing(store).write(decided(store, found, Choice.UPDATE))

    assert [one.choice for one in found.pairs] == [Choice.SEPARATE]
    assert [one.mobile for one in store.all(Person)] == ["13911118888"]


def test_what_only_completes_a_person_is_no_pair(store: SqlStore, path: Path, officer: Person) -> None:
    found = helpers(store, path, ("林阿土", ID_NO, MOBILE, "文书", "", "在册"))

    assert (found.pairs, found.people, warned(found)) == ((), (0, 1, 0), [])


def test_both_sides_show_the_person_and_nothing_of_a_post_that_is_not_held(
    store: SqlStore, path: Path, director: Person
) -> None:
    (pair,) = helpers(store, path, ROW).pairs

    lines = {one.name: one for one in sides(store, pair, {})}

    assert list(lines)[:2] == ["person.post", "person.mobile"]
    assert (lines["person.post"].old, lines["person.post"].new) == ("村委会主任", "文书")
    assert (lines["status"].old, lines["status"].new, lines["status"].differs) == ("", "在册", False)


def test_a_person_who_was_changed_meanwhile_is_told_by_the_field(store: SqlStore, path: Path, director: Person) -> None:
    found = helpers(store, path, ROW)
    saved(Registers(store), director.changed(post="书记"))

    with pytest.raises(Overtaken) as caught:
        Importing(store).write(found)

    assert [one.sentence for one in caught.value.moved] == ["第 2 行 林阿土：“单位及职务”改过了"]


def test_the_sheet_as_a_whole_is_remarked_on(store: SqlStore, path: Path, director: Person) -> None:
    (remark,) = remarks_on(helpers(store, path, ROW)).asked

    assert remark.text.startswith("人员名册里 1 人原来的内容照这张表修改。第 2 行 林阿土：单位及职务 村委会主任 → 文书")
