"""A blank form from above is filled through the page: columns, records, first rows, masked or whole."""
# pyright: reportOptionalMemberAccess=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportArgumentType=false, reportOptionalSubscript=false
# What is absent here fails the test by itself, with a clearer word than the type check has.

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.journeys.invented import PASSWORD
from tests.ui.said import Said
from tests.xmdesk.services.blank_forms import form_of, officers_form
from tests.xmdesk.services.stories import ID_NO
from ui.filling.page import FillingPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.codes import Post
from xmdesk.services.desk import Desk
from xmdesk.services.filling import Filling
from xmdesk.services.finding import Filter, Finding


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return officers_form(tmp_path / "灾信员情况表.xlsx")


def settle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=30_000)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings, blank: Path) -> FillingPage:
    officer = desk.registers.get("disaster_officers", desk.registers.uids("disaster_officers")[0])
    person = desk.registers.get("persons", officer.person)
    desk.registers.save(person.changed(id_no=ID_NO))
    made = FillingPage(desk, around)
    made.resize(1160, 680)
    qtbot.addWidget(made)
    made.show()
    made.open_file(blank)
    settle(qtbot, around)
    return made


def save(qtbot, page: FillingPage, around, said: Said, out: Path) -> Path:
    said.answers = [out]
    page.form.go.click()
    settle(qtbot, around)
    return out


def column_of(path: Path, header: str) -> list[str]:
    """The texts below a header of the written form."""
    sheet = openpyxl.load_workbook(path).active
    at = next(cell for row in sheet.iter_rows(max_row=5) for cell in row if header in str(cell.value))
    return [str(sheet.cell(row, at.column).value) for row in range(6, 11) if sheet.cell(row, at.column).value]


def test_the_register_that_fits_is_chosen_and_every_column_says_why(page: FillingPage) -> None:
    lines = page.form.columns.lines

    assert page.form.register.currentData() == "disaster_officers"
    assert all(line.why for line in lines)
    assert any(len(line.formats) > 1 for line in lines)
    assert page.form.go.isEnabled()


def test_a_form_is_filled_with_masked_numbers(qtbot, tmp_path: Path, desk: Desk, page, around, said: Said) -> None:
    count = desk.registers.count("disaster_officers")

    out = save(qtbot, page, around, said, tmp_path / "填好.xlsx")

    assert said.told == []
    assert len(column_of(out, "姓名")) == count > 0
    assert ["*" in number for number in column_of(out, "身份证")] == [True]
    assert f"已填 {count} 条" in page.form.done.words.text()
    assert "遮住" in page.form.done.words.text()


def test_whole_numbers_ask_for_a_reason_and_the_password_again(
    qtbot, tmp_path: Path, page: FillingPage, around, said: Said
) -> None:
    page.form.whole.setChecked(True)
    page.form.go.click()
    without_reason = page.form.reason.property("tone")
    page.form.reason.setText("区应急局备案")
    page.form.go.click()
    without_password = page.form.password.property("tone")
    page.form.password.setText(PASSWORD)

    out = save(qtbot, page, around, said, tmp_path / "完整.xlsx")

    assert (without_reason, without_password) == ("wrong", "wrong")
    assert column_of(out, "身份证") == [ID_NO]
    assert page.form.password.text() == ""


def test_whole_numbers_are_not_written_with_a_wrong_password(
    qtbot, tmp_path: Path, page: FillingPage, around, said: Said
) -> None:
    page.form.whole.setChecked(True)
    page.form.reason.setText("区应急局备案")
    page.form.password.setText("猜的密码猜的密码")

    out = save(qtbot, page, around, said, tmp_path / "完整.xlsx")

    assert not out.exists()
    assert page.form.password.property("tone") == "wrong"
    assert "密码不对" in str(said.told)


def writing_of(page: FillingPage, header: str) -> tuple[str, str]:
    """How a column is written, in words, and its full header."""
    name, box = next((name, box) for name, box in page.form.columns.forms.items() if header in name)
    return box.currentText(), name


def test_a_column_says_how_its_numbers_will_be_written(page: FillingPage) -> None:
    before, _ = writing_of(page, "身份证")

    page.form.whole.setChecked(True)

    assert (before, writing_of(page, "身份证")[0]) == ("遮住中间", "完整号码")


