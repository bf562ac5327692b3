"""A letter dropped elsewhere leads to the return, and the cursor to what is to be done next there."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.test_dropping import drop, opened, settle
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.enrolled


def test_a_task_taken_from_another_page_leaves_the_cursor_at_the_first_form(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path
) -> None:
    task = reviewer.tasks.issue(Period.parse("2026-Q4"), due_on=date(2026, 12, 10), out=tmp_path)
    shell = opened(window, desk)
    qtbot.waitUntil(window.isActiveWindow)
    drop(qtbot, window, task.path)

    QTest.keyClick(shell.drop.go, Qt.Key.Key_Return)
    settle(qtbot, window)

    page = shell.pages["returns"]
    qtbot.waitUntil(lambda: page.forms.isAncestorOf(window.focusWidget()))  # type: ignore[attr-defined]  # the page of returns


def test_a_further_task_leads_to_the_return_it_asks_for(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path
) -> None:
    shell = opened(window, desk)
    seen = []
    for period, due_on in (("2026-Q4", date(2026, 12, 10)), ("2026-Q3", date(2026, 10, 10))):
        task = reviewer.tasks.issue(Period.parse(period), due_on=due_on, out=tmp_path)
        drop(qtbot, window, task.path)
        QTest.mouseClick(shell.drop.go, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        seen.append(shell.pages["returns"].chosen.text)  # type: ignore[attr-defined]  # the page of returns
        shell.go("today")

    assert seen == ["2026Q4", "2026Q3"]
