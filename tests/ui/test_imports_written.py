"""After an import: what it did, with the persons it made, and the ways on; taken back, nothing else is chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.pages import show_page
from tests.ui.test_imports_page import settle, sheet_of
from ui.imports.batches import HINT
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk
from xmdesk.services.parking import Parking

HEADERS = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)", "负责人", "联系电话")
HALL = ("榕下村礼堂", "农家书屋", "村部", "300", "洪淑真", "13800008118")
VAGUE = ("榕下村卫生室", "卫生室", "村部", "许多", "", "")


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    return show_page(qtbot, ImportsPage(desk, around))


def bring(qtbot, page: ImportsPage, around: Surroundings, tmp_path: Path, *rows: tuple[str, ...]) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, *rows), "facilities")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)


def chips(page: ImportsPage) -> list[str]:
    return [one.text() for one in page.preview._chips.findChildren(QLabel)]


def test_persons_that_come_along_are_told_before_and_after_and_at_undo(
    qtbot, page, around, desk: Desk, tmp_path: Path
) -> None:
    people = desk.store.count(Person)
    page.open_file(sheet_of(tmp_path, HEADERS, HALL), "facilities")
    settle(qtbot, around)
    before = chips(page)

    page.preview.go.click()
    settle(qtbot, around)
    after = page.written.words.text()
    page.written.other.click()
    page._tabs[1].click()
    page.batches.selectRow(0)
    page.past.undo.click()

    assert "人员名册新增 1 人" in before
    assert "新增 1 条，修改 0 条，放一边 0 行；人员名册新增 1 人。" in after
    assert "去掉 1 条，复原 0 条；人员名册去掉 1 人" in page.past.words.text()
    assert desk.store.count(Person) == people


def test_every_way_on_leads_somewhere(qtbot, page, around, tmp_path: Path) -> None:
    went: list[str] = []
    around.travel.wanted.connect(lambda place, *_: went.append(place))
    bring(qtbot, page, around, tmp_path, HALL)
    usual = page.window().focusWidget()

    QTest.keyClick(usual, Qt.Key.Key_Return)

    assert usual is page.written.look
    assert went == ["facilities"]
    assert not page.written.isVisible()


def test_rows_put_aside_are_the_next_step(qtbot, page, around, tmp_path: Path) -> None:
    bring(qtbot, page, around, tmp_path, HALL, VAGUE)
    usual = page.window().focusWidget()

    QTest.keyClick(usual, Qt.Key.Key_Return)

    assert usual.text() == "去补录放一边的 1 行"
    assert page.window().focusWidget() is page.waiting.cells.cells["建筑面积(㎡)"]


def test_esc_after_writing_leads_to_another_file(qtbot, page, around, tmp_path: Path) -> None:
    bring(qtbot, page, around, tmp_path, HALL)

    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)

    assert page.window().focusWidget() is page._choose


def test_nothing_is_chosen_after_an_import_was_taken_back(qtbot, page, around, desk: Desk, tmp_path: Path) -> None:
    bring(qtbot, page, around, tmp_path, HALL)
    bring(qtbot, page, around, tmp_path, ("榕下村戏台", *HALL[1:]), ("榕下村凉亭", *HALL[1:]))
    page.written.other.click()
    page._tabs[1].click()
    (changed,) = desk.store.find(Facility, name="榕下村戏台")
    desk.registers.save(changed.changed(location="村尾"))
    page.batches.selectRow(0)
    page.past.undo.setFocus()

    QTest.keyClick(page.past.undo, Qt.Key.Key_Space)
    QTest.keyClick(page.past.asking.yes, Qt.Key.Key_Space)
    words = page.past.words.text()
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)

    assert not page.past.undo.isEnabled()
    assert "1 条后来改过的保留（榕下村戏台）" in words
    assert [line.cells[-1] for line in page.batches.lines.lines] == ["已撤销", "已写入"]


def test_an_import_brought_back_can_be_taken_back_again(qtbot, page, around, desk: Desk, tmp_path: Path) -> None:
    bring(qtbot, page, around, tmp_path, HALL)
    page.written.other.click()
    page._tabs[1].click()
    page.batches.selectRow(0)
    page.past.undo.click()
    said = page.past.words.text()

    desk.store.redo()
    around.changes.announce()
    after = page.past.words.text()
    page.batches.selectRow(0)
    back = (page.batches.lines.lines[0].cells[-1], page.past.undo.isEnabled())
    page.past.undo.click()

    assert "想要回来，按 Ctrl+Y" in said
    assert after == HINT
    assert back == ("已写入", True)
    assert desk.store.find(Facility, name="榕下村礼堂") == []


def test_taken_back_below_the_result_says_so_and_brought_back_again(
    qtbot, page, around, desk: Desk, tmp_path: Path
) -> None:
    bring(qtbot, page, around, tmp_path, HALL, VAGUE)
    offered = page.written.mend.isVisible()

    desk.store.undo()
    around.changes.announce()
    words, waits, usual = page.written.words.text(), page.written.mend.isVisible(), page.written._usual
    desk.store.redo()
    around.changes.announce()

    assert offered
    assert words.startswith("这次导入已经撤销，台账里没有它写入的内容了。")
    assert (waits, usual) == (False, page.written.look)
    assert page.written.words.text().startswith("已写入")
    assert page.written.mend.isVisible()


def test_rows_that_wait_no_more_are_not_offered(qtbot, page, around, desk: Desk, tmp_path: Path) -> None:
    bring(qtbot, page, around, tmp_path, HALL, VAGUE)

    Parking(desk.store).give_up(desk.store.all(ParkedRow)[0].uid)
    around.changes.announce()

    assert page.written.words.text().startswith("已写入")
    assert not page.written.mend.isVisible()
