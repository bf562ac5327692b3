"""A whole import is taken back with the rows that were taken in later, after these were told."""

from pathlib import Path

from tests.ui.pages import show_page
from tests.ui.test_imports_page import GOOD, HEADERS, VAGUE, settle, sheet_of
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk


def test_rows_taken_in_later_are_told_before_they_go(qtbot, desk: Desk, around: Surroundings, tmp_path: Path) -> None:
    page = show_page(qtbot, ImportsPage(desk, around))
    before = desk.registers.count("facilities")
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)
    page.written.mend.click()
    page.waiting.cells.cells["建筑面积(㎡)"].setText("35")
    page.waiting.take.click()
    written = desk.registers.count("facilities")
    page._open(1)
    page.batches.selectRow(0)

    page.past.undo.click()
    told, still = page.past.asking.words.text(), desk.registers.count("facilities")
    page.past.asking.yes.click()

    assert (written, still) == (before + 2, before + 2)
    assert told == "会去掉 2 条，复原 0 条（后来补录的 1 行一起）。"
    assert desk.registers.count("facilities") == before
    assert page.past.words.text() == (
        "已撤销导入 公共服务设施台账：去掉 2 条，复原 0 条（后来补录的 1 行一起）。想要回来，按 Ctrl+Y，补录的接着再按 1 次。"
    )
    desk.store.redo()
    desk.store.redo()
    assert {one.name for one in desk.store.all(Facility)} >= {GOOD[0], VAGUE[0]}
