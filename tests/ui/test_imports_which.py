"""A row that may mean several of one name: which one is picked, a new one made, or it is left to wait, by keys alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import show_page
from tests.ui.test_imports_page import settle, sheet_of
from tests.ui.test_locking import locked_and_unlocked, taken_up, visit
from ui.imports.page import ImportsPage
from ui.imports.pairs import PairsPanel
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk
from xmdesk.services.pairing import Choice

HEADERS = ("姓名", "手机号", "单位及职务")
NAME = "林阿土"
MOBILES = ("13800008117", "13899990000")
ROW, NEXT = (NAME, "", "会计"), ("黄一", "", "")


@pytest.fixture
def two(desk: Desk) -> list[Person]:
    """Two of one name."""
    made = [Person(name=NAME, mobile=one, post=post) for one, post in zip(MOBILES, ("书记", "电工"), strict=True)]
    with desk.store.change("新增人员") as change:
        change.save_many(made)
    return made


@pytest.fixture
def page(qtbot, tmp_path: Path, desk: Desk, around: Surroundings, two) -> ImportsPage:
    """The preview of a sheet with a row that may mean either."""
    made = show_page(qtbot, ImportsPage(desk, around))
    made.window().activateWindow()
    made.open_file(sheet_of(tmp_path, HEADERS, ROW, NEXT), "persons")
    settle(qtbot, around)
    return made


def posts(desk: Desk) -> dict[str, str]:
    return {one.mobile: one.post for one in desk.store.find(Person, name=NAME)}


def facts(panel: PairsPanel) -> list[str]:
    return [one.cells[0] for one in panel.which.lines.lines]


def test_the_row_is_shown_beside_each_and_waits_for_an_answer(page: ImportsPage) -> None:
    panel = page.preview.pairs

    assert panel.isVisible()
    assert panel.list.lines.lines[0].cells[2:] == ("2 位里的一位", "请选一位")
    assert [one[:2] for one in facts(panel)] == ["书记", "电工"]
    assert page.preview.preview.counts["parked"] == 1
    assert page.window().focusWidget() is panel.list
    assert panel.which.accessibleName() == "第 2 行可能是哪一位"


def test_going_through_them_shows_each_beside_the_row_and_decides_nothing(page: ImportsPage) -> None:
    panel = page.preview.pairs
    first = panel.sides.lines.lines[0].cells

    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.which, Qt.Key.Key_Down)

    assert page.window().focusWidget() is panel.which
    assert (first, panel.sides.lines.lines[0].cells) == (
        ("单位及职务", "书记", "会计"),
        ("单位及职务", "电工", "会计"),
    )
    assert page.preview.preview.decisions == {}
    QTest.keyClick(panel.which, Qt.Key.Key_Escape)
    assert page.window().focusWidget() is panel.list


def test_one_of_them_is_picked_by_keys_alone_and_written(qtbot, page: ImportsPage, desk: Desk, around) -> None:
    panel = page.preview.pairs

    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.which, Qt.Key.Key_Down)
    QTest.keyClick(panel.which, Qt.Key.Key_Return)
    ticked = [one.icon for one in panel.which.lines.lines]
    page.preview.go.click()
    settle(qtbot, around)

    assert ticked == ["", "good"]
    assert posts(desk) == {MOBILES[0]: "书记", MOBILES[1]: "会计"}
    assert "已逐条读回核对 2 条" in page.written.words.text()


def test_a_field_of_the_one_who_is_picked_stays_as_it_was(page: ImportsPage) -> None:
    panel = page.preview.pairs
    panel.which.selectRow(1)
    panel.choices[Choice.UPDATE].click()

    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.which, Qt.Key.Key_Right)
    QTest.keyClick(panel.sides, Qt.Key.Key_Left)

    (pair,) = page.preview.preview.pairs
    assert (pair.before.post, pair.kept) == ("电工", frozenset({"post"}))
    assert page.preview.preview.counts["same"] == 1


@pytest.mark.parametrize(
    ("key", "words", "count"),
    [
        (Qt.Key.Key_2, "另建一条", ("new", 2)),
        (Qt.Key.Key_3, "不导入", ("left", 1)),
        (Qt.Key.Key_4, "先放一边", ("parked", 1)),
    ],
)
def test_it_is_decided_otherwise_by_a_digit(page: ImportsPage, key: Qt.Key, words: str, count: tuple[str, int]) -> None:
    panel = page.preview.pairs

    QTest.keyClick(panel.list, key)

    assert panel.list.lines.lines[0].cells[-1] == words
    assert page.preview.preview.counts[count[0]] == count[1]


def test_the_rest_never_follows_to_one_of_several(qtbot, tmp_path: Path, page: ImportsPage, desk, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, ROW, (NAME, "", "电工组")), "persons")
    settle(qtbot, around)
    panel = page.preview.pairs
    panel.choices[Choice.UPDATE].click()

    QTest.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [one.cells[-1] for one in panel.list.lines.lines] == ["更新原有", "请选一位"]


def test_a_row_on_the_work_list_is_given_to_the_one_who_is_picked(qtbot, page: ImportsPage, desk: Desk, around) -> None:
    page.preview.go.click()
    settle(qtbot, around)
    page._mend()
    which = page.waiting.which
    here = page.window().focusWidget()

    QTest.keyClick(which.table, Qt.Key.Key_Down)
    QTest.keyClick(which.table, Qt.Key.Key_Return)

    assert (here, which.same.text()) == (which.table, "就是这一位")
    assert posts(desk) == {MOBILES[0]: "书记", MOBILES[1]: "会计"}
    assert desk.store.all(ParkedRow) == []


def test_a_row_on_the_work_list_becomes_a_new_one(qtbot, page: ImportsPage, desk: Desk, around) -> None:
    page.preview.go.click()
    settle(qtbot, around)
    page._mend()

    page.waiting.which.other.click()

    assert posts(desk)[""] == "会计"
    assert desk.store.all(ParkedRow) == []


@pytest.fixture
def finish(qtbot, window: Window) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)


def unlocked_and_taken_up(qtbot, window: Window) -> ImportsPage:
    """Lock and unlock, and go on with the import that was begun."""
    locked_and_unlocked(window)
    page = visit(window, "imports")
    assert isinstance(page, ImportsPage)
    taken_up(qtbot, page.keeper.strip)
    return page


def test_who_was_picked_is_still_picked_after_a_lock(
    qtbot, window: Window, desk: Desk, tmp_path: Path, two, finish
) -> None:
    window.open_desk(desk)
    page = visit(window, "imports")
    assert isinstance(page, ImportsPage)
    page.open_file(sheet_of(tmp_path, HEADERS, ROW, NEXT), "persons")
    finish()
    page.preview.pairs.which.selectRow(1)
    page.preview.pairs.choices[Choice.UPDATE].click()

    page = unlocked_and_taken_up(qtbot, window)
    finish()

    (pair,) = page.preview.preview.pairs
    assert (pair.choice, pair.before.uid) == (Choice.UPDATE, two[1].uid)


def test_a_row_without_a_number_waits_though_only_one_of_the_name_has_none(
    qtbot, tmp_path: Path, desk: Desk, around: Surroundings
) -> None:
    with desk.store.change("新增人员") as change:
        change.save_many([Person(name=NAME, mobile=MOBILES[0], post="会计"), Person(name=NAME, post="保洁员")])
    page = show_page(qtbot, ImportsPage(desk, around))
    page.open_file(
        sheet_of(tmp_path, ("姓名", "性别", "现任职务", "状态"), (NAME, "男", "会计", "在册")), "legal_helpers"
    )
    settle(qtbot, around)
    panel = page.preview.pairs

    assert panel.list.lines.lines[0].cells[2:] == ("2 位里的一位", "请选一位")
    assert [one.split("，")[0] for one in facts(panel)] == ["会计", "保洁员"]
    assert (page.preview.go.isEnabled(), page.preview.preview.counts["parked"]) == (False, 1)
