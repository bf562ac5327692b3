"""The form of a person: any document a sheet takes, and marks that follow what the checks ask of this person."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.pages import register_page
from tests.ui.typing import commit, type_into
from ui.registers.page import RegisterPage
from ui.shared.findings import EMPTY, FINE, nothing_found
from ui.shared.surroundings import Surroundings
from xmdesk.records.codes import DocumentKind
from xmdesk.records.people import DisasterOfficer, Person
from xmdesk.records.values.identity import check_character
from xmdesk.services.desk import Desk

PERMIT = "83000019900101012" + check_character("83000019900101012")


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "persons")


def field(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name]


def mark(page: RegisterPage, name: str) -> str:
    return field(page, name)._mark.text()


def chip(page: RegisterPage) -> str:
    """What the panel below the form says."""
    first = page.editor.problems._head.line.itemAt(0)
    shown = first.widget() if first is not None else None
    assert isinstance(shown, QLabel)
    return shown.text()


def added(desk: Desk, page: RegisterPage, **values: Any) -> Person:
    """A person in no form at all, open on the page."""
    person = Person(name="陈小雨", **values)
    desk.registers.save(person)
    page.refresh()
    page.show_record(person.uid)
    return person


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (DocumentKind.RESIDENCE, PERMIT),
        (DocumentKind.PASSPORT, "E12345678"),
        (DocumentKind.OTHER, "军字第1234567号"),
        (DocumentKind.OTHER, "01234567"),
    ],
)
def test_the_number_of_any_document_can_be_typed(page: RegisterPage, desk: Desk, document, number: str) -> None:
    person = added(desk, page, document_kind=document)

    type_into(field(page, "id_no").line, number)
    page.act("save")

    saved = desk.store.get(Person, person.uid)
    assert saved is not None
    assert saved.id_no == number
    assert [one.code for one in desk.checking.of_record(saved) if one.where.field == "id_no"] == []


def test_a_number_that_fits_no_document_waits_until_its_document_is_chosen(page: RegisterPage, desk: Desk) -> None:
    person = added(desk, page)
    type_into(field(page, "id_no").line, "01234567")
    before = page.editor.form.unreadable()

    field(page, "document_kind").choose((DocumentKind.OTHER.value, DocumentKind.OTHER.label))

    assert before == {"id_no": "看不懂"}
    assert page.editor.form.unreadable() == {}
    page.act("save")
    assert desk.store.get(Person, person.uid).id_no == "01234567"  # type: ignore[union-attr]  # just saved


def test_a_person_in_no_form_has_no_marks(page: RegisterPage, desk: Desk) -> None:
    person = added(desk, page)

    assert [one for one in desk.checking.of_record(person) if one.where.uid == person.uid] == []
    assert [name for name in page.editor.form.fields if mark(page, name)] == []


def test_little_filled_in_is_not_called_filled_in(page: RegisterPage, desk: Desk) -> None:
    added(desk, page)
    page.editor.check()
    named = chip(page)
    commit(field(page, "mobile").line, "13800000000")
    page.editor.check()
    more = chip(page)
    page.editor.problems.show_findings([], none=nothing_found(Person()))

    assert (named, more, chip(page)) == ("只填了姓名，别的还没填", FINE, EMPTY)


def test_a_person_who_holds_a_post_is_asked_for_what_the_roster_needs(page: RegisterPage, desk: Desk) -> None:
    officer = desk.store.all(DisasterOfficer)[0]

    page.show_record(officer.person)

    asked = {one.where.field for one in desk.checking.of_record(page.editor.record)}
    assert {"id_no", "political", "education"} <= asked
    assert {name for name in page.editor.form.fields if mark(page, name)} == asked
    assert mark(page, "id_no") == "待填"


def test_a_field_that_was_emptied_is_marked_again(page: RegisterPage, desk: Desk, qtbot) -> None:
    added(desk, page)
    line = field(page, "name").line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)

    qtbot.waitUntil(lambda: mark(page, "name") == "必填")
    commit(line, "陈小雨")

    qtbot.waitUntil(lambda: not mark(page, "name"))


def test_a_gap_that_was_explained_says_so_instead_of_asking(page: RegisterPage, desk: Desk) -> None:
    officer = desk.store.all(DisasterOfficer)[0]
    page.show_record(officer.person)
    gap = next(one for one in desk.checking.of_record(page.editor.record) if one.where.field == "political")

    desk.checking.explain(gap, "本人外出，回来补")
    page.editor.check()

    assert mark(page, "political") == ""
    assert field(page, "political").words == "已说明：本人外出，回来补"


def test_sex_and_birthday_follow_from_the_number_while_one_types(page: RegisterPage, desk: Desk, qtbot) -> None:
    page.act("new")
    fields = page.editor.form.fields

    type_into(fields["id_no"].line, "110101199001011237")  # type: ignore[attr-defined]  # a typed field
    qtbot.waitUntil(lambda: fields["sex"].read() is not None)

    assert fields["born_on"].line.text() == "1990年1月1日"  # type: ignore[attr-defined]  # as above
    assert desk.registers.get("persons", page.editor.uid) is None
