"""Rows stay where they stand while somebody types; sorting, searching, filtering and coming back put them in order."""

from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.pages import register_page
from tests.ui.typing import type_into
from ui.registers.page import RegisterPage
from ui.shared.order import Order, held
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk
from xmdesk.services.grouping import Section


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = register_page(qtbot, desk, around, "facilities")
    made.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    return made


def names(page: RegisterPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def type_cell(page: RegisterPage, text: str, key: Qt.Key) -> None:
    page.table.edit_here(text)
    cell = page.table.open_line
    assert cell is not None
    QTest.keyClick(cell, key)


def here(page: RegisterPage) -> tuple[int, int]:
    return page.table.currentIndex().row(), page.table.currentIndex().column()


def start(page: RegisterPage, row: int = 0, column: int = 0) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(row, column))


def test_records_shown_before_stand_as_they_stood_and_new_ones_follow_their_neighbour() -> None:
    assert held(Order(["b", "n", "c", "a"]), ["a", "b", "c", "gone"]) == Order(["a", "b", "n", "c"], is_exact=False)
    assert held(Order(["n", "a", "b"]), ["a", "b"]) == Order(["n", "a", "b"])


def test_what_is_found_no_more_and_yet_lasts_stands_where_it_stood() -> None:
    order = held(Order(["a", "n", "c"]), ["a", "b", "c", "gone"], ["b"])

    assert order == Order(["a", "n", "b", "c"], is_exact=False, strays=1)


def test_records_stay_within_the_groups_that_were_read() -> None:
    heads = (Section("一", 2, {}, {}), Section("二", 1, {}, {}))

    assert held(Order(["c", "a", "b"], heads), ["a", "b", "c"]).uids == ["a", "c", "b"]


def test_names_typed_down_a_sorted_column_stay_where_they_were_typed(page: RegisterPage) -> None:
    before = names(page)
    start(page)

    type_cell(page, "最后一名", Qt.Key.Key_Return)
    first, cursor = names(page), here(page)
    type_cell(page, "最后二名", Qt.Key.Key_Tab)

    assert first == ["最后一名", *before[1:]]
    assert names(page) == ["最后一名", "最后二名", *before[2:]]
    assert (cursor, here(page)) == ((1, 0), (1, 1))


def test_a_pasted_block_stays_in_one_piece(page: RegisterPage) -> None:
    before = names(page)
    start(page)
    QGuiApplication.clipboard().setText("最后一名\n安\n中")

    page.sheet.paste()

    assert names(page) == ["最后一名", "安", "中", *before[3:]]
    assert page.table.selected_rows() == [0, 1, 2]


def test_filling_down_moves_no_row(page: RegisterPage) -> None:
    uids = list(page.model.all_uids)
    start(page)
    block = QItemSelection(page.model.index(0, 0), page.model.index(3, 0))
    page.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    page.sheet.fill()

    assert list(page.model.all_uids) == uids


def test_a_name_changed_in_the_form_moves_no_row(page: RegisterPage) -> None:
    uids, row = list(page.model.all_uids), page.table.currentIndex().row()
    type_into(_line(page), "最后一名")

    page.act("save")

    assert list(page.model.all_uids) == uids
    assert page.table.currentIndex().row() == row


def test_that_the_order_no_longer_holds_is_said_and_mended_by_a_click(page: RegisterPage) -> None:
    start(page)
    before = page.strip.sort.isVisible()
    type_cell(page, "做做样子", Qt.Key.Key_Return)
    said, why, uid = page.strip.sort.isVisible(), page.strip.sort.toolTip(), page.model.uid(0)

    page.strip.sort.click()

    assert (before, said, page.strip.sort.isVisible()) == (False, True, False)
    assert (page.strip.sort.text(), why) == ("", "改过的行还在原来的位置；点这里按“设施名称”重新排")
    assert page.model.row_of(uid) == page.model.rowCount() - 1
    assert page.table.hasFocus()


@pytest.mark.parametrize("way", ["sort", "search", "filter", "entering"])
def test_what_is_asked_anew_is_in_order_again(page: RegisterPage, way: str) -> None:
    start(page)
    type_cell(page, "做做样子", Qt.Key.Key_Return)
    uid = page.model.uid(0)

    if way == "sort":
        page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    elif way == "search":
        page.search.setText("")
        page.search.settle()
    elif way == "filter":
        page.look_through(None)
    else:
        page.hide()
        page.show()

    assert page.model.row_of(uid) == page.model.rowCount() - 1
    assert page.model.is_exact


def test_taking_back_what_was_typed_puts_the_order_right(page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    before = list(page.model.all_uids)
    start(page)
    type_cell(page, "做做样子", Qt.Key.Key_Return)

    desk.store.undo()
    around.changes.announce()

    assert list(page.model.all_uids) == before
    assert page.model.is_exact


def test_the_offer_to_sort_anew_pushes_no_part_of_the_form_out_of_the_smallest_window(page: RegisterPage) -> None:
    page.resize(748, 600)
    wide = page.minimumSizeHint().width()
    start(page)

    type_cell(page, "做做样子", Qt.Key.Key_Return)

    assert page.strip.sort.isVisible()
    assert page.minimumSizeHint().width() <= wide


def _line(page: RegisterPage) -> Any:
    return page.editor.form.fields["name"].line  # type: ignore[attr-defined]  # a typed field
