"""What is being typed into rows of a preview is taken with the next act, or stays where it stands; nothing goes without a word."""
# pyright: reportOptionalMemberAccess=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.pages import show_page
from tests.ui.test_imports_page import GOOD, HEADERS, KNOWN, VAGUE, settle, sheet_of
from ui.imports.page import PREVIEW, START, WRITTEN, ImportsPage
from ui.imports.preview import GOING, PAIRS, WAITING
from ui.imports.row_work import RowWork
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.services.desk import Desk
from xmdesk.services.pairing import Choice

AREA, PLACE, NAME = "建筑面积(㎡)", "坐落", "设施名称"
OTHER = ("榕下村戏台", "健身设施", "村口", "300", "")


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, tmp_path: Path) -> ImportsPage:
    """A sheet with two rows that go in and one that waits."""
    made = show_page(qtbot, ImportsPage(desk, around))
    made.open_file(sheet_of(tmp_path, HEADERS, GOOD, OTHER, VAGUE), "facilities")
    settle(qtbot, around)
    return made


def begin(page: ImportsPage, place: int, row: int = 0) -> RowWork:
    """Go into the cells of a row."""
    page.preview.open_list(place)
    work = (page.preview.going, page.preview.waiting)[place]
    work.table.selectRow(row)
    QTest.keyClick(work.table, Qt.Key.Key_F2)
    return work


def type_over(work: RowWork, header: str, text: str) -> None:
    line = work.cells.cells[header]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def areas(desk: Desk) -> set[str]:
    return {str(one.floor_area) for one in desk.store.all(Facility) if one.name in (GOOD[0], OTHER[0], VAGUE[0])}


@pytest.mark.parametrize(("place", "wanted"), [(GOING, {"20.00", "300.00"}), (WAITING, {"60.50", "300.00", "20.00"})])
def test_writing_takes_what_is_being_typed(qtbot, desk: Desk, page, around, place: int, wanted: set[str]) -> None:
    type_over(begin(page, place), AREA, "20")

    page.preview.go.click()
    settle(qtbot, around)

    assert page._stack.currentIndex() == WRITTEN
    assert areas(desk) == wanted
    assert "和预览一致" in page.written.words.text()


@pytest.mark.parametrize("place", [GOING, WAITING])
def test_writing_stops_at_what_cannot_be_read_and_goes_there(qtbot, desk: Desk, page, around, place: int) -> None:
    page.window().activateWindow()
    type_over(begin(page, place), AREA, "hao ji ping")

    page.preview.go.click()
    settle(qtbot, around)

    said = page.preview._said.text()
    front = page.window().focusWidget()
    assert (page._stack.currentIndex(), areas(desk)) == (PREVIEW, set())
    assert said.startswith("还没有写入：第 2 行" if place == GOING else "还没有写入：第 4 行")
    assert page.preview.place == WAITING
    assert front is page.preview.waiting.cells.cells[AREA]
    assert front.text() == "hao ji ping"
    page.preview.go.click()
    settle(qtbot, around)
    assert page._stack.currentIndex() == WRITTEN
    assert "hao ji ping" in [one.raw[AREA] for one in desk.store.all(ParkedRow)]


def test_writing_stops_where_the_typed_row_is_one_that_the_book_has(qtbot, desk: Desk, page, around) -> None:
    work = begin(page, GOING)
    work.cells.cells[NAME].setText(KNOWN[0])
    work.cells.cells["设施类型"].setText(KNOWN[1])

    page.preview.go.click()
    settle(qtbot, around)

    assert page._stack.currentIndex() == PREVIEW
    assert page.preview.place == PAIRS
    assert "还没有写入：第 2 行" in page.preview._said.text()


@pytest.mark.parametrize("place", [GOING, WAITING])
def test_going_to_another_row_takes_what_was_typed_and_stays_there(
    qtbot, tmp_path: Path, page, around, place: int
) -> None:
    more = ("榕下村粮仓", "农家书屋", "村部", "许多", "")
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, OTHER, VAGUE, more), "facilities")
    settle(qtbot, around)
    work = begin(page, place)
    type_over(work, PLACE, "A1")
    type_over(work, AREA, "20" if place == GOING else "dashu")
    work.table.setFocus()

    QTest.keyClick(work.table, Qt.Key.Key_Down)
    settle(qtbot, around)

    rows = {one.number: one.raw for one in page.preview.preview.found.rows}
    number = 2 if place == GOING else 4
    assert (rows[number][PLACE], rows[number][AREA]) == ("A1", "20" if place == GOING else "dashu")
    assert work.table.in_front.key == str(number + 1)
    assert work.cells.cells[NAME].text() == (OTHER[0] if place == GOING else more[0])
    assert page.focusWidget() is work.table
    assert page.preview.losing


def test_a_row_spoilt_on_the_way_is_said(qtbot, page, around) -> None:
    work = begin(page, GOING)
    type_over(work, AREA, "dashu")

    work.table.selectRow(1)
    settle(qtbot, around)

    assert page.preview._said.text().startswith("第 2 行改过以后不能写入了，移到了“放一边”")
    assert work.table.in_front.key == "3"


