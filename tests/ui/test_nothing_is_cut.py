"""No word is cut, no control pushed out of sight, on any page or panel of both desks, at every text size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea

from tests.journeys import tour
from tests.journeys.invented import enrol
from tests.ui.looking import truncated
from tests.ui.said import Said
from tests.ui.slips import slip_taken
from tests.ui.test_filling_begun import filling
from tests.xmdesk.services.blank_forms import officers_form
from ui.registers.standing import Standing
from ui.returns.points_card import HINTS
from ui.shared.hint_line import HintLine
from ui.shared.plain_table import Line, PlainTable
from ui.shared.widths import shared_out
from ui.shared.words import LineButton, LineLabel, beside_words
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.submission import CorrectionPoint
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
def sized(window: Window, request: pytest.FixtureRequest) -> Window:
    percent, size = request.param
    window.preferring.change(percent=percent)
    window.resize(*size)
    window.wake()
    window.show_gate()
    return window


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
def test_nothing_is_cut_where_a_slip_waits_for_answers(qtbot, sized: Window, desk: Desk) -> None:
    facility = desk.store.all(Facility)[0]
    reason = "名称要写全称，按门口牌子上的字写，不要写简称，也不要写“村部”"
    slip_taken(desk, CorrectionPoint(register="facilities", record=facility.uid, field="name", reason=reason))
    sized.open_desk(desk)
    shell = sized.shell
    assert shell is not None
    shell.go("returns")
    points = shell.pages["returns"].letters.points  # type: ignore[attr-defined]  # the page of returns
    qtbot.waitUntil(lambda: bool(points.lines), timeout=20_000)
    tour.settle(sized)

    assert truncated(sized) == []
    assert next(iter(points.lines.values())).placeholderText() in HINTS


@at_every_size
def test_nothing_is_cut_on_the_reviewers_desk(sized: Window, reviewer: Desk, tmp_path: Path) -> None:
    faults: dict[str, list[str]] = {}
    sized.open_desk(reviewer)

    tour.walk_pages(sized, looking(sized, faults))
    sized.shell.go("certificates")  # type: ignore[union-attr]  # a book is open
    sized.shell.pages["certificates"].found.click()  # type: ignore[union-attr]  # it begins an authority
    tour.settle(sized)
    looking(sized, faults)("certificates")
    tour.walk_refused(sized, tmp_path, looking(sized, faults))

    assert faults == {}


@at_every_size
def test_nothing_is_cut_where_a_form_asks_why_whole_numbers_are_wanted(
    qtbot, sized: Window, desk: Desk, tmp_path: Path
) -> None:
    sized.open_desk(desk)
    page = filling(sized)
    page.open_file(officers_form(tmp_path / "2026年第四季度灾害信息员基本情况统计登记表（区应急管理局附件二）.xlsx"))
    qtbot.waitUntil(lambda: not sized.work.is_busy, timeout=30_000)

    page.form.whole.setChecked(True)

    assert page.form.reason.isVisible()
    assert truncated(sized) == []


def test_a_long_name_of_a_file_ends_in_dots_and_stands_whole_in_the_tip(qtbot) -> None:
    name = "2026年第四季度灾害信息员基本情况统计登记表.xlsx"
    made = LineLabel("heading")
    qtbot.addWidget(made)
    made.say(name)
    made.show()
    made.resize(made.fontMetrics().horizontalAdvance(name) + 20, 40)
    whole, tip = made.text(), made.toolTip()

    made.resize(120, 40)

    assert (whole, tip) == (name, "")
    assert made.text().endswith("…")
    assert (made.toolTip(), made.accessibleName()) == (name, name)


def test_half_a_sentence_is_never_shown_as_advice(qtbot) -> None:
    line = HintLine("查找文字或拼音首字母", "查找")
    qtbot.addWidget(line)
    line.show()

    said = []
    for size in (line.wide_enough("查找文字或拼音首字母"), line.wide_enough("查找文字"), QSize(30, 36)):
        line.resize(size)
        said.append(line.placeholderText())

    assert said == ["查找文字或拼音首字母", "查找", ""]


@pytest.mark.parametrize(
    ("width", "weights", "least", "wish", "shares"),
    [
        (300, (1, 1, 1), (0, 0, 0), (0, 0, 0), [100, 100, 100]),
        (100, (1, 1), (80, 80), (90, 200), [80, 80]),
        (290, (2, 1, 1), (60, 60, 60), (60, 160, 70), [60, 160, 70]),
        (300, (1, 1, 1), (60, 60, 60), (60, 400, 70), [60, 170, 70]),
        (400, (1, 1), (60, 60), (100, 200), [150, 250]),
    ],
)
def test_columns_get_room_for_what_they_show_but_none_less_than_its_head_needs(
    width: int, weights: tuple[int, ...], least: tuple[int, ...], wish: tuple[int, ...], shares: list[int]
) -> None:
    assert shared_out(width, weights, least, wish) == shares


def test_an_empty_table_does_not_scroll_sideways(qtbot, around) -> None:
    table = PlainTable(
        ("状态", "单位", "区划代码", "停用原因"), (1, 1, 1, 1), around.icons, name="证书", nothing="还没有。"
    )
    qtbot.addWidget(table)
    table.resize(120, 200)
    table.show()

    table.show_lines([])
    empty = table.horizontalScrollBar().isVisible()
    table.show_lines([Line("1", ("在用", "军营村委会", "350212105206", ""))])

    assert not empty
    qtbot.waitUntil(table.horizontalScrollBar().isVisible)


def test_a_value_is_whole_where_the_table_has_room(qtbot, around) -> None:
    table = PlainTable(("结果", "文件", "说明"), (1, 1, 30), around.icons, name="收到的")
    qtbot.addWidget(table)
    table.resize(700, 200)
    table.show()

    table.show_lines([Line("1", ("已接收", "上报_350212105206_2026Q4_v1.pdf", "可以审核。"))])

    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("上报_350212105206_2026Q4_v1.pdf") + 16


def test_a_line_is_cut_only_where_its_words_find_no_room(qtbot) -> None:
    words = "本年已确认：2026 年还没有确认这一条，滚动式管理。"
    line = LineButton(words)
    qtbot.addWidget(line)
    line.show()
    needed = beside_words(line) + line.fontMetrics().horizontalAdvance(words) + 1

    said = []
    for width in (needed, needed - 20):
        line.resize(width, 34)
        said.append(line.text())

    assert said[0] == words
    assert said[1].endswith("…")


def test_the_chip_of_a_filter_is_cut_only_where_it_finds_no_room(qtbot) -> None:
    standing = Standing()
    qtbot.addWidget(standing)
    standing.say("设施名称 包含 村 或 建成年份 大于 2015", "")
    standing.resize(700, 60)
    standing.show()

    qtbot.waitUntil(lambda: standing.filter.text() == "设施名称 包含 村 或 建成年份 大于 2015  ✕")


def test_numbers_in_the_first_column_are_never_cut(qtbot, around) -> None:
    table = PlainTable(("行", "原因"), (1, 30), around.icons, name="放一边的行", nothing="没有要放一边的行。")
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    empty = table.nothing.isVisible()

    table.show_lines([Line("1", ("10086", "看不懂"), icon="missing")])

    assert empty
    assert not table.nothing.isVisible()
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("10086") + 16
    assert table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("place", ["today", "rounds", "returns", "rolling"])
def test_on_a_screen_that_is_too_small_the_cards_scroll_sideways(window: Window, desk: Desk, place: str) -> None:
    window.wake()
    window.open_desk(desk)
    window.setMinimumSize(640, 400)
    window.resize(700, 500)

    window.shell.go(place)  # type: ignore[union-attr]  # a book is open
    tour.settle(window)

    area = next(one for one in window.findChildren(QScrollArea) if one.isVisible() and _holds_cards(one))
    lacks = area.widget().minimumSizeHint().width() - area.viewport().width()
    bar = area.horizontalScrollBar()
    assert lacks > 0
    assert (bar.isVisible(), bar.maximum()) == (True, lacks)


def _holds_cards(area: QScrollArea) -> bool:
    return area.widget().objectName() == "sheet"
