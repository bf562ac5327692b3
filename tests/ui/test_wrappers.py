"""What PySide holds for a widget lasts as long as the widget: nothing that is asked on the way makes it somebody else's child."""

import gc

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QTableView, QVBoxLayout, QWidget

from ui.shared.pressed import NO_KEY, pressed
from ui.shared.reading_order import alternatives, stops
from ui.shared.words import clear


def filled(qtbot) -> tuple[QWidget, QTableView, QVBoxLayout]:
    page, table, inside = QWidget(), QTableView(), QWidget()
    qtbot.addWidget(page)
    column, below = QVBoxLayout(page), QVBoxLayout(inside)
    for one in (QLineEdit(), table, inside):
        column.addWidget(one)
    for _ in range(3):
        below.addWidget(QLineEdit())
    page.show()
    return page, table, below


def test_the_head_of_a_table_is_known_after_the_stops_were_asked_for_and_their_neighbours_are_gone(qtbot) -> None:
    page, table, below = filled(qtbot)
    head = table.horizontalHeader()

    assert [type(one).__name__ for one in stops(page)] == ["QLineEdit", "QTableView", *["QLineEdit"] * 3]
    below.itemAt(0).widget().setFocus()  # type: ignore[union-attr]  # it was filled
    clear(below)
    qtbot.wait(10)
    gc.collect()

    assert shiboken6.isValid(head)
    assert "QTableView" in next(one for one in shiboken6.dump(head).splitlines() if one.startswith("parent"))
    assert head.count() == 0


def test_a_group_is_known_after_a_button_of_it_is_gone(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    group, buttons = QButtonGroup(page), [QPushButton(one, page) for one in "甲乙"]
    for one in buttons:
        one.setCheckable(True)
        group.addButton(one)
    found = alternatives(buttons[0])
    buttons.pop(0).deleteLater()
    qtbot.wait(10)
    gc.collect()

    assert len(found) == 2
    assert shiboken6.isValid(group)
    assert group.buttons() == buttons


def test_only_a_key_that_goes_down_is_pressed() -> None:
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    up = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    other = [QEvent(QEvent.Type.KeyPress), QFocusEvent(QEvent.Type.FocusIn)]

    assert pressed(down) == Qt.Key.Key_Tab
    assert [pressed(one) for one in (up, *other)] == [NO_KEY] * 3
