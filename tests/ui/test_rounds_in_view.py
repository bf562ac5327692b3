"""登记巡查: what opens to be written into stands in view as a whole, and nothing is typed blind."""

from datetime import date

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ui.inspections.page import RoundsPage
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme, dress
from xmdesk.services.desk import Desk


@pytest.fixture(params=[100, 150])
def page(qtbot, qapp, desk: Desk, around: Surroundings, request: pytest.FixtureRequest) -> RoundsPage:
    dress(qapp, Theme(percent=request.param))
    made = RoundsPage(desk, around)
    made.resize(1160, 560)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def is_in_view(page: RoundsPage, widget: QWidget) -> bool:
    shown = page.area.viewport()
    place = QRect(widget.mapTo(page, widget.rect().topLeft()), widget.size())
    return QRect(shown.mapTo(page, shown.rect().topLeft()), shown.size()).contains(place)


def test_the_box_for_a_problem_opens_in_view(page: RoundsPage, qtbot) -> None:
    page.round.trouble.click()

    row = page.round._troubles[page.round.table.current]
    qtbot.waitUntil(lambda: is_in_view(page, row))
    assert row.isAncestorOf(page.focusWidget())


def test_the_button_that_records_stands_in_view_below_the_box(page: RoundsPage, qtbot) -> None:
    page.round.trouble.click()

    row = page.round._troubles[page.round.table.current]
    qtbot.waitUntil(lambda: is_in_view(page, page.round.do))
    assert is_in_view(page, row)


def test_the_strip_for_a_cycle_opens_in_view(page: RoundsPage, qtbot) -> None:
    page.round.tick_due.click()
    page.round.cycle.click()

    qtbot.waitUntil(lambda: is_in_view(page, page.round.strip))
    assert page.round.strip.isAncestorOf(page.focusWidget())


def test_going_to_a_repair_puts_the_cursor_into_its_next_step_in_view(page: RoundsPage, qtbot) -> None:
    page.round.add_trouble(page.round.table.current)
    page.round._troubles[page.round.table.current].asking.fill(finding="路灯不亮", due_on=date(2026, 11, 30))
    page.round.record()
    (uid,) = [one.uid for one in page.inspecting.unsettled() if one.finding == "路灯不亮"]
    page.area.verticalScrollBar().setValue(0)

    page.begin()
    page.show_record(uid)

    assert page.repairs.hand.asking.isAncestorOf(page.focusWidget())
    qtbot.waitUntil(lambda: is_in_view(page, page.repairs._panel))


def test_the_page_stays_where_the_person_goes_once_the_box_has_its_place(page: RoundsPage, qtbot) -> None:
    page.round.trouble.click()
    qtbot.waitUntil(lambda: page._view._held is None)

    page.area.verticalScrollBar().setValue(0)
    page.round.tick_due.click()
    qtbot.wait(30)

    assert page.area.verticalScrollBar().value() == 0
