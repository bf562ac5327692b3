"""The cursor of the table and the form are at the same record, whatever is saved; a save puts no other record into the form."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import register_page
from tests.ui.typing import commit, type_into
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.ports import Condition, Op
from xmdesk.services.desk import Desk
from xmdesk.services.finding import Filter

UNDATED = Filter("facilities", conditions=(Condition("built_year", Op.EMPTY, ""),))


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = register_page(qtbot, desk, around, "facilities")
    qtbot.waitUntil(made.editor.isVisible)
    return made


def line(page: RegisterPage, name: str) -> Any:
    return page.editor.form.fields[name].line  # type: ignore[attr-defined]  # a typed field


def stored(desk: Desk, uid: str) -> Any:
    return desk.registers.get("facilities", uid)


def at_cursor(page: RegisterPage) -> str:
    """The record of the row that the table tints."""
    return page.model.uid(page.table.currentIndex().row())


def selected(page: RegisterPage) -> list[str]:
    return page.table.selected_uids()


def click(page: RegisterPage, uid: str, column: int = 0) -> None:
    place = page.table.visualRect(page.model.index(page.model.row_of(uid), column)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def search(qtbot, page: RegisterPage, text: str) -> None:
    page.search.setText(text)
    page.search.settle()
    qtbot.waitUntil(lambda: page.editor.uid == page.model.uid(0))
    qtbot.wait(200)


def path(page: RegisterPage, name: str) -> int:
    return [one for one, _ in page.model.columns].index(name)


def test_after_an_edit_a_click_on_another_row_takes_cursor_and_form_there(page: RegisterPage, desk: Desk) -> None:
    first, third = page.model.uid(0), page.model.uid(2)
    type_into(line(page, "location"), "榕下村1号")

    click(page, third)

    assert (page.editor.uid, at_cursor(page), selected(page)) == (third, third, [third])
    assert stored(desk, first).location == "榕下村1号"


def test_after_an_edit_the_key_down_takes_cursor_and_form_to_the_next_row(page: RegisterPage) -> None:
    second = page.model.uid(1)
    click(page, page.model.uid(0))
    type_into(line(page, "location"), "榕下村1号")
    page.table.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_Down)

    assert (page.editor.uid, at_cursor(page), selected(page)) == (second, second, [second])


def test_a_click_goes_where_it_was_meant_when_the_edited_row_fits_the_filter_no_more(
    page: RegisterPage, desk: Desk
) -> None:
    for uid in page.model.all_uids[:4]:
        desk.registers.save(stored(desk, uid).changed(built_year=None))
    page.look_through(UNDATED)
    first, third = page.model.uid(0), page.model.uid(2)
    type_into(line(page, "built_year"), "2019")

    click(page, third, path(page, "kind"))

    assert page.model.uid(0) == first
    assert (page.editor.uid, at_cursor(page), selected(page)) == (third, third, [third])
    assert page.table.currentIndex().column() == path(page, "kind")


def test_a_click_that_the_form_does_not_allow_leaves_the_highlight_with_the_form(page: RegisterPage) -> None:
    first = page.model.uid(0)
    click(page, first)
    type_into(line(page, "built_year"), "去年")

    click(page, page.model.uid(2))

    assert (page.editor.uid, at_cursor(page), selected(page)) == (first, first, [first])


def test_a_new_record_that_the_search_does_not_find_stays_in_the_form(qtbot, page: RegisterPage, desk: Desk) -> None:
    other = page.model.uid(page.model.rowCount() - 1)
    search(qtbot, page, stored(desk, other).name)
    page.act("new")
    type_into(line(page, "name"), "新图书角")

    page.act("save")
    fresh = page.editor.uid
    commit(line(page, "location"), "榕下村9号")
    page.act("save")

    assert fresh != other
    assert page.editor.uid == fresh
    assert (stored(desk, fresh).name, stored(desk, fresh).location) == ("新图书角", "榕下村9号")
    assert stored(desk, other).location != "榕下村9号"
    assert not page.table.currentIndex().isValid()
    assert selected(page) == []


def test_a_new_record_that_the_filter_does_not_show_stays_in_the_form_and_this_is_said(
    page: RegisterPage, desk: Desk
) -> None:
    for uid in page.model.all_uids[:3]:
        desk.registers.save(stored(desk, uid).changed(built_year=None))
    page.look_through(UNDATED)
    third = page.model.uid(2)
    page.act("new")
    type_into(line(page, "name"), "新图书角")
    type_into(line(page, "built_year"), "2019")

    page.act("save")
    fresh, told, words = page.editor.uid, page.place.outside.isVisible(), page.place.outside.words.text()
    click(page, third)

    assert (stored(desk, fresh).name, told) == ("新图书角", True)
    assert "不在当前的查找或筛选里" in words
    assert (page.editor.uid, at_cursor(page)) == (third, third)
    assert not page.place.outside.isVisible()


def test_the_strip_leads_to_the_record_in_the_table(qtbot, page: RegisterPage, desk: Desk) -> None:
    search(qtbot, page, stored(desk, page.model.uid(1)).name)
    page.act("new")
    type_into(line(page, "name"), "新图书角")
    page.act("save")
    uid = page.editor.uid

    page.place.outside.yes.click()
    qtbot.wait(300)

    assert page.search.text() == ""
    assert (page.editor.uid, at_cursor(page)) == (uid, uid)
    assert not page.place.outside.isVisible()


def test_a_record_outside_the_search_gives_way_when_something_else_is_asked(page: RegisterPage, desk: Desk) -> None:
    desk.registers.save(stored(desk, page.model.uid(0)).changed(built_year=None))
    page.look_through(UNDATED)
    type_into(line(page, "built_year"), "2019")
    page.act("save")

    page.look_through(Filter("facilities", conditions=(Condition("built_year", Op.IS, "2018"),)))

    assert page.editor.uid == page.model.uid(0) == at_cursor(page)
    assert not page.place.outside.isVisible()


def test_enter_goes_on_to_the_next_row_below_one_that_fits_the_filter_no_more(page: RegisterPage, desk: Desk) -> None:
    for uid in page.model.all_uids[:3]:
        desk.registers.save(stored(desk, uid).changed(built_year=None))
    page.look_through(UNDATED)
    page.columns._ticked(_item(page, "built_year"))
    column, first, second = path(page, "built_year"), page.model.uid(0), page.model.uid(1)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, column))
    page.table.edit_here("2019")
    cell = page.table.open_line
    assert cell is not None

    QTest.keyClick(cell, Qt.Key.Key_Return)

    assert stored(desk, first).built_year == 2019
    assert (page.editor.uid, at_cursor(page)) == (second, second)
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (1, column)


def _item(page: RegisterPage, path: str) -> Any:
    """The tick of a column, set."""
    page.columns._fill()
    item = page.columns.list.item(list(page.columns.offered()).index(path))
    page.columns.list.blockSignals(True)
    item.setCheckState(Qt.CheckState.Checked)
    page.columns.list.blockSignals(False)
    return item


def test_cursor_and_form_stay_together_when_a_letter_is_sought_while_something_is_unsaved(
    qtbot, page: RegisterPage
) -> None:
    uid = page.model.uid(2)
    click(page, uid)
    name = line(page, "name").text()
    commit(line(page, "location"), "榕下村9号")

    page.search.setText(name)
    page.search.settle()
    qtbot.wait(200)

    assert (page.editor.uid, at_cursor(page)) == (uid, uid)


def test_a_cell_of_a_row_that_the_form_takes_out_of_the_filter_is_written_all_the_same(
    page: RegisterPage, desk: Desk
) -> None:
    for uid in page.model.all_uids[:3]:
        desk.registers.save(stored(desk, uid).changed(built_year=None))
    page.look_through(UNDATED)
    uid = page.model.uid(0)
    type_into(line(page, "built_year"), "2019")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, path(page, "contact_phone")))
    page.table.edit_here("13900001111")
    cell = page.table.open_line
    assert cell is not None

    QTest.keyClick(cell, Qt.Key.Key_Return)

    assert (stored(desk, uid).built_year, stored(desk, uid).contact_phone) == (2019, "13900001111")
    assert (page.model.uid(0), at_cursor(page)) == (uid, page.model.uid(1))


def test_what_is_typed_after_a_new_record_was_undone_goes_into_no_other_record(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go("facilities")
    page = shell.pages["facilities"]
    assert isinstance(page, RegisterPage)
    page.act("new")
    type_into(line(page, "name"), "甲乙丙")
    page.act("save")
    line(page, "location").setFocus()

    shell.undo()

    assert page.editor.uid == at_cursor(page) == page.model.uid(0)
    assert page.table.hasFocus()
