"""The totals below a table are read in full at every width: beside the acts, or above them where there is no room."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.looking import truncated
from ui.registers.page import RegisterPage
from ui.registers.strip import Strip
from ui.window import Window
from xmdesk.services.desk import Desk

TOTALS = "合计  建筑面积(㎡) 1108.5  工作人员数 20"


def read(strip: Strip) -> list[str]:
    """The totals as they are seen, with the places where a line may not end as plain spaces."""
    seen = [one.text().replace("\u00a0", " ") for one in strip.findChildren(QLabel) if one.isVisible() and one.text()]
    return [one for one in seen if one.startswith("合计")]


@pytest.fixture
def strip(qtbot) -> Strip:
    made = Strip()
    qtbot.addWidget(made)
    made.resize(1200, made.sizeHint().height())
    made.show()
    made.say(TOTALS)
    return made


def test_totals_stand_beside_the_acts_where_there_is_room(strip: Strip) -> None:
    assert read(strip) == [TOTALS]
    assert strip._above.isHidden()


def test_where_the_acts_leave_no_room_totals_stand_above_them_and_come_back(qtbot, strip: Strip) -> None:
    high = strip.sizeHint().height()
    strip.resize(strip.minimumSizeHint().width(), 200)
    qtbot.waitUntil(lambda: not strip._above.isHidden())
    narrow, more = read(strip), strip.sizeHint().height()
    strip.resize(1200, high)
    qtbot.waitUntil(strip._above.isHidden)

    assert (narrow, read(strip)) == ([TOTALS], [TOTALS])
    assert more > high


def test_without_totals_no_line_is_taken(strip: Strip) -> None:
    strip.resize(strip.minimumSizeHint().width(), strip.height())
    strip.say("")

    assert strip._above.isHidden()


@pytest.mark.parametrize("register", ["facilities", "shelters"])
@pytest.mark.parametrize(("percent", "size"), [(100, (960, 632)), (150, (1366, 728))])
def test_totals_are_read_in_the_smallest_window(
    qtbot, window: Window, desk: Desk, register: str, percent: int, size: tuple[int, int]
) -> None:
    window.preferring.change(percent=percent)
    window.resize(*size)
    window.wake()
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go(register)
    strip = shell.pages[register].strip  # type: ignore[attr-defined]  # a register has one
    qtbot.waitUntil(lambda: bool(strip.words))
    qtbot.wait(20)

    assert read(strip) == [strip.words]
    assert truncated(strip) == []


def test_many_selected_are_offered_above_the_acts_where_these_leave_no_room(qtbot, strip: Strip) -> None:
    strip.select(1)
    least = strip.minimumSizeHint().width()

    strip.select(20_000)
    qtbot.waitUntil(lambda: strip.bulk.y() == strip.then.y())
    strip.resize(least, strip.height())
    qtbot.waitUntil(lambda: strip.bulk.y() < strip.then.y())

    assert strip.minimumSizeHint().width() <= least
    assert strip.bulk.width() >= strip.bulk.sizeHint().width()


@pytest.mark.parametrize("register", ["facilities", "persons", "duties", "disaster_officers"])
@pytest.mark.parametrize(("percent", "size"), [(100, (960, 632)), (125, (1160, 650)), (150, (1366, 728))])
def test_selecting_rows_pushes_nothing_over_the_edge(
    qtbot, window: Window, desk: Desk, register: str, percent: int, size: tuple[int, int]
) -> None:
    window.preferring.change(percent=percent)
    window.resize(*size)
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go(register)
    page = window.shell.pages[register]
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 1 and bool(page.editor.form))
    least = page.minimumSizeHint().width()

    page.table.selectAll()
    page.strip.select(20_000)  # as many as a large book has

    qtbot.waitUntil(lambda: truncated(window) == [])
    assert page.minimumSizeHint().width() <= least
