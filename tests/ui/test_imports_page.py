"""Sheets come in through the page: recognised, shown, written, taken back."""

from pathlib import Path

import pytest

from tests.ui.said import Said
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk

LEDGERS = Path(__file__).resolve().parents[1] / "data" / "ledgers"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    made = ImportsPage(desk, around)
    made.resize(1160, 680)
    qtbot.addWidget(made)
    made.show()
    return made


def read(qtbot, page: ImportsPage, around: Surroundings, name: str) -> None:
    page.open_file(LEDGERS / name)
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)


def test_a_ledger_is_recognised_and_shown_before_anything_is_written(qtbot, desk: Desk, page, around) -> None:
    before = desk.registers.count("facilities")

    read(qtbot, page, around, "设施台账.xlsx")

    preview = page.preview
    assert preview.register.currentData() == "facilities"
    assert preview.good.lines.rowCount() == preview.preview.counts["new"] > 0
    assert desk.registers.count("facilities") == before


def test_parked_rows_name_their_reasons(qtbot, page, around) -> None:
    read(qtbot, page, around, "管护责任清单.xlsx")

    parked = page.preview.parked.lines.lines

    assert parked
    assert all(line.cells[1] and line.cells[2] for line in parked)


def test_an_import_is_written_and_taken_back_whole(qtbot, desk: Desk, page, around) -> None:
    before = desk.registers.count("facilities")
    read(qtbot, page, around, "设施台账.xlsx")
    new = page.preview.preview.counts["new"]

    page.preview.go.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)
    written = desk.registers.count("facilities")
    page.batches.selectRow(0)
    page._undo.click()

    assert written == before + new
    assert desk.registers.count("facilities") == before
    assert page.batches.lines.lines[0].cells[-1] == "已撤销"


def test_another_sheet_of_the_file_can_be_chosen(qtbot, page, around) -> None:
    read(qtbot, page, around, "灾害信息员和避灾点.xlsx")
    other = [page.preview.sheet.itemText(place) for place in range(page.preview.sheet.count())][-1]

    page.preview.again.emit(other, "shelters")
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)

    assert page.preview.preview.register == "shelters"
    assert page.preview.preview.counts["new"] + page.preview.preview.counts["parked"] > 0


def test_a_file_that_is_no_table_is_refused_in_words(qtbot, tmp_path: Path, page, around, said: Said) -> None:
    strange = tmp_path / "相片.xlsx"
    strange.write_bytes(b"not a workbook at all")

    page.open_file(strange)
    qtbot.waitUntil(lambda: bool(said.told), timeout=30_000)

    assert said.told[0][1]
    assert page._stack.currentIndex() == 0


def settle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)


def sheet_of(tmp_path: Path, *rows: tuple[str, ...]) -> Path:
    path = tmp_path / "设施.csv"
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8-sig")
    return path


HEADERS = ("设施名称", "设施类型", "坐落", "建筑面积(㎡)", "片区")
GOOD = ("榕下村书屋", "农家书屋", "村部二楼", "60.5", "东片")
VAGUE = ("榕下村卫生室", "卫生室", "村部", "许多", "西片")


def test_a_parked_cell_typed_over_in_the_preview_goes_in(qtbot, tmp_path: Path, desk: Desk, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    cells = page.preview.cells.cells
    first = next(iter(cells))

    cells["建筑面积(㎡)"].setText("35")
    page.preview._read.click()
    settle(qtbot, around)

    assert first == "建筑面积(㎡)"
    assert page.preview.preview.counts["parked"] == 0
    assert page.preview.go.text() == "写入 2 条"


def test_a_column_chosen_by_pinyin_explains_itself(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD), "facilities")
    settle(qtbot, around)
    columns = page.preview.columns
    before = {one.header: one.why for one in columns.lines}

    columns.pickers["片区"].setText("beizhu")
    columns.pickers["片区"].editingFinished.emit()
    settle(qtbot, around)

    after = {one.header: (one.value, one.why) for one in columns.lines}
    assert before["设施名称"] == "名称相同"
    assert before["片区"].startswith("没有认出来")
    assert after["片区"] == ("remark", "您选定的，或以前确认过")
    assert page.preview.preview.joined[0].record.remark == "东片"


def test_a_field_stands_under_one_header_only(qtbot, tmp_path: Path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD), "facilities")
    settle(qtbot, around)

    page.preview.mapped.emit("片区", "location")
    settle(qtbot, around)

    values = {one.header: one.value for one in page.preview.columns.lines}
    assert (values["片区"], values["坐落"]) == ("location", "")
    assert page.preview.preview.joined[0].record.location == "东片"


def test_counts_are_proven_after_writing(qtbot, tmp_path: Path, desk: Desk, page, around) -> None:
    before = desk.registers.count("facilities")
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)

    page.preview.go.click()
    settle(qtbot, around)

    assert f"台账原有 {before} 条，现有 {before + 1} 条" in page.preview._said.text()


@pytest.fixture
def waiting(qtbot, tmp_path: Path, page: ImportsPage, around: Surroundings) -> ImportsPage:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)
    page.preview.closed.emit()
    return page


def test_parked_rows_wait_on_a_list_and_are_taken_in_one_by_one(desk: Desk, waiting, around) -> None:
    before = desk.registers.count("facilities")
    panel = waiting.waiting

    panel.cells.cells["建筑面积(㎡)"].setText("很多")
    panel.take.click()
    still = panel.rows.lines.rowCount()
    panel.cells.cells["建筑面积(㎡)"].setText("35")
    panel.cells.cells["建筑面积(㎡)"].returnPressed.emit()

    assert still == 1
    assert panel.rows.lines.rowCount() == 0
    assert not panel.isVisible()
    assert desk.registers.count("facilities") == before + 1


def test_a_row_given_up_comes_back_by_undo(desk: Desk, waiting, around) -> None:
    waiting.waiting.drop.click()
    gone = waiting.waiting.rows.lines.rowCount()

    desk.store.undo()
    around.changes.announce()

    assert gone == 0
    assert waiting.waiting.rows.lines.rowCount() == 1
