"""Rows of a sheet in the preview: merged, spoilt, typed over; a header put right; empty sheets; leaving."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.ui.said import Said
from tests.ui.test_imports_page import GOOD, HEADERS, VAGUE, settle, sheet_of
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.registers import REGISTERS
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    made = ImportsPage(desk, around)
    made.resize(1160, 680)
    qtbot.addWidget(made)
    made.show()
    return made


def test_rows_that_concern_one_person_say_so_in_the_preview(qtbot, tmp_path: Path, page, around) -> None:
    twins = [("甲", "11010519491231002X", "c1", ""), ("乙", "11010519491231002X", "c2", "")]
    more = [("丙", "", "c3", ""), ("丙", "", "", "女")]
    path = sheet_of(tmp_path, ("姓名", "公民身份号码", "证书编号", "性别"), *twins, *more)

    page.open_file(path, "legal_helpers")
    settle(qtbot, around)

    kept, first, merged = (one.cells for one in page.preview.good.lines.lines)
    assert "与第 3 行证件号码相同但姓名不同" in kept[3]
    assert (first[2], merged[2], page.preview.preview.counts["merged"]) == ("新增", "并入第 4 行", 1)
    page.preview.go.click()
    settle(qtbot, around)
    assert "并入前面的行 1 行" in page.preview._said.text()


def test_esc_leaves_the_preview_and_asks_before_corrections_are_lost(
    qtbot, tmp_path: Path, page, around, said: Said
) -> None:
    path = sheet_of(tmp_path, HEADERS, GOOD, VAGUE)
    page.open_file(path, "facilities")
    settle(qtbot, around)
    QTest.keyClick(page.preview.go, Qt.Key.Key_Escape)
    left = not page.preview.isVisible()
    page.open_file(path, "facilities")
    settle(qtbot, around)
    page.preview.mapped.emit(page.preview.columns.lines[-1].header, "")
    settle(qtbot, around)

    QTest.keyClick(page.preview.go, Qt.Key.Key_Escape)
    is_asked = page.preview.isVisible() and page.preview.asking.isVisible()
    page.preview.asking.yes.click()
    is_going_on = page.preview.isVisible() and not page.preview.asking.isVisible()
    QTest.keyClick(page.preview.go, Qt.Key.Key_Escape)
    page.preview.asking.no.click()

    assert left
    assert is_asked
    assert is_going_on
    assert not page.preview.isVisible()
    assert said.told == []


def test_an_empty_sheet_of_a_register_is_saved_and_comes_back_with_its_columns_known(
    qtbot, page: ImportsPage, desk: Desk, said: Said, tmp_path: Path
) -> None:
    said.answers = [tmp_path / "空表.xlsx"]
    page.template.click()
    (menu,) = page.template.findChildren(QMenu)

    next(one for one in menu.actions() if one.text() == REGISTERS["persons"].title).trigger()

    opened = desk.importing.look(tmp_path / "空表.xlsx")
    found = desk.importing.preview(opened, "persons").found
    assert {str(one.how) for one in found.mapping.matches} == {"template"}
    menu.hide()


def test_a_cell_of_a_row_that_would_go_in_is_typed_over_before_it_does(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    page.preview.open_list(0)
    page.preview.good.selectRow(0)
    quiet = page.preview.going.cells.isVisible()

    page.preview.good.activated.emit(page.preview.good.currentIndex())
    page.preview.going.cells.cells["设施名称"].setText("榕下村图书室")
    page.preview.going.read.click()
    settle(qtbot, around)

    assert not quiet
    assert [one.record.name for one in page.preview.preview.joined] == ["榕下村图书室"]
    assert page.preview.place == 0
    assert page.preview.going.cells.cells["设施名称"].text() == "榕下村图书室"


def test_a_row_that_was_spoilt_goes_among_those_that_wait(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD), "facilities")
    settle(qtbot, around)
    page.preview.good.selectRow(0)
    page.preview.good.activated.emit(page.preview.good.currentIndex())

    page.preview.going.cells.cells["建筑面积(㎡)"].setText("很多")
    page.preview.going.read.click()
    settle(qtbot, around)

    assert page.preview.preview.counts["parked"] == 1
    assert not page.preview.going.cells.isVisible()


def test_a_header_that_was_mistaken_is_put_right_by_its_row(qtbot, tmp_path: Path, page, around) -> None:
    above = ("名称", "类型", "坐落", "面积", "备注")
    page.open_file(sheet_of(tmp_path, above, HEADERS, GOOD), "facilities")
    settle(qtbot, around)
    page.preview.open_list(2)
    row = page.preview.header.row
    before = row.text()
    row.setText("1" if before == "2" else "2")

    row.editingFinished.emit()
    settle(qtbot, around)

    assert page.preview.header.row.text() != before
    assert page.preview.preview.found.table.first_row + 1 == int(page.preview.header.row.text())
    assert page.preview.place == 2