def test_asking_for_whole_numbers_in_their_column_asks_for_the_reason(page: FillingPage) -> None:
    header = writing_of(page, "身份证")[1]

    page.form.columns.formed.emit(header, "full")

    assert page.form.whole.isChecked()
    assert page.form.reason.isVisible()
    assert writing_of(page, "身份证")[0] == "完整号码"


def test_whole_numbers_are_only_offered_where_a_column_takes_them(page: FillingPage) -> None:
    header = writing_of(page, "身份证")[1]
    page.form.whole.setChecked(True)

    page.form.columns.formed.emit(header, "masked")

    assert not page.form.whole.isChecked()
    assert not page.form.whole.isVisible()
    assert not page.form.reason.isVisible()


def test_only_ticked_records_go_in(qtbot, tmp_path: Path, page: FillingPage, around, said: Said) -> None:
    model = page.form.rows.model
    page.form.rows.none.click()
    nothing = page.form.go.isEnabled()

    model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole.value)
    out = save(qtbot, page, around, said, tmp_path / "一人.xlsx")

    assert nothing is False
    assert len(column_of(out, "姓名")) == 1


def test_a_saved_filter_chooses_the_records(desk: Desk, page: FillingPage) -> None:
    Finding(desk.store).save(Filter("disaster_officers", "没有人", search="查无此人"))

    page.form.rows.show_register("disaster_officers")
    page.form.rows.which.setCurrentIndex(1)
    page.form.rows.which.activated.emit(1)

    assert page.form.rows.chosen() == []
    assert not page.form.go.isEnabled()


def test_the_first_rows_follow_the_columns(page: FillingPage) -> None:
    page.form.turn_to(2)
    header = next(one.header for one in page.form.columns.lines if "姓名" in one.header)
    at = [one.header for one in page.form.columns.lines].index(header)
    before = [line.cells[at] for line in page.form.first.lines.lines]

    page.form.columns.chosen.emit(header, "")

    assert all(before)
    assert [line.cells[at] for line in page.form.first.lines.lines] == [""] * len(before)


def test_the_next_form_of_this_kind_is_one_step(qtbot, tmp_path: Path, page: FillingPage, around, said: Said) -> None:
    header = next(one.header for one in page.form.columns.lines if one.header.endswith("备注"))
    page.form.columns.chosen.emit(header, "person.mobile")
    save(qtbot, page, around, said, tmp_path / "填好.xlsx")

    page.open_file(officers_form(tmp_path / "下个月.xlsx"))
    settle(qtbot, around)

    line = next(one for one in page.form.columns.lines if one.header == header)
    assert page.form.map.kept
    assert (line.value, line.why) == ("person.mobile", "上次这样填")
    assert page.form._tables.currentIndex() == 2


def test_the_chip_counts_only_rows_prepared_for_this_office(qtbot, tmp_path: Path, page: FillingPage, around) -> None:
    rows = [[village, None, None, None] for village in ("桥头村", "榕下村", "榕下村", "云坂村")]

    page.open_file(form_of(tmp_path / "表.xlsx", ["村（社区）", "姓名", "手机", "角色"], *rows))
    settle(qtbot, around)

    assert "本单位空 2 行" in [one.text() for one in page.form._chips.findChildren(QLabel)]


def test_the_chip_counts_the_rows_that_will_be_put_in_by_their_role(
    qtbot, tmp_path: Path, desk: Desk, page: FillingPage, around
) -> None:
    for uid in desk.registers.uids("disaster_officers"):
        desk.registers.save(desk.registers.get("disaster_officers", uid).changed(post=Post.FIRST))
    count = desk.registers.count("disaster_officers")
    rows = [["榕下村", None, None, post] for post in ("A角", *["B角"] * count)]

    page.open_file(form_of(tmp_path / "表.xlsx", ["村（社区）", "姓名", "手机", "角色"], *rows))
    settle(qtbot, around)

    assert f"不够的 {count - 1} 行照原样添加" in [one.text() for one in page.form._chips.findChildren(QLabel)]


