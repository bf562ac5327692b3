"""A letter dropped elsewhere leads to the return, and the cursor to what is to be done next there."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.invented import enrol
from tests.ui.test_dropping import drop, opened, settle
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.services.desk import Desk


def test_a_task_taken_from_another_page_leaves_the_cursor_at_the_first_form(
    qtbot, window: Window, desk: Desk, reviewer: Desk, tmp_path: Path
) -> None:
    enrol(desk, reviewer, tmp_path)
    task = reviewer.tasks.issue(Period.parse("2026-Q4"), due_on=date(2026, 12, 10), out=tmp_path)
    shell = opened(window, desk)
    qtbot.waitUntil(window.isActiveWindow)
    drop(qtbot, window, task.path)

    QTest.keyClick(shell.drop.go, Qt.Key.Key_Return)
    settle(qtbot, window)

    page = shell.pages["returns"]
    qtbot.waitUntil(lambda: page.forms.isAncestorOf(window.focusWidget()))  # type: ignore[attr-defined]  # the page of returns
