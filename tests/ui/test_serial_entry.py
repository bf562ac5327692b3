"""Columns of one's own, many records at once, copies, and pinned fields."""

from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.registers.page import RegisterPage
from ui.shared.preferences import read_preferences
from ui.shared.surroundings import Surroundings
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    return opened(qtbot, desk, around)


def opened(qtbot, desk: Desk, around: Surroundings, name: str = "persons") -> RegisterPage:
    made = RegisterPage(name, registers=desk.registers, checking=desk.checking, surroundings=around)
    made.resize(1300, 680)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def select(page: RegisterPage, first: int, last: int) -> None:
    block = QItemSelection(page.model.index(first, 0), page.model.index(last, 0))
    page.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def stored(desk: Desk, page: RegisterPage, row: int) -> Any:
    return desk.registers.get(page.register.name, page.model.uid(row))


def paths(page: RegisterPage) -> list[str]:
    return [path for path, _ in page.model.columns]


def tick(page: RegisterPage, path: str, state: Qt.CheckState) -> None:
    page.columns.open(QPoint(0, 0))
    place = list(page.columns.offered()).index(path)
    page.columns.list.item(place).setCheckState(state)
    page.columns.hide()


def pull(page: RegisterPage, column: int, by: int) -> None:
    """Pull the edge of a column with the mouse."""
    head = page.table.horizontalHeader()
    edge = QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) - 1, head.height() // 2)
    QTest.mouseMove(head.viewport(), edge)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(by, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))


def test_chosen_columns_are_remembered(page: RegisterPage, qtbot, desk: Desk, around: Surroundings) -> None:
    tick(page, "education", Qt.CheckState.Checked)
    tick(page, "sex", Qt.CheckState.Unchecked)
    pull(page, 0, 40)
    pulled = page.table.columnWidth(0)

    again = opened(qtbot, desk, around)

    assert paths(page) == paths(again) == ["name", "born_on", "post", "mobile", "education"]
    assert not again.table.isColumnHidden(4)
    assert again.table.columnWidth(0) == pulled
    kept = read_preferences().tables["persons"]
    assert kept["columns"] == paths(again)
    assert kept["widths"] == {"name": pulled}


def test_a_button_held_down_elsewhere_gives_no_column_a_width(page: RegisterPage) -> None:
    QTest.mousePress(page, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    page.resize(page.width() - 200, page.height())
    page.table.horizontalHeader().resizeSection(0, 20)
    QTest.mouseRelease(page, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))

    assert page.table.widths == {}


def test_the_usual_columns_come_back(page: RegisterPage) -> None:
    usual = paths(page)
    tick(page, "education", Qt.CheckState.Checked)

    page.columns.restore()

    assert paths(page) == usual


def test_columns_that_records_no_longer_have_are_passed_over(qtbot, desk: Desk, around: Surroundings) -> None:
    around.preferring.change(tables={"persons": {"columns": ["name", "gone"], "widths": {"gone": "wide"}}})

    assert paths(opened(qtbot, desk, around)) == ["name"]


def test_only_ticked_fields_are_written_into_all_selected(page: RegisterPage, desk: Desk) -> None:
    select(page, 1, 3)
    mobiles = [stored(desk, page, row).mobile for row in range(5)]
    page.act("bulk")
    assert page.sides.bulk is not None
    type_into(page.sides.bulk.form.fields["post"].line, "网格员")  # type: ignore[attr-defined]  # a typed field
    aside = page.sides.bulk.form.fields["mobile"]._mark.text()

    page.sides.bulk.save()

    assert aside == "各不相同"
    assert [stored(desk, page, row).post for row in (1, 2, 3)] == ["网格员"] * 3
    assert stored(desk, page, 4).post != "网格员"
    assert [stored(desk, page, row).mobile for row in range(5)] == mobiles
    step = desk.store.undoable()
    assert step is not None
    assert step.label == "批量修改人员 3 条"


def test_a_form_for_many_is_not_left_by_mistake(page: RegisterPage, said: Said) -> None:
    select(page, 0, 1)
    page.act("bulk")
    assert page.sides.bulk is not None
    page.sides.bulk.ticks["post"].setChecked(True)

    assert not page.leave()
    assert page.sides.bulk.asking.isVisible()
    assert "1 项" in page.sides.bulk.asking.words.text()
    page.sides.bulk.asking.no.click()  # type: ignore[union-attr]  # it has two answers
    assert page.leave()
    assert page.sides.currentWidget() is page.editor
    assert said.told == []


