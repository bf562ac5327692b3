"""A register is asked several conditions beside its table, and keeps the question with how many answer it now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.typing import type_into
from ui.registers.filters import FilterPanel
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.ports import Op
from xmdesk.services.desk import Desk
from xmdesk.services.past import read_moment


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = RegisterPage("persons", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    return made


@pytest.fixture
def panel(page: RegisterPage) -> FilterPanel:
    page.open_filters()
    assert page.sides.filters is not None
    return page.sides.filters


def ask(panel: FilterPanel, place: int, label: str, op: Op, value: str) -> None:
    while len(panel.lines) <= place:
        panel.more.click()
    line = panel.lines[place]
    line.field.setFocus()
    line.field._take_option(next(one for one in line.field._all if one[1] == label))
    assert line.op.findData(op) >= 0
    line.op.setCurrentIndex(line.op.findData(op))
    type_into(line.value, value)


def names(page: RegisterPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def test_all_conditions_hold_or_one_is_enough(page: RegisterPage, panel: FilterPanel) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    ask(panel, 1, "单位及职务", Op.CONTAINS, "村委会")
    panel.look()
    both = names(page)
    panel.any_of.click()
    panel.look()
    either = names(page)

    assert both
    assert set(both) < set(either)
    assert all("郑" in one for one in both)
    assert (len(both), page.head.count.text()) == (2, "找到 3 条")


def test_the_filter_in_force_stands_above_the_table_and_esc_leads_out(
    qtbot, page: RegisterPage, panel: FilterPanel
) -> None:
    every = page.model.rowCount()
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.look()
    words, is_shown = page.standing.filter.toolTip(), page.standing.isVisible()

    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)

    assert (words, is_shown) == ("姓名 包含 郑", True)
    assert page.model.rowCount() == every
    assert not page.standing.isVisible()


def test_a_date_is_taken_as_people_type_it_and_nonsense_is_told_in_place(
    page: RegisterPage, panel: FilterPanel
) -> None:
    every = page.model.rowCount()
    ask(panel, 0, "出生日期", Op.AFTER, "昨天前后")
    panel.look()
    untouched, words = page.model.rowCount(), panel.lines[0]._words.text()

    ask(panel, 0, "出生日期", Op.AFTER, "1850.1.5")
    panel.look()

    assert untouched == every
    assert words
    assert page.standing.filter.toolTip() == "出生日期 晚于 1850年1月5日"


def test_a_condition_without_a_value_is_told_in_place(page: RegisterPage, panel: FilterPanel) -> None:
    every = page.model.rowCount()

    panel.look()

    assert "还没有写" in panel.lines[0]._words.text()
    assert page.model.rowCount() == every


def test_a_list_offers_its_choices_and_a_reference_its_records(qtbot, panel: FilterPanel) -> None:
    ask(panel, 0, "性别", Op.IS, "nv")
    line = panel.lines[0]

    assert [title for _, title in line.value._shown] == ["女"]
    line.value._completer.popup().hide()


def test_a_condition_goes_away_and_one_is_left(qtbot, page: RegisterPage, panel: FilterPanel) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    ask(panel, 1, "性别", Op.EMPTY, "")
    panel.lines[0].drop.click()
    left = [one.path for one in panel.lines]
    panel.lines[0].drop.click()

    assert left == ["sex"]
    assert len(panel.lines) == 1
    assert not panel.all_of.isVisible()


def test_a_name_is_proposed_and_the_kept_filter_counts_anew(
    qtbot, page: RegisterPage, panel: FilterPanel, desk: Desk, around: Surroundings
) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    proposed = panel.kept.name.text()
    panel.kept.keep.click()
    before = panel.kept.lines["郑"].number.text()
    desk.registers.person_for("郑大山")
    around.changes.announce("新增人员")

    assert proposed == "郑"
    assert page.standing.filter.toolTip() == "郑"
    assert (before, panel.kept.lines["郑"].number.text()) == ("3 条", "4 条")


def test_a_kept_filter_is_renamed_deleted_and_put_back_by_keyboard(
    qtbot, page: RegisterPage, panel: FilterPanel
) -> None:
    heard: list[str] = []
    page._around.changes.changed.connect(heard.append)
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.kept.keep.click()
    line = panel.kept.lines["郑"]
    line.rename.setFocus()
    qtbot.keyClick(line.rename, Qt.Key.Key_Space)
    line.edit.setText("姓郑的")
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    renamed = list(panel.kept.lines)
    panel.kept.lines["姓郑的"].drop.click()
    gone, told = list(panel.kept.lines), heard[-1]
    panel.kept.put_back.click()

    assert renamed == ["姓郑的"]
    assert gone == []
    assert told == "已删除筛选：姓郑的"
    assert list(panel.kept.lines) == ["姓郑的"]


def test_the_panel_counts_while_one_types(qtbot, panel: FilterPanel) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")

    qtbot.waitUntil(lambda: panel.count.text() == "符合的有 3 条")


def test_tab_walks_through_a_condition(qtbot, page: RegisterPage, panel: FilterPanel) -> None:
    line = panel.lines[0]
    line.field.setFocus()
    seen = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)

    assert seen == [line.field, line.op, line.value]
    assert all(one.accessibleName() for one in line.stops)


def test_a_filter_is_shown_again_when_the_panel_is_opened_again(page: RegisterPage, panel: FilterPanel) -> None:
    ask(panel, 0, "性别", Op.IS, "女")
    panel.look()
    panel.close_panel.click()

    page.open_filters()

    assert (panel.lines[0].field.text(), panel.lines[0].value.text()) == ("性别", "女")


def test_a_record_asked_for_from_elsewhere_is_shown_in_spite_of_the_filter(
    page: RegisterPage, panel: FilterPanel
) -> None:
    everyone = list(page.model.all_uids)
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.look()
    other = next(one for one in everyone if page.model.row_of(one) < 0)

    page.show_record(other)

    assert page.editor.uid == other
    assert page.model.row_of(other) >= 0


def test_undo_brings_a_deleted_filter_back_into_the_panel(
    page: RegisterPage, panel: FilterPanel, desk: Desk, around: Surroundings
) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.kept.keep.click()
    panel.kept.lines["郑"].drop.click()
    step = desk.store.undoable()

    desk.store.undo()
    around.changes.announce()

    assert step is not None
    assert step.label == "删除筛选：郑"
    assert list(panel.kept.lines) == ["郑"]


def stepped(desk: Desk, around: Surroundings, act: str) -> None:
    """Undo or redo, and say so, as the window does."""
    getattr(desk.store, act)()
    around.changes.announce()


def test_undo_of_keeping_a_filter_takes_its_chip_away_and_redo_brings_it_back(
    page: RegisterPage, panel: FilterPanel, desk: Desk, around: Surroundings
) -> None:
    everyone = names(page)
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.everything.click()
    panel.kept.keep.click()
    kept = (page.standing.filter.toolTip(), len(names(page)), page.head.count.text())

    stepped(desk, around, "undo")
    undone = (page.standing.isVisible(), names(page), list(panel.kept.lines))
    stepped(desk, around, "redo")

    assert kept == ("郑", 3, "找到 3 条")
    assert undone == (False, everyone, [])
    assert (page.standing.filter.toolTip(), len(names(page)), page.head.count.text()) == kept
    assert panel.kept.lines["郑"].number.text() == "3 条"


def test_a_click_into_a_proposed_name_marks_it_and_into_ones_own_only_puts_the_cursor(panel: FilterPanel) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    name = panel.kept.name
    QTest.mouseClick(name, Qt.MouseButton.LeftButton)
    proposed = name.selectedText()
    QTest.keyClicks(name, "zheng")
    QTest.mouseClick(name, Qt.MouseButton.LeftButton)

    assert (proposed, name.text(), name.selectedText()) == ("郑", "zheng", "")


def test_undo_of_keeping_goes_on_looking_through_the_same_conditions_where_one_did_before(
    page: RegisterPage, panel: FilterPanel, desk: Desk, around: Surroundings
) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.look()
    before = page.standing.filter.toolTip()
    panel.kept.name.clear()
    type_into(panel.kept.name, "姓郑的")
    kept = page.standing.filter.toolTip()

    stepped(desk, around, "undo")

    assert kept == "姓郑的"
    assert page.standing.filter.toolTip() == before != kept
    assert len(names(page)) == 3


def test_the_chip_of_a_kept_filter_takes_its_new_name(page: RegisterPage, panel: FilterPanel) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.kept.keep.click()
    line = panel.kept.lines["郑"]
    line.rename.click()

    type_into(line.edit, "姓郑的")

    assert page.standing.filter.toolTip() == "姓郑的"
    assert len(names(page)) == 3


def test_another_filter_that_was_put_in_force_stays_when_keeping_the_first_is_undone(
    page: RegisterPage, panel: FilterPanel, desk: Desk, around: Surroundings
) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.kept.keep.click()
    page.lens.look_at_ended()

    stepped(desk, around, "undo")
    stepped(desk, around, "redo")

    assert page.standing.filter.toolTip() == "已停用的"


def test_looking_back_keeps_the_filter_that_is_kept_now(page: RegisterPage, panel: FilterPanel) -> None:
    ask(panel, 0, "姓名", Op.CONTAINS, "郑")
    panel.kept.keep.click()

    page.back.go(read_moment("2026.11.22"))

    assert page.standing.filter.toolTip() == "郑"
