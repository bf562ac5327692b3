"""What was decided about one table of a blank form waits while another, or another register, is in front."""
# pyright: reportOptionalMemberAccess=false, reportCallIssue=false, reportArgumentType=false, reportOptionalSubscript=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from tests.ui.said import Said
from tests.ui.test_filling_begun import filling, left_behind, offered, remark
from tests.ui.test_locking import locked_and_unlocked
from tests.xmdesk.services.blank_forms import officers_form
from ui.filling.page import FillingPage
from ui.window import Window
from xmdesk.services.desk import Desk

FIRST, SECOND = "信息员", "避灾点"


@pytest.fixture
def page(window: Window, desk: Desk, said: Said, tmp_path: Path, settle) -> FillingPage:
    """A form with two sheets; in the first one column was told and one record left out."""
    path = officers_form(tmp_path / "灾信员情况表.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet(SECOND).append(["避灾点名称", "地址", "可容纳人数", "责任人", "备注"])
    book.save(path)
    window.open_desk(desk)
    made = filling(window)
    made.open_file(path)
    settle()
    made.form.columns.chosen.emit(remark(made), "person.mobile")
    model = made.form.rows.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole.value)
    return made


def turn_to_sheet(page: FillingPage, name: str) -> None:
    page.form.sheet.setCurrentText(name)
    page.form.sheet.activated.emit(page.form.sheet.currentIndex())


def take_register(page: FillingPage, name: str) -> None:
    page.form.register.setCurrentIndex(page.form.register.findData(name))
    page.form.register.activated.emit(page.form.register.currentIndex())


def decided(page: FillingPage) -> tuple[str, str, int]:
    """What is in front, what its remarks are filled with, and how many records are left out."""
    values = {one.header: one.value for one in page.form.columns.lines}
    return page.form.sheet.currentText(), values[remark(page)], len(page.form.rows.model.left_out)


OURS = (FIRST, "person.mobile", 1)


def test_another_sheet_and_back_leaves_everything_as_it_was(page: FillingPage, settle) -> None:
    turn_to_sheet(page, SECOND)
    settle()
    there, words = decided(page), page.form._loses.text()

    turn_to_sheet(page, FIRST)
    settle()

    assert there == (SECOND, "remark", 0)
    assert words.endswith("工作表“信息员”里改过、选过的还没有另存，先替您留着：工作表选回“信息员”，就能接着填。")
    assert decided(page) == OURS
    assert page.form.is_touched
    assert "先替您留着" not in page.form._loses.text()


def test_another_register_and_back_leaves_everything_as_it_was(page: FillingPage, settle) -> None:
    take_register(page, "persons")
    settle()
    words = page.form._loses.text()

    take_register(page, "disaster_officers")
    settle()

    assert "“取数台账”选回“灾害信息员名册”" in words
    assert decided(page) == OURS


def test_a_sheet_comes_back_with_the_register_that_was_chosen_for_it(page: FillingPage, settle) -> None:
    take_register(page, "persons")
    settle()
    turn_to_sheet(page, SECOND)
    settle()

    turn_to_sheet(page, FIRST)
    settle()

    assert page.form.register.currentData() == "persons"


def test_leaving_the_file_asks_for_what_waits_too(page: FillingPage, settle) -> None:
    turn_to_sheet(page, SECOND)
    settle()

    page.form.closed.emit()

    assert page.form.asking.isVisible()
    assert page.form.isVisible()


def test_what_waits_survives_a_lock(qtbot, window: Window, page: FillingPage, settle) -> None:
    turn_to_sheet(page, SECOND)
    settle()
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    words = page.keeper.strip.words.text()
    page.keeper.strip.yes.click()
    settle()
    front = page.form.sheet.currentText()

    turn_to_sheet(page, FIRST)
    settle()

    assert "另外 1 张表也没有填完" in words
    assert front == SECOND
    assert decided(page) == OURS


def test_other_colours_leave_what_waits_where_it_is(window: Window, page: FillingPage, settle) -> None:
    turn_to_sheet(page, SECOND)
    settle()
    window.preferring.change(is_dark=True)
    page = filling(window)

    turn_to_sheet(page, FIRST)
    settle()

    assert decided(page) == OURS


def test_writing_one_table_keeps_the_draft_of_the_other(
    window: Window, page: FillingPage, said: Said, tmp_path: Path, settle
) -> None:
    turn_to_sheet(page, SECOND)
    settle()
    said.answers = [tmp_path / "填好.xlsx"]

    page.form.go.click()
    settle()

    assert (tmp_path / "填好.xlsx").exists()
    assert page.begun_file()["sheet"] == FIRST
    page.put_down()
    assert len(page.keeper.drafts.left_behind("filling")) == 1


def test_another_file_begins_without_what_waited(page: FillingPage, tmp_path: Path, settle) -> None:
    turn_to_sheet(page, SECOND)
    settle()

    page.open_file(officers_form(tmp_path / "下一份.xlsx"))
    settle()

    assert page.form.others.touched == []
    assert left_behind(page) == 1
    assert page.keeper.strip.isVisible()