def test_a_form_for_many_can_be_written_where_it_is_asked(page: RegisterPage, desk: Desk) -> None:
    select(page, 0, 1)
    page.act("bulk")
    assert page.sides.bulk is not None
    type_into(page.sides.bulk.form.fields["post"].line, "网格员")  # type: ignore[attr-defined]  # a typed field
    page.leave()

    page.sides.bulk.asking.yes.click()

    assert [stored(desk, page, row).post for row in (0, 1)] == ["网格员"] * 2
    assert page.sides.currentWidget() is page.editor


def test_a_tick_that_empties_says_so_before_it_is_written(page: RegisterPage, desk: Desk) -> None:
    select(page, 0, 2)
    names = [stored(desk, page, row).name for row in range(3)]
    page.act("bulk")
    bulk = page.sides.bulk
    assert bulk is not None
    bulk.ticks["name"].setChecked(True)

    page.act("save")

    assert bulk.asking.isVisible()
    assert (bulk.asking.words.text(), bulk.asking.yes.text()) == ("将清空 3 条的姓名。", "清空并写入")
    assert [stored(desk, page, row).name for row in range(3)] == names
    QTest.keyClick(bulk.asking.yes, Qt.Key.Key_Space)
    assert [one.name for one in desk.store.many(Person, bulk.uids)] == ["", "", ""]
    desk.store.undo()
    assert [stored(desk, page, row).name for row in range(3)] == names


def test_leaving_says_too_what_would_be_emptied_and_typing_asks_anew(page: RegisterPage) -> None:
    select(page, 0, 2)
    page.act("bulk")
    bulk = page.sides.bulk
    assert bulk is not None
    bulk.ticks["name"].setChecked(True)

    assert not page.leave()
    assert bulk.asking.words.text() == "打勾的 1 项还没有写入这 3 条，其中将清空 3 条的姓名。"
    type_into(bulk.form.fields["name"].line, "吴小满")  # type: ignore[attr-defined]  # a typed field
    assert bulk.asking.isHidden()
    assert not page.leave()
    assert (bulk.asking.words.text(), bulk.asking.yes.text()) == ("打勾的 1 项还没有写入这 3 条。", "写入")
    bulk.asking.no.click()  # type: ignore[union-attr]  # it has two answers


def test_a_tick_where_nothing_stood_is_not_asked_about(page: RegisterPage) -> None:
    select(page, 0, 1)
    page.act("bulk")
    bulk = page.sides.bulk
    assert bulk is not None
    bulk.ticks["left_on"].setChecked(True)

    bulk.save()

    assert bulk.asking.isHidden()
    assert page.sides.currentWidget() is page.editor


def test_what_cannot_be_read_is_not_written_into_many(page: RegisterPage, desk: Desk) -> None:
    select(page, 0, 1)
    page.act("bulk")
    assert page.sides.bulk is not None
    before = desk.store.steps(limit=1)[0].number
    type_into(page.sides.bulk.form.fields["mobile"].line, "不详")  # type: ignore[attr-defined]  # a typed field

    page.sides.bulk.save()

    assert desk.store.steps(limit=1)[0].number == before
    page.sides.bulk.ticks["mobile"].setChecked(False)


def test_a_copy_is_a_record_of_its_own(page: RegisterPage, desk: Desk) -> None:
    count, first = desk.registers.count("persons"), page.editor.uid
    post = page.editor.record.post

    page.act("clone")
    page.act("save")

    assert desk.registers.count("persons") == count + 1
    assert page.editor.uid != first
    assert page.editor.record.post == post
    assert (page.editor.record.name, page.editor.record.id_no, page.editor.record.mobile) == ("", "", "")


def test_a_pinned_field_is_filled_in_the_next_new_record(page: RegisterPage, qtbot) -> None:
    page.act("new")
    type_into(page.editor.form.fields["name"].line, "吴小满")  # type: ignore[attr-defined]  # a typed field
    post = page.editor.form.fields["post"]
    type_into(post.line, "护林员")  # type: ignore[attr-defined]  # a typed field
    post.line.setFocus()  # type: ignore[attr-defined]  # a typed field
    qtbot.waitUntil(lambda: QApplication.focusWidget() is post.line)  # type: ignore[attr-defined]  # a typed field
    page.act("pin")

    page.act("new")

    assert page.editor.is_new
    assert (page.editor.record.name, page.editor.record.post) == ("", "护林员")
    assert page.editor.pins.pins["post"].isVisible()


def test_a_copy_is_one_click_away(page: RegisterPage) -> None:
    name = page.editor.form.fields["name"].read()

    page.editor.head.copy.click()

    assert page.editor.is_new
    assert page.editor.form.fields["post"].read() == page._registers.get("persons", page.model.uid(0)).post  # type: ignore[union-attr]  # the first record
    assert name
    assert not page.editor.head.copy.isVisible()
