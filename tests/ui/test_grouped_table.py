"""The table in groups: heads with counts and totals, folding by keys and mouse, ranges that leave heads alone."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from ui.registers import rows as rows_module
from ui.registers.page import RegisterPage
from ui.shared.preferences import read_preferences
from ui.shared.surroundings import Surroundings
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk

KINDS = (FacilityKind.PARTY_CENTRE, FacilityKind.PARTY_CENTRE, FacilityKind.VILLAGE_SERVICE)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    held = [Facility(name=f"分组{at}", kind=kind, floor_area=Decimal(at * 10)) for at, kind in enumerate(KINDS, 1)]
    known = [one.changed(retired_on="2026-01-01") for one in desk.store.all(Facility)]
    with desk.store.change("x") as change:
        change.save_many([*known, *held])
    made = RegisterPage("facilities", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)  # the register is read beside the window first
    made.search.setText("分组")
    made.search.settle()
    made.group_by("kind")
    qtbot.waitUntil(lambda: not around.work.is_at_work and made.model.head(0) is not None, timeout=20_000)
    return made


def lines(page: RegisterPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def column(page: RegisterPage, path: str) -> int:
    return [name for name, _ in page.model.columns].index(path)


def go(page: RegisterPage, row: int, path: str = "name") -> QModelIndex:
    index = page.model.index(row, column(page, path))
    page.table.setFocus()
    page.table.setCurrentIndex(index)
    return index


def name_of(page: RegisterPage, row: int) -> str:
    return page.model.index(row, column(page, "name")).data()


def test_heads_say_value_and_count_and_records_follow(page: RegisterPage) -> None:
    heads = [row for row in range(page.model.rowCount()) if page.model.head(row)]

    assert page.model.rowCount() == 5
    assert heads == [0, 3]
    assert [lines(page)[row].split("  ")[1] for row in heads] == ["2 条", "1 条"]
    assert page.head.count.text() == "找到 3 条"
    assert page.model.index(0, 1).data(SPOKEN).endswith("2 条，已展开")


def test_heads_hold_totals_that_add_up_to_the_strip(page: RegisterPage) -> None:
    heads = [page.model.head(row) for row in (0, 3)]

    assert [one.totals["floor_area"] for one in heads if one] == ["30", "30"]
    assert "60" in page.strip.words


def test_left_and_right_fold_and_open_a_group(qtbot, page: RegisterPage) -> None:
    go(page, 0)
    qtbot.keyClick(page.table, Qt.Key.Key_Left)
    folded = page.model.rowCount()
    qtbot.keyClick(page.table, Qt.Key.Key_Right)

    assert folded == 3
    assert page.model.rowCount() == 5
    assert page.table.currentIndex().row() == 0


def test_left_on_a_record_goes_to_its_head_and_shift_left_folds_all(qtbot, page: RegisterPage) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(4, page.table.shown_columns()[0]))
    qtbot.keyClick(page.table, Qt.Key.Key_Left)
    here = page.table.currentIndex().row()
    qtbot.keyClick(page.table, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)

    assert here == 3
    assert page.model.rowCount() == 2
    assert page.table.currentIndex().row() == 1


def test_a_click_on_a_head_folds_it(qtbot, page: RegisterPage) -> None:
    place = page.table.visualRect(page.model.index(0, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert page.model.rowCount() == 3
    assert page.model.is_folded(0)


def test_a_record_in_a_folded_group_is_uncovered_when_asked_for(page: RegisterPage) -> None:
    uid = page.model.uid(4)
    page.table.fold_all(shut=True)

    page.table.choose(uid)

    assert page.model.uid(page.table.currentIndex().row()) == uid
    assert page.model.is_folded(0)


def test_what_is_pasted_over_a_head_flows_to_the_next_record(page: RegisterPage, desk: Desk) -> None:
    go(page, 2)
    second, third = page.model.uid(2), page.model.uid(4)
    QGuiApplication.clipboard().setText("分组甲\n分组乙")

    page.sheet.paste()

    names = {one.uid: one.name for one in desk.store.all(Facility)}
    assert (names[second], names[third]) == ("分组甲", "分组乙")
    assert page.model.rowCount() == 5


def test_on_a_head_nothing_is_pasted_typed_or_cleared(qtbot, page: RegisterPage, desk: Desk) -> None:
    before = desk.store.all(Facility)
    go(page, 0)
    QGuiApplication.clipboard().setText("不该写进去")

    page.sheet.paste()
    page.sheet.clear()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)

    assert desk.store.all(Facility) == before
    assert not page.table.edit_here()


def test_a_copied_range_leaves_heads_out(page: RegisterPage) -> None:
    go(page, 1)
    page.table.selectAll()

    page.sheet.copy()

    text = QGuiApplication.clipboard().text()
    assert len(text.split("\n")) == 3
    assert "2 条" not in text


def test_going_to_a_head_keeps_the_form(page: RegisterPage) -> None:
    go(page, 1)
    uid = page.editor.uid

    go(page, 0)

    assert page.editor.uid == uid


def test_the_chip_leads_out_of_the_groups(page: RegisterPage) -> None:
    shown = page.standing.group.toolTip()
    page.standing.group.click()

    assert shown == "按设施类型分组"
    assert page.model.rowCount() == 3
    assert not page.standing.isVisible()


def test_groups_are_remembered_for_the_register(qtbot, page: RegisterPage, desk: Desk, around: Surroundings) -> None:
    again = RegisterPage("facilities", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(again)

    assert read_preferences().tables["facilities"]["group"] == "kind"
    assert again.model.group_by == "kind"
    assert again.model.head(0) is not None


def test_sorting_orders_records_inside_their_groups(page: RegisterPage) -> None:
    page.model.sort(column(page, "name"), Qt.SortOrder.DescendingOrder)

    assert [name_of(page, row) for row in (1, 2, 4)] == ["分组2", "分组1", "分组3"]


def test_every_groupable_column_is_offered_by_name(qtbot, page: RegisterPage) -> None:
    page.act("group")
    found = page.strip.group.findChildren(QMenu)
    texts = [one.text() for one in found[0].actions() if not one.isSeparator()]
    found[0].close()

    assert texts[0] == "不分组"
    assert {"设施类型", "建成年份"} <= set(texts)


def test_a_column_to_group_by_is_typed_by_its_sounds(page: RegisterPage) -> None:
    page.group_by("")
    page.act("group")
    (menu,) = page.strip.group.findChildren(QMenu)

    QTest.keyClicks(menu, "sslx")
    QTest.keyClick(menu, Qt.Key.Key_Return)

    assert page.model.group_by == "kind"


def test_a_large_register_is_read_under_the_cover_and_aside(
    qtbot, desk: Desk, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "LARGE", 2)
    covered: list[str] = []
    around.work.started.connect(covered.append)
    made = RegisterPage("facilities", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(made, before_close_func=lambda _: around.work.settle())
    made.show()
    every = len(desk.store.uids(Facility))
    qtbot.waitUntil(lambda: made.model.total == every and "合计" in made.strip.words)
    made.group_by("kind")
    qtbot.waitUntil(lambda: made.model.head(0) is not None)
    made.search.setText("njsw")

    qtbot.waitUntil(lambda: made.model.total == 1)
    assert covered
    rolls = desk.store._rolls  # type: ignore[attr-defined]  # what the search keeps in memory
    qtbot.waitUntil(lambda: rolls.has("facilities"))


def test_a_search_stays_quick_after_many_records_changed_at_once(
    qtbot, desk: Desk, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "LARGE", 2)
    monkeypatch.setattr("db.row_texts.MANY", 1)
    made = RegisterPage("facilities", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(made, before_close_func=lambda _: around.work.settle())
    made.show()
    rolls = desk.store._rolls  # type: ignore[attr-defined]  # what the search keeps in memory
    qtbot.waitUntil(lambda: rolls.has("facilities"))

    with desk.store.change("一起修改") as change:
        change.save_many([one.changed(remark="一起改过") for one in desk.store.all(Facility)])
    gone = not rolls.has("facilities")
    around.changes.announce()

    assert gone
    qtbot.waitUntil(lambda: rolls.has("facilities"))


def test_f2_on_a_head_opens_no_form(qtbot, page: RegisterPage) -> None:
    page.window().activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    is_head = page.table.is_on_head

    page.act("edit")

    assert is_head
    assert page.window().focusWidget() is page.table
