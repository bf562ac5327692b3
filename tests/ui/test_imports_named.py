"""Somebody who is named in a cell may be several of the book: which one is picked, for one cell or all of the name, by keys alone."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import show_page
from tests.ui.test_imports_begun import imports
from tests.ui.test_imports_page import settle, sheet_of
from tests.ui.test_imports_which import unlocked_and_taken_up
from tests.ui.test_locking import visit
from ui.imports.page import ImportsPage
from ui.imports.pairs import PairsPanel
from ui.imports.preview import PAIRS
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

HEADERS = ("设施名称", "设施类型", "负责人")
NAME, MOBILES = "林阿土", ("13800008117", "13899990000")
LIBRARY, CLINIC, SCHOOL = ("新书屋", "农家书屋", NAME), ("新卫生室", "卫生室", NAME), ("新学堂", "健身设施", "黄一")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two(desk: Desk) -> list[Person]:
    """Two of one name."""
    made = [Person(name=NAME, mobile=one, post=post) for one, post in zip(MOBILES, ("书记", "电工"), strict=True)]
    with desk.store.change("新增人员") as change:
        change.save_many(made)
    return made


@pytest.fixture
def page(qtbot, tmp_path: Path, desk: Desk, around: Surroundings, two) -> ImportsPage:
    """The preview of a sheet in which two rows name one of them."""
    made = show_page(qtbot, ImportsPage(desk, around))
    made.window().activateWindow()
    made.open_file(sheet_of(tmp_path, HEADERS, LIBRARY, CLINIC, SCHOOL), "facilities")
    settle(qtbot, around)
    return made


def contacts(desk: Desk) -> dict[str, str]:
    return {one.name: one.contact for one in desk.store.all(Facility) if one.name in (LIBRARY[0], CLINIC[0])}


def done(panel: PairsPanel) -> list[str]:
    return [one.cells[-1] for one in panel.list.lines.lines]


def press(widget, *keys: Qt.Key, control: bool = False) -> None:
    for key in keys:
        QTest.keyClick(widget, key, CONTROL if control else Qt.KeyboardModifier.NoModifier)


def write(qtbot, page: ImportsPage, around: Surroundings) -> None:
    page.preview.go.click()
    settle(qtbot, around)


def test_the_cells_are_asked_about_with_what_tells_the_people_apart(page: ImportsPage) -> None:
    panel = page.preview.pairs

    assert (page.preview.place, page.preview._tabs[PAIRS].text()) == (PAIRS, "同名的人 2")
    assert page.window().focusWidget() is panel.list
    assert [one.cells for one in panel.list.lines.lines] == [
        ("2", LIBRARY[0], "负责人 林阿土", "请选一位"),
        ("3", CLINIC[0], "负责人 林阿土", "请选一位"),
    ]
    assert panel._title.text() == "第 2 行 新书屋 · 负责人 林阿土"
    assert panel._reason.text() == "同名的人：2 位里的哪一位？不选的话，按另一个人登记。"
    assert [one.cells[0] for one in panel.which.lines.lines] == [
        "书记，手机号码 138****8117",
        "电工，手机号码 138****0000",
    ]
    assert panel.which.accessibleName() == "第 2 行负责人 林阿土是哪一位"


def test_a_name_is_never_left_out_alone(page: ImportsPage) -> None:
    shown = [one.text() for one in page.preview.pairs.choices.values() if one.isVisible()]

    assert shown == ["1 就是这一位", "2 另建一条", "4 先放一边"]


def test_each_cell_is_decided_by_keys_alone_and_written(qtbot, page: ImportsPage, desk: Desk, around, two) -> None:
    panel = page.preview.pairs

    press(panel.list, Qt.Key.Key_Return)
    press(panel.which, Qt.Key.Key_Down, Qt.Key.Key_Return)
    first = done(panel)
    press(panel.list, Qt.Key.Key_Return)
    press(panel.which, Qt.Key.Key_Return)
    focus = page.window().focusWidget()
    write(qtbot, page, around)

    assert (first, focus) == (["已选定", "请选一位"], page.preview.go)
    assert contacts(desk) == {LIBRARY[0]: two[1].uid, CLINIC[0]: two[0].uid}
    assert len(desk.store.find(Person, name=NAME)) == 2
    assert "已逐条读回核对 3 条" in page.written.words.text()


def test_one_key_says_of_all_cells_of_the_name_who_it_is(qtbot, page: ImportsPage, desk: Desk, around, two) -> None:
    panel = page.preview.pairs
    words = panel.rest.text()

    press(panel.list, Qt.Key.Key_Return)
    press(panel.which, Qt.Key.Key_Down)
    press(panel.which, Qt.Key.Key_Return, control=True)
    told, focus = done(panel), page.window().focusWidget()
    write(qtbot, page, around)

    assert (words, panel.rest.text()) == ("同名的 2 处都是这一位", "同名的 2 处都照此办")
    assert (told, focus) == (["已选定", "已选定"], page.preview.go)
    assert set(contacts(desk).values()) == {two[1].uid}


def test_nobody_is_said_to_be_meant_everywhere_before_somebody_looked(page: ImportsPage) -> None:
    panel = page.preview.pairs

    press(panel.list, Qt.Key.Key_Return, control=True)

    assert page.preview.preview.decisions == {}
    assert page.window().focusWidget() is panel.which


def test_the_button_says_of_all_cells_too_what_was_decided_here(page: ImportsPage) -> None:
    panel = page.preview.pairs

    panel.list.selectRow(0)
    press(panel.list, Qt.Key.Key_2)
    panel.list.selectRow(0)
    panel.rest.click()

    assert done(panel) == ["另建一条", "另建一条"]
    assert sum(one.name == NAME for one in page.preview.preview.persons) == 1


@pytest.mark.parametrize("control", [False, True])
def test_cells_are_put_aside_by_a_digit(page: ImportsPage, control: bool) -> None:
    press(page.preview.pairs.list, Qt.Key.Key_4, control=control)

    assert done(page.preview.pairs) == ["先放一边", "先放一边" if control else "请选一位"]
    assert page.preview.preview.counts["parked"] == 1 + control


def test_who_was_decided_cell_by_cell_is_not_asked_about_on_the_way_back(page: ImportsPage) -> None:
    panel = page.preview.pairs
    press(panel.list, Qt.Key.Key_2, Qt.Key.Key_2)

    page.preview.begin()

    assert page.preview.place == PAIRS
    assert page.window().focusWidget() is page.preview.go


def test_the_work_list_asks_whom_a_row_names_and_takes_all_of_the_name_in(
    qtbot, page: ImportsPage, desk: Desk, around, two
) -> None:
    press(page.preview.pairs.list, Qt.Key.Key_4, control=True)
    write(qtbot, page, around)
    page._mend()
    which = page.waiting.which
    here, words, asked = page.window().focusWidget(), which.alike.text(), which._asked.text()

    press(which.table, Qt.Key.Key_Down)
    press(which.table, Qt.Key.Key_Return, control=True)
    settle(qtbot, around)

    assert (here, words, asked) == (which.table, "同名的 2 行都是这一位", "负责人 林阿土：同名的人，是哪一位？")
    assert contacts(desk) == {LIBRARY[0]: two[1].uid, CLINIC[0]: two[1].uid}
    assert desk.store.all(ParkedRow) == []


def test_where_room_is_short_the_keys_for_all_of_the_name_hold_without_the_button(
    qtbot, page: ImportsPage, desk: Desk, around, two
) -> None:
    press(page.preview.pairs.list, Qt.Key.Key_4, control=True)
    write(qtbot, page, around)
    page._mend()
    which = page.waiting.which
    shown = which.alike.isVisible()

    which.make_room(is_short=True)
    hidden = not which.alike.isVisible()
    press(which.table, Qt.Key.Key_2, control=True)
    settle(qtbot, around)

    assert (shown, hidden) == (True, True)
    assert "Ctrl+回车，同名的 2 行都是这一位" in which.same.toolTip()
    assert len(set(contacts(desk).values())) == 1
    assert len(desk.store.find(Person, name=NAME)) == 3


def test_on_the_work_list_one_row_is_given_to_the_one_who_is_picked(
    qtbot, page: ImportsPage, desk: Desk, around, two
) -> None:
    press(page.preview.pairs.list, Qt.Key.Key_4, control=True)
    write(qtbot, page, around)
    page._mend()

    press(page.waiting.which.table, Qt.Key.Key_Return)

    assert list(contacts(desk).values()) == [two[0].uid]
    assert len(desk.store.all(ParkedRow)) == 1
    assert page.window().focusWidget() is page.waiting.which.table


@pytest.fixture
def finish(qtbot, window: Window) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)


@pytest.mark.parametrize("control", [False, True])
def test_who_was_picked_is_still_picked_after_a_lock(
    qtbot, window: Window, desk: Desk, tmp_path: Path, two, finish, control: bool
) -> None:
    window.open_desk(desk)
    page = visit(window, "imports")
    assert isinstance(page, ImportsPage)
    page.open_file(sheet_of(tmp_path, HEADERS, LIBRARY, CLINIC, SCHOOL), "facilities")
    finish()
    panel = page.preview.pairs
    press(panel.list, Qt.Key.Key_Return)
    press(panel.which, Qt.Key.Key_Down)
    press(panel.which, Qt.Key.Key_Return, control=control)

    locked = unlocked_and_taken_up(qtbot, window)
    finish()

    assert done(locked.preview.pairs) == ["已选定", "已选定" if control else "请选一位"]
    assert locked.preview.preview.pairs[0].before.uid == two[1].uid


def test_what_was_said_of_a_name_holds_for_the_other_sheets_of_the_file(
    qtbot, window: Window, desk: Desk, tmp_path: Path, two, finish
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "设施"
    for row in (HEADERS, LIBRARY):
        book.worksheets[0].append(row)
    second = book.create_sheet("清单")
    for row in (("管护对象", "领域/类别", "管护责任人"), ("村道", "农村道路", NAME)):
        second.append(row)
    book.save(tmp_path / "台账.xlsx")
    window.open_desk(desk)
    page = imports(window)
    page.open_file(tmp_path / "台账.xlsx", "facilities", "设施")
    finish()
    press(page.preview.pairs.list, Qt.Key.Key_Return)
    press(page.preview.pairs.which, Qt.Key.Key_Down)
    press(page.preview.pairs.which, Qt.Key.Key_Return, control=True)
    page.preview.go.click()
    finish()

    page.written.following.click()
    finish()
    told, words = done(page.preview.pairs), page.preview._said.text()
    page.preview.go.click()
    finish()

    assert (told, words) == (["已选定"], "同名的人照这个文件里选过的办：林阿土。")
    assert [one.keeper_person for one in desk.store.find(MaintenanceDuty, subject="村道")] == [two[1].uid]
