"""What is copied in the table keeps its real value inside the book and its mask outside; cutting, filling, patches."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.sheets import (
    cell,
    cells,
    clipboard,
    column,
    go,
    lines,
    opened,
    press,
    record,
    select,
    stored,
    undoable,
)
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

C, D, R, V, X = Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_V, Qt.Key.Key_X


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around, "persons")


def refused(page: RegisterPage) -> str:
    item = page.notice._room.lines.itemAt(0)
    return "" if page.notice.isHidden() or item is None else item.widget().toolTip()


def test_a_masked_number_is_pasted_whole_and_leaves_masked(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "mobile")
    number = stored(desk, page, 0, "mobile")
    press(page, C, control=True)
    outside = QGuiApplication.clipboard().text()
    go(page, 1, "mobile")

    press(page, V, control=True)

    assert stored(desk, page, 1, "mobile") == number
    assert outside == cell(page, 0, "mobile") == f"{number[:3]}****{number[-4:]}"
    assert number not in QGuiApplication.clipboard().mimeData().html()
    assert not page.notice.isVisible()


def test_a_masked_number_from_elsewhere_is_refused_with_a_true_reason(page: RegisterPage, desk: Desk) -> None:
    before = stored(desk, page, 1, "mobile")
    clipboard("138****4321")
    go(page, 1, "mobile")

    press(page, V, control=True)

    assert stored(desk, page, 1, "mobile") == before
    assert "号码中间是遮住的，写不进去。" in refused(page)
    assert "请先按“显示完整号码”再复制，或者填写完整号码。" in refused(page)


def test_the_mask_of_the_number_that_stands_there_changes_nothing(page: RegisterPage, desk: Desk) -> None:
    before = stored(desk, page, 1, "mobile")
    clipboard(f"出纳\t{cell(page, 1, 'mobile')}")
    go(page, 1, "post")

    press(page, V, control=True)

    assert (stored(desk, page, 1, "post"), stored(desk, page, 1, "mobile")) == ("出纳", before)
    assert not page.notice.isVisible()


def test_the_same_words_from_another_program_are_not_taken_for_ours(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "mobile")
    press(page, C, control=True)
    clipboard(QGuiApplication.clipboard().text())
    before = stored(desk, page, 1, "mobile")
    go(page, 1, "mobile")

    press(page, V, control=True)

    assert stored(desk, page, 1, "mobile") == before
    assert "遮住" in refused(page)


def test_a_number_goes_from_one_register_to_another(
    page: RegisterPage, qtbot, desk: Desk, around: Surroundings
) -> None:
    go(page, 0, "mobile")
    number = stored(desk, page, 0, "mobile")
    press(page, C, control=True)
    facilities = opened(qtbot, desk, around, "facilities")
    facilities.columns._keep(columns=["name", "contact_phone"])
    facilities.columns._wear()
    go(facilities, 0, "contact_phone")

    press(facilities, V, control=True)

    assert stored(desk, facilities, 0, "contact_phone") == number


def test_one_of_two_namesakes_is_pasted_as_the_one_it_is(qtbot, desk: Desk, around: Surroundings) -> None:
    desk.registers.save(Person(name="郑水根", post="另一位"))
    facilities = opened(qtbot, desk, around, "facilities")
    uid = next(one for one in desk.registers.uids("persons", search="另一位"))
    go(facilities, 0, "contact")
    desk.registers.save(record(desk, facilities, 0).changed(contact=uid))
    facilities.refresh()
    press(facilities, C, control=True)
    go(facilities, 1, "contact")

    press(facilities, V, control=True)

    assert stored(desk, facilities, 1, "contact") == uid


def test_a_source_that_changed_meanwhile_is_not_pasted_under_its_old_words(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "mobile")
    press(page, C, control=True)
    desk.registers.save(record(desk, page, 0).changed(mobile="13600001111"))
    before = stored(desk, page, 1, "mobile")
    go(page, 1, "mobile")

    press(page, V, control=True)

    assert stored(desk, page, 1, "mobile") == before
    assert "遮住" in refused(page)


def test_nothing_is_known_of_a_copy_once_it_is_forgotten(page: RegisterPage, around: Surroundings) -> None:
    go(page, 0, "mobile")
    press(page, C, control=True)
    was_there = around.copied.is_there

    around.copied.forget()

    assert was_there
    assert not around.copied.is_there
    assert (around.copied.uids, around.copied.paths) == ((), ())


def test_what_is_copied_from_the_past_is_what_is_seen(page: RegisterPage, around: Surroundings) -> None:
    page.sheet.remembers = False
    go(page, 0, "mobile")

    press(page, C, control=True)

    assert not around.copied.is_there
    assert "****" in QGuiApplication.clipboard().text()


def test_what_was_cut_moves_whole_in_one_step(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 0), ("post", "mobile"))
    before = [stored(desk, page, row, one) for row in (0, 1) for one in ("post", "mobile")]
    press(page, X, control=True)
    still = stored(desk, page, 0, "mobile")
    go(page, 1, "post")

    press(page, V, control=True)
    moved = [stored(desk, page, row, one) for row in (0, 1) for one in ("post", "mobile")]
    label = undoable(desk)
    desk.store.undo()

    assert still == before[1]
    assert moved == ["", "", *before[:2]]
    assert label.startswith("移动")
    assert [stored(desk, page, row, one) for row in (0, 1) for one in ("post", "mobile")] == before


def test_what_was_cut_is_put_down_once(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    press(page, X, control=True)
    go(page, 1, "post")
    press(page, V, control=True)
    word = stored(desk, page, 1, "post")
    go(page, 2, "post")

    press(page, V, control=True)

    assert [stored(desk, page, row, "post") for row in (1, 2)] == [word, word]


def test_what_is_cut_and_cannot_be_read_stays_where_it_was(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    before = stored(desk, page, 0, "post"), stored(desk, page, 1, "mobile")
    press(page, X, control=True)
    go(page, 1, "mobile")

    press(page, V, control=True)

    assert (stored(desk, page, 0, "post"), stored(desk, page, 1, "mobile")) == before
    assert refused(page)


def test_cut_cells_that_overlap_where_they_go_are_not_emptied(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 1), ("post", "post"))
    words = cells(page, (0, 1), "post")
    press(page, X, control=True)
    go(page, 1, "post")

    press(page, V, control=True)

    assert [stored(desk, page, row, "post") for row in (0, 1, 2)] == ["", *words]


def test_what_was_cut_leaves_another_register_in_the_same_step(
    page: RegisterPage, qtbot, desk: Desk, around: Surroundings
) -> None:
    go(page, 0, "post")
    word = stored(desk, page, 0, "post")
    press(page, X, control=True)
    facilities = opened(qtbot, desk, around, "facilities")
    go(facilities, 0, "name")

    press(facilities, V, control=True)
    after = stored(desk, facilities, 0, "name"), stored(desk, page, 0, "post")
    desk.store.undo()

    assert after == (word, "")
    assert stored(desk, page, 0, "post") == word


def test_filling_right_repeats_the_left_cell_whole(qtbot, desk: Desk, around: Surroundings) -> None:
    page = opened(qtbot, desk, around, "persons")
    page.columns._keep(columns=["name", "mobile", "other_phone"])
    page.columns._wear()
    select(page, (0, 1), ("mobile", "other_phone"))

    press(page, R, control=True)

    for row in (0, 1):
        assert stored(desk, page, row, "other_phone") == stored(desk, page, row, "mobile") != ""


def test_one_row_fills_all_selected_rows(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 0), ("post", "mobile"))
    press(page, C, control=True)
    select(page, (1, 3), ("post", "mobile"))

    press(page, V, control=True)

    for one in ("post", "mobile"):
        assert len({stored(desk, page, row, one) for row in range(4)}) == 1


def test_a_block_goes_over_columns_out_of_view(page: RegisterPage, desk: Desk) -> None:
    page.table.setColumnHidden(column(page, "post"), True)
    before = stored(desk, page, 0, "post")
    clipboard("1970-01-02\t13600000009")
    go(page, 0, "born_on")

    press(page, V, control=True)
    page.table.setColumnHidden(column(page, "post"), True)
    select(page, (0, 0), ("born_on", "mobile"))
    press(page, C, control=True)

    assert stored(desk, page, 0, "mobile") == "13600000009"
    assert stored(desk, page, 0, "post") == before != ""
    assert QGuiApplication.clipboard().text() == "1970-01-02\t136****0009"


def test_columns_that_find_no_room_are_named(page: RegisterPage, desk: Desk) -> None:
    last = page.model.columns[page.table.shown_columns()[-1]][0]
    clipboard("13600000009\t多出来的\t又一列")
    go(page, 0, last)

    press(page, V, control=True)

    assert "右边没有列了，还有 2 列没有粘贴" in page.notice._words.text()
    assert last == "mobile"
    assert stored(desk, page, 0, "mobile") == "13600000009"


def test_only_the_selected_cells_are_emptied_and_none_between(page: RegisterPage, desk: Desk) -> None:
    before = [stored(desk, page, row, "post") for row in range(3)]
    go(page, 0, "post")
    there = page.model.index(2, column(page, "mobile"))
    page.table.selectionModel().select(there, QItemSelectionModel.SelectionFlag.Select)

    press(page, C, control=True)
    words = page.notice._words.text()
    press(page, Qt.Key.Key_Delete)

    assert "不是整齐的一片" in words
    assert [stored(desk, page, row, "post") for row in range(3)] == ["", *before[1:]]
    assert stored(desk, page, 2, "mobile") == ""
    assert stored(desk, page, 0, "mobile") != ""


def test_rows_apart_are_copied_below_each_other(page: RegisterPage) -> None:
    go(page, 0, "name")
    there = page.model.index(2, column(page, "name"))
    page.table.selectionModel().select(there, QItemSelectionModel.SelectionFlag.Select)

    press(page, C, control=True)

    assert QGuiApplication.clipboard().text() == "\n".join(cells(page, (0, 2), "name"))


def test_many_cells_are_written_beside_the_window_as_one_step(page: RegisterPage, qtbot, desk: Desk) -> None:
    many = [Person(name=f"村民{number}", mobile=f"138{number:08d}") for number in range(60)]
    desk.registers.save_all(many, label="新增")
    page.refresh()
    press(page, Qt.Key.Key_A, control=True)
    press(page, C, control=True)
    qtbot.waitUntil(lambda: page.sheet._around.copied.is_there)
    text = QGuiApplication.clipboard().text()
    steps = desk.store.steps(limit=1)[0].number

    with qtbot.waitSignal(page.sheet.offered):
        press(page, Qt.Key.Key_Delete)
    emptied = {cell(page, row, "mobile") for row in range(page.model.rowCount())}
    desk.store.undo()

    assert text.count("\n") == page.model.rowCount() - 1
    assert emptied == {""}
    assert desk.store.steps(limit=2)[1].number == steps + 1
    assert desk.registers.get("persons", many[7].uid) == many[7]


def test_other_programs_get_columns_and_whole_numbers(page: RegisterPage) -> None:
    select(page, (0, 1), ("post", "mobile"))

    press(page, C, control=True)
    content = QGuiApplication.clipboard().mimeData()

    assert content.text() == "\n".join(f"{cell(page, row, 'post')}\t{cell(page, row, 'mobile')}" for row in (0, 1))
    assert content.html().count("<td") == 4
    assert not lines(page)
