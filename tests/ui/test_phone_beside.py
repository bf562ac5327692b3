"""In the form and in the table of a register the number goes with the person who is picked."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.pages import register_page
from tests.ui.typing import type_into
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

FIRST, SECOND, HAND = "13805920101", "13805920102", "0592-7019999"


@pytest.fixture
def people(desk: Desk) -> dict[str, str]:
    made = [Person(name="吴小满", mobile=FIRST), Person(name="吴大寒", mobile=SECOND), Person(name="吴谷雨")]
    return {one.name: desk.registers.save(one).uid for one in made}


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, people: dict[str, str]) -> RegisterPage:
    made = register_page(qtbot, desk, around, "duties")
    uid = desk.store.all(MaintenanceDuty)[0].uid
    stored = desk.store.get(MaintenanceDuty, uid)
    assert stored is not None
    desk.registers.save(stored.changed(keeper_person=people["吴小满"], keeper_phone=FIRST))
    made.refresh()
    made.show_record(uid)
    made.editor.look_again()
    return made


def field(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name]


def pick(page: RegisterPage, person: str) -> str:
    """Pick a person and return the number that stands beside them."""
    type_into(field(page, "keeper_person").line, person)
    QApplication.processEvents()
    return field(page, "keeper_phone").read()


def stored(page: RegisterPage, desk: Desk) -> tuple[str, str]:
    found = desk.store.get(MaintenanceDuty, page.editor.uid)
    assert found is not None
    return found.keeper_person, found.keeper_phone


def test_who_is_picked_brings_their_number_at_once(page: RegisterPage, desk: Desk, people: dict[str, str]) -> None:
    phone = pick(page, "吴大寒")
    page.act("save")
    saved = stored(page, desk)
    desk.store.undo()

    assert phone == SECOND
    assert saved == (people["吴大寒"], SECOND)
    assert stored(page, desk) == (people["吴小满"], FIRST)


def test_picking_again_goes_on_and_comes_back(page: RegisterPage) -> None:
    assert [pick(page, one) for one in ("吴大寒", "吴谷雨", "吴小满")] == [SECOND, "", FIRST]


def test_a_number_typed_by_hand_stays(page: RegisterPage) -> None:
    type_into(field(page, "keeper_phone").line, HAND)

    assert pick(page, "吴大寒") == HAND


def test_a_number_goes_when_its_name_is_emptied(page: RegisterPage) -> None:
    name = field(page, "keeper_person").line
    name.setFocus()
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Backspace)
    is_there_while_typing = field(page, "keeper_phone").read() == FIRST
    QTest.keyClick(name, Qt.Key.Key_Return)

    assert is_there_while_typing
    assert field(page, "keeper_phone").read() == ""
    assert pick(page, "吴大寒") == SECOND


def test_a_new_item_has_the_number_of_who_is_picked(page: RegisterPage) -> None:
    page.act("new")

    assert pick(page, "吴小满") == FIRST


def test_the_next_record_begins_with_its_own_person(page: RegisterPage, desk: Desk) -> None:
    pick(page, "吴大寒")
    other = next(one for one in desk.store.all(MaintenanceDuty) if one.uid != page.editor.uid)
    desk.registers.save(other.changed(keeper_phone=SECOND))
    page.show_record(other.uid)

    assert pick(page, "吴小满") == SECOND


def test_a_cell_brings_the_number_too(page: RegisterPage, desk: Desk, people: dict[str, str]) -> None:
    page.cells.write([page.editor.uid], "keeper_person", people["吴大寒"])

    assert stored(page, desk) == (people["吴大寒"], SECOND)
    assert field(page, "keeper_phone").read() == SECOND


def test_the_form_for_many_brings_each_number(page: RegisterPage, desk: Desk, people: dict[str, str]) -> None:
    uids = [one.uid for one in desk.store.all(MaintenanceDuty)][:2]
    bulk = page.sides.open_bulk(uids, page.cells.entering)
    bulk.form.fields["keeper_person"].fill(people["吴大寒"])
    bulk.ticks["keeper_person"].setChecked(True)
    bulk.save()

    assert stored(page, desk) == (people["吴大寒"], SECOND)
