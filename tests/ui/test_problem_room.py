"""The form and the list of problems share the window: whole lines below, room for the field above, at every text size."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.checked import QUARTER, looked, opened
from tests.ui.looking import truncated
from ui.problem_list import ProblemList
from ui.problem_room import LEAST_LINES, ProblemRoom
from ui.shared.findings import Finding
from ui.shared.preferences import read_preferences
from ui.shell import Shell
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk
from xmdesk.services.field_notes import FieldNotes

OFFICE, LARGE = (1366, 728), (1920, 1040)
SIZES = [(100, OFFICE), (125, OFFICE), (150, OFFICE), (100, LARGE), (150, LARGE), (100, (960, 600))]
LEAST_FORM = 280
LEAST_FORM_IN_THE_SMALLEST_WINDOW = 240


@pytest.fixture
def sized(window: Window, request: pytest.FixtureRequest) -> Window:
    percent, size = request.param
    window.preferring.change(percent=percent)
    window.resize(*size)
    window.wake()
    return window


def whole_lines(panel: ProblemList) -> tuple[int, int]:
    """How many lines are in view, and what is left over."""
    return divmod(panel.table.viewport().height(), panel.table.line_high)


def room_of(panel: ProblemList) -> ProblemRoom:
    room = panel.parentWidget()
    assert isinstance(room, ProblemRoom)
    return room


def drag(room: ProblemRoom, by: int) -> None:
    """Pull the line between page and panel with the mouse."""
    handle = room.handle(1)
    start = QPoint(handle.width() // 2, 0)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    for step in (by // 2, by - by // 2):
        QTest.mouseMove(handle, start + QPoint(0, step))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start)


@pytest.mark.parametrize("sized", SIZES, indirect=True, ids=lambda one: f"{one[0]}-{one[1][0]}")
def test_the_panel_shows_whole_lines_and_leaves_the_form_its_room(qtbot, sized: Window, desk: Desk) -> None:
    size = (sized.width(), sized.height())
    shell = opened(sized, desk)
    shell.go("facilities")

    panel = looked(qtbot, shell)
    QTest.qWait(50)

    page: Any = shell.pages["facilities"]
    lines, rest = whole_lines(panel)
    assert (sized.width(), sized.height()) == size, "the window had to grow"
    assert (lines >= LEAST_LINES, rest) == (True, 0)
    assert panel.height() <= room_of(panel).height() * 0.4
    least = LEAST_FORM if sized.height() > 600 else LEAST_FORM_IN_THE_SMALLEST_WINDOW
    assert page.editor.form.height() >= least


@pytest.mark.parametrize("sized", SIZES, indirect=True, ids=lambda one: f"{one[0]}-{one[1][0]}")
def test_the_line_above_the_list_finds_room_when_there_is_something_of_every_sort(
    qtbot, sized: Window, desk: Desk
) -> None:
    some_of_every_sort(desk)
    shell = opened(sized, desk)
    shell.go("facilities")

    panel = looked(qtbot, shell)
    QTest.qWait(50)
    offered = [sort for sort, made in panel.sorts.items() if made.isVisible()]
    cut = truncated(sized)
    panel.sorts["warning"].click()
    panel.open_reason()
    QTest.qWait(50)

    assert offered == list(panel.sorts)
    assert cut == []
    assert truncated(sized) == []


def some_of_every_sort(desk: Desk) -> None:
    """An error, an explained warning and a note, besides what stands in the book."""
    first, second, *_ = desk.store.all(Facility)
    desk.registers.save(first.changed(name=""))
    FieldNotes(desk.store).write("facilities", second.uid, "location", "门牌待核实")
    warnings = [one for one in desk.checking.all(QUARTER) if Finding(one).tone == "doubt"]
    desk.checking.explain(warnings[0], "上级还没有发文")


@pytest.fixture
def shell(window: Window, desk: Desk) -> Shell:
    return opened(window, desk)


def test_what_a_person_dragged_is_kept_in_whole_lines(qtbot, shell: Shell) -> None:
    panel = looked(qtbot, shell)
    before, _ = whole_lines(panel)

    drag(room_of(panel), -3 * panel.table.line_high - 7)
    qtbot.waitUntil(lambda: read_preferences().problem_lines > 0)

    assert read_preferences().problem_lines == before + 3
    assert whole_lines(panel) == (before + 3, 0)


def test_what_was_dragged_is_there_again_in_the_next_window(qtbot, window: Window, shell: Shell) -> None:
    window.preferring.change(problem_lines=9)
    window.preferring.change(is_dark=True)
    assert window.shell is not None

    panel = looked(qtbot, window.shell)
    QTest.qWait(30)

    assert whole_lines(panel) == (9, 0)


def test_lines_wished_for_on_a_large_screen_never_take_most_of_a_small_one(qtbot, window: Window, shell: Shell) -> None:
    window.preferring.change(problem_lines=40)

    panel = looked(qtbot, shell)
    QTest.qWait(30)

    room = room_of(panel)
    assert room.height() * 0.5 < panel.height() <= room.height() * 0.6
    assert whole_lines(panel)[1] == 0


def test_a_panel_that_is_closed_gives_all_its_room_back(qtbot, window: Window, shell: Shell) -> None:
    panel = looked(qtbot, shell)
    room = room_of(panel)

    panel.closed.emit()
    window.resize(1366, 700)
    QTest.qWait(30)

    assert room.widget(0).height() == room.height()
    assert looked(qtbot, shell).isVisible()
    assert whole_lines(panel)[1] == 0


def test_a_taller_window_shows_more_lines_unless_somebody_chose(qtbot, window: Window, shell: Shell) -> None:
    panel = looked(qtbot, shell)
    QTest.qWait(30)
    low, _ = whole_lines(panel)
    window.resize(*LARGE)
    QTest.qWait(30)
    high, _ = whole_lines(panel)

    window.preferring.change(problem_lines=5)
    window.resize(*OFFICE)
    QTest.qWait(30)

    assert low < high
    assert whole_lines(panel) == (5, 0)
