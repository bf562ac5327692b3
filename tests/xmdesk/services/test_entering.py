"""Cells are read as their fields read them; many records change as one step; a copy stands on its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.invented import fill, village_desk
from xmdesk.problems import problem
from xmdesk.records.base import fields_of
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.records.values.reading import Bad
from xmdesk.services.desk import Desk
from xmdesk.services.entering import Entering, can_be_typed

FACILITY = fields_of(Facility)


@pytest.fixture
def desk(tmp_path: Path, clock) -> Iterator[Desk]:
    made = village_desk(tmp_path / "book")
    fill(made)
    yield made
    made.upkeep.close()


@pytest.fixture
def entering(desk: Desk) -> Entering:
    return Entering(desk.registers)


def said(bad: Bad) -> str:
    return problem(bad.code, **bad.facts).text


def test_a_reference_is_named_by_its_title(entering: Entering, desk: Desk) -> None:
    uid = entering.read(FACILITY["contact"], " 郑水根 ")

    found = desk.store.get(Person, uid)
    assert found is not None
    assert found.name == "郑水根"


def test_of_two_of_one_name_none_is_taken_though_one_has_nothing_in_brackets(entering: Entering, desk: Desk) -> None:
    (known,) = desk.store.find(Person, name="郑水根")
    desk.registers.save(known.changed(post="", mobile=""))
    desk.registers.save(Person(name="郑水根", post="另一位"))

    with pytest.raises(Bad) as bad:
        entering.read(FACILITY["contact"], "郑水根")

    assert (bad.value.code, bad.value.facts["number"]) == ("E-NAMESAKES", 2)


def test_a_name_that_stands_for_two_is_refused(entering: Entering, desk: Desk) -> None:
    desk.registers.save(Person(name="郑水根", post="另一位"))

    with pytest.raises(Bad) as bad:
        entering.read(FACILITY["contact"], "郑水根")

    assert "2 条" in said(bad.value)


def test_a_part_of_a_name_is_not_guessed(entering: Entering) -> None:
    with pytest.raises(Bad) as bad:
        entering.read(FACILITY["contact"], "水根")

    assert "没有“水根”" in said(bad.value)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_cell_that_can_be_typed_can_be_emptied(entering: Entering, desk: Desk, name: str) -> None:
    uids = desk.registers.uids(name)
    fields = [one for one, spec in fields_of(REGISTERS[name].record).items() if can_be_typed(spec)]

    found = entering.put(name, list(uids), fields, [[""] * len(fields)] * len(uids))

    assert found.refused == ()
    assert len(found.records) == len(uids)


def test_given_numbers_and_endings_are_not_typed(entering: Entering, desk: Desk) -> None:
    uids = desk.registers.uids("facilities")[:1]

    found = entering.put("facilities", list(uids), ["facility_no", "retired_on", "duties"], [["1", "2026", "x"]])

    assert found.records == ()
    assert [one.code for one in found.refused] == ["E-FORM"] * 3
    assert found.refused[0].where.row == 1


def test_what_stands_there_already_is_no_change(entering: Entering, desk: Desk) -> None:
    uid = desk.registers.uids("facilities")[0]
    record = desk.registers.get("facilities", uid)
    assert record is not None
    before = desk.store.steps(limit=1)[0].number

    found = entering.put("facilities", [uid], ["name"], [[record.title()]])
    entering.write(found, label="粘贴")

    assert found.cells == 0
    assert desk.store.steps(limit=1)[0].number == before


def test_the_same_values_are_written_as_one_step(entering: Entering, desk: Desk) -> None:
    uids = list(desk.registers.uids("facilities"))

    found = entering.same("facilities", uids, {"built_year": 2019, "location": "榕下村88号"})
    entering.write(found, label="批量修改")
    shared = entering.shared("facilities", uids)
    desk.store.undo()

    assert found.cells == len(uids)
    assert shared["built_year"] == 2019
    assert "name" not in shared
    assert "built_year" not in entering.shared("facilities", uids)


def test_a_masked_number_is_refused_for_what_it_is(entering: Entering) -> None:
    for name, text in (("mobile", "138****0000"), ("id_no", "350212********1234")):
        with pytest.raises(Bad) as bad:
            entering.read(fields_of(Person)[name], text)

        assert said(bad.value) == "号码中间是遮住的，写不进去。"


def test_a_mask_leaves_the_number_that_it_masks(entering: Entering, desk: Desk) -> None:
    person = desk.registers.save(Person(name="叶阿桃", mobile="13800001234", other_phone="0592-7018000"))

    ours = entering.put("persons", [person.uid], ["mobile", "other_phone"], [["138****1234", "059*****000"]])
    exported = entering.put("persons", [person.uid], ["mobile", "other_phone"], [["138****1234", "0592-7018000"]])
    another = entering.put("persons", [person.uid], ["mobile"], [["138****1235"]])

    assert (ours.records, exported.records, exported.refused) == ((), (), ())
    assert [one.code for one in another.refused] == ["E-MASKED"]


def test_cells_are_emptied_one_by_one(entering: Entering, desk: Desk) -> None:
    first, second = list(desk.registers.uids("facilities"))[:2]

    found = entering.emptied("facilities", {first: ["name"], second: ["kind", "facility_no", "contact.mobile"]})
    entering.write(found, label="清空")

    one, other = desk.registers.rows("facilities", [first, second])
    assert isinstance(one, Facility)
    assert isinstance(other, Facility)
    assert (one.name, other.kind) == ("", None)
    assert one.kind is not None
    assert other.facility_no
    assert found.cells == 2


def test_what_reading_hours_left_out_is_told_of_every_cell(entering: Entering, desk: Desk) -> None:
    uids = [one.uid for one in desk.store.all(Facility)[:3]]
    told = "周一至周五 8:00-17:00；节假日 9:00-11:00", "周一至周日 8:00-17:00", "8:00-17:30（节假日除外）"

    found = entering.put("facilities", uids, ["hours"], [[one] for one in told])

    assert found.refused == ()
    assert [(one.where.uid, one.code) for one in found.doubts] == [
        (uids[0], "V-HOURS-HOLIDAY"),
        (uids[2], "V-HOURS-HOLIDAY"),
        (uids[2], "V-HOURS-EVERY-DAY"),
    ]


def test_of_two_places_of_one_name_none_is_taken(entering: Entering, desk: Desk) -> None:
    desk.registers.save_all([Facility(name="幸福院二号", location=place) for place in ("", "后山路9号")], label="新增")

    with pytest.raises(Bad) as bad:
        entering.read(FACILITY["parent"], "幸福院二号")

    assert bad.value.code == "E-NAMESAKES"


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (Person, "post", "村委会委员 兼会计"),
        (Facility, "remark", "村委会委员\n兼会计"),
        (Person, "name", "村委会委员兼会计"),
    ],
)
def test_lines_of_a_cell_stay_apart_where_words_may_follow_each_other(
    entering: Entering, record: type[Person | Facility], field: str, value: str
) -> None:
    assert entering.read(fields_of(record)[field], "村委会委员\r\n兼会计 ") == value
