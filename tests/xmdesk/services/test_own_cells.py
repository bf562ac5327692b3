"""Behind the text of a copied cell stands its value, wherever the text says less than the value."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.invented import fill, village_desk
from xmdesk.records.kinds import Phone, Reference
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk
from xmdesk.services.entering import Entering
from xmdesk.services.own_cells import OwnCell, own_cells

NUMBER, MASK = "13800001234", "138****1234"


@pytest.fixture
def desk(tmp_path: Path, clock) -> Iterator[Desk]:
    made = village_desk(tmp_path / "book")
    fill(made)
    yield made
    made.upkeep.close()


@pytest.fixture
def uid(desk: Desk) -> str:
    return desk.registers.save(Person(name="叶阿桃", mobile=NUMBER, post="会计")).uid


def found(desk: Desk, name: str, uid: str, path: str, text: str) -> OwnCell:
    (line,) = own_cells(desk.registers, name, [uid], [path], [[text]])
    (cell,) = line
    assert isinstance(cell, OwnCell)
    return cell


@pytest.mark.parametrize("text", [MASK, NUMBER])
def test_a_number_stands_behind_its_mask_and_behind_itself(desk: Desk, uid: str, text: str) -> None:
    cell = found(desk, "persons", uid, "mobile", text)

    assert (cell.kind, cell.value) == (Phone(), NUMBER)
    assert cell.place == ("persons", uid, "mobile")


def test_nothing_stands_behind_a_text_that_the_cell_no_longer_shows(desk: Desk, uid: str) -> None:
    assert found(desk, "persons", uid, "mobile", "139****1234").kind is None
    assert found(desk, "persons", "gone", "mobile", MASK).kind is None


def test_plain_words_are_only_words(desk: Desk, uid: str) -> None:
    assert found(desk, "persons", uid, "post", "会计") == OwnCell("会计", ("persons", uid, "post"))


def test_a_reference_stands_behind_its_title_and_a_dotted_column_leads_on(desk: Desk, uid: str) -> None:
    facility = desk.registers.get("facilities", desk.registers.uids("facilities")[0])
    assert facility is not None
    desk.registers.save(facility.changed(contact=uid))

    named = found(desk, "facilities", facility.uid, "contact", "叶阿桃")
    number = found(desk, "facilities", facility.uid, "contact.mobile", MASK)

    assert (named.kind, named.value) == (Reference("persons"), uid)
    assert number.value == NUMBER


def test_a_value_goes_into_cells_of_its_kind_and_its_words_into_others(desk: Desk, uid: str) -> None:
    entering = Entering(desk.registers)
    grid = entering.own("persons", [uid], ["mobile"], [[MASK]])
    other = desk.registers.save(Person(name="叶阿梅")).uid

    phone = entering.put("persons", [other], ["mobile"], grid)
    words = entering.put("persons", [other], ["remark"], grid)

    (with_phone,), (with_words,) = phone.records, words.records
    assert isinstance(with_phone, Person)
    assert isinstance(with_words, Person)
    assert (with_phone.mobile, with_words.remark) == (NUMBER, MASK)


def test_what_moves_is_emptied_where_it_was_but_for_what_was_written_over(desk: Desk, uid: str) -> None:
    entering = Entering(desk.registers)
    grid = entering.own("persons", [uid], ["mobile"], [[MASK]])
    other = desk.registers.save(Person(name="叶阿梅")).uid

    moved = entering.moved(entering.put("persons", [other], ["mobile"], grid), "persons", [other], ["mobile"])
    onto_itself = entering.moved(entering.put("persons", [uid], ["mobile"], grid), "persons", [uid], ["mobile"])

    assert {one.uid: one.mobile for one in moved.records if isinstance(one, Person)} == {other: NUMBER, uid: ""}
    assert onto_itself.records == ()
