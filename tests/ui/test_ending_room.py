"""The strip that ends a record shows its whole date, a whole hint and whole words, at every text size."""

from typing import Any

import pytest

from tests.ui.looking import truncated
from ui.shared.hint_line import HintLine
from ui.window import Window
from xmdesk.services.desk import Desk

SIZES = [(100, (1366, 728)), (100, (960, 632)), (125, (1366, 728)), (150, (1366, 728)), (150, (1360, 700))]


@pytest.fixture(params=SIZES, ids=lambda one: f"{one[0]}-{one[1][0]}x{one[1][1]}")
def sized(window: Window, request: pytest.FixtureRequest) -> Window:
    percent, size = request.param
    window.preferring.change(percent=percent)
    window.resize(*size)
    return window


def test_nothing_of_the_strip_is_cut(qtbot, sized: Window, desk: Desk) -> None:
    sized.open_desk(desk)
    assert sized.shell is not None
    sized.shell.go("persons")
    page: Any = sized.shell.pages["persons"]
    qtbot.waitUntil(lambda: bool(page.editor.uid) and page.editor._made is not None)
    page.act("end")
    ending = page.editor.ending
    qtbot.waitUntil(ending.isVisible)
    qtbot.waitUntil(lambda: truncated(sized) == [])
    day, reason = ending.findChildren(HintLine)

    assert "种职务" in ending._words.text()
    assert day.text() == "2026年11月23日"
    assert day.fontMetrics().horizontalAdvance(day.text()) <= day._room()
    assert reason.placeholderText().startswith("原因")
