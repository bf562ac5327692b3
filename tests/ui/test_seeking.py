"""The cursor follows a search until the person goes somewhere; what is typed then goes where the person went."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import register_page
from ui.registers.page import RegisterPage
from ui.registers.seeker import FOLLOW_MS
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk

NAMES = ("阅览室甲", "阅览室乙", "卫生室")


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    with desk.store.change("x") as change:
        for record in desk.store.all(Facility):
            change.remove(record)
        change.save_many([Facility(name=one) for one in NAMES])
    made = register_page(qtbot, desk, around, "facilities")
    made.search.setFocus()
    return made


def here(page: RegisterPage) -> str:
    return page.model.index(page.table.currentIndex().row(), 0).data()


def test_down_right_after_enter_stays_where_it_went(qtbot, page: RegisterPage) -> None:
    QTest.keyClicks(page.search, "yls")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    first = here(page)

    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.wait(2 * FOLLOW_MS)

    assert (first, here(page)) == NAMES[:2]
    assert page.editor.uid == page.model.uid(1)


def test_down_after_a_second_enter_stays_where_it_went(qtbot, page: RegisterPage) -> None:
    QTest.keyClicks(page.search, "yls")
    qtbot.wait(2 * FOLLOW_MS)
    QTest.keyClick(page.search, Qt.Key.Key_Return)

    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.wait(2 * FOLLOW_MS)

    assert here(page) == NAMES[1]


def test_a_click_while_the_answer_is_fresh_stays_where_it_went(qtbot, page: RegisterPage) -> None:
    QTest.keyClicks(page.search, "yls")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    place = page.table.visualRect(page.model.index(1, 0)).center()

    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.wait(2 * FOLLOW_MS)

    assert here(page) == NAMES[1]


def test_when_the_typing_rests_the_form_follows_to_the_first(qtbot, page: RegisterPage) -> None:
    QTest.keyClicks(page.search, "wss")

    qtbot.waitUntil(lambda: here(page) == NAMES[2])

    assert page.editor.uid == page.model.uid(0)


def test_undo_leaves_the_search_as_it_is(page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    page.search.setText("yls")
    page.search.settle()
    uid = page.model.uid(1)
    record = desk.registers.get("facilities", uid)
    assert record is not None
    desk.registers.save(record.changed(location="村口"))
    desk.store.undo()
    around.changes.announce()

    page.show_again(uid)

    assert (page.search.text(), page.model.rowCount(), page.editor.uid) == ("yls", 2, uid)


def test_undo_of_a_record_outside_the_search_shows_it_in_the_form(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    uid = page.model.uid(2)
    record = desk.registers.get("facilities", uid)
    assert record is not None
    desk.registers.save(record.changed(location="村口"))
    page.search.setText("yls")
    page.search.settle()
    desk.store.undo()
    around.changes.announce()

    page.show_again(uid)

    assert (page.search.text(), page.model.rowCount(), page.editor.uid) == ("yls", 2, uid)
    assert page.place.outside.isVisible()
