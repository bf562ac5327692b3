"""A register as it was on any day: chosen by word, by typing or from the calendar, read-only, searched and exported."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from python_calamine import CalamineWorkbook

from tests.conftest import NOON
from tests.ui.pages import register_page
from tests.ui.said import Said
from tests.ui.typing import commit, type_into
from ui.registers.exporting import WHOLE
from ui.registers.page import RegisterPage
from ui.registers.when import When
from ui.shared.surroundings import Surroundings
from xmdesk.clock import frozen
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk
from xmdesk.services.field_notes import FieldNotes
from xmdesk.services.past import Past, read_moment
from xmdesk.services.sheet_columns import sheet_register

YESTERDAY = "2026.11.22"


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    """The facilities, all but the first renamed and a note taken away since yesterday."""
    first, *others = desk.store.all(Facility)
    with frozen(NOON - timedelta(hours=20)):
        FieldNotes(desk.store).write("facilities", first.uid, "built_year", "年份待核实")
    FieldNotes(desk.store).write("facilities", first.uid, "built_year", "")
    desk.registers.save_all([one.changed(name=f"新{one.name}") for one in others], label="改名")
    return register_page(qtbot, desk, around, "facilities")


def names(page: RegisterPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def chooser(page: RegisterPage) -> When:
    page.act("then")
    assert page.back.when is not None
    return page.back.when


def look(page: RegisterPage, day: str = YESTERDAY) -> None:
    type_into(chooser(page).line, day)


def test_a_typed_day_shows_the_register_of_that_day_and_says_so(page: RegisterPage) -> None:
    now = names(page)

    look(page)

    assert page.then.isVisible()
    assert page.then.words == "这是 2026年11月22日 的台账，只能看，不能改。"
    assert "农家书屋" in names(page)
    assert "新农家书屋" in now


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_V])
def test_keys_that_would_change_the_past_say_why_they_do_not(
    page: RegisterPage, around: Surroundings, desk: Desk, key: Qt.Key
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    look(page)
    QGuiApplication.clipboard().setText("别的")
    page.table.setCurrentIndex(page.model.index(0, 0))
    head = desk.store.audit_head()

    if key == Qt.Key.Key_F2:
        page.act("edit")
    else:
        held = Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_V else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(page.table, key, held)

    assert told[-1] == "这是2026年11月22日的台账，只能看，不能改；按 Esc 回到现在的台账"
    assert page.back.is_on
    assert desk.store.audit_head() == head
    page.back.come_back()
    assert told[-1] == "已回到现在的台账"


@pytest.mark.parametrize("way", ["keys", "input method"])
def test_letters_typed_into_the_table_of_the_past_say_where_they_would_find_something(
    page: RegisterPage, desk: Desk, way: str
) -> None:
    look(page)
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.table.setFocus()
    head = desk.store.audit_head()

    if way == "keys":
        QTest.keyClicks(page.table, "nj")
    else:
        commit(page.table, "农家")
    told = page.then.words
    page.act("search")
    QTest.keyClicks(page.search, "njsw")
    page.search.settle()

    assert told == "这是 2026年11月22日 的台账，只能看，不能改。打的字没有写进去；要查找，先按 Ctrl+F 再打字。"
    assert names(page) == ["农家书屋"]
    assert desk.store.audit_head() == head
    page.back.go(read_moment("2026.11.23"))
    assert page.then.words == "这是 2026年11月23日 的台账，只能看，不能改。"


def test_the_form_of_today_does_not_open_beside_a_row_of_the_past(page: RegisterPage, around: Surroundings) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    look(page)
    beside = page.sides.currentWidget()
    page.table.setCurrentIndex(page.model.index(0, 0))

    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert told[-1] == "这是2026年11月22日的台账，只能看，不能改；按 Esc 回到现在的台账"
    assert page.sides.currentWidget() is beside is not page.editor


def test_escape_comes_back_to_the_present(page: RegisterPage) -> None:
    now = names(page)
    look(page)

    QTest.keyClick(page.table, Qt.Key.Key_Escape)

    assert not page.then.isVisible()
    assert names(page) == now
    assert page.sides.currentWidget() is page.editor


def test_the_form_is_not_empty_beside_a_row_after_looking_back_from_a_search_without_result(
    qtbot, page: RegisterPage
) -> None:
    page.search.setText("没有这样的")
    page.search.settle()
    qtbot.waitUntil(lambda: not page.editor.uid)
    page.search.clear()
    page.search.settle()
    page.back.go(read_moment("2026.11.23"))

    page.back.come_back()

    assert page.table.currentIndex().row() == 0
    assert page.editor.uid == page.model.uid(0)


def test_nothing_can_be_changed_in_the_past(page: RegisterPage, desk: Desk) -> None:
    look(page)
    before = desk.store.audit_head()

    editable = page.table.edit_here()
    page.table.selectAll()
    for act in ("clear", "paste", "fill"):
        page.table.asked.emit(act)

    assert editable is False
    assert not page.add.isEnabled()
    assert page.sides.currentWidget() is page.back.form
    assert desk.store.audit_head() == before


def test_the_past_is_searched_sorted_and_summed(page: RegisterPage) -> None:
    look(page)

    commit(page.search, "njsw")
    page.search.settle()
    found = names(page)
    page.search.clear()
    page.search.settle()
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    assert found == ["农家书屋"]
    assert names(page)[:3] == ["便民服务站", "村卫生室", "党群服务中心"]
    assert page.strip.words.startswith("合计")


def test_one_record_of_the_past_is_read_with_its_notes(page: RegisterPage) -> None:
    look(page)

    page.table.setCurrentIndex(page.model.index(0, 0))
    first = [one.text() for one in page.back.form.findChildren(QLabel)]
    page.table.setCurrentIndex(page.model.index(4, 0))
    fifth = [one.text() for one in page.back.form.findChildren(QLabel) if one.isVisible()]

    assert "2018年\n批注：年份待核实" in first or "2018\n批注：年份待核实" in first
    assert "农家书屋" in fifth
    assert "新农家书屋" not in fifth


def test_quick_choices_name_their_day(page: RegisterPage, desk: Desk) -> None:
    panel = chooser(page)
    buttons = [one for one in panel.findChildren(QPushButton) if one.property("role") == "text"]
    texts = [one.text() for one in buttons]

    buttons[0].click()

    assert texts == ["去年底（2025年12月31日）", "上季末（2026年9月30日）"]
    assert page.then.words.endswith("那时这本台账里还没有记录。")
    assert names(page) == []
    page.then.left.emit()
    assert len(names(page)) == desk.registers.count("facilities")


def test_a_day_is_chosen_from_the_calendar_by_keyboard(page: RegisterPage) -> None:
    month = chooser(page).box.month

    QTest.keyClick(month, Qt.Key.Key_Left)
    QTest.keyClick(month, Qt.Key.Key_Return)

    assert month.day == date(2026, 11, 22)
    assert "2026年11月22日" in page.then.words


def test_a_day_is_chosen_from_the_calendar_by_mouse(page: RegisterPage) -> None:
    panel = chooser(page)
    month = panel.box.month
    place = QPoint(month.width() * 13 // 14, month._head() + month._row() * 7 // 2)

    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=place)
    written = panel.line.text()
    QTest.mouseDClick(month, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(
        page, Qt.MouseButton.LeftButton
    )  # the panel went at the second press; a desktop tells the window

    assert written == YESTERDAY
    assert "2026年11月22日" in page.then.words


def test_what_cannot_be_looked_back_to_is_said_in_the_panel(page: RegisterPage) -> None:
    look(page, "2027.1.1")
    panel = page.back.when
    assert panel is not None

    assert panel.refusal.text() == "2027年1月1日 还没有到。请写今天或以前的日期。"
    assert panel.isVisible()
    assert not page.then.isVisible()


def test_another_day_follows_without_coming_back_first(page: RegisterPage) -> None:
    look(page)

    page.then.other.click()
    assert page.back.when is not None
    type_into(page.back.when.line, "2026.11.23")

    assert "2026年11月23日" in page.then.words
    assert "新农家书屋" in names(page)


def test_the_history_of_a_record_opens_its_moments(page: RegisterPage, desk: Desk) -> None:
    page.act("history")
    assert page.sides.history is not None

    page.sides.history.wanted.emit(Past(desk.registers).of("facilities", page.editor.uid)[-1].at)

    assert page.then.words == "这是 2026年11月22日 12:00 的台账，只能看，不能改。"
    assert "农家书屋" in names(page)


def exported(qtbot, page: RegisterPage, said: Said, path: Path) -> list[list[Any]]:
    said.answers = [path]
    page.strip.export.click()
    qtbot.waitUntil(lambda: not page._around.work.is_busy and path.is_file())
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_what_is_shown_is_exported_in_its_order(qtbot, page: RegisterPage, said: Said, tmp_path: Path) -> None:
    page.search.setText("新农家书屋")
    page.search.settle()

    rows = exported(qtbot, page, said, tmp_path / "a.xlsx")

    assert sum("新农家书屋" in row for row in rows) == 1
    assert not any("党群服务中心" in row for row in rows)


def test_an_export_says_that_its_numbers_are_masked(qtbot, page: RegisterPage, said: Said, tmp_path: Path) -> None:
    with qtbot.waitSignal(page._around.changes.changed) as told:
        exported(qtbot, page, said, tmp_path / "a.xlsx")

    assert told.args == [
        f"已导出 {len(names(page))} 行、{len(page.model.columns)} 列到 a.xlsx，证件号码和手机号码已遮住"
    ]
    assert "手机号码遮住" in page.strip.export.toolTip()


def test_only_the_columns_in_view_are_exported_in_their_order(
    qtbot, page: RegisterPage, said: Said, tmp_path: Path
) -> None:
    head = page.table.horizontalHeader()
    head.moveSection(head.visualIndex(1), 0)
    heads = [page.model.columns[head.logicalIndex(place)][1].label for place in range(head.count())]

    rows = exported(qtbot, page, said, tmp_path / "a.xlsx")

    assert [one for one in rows[1] if one] == heads
    assert heads[0] == page.model.columns[1][1].label


def test_all_columns_are_a_kind_of_file_of_their_own(qtbot, page: RegisterPage, said: Said, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    said.answers = [(path, WHOLE[0])]
    page.strip.export.click()
    qtbot.waitUntil(lambda: not page._around.work.is_busy and path.is_file())

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    assert len([one for one in rows[1] if one]) == len(sheet_register("facilities").columns)


def test_an_export_of_the_past_says_so(qtbot, page: RegisterPage, said: Said, tmp_path: Path) -> None:
    look(page)

    rows = exported(qtbot, page, said, tmp_path / "b.xlsx")

    assert rows[0][0] == "公共服务设施台账(2026年11月22日的样子)"
    assert any("农家书屋" in row for row in rows)
    assert not any("新农家书屋" in row for row in rows)


def test_leaving_the_page_lets_the_past_go(page: RegisterPage) -> None:
    look(page)

    assert page.leave()

    assert not page.back.is_on
    assert "新农家书屋" in names(page)


@pytest.mark.parametrize("act", ["new", "save", "clone", "pin", "bulk", "note", "end"])
def test_acts_that_would_change_the_book_are_refused_in_the_past(
    page: RegisterPage, around: Surroundings, desk: Desk, act: str
) -> None:
    told: list[str] = []
    around.changes.changed.connect(told.append)
    page.table.choose(page.model.uid(1))
    look(page)
    page.table.setCurrentIndex(page.model.index(4, 0))
    head = desk.store.audit_head()

    page.act(act)

    assert told[-1].startswith("这是2026年11月22日的台账，只能看，不能改")
    assert page.back.is_on
    assert page.table.currentIndex().row() == 4
    assert desk.store.audit_head() == head


def test_what_happened_to_a_record_of_the_past_is_told_of_that_record(page: RegisterPage) -> None:
    page.table.choose(page.model.uid(1))
    look(page)
    page.table.setCurrentIndex(page.model.index(4, 0))
    seen = page.model.uid(4)

    page.act("history")

    assert not page.back.is_on
    assert page.editor.uid == seen
    assert page.model.uid(page.table.currentIndex().row()) == seen
    assert page.sides.currentWidget() is page.sides.history
