"""Sheets come in through the page: recognised, shown, written, taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.journeys.invented import PASSWORD
from tests.ui.pages import show_page
from tests.ui.said import Said
from ui.compose import open_book
from ui.imports.page import ImportsPage
from ui.shared.surroundings import Surroundings
from xmdesk.clock import frozen
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk
from xmdesk.services.pairing import Choice

LEDGERS = Path(__file__).resolve().parents[1] / "data" / "ledgers"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> ImportsPage:
    return show_page(qtbot, ImportsPage(desk, around))


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


def test_the_line_is_told_once(qtbot, page, around) -> None:
    read(qtbot, page, around, "管护责任清单.xlsx")

    lines = [*page.preview.parked.lines.lines, *page.preview.good.lines.lines]

    assert len(page.preview.parked.lines.lines) > 1
    assert [one.cells for one in lines if f"第 {one.cells[0]} 行" in "".join(one.cells)] == []


def test_an_import_is_written_and_taken_back_whole(qtbot, desk: Desk, page, around) -> None:
    before = desk.registers.count("facilities")
    read(qtbot, page, around, "设施台账.xlsx")
    new = page.preview.preview.counts["new"]

    page.preview.go.click()
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)
    written = desk.registers.count("facilities")
    page.batches.selectRow(0)
    page.past.undo.click()

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
    page.preview.waiting.read.click()
    settle(qtbot, around)

    assert first == "建筑面积(㎡)"
    assert page.preview.preview.counts["parked"] == 0
    assert page.preview.go.text() == "写入 2 条"


def test_what_is_typed_right_after_enter_on_a_row_goes_into_its_faulty_cell(qtbot, tmp_path, page, around) -> None:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    page.preview.open_list(1)
    page.preview.parked.selectRow(0)

    page.preview.parked.activated.emit(page.preview.parked.currentIndex())

    line = page.preview.cells.cells["建筑面积(㎡)"]
    assert page.window().focusWidget() is line
    assert line.selectedText() == line.text()


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

    assert f"台账原有 {before} 条，现有 {before + 1} 条" in page.written.words.text()


@pytest.fixture
def waiting(qtbot, tmp_path: Path, page: ImportsPage, around: Surroundings) -> ImportsPage:
    page.open_file(sheet_of(tmp_path, HEADERS, GOOD, VAGUE), "facilities")
    settle(qtbot, around)
    page.preview.go.click()
    settle(qtbot, around)
    page.written.closed.emit()
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
    assert waiting.window().focusWidget() is waiting._choose
    assert desk.registers.count("facilities") == before + 1


def test_a_row_given_up_comes_back_by_undo(desk: Desk, waiting, around) -> None:
    waiting.waiting.drop.click()
    gone = waiting.waiting.rows.lines.rowCount()

    desk.store.undo()
    around.changes.announce()

    assert gone == 0
    assert waiting.waiting.rows.lines.rowCount() == 1


KNOWN = ("党群服务中心", "党群服务中心", "榕下村90号", "640", "东片")
TWICE = (("榕下村广场", "健身设施", "村口", "300", ""), ("榕下村广场", "健身设施", "村口", "320", ""))


@pytest.fixture
def paired(qtbot, tmp_path: Path, page: ImportsPage, around: Surroundings) -> ImportsPage:
    """A sheet with a facility that is known, two rows that are one, and a new one."""
    page.open_file(sheet_of(tmp_path, HEADERS, KNOWN, *TWICE, GOOD), "facilities")
    settle(qtbot, around)
    return page


def choices(page: ImportsPage) -> list[str]:
    return [line.cells[-1] for line in page.preview.pairs.list.lines.lines]


def test_rows_that_may_be_there_already_stand_side_by_side(paired: ImportsPage) -> None:
    panel = paired.preview.pairs
    shown = [
        (line.cells, side.differs) for line, side in zip(panel.sides.lines.lines, panel.sides.model_.sides, strict=True)
    ]

    assert panel.isVisible()
    assert shown[0] == (("坐落", "榕下村88号", "榕下村90号"), True)
    assert shown[1] == (("建筑面积(㎡)", "620", "640"), True)
    assert not any(differs for _, differs in shown[2:])
    assert choices(paired) == ["更新原有", "另建一条"]


def test_a_pair_is_decided_by_keys_alone(qtbot, paired: ImportsPage, desk: Desk, around) -> None:
    panel = paired.preview.pairs
    panel.list.setFocus()

    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.keyClick(panel.sides, Qt.Key.Key_Left)
    qtbot.keyClick(panel.sides, Qt.Key.Key_Escape)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_1)
    told = [(line.cells[-1], line.tone) for line in panel.list.lines.lines]
    paired.preview.go.click()
    settle(qtbot, around)

    assert told == [("更新原有", "good"), ("更新原有", "good")]
    known = {one.name: one for one in desk.store.all(Facility)}
    assert (known["党群服务中心"].location, str(known["党群服务中心"].floor_area)) == ("榕下村88号", "640.00")
    assert str(known["榕下村广场"].floor_area) == "320.00"
    assert "已逐条读回核对 3 条" in paired.written.words.text()


def test_the_rest_follows_one_decision(qtbot, paired: ImportsPage, desk: Desk) -> None:
    panel = paired.preview.pairs
    panel.list.setFocus()
    panel.choices[Choice.SKIP].click()

    qtbot.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert choices(paired) == ["不导入", "不导入"]
    assert paired.preview.preview.counts["left"] == 2
    assert paired.preview.go.text() == "写入 2 条"


def test_a_decision_holds_when_a_column_is_mapped_anew(qtbot, paired: ImportsPage, around) -> None:
    paired.preview.pairs.choices[Choice.SKIP].click()

    paired.preview.mapped.emit("片区", "remark")
    settle(qtbot, around)

    assert choices(paired)[0] == "不导入"


def test_an_import_is_found_and_taken_back_months_later(
    qtbot, window, desk: Desk, tmp_path: Path, said: Said, noon
) -> None:
    window.open_desk(desk)
    window.shell.go("imports")
    page = window.shell.pages["imports"]
    page.open_file(sheet_of(tmp_path, HEADERS, KNOWN, GOOD), "facilities")
    settle(qtbot, window.around)
    page.preview.go.click()
    settle(qtbot, window.around)
    window.close_desk()

    with frozen(noon + timedelta(days=120)):
        again = open_book(desk.folder, PASSWORD)
        (changed,) = again.store.find(Facility, name=GOOD[0])
        again.registers.save(changed.changed(staff_count=7))
        window.open_desk(again)
        window.shell.go("imports")
        page = window.shell.pages["imports"]
        before = page.past.undo.isEnabled()
        page.batches.setFocus()
        qtbot.keyClick(page.batches, Qt.Key.Key_Down)
        qtbot.keyClick(page.past.undo, Qt.Key.Key_Space)
        asked = page.past.asking.words.text()
        qtbot.keyClick(page.past.asking.yes, Qt.Key.Key_Space)
        known = {one.name: one for one in again.store.all(Facility)}

    assert not before
    assert "1 条后来改过的保留" in asked
    assert said.told == []
    assert (known["党群服务中心"].location, known[GOOD[0]].staff_count) == ("榕下村88号", 7)
    assert page.batches.lines.lines[0].cells[-1] == "已撤销"
    assert "1 条后来改过的保留" in window.shell.foot._words.text()


@pytest.mark.parametrize(("name", "register"), [("gbk", "persons"), ("灾害信息员", "disaster_officers")])
def test_a_chosen_list_of_people_is_of_persons_unless_it_is_named_otherwise(
    qtbot, tmp_path: Path, page, around, name: str, register: str
) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes("姓名,性别,手机号码\n黄一,女,13805920001\n黄二,男,13805920002\n".encode("gbk"))

    page.open_file(path)
    settle(qtbot, around)

    assert page.preview.preview.register == register
