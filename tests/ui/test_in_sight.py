"""Nobody types blind: who scrolled away from the field or the cell with the cursor is brought back by the next key."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.ui.checked import opened
from tests.ui.typing import commit
from tests.ui.wheel import turn
from ui.shell import Shell
from ui.window import Window
from xmdesk.problems import Problem, Severity, Where
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk

KEY, CONTROL, NONE = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
MANY = 60
KEYS = {
    "a letter": (KEY.Key_A, NONE),
    "F2": (KEY.Key_F2, NONE),
    "Backspace": (KEY.Key_Backspace, NONE),
    "Delete": (KEY.Key_Delete, NONE),
    "paste": (KEY.Key_V, CONTROL),
    "today": (KEY.Key_Semicolon, CONTROL),
    "down": (KEY.Key_Down, NONE),
    "up at the top": (KEY.Key_Up, NONE),
}


@pytest.fixture
def shell(qtbot, window: Window, desk: Desk) -> Shell:
    desk.registers.save_all([Facility(name=f"书屋{number:02}") for number in range(MANY)], label="新增设施")
    made = opened(window, desk)
    qtbot.waitUntil(window.isActiveWindow)
    return made


@pytest.fixture
def page(shell: Shell) -> Any:
    """A register of more rows than find room; the cursor is in the first one, which nobody sees any more."""
    shell.go("facilities")
    page: Any = shell.pages["facilities"]
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    turn(page.table, 12)
    assert not row_seen(page)
    return page


def row_seen(page: Any) -> bool:
    table = page.table
    return table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def cursor() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def area_around(widget: QWidget) -> QScrollArea:
    above = widget.parentWidget()
    while not isinstance(above, QScrollArea):
        assert above is not None
        above = above.parentWidget()
    return above


def seen(widget: QWidget) -> bool:
    port = area_around(widget).viewport()
    return port.rect().contains(QRect(widget.mapTo(port, QPoint()), widget.size()))


@pytest.mark.parametrize("key", KEYS)
def test_a_key_in_the_table_comes_back_to_the_cell(page: Any, key: str) -> None:
    QGuiApplication.clipboard().setText("贴上来的")

    QTest.keyClick(page.table, *KEYS[key])

    assert row_seen(page)


def test_what_an_input_method_brings_comes_back_to_the_cell(page: Any) -> None:
    commit(page.table, "村")

    assert row_seen(page)
    assert page.table.open_line is not None


def test_an_open_cell_that_was_scrolled_away_comes_back_with_the_next_letter(page: Any) -> None:
    QTest.keyClick(page.table, KEY.Key_A)
    turn(page.table, 12)
    was_seen = row_seen(page)

    commit(cursor(), "b")

    assert not was_seen
    assert row_seen(page)
    assert page.table.open_line is not None


@pytest.mark.parametrize("rows_down", [0, 12], ids=["in view before", "scrolled away before"])
def test_a_notice_above_the_table_covers_no_cell_that_was_in_view(shell: Shell, rows_down: int) -> None:
    shell.go("facilities")
    page: Any = shell.pages["facilities"]
    table = page.table
    table.setFocus()
    high = table.verticalHeader().defaultSectionSize()
    table.setCurrentIndex(page.model.index(table.viewport().height() // high - 1, 0))
    turn(table, rows_down)
    before, tall = (row_seen(page), table.verticalScrollBar().value()), table.height()

    left = Problem("V-YEAR", Severity.ERROR, Where("facilities", row=1, label="建成年份"), "看不懂", "请核对。")
    page.notice.tell("粘贴 4 格，4 格没有改", [left] * 4)
    QApplication.processEvents()

    assert table.height() < tall
    assert row_seen(page) == before[0] == (not rows_down)
    assert not rows_down or table.verticalScrollBar().value() == before[1]


def test_a_key_that_is_only_held_moves_nothing(page: Any) -> None:
    QTest.keyClick(page.table, KEY.Key_Control)

    assert not row_seen(page)


@pytest.mark.parametrize("key", [KEY.Key_A, KEY.Key_Delete, KEY.Key_End], ids=["letter", "delete", "only going"])
def test_a_key_in_a_field_of_the_form_comes_back_to_it(page: Any, key: Qt.Key) -> None:
    form = page.editor.form
    control = form.fields["name"].focusProxy()
    control.setFocus()
    control.selectAll()
    turn(area_around(control), 15)
    was_seen = seen(control)

    QTest.keyClick(cursor(), key)

    assert not was_seen
    assert seen(form.fields["name"])


def test_a_key_on_a_choice_of_the_form_comes_back_to_it(page: Any) -> None:
    form = page.editor.form
    form.focus_field("kind")
    turn(area_around(form.fields["kind"]), 15)
    was_seen = seen(form.fields["kind"])

    QTest.keyClick(cursor(), KEY.Key_Down)

    assert not was_seen
    assert seen(form.fields["kind"])


def test_page_keys_go_on_scrolling_the_form(page: Any) -> None:
    line = page.editor.form.fields["name"].focusProxy()
    line.setFocus()
    bar = area_around(line).verticalScrollBar()
    found = []
    for _ in range(3):
        QTest.keyClick(line, KEY.Key_PageDown)
        found.append(bar.value())

    assert found == sorted(found)
    assert found[0] < found[-1] or found[0] == bar.maximum()
    assert not seen(line)


@pytest.mark.parametrize("name", ["address", "secretary"])
def test_a_key_in_the_office_comes_back_to_its_field(shell: Shell, name: str) -> None:
    shell.go("office")
    page: Any = shell.pages["office"]
    field = page.form.fields[name]
    field.focusProxy().setFocus()
    turn(area_around(field), 30 if area_around(field).verticalScrollBar().value() < 50 else -30)
    was_seen = seen(field)

    commit(cursor(), "村")

    assert not was_seen
    assert seen(field)


def test_a_key_on_a_card_of_a_page_comes_back_to_it(window: Window, shell: Shell) -> None:
    window.resize(window.minimumSize())
    shell.go("settings")
    page: Any = shell.pages["settings"]
    bar = page.area.verticalScrollBar()
    stops = [one for one in page.area.widget().findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    first = next(one for one in stops if one.isVisible() and one.isEnabled())
    first.setFocus()
    bar.setValue(bar.maximum())
    was_seen = seen(first)

    QTest.keyClick(first, KEY.Key_Shift)
    still = seen(first)
    QTest.keyClick(first, KEY.Key_F)

    assert (was_seen, still) == (False, False)
    assert seen(first)
