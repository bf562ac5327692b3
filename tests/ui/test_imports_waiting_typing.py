"""What is being typed into rows that wait stays with them, whatever happens meanwhile, until they are taken in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.said import Said
from tests.ui.test_imports_page import GOOD, HEADERS, VAGUE, sheet_of
from tests.ui.test_imports_rows import button_of
from tests.ui.test_imports_typing import AREA, NAME, PLACE
from tests.ui.test_locking import locked_and_unlocked, visit
from ui.imports.page import ImportsPage
from ui.imports.waiting import TYPED, WaitingPanel
from ui.window import Window
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk

FAULTY = ("榕下村粮仓", "农家书屋", "村尾", "许多", "")


@pytest.fixture
def settle(qtbot, window: Window) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not window.work.is_busy, timeout=30_000)


@pytest.fixture
def panel(window: Window, desk: Desk, said: Said, tmp_path: Path, settle) -> WaitingPanel:
    """Two rows wait, and the first is being typed over: its place, and its area to something that is no number."""
    window.open_desk(desk)
    page = imports(window)
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE, FAULTY), "facilities")
    settle()
    page.preview.go.click()
    settle()
    page.written.mend.click()
    type_over(page.waiting, PLACE, "A1")
    type_over(page.waiting, AREA, "san shi")
    return page.waiting


def imports(window: Window) -> ImportsPage:
    found = visit(window, "imports")
    assert isinstance(found, ImportsPage)
    return found


def type_over(panel: WaitingPanel, header: str, text: str) -> None:
    line = panel.cells.cells[header]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def typed(panel: WaitingPanel) -> tuple[str, str, str]:
    return panel.cells.cells[NAME].text(), panel.cells.cells[PLACE].text(), panel.cells.cells[AREA].text()


TYPED_ROW = (VAGUE[0], "A1", "san shi")


def test_going_to_another_row_and_back_keeps_it_and_says_so(panel: WaitingPanel) -> None:
    panel.rows.setFocus()
    QTest.keyClick(panel.rows, Qt.Key.Key_Down)
    other, told = typed(panel), [one.cells[3].startswith(TYPED) for one in panel.rows.lines.lines]
    QTest.keyClick(panel.rows, Qt.Key.Key_Up)

    assert other == (FAULTY[0], FAULTY[2], FAULTY[3])
    assert told == [True, False]
    assert typed(panel) == TYPED_ROW


def test_an_edit_elsewhere_leaves_it(window: Window, desk: Desk, panel: WaitingPanel) -> None:
    visit(window, "facilities")
    first = desk.store.all(Facility)[0]
    desk.registers.save(first.changed(remark="看过"))
    window.around.changes.announce("已保存")

    assert typed(imports(window).waiting) == TYPED_ROW


def test_it_is_there_again_after_a_lock(window: Window, panel: WaitingPanel) -> None:
    locked_and_unlocked(window)
    again = imports(window).waiting

    assert again is not panel
    assert typed(again) == TYPED_ROW
    assert again.rows.lines.lines[0].cells[3].startswith(TYPED)


def test_it_is_there_again_in_other_colours(window: Window, panel: WaitingPanel) -> None:
    window.preferring.change(is_dark=True)

    assert typed(imports(window).waiting) == TYPED_ROW


def test_a_row_taken_in_is_forgotten_and_another_keeps_what_was_typed(
    window: Window, desk: Desk, panel: WaitingPanel
) -> None:
    panel.rows.selectRow(1)
    type_over(panel, AREA, "35")

    panel.take.click()

    assert [str(one.floor_area) for one in desk.store.find(Facility, name=FAULTY[0])] == ["35.00"]
    assert typed(panel) == TYPED_ROW
    assert len(panel.texts) == 1
    panel.draft.keep()
    locked_and_unlocked(window)
    assert list(imports(window).waiting.texts.values()) == [{PLACE: "A1", AREA: "san shi"}]


def test_a_row_given_up_and_brought_back_still_has_it(desk: Desk, window: Window, panel: WaitingPanel) -> None:
    panel.drop.click()
    desk.store.undo()
    window.around.changes.announce()

    panel.rows.selectRow(0)

    assert typed(panel) == TYPED_ROW


def test_rows_taken_in_together_take_what_was_typed_beside(
    qtbot, window: Window, desk: Desk, said: Said, tmp_path: Path, settle
) -> None:
    wide = ("榕下村礼堂", "农家书屋", "村部", "1.2万", "")
    window.open_desk(desk)
    page = imports(window)
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, wide, ("榕下村戏台", *wide[1:])), "facilities")
    settle()
    page.preview.go.click()
    settle()
    page.written.mend.click()
    page.waiting.rows.selectRow(1)
    type_over(page.waiting, PLACE, "A1")

    button_of(page.waiting.cells, "同样的 2 行都这样改").click()
    settle()

    found = {one.name: (one.location, str(one.floor_area)) for one in desk.store.all(Facility)}
    assert found["榕下村戏台"] == ("A1", "12000.00")
    assert found["榕下村礼堂"] == ("村部", "12000.00")
    desk.store.undo()
    window.around.changes.announce()
    assert page.waiting.rows.lines.rowCount() == 2