def test_the_blank_itself_is_never_written_over(page: FillingPage, blank: Path, said: Said) -> None:
    before = blank.read_bytes()
    said.answers = [blank]

    page.form.go.click()

    assert said.told[0][0] == "请换一个文件名"
    assert blank.read_bytes() == before


def test_a_preview_writes_and_remembers_nothing(desk: Desk, blank: Path) -> None:
    filling = Filling(desk.store)
    opened = filling.look(blank)
    form_map = filling.propose(opened, "disaster_officers")

    rows = filling.preview(opened, form_map, desk.registers.uids("disaster_officers")[:1])

    assert len(rows[0]) == len(opened.headers)
    assert not filling.propose(opened, "disaster_officers").kept


def test_esc_leaves_the_form_and_asks_only_before_choices_are_lost(qtbot, page: FillingPage, said: Said) -> None:
    header = page.form.columns.lines[0].header
    page.form.columns.chosen.emit(header, "")
    QTest.keyClick(page.form.go, Qt.Key.Key_Escape)
    stayed = page.form.isVisible() and page.form.asking.isVisible()
    page.form.is_touched = False

    QTest.keyClick(page.form.go, Qt.Key.Key_Escape)

    assert stayed
    assert said.told == []
    assert not page.form.isVisible()


def test_the_next_form_begins_with_every_record_of_the_register(
    qtbot, tmp_path: Path, desk: Desk, page: FillingPage, around
) -> None:
    ours = desk.registers.get("facilities", desk.registers.uids("facilities")[0]).title()
    page.open_file(form_of(tmp_path / "表.xlsx", ["设施名称", "建筑面积（㎡）", "坐落", "备注"], [ours]))
    settle(qtbot, around)

    page.open_file(form_of(tmp_path / "下一份.xlsx", ["设施名称", "建筑面积（㎡）", "坐落", "备注"]))
    settle(qtbot, around)

    assert len(page.form.rows.chosen()) == desk.registers.count("facilities") > 1


def test_the_button_says_what_is_missing_where_nothing_but_the_place_would_be_written(
    qtbot, tmp_path: Path, page: FillingPage, around
) -> None:
    page.open_file(form_of(tmp_path / "表.xlsx", ["序号", "村（社区）", "帮扶对象", "备注"], [1, None, None, None]))
    settle(qtbot, around)

    assert (page.form.go.text(), page.form.go.isEnabled()) == ("先选好每列填什么", False)
    assert page.form.columns.isAncestorOf(page.focusWidget())


def test_officers_side_by_side_are_seen_in_one_row_before_they_are_written(
    qtbot, tmp_path: Path, page: FillingPage, around, said: Said
) -> None:
    titles = ["序号", "村（社区）", "A角姓名", "A角手机", "B角姓名", "B角手机"]
    page.open_file(form_of(tmp_path / "表.xlsx", titles, [1, None, None, None, None, None]))
    settle(qtbot, around)
    page.form.turn_to(2)
    shown = [line.cells for line in page.form.first.lines.lines]

    out = save(qtbot, page, around, said, tmp_path / "填好.xlsx")

    assert len(shown) == 1
    assert all(shown[0])
    assert [str(cell.value) for cell in openpyxl.load_workbook(out).active[2]] == list(shown[0])
    assert "已填 2 条" in page.form.done.words.text()


def test_names_printed_in_a_form_choose_the_records_and_strange_ones_are_told(
    qtbot, tmp_path: Path, desk: Desk, page: FillingPage, around, said: Said
) -> None:
    uid = desk.registers.uids("facilities")[0]
    ours = desk.registers.get("facilities", uid).title()
    titles = ["设施名称", "建筑面积（㎡）", "坐落", "备注"]
    page.open_file(form_of(tmp_path / "表.xlsx", titles, ["没有的戏台"], [ours]))
    settle(qtbot, around)
    words, chosen = page.form._loses.text(), page.form.rows.chosen()

    out = save(qtbot, page, around, said, tmp_path / "填好.xlsx")

    assert "“没有的戏台”在台账里找不到" in words
    assert page.form._warning.isVisible()
    assert chosen == [uid]
    assert [row[0] for row in openpyxl.load_workbook(out).active.iter_rows(values_only=True)][1:] == [
        "没有的戏台",
        ours,
    ]
