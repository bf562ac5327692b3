"""No word is cut, no control pushed out of sight, on any page or panel of both desks, at every text size."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys import tour
from tests.journeys.invented import enrol
from tests.ui.looking import truncated
from tests.ui.said import Said
from ui.shared.hint_line import HintLine
from ui.shared.plain_table import Line, PlainTable, shared_out
from ui.window import Window
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def looking(window: Window, faults: dict[str, list[str]]) -> Callable[[str], None]:
    def stop(name: str) -> None:
        if found := truncated(window):
            faults[name] = found

    return stop


SIZES = [(100, (1366, 728)), (125, (1366, 728)), (150, (1366, 728)), (100, (960, 600))]
at_every_size = pytest.mark.parametrize("sized", SIZES, indirect=True, ids=lambda one: f"{one[0]}-{one[1][0]}")


@pytest.fixture
def sized(window: Window, request: pytest.FixtureRequest) -> Iterator[Window]:
    percent, size = request.param
    window.preferring.change(percent=percent)
    window.resize(*size)
    window.wake()
    window.show_gate()
    yield window
    window.preferring.change(percent=100)


@at_every_size
def test_nothing_is_cut_at_the_first_start(sized: Window) -> None:
    faults: dict[str, list[str]] = {}

    tour.walk_start(sized, looking(sized, faults))

    assert faults == {}


@at_every_size
def test_nothing_is_cut_at_the_gate(sized: Window, tmp_path: Path) -> None:
    faults: dict[str, list[str]] = {}

    tour.walk_gate(sized, tmp_path / "榕下村村民委员会的台账", looking(sized, faults))

    assert faults == {}


@at_every_size
def test_nothing_is_cut_on_the_clerks_desk(
    sized: Window, desk: Desk, reviewer: Desk, said: Said, tmp_path: Path
) -> None:
    faults: dict[str, list[str]] = {}
    stop = looking(sized, faults)
    enrol(desk, reviewer, tmp_path)
    sized.open_desk(desk)

    tour.walk_pages(sized, stop)
    tour.walk_panels(sized, stop)
    tour.walk_work(sized, desk, stop, said)

    assert faults == {}


@at_every_size
def test_nothing_is_cut_on_the_reviewers_desk(sized: Window, reviewer: Desk, tmp_path: Path) -> None:
    faults: dict[str, list[str]] = {}
    sized.open_desk(reviewer)

    tour.walk_pages(sized, looking(sized, faults))
    reviewer.enrolling.init()
    tour.walk_refused(sized, tmp_path, looking(sized, faults))

    assert faults == {}


def test_half_a_sentence_is_never_shown_as_advice(qtbot) -> None:
    line = HintLine("查找文字或拼音首字母", "查找")
    qtbot.addWidget(line)
    line.show()

    said = []
    for width in (400, 120, 30):
        line.resize(width, 36)
        said.append(line.placeholderText())

    assert said == ["查找文字或拼音首字母", "查找", ""]


def test_columns_share_the_width_but_none_less_than_its_head_needs() -> None:
    assert shared_out(300, (1, 1, 1), (0, 0, 0)) == [100, 100, 100]
    assert shared_out(300, (1, 8, 1), (60, 60, 60)) == [60, 180, 60]
    assert shared_out(100, (1, 1), (80, 80)) == [80, 80]


def test_numbers_in_the_first_column_are_never_cut(qtbot, around) -> None:
    table = PlainTable(("行", "原因"), (1, 30), around.icons, name="放一边的行", nothing="没有要放一边的行。")
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    empty = table._nothing.isVisible()

    table.show_lines([Line("1", ("10086", "看不懂"), icon="missing")])

    assert empty
    assert not table._nothing.isVisible()
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("10086") + 16
    assert table.horizontalScrollBar().maximum() == 0
