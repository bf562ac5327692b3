"""A division code in a form: found by name, sound or digits, kept as a code, told by its name; other codes may be typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.test_fields import People
from tests.ui.typing import commit, type_into
from ui.office.page import OfficePage
from ui.shared.fields.division import DivisionField
from ui.shared.fields.registry import field_for
from ui.shared.surroundings import Surroundings
from xmdesk.records.base import fields_of
from xmdesk.records.office import Office
from xmdesk.records.values.reading import Bad
from xmdesk.services.desk import Desk

JUNYING = "350212105206"
PATH = "福建省厦门市同安区莲花镇军营村委会"


@pytest.fixture
def field(qtbot) -> DivisionField:
    made = field_for(fields_of(Office)["code"], People())
    assert isinstance(made, DivisionField)
    qtbot.addWidget(made)
    made.fill("")
    made.resize(420, 90)
    made.show()
    return made


def offered(field: DivisionField, text: str) -> list[str]:
    """What the list shows while a text stands in the line."""
    field.line.setFocus()
    field.line.selectAll()
    commit(field.line, text)
    return list(field.line._list.stringList())


@pytest.mark.parametrize("typed", ["军营", "junying", "jyc", "莲花 军营", "3502121052"])
def test_whatever_is_typed_lists_divisions_with_their_way_and_code(field: DivisionField, typed: str) -> None:
    assert f"同安区 / 莲花镇 / 军营村委会   {JUNYING}" in offered(field, typed)


def test_enter_in_the_list_picks_the_code_and_the_name_stands_below(qtbot, field: DivisionField) -> None:
    first = offered(field, "莲花 军营")[0]
    popup = field.line._completer.popup()
    QTest.keyClick(popup, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not field.is_typed)
    assert first.endswith(JUNYING)
    assert field.read() == JUNYING
    assert field.line.text() == JUNYING
    assert field.words == PATH


def test_a_name_that_only_one_division_has_is_taken_without_the_list(field: DivisionField) -> None:
    type_into(field.line, "莲花 军营")

    assert field.read() == JUNYING


def test_a_name_of_which_none_was_picked_waits_with_a_reason(field: DivisionField) -> None:
    type_into(field.line, "莲花")

    with pytest.raises(Bad):
        field.read()
    assert field.line.text() == "莲花"
    assert "“莲花”" in field.words
    assert field.line.property("tone") == "wrong"


def test_half_a_name_is_no_mistake_while_the_list_is_down(field: DivisionField) -> None:
    offered(field, "莲花")
    field.refresh()
    before = field.line.property("tone")
    field.line._completer.popup().hide()
    field.refresh()

    assert (before, field.line.property("tone")) == ("", "wrong")


def test_long_lines_and_the_last_line_of_the_list_are_shown_whole(page: OfficePage) -> None:
    field = page.form.fields["code"]
    assert isinstance(field, DivisionField)

    count = len(offered(field, "军"))
    popup = field.line._completer.popup()
    high = popup.viewport().height()
    offered(field, "lh")

    assert high >= count * popup.sizeHintForRow(0)
    assert popup.viewport().width() >= popup.sizeHintForColumn(0)


def test_a_code_that_is_in_no_list_is_kept_as_typed_and_said_to_be_unknown(field: DivisionField) -> None:
    picked: list[str] = []
    field.picked.connect(picked.append)

    type_into(field.line, "350212105999")

    assert field.read() == "350212105999"
    assert "列表里没有" in field.words
    assert field.line.property("tone") != "wrong"
    assert picked == []


def test_half_a_code_is_not_completed_by_guessing(field: DivisionField) -> None:
    type_into(field.line, "35021210520")

    assert field.line.text() == "35021210520"
    with pytest.raises(Bad):
        field.read()


def test_a_code_typed_whole_counts_as_picked(field: DivisionField) -> None:
    picked: list[str] = []
    field.picked.connect(picked.append)

    type_into(field.line, JUNYING)

    assert picked == [JUNYING]
    assert field.words == PATH


def test_emptying_takes_the_answer_back(field: DivisionField) -> None:
    field.fill(JUNYING)

    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    QTest.keyClick(field.line, Qt.Key.Key_Return)

    assert field.read() == ""


def test_the_list_leads_down_step_by_step(field: DivisionField) -> None:
    shown: list[list[str]] = []
    for code in ("", "350212", "350212105", JUNYING):
        field.fill(code)
        field.line.offer_all()
        shown.append(list(field.line._list.stringList()))

    assert "同安区   350212" in shown[0]
    assert "同安区 / 莲花镇   350212105" in shown[1]
    assert f"同安区 / 莲花镇 / 军营村委会   {JUNYING}" in shown[2]
    assert shown[3] == shown[2]


def test_what_the_home_city_has_not_is_looked_for_beside_the_window(qtbot, page: OfficePage, around) -> None:
    field = page.form.fields["code"]
    assert isinstance(field, DivisionField)

    at_once = offered(field, "东华门")
    beside = around.work.has_asides

    assert (at_once, beside) == ([], True)
    qtbot.waitUntil(lambda: "北京市 / 东城区 / 东华门街道   110101001" in field.line._list.stringList())
    field.line._completer.popup().hide()


def test_a_late_answer_to_what_is_not_asked_any_more_is_let_go(qtbot, page: OfficePage, around) -> None:
    field = page.form.fields["code"]
    assert isinstance(field, DivisionField)
    offered(field, "东华门")

    type_into(field.line, JUNYING)

    qtbot.waitUntil(lambda: not around.work.has_asides)
    assert list(field.line._list.stringList()) == [f"同安区 / 莲花镇 / 军营村委会   {JUNYING}"]
    assert field.read() == JUNYING


def test_a_field_that_nobody_asks_reads_no_list(qtbot) -> None:
    made = field_for(fields_of(Office)["code"], People())
    qtbot.addWidget(made)
    made.fill("")

    assert isinstance(made, DivisionField)
    assert made._picking is None


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> OfficePage:
    desk.office.save_office(desk.office.office().changed(district="", township="旧镇名"))
    made = OfficePage(desk, around)
    made.resize(1100, 680)
    qtbot.addWidget(made)
    made.show()
    return made


def line(page: OfficePage, name: str) -> QLineEdit:
    return page.form.fields[name].line  # type: ignore[attr-defined]  # such a field


def test_picking_the_code_of_the_office_fills_what_is_empty_and_leaves_what_stands(
    page: OfficePage, desk: Desk
) -> None:
    type_into(line(page, "code"), JUNYING)

    assert line(page, "district").text() == "同安区"
    assert line(page, "township").text() == "旧镇名"
    page.save()
    kept = desk.office.office()
    assert (kept.code, kept.district, kept.township) == (JUNYING, "同安区", "旧镇名")


def test_a_code_in_no_list_fills_nothing(page: OfficePage) -> None:
    type_into(line(page, "code"), "350212105999")

    assert line(page, "district").text() == ""
