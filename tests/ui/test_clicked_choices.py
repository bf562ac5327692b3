"""A choice that is clicked into: what is typed next takes its place, as after Tab."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.shared.fields.picks import ChoiceField
from xmdesk.records.base import fields_of
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility


@pytest.fixture
def field(qtbot) -> ChoiceField:
    made = ChoiceField(fields_of(Facility)["kind"])
    qtbot.addWidget(made)
    made.show()
    return made


def click_into(qtbot, field: ChoiceField) -> None:
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.line.clearFocus()
    QTest.mouseClick(field.line, Qt.MouseButton.LeftButton)


def test_a_choice_that_is_clicked_into_gives_way_to_what_is_typed(qtbot, field: ChoiceField) -> None:
    field.fill(FacilityKind.CLINIC)

    click_into(qtbot, field)
    QTest.keyClicks(field.line, "njsw")
    QTest.keyClick(field.line._completer.popup(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: field.line.text() != "njsw")
    assert field.read() is FacilityKind.LIBRARY


def test_a_choice_that_comes_under_a_click_gives_way_too(qtbot, field: ChoiceField) -> None:
    click_into(qtbot, field)
    field.fill(FacilityKind.CLINIC)

    QTest.keyClicks(field.line, "njsw")

    assert field.line.text() == "njsw"


def test_a_wrong_choice_of_the_list_gives_way_to_what_is_typed_next(qtbot, field: ChoiceField) -> None:
    click_into(qtbot, field)
    QTest.keyClicks(field.line, "cws")
    QTest.keyClick(field.line._completer.popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.line.selectedText() == field.line.text())

    QTest.keyClicks(field.line, "njsw")

    assert field.line.text() == "njsw"
