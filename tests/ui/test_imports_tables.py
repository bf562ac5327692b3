"""What was decided about each table of a file is there again when the person comes back to it, in whatever order."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.said import Said
from tests.ui.test_imports_begun import imports, left_behind, offered
from tests.ui.test_imports_remarks import HALLS, OFFICERS, act
from tests.ui.test_locking import locked_and_unlocked
from ui.imports.page import PREVIEW, START, WRITTEN, ImportsPage
from ui.imports.preview import COLUMNS, WAITING
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer
from xmdesk.records.registers import REGISTERS
from xmdesk.services.desk import Desk

AREA = "建筑面积(㎡)"
HEADERS = ("设施名称", "设施类型", AREA)
HALL = ("丁馆", "图书室", "许多")
SHELTERS = (("避灾点名称", "地址", "可容纳人数"), ("甲点", "村部", 20))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sheet with two tables, one below the other, and another sheet."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "设施和人"
    for row in (HEADERS, *HALLS, HALL, (), *OFFICERS):
        first.append(row)
    second = book.create_sheet("避灾点")
    for row in SHELTERS:
        second.append(row)
    made = tmp_path / "台账.xlsx"
    book.save(made)
    return made


@pytest.fixture
def page(window: Window, desk: Desk, said: Said, path: Path, settle) -> ImportsPage:
    """The page with a file in it: of its first table a row is corrected, and another cell is being typed over."""
    window.open_desk(desk)
    made = imports(window)
    made.open_file(path, "facilities", "设施和人")
    settle()
    return decide(made, settle)


def decide(page: ImportsPage, settle: Callable[[], None]) -> ImportsPage:
    page.preview.corrected.emit(2, {"设施名称": "甲馆新名"})
    settle()
    page.preview.open_list(WAITING)
    page.preview.cells.cells[AREA].setText("40")
    return page


def is_as_decided(page: ImportsPage) -> bool:
    names = [one.record.title() for one in page.preview.preview.joined]
    return names[0] == "甲馆新名" and page.preview.cells.cells[AREA].text() == "40" and page.preview.is_touched


def words(page: ImportsPage) -> str:
    return page.preview._said.text() if page.preview._banner.isVisible() else ""


def choose(page: ImportsPage, box: str, settle: Callable[[], None], text: str) -> None:
    """Choose in one of the two lists, as a person does."""
    made = {"sheet": page.preview.sheet, "register": page.preview.register}[box]
    assert made.findText(text) >= 0
    made.setCurrentText(text)
    made.activated.emit(made.currentIndex())
    settle()


def other_table(page: ImportsPage, settle: Callable[[], None]) -> QPushButton:
    QApplication.processEvents()  # what was laid out just now is shown then
    made = act(page, "改读那张表")
    made.click()
    settle()
    return made


def test_another_table_and_back_keeps_all_of_it(page: ImportsPage, settle) -> None:
    other_table(page, settle)
    register, said_there = page.preview.preview.register, words(page)

    other_table(page, settle)

    assert register == "disaster_officers"
    assert said_there == (
        "第 1 行起的那张表里改过、选过的还没有写入，先替您留着：在“提醒”里点“改读那张表”，就能接着做。"
    )
    assert words(page) == "上次改过、选过的都还在。"
    assert is_as_decided(page)


def test_another_sheet_and_back_keeps_all_of_it(page: ImportsPage, settle) -> None:
    choose(page, "sheet", settle, "避灾点")
    register, said_there = page.preview.preview.register, words(page)

    choose(page, "sheet", settle, "设施和人")

    assert register == "shelters"
    assert said_there == ("工作表“设施和人”里改过、选过的还没有写入，先替您留着：工作表选回“设施和人”，就能接着做。")
    assert words(page) == "上次改过、选过的都还在。"
    assert is_as_decided(page)


def test_another_register_and_back_keeps_all_of_it(page: ImportsPage, settle) -> None:
    title = page.preview.register.currentText()

    choose(page, "register", settle, REGISTERS["shelters"].title)
    said_there = words(page)
    choose(page, "register", settle, title)

    assert f"按{title}来读时改过、选过的还没有写入，先替您留着：“导入到”选回“{title}”，就能接着做。" in said_there
    assert is_as_decided(page)


def test_another_header_and_back_keeps_all_of_it(page: ImportsPage, settle) -> None:
    page.preview.open_list(COLUMNS)

    page.preview.headed.emit(2)
    settle()
    said_there = words(page)
    page.preview.headed.emit(1)
    settle()

    assert "表头从第 1 行起时改过、选过的还没有写入" in said_there
    assert "在“列的对应”里把表头改回第 1 行" in said_there
    assert words(page).startswith("上次改过、选过的都还在。")
    assert is_as_decided(page)


def test_a_table_that_was_only_looked_at_says_nothing(window: Window, desk: Desk, path: Path, settle) -> None:
    window.open_desk(desk)
    page = imports(window)
    page.open_file(path, "facilities", "设施和人")
    settle()

    choose(page, "sheet", settle, "避灾点")
    there = words(page)
    choose(page, "sheet", settle, "设施和人")

    assert (there, words(page)) == ("", "")
    assert not page.preview.losing


def test_the_same_sheet_chosen_again_changes_nothing(page: ImportsPage, settle) -> None:
    choose(page, "sheet", settle, "设施和人")

    assert is_as_decided(page)


def test_another_register_of_the_second_table_stays_at_that_table(page: ImportsPage, settle) -> None:
    other_table(page, settle)
    at = page.preview.preview.found.table.first_row

    choose(page, "register", settle, REGISTERS["persons"].title)

    assert page.preview.preview.register == "persons"
    assert page.preview.preview.found.table.first_row == at


def test_a_header_that_is_none_leaves_everything_as_it_was(page: ImportsPage, settle, said: Said) -> None:
    page.preview.headed.emit(900)
    settle()

    assert said.told
    assert is_as_decided(page)


def test_leaving_the_file_asks_while_another_table_is_not_written(page: ImportsPage, settle) -> None:
    choose(page, "sheet", settle, "避灾点")
    page.preview.closed.emit()
    asked = page.preview.asking.words.text()

    page.preview.asking.no.click()  # type: ignore[union-attr]  # it has two answers

    assert asked == "这个文件里几张表改过、选过的都还没有写下，放下后要重新来。"
    assert page._stack.currentIndex() == START
    assert left_behind(page) == 0


def test_after_one_table_is_written_the_other_one_is_the_next_step(page: ImportsPage, desk: Desk, settle) -> None:
    officers = desk.store.count(DisasterOfficer)
    other_table(page, settle)
    page.preview.go.click()
    settle()
    after = (
        page._stack.currentIndex(),
        page.written.left.hasFocus(),
        "另有改过、选过的表" in page.written.remarks.text(),
    )

    page.written.left.click()
    settle()
    back = is_as_decided(page)
    page.preview.go.click()
    settle()

    assert after == (WRITTEN, True, True)
    assert back
    assert desk.store.find(Facility, name="甲馆新名")
    assert desk.store.count(DisasterOfficer) == officers + 2
    assert page.written.left.isHidden()
    assert left_behind(page) == 0


def test_going_on_elsewhere_after_one_was_written_keeps_the_other_as_a_draft(
    qtbot, window: Window, page: ImportsPage, settle
) -> None:
    other_table(page, settle)
    page.preview.go.click()
    settle()

    page.written.look.click()
    page = offered(qtbot, window)
    told = page.keeper.strip.words.text()
    page.keeper.strip.yes.click()
    settle()

    assert told == "没有写入的导入：“台账.xlsx”，导入到公共服务设施台账，改过 2 格"
    assert is_as_decided(page)


def test_a_table_that_was_written_is_done_for_whatever_register_it_was_read(page: ImportsPage, settle) -> None:
    choose(page, "register", settle, REGISTERS["shelters"].title)
    page.preview.mapped.emit(AREA, "remark")
    settle()
    choose(page, "register", settle, REGISTERS["facilities"].title)

    page.preview.go.click()
    settle()

    assert page._stack.currentIndex() == WRITTEN
    assert page.written.left.isHidden()
    assert left_behind(page) == 0


def test_all_tables_of_the_file_are_there_again_after_a_crash(qtbot, window: Window, page: ImportsPage, settle) -> None:
    other_table(page, settle)
    page.preview.corrected.emit(7, {"手机": "13800008119"})
    settle()
    locked_and_unlocked(window)
    page = offered(qtbot, window)
    told = page.keeper.strip.words.text()

    page.keeper.strip.yes.click()
    settle()
    front = page.preview.preview.register
    other_table(page, settle)

    assert told.endswith("另有 1 张表改过")
    assert front == "disaster_officers"
    assert is_as_decided(page)


def test_all_tables_of_the_file_go_on_in_other_colours(window: Window, page: ImportsPage, settle) -> None:
    choose(page, "sheet", settle, "避灾点")

    window.preferring.change(is_dark=True)
    page = imports(window)
    choose(page, "sheet", settle, "设施和人")

    assert page._stack.currentIndex() == PREVIEW
    assert is_as_decided(page)
