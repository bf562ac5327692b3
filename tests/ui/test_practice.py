"""The practice book from the first start: plainly marked, never remembered, never sealed, open again at once."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.said import Said
from ui.practice_bar import PracticeBar
from ui.start.first import FirstStart
from ui.start.practice import practice_folder
from ui.window import Window
from xmdesk.jobs import Silent
from xmdesk.services.practising import PRACTICE_NAME, is_practice


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XMDESK_DATA", str(tmp_path / "user-data"))


@pytest.fixture
def practising(qtbot, window: Window) -> Window:
    start = window.findChild(FirstStart)
    assert isinstance(start, FirstStart)
    start.try_out.click()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=30_000)
    return window


def test_practising_opens_an_invented_book_with_a_bar(practising: Window, said: Said) -> None:
    desk, bar = practising.desk, practising.findChild(PracticeBar)

    assert desk is not None
    assert is_practice(desk)
    assert desk.registers.count("facilities") >= 10
    assert isinstance(bar, PracticeBar)
    assert bar.isVisible()
    assert "区里不收" in "".join(one.text() for one in bar.findChildren(QLabel))
    assert practising.windowTitle().startswith(f"练习 - {PRACTICE_NAME}")
    assert said.told == []


def test_the_practice_book_is_not_the_book_opened_next_time(practising: Window) -> None:
    assert practising.preferring.current.book == ""


def test_enough_practice_leads_back_to_the_first_start(qtbot, practising: Window) -> None:
    bar = practising.findChild(PracticeBar)
    assert isinstance(bar, PracticeBar)
    bar.findChild(QPushButton).click()  # type: ignore[union-attr]  # its one button

    qtbot.waitUntil(lambda: practising.desk is None)
    assert isinstance(practising.findChild(FirstStart), FirstStart)


def test_what_was_practised_is_there_the_next_time(qtbot, practising: Window) -> None:
    from ui.start.practice import open_practice

    desk = practising.desk
    assert desk is not None
    uid = desk.registers.uids("facilities")[0]
    desk.registers.retire("facilities", uid, on="", reason="试试停用")
    count = desk.registers.count("facilities")
    practising.close_desk()

    with open_practice(Silent()).closing() as again:
        assert again.registers.count("facilities") == count
        assert again.folder == practice_folder()


def test_a_real_book_shows_no_bar(qtbot, window: Window, desk) -> None:
    window.open_desk(desk)

    assert window.findChild(PracticeBar) is None
    assert window.preferring.current.book == str(desk.folder)
    window.desk = None
