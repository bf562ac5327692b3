"""A half-typed answer to a slip is there again after a lock and in other colours, until it is given."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.journeys.invented import PASSWORD
from tests.ui.slips import slip_taken
from tests.ui.typing import commit
from ui.compose import open_book
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.submission import CorrectionPoint
from xmdesk.services.desk import Desk
from xmdesk.services.drafts import Drafts

HALF = "已经重新量过，"


@pytest.fixture
def opened(window: Window, desk: Desk) -> Iterator[Window]:
    facility = desk.store.all(Facility)[0]
    slip_taken(
        desk,
        CorrectionPoint(
            register="facilities",
            record=facility.uid,
            field="floor_area",
            label="建筑面积",
            record_title=facility.name,
            reason="面积不对",
        ),
    )
    window.open_desk(desk)
    yield window
    window.work.settle()


def line(qtbot: Any, window: Window) -> Any:
    """The line of the answer on the page of returns."""
    assert window.shell is not None
    window.shell.go("returns")
    points = window.shell.pages["returns"].letters.points  # type: ignore[attr-defined]  # the page of returns
    qtbot.waitUntil(lambda: bool(points.lines), timeout=20_000)
    return next(iter(points.lines.values()))


def test_it_survives_a_lock(qtbot, opened: Window, desk: Desk) -> None:
    commit(line(qtbot, opened), HALF)

    opened.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    opened.open_desk(open_book(desk.folder, PASSWORD))

    assert line(qtbot, opened).text() == HALF


def test_it_survives_other_colours(qtbot, opened: Window) -> None:
    commit(line(qtbot, opened), HALF)

    opened.preferring.change(is_dark=True)

    assert line(qtbot, opened).text() == HALF


def test_once_given_it_is_forgotten(qtbot, opened: Window, desk: Desk) -> None:
    answer = line(qtbot, opened)
    commit(answer, HALF)
    assert opened.shell is not None
    opened.shell.put_down()
    assert Drafts(desk.store).left_behind("slip")

    QTest.keyClick(answer, Qt.Key.Key_Return)
    opened.shell.put_down()

    assert desk.store.all(CorrectionPoint)[0].answer == HALF.strip()
    assert opened.shell.foot._undo.text() == "撤销 答复退回单 党群服务中心：建筑面积"
    assert Drafts(desk.store).left_behind("slip") == []


def test_words_are_given_as_an_answer_and_only_silence_says_that_it_was_changed(qtbot, opened: Window) -> None:
    answer = line(qtbot, opened)
    assert opened.shell is not None
    points = opened.shell.pages["returns"].letters.points  # type: ignore[attr-defined]  # the page of returns
    (give,) = (one for one in points.findChildren(QPushButton) if one.accessibleName().endswith("：面积不对"))
    silent = (give.text(), give.accessibleName())
    commit(answer, "核对过没有错")
    spoken = (give.text(), give.accessibleName())

    give.click()
    qtbot.waitUntil(lambda: not points.lines, timeout=20_000)

    assert silent == ("已改", "已改：面积不对")
    assert spoken == ("答复", "答复：面积不对")
    names = [one.accessibleName() for one in points.findChildren(QPushButton) if "核对过没有错" in one.accessibleName()]
    assert [name.partition(" ")[0] for name in names] == ["已答复"]
