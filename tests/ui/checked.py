"""F5 in the open window, and what it found once the book was looked through."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.problem_list import ProblemList
from ui.shell import Shell
from ui.window import Window
from xmdesk.periods import Period
from xmdesk.services.desk import Desk

QUARTER = Period("2026Q4")


def opened(window: Window, desk: Desk) -> Shell:
    """Open a book in the window."""
    window.open_desk(desk)
    window.activateWindow()
    assert window.shell is not None
    return window.shell


def looked(qtbot, shell: Shell) -> ProblemList:
    """Press F5 and wait for the list."""
    shell.window().activateWindow()
    qtbot.waitUntil(shell.window().isActiveWindow)
    QTest.keyClick(shell.window(), Qt.Key.Key_F5)
    return settled(qtbot, shell)


def settled(qtbot, shell: Shell) -> ProblemList:
    check = shell.check
    assert check is not None
    qtbot.waitUntil(lambda: not check.watch.is_looking and not check.watch._pause.isActive(), timeout=10_000)
    assert check.panel is not None
    return check.panel


def cursor(shell: Shell) -> QWidget | None:
    """Where the cursor is in the window; the offscreen screen sometimes holds the window itself inactive."""
    return shell.window().focusWidget()
