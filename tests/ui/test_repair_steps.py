"""The steps of a repair: what was reported upwards is shown as that, and the cursor never lands on an act that undoes."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages import show_fresh
from tests.ui.typing import commit
from ui.inspections.page import RoundsPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.codes import IssueState
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.services.desk import Desk
from xmdesk.services.inspecting import Inspecting, Issue, Look, Round

WANTED = date(2026, 11, 30)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RoundsPage:
    """The page with two issues, in the active window."""
    first, second, *_ = desk.store.all(MaintenanceDuty)
    issues = (Issue("塌方", due_on=WANTED), Issue("灯罩破损", due_on=WANTED))
    looks = [Look(first.uid, issue=issues[0]), Look(second.uid, issue=issues[1])]
    Inspecting(desk).record(looks, done=Round("2026-11-20", "郑小满"))
    made = show_fresh(qtbot, RoundsPage(desk, around))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(page: RoundsPage, act: str) -> None:
    """Press an act of the step in front with the space bar."""
    made = page.repairs._steps.currentWidget().acts[act]  # type: ignore[union-attr]  # a step is in front
    assert made.isVisible()
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Space)


def chips(page: RoundsPage) -> dict[str, str]:
    return {one.text(): one.property("tone") for one in page.repairs._chips}


def test_what_was_reported_upwards_is_shown_as_that_and_not_reported_again(page: RoundsPage) -> None:
    press(page, "escalate")

    assert chips(page)["无法处理已上报"] == "missing"
    assert "处理中" not in chips(page)
    assert not page.repairs.mend.acts["escalate"].isVisible()
    assert page.repairs.mend.acts["repaired"].isVisible()


def test_the_next_issue_shows_its_own_chain_again(page: RoundsPage) -> None:
    first = page.repairs.uid
    press(page, "escalate")
    other = next(uid for uid in page.repairs._issues if uid != first)
    page.repairs.choose(other)
    press(page, "dispatch")

    assert chips(page)["处理中"] == "missing"
    assert page.repairs.mend.acts["escalate"].isVisible()


def test_a_second_space_takes_nothing_back(page: RoundsPage, desk: Desk) -> None:
    uid = page.repairs.uid
    press(page, "dispatch")
    for _ in range(2):
        press(page, "repaired")
        cursor = page.focusWidget()
        assert cursor is not None
        assert page.repairs.check.asking.isAncestorOf(cursor)
        QTest.keyClick(cursor, Qt.Key.Key_Space)
        one = desk.store.get(Inspection, uid)
        assert one is not None
        assert one.state is IssueState.REPAIRED
        page.repairs.check.asking.fill(rechecked_by="叶美澄")
        press(page, "failed")


def test_where_an_issue_is_settled_the_cursor_goes_among_the_others(page: RoundsPage) -> None:
    press(page, "dispatch")
    press(page, "repaired")
    page.repairs.check.asking.fill(rechecked_by="叶美澄")
    press(page, "passed")

    assert page.focusWidget() is page.repairs.table


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_that_takes_a_name_from_the_list_goes_on_to_the_date(page: RoundsPage, key: Qt.Key) -> None:
    fields = page.repairs.hand.asking.fields
    person, due = fields["repair_person"], fields["due_on"]
    due.fill(None)
    person.line.setFocus()  # type: ignore[attr-defined]  # a line with a list
    commit(person.line, "叶美")  # type: ignore[attr-defined]  # a line with a list
    popup = person.line._completer.popup()  # type: ignore[attr-defined]  # a line with a list
    was_open = popup.isVisible()

    QTest.keyClick(popup, key)
    cursor = page.focusWidget()
    assert cursor is not None
    QTest.keyClicks(cursor, "2026-12-05")

    assert was_open
    assert due.isAncestorOf(cursor)
    assert person.line.text().startswith("叶美澄")  # type: ignore[attr-defined]  # a line with a list
    assert person.read()
    assert due.read() == date(2026, 12, 5)


def test_enter_in_the_list_of_the_last_field_goes_on_to_the_usual_act(page: RoundsPage) -> None:
    fields = {"last": page.repairs.hand.asking.fields["repair_person"]}
    act = page.repairs.hand.acts["dispatch"]
    fields["last"].then = act
    commit(fields["last"].line, "叶美")  # type: ignore[attr-defined]  # a line with a list

    QTest.keyClick(fields["last"].line._completer.popup(), Qt.Key.Key_Return)  # type: ignore[attr-defined]

    assert page.focusWidget() is act
