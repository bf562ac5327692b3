"""Esc puts away what stands beside the table or above the form, and loses nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.pages import register_page
from tests.ui.test_serial_entry import select
from tests.ui.typing import type_into
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return register_page(qtbot, desk, around, "facilities")


def escape(page: RegisterPage) -> None:
    QTest.keyClick(page.sides.focusWidget() or page.sides.currentWidget(), Qt.Key.Key_Escape)


@pytest.mark.parametrize("act", ["history", "filter", "bulk"])
def test_what_stands_beside_the_table_gives_way_to_the_form(page: RegisterPage, act: str) -> None:
    select(page, 0, 2)
    page.act(act)
    was_open = page.sides.currentWidget() is not page.editor

    escape(page)

    assert was_open
    assert page.sides.currentWidget() is page.editor
    assert page.focusWidget() is page.table


def test_ticks_for_many_are_asked_about(page: RegisterPage) -> None:
    select(page, 0, 2)
    page.act("bulk")
    bulk = page.sides.bulk
    assert bulk is not None
    type_into(bulk.form.fields["location"].line, "榕下路1号")  # type: ignore[attr-defined]  # a typed field

    escape(page)

    assert page.sides.currentWidget() is bulk
    assert bulk.asking.isVisible()


def test_the_reason_to_end_a_record_is_there_again(page: RegisterPage) -> None:
    page.act("end")
    reason = page.editor.ending._reason
    reason.setText("拆除重")
    QTest.keyClick(reason, Qt.Key.Key_Escape)
    is_shut = not page.editor.ending.isVisible()
    page.act("end")

    assert is_shut
    assert isinstance(reason, QLineEdit)
    assert reason.text() == "拆除重"


@pytest.mark.parametrize("way", ["new", "clone", "enter", "field"])
def test_whoever_goes_into_the_form_sees_it_though_the_filter_is_open(qtbot, page: RegisterPage, way: str) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.act("filter")
    if way == "enter":
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    elif way == "field":
        page.show_record(page.model.uid(1), "location")
    else:
        page.act(way)

    assert page.sides.currentWidget() is page.editor
    assert page.editor.isAncestorOf(page.focusWidget())
