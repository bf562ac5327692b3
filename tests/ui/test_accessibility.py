"""Every page of both desks can be read by a screen reader and worked by keyboard, in the order in which it is seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.journeys import tour
from tests.journeys.invented import enrol
from tests.ui.reading import controls, disordered, leaps, nameless, tab_stops, unreachable
from tests.ui.said import Said
from ui.shared.fields.field import Field
from ui.shared.fields.table import TableField
from ui.shared.fields.ticks import SegmentField
from ui.window import Window
from xmdesk.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
# These come and go with the cursor; they have keys of their own (ui/actions.py).
BY_KEYS = ("固定", "批量修改", "批注")

Look = Callable[[Window], list[str]]


def first_stop(window: Window) -> QWidget:
    """Where reading begins: the place in the navigation, or what stands highest before a book is open."""
    if window.shell is not None:
        return window.shell.side._buttons[window.shell.here]
    able = [one for one in controls(window) if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return min(able, key=lambda one: one.mapTo(window, QPoint()).y())


def read(window: Window) -> list[str]:
    return [*(f"no name: {one}" for one in nameless(window)), *disordered(window)]


def walked(window: Window) -> list[str]:
    wanted = [one for one in controls(window) if one.isEnabled()]
    stops = tab_stops(window, first_stop(window))
    missed = [one for one in unreachable(wanted, stops) if not any(words in one for words in BY_KEYS)]
    return [*(f"out of reach: {one}" for one in missed), *leaps(window, stops)]


LOOKS = pytest.mark.parametrize("look", [read, walked], ids=["by ear", "by keyboard"])


def noting(window: Window, look: Look, faults: dict[str, list[str]]) -> Callable[[str], None]:
    def stop(name: str) -> None:
        found = look(window)
        if found:
            faults[name] = found

    return stop


@LOOKS
def test_before_a_book_is_open(window: Window, tmp_path: Path, look: Look) -> None:
    faults: dict[str, list[str]] = {}
    window.wake()

    tour.walk_start(window, noting(window, look, faults))
    tour.walk_gate(window, tmp_path / "台账", noting(window, look, faults))

    assert faults == {}


@LOOKS
def test_on_the_clerks_desk(window: Window, desk: Desk, reviewer: Desk, said: Said, tmp_path: Path, look: Look) -> None:
    faults: dict[str, list[str]] = {}
    stop = noting(window, look, faults)
    enrol(desk, reviewer, tmp_path)
    window.wake()
    window.open_desk(desk)

    tour.walk_pages(window, stop)
    tour.walk_panels(window, stop)
    tour.walk_work(window, desk, stop, said)

    assert faults == {}


@LOOKS
def test_on_the_reviewers_desk(window: Window, reviewer: Desk, tmp_path: Path, look: Look) -> None:
    faults: dict[str, list[str]] = {}
    window.wake()
    window.open_desk(reviewer)

    tour.walk_pages(window, noting(window, look, faults))
    reviewer.enrolling.init()
    tour.walk_refused(window, tmp_path, noting(window, look, faults))

    assert faults == {}


def test_the_tree_begins_with_the_navigation_and_ends_with_the_foot(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    shell = tour.shell_of(window)
    met = QAccessible.queryAccessibleInterface(shell)

    parts = [met.child(place).object() for place in range(met.childCount())]

    assert parts[0] is shell.side
    assert parts[-1] is shell.foot


@pytest.mark.parametrize("place", ["facilities", "persons", "shelters", "office"])
def test_labels_are_read_before_their_fields_and_belong_to_them(window: Window, desk: Desk, place: str) -> None:
    window.open_desk(desk)
    page = tour.visit(window, place)
    wrong = []

    for field in page.findChildren(Field):
        met = QAccessible.queryAccessibleInterface(field)
        words = [met.child(at).text(QAccessible.Text.Name) for at in range(met.childCount())]
        proxy = field.focusProxy()
        named = proxy is not None and field.spec.label in proxy.accessibleName()
        if words[0] != field.spec.label or not named:
            wrong.append((field.spec.label, words))

    assert len(page.findChildren(Field)) > 10
    assert wrong == []


def go_to(window: Window, widget: QWidget) -> None:
    window.activateWindow()
    QTest.qWait(30)
    widget.setFocus()
    assert QApplication.focusWidget() is widget


def press(key: Qt.Key, times: int = 1) -> QWidget | None:
    for _ in range(times):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)
    return QApplication.focusWidget()


def test_shift_tab_goes_back_the_same_way(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    tour.visit(window, "returns")
    there = tab_stops(window, first_stop(window))
    go_to(window, there[-1])

    back = [there[-1], *(press(Qt.Key.Key_Backtab) for _ in there[1:])]

    assert back == list(reversed(there))


def test_arrows_in_the_navigation_show_the_pages_and_stay_there(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    tour.visit(window, "today")
    go_to(window, first_stop(window))

    here = press(Qt.Key.Key_Down)

    shell = tour.shell_of(window)
    assert shell.here == "rounds"
    assert here is shell.side._buttons["rounds"]


def test_a_choice_is_one_stop_and_arrows_walk_in_it(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    page: Any = tour.visit(window, "facilities")
    field = next(one for one in page.findChildren(SegmentField) if one.isVisible())
    first, second = field._buttons[:2]
    go_to(window, first)

    right = press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    after = press(Qt.Key.Key_Tab)

    assert right is second
    assert second.isChecked()
    assert after not in field._buttons


def test_the_parts_of_a_form_are_reached_by_arrows(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    page: Any = tour.visit(window, "facilities")
    links = [link for link, _ in page.editor.form._links]
    go_to(window, links[0])

    here = press(Qt.Key.Key_Right)

    assert here is links[1]
    assert page.editor.form._scroll.verticalScrollBar().value() > 0


def test_tab_leaves_a_list_in_a_form_and_changes_nothing_on_its_way(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    page: Any = tour.visit(window, "shelters")
    field = next(one for one in page.findChildren(TableField) if one.model.lines)
    go_to(window, first_stop(window))
    field.view.setCurrentIndex(field.model.index(0, 0))
    walked = [QApplication.focusWidget()]

    while isinstance(walked[-1], QLineEdit) and field.view.isAncestorOf(walked[-1]) and len(walked) < 30:
        walked.append(press(Qt.Key.Key_Tab))

    assert not field.view.isAncestorOf(walked[-1])
    assert len(walked) > 2
    assert not page.editor.is_dirty