def test_esc_gives_back_one_cell_and_only_then_leaves(qtbot, page, around) -> None:
    work = begin(page, GOING)
    type_over(work, PLACE, "A1")
    type_over(work, AREA, "20")
    line = work.cells.cells[AREA]

    QTest.keyClick(line, Qt.Key.Key_Escape)
    first = (line.text(), work.cells.isVisible(), page.focusWidget() is line)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    settle(qtbot, around)

    assert first == (GOOD[3], True, True)
    assert (work.cells.isVisible(), page.focusWidget()) == (False, work.table)
    assert page.preview.preview.found.rows[0].raw[PLACE] == "A1"


def test_the_file_is_not_closed_unasked_over_what_is_being_typed(qtbot, page) -> None:
    type_over(begin(page, GOING), AREA, "20")

    page.preview._cancel.click()

    assert page._stack.currentIndex() == PREVIEW
    assert page.preview.asking.isVisible()
    page.preview.asking.no.click()
    assert page._stack.currentIndex() == START


def test_a_column_mapped_anew_takes_what_is_being_typed(qtbot, page, around) -> None:
    type_over(begin(page, WAITING), AREA, "20")

    page.preview.mapped.emit("片区", "remark")
    settle(qtbot, around)

    assert page.preview.preview.counts["parked"] == 0
    assert "20.00" in {str(one.record.floor_area) for one in page.preview.preview.joined}


def test_a_decision_about_another_row_leaves_what_is_being_typed(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, KNOWN, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    work = begin(page, WAITING)
    type_over(work, PLACE, "A1")
    page.preview.open_list(PAIRS)

    page.preview.pairs.choices[Choice.SKIP].click()

    assert page.preview.place == PAIRS
    assert work.cells.cells[PLACE].text() == "A1"
    assert page.preview.typed_over == {(4, PLACE): "A1"}


def test_another_register_and_back_brings_what_was_being_typed(qtbot, page, around) -> None:
    work = begin(page, WAITING)
    type_over(work, PLACE, "A1")
    sheet = page.preview.sheet.currentText()

    page.preview.again.emit(sheet, "shelters")
    settle(qtbot, around)
    page.preview.again.emit(sheet, "facilities")
    settle(qtbot, around)

    assert work.cells.cells[PLACE].text() == "A1"


def test_a_row_opened_again_keeps_what_is_being_typed(page) -> None:
    work = begin(page, GOING)
    type_over(work, AREA, "20")
    work.table.setFocus()

    QTest.keyClick(work.table, Qt.Key.Key_F2)

    assert work.cells.cells[AREA].text() == "20"


NUMBERED = [("序号", *HEADERS), ("1", *GOOD), ("2", *OTHER)]


@pytest.mark.parametrize(("column", "wanted"), [(0, "序号"), (1, NAME), (4, PLACE), (5, AREA), (6, "序号")])
@pytest.mark.parametrize("way", ["F2", "Enter", "double"])
def test_a_row_is_opened_in_the_field_of_the_column_in_front(
    qtbot, tmp_path: Path, page, around, column: int, wanted: str, way: str
) -> None:
    page.window().activateWindow()
    page.open_file(sheet_of(tmp_path, *NUMBERED), "facilities")
    settle(qtbot, around)
    page.preview.open_list(GOING)
    table = page.preview.good
    table.setCurrentIndex(table.lines.index(1, column))

    if way == "double":
        table.activated.emit(table.currentIndex())
    else:
        QTest.keyClick(table, Qt.Key.Key_F2 if way == "F2" else Qt.Key.Key_Return)

    line = page.preview.going.cells.cells[wanted]
    assert page.preview.going.begun["row"] == 3
    assert page.window().focusWidget() is line
    assert line.selectedText() == line.text()


def test_the_first_letter_opens_the_field_and_replaces_what_stands_there(qtbot, tmp_path: Path, page, around) -> None:
    page.window().activateWindow()
    page.open_file(sheet_of(tmp_path, *NUMBERED), "facilities")
    settle(qtbot, around)
    page.preview.open_list(GOING)
    table = page.preview.good
    table.setCurrentIndex(table.lines.index(1, 5))

    for key in "88":
        QTest.keyClicks(page.window().focusWidget(), key)
    page.preview.go.click()
    settle(qtbot, around)

    assert page._stack.currentIndex() == WRITTEN
    assert [str(one.floor_area) for one in page._desk.store.find(Facility, name=OTHER[0])] == ["88.00"]


def test_a_space_or_a_key_of_the_window_types_nothing(page) -> None:
    page.preview.open_list(GOING)
    table = page.preview.good
    table.selectRow(0)

    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert not page.preview.going.cells.isVisible()


def test_what_is_typed_after_tab_on_an_answer_goes_into_the_cell(qtbot, tmp_path: Path, page, around) -> None:
    wide = ("榕下村礼堂", "农家书屋", "村部", "1.2万", "")
    page.window().activateWindow()
    page.open_file(sheet_of(tmp_path, HEADERS, wide, ("榕下村粮仓", *wide[1:])), "facilities")
    settle(qtbot, around)
    line = begin(page, WAITING).cells.cells[AREA]

    for tabs in (1, 2):
        line.setFocus()
        for _ in range(tabs):
            QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert isinstance(page.window().focusWidget(), QPushButton)
        for key in "350":
            QTest.keyClicks(page.window().focusWidget(), key)
        assert (page.window().focusWidget(), line.text()) == (line, "350")

    QTest.keyClick(line, Qt.Key.Key_Tab)
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)
    settle(qtbot, around)
    assert str(page.preview.preview.joined[0].record.floor_area) == "12000.00"
