"""The small tables inside a form: lines are added, read, refused, and gone to."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.pages import register_page
from tests.ui.test_fields import made
from tests.ui.typing import commit
from ui.shared.fields.table import TableField
from ui.shared.surroundings import Surroundings
from ui.shared.theme import Theme, dress
from ui.shared.typed import put_texts, unread_texts
from xmdesk.records.people import LegalHelper
from xmdesk.records.shelter import Shelter
from xmdesk.records.values.reading import Bad
from xmdesk.services.desk import Desk


@pytest.fixture
def supplies(qtbot) -> TableField:
    """A small table with one line, and an empty one that was added."""
    field: TableField = made(qtbot, Shelter, "supplies")
    field.fill([{**field.model.line().as_json(), "item": "棉被", "quantity": "30"}])
    field.model.add()
    return field


def put(field: TableField, row: int, name: str, text: str) -> None:
    """Write a cell, as leaving it does."""
    field.model.setData(cell(field, row, name), text)


def cell(field: TableField, row: int, name: str) -> QModelIndex:
    return field.model.index(row, [one.name for one in field.model.specs].index(name))


def opened_cell(field: TableField, row: int, name: str) -> QLineEdit:
    """Open a cell and return the line in which it is typed."""
    field.show()
    field.view.setCurrentIndex(cell(field, row, name))
    return next(one for one in field.view.findChildren(QLineEdit) if one.isVisible())


def test_a_line_is_added_to_a_small_table(qtbot) -> None:
    field: TableField = made(qtbot, Shelter, "supplies")
    field.model.add()

    put(field, 0, "item", "棉被")
    put(field, 0, "quantity", "30")

    assert (field.read()[0]["item"], field.read()[0]["quantity"]) == ("棉被", "30")


def test_what_cannot_be_read_stays_in_its_cell_and_is_told_until_it_is_mended(supplies: TableField) -> None:
    put(supplies, 1, "item", "手电筒")
    put(supplies, 1, "quantity", "十个")
    put(supplies, 1, "expires", "明年")
    put(supplies, 1, "unit", "个")
    shown, words = cell(supplies, 1, "quantity").data(), supplies.words
    with pytest.raises(Bad):
        supplies.read()
    put(supplies, 1, "quantity", "10")
    less = supplies.words
    put(supplies, 1, "expires", "")

    assert shown == "十个"
    assert words.startswith("第 2 行“数量”：“十个”不是数字。")
    assert words.endswith("另有 1 格看不懂。")
    assert less.startswith("第 2 行“有效期”：")
    assert supplies.words == ""
    assert [(one["item"], one["quantity"]) for one in supplies.read()] == [("棉被", "30"), ("手电筒", "10")]


def test_giving_up_what_cannot_be_read_keeps_the_rest_of_the_table(supplies: TableField) -> None:
    put(supplies, 0, "unit", "床")
    put(supplies, 0, "quantity", "很多")

    supplies.restore([])

    assert supplies.words == ""
    assert [(one["quantity"], one["unit"]) for one in supplies.read()] == [("30", "床")]


def test_a_cell_is_taken_letter_by_letter_and_esc_takes_it_back(qtbot, supplies: TableField) -> None:
    line = opened_cell(supplies, 0, "quantity")
    line.selectAll()
    QTest.keyClicks(line, "12")
    commit(line, "个")
    half = supplies.model.unread[0]["quantity"], supplies.model.lines[0]["quantity"]

    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert half == ("12个", "30")
    assert supplies.model.unread[0] == {}
    assert supplies.read()[0]["quantity"] == "30"


def test_a_draft_brings_back_the_lines_and_what_cannot_be_read_in_them(qtbot, supplies: TableField) -> None:
    put(supplies, 1, "item", "手电筒")
    put(supplies, 1, "quantity", "十个")
    texts = unread_texts({"supplies": supplies})
    again: TableField = made(qtbot, Shelter, "supplies")

    put_texts({"supplies": again}, texts)

    assert [cell(again, 1, name).data() for name in ("item", "quantity")] == ["手电筒", "十个"]
    assert again.words.startswith("第 2 行“数量”")


def test_saving_leaves_the_cursor_in_its_cell(qtbot, desk: Desk, around: Surroundings) -> None:
    page = register_page(qtbot, desk, around, "shelters")
    qtbot.waitUntil(page.isActiveWindow)
    page.show_record(desk.registers.uids("shelters")[0])
    field = page.editor.form.fields["supplies"]
    assert isinstance(field, TableField)
    commit(opened_cell(field, 0, "unit"), "甲")

    page.act("save")

    inside = page.focusWidget()
    assert inside is not None
    assert field.view.isAncestorOf(inside)
    assert field.view.currentIndex() == cell(field, 0, "unit")
    (stored,) = desk.registers.rows("shelters", desk.registers.uids("shelters")[:1])
    assert "甲" in stored.supplies[0]["unit"]  # type: ignore[attr-defined]  # a shelter


def test_f2_opens_the_cell_and_leaves_an_open_one_alone(qtbot, desk: Desk, around: Surroundings) -> None:
    page = register_page(qtbot, desk, around, "shelters")
    qtbot.waitUntil(page.isActiveWindow)
    page.show_record(desk.registers.uids("shelters")[0])
    field = page.editor.form.fields["supplies"]
    assert isinstance(field, TableField)
    field.view.setFocus()
    field.view.setCurrentIndex(cell(field, 0, "unit"))
    page.act("edit")
    opened = QApplication.focusWidget()
    page.act("edit")

    assert isinstance(opened, QLineEdit)
    assert field.view.isAncestorOf(opened)
    assert QApplication.focusWidget() is opened


def test_days_in_a_small_table_are_written_as_in_every_table(qtbot) -> None:
    field: TableField = made(qtbot, Shelter, "supplies")
    field.fill([{"item": "方便面", "expires": "2026-12-20"}, {"item": "水", "expires": "2027"}])

    expires = [one.name for one in field.model.specs].index("expires")
    shown = [field.model.index(row, expires).data() for row in (0, 1)]
    field.model.setData(field.model.index(1, expires), shown[1])

    assert shown == ["2026-12-20", "2027"]
    assert [one["expires"] for one in field.read()] == shown


def test_the_cursor_goes_to_a_cell_of_a_small_table_by_its_line_and_name(qtbot) -> None:
    field: TableField = made(qtbot, Shelter, "supplies")
    field.fill([{"item": "棉被", "expires": ""}, {"item": "方便面", "expires": "2027-02"}])

    field.go_inside("2/expires")
    there = field.view.currentIndex()
    field.go_inside("3/expires")

    assert (there.row(), field.model.specs[there.column()].name) == (1, "expires")
    assert field.view.currentIndex() == there


def test_empty_lines_of_a_small_table_are_not_kept(qtbot) -> None:
    field: TableField = made(qtbot, LegalHelper, "services")
    field.model.add()

    assert field.read() == []


@pytest.mark.parametrize("wide", [188, 700])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_lines_of_a_small_table_are_whole_whatever_the_size_of_the_letters(
    qtbot, qapp, percent: int, wide: int
) -> None:
    dress(qapp, Theme(percent=percent))
    field: TableField = made(qtbot, Shelter, "supplies")
    field.fill([{"item": "棉被"}, {"item": "方便面"}])
    field.resize(wide, 300)

    field.show()
    QTest.qWait(10)

    last = field.view.visualRect(field.model.index(1, 0))
    assert field.view.viewport().rect().contains(last)
