"""Rows of a sheet in the preview: merged, spoilt, typed over; a header put right; empty sheets; leaving."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from tests.ui.pages import show_page
from tests.ui.said import Said
from tests.ui.test_imports_page import GOOD, HEADERS, VAGUE, settle, sheet_of
from ui.imports.page import ImportsPage
from ui.imports.preview import ALL_THERE, COLUMNS, WAITING
from ui.imports.row_cells import RowCells
from ui.shared.surroundings import Surroundings
from xmdesk.problems import Problem, Severity, Where
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.registers import REGISTERS
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    return show_page(qtbot, ImportsPage(desk, around))


def test_rows_that_concern_one_person_say_so_in_the_preview(qtbot, tmp_path: Path, page, around) -> None:
    twins = [("甲", "11010519491231002X", "c1", ""), ("乙", "11010519491231002X", "c2", "")]
    more = [("丙", "", "c3", ""), ("丙", "", "", "女")]
    path = sheet_of(tmp_path, ("姓名", "公民身份号码", "证书编号", "性别"), *twins, *more)

    page.open_file(path, "legal_helpers")
    settle(qtbot, around)

    kept, first, merged = (one.cells for one in page.preview.good.lines.lines)
    assert "与第 3 行证件号码相同但姓名不同" in kept[-1]
    assert (first[2], merged[2], page.preview.preview.counts["merged"]) == ("新增", "并入第 4 行", 1)
    page.preview.go.click()
    settle(qtbot, around)
    assert "并入前面的行 1 行" in page.written.words.text()


def test_the_cursor_stands_where_somebody_may_stand_twice(qtbot, tmp_path: Path, page, desk: Desk, around) -> None:
    name, mobile = next((one.name, one.mobile) for one in desk.store.all(Person) if one.mobile)
    path = sheet_of(tmp_path, ("姓名", "手机号"), (f"{name}甲", mobile), (name, "13899990000"))
    page.window().activateWindow()

    page.open_file(path, "persons")
    settle(qtbot, around)
    first = page.window().focusWidget()
    QTest.keyClick(page.preview.pairs.list, Qt.Key.Key_1)
    settle(qtbot, around)

    assert first is page.preview.pairs.list
    assert page.preview.preview.counts["changed"] == 1
    page.preview.begin()
    assert page.window().focusWidget() is page.preview.go


def test_several_reasons_are_put_together_as_one_sentence(qtbot, tmp_path: Path, page, around) -> None:
    path = sheet_of(tmp_path, ("姓名", "身份证号", "手机号"), ("", "350299", "138"), ("林阿土", "", ""))
    page.open_file(path, "persons")
    settle(qtbot, around)

    (line,) = page.preview.parked.lines.lines
    page.preview.go.click()
    settle(qtbot, around)
    (waiting,) = page.waiting.rows.lines.lines

    for reasons in (line.cells[1], waiting.cells[3]):
        assert "没有填写；" in reasons
        assert "。；" not in reasons


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


def test_f2_opens_a_row_as_enter_does(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD), "facilities")
    settle(qtbot, around)
    page.preview.open_list(0)
    page.preview.good.selectRow(0)

    QTest.keyClick(page.preview.good, Qt.Key.Key_F2)

    assert page.preview.going.cells.isVisible()
    assert page.focusWidget() is page.preview.going.cells.cells["设施名称"]


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


@pytest.mark.parametrize("asked", ["0", "99", "二", ""])
def test_a_row_that_is_no_header_leaves_all_as_it_was(
    qtbot, tmp_path: Path, page, around, said: Said, asked: str
) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD), "facilities")
    settle(qtbot, around)
    before = page.preview.header.row.text(), page.preview.preview.counts
    page.preview.header.row.setText(asked)

    page.preview.header.row.editingFinished.emit()
    settle(qtbot, around)

    assert (page.preview.header.row.text(), page.preview.preview.counts) == before
    assert len(said.told) == (asked == "99")


def test_rows_below_a_header_that_was_pointed_at_are_no_header(qtbot, tmp_path: Path, page, around) -> None:
    rows = [("甲", "乙", "丙", "丁"), ("王一", "13899990000", "阿一", "男"), ("王二", "13899990001", "阿二", "女")]
    page.open_file(sheet_of(tmp_path, ("某村花名册", "", "", ""), *rows), "persons")
    settle(qtbot, around)
    page.table._head(2)
    settle(qtbot, around)

    table = page.preview.preview.found.table
    assert (table.first_row, table.header_rows, len(table.rows)) == (1, 1, 2)


def test_esc_in_a_row_closes_the_row_and_keeps_the_workbook(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    preview = page.preview
    preview.open_list(0)
    preview.good.selectRow(0)
    preview.good.activated.emit(preview.good.currentIndex())
    cells = preview.going.cells

    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)

    assert (cells.isVisible(), preview.isVisible()) == (False, True)
    assert page.window().focusWidget() is preview.good
    preview.open_list(1)
    preview.parked.activated.emit(preview.parked.currentIndex())
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    assert preview.isVisible()
    assert page.window().focusWidget() is preview.parked


WIDE = ("榕下村礼堂", "农家书屋", "村部", "1.2万", "")


def test_enter_takes_what_the_program_proposes(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, WIDE), "facilities")
    settle(qtbot, around)
    page.preview.open_list(1)
    page.preview.parked.activated.emit(page.preview.parked.currentIndex())

    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, around)

    assert page.preview.preview.counts["parked"] == 0
    assert str(page.preview.preview.joined[-1].record.floor_area) == "12000.00"


def button_of(cells: RowCells, words: str) -> QPushButton:
    return next(one for one in cells.findChildren(QPushButton) if one.text() == words)


@pytest.mark.parametrize("by_key", [True, False])
def test_all_rows_with_the_same_fault_are_mended_at_once(qtbot, tmp_path: Path, page, around, by_key: bool) -> None:
    other = ("榕下村粮仓", "农家书屋", "村部", "1.3万", "")
    page.open_file(sheet_of(tmp_path, HEADERS, WIDE, ("榕下村戏台", *WIDE[1:]), other), "facilities")
    settle(qtbot, around)
    page.preview.open_list(1)
    page.preview.parked.activated.emit(page.preview.parked.currentIndex())
    every = button_of(page.preview.cells, "同样的 2 行都这样改")

    if by_key:
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        every.click()
    settle(qtbot, around)

    assert [one.raw["建筑面积(㎡)"] for one in page.preview.preview.parked] == ["1.3万"]
    assert [str(one.record.floor_area) for one in page.preview.preview.joined] == ["12000.00", "12000.00"]


def test_rows_that_wait_with_the_same_fault_are_taken_in_at_once(qtbot, tmp_path, desk: Desk, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, WIDE, ("榕下村戏台", *WIDE[1:]), GOOD), "facilities")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)
    page.written.mend.click()
    panel = page.waiting
    first, titles = page.window().focusWidget(), [one.cells[2] for one in panel.rows.lines.lines]

    button_of(panel.cells, "同样的 2 行都这样改").click()
    settle(qtbot, around)

    assert first is panel.cells.cells["建筑面积(㎡)"]
    assert titles == ["榕下村礼堂", "榕下村戏台"]
    assert panel.rows.lines.rowCount() == 0
    assert {str(one.floor_area) for one in desk.store.all(Facility) if one.name in titles} == {"12000.00"}
    assert page.batches.lines.lines[0].cells[6] == "0"


def test_what_has_to_be_done_stands_before_what_needs_nothing(qtbot, page: ImportsPage) -> None:
    raw = {"序号": "1", "名称": "书屋", "电话": "1380 592", "时间": "8-12"}
    tidy = Problem("V-TIDIED", Severity.NOTICE, Where(column="名称"), "写法已统一。", "不用处理。")
    look = Problem("V-HOURS-EVERY-DAY", Severity.WARNING, Where(column="时间"), "没有写星期几。", "请核对。")
    wrong = Problem("V-PHONE", Severity.ERROR, Where(column="电话"), "位数不对。", "请核对。")

    page.waiting.cells.show_row("第 1 行", raw, [tidy, look, wrong])

    cells = page.waiting.cells.cells
    assert list(cells) == ["电话", "时间", "序号", "名称"]
    assert [cells[name].property("tone") or "" for name in ("电话", "时间", "名称")] == ["missing", "missing", ""]


def test_rows_show_their_first_columns(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, ("序号", *HEADERS), ("1", *GOOD)), "facilities")
    settle(qtbot, around)

    lines = page.preview.good.lines
    heads = [lines.headerData(at, Qt.Orientation.Horizontal) for at in range(lines.columnCount())]
    assert dict(zip(heads, lines.lines[0].cells, strict=True)) == {
        "行": "2", "内容": "榕下村书屋", "结果": "新增",
        "设施类型": "农家书屋", "坐落": "村部二楼", "建筑面积(㎡)": "60.5", "提醒": "",
    }  # fmt: skip


def test_a_column_left_out_on_purpose_is_told_calmly(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, ("序号", *HEADERS), ("1", *GOOD)), "facilities")
    settle(qtbot, around)

    told = {one.header: one.is_needless for one in page.preview.columns.lines if not one.value}
    assert told == {"序号": True, "片区": False}


def test_a_table_of_which_no_row_goes_in_opens_where_the_cause_is(qtbot, tmp_path: Path, page, around) -> None:
    rows = [("设施名称", "设施类型", "建筑面积(㎡)"), ("甲", "卫生室", "许多"), ("乙", "卫生室", "不少")]
    page.window().activateWindow()
    page.open_file(sheet_of(tmp_path, *rows), "facilities")
    settle(qtbot, around)

    assert (page.preview.place, page.preview.go.isEnabled()) == (WAITING, False)
    assert page.window().focusWidget() is page.preview.parked


def test_a_table_of_which_a_needed_column_was_not_recognised_opens_at_that_column(
    qtbot, tmp_path: Path, page, around
) -> None:
    page.window().activateWindow()
    page.open_file(sheet_of(tmp_path, ("设施名称", "阵地类型", "地点"), ("一号点", "书屋类", "村部")), "facilities")
    settle(qtbot, around)

    assert (page.preview.preview.found.stopped, page.preview.place) == (True, COLUMNS)
    assert page.window().focusWidget() is page.preview.columns.pickers["阵地类型"]


def test_a_table_of_which_every_row_fails_in_one_column_opens_at_that_column(
    qtbot, tmp_path: Path, page, around
) -> None:
    rows = [(f"榕下村{one}书屋", "农家书屋", f"林阿土 1380000811{at}") for at, one in enumerate("东西南")]
    page.window().activateWindow()
    page.open_file(sheet_of(tmp_path, ("设施名称", "设施类型", "负责人"), *rows), "facilities")
    settle(qtbot, around)

    assert (page.preview.preview.counts["parked"], page.preview.place) == (3, COLUMNS)
    assert page.window().focusWidget() is page.preview.columns.pickers["负责人"]


def test_a_head_is_shown_whole_though_a_line_slants_through_it(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, ("姓名", "A/B角", "专/兼职"), ("林阿土", "A", "兼职")), "disaster_officers")
    settle(qtbot, around)

    model = page.preview.good.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert heads[3:5] == ["A/B角", "专/兼职"]


def test_a_sheet_of_which_all_is_there_leads_to_the_next_one(qtbot, tmp_path, page, around) -> None:
    path = tmp_path / "两张表.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "旧"
    for sheet, place in ((book.worksheets[0], "村部"), (book.create_sheet("新"), "村口")):
        sheet.append(("设施名称", "设施类型", "坐落"))
        sheet.append(("榕下村书屋" + place, "农家书屋", place))
    book.save(path)
    page.window().activateWindow()
    page.open_file(path, "facilities", "旧")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)
    page.open_file(path, "facilities", "旧")
    settle(qtbot, around)
    front, said = page.window().focusWidget(), page.preview._said.text()

    QTest.keyClick(page.preview.onward, Qt.Key.Key_Space)
    settle(qtbot, around)

    assert (front, said) == (page.preview.onward, ALL_THERE)
    assert (page.preview.sheet.currentText(), page.preview.preview.counts["new"]) == ("新", 1)
    assert not page.preview.onward.isVisible()
