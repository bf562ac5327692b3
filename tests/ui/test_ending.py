"""The strip that ends a record says in words what it wants, and what a person is still in charge of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.pages import register_page
from tests.ui.said import Said
from tests.ui.typing import commit
from ui.registers.ending import Ending
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.people import LegalHelper, Person
from xmdesk.services.desk import Desk
from xmdesk.services.naming_steps import NamedSteps
from xmdesk.services.people import roles_of


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "persons")


def asked(page: RegisterPage, uid: str = "") -> Ending:
    page.show_record(uid or page.editor.uid)
    page.editor.ask_end()
    return page.editor.ending


def answer(ending: Ending, *, day: str = "2026年11月20日", reason: str = "离任") -> None:
    for line, text in ((ending._day, day), (ending._reason, reason)):
        line.clear()
        commit(line, text)
    ending._confirm()


def is_retired(desk: Desk, uid: str) -> bool:
    found = desk.store.get(Person, uid)
    return found is not None and bool(found.retired_on)


@pytest.mark.parametrize(
    ("day", "reason", "words", "wrong"),
    [
        ("", "离任", "请填写停用日期。", "_day"),
        ("昨天吧", "离任", "日期", "_day"),
        ("2030年1月1日", "离任", "停用日期在今天之后，到了那一天再停用。", "_day"),
        ("2026年11月20日", " ", "请写明停用的原因，如 拆除、离任、重复登记。", "_reason"),
    ],
)
def test_what_is_missing_or_cannot_be_taken_is_said(
    page: RegisterPage, desk: Desk, day: str, reason: str, words: str, wrong: str
) -> None:
    ending, uid = asked(page), page.editor.uid
    answer(ending, day=day, reason=reason)
    line: QLineEdit = getattr(ending, wrong)

    assert words in ending._wrong.text()
    assert ending._wrong.isVisible()
    assert page.window().focusWidget() is line
    assert line.property("tone") == "wrong"
    assert line.accessibleDescription() == ending._wrong.text()
    assert not is_retired(desk, uid)


def test_the_words_are_gone_when_it_is_asked_again(page: RegisterPage) -> None:
    answer(asked(page), reason="")

    assert not asked(page)._wrong.isVisible()


def test_before_a_person_ends_it_is_said_what_they_are_still_in_charge_of(page: RegisterPage, desk: Desk) -> None:
    uid = desk.store.all(LegalHelper)[0].person
    roles = [one.label for one in roles_of(desk.store, uid)]
    words = asked(page, uid)._words.text()

    assert "法律明白人" in roles
    assert f"还担任 {len(roles)} 种职务：{'、'.join(roles)}。" in words


def test_of_a_person_without_a_post_nothing_is_said(page: RegisterPage, desk: Desk) -> None:
    person = desk.registers.save(Person(name="吴小满"))
    page.refresh()

    assert "职务" not in asked(page, person.uid)._words.text()


def test_who_ended_is_told_at_the_posts_they_are_named_for(page: RegisterPage, desk: Desk, said: Said) -> None:
    helper = desk.store.all(LegalHelper)[0]
    before = {one.code for one in desk.checking.of_record(helper)}
    answer(asked(page, helper.person))

    found = {one.code: one for one in desk.checking.of_record(helper)}
    assert is_retired(desk, helper.person)
    assert "C-REFERENCE-GONE" not in before
    assert found["C-REFERENCE-GONE"].where.field == "person"
    assert said.told == []


def test_a_reason_stays_written_when_the_record_could_not_be_ended(page: RegisterPage, desk: Desk) -> None:
    ending, person = asked(page), desk.store.get(Person, page.editor.uid)
    assert person is not None
    with desk.store.change("移走") as change:
        change.remove(person)

    answer(ending)

    assert ending.isVisible()
    assert ending._reason.text() == "离任"


def test_after_an_end_and_after_its_taking_back_the_cursor_is_in_the_table(page: RegisterPage, desk: Desk) -> None:
    uid = page.model.uid(2)
    ending = asked(page, uid)
    answer(ending)
    after = page.window().focusWidget()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    successor = page.table.currentIndex().row()
    page.show_record(uid)
    page.editor.head.end.setFocus()
    QTest.keyClick(page.editor.head.end, Qt.Key.Key_Space)

    assert not is_retired(desk, uid)
    assert after is page.table
    assert successor == 2
    assert page.window().focusWidget() is page.table


def test_undo_calls_the_taking_back_of_an_end_as_its_button_does(page: RegisterPage, desk: Desk) -> None:
    ending, uid = asked(page), page.editor.uid
    answer(ending)
    words = page.editor.head.end.text()
    page.editor.ask_end()

    assert not is_retired(desk, uid)
    assert words == "重新启用"
    assert NamedSteps(desk.registers).words(desk.store.undoable()).startswith("重新启用人员 ")


def test_an_end_that_is_brought_back_is_not_said_to_be_outside_a_search(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    uid = page.model.uid(2)
    ending = asked(page, uid)
    answer(ending)
    for step in (desk.store.undo, desk.store.redo):
        step()
        around.changes.announce()
        page.show_again(uid)

    assert is_retired(desk, uid)
    assert (page.editor.uid, page.editor.has_ended) == (uid, True)
    assert not page.place.outside.isVisible()
