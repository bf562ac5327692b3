"""The strip above a table that says what was left unchanged: its lines stay lines however little room there is."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from tests.ui.checked import looked, opened
from ui.shell import Shell
from ui.window import Window
from xmdesk.problems import Problem, Severity, Where
from xmdesk.services.desk import Desk

LEFT = Problem("V-YEAR", Severity.ERROR, Where("facilities", row=1, label="建成年份"), "看不懂“去年”。", "请核对。")


@pytest.fixture(params=[100, 150])
def shell(qtbot, window: Window, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Shell]:
    window.preferring.change(percent=request.param)
    yield opened(window, desk)
    window.preferring.change(percent=100)


def told(shell: Shell, count: int) -> Any:
    shell.go("facilities")
    page: Any = shell.pages["facilities"]
    page.notice.tell(f"粘贴 9 格，{count} 格没有改", [LEFT] * count)
    return page


def test_its_lines_lie_below_each_other_when_the_problems_are_listed_too(qtbot, shell: Shell) -> None:
    page = told(shell, 4)
    looked(qtbot, shell)

    room = page.notice._room
    lines = [one for one in room.findChildren(QPushButton) if one.isVisible()]
    places = [(one.y(), one.y() + one.height()) for one in lines]
    assert len(lines) == 4
    assert all(one.height() >= one.minimumSizeHint().height() for one in lines)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(places))
    assert room.viewport().height() >= lines[0].height()
    room.ensureWidgetVisible(lines[-1])
    assert not lines[-1].visibleRegion().isEmpty()


def test_all_its_lines_are_seen_where_there_is_room(qtbot, shell: Shell) -> None:
    page = told(shell, 2)

    room = page.notice._room
    qtbot.waitUntil(lambda: room.height() == room.sizeHint().height())
    assert room.verticalScrollBar().maximum() == 0


def test_without_cells_that_were_left_it_is_one_line(qtbot, shell: Shell) -> None:
    page = told(shell, 2)
    page.notice.tell("表格到底了，还有 1 行没有粘贴", [])

    assert page.notice._room.isHidden()
