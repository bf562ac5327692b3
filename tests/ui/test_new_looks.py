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
