"""The cursor goes back to where it stood, or as near as there is still something."""

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from tests.ui.pages import register_page
from ui.letters import Letters
from ui.shared.surroundings import Surroundings
from ui.shared.whence import Whence
from xmdesk.services.desk import Desk


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for name in ("a", "b"):
        box = QFrame()
        box.setObjectName(name)
        inside = QVBoxLayout(box)
        for number in (1, 2):
            line = QLineEdit()
            line.setObjectName(f"{name}{number}")
            inside.addWidget(line)
        column.addWidget(box)
    made.show()
    return made


def line(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_the_cursor_comes_back_once(window: QWidget) -> None:
    whence = Whence()
    line(window, "b2").setFocus()
    whence.remember(window.focusWidget())
    line(window, "a1").setFocus()

    whence.go_back()
    first = window.focusWidget()
    line(window, "a1").setFocus()
    whence.go_back()

    assert (first, window.focusWidget()) == (line(window, "b2"), line(window, "a1"))


@pytest.mark.parametrize("gone", ["deleted", "hidden", "disabled"])
def test_what_stands_around_takes_it_where_the_place_is_gone(window: QWidget, gone: str) -> None:
    whence, place = Whence(), line(window, "b2")
    place.setFocus()
    whence.remember(place)
    line(window, "a1").setFocus()
    if gone == "deleted":
        place.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    elif gone == "hidden":
        place.hide()
    else:
        place.setEnabled(False)

    whence.go_back()

    assert window.focusWidget() is line(window, "b1")


def test_what_was_made_anew_takes_it_by_its_name(window: QWidget) -> None:
    whence, place = Whence(), line(window, "b2")
    place.setAccessibleName("电话")
    place.setFocus()
    whence.remember(place)
    line(window, "a1").setFocus()
    place.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    fresh, box = QLineEdit(), line(window, "b1").parentWidget()
    fresh.setAccessibleName("电话")
    assert box is not None
    box.layout().addWidget(fresh)  # type: ignore[union-attr]  # the fixture laid it out
    fresh.show()

    whence.go_back()

    assert window.focusWidget() is fresh


def test_what_is_gone_is_stood_for_only_within_what_is_named(window: QWidget) -> None:
    whence, place = Whence(), line(window, "b2")
    other = line(window, "a1").parentWidget()
    whence.remember(place)
    line(window, "a1").setFocus()
    place.hide()

    is_back = whence.go_back(other)

    assert not is_back
    assert window.focusWidget() is line(window, "a1")


@pytest.mark.parametrize("then", [Qt.Key.Key_Escape, Qt.Key.Key_F5], ids=["put away", "another key"])
def test_letters_over_a_cell_that_was_being_typed_into_give_the_cursor_to_the_table(
    qtbot, desk: Desk, around: Surroundings, then: Qt.Key
) -> None:
    page = register_page(qtbot, desk, around, "facilities")
    letters = Letters(page, around.icons)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.table.edit_here("夜校")
    cell = page.table.open_line
    assert cell is not None

    letters.start()
    qtbot.waitUntil(lambda: not shiboken6.isValid(cell))
    QTest.keyClick(letters, then)

    assert not letters.isVisible()
    assert page.table.hasFocus()
    assert page.model.index(0, 0).data() == "夜校"
