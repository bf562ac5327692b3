"""What concerns the sheet as a whole is said before anything is written, can be acted upon, and is said again afterwards."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.pages import show_page
from tests.ui.test_imports_page import settle
from tests.ui.test_locking import visit
from ui.imports.page import ImportsPage
from ui.imports.preview import COLUMNS, GOING, REMARKS, SKIPPED, WAITING
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.records.people import DisasterOfficer
from xmdesk.services.desk import Desk

HEADERS = ("设施名称", "设施类别", "建筑面积")
HALLS = (("甲馆", "图书室", 10), ("乙馆", "图书室", 30), ("丙馆", "图书室", 20))
OFFICERS = (
    ("姓名", "性别", "A/B角", "手机"),
    ("林阿土", "男", "A角", "13800008117"),
    ("黄一平", "女", "B角", "13899990000"),
)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    return show_page(qtbot, ImportsPage(desk, around))


def workbook(tmp_path: Path, *rows, hidden: int = 0) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
    path = tmp_path / "设施.xlsx"
    book.save(path)
    return path


def bring(qtbot, page: ImportsPage, around: Surroundings, path: Path, register: str = "facilities") -> None:
    page.open_file(path, register)
    settle(qtbot, around)


def told(page: ImportsPage) -> str:
    QCoreApplication.processEvents()  # what was added to a list in view is shown with the next event
    return "\n".join(
        one.text() for one in page.preview.remarks._inside.findChildren(QLabel) if one.isVisibleTo(page.preview.remarks)
    )


def act(page: ImportsPage, words: str) -> QPushButton:
    QCoreApplication.processEvents()
    acts = page.preview.remarks._inside.findChildren(QPushButton)
    return next(one for one in acts if one.text() == words and one.isVisibleTo(page.preview.remarks))


def test_remarks_stand_in_front_until_they_are_read_and_again_in_the_report(qtbot, tmp_path, page, around) -> None:
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, *HALLS, ("合计", "", 99)))
    preview = page.preview
    in_front = (preview.place, preview._tabs[REMARKS].text(), preview.remarks.read.hasFocus())
    shown, spoken = told(page), preview.remarks.read.accessibleDescription()

    QTest.keyClick(preview.remarks.read, Qt.Key.Key_Return)
    after = (preview.place, preview.go.hasFocus())
    preview.go.click()
    settle(qtbot, around)

    assert in_front == (REMARKS, "提醒 1", True)
    assert "合计 99，各项相加 60" in shown
    assert "合计 99，各项相加 60" in spoken
    assert after == (GOING, True)
    assert "合计 99，各项相加 60" in page.written.remarks.text()
    assert "第 5 行不是数据，没有读入" in page.written.words.text()


def test_hidden_rows_are_left_out_when_asked_and_taken_in_again(qtbot, tmp_path, desk: Desk, page, around) -> None:
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, *HALLS, hidden=3))
    counts = [page.preview.preview.counts["new"]]

    act(page, "隐藏的行不导入").click()
    settle(qtbot, around)
    counts.append(page.preview.preview.counts["new"])
    left_out, begun = told(page), page.begun_file()
    act(page, "隐藏的行也导入").click()
    settle(qtbot, around)
    counts.append(page.preview.preview.counts["new"])
    act(page, "隐藏的行不导入").click()
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)

    assert counts == [3, 2, 3]
    assert "有 1 行被隐藏或筛选掉，没有读入" in left_out
    assert begun is not None
    assert page.words_of(begun).endswith("隐藏的行不导入")
    assert {"甲馆", "丙馆"} <= {one.name for one in desk.store.all(Facility)}
    assert not desk.store.find(Facility, name="乙馆")


def test_another_table_of_the_sheet_is_read_after_the_first(qtbot, tmp_path, desk: Desk, page, around) -> None:
    officers = desk.store.count(DisasterOfficer)
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, *HALLS, (), ("二、灾害信息员",), *OFFICERS))
    shown = told(page)
    page.preview.go.click()
    settle(qtbot, around)
    offered = (page.written.table.text(), page.written.table.hasFocus())

    page.written.table.click()
    settle(qtbot, around)
    second = (page.preview.preview.register, page.preview.preview.counts["new"], "刚才已经写入" in told(page))
    page.preview.go.click()
    settle(qtbot, around)

    assert "第 6 行起是另一张表" in shown
    assert offered == ("接着导入第 6 行起的那张表", True)
    assert second == ("disaster_officers", 2, True)
    assert desk.store.count(DisasterOfficer) == officers + 2
    assert page.written.table.isHidden()
    assert page.written.remarks.text() == ""


def test_the_other_table_can_be_read_instead(qtbot, tmp_path, page, around) -> None:
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, *HALLS, (), *OFFICERS))

    act(page, "改读那张表").click()
    settle(qtbot, around)

    assert page.preview.preview.register == "disaster_officers"
    assert act(page, "改读那张表").accessibleName().startswith("改读那张表：第 1 行起是另一张表")


def test_rows_passed_over_are_listed_and_can_be_read_as_data(qtbot, tmp_path, page, around) -> None:
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, *HALLS, ("备注：老馆", "图书室"), ("填表人：林阿土",)))
    preview = page.preview
    listed = [one.cells for one in preview.skipped.table.lines.lines]
    tab = preview._tabs[SKIPPED].text()

    preview.open_list(SKIPPED)
    preview.skipped.table.selectRow(0)
    spoken = preview.skipped.take.accessibleName()
    preview.skipped.take.click()
    settle(qtbot, around)
    read = (_counted(preview), preview.place, preview.skipped.take.text())
    preview.skipped.take.click()
    settle(qtbot, around)

    assert tab == "不是数据行 2"
    assert listed == [("5", "像是说明或签字", "备注：老馆  图书室"), ("6", "像是说明或签字", "填表人：林阿土")]
    assert spoken == "当作数据行读入：第 5 行"
    assert read == ((4, 1), SKIPPED, "还是不读这一行")
    assert _counted(preview) == (3, 2)


def test_the_cursor_stays_on_the_act_while_a_row_is_read_as_data_and_back(qtbot, window, tmp_path, desk: Desk) -> None:
    window.open_desk(desk)
    page = visit(window, "imports")
    assert isinstance(page, ImportsPage)
    page.open_file(workbook(tmp_path, HEADERS, *HALLS, ("备注：老馆", "图书室")), "facilities")
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)
    page.preview.open_list(SKIPPED)
    page.preview.skipped.table.selectRow(0)
    page.preview.skipped.take.setFocus()
    stood: list[tuple[object, str]] = []

    for _ in range(2):
        QTest.keyClick(page.preview.skipped.take, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)
        stood.append((window.focusWidget(), page.preview.skipped.take.text()))

    take = page.preview.skipped.take
    assert stood == [(take, "还是不读这一行"), (take, "当作数据行读入")]
    QTest.keyClick(take, Qt.Key.Key_Down)
    assert page.preview.preview.register == "facilities"


def test_a_sheet_without_anything_to_look_at_opens_as_ever(qtbot, tmp_path, page, around) -> None:
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, *HALLS))

    assert (page.preview.place, page.preview.go.hasFocus()) == (GOING, True)
    assert page.preview._tabs[SKIPPED].isHidden()
    assert page.preview._tabs[REMARKS].isHidden()


def _counted(preview) -> tuple[int, int]:
    counts = preview.preview.counts
    return counts["new"] + counts["parked"], counts["skipped"]


def test_a_column_that_no_row_goes_in_for_is_named_above_the_lists(qtbot, tmp_path, page, around) -> None:
    people = [
        (f"林阿{which}", "女", "A角", f"1380000811{at}", "350212199901011234") for at, which in enumerate("甲乙丙")
    ]
    bring(qtbot, page, around, workbook(tmp_path, (*OFFICERS[0], "身份证号"), *people), "disaster_officers")

    assert page.preview.place == COLUMNS
    assert "先看“身份证号”这一列对应得对不对" in page.preview._said.text()


def test_rows_put_aside_for_different_reasons_are_said_to_be_what_is_left(qtbot, tmp_path, page, around) -> None:
    bring(qtbot, page, around, workbook(tmp_path, HEADERS, ("", "图书室", 10)))

    assert page.preview.place == WAITING
    assert "都放在一边了，逐行改好就能写入" in page.preview._said.text()


def test_a_row_tells_first_what_it_waits_for(qtbot, tmp_path, page, around) -> None:
    headers = (*HEADERS, "负责人")
    bring(
        qtbot,
        page,
        around,
        workbook(tmp_path, headers, ("甲馆", "图书室", "一些", "林阿土（书记）"), ("乙馆", "图书室", 3, "")),
    )
    (line,) = page.preview.parked.lines.lines

    assert "姓名后面带着括号" in line.cells[1]
    assert line.cells[1].index("“一些”") < line.cells[1].index("姓名后面带着括号")


def test_a_unit_above_the_table_is_told_in_front(qtbot, tmp_path, page, around) -> None:
    rows = (("单位：万元",), ("管护对象", "管护主体", "年度经费"), ("甲路", "村委会", 1.2))
    bring(qtbot, page, around, workbook(tmp_path, *rows), "duties")

    assert page.preview.place == REMARKS
    assert "“年度经费”的数都换算成了元" in told(page)


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        ((("姓名", "林阿土", "陈静"), ("手机", "13805921111", "13805921112"), ("职务", "书记", "委员")), True),
        ((("姓名", "手机"), ("林阿土", "13805921111"), ("陈静", "13805921112")), False),
    ],
)
def test_a_table_with_its_records_side_by_side_is_told_in_front(
    qtbot, tmp_path, page, around, rows, *, is_told: bool
) -> None:
    bring(qtbot, page, around, workbook(tmp_path, *rows), "persons")

    assert ("手机、职务这样的项目名" in told(page)) == is_told
    assert (page.preview.place == REMARKS) == is_told
