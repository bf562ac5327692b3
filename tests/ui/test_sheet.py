"""The table of a register has the habits of a sheet: type over, Enter down, ranges from and to other programs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.sheets import cell, column, editor, go, opened, press, select, stored
from tests.ui.typing import commit
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.ports import StepKind
from xmdesk.records.people import Person
from xmdesk.records.submission import Direction, Submission
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around, "persons")


def test_typing_over_a_cell_saves_and_goes_down(page: RegisterPage, desk: Desk) -> None:
    go(page, 1, "post")
    page.act("edit")
    line = editor(page)
    line.selectAll()
    commit(line, "护林员")

    QTest.keyClick(line, Qt.Key.Key_Return)

    assert stored(desk, page, 1, "post") == "护林员"
    assert cell(page, 1, "post") == "护林员"
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (2, column(page, "post"))
    step = desk.store.undoable()
    assert step is not None
    assert step.label == "修改人员：单位及职务"


def test_a_key_begins_editing_and_replaces_the_text(page: RegisterPage) -> None:
    go(page, 0, "mobile")

    press(page, Qt.Key.Key_1)

    assert editor(page).text() == "1"


def test_tab_goes_right_and_takes_the_text(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    page.act("edit")
    line = editor(page)
    line.selectAll()
    commit(line, "网格员")

    QTest.keyClick(line, Qt.Key.Key_Tab)

    assert stored(desk, page, 0, "post") == "网格员"
    assert page.table.currentIndex().column() == column(page, "mobile")


def test_what_cannot_be_read_keeps_the_cell_open_with_words(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "mobile")
    before = stored(desk, page, 0, "mobile")
    page.act("edit")
    line = editor(page)
    line.selectAll()
    commit(line, "不知道")

    QTest.keyClick(line, Qt.Key.Key_Return)
    words = page.table.cell_delegate.words  # type: ignore[union-attr]  # the page gives one
    told = words.isVisible(), words.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert told[0]
    assert told[1]
    assert not words.isVisible()
    assert stored(desk, page, 0, "mobile") == before


def test_a_closed_list_is_chosen_by_initials(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "sex")
    page.act("edit")
    line = editor(page)
    line.selectAll()
    commit(line, "女")

    QTest.keyClick(line, Qt.Key.Key_Return)

    assert cell(page, 0, "sex") == "女"


def test_a_block_goes_out_and_comes_back_as_one_step(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 2), ("name", "name"))
    press(page, Qt.Key.Key_C, control=True)
    copied = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().setText("会计\t13600000001\r\n文书\t13600000002\r\n")
    go(page, 1, "post")
    number = desk.store.steps(limit=1)[0].number

    press(page, Qt.Key.Key_V, control=True)

    assert copied.split("\n") == ["郑小满", "郑建新", "林银杏"]
    assert [stored(desk, page, row, "post") for row in (1, 2)] == ["会计", "文书"]
    assert [stored(desk, page, row, "mobile") for row in (1, 2)] == ["13600000001", "13600000002"]
    assert desk.store.steps(limit=1)[0].number == number + 1
    assert desk.store.steps(limit=1)[0].label == "粘贴 4 格"
    assert not page.notice.isVisible()


def test_what_could_not_be_pasted_is_listed_and_left(page: RegisterPage, desk: Desk) -> None:
    before = stored(desk, page, 1, "mobile")
    QGuiApplication.clipboard().setText("会计\t电话不详\n文书\t13600000002")
    go(page, 1, "post")

    press(page, Qt.Key.Key_V, control=True)

    assert stored(desk, page, 1, "mobile") == before
    assert stored(desk, page, 2, "mobile") == "13600000002"
    assert page.notice.isVisible()
    assert "1 格没有改" in page.notice._words.text()


def test_rows_past_the_end_are_named(page: RegisterPage) -> None:
    last = page.model.rowCount() - 1
    QGuiApplication.clipboard().setText("会计\n文书\n出纳")
    go(page, last, "post")

    press(page, Qt.Key.Key_V, control=True)

    assert cell(page, last, "post") == "会计"
    assert "还有 2 行没有粘贴" in page.notice._words.text()


def test_what_is_said_of_a_paste_goes_when_the_paste_is_taken_back(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    last = page.model.rowCount() - 1
    QGuiApplication.clipboard().setText(f"{cell(page, last, 'name')}\n洪淑真\n")
    go(page, last, "name")
    press(page, Qt.Key.Key_V, control=True)
    desk.registers.save(desk.store.all(Person)[0].changed(remark="另一件事"))
    around.changes.announce()
    stands = []
    for _ in range(2):
        stands.append(page.notice.isVisible())
        desk.store.undo()
        around.changes.announce("已撤销")
    page.sheet.add_rest()

    assert stands == [True, True]
    assert not page.notice.isVisible()
    assert desk.registers.count("persons") == last + 1


def test_what_is_said_of_added_lines_goes_when_they_are_taken_back(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    last = page.model.rowCount() - 1
    QGuiApplication.clipboard().setText("洪淑真\t不知道\n吴阿水\t不知道\n")
    page.sheet._rest = ("name", "mobile"), [["洪淑真", "不知道"]]
    go(page, last, "name")
    page.sheet.add_rest()
    was_told = page.notice._words.text()

    desk.store.undo()
    around.changes.announce("已撤销")

    assert was_told == "粘贴新增人员 1 条，1 格没有填"
    assert not page.notice.isVisible()


def test_what_was_pasted_before_sealing_is_still_told_of_after_it(
    page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    go(page, page.model.rowCount() - 1, "name")
    QGuiApplication.clipboard().setText("洪淑真\n吴阿水\n")
    press(page, Qt.Key.Key_V, control=True)
    with desk.store.change("密封上报", kind=StepKind.SEAL) as change:
        change.save(Submission(direction=Direction.OWN, period="2026Q4"))
    around.changes.announce()

    assert page.notice.isVisible()


def test_lines_past_the_end_become_new_records_when_asked_to(page: RegisterPage, desk: Desk) -> None:
    before, last = desk.registers.count("persons"), page.model.rowCount() - 1
    name = cell(page, last, "name")
    QGuiApplication.clipboard().setText(f"{name}\n洪淑真\n吴阿水\n")
    go(page, last, "name")

    press(page, Qt.Key.Key_V, control=True)
    count = desk.registers.count("persons")
    offer = page.notice.more.text()
    page.notice.more.click()

    assert count == before
    assert offer == "新增这 2 条"
    assert desk.registers.count("persons") == before + 2
    assert {"洪淑真", "吴阿水"} <= {cell(page, row, "name") for row in range(page.model.rowCount())}
    step = desk.store.undoable()
    assert step is not None
    assert step.label == "粘贴新增人员 2 条"
    assert not page.notice.more.isVisible()


def test_one_text_fills_the_whole_selection(page: RegisterPage) -> None:
    QGuiApplication.clipboard().setText("网格员")
    select(page, (0, 3), ("post", "post"))

    press(page, Qt.Key.Key_V, control=True)

    assert {cell(page, row, "post") for row in range(4)} == {"网格员"}


def test_filling_down_repeats_the_top_row(page: RegisterPage, desk: Desk) -> None:
    top = cell(page, 0, "post")
    select(page, (0, 3), ("post", "post"))

    press(page, Qt.Key.Key_D, control=True)

    assert {cell(page, row, "post") for row in range(4)} == {top}
    desk.store.undo()
    page.refresh()
    assert cell(page, 1, "post") != top


def test_masked_numbers_are_filled_down_whole(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 1), ("mobile", "mobile"))

    press(page, Qt.Key.Key_D, control=True)

    assert stored(desk, page, 1, "mobile") == stored(desk, page, 0, "mobile")


def test_delete_empties_and_undo_brings_back(page: RegisterPage, desk: Desk) -> None:
    before = [stored(desk, page, row, "post") for row in range(2)]
    select(page, (0, 1), ("post", "post"))

    press(page, Qt.Key.Key_Delete)
    emptied = [stored(desk, page, row, "post") for row in range(2)]
    desk.store.undo()

    assert emptied == ["", ""]
    assert [stored(desk, page, row, "post") for row in range(2)] == before


def test_references_are_named_by_title(qtbot, desk: Desk, around: Surroundings) -> None:
    page = opened(qtbot, desk, around, "facilities")
    QGuiApplication.clipboard().setText("郑水根\n查无此人")
    go(page, 0, "contact")
    before = stored(desk, page, 1, "contact")

    press(page, Qt.Key.Key_V, control=True)

    assert cell(page, 0, "contact") == "郑水根"
    assert stored(desk, page, 1, "contact") == before
    assert "没有“查无此人”" in page.notice._room.lines.itemAt(0).widget().toolTip()


def test_ctrl_enter_writes_what_was_typed_into_every_selected_cell(desk: Desk, page: RegisterPage) -> None:
    go(page, 2, "post")
    before = [cell(page, row, "post") for row in range(page.model.rowCount())]

    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.table, Qt.Key.Key_Down, both)
    page.table.edit_here()
    line = editor(page)
    line.selectAll()
    commit(line, "护林员")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    after = [cell(page, row, "post") for row in range(page.model.rowCount())]
    desk.store.undo()
    page.refresh()

    assert after == before[:2] + ["护林员"] * (len(before) - 2)
    assert [cell(page, row, "post") for row in range(page.model.rowCount())] == before
