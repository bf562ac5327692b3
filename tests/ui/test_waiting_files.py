"""Files that wait in the banner are there again after a lock, and in other colours and letters."""
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from collections.abc import Callable

import pytest

from tests.journeys.invented import PASSWORD
from tests.ui.test_dropping import LEDGERS, drop, opened, settle
from ui.compose import open_book
from ui.window import Window
from xmdesk.services.desk import Desk

FIRST, SECOND = LEDGERS / "设施台账.xlsx", LEDGERS / "管护责任清单.xlsx"


def locked_and_unlocked(window: Window) -> None:
    folder = window.desk.folder
    window.act("lock")
    window.open_desk(open_book(folder, PASSWORD))


def dressed_anew(window: Window) -> None:
    window.preferring.change(is_dark=True)


@pytest.mark.parametrize("away", [locked_and_unlocked, dressed_anew])
def test_files_that_wait_are_offered_again(qtbot, window: Window, desk: Desk, away: Callable[[Window], None]) -> None:
    opened(window, desk)
    drop(qtbot, window, FIRST, SECOND)
    before = window.shell.drop.words.text()

    away(window)
    qtbot.waitUntil(window.shell.drop.isVisible)
    settle(qtbot, window)

    assert window.shell.drop._name.text() == FIRST.name
    assert window.shell.drop.words.text() == before


def test_only_those_are_offered_that_were_not_dealt_with(qtbot, window: Window, desk: Desk) -> None:
    opened(window, desk)
    drop(qtbot, window, FIRST, SECOND)
    window.shell.drop.go.click()
    settle(qtbot, window)

    locked_and_unlocked(window)
    qtbot.waitUntil(window.shell.drop.isVisible)
    settle(qtbot, window)

    assert window.shell.drop._name.text() == SECOND.name
    assert window.shell.drop._rest == []


def test_what_was_put_away_is_not_offered(qtbot, window: Window, desk: Desk) -> None:
    opened(window, desk)
    drop(qtbot, window, FIRST)
    window.shell.drop.no.click()

    locked_and_unlocked(window)
    qtbot.wait(50)
    settle(qtbot, window)

    assert not window.shell.drop.isVisible()


def test_a_file_dropped_on_the_locked_window_joins_those_that_wait(qtbot, window: Window, desk: Desk) -> None:
    opened(window, desk)
    drop(qtbot, window, FIRST)
    window.act("lock")

    drop(qtbot, window, SECOND)

    assert window._gate.held == [FIRST, SECOND]
