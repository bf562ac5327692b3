"""First start where the usual folder cannot be written into, and where the office has a book already."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.invented import PASSWORD
from tests.ui.said import Said
from tests.ui.test_start import cheap_keys, choose_office, first, three_steps
from tests.ui.typing import commit
from ui.start.first import FirstStart
from ui.start.places import known_book, usual_home
from ui.start.unlock import Unlock
from ui.window import Window

__all__ = ["cheap_keys"]
CODE = "350212105206"


@pytest.fixture
def in_the_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file where the folder of this user would be: nobody, whatever his rights, can write there."""
    (tmp_path / "file").write_text("不是文件夹")
    monkeypatch.setenv("XMDESK_DATA", str(tmp_path / "file" / "xmdesk"))
    return tmp_path


def finish(window: Window, qtbot, start: FirstStart) -> None:
    qtbot.waitUntil(lambda: start.place == 3, timeout=20_000)
    commit(start.recovery.typed, start.recovery._last)
    start.forward()
    assert window.desk is not None


def test_without_the_right_to_write_it_is_said_and_another_folder_helps(
    window: Window, said: Said, qtbot, in_the_way: Path
) -> None:
    start = three_steps(window, qtbot)
    qtbot.waitUntil(start.elsewhere.isVisible, timeout=20_000)
    words, place, cursor = start.elsewhere.words.text(), start.place, window.focusWidget()

    said.answers = [None, in_the_way / "文档"]
    start.elsewhere.yes.click()
    stayed = start.elsewhere.isVisible()
    start.elsewhere.yes.click()
    finish(window, qtbot, start)

    assert (words.startswith("台账没有建成，"), "/file/xmdesk/台账”里放不了" in words) == (True, True)
    assert (place, cursor) == (2, start.elsewhere.yes)
    assert stayed
    assert said.told == []
    assert window.desk is not None
    assert window.desk.folder == in_the_way / "文档" / "台账" / CODE


def test_what_cannot_be_remembered_is_said_with_the_way_back(window: Window, said: Said, qtbot, in_the_way) -> None:
    start = three_steps(window, qtbot)
    qtbot.waitUntil(start.elsewhere.isVisible, timeout=20_000)
    said.answers = [in_the_way / "台账"]
    start.elsewhere.yes.click()
    qtbot.waitUntil(lambda: start.place == 3, timeout=20_000)

    assert start._unkept.isVisible()
    assert f"选 {in_the_way / '台账' / CODE}" in start._unkept.text()
    finish(window, qtbot, start)
    window.preferring.change(percent=125)
    assert window.preferring.current.percent == 125


def test_practising_finds_room_in_another_folder_as_well(window: Window, said: Said, qtbot, in_the_way: Path) -> None:
    start = first(window)
    start.try_out.click()
    qtbot.waitUntil(start.elsewhere.isVisible, timeout=20_000)
    words = start.elsewhere.words.text()

    said.answers = [in_the_way]
    start.elsewhere.yes.click()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=30_000)

    assert words.startswith("练习册没有建成，")
    assert said.told == []
    assert window.desk is not None
    assert window.desk.folder == in_the_way / "练习册"


@pytest.fixture
def again(window: Window, qtbot) -> FirstStart:
    """The first start once more, after a book was made for an office."""
    finish(window, qtbot, three_steps(window, qtbot))
    window.lock()
    unlock = window.findChild(Unlock)
    assert isinstance(unlock, Unlock)
    unlock.fresh.emit()
    start = window.findChildren(FirstStart)[-1]
    QTest.mouseClick(start.which.cards["clerk"], Qt.MouseButton.LeftButton)
    return start


def test_an_office_that_has_a_book_here_is_told_and_led_to_it(window: Window, said: Said, qtbot, again) -> None:
    choose_office(again, qtbot, "莲花 军营")
    words, offered = again.known.words.text(), again.next.text()
    QTest.keyClick(again.office.search, Qt.Key.Key_Return)
    cursor = window.focusWidget()
    again.known.yes.click()

    assert words == f"这台电脑上已经有这个单位的台账：{usual_home() / CODE}。"
    assert offered == "另建一本空的"
    assert (again.place, cursor) == (1, again.known.yes)
    unlock = window.findChildren(Unlock)[-1]
    assert unlock._folder == usual_home() / CODE
    assert said.told == []


def test_another_office_is_asked_nothing_and_a_second_book_can_be_meant(window: Window, qtbot, again) -> None:
    choose_office(again, qtbot, "莲花 白交祠")
    other = (again.known.isVisible(), again.next.text())
    again.office.search.clear()
    choose_office(again, qtbot, "莲花 军营")
    qtbot.waitUntil(again.known.isVisible)
    again.next.click()
    for line in (again.password.first, again.password.second):
        commit(line, PASSWORD)
    again.forward()
    finish(window, qtbot, again)

    assert other == (False, "下一步")
    assert window.desk is not None
    assert window.desk.folder == usual_home() / f"{CODE}-2"
    assert known_book(CODE, str(window.desk.folder)) == window.desk.folder
