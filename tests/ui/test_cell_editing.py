"""An open cell: what opens it and with which text, what closes it and where the cursor goes then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.sheets import (
    ALT,
    CONTROL,
    SHIFT,
    cell,
    clipboard,
    column,
    editor,
    go,
    letters,
    lines,
    opened,
    place,
    popup,
    press,
    record,
    select,
    stored,
)
from tests.ui.typing import commit
from ui.registers.page import RegisterPage
from ui.shared.fields.pick_line import PickLine
from ui.shared.surroundings import Surroundings
from xmdesk import clock
from xmdesk.services.desk import Desk

KEY = Qt.Key


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around, "persons")


def test_f2_puts_the_cursor_behind_what_stands_there(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    word = stored(desk, page, 0, "post")

    press(page, KEY.Key_F2)
    line = editor(page)
    is_marked = line.hasSelectedText()
    commit(line, "兼会计")
    press(page, KEY.Key_Return)

    assert not is_marked
    assert stored(desk, page, 0, "post") == f"{word}兼会计"


def test_f2_in_an_open_cell_stays_in_the_table(page: RegisterPage) -> None:
    go(page, 0, "mobile")
    letters(page, "13")

    press(page, KEY.Key_F2)
    press(page, KEY.Key_Left)
    letters(page, "0")

    assert editor(page).text() == "103"
    assert editor(page).hasFocus()


def test_f2_twice_lets_arrows_leave_the_cell(page: RegisterPage) -> None:
    go(page, 0, "post")
    press(page, KEY.Key_F2, KEY.Key_F2)

    press(page, KEY.Key_Right)

    assert lines(page) == []
    assert place(page) == (0, "mobile")


def test_arrows_after_typing_take_the_text_and_go_on(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "mobile")

    letters(page, "13600000001")
    press(page, KEY.Key_Down)
    letters(page, "13600000002")
    press(page, KEY.Key_Up)

    assert [stored(desk, page, row, "mobile") for row in (0, 1)] == ["13600000001", "13600000002"]
    assert place(page) == (0, "mobile")


def test_arrows_after_f2_stay_in_the_text(page: RegisterPage) -> None:
    go(page, 0, "mobile")
    press(page, KEY.Key_F2)

    press(page, KEY.Key_Left, KEY.Key_Left)

    assert editor(page).cursorPosition() == len(editor(page).text()) - 2


def test_a_double_click_opens_the_cell_at_the_letter(page: RegisterPage) -> None:
    go(page, 0, "mobile")
    spot = page.table.visualRect(page.table.currentIndex()).center()
    spot.setX(page.table.visualRect(page.table.currentIndex()).left() + 3)

    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseRelease(page, Qt.MouseButton.LeftButton)  # the editor came under the mouse at the second press

    assert not editor(page).hasSelectedText()
    assert editor(page).cursorPosition() == 0


def test_esc_leaves_the_cell_as_it_was(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    before = stored(desk, page, 0, "post")
    letters(page, "abc")

    press(page, KEY.Key_Escape)

    assert lines(page) == []
    assert stored(desk, page, 0, "post") == before == cell(page, 0, "post")
    assert page.table.hasFocus()


def test_esc_leaves_a_cell_with_an_open_list_at_once(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "sex")
    before = stored(desk, page, 0, "sex")
    letters(page, "n")
    assert editor(page).is_open

    QTest.keyClick(popup(), KEY.Key_Escape)

    assert lines(page) == []
    assert stored(desk, page, 0, "sex") == before


def test_backspace_opens_the_cell_empty(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")

    press(page, KEY.Key_Backspace)
    text = editor(page).text()
    press(page, KEY.Key_Return)

    assert text == ""
    assert stored(desk, page, 0, "post") == ""


def test_enter_returns_to_where_the_tabs_began(page: RegisterPage) -> None:
    go(page, 0, "sex")

    press(page, KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Tab)
    last = place(page)
    press(page, KEY.Key_Return)

    assert last == (0, "mobile")
    assert place(page) == (1, "sex")


def test_rows_are_typed_one_after_the_other_with_tab_and_enter(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    for number in ("1", "2"):
        letters(page, f"post{number}")
        press(page, KEY.Key_Tab)
        letters(page, f"1360000000{number}")
        press(page, KEY.Key_Return)

    assert [stored(desk, page, row, "post") for row in (0, 1)] == ["post1", "post2"]
    assert [stored(desk, page, row, "mobile") for row in (0, 1)] == ["13600000001", "13600000002"]
    assert place(page) == (2, "post")


def test_a_run_of_tabs_ends_where_the_cursor_goes_elsewhere(page: RegisterPage) -> None:
    go(page, 0, "sex")
    press(page, KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Down)
    here = place(page)

    press(page, KEY.Key_Return)

    assert place(page) == (here[0] + 1, here[1])


def test_shift_turns_enter_and_tab_round(page: RegisterPage) -> None:
    go(page, 2, "post")

    press(page, KEY.Key_Return, held=SHIFT)
    up = place(page)
    press(page, KEY.Key_Backtab, held=SHIFT)
    left = place(page)
    press(page, KEY.Key_F2)
    press(page, KEY.Key_Return, held=SHIFT)

    assert up == (1, "post")
    assert left == (1, "born_on")
    assert place(page) == (0, "born_on")


def test_tab_takes_what_is_marked_in_the_list_and_goes_right(page: RegisterPage, qtbot) -> None:
    go(page, 0, "sex")
    letters(page, "n")
    marked = popup().currentIndex().data()

    QTest.keyClick(popup(), KEY.Key_Tab)
    qtbot.waitUntil(lambda: lines(page) == [])

    assert cell(page, 0, "sex") == marked
    assert place(page) == (0, "born_on")


def test_enter_takes_what_is_marked_in_the_list_and_goes_down(page: RegisterPage, qtbot) -> None:
    go(page, 0, "sex")
    letters(page, "n")
    marked = popup().currentIndex().data()

    QTest.keyClick(popup(), KEY.Key_Return)
    qtbot.waitUntil(lambda: lines(page) == [])

    assert cell(page, 0, "sex") == marked
    assert place(page) == (1, "sex")


def test_alt_down_opens_the_list_of_a_cell(page: RegisterPage) -> None:
    go(page, 0, "sex")

    press(page, KEY.Key_Down, held=ALT)
    line = editor(page)

    assert isinstance(line, PickLine)
    assert line.is_open
    assert popup().model().rowCount() > 1
    QTest.keyClick(popup(), KEY.Key_Escape)
    assert lines(page) == []


def test_a_list_is_as_wide_as_its_words_however_narrow_the_cell(page: RegisterPage) -> None:
    go(page, 0, "sex")
    press(page, KEY.Key_Down, held=ALT)
    shown = popup()

    assert shown.viewport().width() >= shown.sizeHintForColumn(0) > editor(page).width()
    QTest.keyClick(shown, KEY.Key_Escape)


def test_a_person_is_named_in_a_cell_by_initials(qtbot, desk: Desk, around: Surroundings) -> None:
    page = opened(qtbot, desk, around, "facilities")
    go(page, 0, "contact")

    letters(page, "zxm")
    QTest.keyClick(popup(), KEY.Key_Return)
    qtbot.waitUntil(lambda: lines(page) == [])

    assert cell(page, 0, "contact") == "郑小满"


def test_ctrl_semicolon_puts_today_into_a_cell_of_days(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "born_on")

    press(page, KEY.Key_Semicolon, held=CONTROL)
    text = editor(page).text()
    press(page, KEY.Key_Return)

    assert text == clock.today().isoformat()
    assert str(stored(desk, page, 0, "born_on")) == clock.today().isoformat()


def test_ctrl_semicolon_puts_today_into_what_is_being_typed(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    letters(page, "from ")

    press(page, KEY.Key_Semicolon, held=CONTROL)
    press(page, KEY.Key_Return)

    assert stored(desk, page, 0, "post") == f"from {clock.today().isoformat()}"


def test_where_no_day_belongs_today_is_not_put(page: RegisterPage, qtbot, around: Surroundings) -> None:
    go(page, 0, "mobile")

    with qtbot.waitSignal(around.changes.changed) as told:
        press(page, KEY.Key_Semicolon, held=CONTROL)

    assert told.args == ["这一列填的不是日期"]
    assert lines(page) == []


def test_chinese_typed_into_a_cell_keeps_its_first_letter(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    for begun in ("h", "hu", "hu lin yuan"):
        QApplication.sendEvent(focus(page), QInputMethodEvent(begun, []))
    commit(focus(page), "护林员")
    commit(focus(page), "兼会计")

    press(page, KEY.Key_Return)

    assert stored(desk, page, 0, "post") == "护林员兼会计"


def test_chinese_typed_into_a_cell_with_a_list_opens_it(page: RegisterPage, qtbot) -> None:
    go(page, 0, "sex")
    QApplication.sendEvent(focus(page), QInputMethodEvent("n", []))
    commit(focus(page), "女")
    shown = popup()

    QTest.keyClick(shown, KEY.Key_Return)
    qtbot.waitUntil(lambda: lines(page) == [])

    assert cell(page, 0, "sex") == "女"


def focus(page: RegisterPage) -> QWidget:
    """Who gets what the input method says."""
    found = QApplication.focusWidget()
    assert found is not None
    assert page.table.isAncestorOf(found) or found is page.table
    return found


def test_undo_in_an_open_cell_undoes_the_typing_only(page: RegisterPage, desk: Desk) -> None:
    go(page, 0, "post")
    number = desk.store.steps(limit=1)[0].number
    letters(page, "ab")

    press(page, KEY.Key_Z, held=CONTROL)
    text = editor(page).text()
    press(page, KEY.Key_Escape)

    assert "b" not in text
    assert desk.store.steps(limit=1)[0].number == number


def test_copying_in_an_open_cell_copies_its_text(page: RegisterPage) -> None:
    go(page, 0, "post")
    clipboard("")
    press(page, KEY.Key_F2)

    press(page, KEY.Key_A, KEY.Key_C, held=CONTROL)

    assert QGuiApplication.clipboard().text() == editor(page).text() != ""


def test_enter_goes_round_in_the_selected_block(page: RegisterPage, desk: Desk) -> None:
    select(page, (0, 1), ("post", "mobile"))

    for text in ("a", "b", "13600000001"):
        letters(page, text)
        press(page, KEY.Key_Return)
    there = place(page)
    press(page, KEY.Key_Return)

    assert [stored(desk, page, row, "post") for row in (0, 1)] == ["a", "b"]
    assert stored(desk, page, 0, "mobile") == "13600000001"
    assert (there, place(page)) == ((1, "mobile"), (0, "post"))


def test_tab_goes_round_in_the_selected_block(page: RegisterPage) -> None:
    select(page, (0, 1), ("post", "mobile"))

    press(page, KEY.Key_Tab, KEY.Key_Tab)
    below = place(page)
    press(page, KEY.Key_Backtab, held=SHIFT)

    assert below == (1, "post")
    assert place(page) == (0, "mobile")


def test_what_hours_left_out_is_told_with_their_cell(qtbot, desk: Desk, around: Surroundings) -> None:
    page = opened(qtbot, desk, around, "facilities")
    page.columns._keep(columns=["name", "hours"])
    page.columns._wear()
    told: list[str] = []
    around.changes.changed.connect(told.append)

    for name, text in (("hours", "工作日8:00-17:00，节假日9:00-11:00"), ("name", "村委会")):
        go(page, 0, name)
        press(page, KEY.Key_F2)
        editor(page).selectAll()
        commit(editor(page), text)
        press(page, KEY.Key_Return)

    assert stored(desk, page, 0, "hours")["1"] == ["08:00-17:00"]
    assert told[0].startswith("已保存：开放时间。节假日的时间或说明没有保留")
    assert told[-1] == "已保存：设施名称"


def test_a_text_of_several_lines_is_not_broken_by_looking_into_its_cell(
    qtbot, desk: Desk, around: Surroundings
) -> None:
    page = opened(qtbot, desk, around, "facilities")
    page.columns._keep(columns=["name", "remark"])
    page.columns._wear()
    desk.registers.save(record(desk, page, 0).changed(remark="一楼\n二楼"))
    page.refresh()
    go(page, 0, "remark")

    press(page, KEY.Key_F2)
    press(page, KEY.Key_Return, held=ALT)
    commit(editor(page), "三楼")
    press(page, KEY.Key_Return)

    assert stored(desk, page, 0, "remark") == "一楼\n二楼\n三楼"
    assert column(page, "remark") == 1
