"""A double click on a button acts once, whatever the first click brought under the pointer."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tests.ui.clicking import double_click
from tests.ui.pages import show_fresh
from ui.inspections.page import RoundsPage
from ui.shared.month_box import MonthBox
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, field_button
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import Inspection
from xmdesk.services.desk import Desk


@pytest.mark.parametrize("make", [button, field_button])
def test_a_button_is_pressed_once(qtbot, make) -> None:
    pressed: list[int] = []
    one: QPushButton = make("派修")
    qtbot.addWidget(one)
    one.show()
    one.clicked.connect(lambda: pressed.append(1))
    double_click(one)
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)

    assert len(pressed) == 3, "two slow clicks are two"


def test_a_button_that_came_under_the_pointer_is_not_pressed(qtbot) -> None:
    pressed: list[str] = []
    holder = QWidget()
    column = QVBoxLayout(holder)
    first, second = button("派修"), button("已修好")
    for one in (first, second):
        column.addWidget(one)
        one.clicked.connect(lambda _=False, one=one: pressed.append(one.text()))
    second.hide()
    first.clicked.connect(lambda: (first.hide(), second.show()))
    qtbot.addWidget(holder)
    holder.show()
    double_click(first)

    assert pressed == ["派修"]


def test_every_click_counts_where_one_goes_step_by_step(qtbot, around: Surroundings) -> None:
    box = MonthBox(around.icons, date(2026, 11, 23))
    qtbot.addWidget(box)
    box.show()
    double_click(box._on)

    assert box.month.day == date(2027, 1, 23)


def test_a_double_click_on_dispatch_does_not_repair(qtbot, desk: Desk, around: Surroundings) -> None:
    page = show_fresh(qtbot, RoundsPage(desk, around))
    page.round.add_trouble(page.round.table.lines.lines[0].key)
    for row in page.round._troubles.values():
        row.asking.fill(finding="灯罩破损", due_on=date(2026, 11, 30))
    page.round.record()
    uid = next(one.uid for one in page.inspecting.unsettled() if one.finding == "灯罩破损")
    page.repairs.choose(uid)
    page.resize(1160, 1800)
    QApplication.processEvents()
    dispatch = page.repairs.hand.findChild(QPushButton, "dispatch")
    assert isinstance(dispatch, QPushButton)
    double_click(dispatch)
    issue = desk.store.get(Inspection, uid)

    assert issue is not None
    assert issue.state is IssueState.WORKING
