"""Receiving many files is stopped: what came in is listed and counted, and choosing the folder again goes on."""

import re
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.said import Said
from tests.xmdesk.services.stories import Offices
from ui.inbox.page import InboxPage
from ui.window import Window

FILES = 30


def test_what_came_in_before_the_stop_is_there_and_the_rest_is_counted(
    qtbot, offices: Offices, window: Window, said: Said
) -> None:
    page, stick = inbox(window, offices), many(offices)
    esc_after_the_first(window)
    choose(qtbot, window, page, said, stick)
    lines = [one.cells[0] for one in page.results.lines.lines]
    told = re.search(r"收了 (\d+) 份，其余 (\d+) 份没有收，再选一次就接着收", foot(window))

    assert told is not None
    assert (int(told[1]), int(told[1]) + int(told[2])) == (len(lines), FILES)
    assert 0 < len(lines) < FILES
    assert lines == ["已接收", *["以前收过"] * (len(lines) - 1)]
    assert [one.cells[0] for one in page.grid.lines.lines if one.key] == ["已到"]
    assert said.told == []

    choose(qtbot, window, page, said, stick)

    assert len(page.results.lines.lines) == FILES
    assert foot(window).startswith(f"收到 {FILES} 份")


def inbox(window: Window, offices: Offices) -> InboxPage:
    window.open_desk(offices.district)
    assert window.shell is not None
    window.shell.go("inbox")
    page = window.shell.pages["inbox"]
    assert isinstance(page, InboxPage)
    return page


def many(offices: Offices) -> Path:
    """A folder in which one return lies many times."""
    sealed, stick = offices.seal().path, offices.folder / "stick"
    stick.mkdir()
    for number in range(FILES):
        shutil.copy(sealed, stick / f"{number:02}.pdf")
    return stick


def esc_after_the_first(window: Window) -> None:
    """Press Esc when the cover first says that something is done; never again."""

    def step(done: int, total: int, words: str) -> None:
        if done:
            window.work.stepped.disconnect(step)
            assert window._cover is not None
            QTest.keyClick(window._cover, Qt.Key.Key_Escape)

    window.work.stepped.connect(step)


def choose(qtbot, window: Window, page: InboxPage, said: Said, folder: Path) -> None:
    said.answers = [folder]
    page._folder.click()
    qtbot.waitUntil(lambda: not window.work.is_at_work, timeout=60_000)


def foot(window: Window) -> str:
    assert window.shell is not None
    return window.shell.foot._words.whole
