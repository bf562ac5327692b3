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
