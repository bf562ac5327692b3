"""Other colours and letters are put on by the keyboard too: the page is made anew only when its button is done with the key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ui.settings.page import SettingsPage
from ui.window import Window
from xmdesk.services.desk import Desk


def settings(window: Window) -> SettingsPage:
    assert window.shell is not None
    window.shell.go("settings")
    page = window.shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page


@pytest.mark.parametrize("way", ["arrow", "space", "enter", "click"])
@pytest.mark.parametrize("text", ["深色", "大"])
def test_the_looks_change_by_any_way_to_press_a_button(qtbot, window: Window, desk: Desk, text: str, way: str) -> None:
    window.resize(1900, 900)
    window.open_desk(desk)
    page = settings(window)
    before = window.preferring.current
    options = {one.text(): one for one in page.findChildren(QPushButton)}
    wanted, start = options[text], options["浅色" if text == "深色" else "标准"]
    start.setFocus()

    if way == "arrow":
        QTest.keyClick(start, Qt.Key.Key_Right)
    elif way == "click":
        QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
    else:
        wanted.setFocus()
        QTest.keyClick(wanted, Qt.Key.Key_Space if way == "space" else Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: settings(window) is not page)
    after = window.preferring.current
    assert (after.is_dark, after.percent) != (before.is_dark, before.percent)
    pressed = {one.text() for one in settings(window).findChildren(QPushButton) if one.isChecked()}
    assert text in pressed


@pytest.mark.parametrize("texts", [["浅色", "深色", "浅色"], ["标准", "大", "标准"]])
def test_the_cursor_stays_in_the_row_whose_option_was_chosen(
    qtbot, window: Window, desk: Desk, texts: list[str]
) -> None:
    window.resize(1900, 900)
    window.open_desk(desk)
    window.activateWindow()
    page = settings(window)
    next(one for one in page.findChildren(QPushButton) if one.text() == texts[0]).setFocus()
    passed = []

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(window.focusWidget(), key)
        qtbot.waitUntil(lambda before=page: in_front(window) is not before)
        page = in_front(window)
        here = page.focusWidget()
        assert isinstance(here, QPushButton)
        passed.append((here.text(), here.hasFocus(), here.isChecked()))

    assert passed == [(text, True, True) for text in texts[1:]]


def in_front(window: Window) -> SettingsPage:
    """The page as it stands, without going there."""
    assert window.shell is not None
    page = window.shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page
