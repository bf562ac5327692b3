"""When the control with the cursor goes away, the cursor stays in the page: never on 撤销, which Space would press."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from ui.inspections.page import RoundsPage
from ui.registers.page import RegisterPage
from ui.rolling.page import RollingPage
from ui.window import Window
from xmdesk.records.duty import Inspection
from xmdesk.services.desk import Desk


@pytest.fixture
def opened(window: Window, desk: Desk, qtbot) -> Window:
    window.open_desk(desk)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def page_at(window: Window, place: str, qtbot) -> Any:
    assert window.shell is not None
    window.shell.go(place)
    page = window.shell.pages[place]
    qtbot.waitUntil(page.isVisible)
    return page


def cursor_stays_off_buttons(window: Window, page: Any) -> bool:
    here = window.focusWidget()
    return here is not None and (here is page or page.isAncestorOf(here)) and not isinstance(here, QAbstractButton)


@pytest.mark.parametrize("by", ["key", "button"])
def test_space_after_a_recorded_round_does_not_take_it_back(opened: Window, desk: Desk, qtbot, by: str) -> None:
    page: RoundsPage = page_at(opened, "rounds", qtbot)
    page.refresh()
    page.round.tick_due.setFocus()
    page.round.tick_due.click()
    count = len(page.round.table.keys)
    page.round.do.setFocus()
    opened.act("save") if by == "key" else page.round.do.click()
    qtbot.wait(50)

    assert opened.focusWidget() is page.round.table
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Space)
    assert count
    assert len(desk.store.find(Inspection, at="2026-11-23")) == count


def test_the_cursor_stays_in_the_page_after_the_last_year(opened: Window, qtbot) -> None:
    page: RollingPage = page_at(opened, "rolling", qtbot)
    page.on.setFocus()
    page.on.click()
    qtbot.wait(20)

    assert not page.on.isEnabled()
    assert cursor_stays_off_buttons(opened, page)

    page.open_year.setFocus()
    page.open_year.click()
    qtbot.wait(50)

    assert page.open_year.isHidden() or not page.open_year.isVisible()
    assert opened.focusWidget() is page.confirm.table


def test_after_confirming_one_item_space_ticks_the_next(opened: Window, qtbot) -> None:
    page: RollingPage = page_at(opened, "rolling", qtbot)
    page.refresh()
    page.confirm.table.tick([page.confirm.table.lines.lines[0].key])
    page.confirm.do.setFocus()
    page.confirm.do.click()
    qtbot.wait(50)

    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Space)

    assert len(page.confirm.table.keys) == 1


def test_the_button_that_saves_gives_the_cursor_back_to_the_field(opened: Window, qtbot) -> None:
    page: RegisterPage = page_at(opened, "facilities", qtbot)
    page.editor.form.fields["name"].setFocus()
    QTest.keyClicks(opened.focusWidget(), "x")
    page.editor.head.save.setFocus()
    page.editor.head.save.click()
    qtbot.wait(20)

    assert not page.editor.head.save.isEnabled()
    assert opened.focusWidget() is page.editor.form.fields["name"].focusProxy()


def test_what_took_the_last_step_back_gives_the_cursor_to_the_page(opened: Window, desk: Desk, qtbot) -> None:
    page: RegisterPage = page_at(opened, "facilities", qtbot)
    assert opened.shell is not None
    foot = opened.shell.foot
    foot._undo.setFocus()
    foot._undo.setEnabled(False)

    assert cursor_stays_off_buttons(opened, page)
