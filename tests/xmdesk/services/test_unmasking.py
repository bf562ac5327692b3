from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStore
from tests.xmdesk.services.stories import ID_NO, duty, hall, saved, woman
from xmdesk.problems import Severity
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.services.exporting import Exporting
from xmdesk.services.import_preview import ImportPreview
from xmdesk.services.importing import Importing
from xmdesk.services.joining import Fate, Joined, Joiner
from xmdesk.services.registers import Registers


def brought(store: SqlStore, path: Path, name: str) -> ImportPreview:
    preview = Importing(store).preview(path, name)
    Importing(store).write(preview)
    return preview


def joined(store: SqlStore, register: str, **values: Any) -> tuple[Joined, Joiner]:
    joiner = Joiner(store, register)
    return joiner.join(2, {name.replace("__", "."): one for name, one in values.items()}), joiner


def warned(preview: ImportPreview) -> list[tuple[str, int, str]]:
    found = [one for one in preview.problems if one.severity is not Severity.NOTICE]
    return [(one.code, one.where.row, one.where.column) for one in found]


def test_a_masked_export_that_was_edited_changes_what_was_edited_and_no_number(store: SqlStore, tmp_path: Path) -> None:
    person = saved(Registers(store), woman())
    saved(Registers(store), hall(person, contact_phone="13800008117/0592-7018000"))
    out = tmp_path / "设施.csv"
    Exporting(store).write("facilities", out)
    text = out.read_text("utf-8-sig")
    assert "138****8117/0592-7018000" in text
    out.write_text(text.replace("军营村民委员会", "军营村经济合作社"), "utf-8")

    preview = brought(store, out, "facilities")

    (hall_,) = store.all(Facility)
    assert (preview.counts["changed"], preview.persons, warned(preview)) == (1, [], [])
    assert (hall_.owner, hall_.contact_phone) == ("军营村经济合作社", "13800008117/0592-7018000")


def test_a_masked_phone_tells_namesakes_apart(store: SqlStore, tmp_path: Path) -> None:
    people = [Person(name="林银杏", mobile=f"1380000000{number}") for number in (1, 2)]
    for one in people:
        saved(Registers(store), one)
    path = tmp_path / "人员.csv"
    path.write_text("姓名,手机号码,单位及职务\n林银杏,138****0002,村委委员\n", "utf-8")

    preview = brought(store, path, "persons")

    held = {one.mobile: one.post for one in store.all(Person)}
    assert (held, warned(preview)) == ({"13800000001": "", "13800000002": "村委委员"}, [])


def test_a_masked_phone_that_fits_nobody_is_left_out_and_told_with_row_and_column(
    store: SqlStore, tmp_path: Path
) -> None:
    known = saved(Registers(store), woman())
    path = tmp_path / "人员.csv"
    path.write_text("姓名,联系电话,单位及职务\n林阿土,139****9999,村委委员\n", "utf-8")

    preview = brought(store, path, "persons")

    assert warned(preview) == [("IMPORT-MASKED-PHONE", 2, "联系电话")]
    assert store.all(Person) == [known.changed(post="村委委员")]


@pytest.mark.parametrize(
    ("name", "shown", "phone"), [("林阿土", "138****8117", "13800008117"), ("陈水木", "139****1234", "13900001234")]
)
def test_a_masked_number_beside_a_name_is_that_persons_or_one_of_the_register(
    store: SqlStore, name: str, shown: str, phone: str
) -> None:
    saved(Registers(store), woman())
    saved(Registers(store), duty(subject="公厕", keeper_phone="13900001234"))

    found, joiner = joined(store, "duties", subject="村道", keeper_person__name=name, keeper_phone=shown)

    assert (found.fate, found.problems) == (Fate.NEW, ())
    assert found.record.model_dump()["keeper_phone"] == phone
    assert [one.name for one in joiner.people.touched.values()] == [one for one in [name] if one != "林阿土"]


def test_of_two_numbers_that_look_alike_the_records_own_is_meant(store: SqlStore) -> None:
    first = saved(Registers(store), hall(contact_phone="13800001234"))
    second = saved(Registers(store), hall(name="书屋", contact_phone="13899991234"))
    for one in (first, second):
        values = {"name": one.name, "kind": one.kind, "contact_phone": "138****1234"}
        assert joined(store, "facilities", **values)[0].fate is Fate.SAME


def test_of_two_numbers_that_look_alike_none_is_taken_for_a_new_record(store: SqlStore) -> None:
    saved(Registers(store), hall(contact_phone="13800001234"))
    saved(Registers(store), hall(name="书屋", contact_phone="13899991234"))
    found, _ = joined(store, "facilities", name="凉亭", contact_phone="138****1234/0592-7018000")
    assert found.record.model_dump()["contact_phone"] == ""
    assert [(one.code, one.where.field) for one in found.problems] == [("IMPORT-MASKED-PHONE", "contact_phone")]


def test_whose_number_it_is_may_be_told_by_a_masked_identity_number(store: SqlStore) -> None:
    known = saved(Registers(store), woman())
    saved(Registers(store), woman(id_no="", mobile="13899998117"))
    found, _ = joined(store, "persons", name=known.name, id_no=f"{ID_NO[:6]}********{ID_NO[-4:]}", mobile="138****8117")
    assert (found.fate, found.record, found.problems) == (Fate.SAME, known, ())


def test_stars_in_a_remark_stay_as_they_are(store: SqlStore) -> None:
    saved(Registers(store), woman())
    found, _ = joined(store, "persons", name="林阿土", remark="138****8117")
    assert (found.record.remark, found.problems) == ("138****8117", ())


def test_a_masked_number_of_another_document_comes_back_too(store: SqlStore, tmp_path: Path) -> None:
    known = saved(Registers(store), woman(document_kind="9", id_no="台胞证01234567"))
    Exporting(store).write("persons", tmp_path / "人员.csv")
    preview = brought(store, tmp_path / "人员.csv", "persons")
    assert (preview.counts["same"], warned(preview), store.all(Person)) == (1, [], [known])


def test_a_person_without_a_name_is_nobody_whose_number_a_row_may_mean(store: SqlStore) -> None:
    saved(Registers(store), woman(name=""))
    found, _ = joined(store, "duties", subject="村道", hotline="138****8117")
    assert [one.code for one in found.problems] == ["IMPORT-MASKED-PHONE"]


def test_many_masked_numbers_are_found_in_one_look_at_the_register(store: SqlStore) -> None:
    for number in range(3):
        saved(Registers(store), duty(subject=f"路灯{number}", keeper_phone=f"1380000100{number}/0592-7018000"))
    joiner = Joiner(store, "duties")
    rows = [joiner.join(at, {"subject": f"村道{at}", "keeper_phone": f"138****100{at}"}) for at in range(3)]
    assert [one.record.model_dump()["keeper_phone"] for one in rows] == [f"1380000100{at}" for at in range(3)]
